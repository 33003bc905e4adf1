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


@pytest.mark.parametrize(
    ("treatment", "text"),
    [
        ("a-b+c", "a-b + c"),
        ("a/b&c", "a / b & c"),
        ("doxorubicin", "doxorubicin"),
        ("a+b..c", "a + b, then c"),
    ],
)
def test_treatments_have_room(treatment, text):
    """Signs between drugs have room around them, names stay whole, a sequence says `then`."""
    assert text == spaced(treatment)
