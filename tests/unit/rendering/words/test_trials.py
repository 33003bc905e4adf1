"""Words on trials."""

import pytest

from kb.rendering.words.trials import narrowing, spaced


@pytest.mark.parametrize(("trials", "text"), [(0, ""), (1, ""), (2, "2 trials; narrow it with ")])
def test_narrowing(trials, text):
    """An answer about several trials says which filters make it shorter."""
    assert narrowing(trials).startswith(text)
    assert bool(text) is bool(narrowing(trials))


def test_filters_that_are_named_exist():
    """The filters that the hint names are filters."""
    from kb.query.filters import FILTERS

    named = {word.strip(",") for word in narrowing(2).split() if word.startswith("--")}
    assert {"--class", "--histology", "--line", "--drug", "--year"} == named
    assert named <= {one.option for one in FILTERS}


@pytest.mark.parametrize(
    ("treatment", "text"),
    [("a-b+c", "a-b + c"), ("a/b&c", "a / b & c"), ("doxorubicin", "doxorubicin")],
)
def test_treatments_have_room(treatment, text):
    """Signs between drugs have room around them, names of drugs stay whole."""
    assert text == spaced(treatment)
