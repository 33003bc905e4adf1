"""Words on trials."""

import pytest

from kb.rendering.words.trials import narrowing


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
