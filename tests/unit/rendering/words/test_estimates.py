"""Pooled numbers on the printed scale, with the decimals of their measure."""

from math import inf, log, nan

import pytest

from kb.rendering.words.estimates import (
    bounds,
    heterogeneity,
    natural,
    p_words,
    shown,
    small,
)  # fmt: skip
from kb.stats.pooling.pool import pool_effects


@pytest.mark.parametrize(
    ("value", "measure", "scale", "text"),
    [
        (0.3456, "proportion", "proportion", "34.6%"),
        (0, "proportion", "proportion", "0.0%"),
        (nan, "proportion", "proportion", "–"),
        (log(0.84), "hazard-ratio", "log-ratio", "0.84"),
        (log(1.005), "odds-ratio", "log-ratio", "1.01"),
        (710, "odds-ratio", "log-ratio", "∞"),
        (-710, "odds-ratio", "log-ratio", "0.00"),
        (6.25, "median", "months", "6.3 mo"),
        (nan, "median", "months", "–"),
        (inf, "median", "months", "∞"),
        (-12.345, "risk-difference", "difference", "-12.3%"),
    ],
)
def test_shown(value, measure, scale, text):
    """Percents, ratios and times with their unit; a dash and ∞ where there is no number."""
    assert text == shown(value, measure, scale)


def test_natural():
    """Fractions become percents and logarithms ratios; the rest stays, and nothing overflows."""
    assert (50, 1, 6, inf) == (
        natural(0.5, "proportion"), natural(0, "log-ratio"), natural(6, "months"),
        natural(709.1, "log-ratio"),
    )  # fmt: skip
    assert natural(709, "log-ratio") < inf


@pytest.mark.parametrize(
    ("low", "high", "measure", "scale", "text"),
    [
        (0.1, 0.25, "proportion", "proportion", "10.0%–25.0%"),
        (log(0.5), log(2), "hazard-ratio", "log-ratio", "0.50–2.00"),
        (3.14, nan, "median", "months", "3.1––"),
        (nan, 3.14, "median", "months", "––3.1"),
        (nan, nan, "median", "months", "–"),
        (-inf, inf, "hazard-ratio", "log-ratio", "0.00–∞"),
    ],
)
def test_bounds(low, high, measure, scale, text):
    """Both bounds; a single dash only where neither is known."""
    assert text == bounds(low, high, measure, scale)


@pytest.mark.parametrize(
    ("value", "text"), [(0.0314, "0.031"), (inf, "∞"), (nan, "–"), (0.0005, "0.001"), (0, "0.000")]
)
def test_small(value, text):
    """Three decimals, or the sign for what has none."""
    assert text == small(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.031, "p = 0.031"), (0.0004, "p <0.001"), (nan, "p –"), (1, "p = 1.000")],
)
def test_p_words(value, text):
    """A p-value is equal to something, below a thousandth, or unknown."""
    assert text == p_words(value)


def test_heterogeneity():
    """tau² with its interval, I² as a percent, Q with its degrees of freedom and p."""
    found = pool_effects([0.1, 0.5, 0.9], [0.1, 0.1, 0.1], tau2="dl")
    assert (
        f"tau² = {found.tau2:.3f} ({found.tau2_low:.3f} to {found.tau2_high:.3f}), "
        f"I² = {100 * found.i2:.0f}%, Q = {found.q:.3f}, df = 2, p <0.001"
    ) == heterogeneity(found)


def test_heterogeneity_of_one():
    """Of one study nothing is known: dashes, and no interval of tau²."""
    assert "tau² = –, I² = –, Q = –, df = 0, p –" == heterogeneity(pool_effects([0.1], [0.1]))
