"""The strict reader: text with structure, nothing guessed, never an exception."""

import yaml
from hypothesis import given, strategies as st

from kb.store.yaml_text import DEEPEST, read


def _rules(text):
    return [problem.rule for problem in read(text, "f")[1]]


def test_scalars_stay_text():
    """What YAML 1.1 misreads stays as it was written."""
    text = "a: no\nb: 1e-5\nc: 00123\nd: 12:30\ne: 2020-01-01\nf: 25.0\ng: 'x'\nh: .19\n"
    expected = {
        "a": "no",
        "b": "1e-5",
        "c": "00123",
        "d": "12:30",
        "e": "2020-01-01",
        "f": "25.0",
        "g": "x",
        "h": ".19",
    }
    assert (expected, []) == read(text, "f")


def test_places_of_values_and_keys():
    """Every value and key has the line and column where it starts."""
    marks: dict[tuple[str | int, ...], tuple[int, int]] = {}
    read("a:\n  - {b: 1}\n", "f", marks)
    assert (1, 1) == marks["a", "\0key"]
    assert (2, 5) == marks["a", 0]
    assert (2, 9) == marks["a", 0, "b"]


def test_reading_goes_on_after_a_duplicate():
    """A duplicate key does not hide a later one, and the first value stands."""
    data, problems = read("a: 1\na: 2\nb: 3\nb: 4\n", "f")
    assert {"a": "1", "b": "3"} == data
    assert [2, 4] == [one.place.line for one in problems]


def test_refusals():
    """Anchors, aliases, tags, merge keys, keys that are no text and second documents are refused."""
    assert ["anchor", "anchor"] == _rules("a: &x 1\nb: *x\n")
    assert ["anchor"] == _rules("a: &x {c: 1}\n")
    assert ["tag"] == _rules("a: !!int 1\n")
    assert ["merge-key"] == _rules("<<: {a: 1}\n")
    assert ["key-not-text"] == _rules("? [a]\n: b\n")
    assert ["second-document"] == _rules("a: 1\n---\nb: 2\n")


def test_depth_is_limited():
    """Forty levels are read, forty-one are refused before they can overflow anything."""
    assert [] == _rules("[" * DEEPEST + "]" * DEEPEST)
    assert ["too-deep"] == _rules("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))
    assert _rules("[" * 50_000) in (["too-deep"], ["broken-yaml"])  # libyaml has a limit too


def test_size_is_limited():
    """More than a million characters are refused unread."""
    assert ["file-too-large"] == _rules("a: " + "x" * 1_000_000)


@given(st.text())
def test_never_raises(text):
    """Any text gives data and problems, never an exception."""
    data, problems = read(text, "f", {})
    assert problems or data is not None


VALUES = st.recursive(
    st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES.filter(lambda value: not isinstance(value, str)))
def test_reads_what_a_writer_wrote(value):
    """Structures of text come back as they were dumped."""
    text = yaml.safe_dump(value, allow_unicode=True, default_style='"')
    assert (value, []) == read(text, "f")
