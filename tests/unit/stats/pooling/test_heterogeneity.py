"""tau², Q, I² and the Q-profile interval against R, against their defining equations and laws.

`ratio_meta.json` and `single_arm_meta.json` hold metafor 5.1.12 and meta 8.2.1; closed forms agree
to 1e-9, roots and likelihoods to 1e-6 relative. The pinned Paule–Mandel values of the single arms
stop at uniroot's default tolerance, up to 2.5e-5 off the equation, so `pooling_extra.json` holds
them solved further.
"""

import json
from math import isnan
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st
from scipy.special import chdtri

from kb.stats.pooling.heterogeneity import (
    ESTIMATORS,
    between_variance,
    cochran_q,
    degrees_of_freedom,
    i_squared,
    i_squared_interval,
    precision,
    tau2_interval,
)
from kb.stats.results import Bounds

FOLDER = Path(__file__).parents[3] / "reference"
RATIOS, SINGLE, EXTRA = (
    json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    for name in ("ratio_meta", "single_arm_meta", "pooling_extra")
)
SINGLE_FITS = [
    pytest.param(fit, name, id=f"{case['id']}-{measure}-{name}")
    for case in SINGLE["cases"]
    if case["k"] > 1
    for measure, fits in case["metafor"].items()
    for name, fit in fits.items()
    if name.lower() in ESTIMATORS and name != "PM"
]
RATIO_FITS = [
    pytest.param(case, name, id=f"{case['id']}-{name}")
    for case in RATIOS["cases"]
    if case["k"] > 1
    for name in ("DL", "REML", "PM", "ML")
]


@st.composite
def blocks(draw, least=2):
    """Draw values and variances of one block of studies."""
    k = draw(st.integers(least, 8))
    values = draw(st.lists(st.floats(-3, 3), min_size=k, max_size=k))
    variances = draw(st.lists(st.floats(0.01, 2), min_size=k, max_size=k))
    return np.array(values), np.array(variances)


def log_likelihood(values, variances, tau2, *, restricted):
    """Evaluate the definition (Viechtbauer 2005, equations 9 and 10), without constants."""
    weights = 1 / (variances + tau2)
    height = np.log(weights).sum() - cochran_q(values, variances, tau2)
    return (height - restricted * np.log(weights.sum())) / 2


def test_the_grid_of_reference_cases_has_not_shrunk():
    """Five sets of ratios, five of arms, and every estimator of each are still compared."""
    assert 5 == len(RATIOS["cases"])
    assert 5 == len(SINGLE["cases"])
    assert 16 == len(RATIO_FITS)
    assert 4 * (3 * 3 + 2 * 2) == len(SINGLE_FITS)
    assert 12 == len(EXTRA["paule_mandel"])


@pytest.mark.parametrize(("case", "name"), RATIO_FITS)
def test_ratios_equal_metafor(case, name):
    """tau², Q, I² and the Q-profile interval of log ratios are metafor's."""
    values, variances = np.array(case["yi"]), np.array(case["sei"]) ** 2
    fit = case["metafor"][name]
    tau2 = between_variance(name.lower(), (values, variances))
    assert fit["tau2"] == pytest.approx(tau2, rel=1e-6, abs=1e-11)
    q = cochran_q(values, variances)
    assert fit["QE"] == pytest.approx(q, rel=1e-9)
    assert case["meta"]["DL"]["I2"] == pytest.approx(i_squared(q, case["k"] - 1), rel=1e-9)
    interval = tau2_interval((values, variances), level=95)
    assert fit["tau2_ci_Qprofile"] == pytest.approx(interval, rel=1e-9)


@pytest.mark.parametrize(("fit", "name"), SINGLE_FITS)
def test_arms_equal_metafor(fit, name):
    """tau² of proportions on every scale of the pinned set is metafor's."""
    tau2 = between_variance(name.lower(), (np.array(fit["yi"]), np.array(fit["vi"])))
    assert fit["tau2"] == pytest.approx(tau2, rel=1e-6, abs=1e-11)


@pytest.mark.parametrize(
    "case", EXTRA["paule_mandel"], ids=lambda case: f"{case['id']}-{case['measure']}"
)
def test_paule_mandel_equals_metafor_solved_to_the_end(case):
    """Paule–Mandel of proportions is metafor's at a tolerance of 1e-15."""
    measure = {"PLO": "PLOGIT"}.get(case["measure"], case["measure"])
    source = next(one for one in SINGLE["cases"] if one["id"] == case["id"])
    fit = source["metafor"][measure]["PM"]
    tau2 = between_variance("pm", (np.array(fit["yi"]), np.array(fit["vi"])))
    assert case["tau2"] == pytest.approx(tau2, rel=1e-9, abs=1e-15)
    assert fit["tau2"] == pytest.approx(tau2, abs=3e-5)


