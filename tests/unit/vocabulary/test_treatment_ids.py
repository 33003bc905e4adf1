"""Treatments as they are written, read again."""

import pytest

from kb.vocabulary.treatment_ids import alternatives, choices, spaced


@pytest.mark.parametrize(
    ("treatment", "found"),
    [
        ("a+b", {"a+b"}),
        ("b/a&c+d", {"b+d", "a+c+d"}),
        ("a/b..c/d", {"a..c", "a..d", "b..c", "b..d"}),
    ],
    ids=["none", "alternatives", "sequence"],
)
def test_choices(treatment, found):
    """Each alternative is chosen in each phase; drugs are sorted."""
    assert found == choices(treatment)


@pytest.mark.parametrize(
    ("treatment", "found"),
    [("a+b", set()), ("b/a&c+d", {"a", "b", "c"}), ("a..b/c", {"b", "c"})],
    ids=["none", "of a component", "of a phase"],
)
def test_alternatives(treatment, found):
    """A drug is an alternative where another is given instead."""
    assert found == alternatives(treatment)


def test_spaced():
    """A sequence is read with `then`."""
    assert "a + b/c, then d" == spaced("a+b/c..d")
