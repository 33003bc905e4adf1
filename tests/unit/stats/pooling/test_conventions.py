"""The sentences that travel with a pooled estimate."""

import json
from pathlib import Path

import pytest

from kb.stats.pooling.pool import pool_effects, pool_proportions

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
