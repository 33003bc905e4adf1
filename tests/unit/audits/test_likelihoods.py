"""How likely printed p-values are beside printed intervals, as probabilities."""

from math import erfc, exp, log, sqrt

import numpy as np
import pytest
from scipy.stats import norm

from kb.audits.likelihoods import (
    LOG_RANK,
    OF_COUNTS,
    Reading,
    likelihood,
    nodes,
    p_box,
    wald,
)

HELD = ("0.86", "0.68", "1.08")
"""A ratio whose logarithm is some 1.3 standard errors from 0."""
EVERY_P = [f"{at / 100:.2f}" for at in range(1, 101)]


@pytest.mark.parametrize(
    ("p", "box"),
    [
        (".05", (0.045, 0.055)),
        ("0.0119", (0.01185, 0.01195)),
        ("6.5 x 10^-4", (6.45e-4, 6.55e-4)),
        ("1.0", (0.95, 1.0)),
        ("<.05", None),
        (".000", None),
        ("NS", None),
        ("often", None),
    ],
)
def test_a_p_value_is_a_box_or_a_limit(p, box):
    """Rounded half up, and nowhere beyond 0 and 1."""
    assert (box is None) == (p_box(p) is None)
    assert box is None or pytest.approx(box) == tuple(p_box(p))


@pytest.mark.parametrize("tests", [LOG_RANK, OF_COUNTS])
@pytest.mark.parametrize("reading", [Reading(2, 95), Reading(1, 95), Reading(2, 80)])
@pytest.mark.parametrize("mixed", [0, 0.1])
def test_the_chances_of_all_p_values_add_up_to_one(reading, tests, mixed):
    """Whatever is assumed, p is printed as one of the hundred numbers with two decimals."""
    total = sum(likelihood(HELD, p, reading, tests, mixed) for p in EVERY_P)
    assert pytest.approx(1, abs=0.005) == total


def test_a_likelihood_is_the_share_of_samples():
    """Against draws from the boxes and the normal distributions, without mixtures."""
    random = np.random.default_rng(20261201)
    low, high, value, critical = 0.675, 1.075, 0.855, norm.isf(0.025)
    hits = draws = 0
    while draws < 40_000:
        a, b = random.uniform(low, low + 0.01), random.uniform(high, high + 0.01)
        middle = sqrt(a * b)
        if not value <= middle < value + 0.01:
            continue
        draws += 1
        z = -2 * critical * log(middle) / log(b / a)
        z += random.normal(0.004 * z * z, 0.006 + 0.004 * z * z)
        hits += 0.185 <= erfc(z / sqrt(2)) < 0.195
    found = likelihood(HELD, ".19", Reading(2, 95), LOG_RANK, 0)
    assert pytest.approx(hits / draws, abs=0.03) == found


def test_001_may_be_a_limit():
    """Where p is far below .001, .001 is a tenth as likely as "<.001", which is certain."""
    far = ("0.30", "0.20", "0.45")
    assert pytest.approx(0.1, abs=0.02) == likelihood(far, ".001", Reading(2, 95), LOG_RANK, 0)
    assert likelihood(far, ".002", Reading(2, 95), LOG_RANK, 0) < 0.001


def test_a_limit_says_nothing():
    """Nor does anything beside a ratio that is not in the middle of its interval."""
    assert likelihood(HELD, "<.05", Reading(2, 95), LOG_RANK, 0.1) == 1
    assert likelihood(("1.00", "1.10", "9.00"), ".05", Reading(2, 95), LOG_RANK, 0.1) == 1


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        ("0.00", "0.10", "0.90"),
        ("0.10", "0.00", "0.90"),
        ("0.90", "0.90", "0.90"),
        ("1.00", "1.10", "9.00"),
    ],
)
def test_what_is_no_interval_has_no_deviates(value, low, high):
    """A bound of nothing, bounds alike, a value far off the middle."""
    assert nodes(value, low, high) == ()
    assert wald(value, low, high, 95) is None


@pytest.mark.parametrize("level", [80, 95])
def test_the_deviates_hold_the_one_that_was_printed(level):
    """Ratios and bounds printed with two decimals, from a known deviate and standard error."""
    random = np.random.default_rng(7)
    critical = norm.isf((100 - level) / 200)
    held = 0
    for _ in range(200):
        log_ratio, error = random.uniform(-0.9, 0.4), random.uniform(0.1, 0.35)
        value, low, high = (f"{exp(log_ratio + k * critical * error):.2f}" for k in (0, -1, 1))
        found = wald(value, low, high, level)
        assert found is not None
        weights = sum(node.weight for node in nodes(value, low, high))
        assert pytest.approx(1) == weights
        held += found.low - 1e-6 <= abs(log_ratio) / error <= found.high + 1e-6
    assert held >= 190


def test_a_rounded_value_of_nothing_has_deviates():
    """0.0 may be as little as nothing, whose logarithm has no end; the bounds say where it is."""
    assert nodes("0.0", "0.02", "0.09")


def test_a_one_sided_test_mostly_looks_at_the_side_of_the_estimate():
    """It does so in three of four cases, so that .02 is three times as likely as .98."""
    ratio = ("0.70", "0.50", "0.98")
    deviate = log(0.70) / (log(0.98 / 0.50) / (2 * norm.ppf(0.975)))
    assert 0.015 < norm.cdf(deviate) < 0.025
    along, against = (likelihood(ratio, p, Reading(1, 95), LOG_RANK, 0.0) for p in (".02", ".98"))
    assert pytest.approx(3, rel=0.01) == along / against
