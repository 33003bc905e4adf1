"""Which rows become numbers, and every reason for setting one aside."""

from math import log
from typing import Any

import pytest
from scipy.special import ndtri

from kb.printed.measure import CONTRASTS, MEASURES
from kb.rows.row import Row
from kb.synthesis.effect_sizes import (
    contrasted,
    counted,
    error_sources,
    interval_level,
    whole_sets,
)


def _row(**more):
    printed: dict[str, Any] = {"measure": "proportion", "events": 10, "n": 40}
    return Row("1", "alpha", **(printed | more))


COUNTED: dict[str, tuple[dict[str, Any], str]] = {
    "a count": ({}, ""),
    "nobody of some": ({"events": 0}, ""),
    "a landmark": ({"measure": "landmark"}, "a rate at a time is not a proportion"),
    "an odds ratio": ({"measure": "odds-ratio"}, "an odds ratio is not a proportion"),
    "a hazard ratio": ({"measure": "hazard-ratio"}, "a hazard ratio is not a proportion"),
    "no n": ({"n": None}, "n is not printed"),
    "no n, no count": ({"n": None, "events": None}, "n is not printed"),
    "an n of nobody": ({"n": 0, "events": 0}, "n is not printed"),
    "no count": ({"events": None, "value": "25"}, "no single count fits the percent"),
    "a lower bound": (
        {"events": None, "value": "25", "value_source": "computed", "approximation": "at-least",
         "formula": "PR 10; CR not printed"},
        "a lower bound is no count (PR 10; CR not printed)",
    ),
    "a computed sum": (
        {"events_source": "computed", "value_source": "computed", "formula": "CR 1 + PR 9"}, "",
    ),
    "a pooled rate": (
        {"events": None, "estimator": "meta-analysis"}, "a rate pooled over studies is no count",
    ),
    "a pooled rate without n": (
        {"n": None, "estimator": "meta-analysis"}, "a rate pooled over studies is no count",
    ),
    "a pooled rate with its count": ({"estimator": "meta-analysis"}, ""),
}  # fmt: skip


@pytest.mark.parametrize("case", list(COUNTED))
def test_counted(case):
    """A proportion with a count and an n is used; any other row says why it is not."""
    fields, why = COUNTED[case]
    row = _row(**fields)
    used, aside = counted([row])
    assert ([] if why else [row]) == used
    assert ([(row, why)] if why else []) == [(one.row, one.why) for one in aside]


INTERVAL: dict[str, Any] = {
    "low": "0.60",
    "high": "1.07",
    "level": 95.0,
    "interval_source": "reported",
}


def _ratio(**more):
    """A hazard ratio with its interval, unless told otherwise."""
    printed = {
        "measure": "hazard-ratio", "endpoint": "pfs", "versus": "two", "value": "0.80",
        "contrast_kind": "randomised", "value_source": "reported",
    }  # fmt: skip
    return Row("1", more.pop("trial", "alpha"), **(printed | INTERVAL | more))


def _of_p(p, sides="two", **more):
    bare = {"low": "", "high": "", "level": None, "interval_source": ""}
    return _ratio(**bare, p=p, p_sides=sides, **more)


