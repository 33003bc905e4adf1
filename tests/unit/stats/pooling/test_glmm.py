"""The exact binomial likelihood with a random intercept against lme4, quadrature and its laws.

`single_arm_meta.json` holds rma.glmm, glmer and metaprop (glmm: 1e-4, tau² 1e-3, since they use 7
or 25 points and stop early); `pooling_extra.json` holds glmer with 25 points run to its end, to
1e-6, and to 1e-5 where arms of none and of all make 25 points too few.
"""

import json
from math import exp, inf, log, pi, sqrt
from pathlib import Path

import numpy as np
import pytest
import scipy.optimize
import scipy.stats
from hypothesis import assume, given, strategies as st
from scipy.integrate import quad
from scipy.special import expit

from kb.stats.pooling.glmm import (
    _integrate,
    between_arms,
    likelihood_ratio,
    mean_error,
    mean_given,
    uniform,
    wald_q,
)

FOLDER = Path(__file__).parents[3] / "reference"
SINGLE, EXTRA = (
    json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    for name in ("single_arm_meta", "pooling_extra")
)
PINNED = [case for case in SINGLE["cases"] if "te" in case["glmm"]["rma.glmm_nAGQ7"]]


def arrays(x, n):
    return np.array(x, float), np.array(n, float)


def fitted(x, n):
    """Fit mean, its standard error and tau²."""
    tau2 = between_arms((x, n))
    mean = float(mean_given(np.array([tau2]), x, n)[0])
    return mean, mean_error(mean, tau2, x, n, known=False), tau2


def marginal(mean, tau2, x, n):
    """Add up each arm's likelihood by the trapezoidal rule on a fine grid: the definition."""
    z = np.linspace(-9, 9, 3001)[:, None]
    p = expit(mean + sqrt(tau2) * z)
    heights = scipy.stats.binom.pmf(x, n, p) * scipy.stats.norm.pdf(z)
    return float(np.log(heights.sum(axis=0) * (z[1] - z[0])).sum())


def test_the_grid_of_reference_cases_has_not_shrunk():
    """Three pinned sets and five of our own are still compared."""
    assert ["pritz1997", "debruin2009", "onc_k2"] == [case["id"] for case in PINNED]
    assert 5 == len(EXTRA["exact"])


@pytest.mark.parametrize("case", PINNED, ids=lambda case: case["id"])
def test_estimates_equal_r(case):
    """Mean, standard error, tau² and both Q are those of rma.glmm, glmer and metaprop."""
    x, n = arrays(case["x"], case["n"])
    mean, se, tau2 = fitted(x, n)
    glmm = case["glmm"]
    for name in ("rma.glmm_nAGQ7", "lme4_glmer_nAGQ25", "meta_metaprop_GLMM"):
        assert [glmm[name]["te"], glmm[name]["se"]] == pytest.approx([mean, se], abs=1e-4)
        assert glmm[name]["tau2"] == pytest.approx(tau2, abs=1e-3)
    assert glmm["meta_metaprop_GLMM"]["Q"] == pytest.approx(
        [wald_q(x, n), likelihood_ratio(x, n)], rel=1e-5
    )
    assert glmm["meta_metaprop_GLMM"]["te_common"] == pytest.approx(
        float(mean_given(np.array([0.0]), x, n)[0]), rel=1e-9
    )


@pytest.mark.parametrize("case", EXTRA["exact"], ids=lambda case: case["id"])
def test_estimates_equal_glmer_run_to_its_end(case):
    """Mean, standard error and tau² agree with glmer's 25 points as far as it converges."""
    tolerance = 1e-5 if case["id"] == "zeros_and_full" else 1e-6
    expected = [case["te"], case["se"], case["tau2"]]
    assert expected == pytest.approx(fitted(*arrays(case["x"], case["n"])), rel=tolerance)


def test_the_likelihood_is_highest_at_the_estimate():
    """By the definition no neighbour of (mean, tau²) is likelier, and its curvature gives the se."""
    x, n = arrays([0, 3, 5, 0, 2, 9], [10, 20, 25, 12, 15, 30])
    mean, se, tau2 = fitted(x, n)
    highest = marginal(mean, tau2, x, n)
    for shift, factor in ((0.02, 1), (-0.02, 1), (0, 1.05), (0, 0.95), (0.02, 1.05)):
        assert highest > marginal(mean + shift, tau2 * factor, x, n)
    step = 1e-2

    def profile(mu):
        best = scipy.optimize.minimize_scalar(
            lambda log_tau2: -marginal(mu, np.exp(log_tau2), x, n), bracket=(-2, -1), tol=1e-9
        )
        return -best.fun

    curvature = (profile(mean + step) - 2 * highest + profile(mean - step)) / step**2
    assert se == pytest.approx(1 / sqrt(-curvature), rel=1e-3)


ARMS = st.lists(
    st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=2,
    max_size=6,
)


@given(ARMS)
def test_responders_and_others_mirror(arms):
    """Counting the others in place of the responders turns the sign of the mean and no more."""
    x, n = arrays(*zip(*arms, strict=True))
    assume(((x > 0) & (x < n)).any())
    tau2, mirrored = between_arms((x, n)), between_arms((n - x, n))
    assert tau2 == pytest.approx(mirrored, rel=1e-5, abs=1e-7)
    assume(tau2 < inf)
    mean, other = (mean_given(np.array([tau2]), events, n)[0] for events in (x, n - x))
    assert mean == pytest.approx(-other, rel=1e-6, abs=1e-6)


