"""Pooled numbers as people read them: on the printed scale, with the decimals of their measure."""

from __future__ import annotations

from math import exp, inf, isnan
from typing import TYPE_CHECKING, Final

from kb.printed.measure import FRACTION, LOG_RATIO, MEASURES, PERCENT, TIME
from kb.rendering.words import numbers

if TYPE_CHECKING:
    from kb.stats.results import Pooled

LARGEST_EXPONENT: Final = 709.0
"""Beyond it the exponential is no number of a computer."""


def natural(value: float, scale: str) -> float:
    """A pooled value on the printed scale: percents of fractions, ratios of logarithms."""
    if scale == FRACTION:
        return 100 * value
    if scale == LOG_RATIO:
        return exp(value) if value <= LARGEST_EXPONENT else inf
    return value


def shown(value: float, measure: str, scale: str) -> str:
    """A pooled number with its unit: `32.1%`, `0.84`, `6.2 mo`; `–` where it is unknown."""
    text = _bare(value, measure, scale)
    return f"{text} mo" if MEASURES[measure].unit == TIME and text[-1:].isdigit() else text


def _bare(value: float, measure: str, scale: str) -> str:
    """A number as bounds stand in an interval: with its percent sign, without a unit of time."""
    known = MEASURES[measure]
    text = numbers.computed(natural(value, scale), known)
    return f"{text}%" if known.unit == PERCENT and text[-1:].isdigit() else text


def bounds(low: float, high: float, measure: str, scale: str) -> str:
    """An interval; `–` where there is none."""
    if isnan(low) and isnan(high):
        return numbers.UNKNOWN
    return f"{_bare(low, measure, scale)}–{_bare(high, measure, scale)}"


def small(value: float) -> str:
    """A variance or a Q: three decimals, `∞`, or `–` where it is unknown."""
    return numbers.rounded(value, 3)


def p_words(value: float) -> str:
    """A computed p-value: `p = 0.031`, `p <0.001`, `p –`."""
    if isnan(value):
        return f"p {numbers.UNKNOWN}"
    text = numbers.computed_p(value)
    return f"p {text}" if text.startswith("<") else f"p = {text}"


def heterogeneity(pooled: Pooled) -> str:
    """tau², I² and Q with its p-value on one line; what is unknown is left out or a dash."""
    interval = (
        ""
        if isnan(pooled.tau2_low)
        else f" ({small(pooled.tau2_low)} to {small(pooled.tau2_high)})"
    )
    i2 = numbers.UNKNOWN if isnan(pooled.i2) else f"{numbers.rounded(100 * pooled.i2, 0)}%"
    return (
        f"tau² = {small(pooled.tau2)}{interval}, I² = {i2}, "
        f"Q = {small(pooled.q)}, df = {pooled.df}, {p_words(pooled.q_p)}"
    )