Z95 = float(ndtri(0.975))
NO_ERROR = "neither an interval of known level nor an exact p-value"
ERRORS = {
    "interval": (_ratio(), (log(1.07) - log(0.60)) / (2 * Z95), "95% interval"),
    "interval at another level": (
        _ratio(level=90.0), (log(1.07) - log(0.60)) / (2 * float(ndtri(0.95))), "90% interval",
    ),
    "interval before a p-value": (
        _ratio(p=".001", p_sides="two"), (log(1.07) - log(0.60)) / (2 * Z95), "95% interval",
    ),
    "interval of counts": (
        _ratio(value_source="computed", interval_source="computed"),
        (log(1.07) - log(0.60)) / (2 * Z95), "counts",
    ),
    "interval of a difference": (
        _ratio(measure="risk-difference", value="-5.0", low="-12", high="2", unit="percent"),
        14 / (2 * Z95), "95% interval",
    ),
    "interval of times in weeks": (
        _ratio(
            measure="restricted-mean-difference", value="5", low="1", high="9", unit="weeks",
            value_months=35 / 30.4375, low_months=7 / 30.4375, high_months=63 / 30.4375,
        ),
        8 * 7 / 30.4375 / (2 * Z95), "95% interval",
    ),
    "p of two sides": (_of_p(".04"), -log(0.8) / float(ndtri(0.98)), "2-sided p"),
    "p of one side": (_of_p(".04", "one"), -log(0.8) / float(ndtri(0.96)), "1-sided p"),
    "p of unstated sides": (_of_p(".04", "not-stated"), -log(0.8) / float(ndtri(0.98)), "2-sided p"),
    "p with a sign": (_of_p("= .04"), -log(0.8) / float(ndtri(0.98)), "2-sided p"),
    "p in powers of ten": (
        _of_p("6.5 x 10^-4"), -log(0.8) / float(ndtri(1 - 6.5e-4 / 2)), "2-sided p",
    ),
    "p of one side below a half": (_of_p(".49", "one"), -log(0.8) / float(ndtri(0.51)), "1-sided p"),
    "p of two sides below one": (_of_p(".99"), -log(0.8) / float(ndtri(0.505)), "2-sided p"),
    "p where the level is not stated": (
        _ratio(level=None, p=".04", p_sides="two"), -log(0.8) / float(ndtri(0.98)), "2-sided p",
    ),
    "p where a bound is missing": (
        _ratio(high="", high_state="not-reached", p=".04", p_sides="two"),
        -log(0.8) / float(ndtri(0.98)), "2-sided p",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", list(ERRORS))
def test_standard_error(case):
    """The error is that of the interval at its level, else that of an exact p-value."""
    row, se, source = ERRORS[case]
    ((one,), aside) = contrasted([row])
    assert [] == aside
    value = float(row.value) if row.value_months is None else row.value_months
    assert pytest.approx(log(value) if row.kind.scale == "log" else value) == one.value
    assert pytest.approx(se, rel=1e-9) == one.se
    assert source == one.source
    assert [f"from {source}: alpha"] == list(error_sources([row]))
    assert row is one.row


ASIDE = {
    "no level": (_ratio(level=None), NO_ERROR),
    "no low bound": (_ratio(low="", low_state="not-given"), NO_ERROR),
    "no high bound": (_ratio(high=""), NO_ERROR),
    "no interval": (_ratio(interval_source=""), NO_ERROR),
    "no p": (_of_p(""), NO_ERROR),
    "p below a limit": (_of_p("<.001"), NO_ERROR),
    "not significant": (_of_p("NS"), NO_ERROR),
    "p of zero": (_of_p(".000"), NO_ERROR),
    "p of one, two-sided": (_of_p("1"), NO_ERROR),
    "p of a half, one-sided": (_of_p(".5", "one"), NO_ERROR),
    "p of more than a half, one-sided": (_of_p(".6", "one"), NO_ERROR),
    "p of a ratio of 1": (_of_p(".04", value="1.00"), NO_ERROR),
    "p of a difference": (_of_p(".04", measure="risk-difference", value="-5"), NO_ERROR),
    "low bound of 0": (_ratio(low="0"), "the lower bound 0.0 has no logarithm"),
    "bounds that are equal": (
        _ratio(low="0.8", high="0.8"), "an interval from 0.8 to 0.8 has no standard error",
    ),
    "value outside": (
        _ratio(value="0.50"), "the value 0.5 lies outside its interval, 0.6 to 1.07",
    ),
    "ratio of 0": (_ratio(value="0", low="0"), "a hazard ratio of 0 has no logarithm"),
    "ratio below 0": (_ratio(value="-0.1"), "a hazard ratio of -0.1 has no logarithm"),
    "odds ratio of 0": (
        _ratio(measure="odds-ratio", value="0.0"), "an odds ratio of 0.0 has no logarithm",
    ),
    "no value": (_ratio(value=""), "no hazard ratio is printed"),
    "no risk difference": (_ratio(measure="risk-difference", value=""), "no risk difference is printed"),
    "an empty cell": (
        _ratio(value="", value_source="computed", high_state="not-estimable"),
        "a cell of its 2×2 is zero, so its log ratio has no error",
    ),
    "an empty cell with a ratio": (
        _ratio(value="0", value_source="computed", high_state="not-estimable"),
        "a cell of its 2×2 is zero, so its log ratio has no error",
    ),
    "an empty cell, low": (
        _ratio(value_source="computed", low_state="not-estimable"),
        "a cell of its 2×2 is zero, so its log ratio has no error",
    ),
    "bounds that print not estimable": (_ratio(high="", high_state="not-estimable"), NO_ERROR),
    "difference of medians": (
        _ratio(measure="median-difference"), "a difference of medians is not pooled",
    ),
    "no measure": (_ratio(measure="not-stated"), "a contrast without a number is not pooled"),
    "prognostic": (
        _ratio(contrast_kind="prognostic"), "a prognostic number is no randomised contrast",
    ),
    "observational": (
        _ratio(contrast_kind="observational"), "an observational number is no randomised contrast",
    ),
    "not comparative": (
        _ratio(contrast_kind="non-comparative"), "a non comparative number is no randomised contrast",
    ),
    "a proportion": (
        _row(), "a proportion number is no randomised contrast",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", list(ASIDE))
def test_set_aside(case):
    """What has no value, no error or no scale is set aside, and says which."""
    row, why = ASIDE[case]
    used, aside = contrasted([row])
    assert [] == used
    assert [(row, why)] == [(one.row, one.why) for one in aside]
    assert [] == list(error_sources([row]))


def test_every_contrast_is_used_or_refused():
    """A measure of contrasts with a scale is pooled, and one without says that it is not."""
    for name in CONTRASTS:
        used, aside = contrasted([_ratio(measure=name)])
        assert (1, 0) == (len(used), len(aside)) or not MEASURES[name].scale
        assert bool(used) is bool(MEASURES[name].scale)


@pytest.mark.parametrize(
    ("fields", "level"),
    [
        ({}, 95.0), ({"level": 50.0}, 50.0), ({"level": None}, None), ({"low": ""}, None),
        ({"high": ""}, None), ({"interval_source": ""}, None), ({"interval_source": "computed"}, 95.0),
    ],
)  # fmt: skip
def test_level_of_an_interval(fields, level):
    """Two bounds at a known level give an error; nothing less does."""
    assert level == interval_level(_ratio(**fields))


def test_sources_of_errors():
    """Trials are named by where their error comes from, each once; other rows are left out."""
    rows = [
        _ratio(), _of_p(".04", trial="beta"), _row(), _ratio(trial="gamma"), _ratio(), _of_p(""),
    ]  # fmt: skip
    assert ["from 95% interval: alpha, gamma", "from 2-sided p: beta"] == list(error_sources(rows))


WHOLE = {"arm": "one", "endpoint": "orr"}


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({}, True), ({"report": "another"}, True), ({"arm": "two"}, False), ({"endpoint": "dcr"}, False),
        ({"measure": "landmark"}, False), ({"versus": "two"}, False), ({"subgroup": ""}, False),
    ],
)  # fmt: skip
def test_whole_sets(fields, part):
    """A subgroup gives way to its whole: the same arm, endpoint and measure of one trial."""
    whole = _row(**WHOLE)
    own = _row(**(WHOLE | {"subgroup": "age=old"} | fields))
    used, parts = whole_sets([own, whole])
    assert ([whole] if part else [own, whole]) == used
    assert ([(own, whole)] if part else []) == parts


def test_parts_without_a_whole():
    """Subgroups of one arm stand where the whole of it does not."""
    parts = [_row(subgroup="age=old"), _row(subgroup="age=young")]
    assert (parts, []) == whole_sets(parts)


def test_parts_of_a_lower_bound():
    """A subgroup does not give way to a whole of which only a lower bound is known."""
    bound = {"value_source": "computed", "formula": "PR 10; CR not printed"}
    own = _row(**(WHOLE | {"subgroup": "age=old"}))
    least, exact = (_row(**WHOLE, **bound, approximation=one) for one in ("at-least", ""))
    assert ([own, least], []) == whole_sets([own, least])
    assert ([exact], [(own, exact)]) == whole_sets([own, exact])
