"""Lists and pairs as one text, and back."""

import re

import pytest
from hypothesis import given, strategies as st

from kb.rows.flat import KEY, joined, listed, paired, pairs

PAIRS = {
    "": (),
    "histology=leiomyosarcoma": (("histology", "leiomyosarcoma"),),
    "histology=a;histology=b;age=over 65": (
        ("histology", "a"), ("histology", "b"), ("age", "over 65"),
    ),
    "biomarker=PD-L1 tumour proportion score >=5 %": (
        ("biomarker", "PD-L1 tumour proportion score >=5 %"),
    ),
    "biomarker=IGF-1=high": (("biomarker", "IGF-1=high"),),
    "other=grade 2; Ki-67 = 20 %": (("other", "grade 2; Ki-67 = 20 %"),),
    "other=a;b;age=c": (("other", "a;b"), ("age", "c")),
    "other=a;": (("other", "a;"),),
    "other=a;Age=c": (("other", "a;Age=c"),),
    "other=a;=c": (("other", "a;=c"),),
    "other=;age=c": (("other", ""), ("age", "c")),
    "stable-disease-for=16 weeks": (("stable-disease-for", "16 weeks"),),
    "alpha/smith-2020/one=some": (("alpha/smith-2020/one", "some"),),
    "leiomyosarcoma": (("", "leiomyosarcoma"),),
    "age >=65": (("", "age >=65"),),
    "bare;age=c": (("", "bare"), ("age", "c")),
    "-x=c": (("", "-x=c"),),
}  # fmt: skip


@pytest.mark.parametrize("text", list(PAIRS))
def test_pairs(text):
    """A new pair begins only where an id stands before the sign; what has no key keeps its text."""
    assert PAIRS[text] == pairs(text)


KEYS = st.sampled_from(
    [
        "histology",
        "biomarker",
        "prior-therapy",
        "age",
        "other",
        "alpha/smith-2020/one",
        "1a#b@c:d.e",
    ]
)
WORDS = st.sampled_from(
    ["; ", "=", ">=", "<", "-", " ", "PD-L1", "IGF-1", "5 %", "µg", "≥", "Ä", ";"]
)
VALUES = (st.lists(WORDS, max_size=6).map("".join) | st.text(max_size=20)).filter(
    lambda value: not re.search(rf";(?:{KEY.pattern})=", value) and not value.endswith(";=")
)


@given(st.lists(st.tuples(KEYS, VALUES), max_size=5))
def test_pairs_come_back(found):
    """Whatever a value holds, its pair comes back whole, but for what looks like another pair."""
    assert tuple(found) == pairs(paired(found))


@given(st.lists(st.from_regex(KEY, fullmatch=True), max_size=5))
def test_lists_come_back(found):
    """A list of ids comes back as it was, an empty one among them."""
    assert tuple(found) == listed(joined(found))


def test_how_they_are_written():
    """A semicolon stands between entries, an equals sign behind a key."""
    assert "a;b" == joined(["a", "b"])
    assert "age=x;age=y" == paired([("age", "x"), ("age", "y")])
    assert ("", "") == (joined([]), paired([]))
