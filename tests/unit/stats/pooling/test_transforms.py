"""The scales of pooling against metafor's effect sizes, and there and back."""

import json
from math import asin, pi, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, strategies as st

from kb.stats.pooling.transforms import (
    SCALES,
    arcsine_inverse,
    freeman_tukey,
    freeman_tukey_inverse,
    harmonic_mean,
    logistic,
)

REFERENCE = json.loads(
    (Path(__file__).parents[3] / "reference" / "single_arm_meta.json").read_text(encoding="utf-8")
)
MEASURES = {"PLOGIT": "logit", "PFT": "freeman-tukey", "PAS": "arcsine"}
COUNTS = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("case", REFERENCE["cases"], ids=lambda case: case["id"])
def test_values_variances_and_proportions_equal_metafor(case, measure):
    """Every arm, mean and bound of the pinned set goes there and back as in metafor."""
    x, n = np.array(case["x"], float), np.array(case["n"], float)
    zero = (x == 0) | (x == n) if measure == "PLOGIT" else np.zeros(len(x), dtype=bool)
    fit, scale = case["metafor"][measure]["DL"], SCALES[MEASURES[measure]]
    values, variances = scale.forward(x + zero / 2, n + zero)
    assert fit["yi"] == pytest.approx(list(values), abs=1e-12)
    assert fit["vi"] == pytest.approx(list(variances), rel=1e-12)
    mean = harmonic_mean(n)
    assert case["harmonic_mean_n"] == pytest.approx(mean, rel=1e-12)
    assert [fit["p"], *fit["p_ci"]] == pytest.approx(
        [scale.back(value, mean) for value in (fit["te"], *fit["ci"])], abs=1e-12
    )


@given(COUNTS)
def test_a_proportion_comes_back(count):
    """Transformed there and back with its own n, a proportion is itself on every scale."""
    x, n = count
    for name, scale in SCALES.items():
        if name != "logit" or 0 < x < n:
            value = scale.forward(np.array([x]), np.array([n]))[0][0]
            assert x / n == pytest.approx(scale.back(value, n), abs=1e-9)


@given(st.floats(1, 1000), st.floats(-1, 3), st.floats(-1, 3))
def test_freeman_tukey_back_never_falls(n, one, other):
    """A larger value is never a smaller proportion, and all are between 0 and 1."""
    low, high = (freeman_tukey_inverse(value, n) for value in sorted((one, other)))
    assert 0 <= low <= high + 1e-12 <= 1 + 2e-12


@given(st.integers(1, 1000))
def test_freeman_tukey_ends_where_none_and_all_respond(n):
    """At the value of 0 of n, and below, the proportion is 0; at that of n of n, and above, 1."""
    (none, all_), _ = freeman_tukey(np.array([0, n]), np.array([n, n]))
    assert asin(sqrt(1 / (n + 1))) / 2 == pytest.approx(none, abs=1e-15)
    assert [0.0, 0.0, 1.0, 1.0] == [
        freeman_tukey_inverse(float(value), n) for value in (none, none - 0.1, all_, all_ + 0.1)
    ]


def test_values_beyond_a_scale_give_its_ends():
    """The arcsine clips at 0 and π/2; the logistic neither overflows nor leaves [0, 1]."""
    assert [0.0, 1.0, 1.0] == [arcsine_inverse(value) for value in (-0.1, pi / 2, 2.0)]
    assert [0.0, 0.5, 1.0] == [logistic(value) for value in (-800.0, 0.0, 800.0)]