@pytest.mark.parametrize("case", EXTRA["groups"], ids=lambda case: f"{case['id']}-{case['method']}")
def test_blocks_equal_a_meta_regression_on_groups(case):
    """One tau² around the means of two groups is that of metafor with the group as moderator."""
    source = next(one for one in RATIOS["cases"] if one["id"] == case["id"])
    values, variances = np.array(source["yi"]), np.array(source["sei"]) ** 2
    both = (values[::2], variances[::2]), (values[1::2], variances[1::2])
    tau2 = between_variance(case["method"].lower(), *both)
    assert case["tau2"] == pytest.approx(tau2, rel=1e-9, abs=1e-13)
    assert case["tau2_ci"] == pytest.approx(tau2_interval(*both, level=95), rel=1e-9)


@given(blocks())
def test_paule_mandel_solves_its_equation(block):
    """At the Paule–Mandel tau² the generalised Q is k − 1, or below it at tau² = 0."""
    values, variances = block
    tau2, df = between_variance("pm", block), degrees_of_freedom(block)
    if tau2 > 0:
        assert df == pytest.approx(cochran_q(values, variances, tau2), rel=1e-9)
    else:
        assert df >= cochran_q(values, variances) * (1 - 1e-12)


@given(blocks(), st.floats(50, 99.9))
def test_the_interval_solves_its_equation(block, level):
    """At a bound above 0 the generalised Q is the chi-square quantile; it only falls with tau²."""
    values, variances = block
    low, high = tau2_interval(block, level=level)
    tail, df = (100 - level) / 200, degrees_of_freedom(block)
    for bound, share in ((low, tail), (high, 1 - tail)):
        quantile = chdtri(df, share)
        if bound > 0:
            assert quantile == pytest.approx(cochran_q(values, variances, bound), rel=1e-9)
        else:
            assert quantile >= cochran_q(values, variances) * (1 - 1e-12)
    assert low <= high


@given(blocks(), st.booleans())
def test_no_tau2_is_likelier_than_the_estimate(block, restricted):
    """Nowhere on a fine grid is the likelihood above that of the estimate."""
    values, variances = block
    tau2 = between_variance("reml" if restricted else "ml", block)
    highest = log_likelihood(values, variances, tau2, restricted=restricted)
    spread = np.ptp(values) ** 2 + 1
    for other in np.concatenate([[0], np.geomspace(1e-6, 2, 200)]) * spread:
        likelihood = log_likelihood(values, variances, other, restricted=restricted)
        assert highest >= likelihood - 1e-9


def test_the_higher_of_two_peaks_counts():
    """Two likelihood peaks, one at 0 and a higher one beyond, give the one beyond."""
    values = np.array([0.0, 0.0, 0.0, 0.0, 4.0, -4.0, 4.5, -4.5])
    variances = np.array([1e-4, 1e-4, 1e-4, 1e-4, 1.0, 1.0, 1.0, 1.0])
    block = values, variances
    slope_at_0 = log_likelihood(*block, 1e-9, restricted=False) - log_likelihood(
        *block, 0.0, restricted=False
    )
    assert slope_at_0 < 0
    tau2 = between_variance("ml", block)
    assert tau2 > 0.1
    assert log_likelihood(*block, tau2, restricted=False) > log_likelihood(
        *block, 0.0, restricted=False
    )


@given(blocks(), st.sampled_from(list(ESTIMATORS)), st.floats(0.1, 10), st.floats(-5, 5))
def test_tau2_has_the_square_of_the_unit(block, method, scale, shift):
    """Values times c give tau² times c²; a shift of all values changes nothing."""
    values, variances = block
    tau2 = between_variance(method, block)
    scaled = between_variance(method, (scale * values + shift, scale**2 * variances))
    assert tau2 >= 0
    assert scale**2 * tau2 == pytest.approx(scaled, rel=1e-6, abs=1e-9)


@given(blocks(), st.sampled_from(list(ESTIMATORS)), st.randoms())
def test_the_order_of_studies_does_not_matter(block, method, random):
    """Shuffled studies give the same tau²."""
    order = list(range(len(block[0])))
    random.shuffle(order)
    shuffled = block[0][order], block[1][order]
    assert between_variance(method, block) == pytest.approx(
        between_variance(method, shuffled), rel=1e-6, abs=1e-10
    )


@given(blocks(least=3), st.floats(0.05, 1))
def test_equal_variances_make_the_estimators_agree(block, variance):
    """With one variance, DL, PM and REML are the sample variance less it (where positive)."""
    values = block[0]
    expected = max(0.0, np.var(values, ddof=1) - variance)
    assume(expected > 1e-6)
    for method in ("dl", "pm", "reml"):
        same = values, np.full(len(values), variance)
        assert expected == pytest.approx(between_variance(method, same), rel=1e-9)


