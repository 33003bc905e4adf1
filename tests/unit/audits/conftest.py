"""What the tests of the audit share: a small vocabulary, and findings as plain tuples."""

from copy import deepcopy
from typing import Any

import pytest

from builders import VOCABULARY, base_of
from kb.audits import audit, audit_table
from kb.audits.severities import YIELDED
from kb.vocabulary import Vocabulary
from kb.vocabulary.terms import Endpoint, Histology

RATE = ["proportion", "odds-ratio", "risk-ratio", "risk-difference"]
TIME = ["median", "landmark", "hazard-ratio"]
ENDPOINTS: dict[str, dict[str, Any]] = {
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

RECORD_WORDS = deepcopy(VOCABULARY)
"""The vocabulary of records, with a second assessor, second criteria, and the parts of sums."""
RECORD_WORDS["assessors"]["central"] = {"name": "Central review"}
RECORD_WORDS["criteria"]["choi"] = {"name": "Choi"}
for key in ("cr", "pr", "sd", "pd", "ne"):
    RECORD_WORDS["endpoints"][key] = {
        "definition": "As named.", "better": "higher", **ENDPOINTS[key]
    }  # fmt: skip
for key in ("orr", "dcr"):
    RECORD_WORDS["endpoints"][key]["sum_of"] = ENDPOINTS[key]["sum_of"]


def pytest_generate_tests(metafunc):
    """A test of boundaries runs once for each case in the table of its module.

    `BOUNDARIES` leads from a rule to its cases: what the case is, a table as lines or records as
    data, and what the rule says of it as pairs of severity and the decisive piece of the message.
    """
    if "boundary" in metafunc.fixturenames:
        cases = [
            pytest.param((rule, given, expected), id=f"{rule}: {what}")
            for rule, listed in metafunc.module.BOUNDARIES.items()
            for what, given, expected in listed
        ]
        metafunc.parametrize("boundary", cases)


def _row(line: str) -> dict[str, str]:
    """`endpoint=orr events=8 n=32` as cells; `_` stands for a space."""
    return dict(part.split("=", 1) for part in line.split())


@pytest.fixture
def said():
    """The findings about a table, given as one line per row: rows, rule, severity, message."""

    def run(*lines):
        return [(one.rows, one.rule, one.severity, one.message) for one in _of_table(lines)]

    return run


@pytest.fixture
def found():
    """The findings about records: address, rule, severity, message; subgroups and misprints aside."""

    def run(*trials, vocabulary=VOCABULARY):
        found = _declared(audit(base_of(*trials, vocabulary=vocabulary)))
        return [(one.address, one.rule, one.severity, one.message) for one in found]

    return run


@pytest.fixture
def says():
    """What one rule says of a table or of records: severity, and of the message what is expected.

    A message that lacks the expected piece stands in full. A piece that closes with a full stop is
    the end of its message.
    """

    def run(rule, given, expected):
        of_table = isinstance(given[0], str)
        found = _of_table(given) if of_table else _declared(audit(_base(given)))
        own = [(one.severity, one.message) for one in found if one.rule == rule]
        pieces = [piece for _, piece in expected] + [None] * len(own)
        return [
            (severity, piece if piece is not None and piece in f"{message}." else message)
            for (severity, message), piece in zip(own, pieces, strict=False)
        ]

    return run


def _base(trials):
    return base_of(*trials, vocabulary=RECORD_WORDS)


def _of_table(lines):
    return _declared(audit_table([_row(line) for line in lines], vocabulary=WORDS))


def _declared(found):
    """The findings, each of a severity that its rule declares."""
    assert [] == [one for one in found if one.severity not in YIELDED[one.rule]]
    return found


@pytest.fixture
def words():
    """The small vocabulary."""
    return WORDS