@given(ARMS)
def test_alike_arms_have_no_tau2(arms):
    """Copies of one arm have tau² of 0, and the mean is the logit of the share."""
    x, n = arms[0]
    assume(0 < x < n)
    data = arrays([x] * 3, [n] * 3)
    assert 0.0 == between_arms(data)
    mean = mean_given(np.array([0.0]), *data)[0]
    assert log(x / (n - x)) == pytest.approx(mean, abs=1e-9)
    assert 1 / sqrt(3 * x * (n - x) / n) == pytest.approx(
        mean_error(mean, 0.0, *data, known=False), rel=1e-9
    )
    assert 0.0 == pytest.approx(likelihood_ratio(*data), abs=1e-9)


def test_arms_of_none_and_of_all_have_no_maximum():
    """If every arm is 0 or n and not all alike, tau² is infinite; alike, it is 0."""
    assert inf == between_arms(arrays([0, 10], [10, 10]))
    assert 0.0 == between_arms(arrays([0, 0], [10, 12]))
    assert 0.0 == between_arms(arrays([0, 0], [10, 12]), arrays([5, 5], [5, 5]))
    assert uniform(*arrays([5, 7], [5, 7]))
    assert not uniform(*arrays([0, 7], [5, 7]))
    assert 0.0 == wald_q(*arrays([0, 7], [5, 7]))


def test_a_likelihood_flat_at_its_bound_has_no_tau2():
    """If the derivative by tau² is 0 at 0 but for rounding, tau² is 0 and the rest follows."""
    x, n = arrays([0, 0, 1, 0], [4, 1, 2, 3])
    mean, se, tau2 = fitted(x, n)
    assert (log(1 / 9), 1 / sqrt(0.9), 0.0) == pytest.approx((mean, se, tau2))


def test_a_likelihood_that_still_rises_at_a_tau_of_ten_has_no_maximum():
    """One arm between 0 and n does not hold twelve huge ones at the ends."""
    x, n = arrays([0] * 6 + [10**6] * 6 + [5 * 10**5], [10**6] * 13)
    assert inf == between_arms((x, n))


def test_groups_share_one_tau2():
    """Around means of their own, groups have less tau² than around one mean."""
    apart = arrays([2, 3, 4], [20, 21, 22]), arrays([15, 16, 18], [20, 20, 21])
    together = arrays([2, 3, 4, 15, 16, 18], [20, 21, 22, 20, 20, 21])
    assert 0.0 == between_arms(*apart)
    assert between_arms(together) > 1


def test_a_known_tau2_leaves_less_uncertainty():
    """The standard error is smaller where tau² need not be estimated."""
    x, n = arrays([0, 3, 5, 0, 2, 9], [10, 20, 25, 12, 15, 30])
    mean, se, tau2 = fitted(x, n)
    assert se > mean_error(mean, tau2, x, n, known=True)


@pytest.mark.parametrize(("tau", "exact"), [(2, False), (2.0001, True)])
def test_beyond_a_tau_of_two_more_points_are_used(tau, exact):
    """61 points leave an error of some 1e-12 for an arm of 0 of 200, and 241 none."""
    mu, n = -1.0, 200

    def integrand(z):
        return exp(-n * np.logaddexp(0, mu + tau * z) - z * z / 2) / sqrt(2 * pi)

    area = quad(integrand, -40, 40, limit=2000, epsabs=0, epsrel=1e-13, points=[-5, 0, 5])[0]
    arms = np.array([0.0]), np.array([float(n)])
    found = _integrate(np.array([mu]), np.array([tau**2.0]), *arms)[0][0]
    assert log(area) == pytest.approx(found, abs=1e-11)
    assert exact == (abs(found - log(area)) < 3e-13)


def test_an_arm_of_neither_none_nor_all_has_a_likelihood_with_a_maximum():
    """tau² is infinite where every arm is 0 or n, and finite once a single arm is neither."""
    n = np.array([9.0, 9.0, 9.0])
    assert inf == between_arms((np.array([0.0, 9.0, 9.0]), n))
    assert 0 < between_arms((np.array([0.0, 9.0, 5.0]), n)) < inf


@pytest.mark.parametrize(
    ("events", "alike"), [([0, 0], True), ([9, 8], True), ([0, 1], False), ([9, 7], False)]
)
def test_arms_are_uniform_where_all_or_none_respond(events, alike):
    """One responder, or one who does not, is enough for arms not to be uniform."""
    assert alike == uniform(np.array(events), np.array([9, 8]))


def test_wald_q_leaves_out_arms_without_a_logit():
    """Q of the logits is that of the arms inside; without any it is 0."""
    events, n = np.array([0.0, 3.0, 5.0, 9.0]), np.array([9.0, 9.0, 9.0, 9.0])
    inside = wald_q(events[1:3], n[1:3])
    assert inside > 0
    assert inside == pytest.approx(wald_q(events, n))
    assert 0 == wald_q(events[[0, 3]], n[[0, 3]])
