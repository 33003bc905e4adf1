"""The weighted mean and its intervals, given tau², against metafor and meta.

Two questions are asked apart: here, whether the mean and its intervals are right at their tau²; in
`test_pooling.py`, whether the whole way is.
"""

import json
from math import inf, isnan, sqrt
from pathlib import Path

import numpy as np
import pytest

from kb.stats.pooling.inverse_variance import chi_square_tail, quantile, weighted_mean

REFERENCE = json.loads(
    (Path(__file__).parents[3] / "reference" / "ratio_meta.json").read_text(encoding="utf-8")
)
CASES = [
    pytest.param(case, name, id=f"{case['id']}-{name}")
    for case in REFERENCE["cases"]
    for name in case["metafor"]
    if case["k"] > 1
]


def test_the_grid_of_reference_cases_has_not_shrunk():
    """Four sets of at least two studies and nine models of each are still compared."""
    assert 36 == len(CASES)


@pytest.mark.parametrize(("case", "name"), CASES)
def test_mean_and_intervals_equal_metafor_at_its_tau2(case, name):
    """At metafor's tau², whoever estimated it, the mean and every interval are metafor's."""
    fit = case["metafor"][name]
    data = np.array(case["yi"]), np.array(case["sei"]) ** 2, fit["tau2"]
    classic = weighted_mean(*data, hksj=False)
    assert [fit["est"], fit["se"]] == pytest.approx([classic.mean, classic.se], rel=1e-9)
    assert fit["ci"] == pytest.approx(classic.interval(95), rel=1e-9)
    assert fit["QEp"] == pytest.approx(chi_square_tail(classic.q, case["k"] - 1), rel=1e-8)
    if name == "EE":
        return
    adjusted = weighted_mean(*data, hksj=True)
    df = case["k"] - 1
    assert fit["knha"]["se"] == pytest.approx(adjusted.se, rel=1e-8)
    assert fit["knha"]["ci"] == pytest.approx(adjusted.interval(95), rel=1e-8)
    assert fit["knha"]["pi"] == pytest.approx(adjusted.prediction(95, df), rel=1e-8)
    assert fit["adhoc"]["ci"] == pytest.approx(adjusted.cautious_interval(95), rel=1e-8)
    assert fit["t"]["pi"] == pytest.approx(classic.prediction(95, df), rel=1e-8)
    if df > 1:
        assert fit["pi_t_k_minus_2"] == pytest.approx(classic.prediction(95, df - 1), rel=1e-8)


def test_hartung_knapp_needs_two_studies():
    """One study has the classic, normal interval either way."""
    fit = weighted_mean(np.array([0.3]), np.array([0.04]), 0.0, hksj=True)
    assert (0.3, inf) == (fit.mean, fit.t_df)
    assert 0.2 == pytest.approx(fit.se)


def test_quantiles_at_known_points():
    """With one degree of freedom t is Cauchy; with two its quantile has a closed form."""
    assert 1.0 == pytest.approx(quantile(50, 1), rel=1e-12)  # tan(π/4)
    p = 0.975
    two = (2 * p - 1) * sqrt(2) / sqrt(1 - (2 * p - 1) ** 2)
    assert two == pytest.approx(quantile(95, 2), rel=1e-9)
    assert 1.959963984540054 == pytest.approx(quantile(95), rel=1e-12)  # R: qnorm(0.975)


def test_chi_square_tails_at_known_points():
    """With two degrees of freedom the tail is exp(−q/2); without any it is `nan`."""
    assert np.exp(-1.5) == pytest.approx(chi_square_tail(3.0, 2), rel=1e-12)
    assert isnan(chi_square_tail(0.0, 0))
    assert isnan(chi_square_tail(1.0, 0))
