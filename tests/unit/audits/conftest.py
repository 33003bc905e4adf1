"""What the tests of the audit share: a small vocabulary, and findings as plain tuples."""

import pytest

from builders import VOCABULARY, base_of
from kb.audits import audit, audit_table
from kb.vocabulary import Vocabulary
from kb.vocabulary.terms import Endpoint, Histology

RATE = ["proportion", "odds-ratio", "risk-ratio", "risk-difference"]
TIME = ["median", "landmark", "hazard-ratio"]
ENDPOINTS = {
    "cr": {"name": "Complete response", "measures": RATE, "not_above": ["orr"]},
    "pr": {"name": "Partial response", "measures": RATE, "not_above": ["orr"]},
    "sd": {"name": "Stable disease", "measures": RATE, "not_above": ["dcr"],
           "varies": {"stable-disease-for": "duration"}},
    "pd": {"name": "Progressive disease", "measures": RATE},
    "ne": {"name": "Not evaluable", "measures": RATE, "completes": ["cr", "pr", "sd", "pd"]},
    "orr": {"name": "Objective response", "measures": RATE, "sum_of": ["cr", "pr"],
            "not_above": ["dcr"], "synonyms": ["response rate"]},
    "dcr": {"name": "Disease control", "measures": RATE, "sum_of": ["cr", "pr", "sd"],
            "varies": {"stable-disease-for": "duration"}},
    "cbr": {"name": "Clinical benefit", "measures": RATE, "not_above": ["dcr"],
            "varies": {"stable-disease-for": "duration"}},
    "pfr": {"name": "Progression-free rate", "measures": RATE},
    "pfs": {"name": "Progression-free survival", "measures": TIME, "not_above": ["os"]},
    "os": {"name": "Overall survival", "measures": TIME},
}  # fmt: skip
HISTOLOGIES = {
    "leiomyosarcoma": {"name": "Leiomyosarcoma", "synonyms": ["LMS"]},
    "uterine-leiomyosarcoma": {"name": "Uterine leiomyosarcoma", "parents": ["leiomyosarcoma"]},
    "liposarcoma": {"name": "Liposarcoma"},
    "angiosarcoma": {"name": "Angiosarcoma"},
}
WORDS = Vocabulary({
    "endpoint": {
        key: Endpoint.model_validate({"definition": "As named.", "better": "higher", **body})
        for key, body in ENDPOINTS.items()
    },
    "histology": {key: Histology.model_validate(body) for key, body in HISTOLOGIES.items()},
})  # fmt: skip


def _row(line: str) -> dict[str, str]:
    """`endpoint=orr events=8 n=32` as cells; `_` stands for a space."""
    return dict(part.split("=", 1) for part in line.split())


@pytest.fixture
def said():
    """The findings about a table, given as one line per row: rows, rule, severity, message."""

    def run(*lines):
        rows = [_row(line) for line in lines]
        return [
            (one.rows, one.rule, one.severity, one.message)
            for one in audit_table(rows, vocabulary=WORDS)
        ]

    return run


@pytest.fixture
def found():
    """The findings about records: address, rule, severity, message; subgroups and misprints aside."""

    def run(*trials, vocabulary=VOCABULARY):
        return [
            (one.address, one.rule, one.severity, one.message)
            for one in audit(base_of(*trials, vocabulary=vocabulary))
        ]

    return run


@pytest.fixture
def words():
    """The small vocabulary."""
    return WORDS
