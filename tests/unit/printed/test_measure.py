"""Measures: one table that says what each of them is."""

from math import log

import pytest

from kb.printed import measure
from kb.printed.measure import MEASURES, measure_asked, measure_named

KINDS = {
    #                     contrast scale      null  unit       places kind          short
    "proportion":        (False, "",          None, "percent", 1, "percent",    "%"),
    "median":            (False, "",          None, "time",    1, "time",       "median"),
    "landmark":          (False, "",          None, "percent", 1, "percent",    "rate"),
    "hazard-ratio":      (True,  "log",       1,    "",        2, "ratio",      "HR"),
    "odds-ratio":        (True,  "log",       1,    "",        2, "ratio",      "OR"),
    "risk-ratio":        (True,  "log",       1,    "",        2, "ratio",      "RR"),
    "risk-difference":   (True,  "identity",  0,    "percent", 1, "difference", "RD"),
    "median-difference": (True,  "",          0,    "time",    1, "difference", "difference"),
    "restricted-mean-difference": (True, "identity", 0, "time", 1, "difference", "RMST difference"),
    "not-stated":        (True,  "",          None, "",        1, "",           "contrast"),
}  # fmt: skip


@pytest.mark.parametrize("name", list(MEASURES))
def test_what_a_measure_is(name):
    """Ratios are symmetric on the log scale about 1 and shown with two decimals, others with one."""
    one = MEASURES[name]
    assert KINDS[name] == (
        one.contrast, one.scale, one.null, one.unit, one.decimals, one.kind, one.short,
    )  # fmt: skip


NAMES = {
    "proportion": "proportion",
    "median": "median",
    "landmark": "rate at a time",
    "hazard-ratio": "hazard ratio",
    "odds-ratio": "odds ratio",
    "risk-ratio": "risk ratio",
    "risk-difference": "risk difference",
    "median-difference": "difference of medians",
    "restricted-mean-difference": "difference of restricted means",
    "not-stated": "contrast without a number",
}


@pytest.mark.parametrize("name", list(MEASURES))
def test_what_a_measure_is_called(name):
    """A measure has a name for sentences."""
    assert NAMES[name] == MEASURES[name].name


BETTER = {
    #                     of an endpoint whose more is better, worse, neither
    "proportion":        ("higher", "lower", ""),
    "median":            ("higher", "lower", ""),
    "landmark":          ("higher", "lower", ""),
    "hazard-ratio":      ("lower", "higher", ""),
    "odds-ratio":        ("higher", "lower", ""),
    "risk-ratio":        ("higher", "lower", ""),
    "risk-difference":   ("higher", "lower", ""),
    "median-difference": ("higher", "lower", ""),
    "restricted-mean-difference": ("higher", "lower", ""),
    "not-stated":        ("", "", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", list(MEASURES))
def test_which_direction_is_better(name):
    """More of a good endpoint is better; a hazard is of its end, so it goes the other way round."""
    found = tuple(MEASURES[name].better(more) for more in ("higher", "lower", "neither"))
    assert BETTER[name] == found
    assert "" == MEASURES[name].better("")


POOLED_AS = {
    "proportion": "proportion", "median": "months", "landmark": "proportion",
    "hazard-ratio": "log-ratio", "odds-ratio": "log-ratio", "risk-ratio": "log-ratio",
    "risk-difference": "difference", "median-difference": "difference",
    "restricted-mean-difference": "difference", "not-stated": "difference",
}  # fmt: skip


@pytest.mark.parametrize("name", list(MEASURES))
def test_scales(name):
    """A ratio is pooled as its logarithm, everything else as it is; the result says as what."""
    one = MEASURES[name]
    assert (log(2.5) if KINDS[name][1] == "log" else 2.5) == one.pooled(2.5)
    assert POOLED_AS[name] == one.pooled_as


def test_lists_of_measures():
    """Which are numbers of one set, which contrasts, which are shown unless another is asked for."""
    contrasts = {name for name, kind in KINDS.items() if kind[0]}
    assert contrasts == set(measure.CONTRASTS)
    assert set(KINDS) - contrasts == set(measure.ESTIMATES)
    assert ("proportion", "median", "landmark") == measure.SHOWN
    assert {"hazard-ratio", "odds-ratio", "risk-ratio"} == set(measure.RATIOS)
    beside = {"median-difference", "restricted-mean-difference"}
    assert set(KINDS) - {*beside, "not-stated"} == set(measure.LISTED)
    assert dict.fromkeys(beside, "median") == {
        name: one.beside for name, one in MEASURES.items() if one.beside
    }
    assert {"landmark", "restricted-mean-difference"} == {
        name for name, one in MEASURES.items() if one.timed
    }
    assert {"odds-ratio": "woolf", "risk-ratio": "log-wald", "risk-difference": "newcombe"} == (
        measure.COUNTED
    )


WORDS = {
    "proportion": ["rate", "Percent", "proportion"],
    "median": ["Median"],
    "landmark": ["landmark", "rate at a time"],
    "hazard-ratio": ["HR", "Hazard ratio", "hazard-ratio", "hazardratio"],
    "odds-ratio": ["or", "OR", "Odds ratio"],
    "risk-ratio": ["RR", "relative risk", "Risk-Ratio"],
    "risk-difference": ["rd", "Risk difference"],
    "median-difference": ["difference of medians", "median-difference"],
    "restricted-mean-difference": ["RMST difference", "difference of restricted means"],
    "not-stated": ["contrast without a number", "not stated"],
}


@pytest.mark.parametrize("name", list(MEASURES))
def test_words_for_a_measure(name):
    """A measure is known by its id, its name and its synonyms, whatever their case and hyphens."""
    assert {name} == {measure_named(word) for word in WORDS[name]}


@pytest.mark.parametrize("word", ["", "-", "ratio", "H", "hr2", "mean"])
def test_no_measure(word):
    """A word that is none is none."""
    assert "" == measure_named(word)


def test_every_measure_has_its_cases():
    """A measure that is added stands in every table above."""
    assert set(MEASURES) == set(KINDS) == set(BETTER) == set(WORDS) == set(POOLED_AS) == set(NAMES)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("HR", "hazard-ratio"), ("hazard ratio", "hazard-ratio"), ("OR", "odds-ratio"),
        ("relative risk", "risk-ratio"), ("median", "median"), ("all", "all"),
    ],
)  # fmt: skip
def test_measure_that_was_asked_for(word, found):
    """A measure is asked for by its id, its name or a synonym; so are the caller's own words."""
    assert found == measure_asked(word, ("all",))


def test_measure_that_is_none():
    """Another word is refused with the measures there are, and those the caller takes."""
    with pytest.raises(ValueError, match=r"^measure is one of proportion, .* or all, got 'mean'$"):
        measure_asked("mean", ("all",))
    with pytest.raises(ValueError, match=r"not-stated, got 'all'$"):
        measure_asked("all")
