"""The words that a shell offers."""

import pytest

from builders import arm, base_of, randomised, trial
from kb.query.completion import WORDS, completed, matching
from kb.query.filters import FILTERS

BASE = base_of(
    randomised("alpha", arm("doxorubicin", "anlotinib"), arm("doxorubicin"), phase="3"),
    trial("beta"),
)


@pytest.mark.parametrize(
    ("name", "begun", "words"),
    [
        ("trial", "", ["alpha", "beta"]),
        ("trials", "be", ["beta"]),
        ("drug", "dox", ["doxorubicin"]),
        ("drug_class", "vegfr", ["vegfr-tki"]),
        ("regimen_class", "anti", ["antiangiogenic-plus-chemotherapy", "antiangiogenic+chemotherapy"]),
        ("histology", "leio", ["leiomyosarcoma"]),
        ("line", "", ["first"]),
        ("phase", "", ["2", "3"]),
        ("allocation", "r", ["randomised"]),
        ("year", "20", ["2020"]),
        ("endpoint", "o", ["orr", "os"]),
        ("endpoint", "orr,p", ["orr,pfs"]),
        ("endpoint", "orr,", ["orr,orr", "orr,dcr", "orr,pfs", "orr,os"]),
        ("criteria", "", ["recist-1.1", "not-stated"]),
        ("confirmed", "un", ["unconfirmed"]),
        ("analysis_set", "s", ["safety"]),
        ("read", "full", ["full-text"]),
        ("measure", "haz", ["hazard-ratio"]),
        ("reports", "", ["latest", "all"]),
        ("kind", "drug-", ["drug-class"]),
        ("show.what", "al", ["alpha"]),
        ("show.what", "alpha/", ["alpha/smith-2020"]),
        ("show.what", "alpha/smith-2020/", ["alpha/smith-2020/one", "alpha/smith-2020/two"]),
        ("show.what", "alpha/smith-2020/one/", ["alpha/smith-2020/one/orr/proportion"]),
        ("exclude", "nobody/", []),
        ("a", "doxorubicin+ep", ["doxorubicin+epirubicin"]),
        ("b", "alpha/", ["alpha/one", "alpha/two"]),
        ("drug", "nonsense", []),
    ],
)  # fmt: skip
def test_words(name, begun, words):
    """The words of each name that go on from what was begun."""
    assert sorted(words) == sorted(completed(BASE, name, begun))


def test_every_filter_is_completed():
    """A filter that takes words has words to offer."""
    takes_words = [one.name for one in FILTERS if not getattr(one, "flag", False)]
    assert [] == [name for name in takes_words if name not in WORDS]


def test_no_word_is_offered_twice():
    """Words of a list are offered once, with what stands before the last comma."""
    assert ["a,bc", "a,bd"] == matching(["bc", "bd", "bc", "x"], "a,b")