@pytest.mark.parametrize("method", ESTIMATORS)
def test_studies_that_agree_have_no_tau2(method):
    """Equal values give 0, with an interval from 0 to 0."""
    block = np.array([0.3, 0.3, 0.3]), np.array([0.1, 0.2, 0.3])
    assert 0.0 == between_variance(method, block)
    assert (0.0, 0.0) == tau2_interval(block, level=95)
    assert 0.0 == i_squared(cochran_q(*block), 2)


@pytest.mark.parametrize("method", ESTIMATORS)
def test_one_study_says_nothing_of_tau2(method):
    """A block of one, or several of one each, give `nan`."""
    one = np.array([0.3]), np.array([0.1])
    assert isnan(between_variance(method, one))
    assert isnan(between_variance(method, one, one))
    assert all(map(isnan, tau2_interval(one, level=95)))
    assert isnan(i_squared(0.0, 0))


def test_an_unknown_estimator_is_named():
    """The message names the word and what there is."""
    block = np.array([0.1, 0.3]), np.array([0.1, 0.1])
    with pytest.raises(ValueError, match="'sj' does not estimate tau²; there are dl, reml, pm, ml"):
        between_variance("sj", block)


@given(blocks())
def test_the_bounds_of_i2_are_those_of_tau2(block):
    """I² = tau²/(tau² + s²) with s² = (k − 1)Σw/((Σw)² − Σw²), at both bounds of tau²."""
    values, variances = block
    weights, k = 1 / variances, len(values)
    typical = (k - 1) * weights.sum() / (weights.sum() ** 2 - (weights**2).sum())
    profile = tau2_interval(block, level=90)
    found = i_squared_interval(profile, variances)
    assert [bound / (bound + typical) for bound in profile] == pytest.approx(found, rel=1e-9)
    assert 90 == found.level


@given(blocks())
def test_i2_is_the_share_of_the_moment_estimate(block):
    """With tau² of DerSimonian and Laird, tau²/(tau² + s²) is max(0, (Q − df)/Q)."""
    values, variances = block
    tau2 = between_variance("dl", block)
    share, _ = i_squared_interval(Bounds(tau2, tau2), variances)
    expected = i_squared(cochran_q(values, variances), len(values) - 1)
    assert expected == pytest.approx(share, rel=1e-6, abs=1e-9)


def test_equal_variances_give_the_share_of_one_study():
    """Where all studies have the variance 0.04, a tau² of 0.04 is an I² of one half."""
    found = i_squared_interval(Bounds(0.0, 0.04, 95), np.full(5, 0.04))
    assert (0, 0.5) == pytest.approx(found)


def test_the_precision_keeps_the_digits_of_light_studies():
    """Beside a weight of 1e18, Σw − Σw²/Σw of two weights of 1 is still 2·(2e18 + 1)/(1e18 + 2)."""
    assert 4 == pytest.approx(precision(np.array([1e-18, 1, 1])), rel=1e-12)
    assert 4 == pytest.approx(precision(np.array([1, 1, 1e-18])), rel=1e-12)


def test_i2_needs_more_than_no_degrees_of_freedom():
    """Without df it is nan; with Q up to df it is 0, just above it is not."""
    assert isnan(i_squared(0, 0))
    assert 0 == i_squared(0, 1) == i_squared(1, 1)
    assert 0.5 == i_squared(4, 2)
    assert 0 < i_squared(1.001, 1) < 0.001


@pytest.mark.parametrize("tau2", ["dl", "reml", "pm", "ml"])
@pytest.mark.parametrize("scale", [1e-3, 1, 1e3])
def test_two_studies_of_one_precision_have_a_tau2_in_closed_form(tau2, scale):
    """Half the squared gap less the variance, by ML half of that half; alike they have none."""
    values, variances = np.array([0, scale]), np.full(2, (0.1 * scale) ** 2)
    half = scale**2 / (4 if tau2 == "ml" else 2)
    expected = half - (0.1 * scale) ** 2
    assert expected == pytest.approx(between_variance(tau2, (values, variances)), rel=1e-9)
    assert 0 == between_variance(tau2, (np.full(2, scale), variances))


@pytest.mark.parametrize(("excess", "positive"), [(0.999, False), (1.001, True)])
@pytest.mark.parametrize("tau2", ["dl", "reml", "pm"])
def test_tau2_starts_where_q_exceeds_its_degrees_of_freedom(tau2, excess, positive):
    """With equal variances tau² is 0 up to Q = df = 1 and above 0 beyond it."""
    values, variances = np.array([0, (2 * excess) ** 0.5]), np.ones(2)
    assert positive == (between_variance(tau2, (values, variances)) > 0)
