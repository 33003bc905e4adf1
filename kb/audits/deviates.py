"""P-values as normal deviates, and as messages show them."""

from __future__ import annotations

from math import erfc, inf, sqrt

from kb.printed.number import Span
from kb.stats.numeric.special import normal_quantile


def z_span(p: Span, sides: int) -> Span:
    """The normal deviates whose p-value of one or two sides lies in a range."""

    def deviate(probability: float) -> float:
        tail = probability / sides
        return inf if tail <= 0 else -normal_quantile(min(tail, 0.5))

    return Span(deviate(p.high), deviate(p.low))


def p_of(z: float) -> str:
    """The two-sided p-value of a normal deviate, as text."""
    return shown_p(erfc(abs(z) / sqrt(2)))


def shown_p(p: float) -> str:
    """A p-value as text: three decimals, more where it is small."""
    if p < 0.0001:
        return "<.0001"
    text = f"{p:.4f}" if p < 0.001 else f"{p:.3f}"
    return text.removeprefix("0")
