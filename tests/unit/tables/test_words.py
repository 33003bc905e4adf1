"""Columns that hold words: what people write, and what a row says."""

import pytest

from kb.store.layout import packaged
from kb.store.reader import read_vocabulary
from kb.tables import words

WORDS = read_vocabulary(packaged())[0]

WRITTEN = {
    "measure": {"HR": "hazard-ratio", "Odds ratio": "odds-ratio", "rate": "proportion"},
    "unit": {"mo": "months", "Weeks": "weeks", "%": "percent", "percent": "percent",
             "fraction": "fraction", "proportion": "fraction"},
    "at_unit": {"mo": "months"},
    "sides": {"one": "one", "1-sided": "one", "two-sided": "two", "2": "two", "Upper": "upper",
              "lower": "lower", "not stated": "not-stated"},
    "endpoint": {"Objective response rate": "orr", "unheard": "unheard"},
    "criteria": {"RECIST 1.1": "recist-1.1", "unheard": "unheard"},
    "assessor": {"investigator": "investigator", "somebody": "somebody"},
    "confirmed": {"yes": "confirmed", "No": "unconfirmed", "confirmed": "confirmed"},
    "analysis_set": {"ITT": "intention-to-treat", "evaluable": "response-evaluable", "odd": "odd"},
    "estimator": {"KM": "kaplan-meier", "Kaplan-Meier": "kaplan-meier", "crude": "crude"},
    "line": {"1L": "first", "first line": "first", "2nd-line": "second", "second": "second",
             "pretreated": "previously-treated"},
    "design": {"RCT": "randomised", "Randomized": "randomised", "single arm": "single-arm",
               "phase 2": ""},
    "adjusted": {"no": "", "crude": "", "age and stage": "age and stage", "yes": "yes"},
    "histology": {"LMS": "leiomyosarcoma", "leiomyosarcoma; liposarcoma":
                  "leiomyosarcoma;liposarcoma", "LMS/liposarcoma": "leiomyosarcoma;liposarcoma"},
    "subgroup": {"LMS": "histology=leiomyosarcoma", "age=over 65": "age=over 65", "women": "women",
                 "histology=unheard": "histology=unheard"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [(name, text, word) for name, cases in WRITTEN.items() for text, word in cases.items()],
)
def test_what_is_understood(name, text, expected):
    """What is written becomes the word of a row; open lists keep what they do not know."""
    assert (expected, "") == getattr(words, name)(text, WORDS)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("measure", "mean", '"mean" is no measure'),
        ("unit", "moons", '"moons" is no unit'),
        ("at_unit", "percent", '"percent" is no unit of time'),
        ("sides", "three", '"three" is none of one, two, lower, upper'),
        ("confirmed", "perhaps", '"perhaps" is none of confirmation: confirmed, unconfirmed'),
        ("line", "last", '"last" is none of lines: first, anthracycline-naive'),
        ("histology", "LMS; unheard", '"unheard" is no histology of the vocabulary'),
    ],
)
def test_what_is_not_understood(name, text, said):
    """A closed list says what it does not know, and what there is."""
    word, problem = getattr(words, name)(text, WORDS)
    assert ("", True) == (word, problem.startswith(said))
