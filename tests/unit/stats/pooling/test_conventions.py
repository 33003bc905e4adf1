"""The sentences that travel with a pooled estimate."""

import json
import re
from math import exp, isnan
from pathlib import Path
from typing import Any

import pytest

from kb.stats.pooling.pool import pool_effects, pool_proportions
from kb.stats.pooling.sensitivity import cumulative, leave_one_out, subgroups

REFERENCE = json.loads(
    (Path(__file__).parents[3] / "reference" / "single_arm_meta.json").read_text(encoding="utf-8")
)
RESPONDERS = next(case for case in REFERENCE["cases"] if case["id"] == "all_responders")


def test_a_narrow_hartung_knapp_interval_says_the_wider_one():
    """Where q < 1 a note gives the interval with max(1, q), which is metafor's ad hoc one."""
    fit = RESPONDERS["metafor"]["PLOGIT"]["DL"]["adhoc"]
    data = RESPONDERS["x"], RESPONDERS["n"]
    pooled = pool_proportions(*data, method="logit", tau2="dl", adjust="hksj")
    low, high = fit["p_ci"]
    assert any(f"with max(1, q) it is {low:.1%} to {high:.1%}." in note for note in pooled.notes)
    alike = pool_effects([0.1, 0.1], [0.2, 0.2], adjust="hksj")
    assert (0.1, 0.1) == pytest.approx((alike.low, alike.high))
    assert any("below 1" in note for note in alike.notes)
    assert any("with max(1, q) it is -1.697 to 1.897." in note for note in alike.notes)


def test_conventions_are_said_in_words():
    """The method names model, scale, correction, estimator, interval and prediction."""
    pooled = pool_proportions(
        [0, 3, 5, 8], [10, 20, 25, 12], method="logit", tau2="pm", adjust="hksj", prediction="k-2"
    )
    assert (
        "random effects; inverse variance on the logit scale; ½ added to 1 of 4 arms, with a zero "
        "cell; tau² by Paule–Mandel; Hartung–Knapp interval without a floor, t with k − 1 = 3 df; "
        "prediction interval by t with k − 2 = 2 df"
    ) == pooled.method
    exact = pool_proportions([1, 3, 5, 8], [10, 20, 25, 12])
    assert (
        "random effects; logistic regression with the exact binomial likelihood; random intercept, "
        "adaptive Gauss–Hermite with 61 points, 241 above a tau of 2; tau² by ML; Q by likelihood "
        "ratio; normal interval; prediction interval by t with k − 1 = 3 df"
    ) == exact.method
    assert exact.notes[0].startswith("Wald's Q is ")
    tukey = pool_proportions([1, 3, 5], [10, 20, 25], method="freeman-tukey")
    assert "harmonic mean of n, 15.79" in tukey.notes[0]
    assert "10.1002/jrsm.1348" in tukey.notes[0]
    assert "common effect; inverse variance on the scale given; normal interval" == (
        pool_effects([0.1, 0.5], [0.1, 0.1], model="common").method
    )


def test_a_narrow_standard_error_may_leave_the_interval_wide():
    """With q = 0.64 and t of 2 df the interval is wider than the classic one, and the note says so.

    The quantile of t with 2 df is 2.195 times the normal one, so q decides at 1/2.195² = 0.2076.
    """
    wide = pool_effects([0, 0.2, 0.4], [0.25] * 3, adjust="hksj")
    classic = pool_effects([0, 0.2, 0.4], [0.25] * 3)
    assert wide.se < classic.se
    assert wide.high - wide.low > classic.high - classic.low
    (note,) = wide.notes
    assert note.startswith(
        "The factor q of Hartung and Knapp is 0.64, below 1, but by the quantile of t their "
        "interval is no narrower than the classic one; with max(1, q) it is "
    )


@pytest.mark.parametrize(("gap", "narrower"), [(0.1138, True), (0.1140, False)])
def test_the_note_compares_the_two_intervals(gap, narrower):
    """Just below q = 0.2076 the interval is narrower than the classic one, just above it is not."""
    found = pool_effects([-gap, 0, gap], [0.25] * 3, adjust="hksj")
    classic = pool_effects([-gap, 0, gap], [0.25] * 3)
    assert narrower == (found.high - found.low < classic.high - classic.low)
    assert narrower == ("so their interval is narrower than the classic one" in found.notes[0])


def test_no_note_where_hartung_and_knapp_widen():
    """With q above 1 the standard error grows, and nothing has to be said."""
    assert () == pool_effects([0, 0.5, 1.2], [0.25] * 3, adjust="hksj", tau2="dl").notes[1:]
    assert () == pool_effects([0, 0.4, 1.1], [0.25] * 3, adjust="hksj", model="common").notes[1:]


def test_a_note_prints_numbers_as_its_scale_is_shown():
    """With `shown=exp` the limits of log ratios are ratios; without it they stay as they are."""
    effects = [0.1, 0.1, 0.1], [0.2, 0.2, 0.2]
    plain, ratios = (
        pool_effects(*effects, adjust="hksj", shown=shown).notes[0] for shown in (None, exp)
    )
    low, high = re.search(r"it is (\S+) to (\S+)\.$", plain).groups()
    shown_low, shown_high = re.search(r"it is (\S+) to (\S+)\.$", ratios).groups()
    assert exp(float(low)) == pytest.approx(float(shown_low), rel=1e-3)
    assert exp(float(high)) == pytest.approx(float(shown_high), rel=1e-3)


def test_a_limit_beyond_all_numbers_is_shown_as_infinite():
    """Where the scale overflows the note says inf instead of failing."""
    found = pool_effects([800, 800], [1, 1], adjust="hksj", shown=exp)
    assert found.notes[0].endswith("to inf.")


@pytest.mark.parametrize("many", [leave_one_out, cumulative], ids=lambda many: many.__name__)
def test_series_of_estimates_print_numbers_as_shown(many):
    """Leaving out and adding up take `shown` along."""
    effects = [0, 0, 0], [0.2, 0.2, 0.2]
    found = many(*effects, of_effects=True, adjust="hksj", shown=lambda value: value + 100)
    assert re.search(r"it is 9\d\.\d* to 10\d\.", found[-1].notes[0])


def test_groups_print_numbers_as_shown():
    """Subgroups of effects take `shown`; proportions have a scale of their own and refuse it."""
    options: dict[str, Any] = {"adjust": "hksj", "shown": lambda value: value + 100}
    found = subgroups([0, 0, 0], [0.2] * 3, [1, 1, 1], of_effects=True, **options)
    assert re.search(r"it is 9\d\.\d* to 10\d\.", found[0].notes[0])
    with pytest.raises(ValueError, match="shown is for effects"):
        subgroups([1, 2], [9, 9], [1, 1], method="logit", **options)


@pytest.mark.parametrize(
    ("options", "k", "note"),
    [
        ({"model": "common"}, 2, "A common effect takes tau² as 0 and has no prediction interval."),
        ({"model": "common"}, 3, "A common effect takes tau² as 0 and has no prediction interval."),
        ({}, 2, "No prediction interval: it is undefined for fewer than three studies."),
        ({}, 3, None),
    ],
)
def test_a_missing_prediction_is_explained(options, k, note):
    """Below three studies and under a common effect a note says why nothing is predicted."""
    found = pool_effects([0.1, 0.3, 0.8][:k], [0.1] * k, **options)
    assert ((note,) if note else ()) == found.notes
    assert isnan(found.prediction_low) == (note is not None)
