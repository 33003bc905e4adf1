"""A printed p-value: what it may look like, the number it is, and the true values it admits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kb.printed.number import Span, is_number, signed, span

POWER: Final = re.compile(
    r"(?P<digits>[0-9](?:\.[0-9]{1,12})?)\s?[x×]\s?10\^?[-−](?P<power>0?[1-9]|[1-9][0-9])"
)
NOT_SIGNIFICANT: Final = ("ns", "not significant")
SIGNIFICANCE: Final = 0.05


@dataclass(frozen=True, slots=True)
class PValue:
    """A p-value as printed: its sign of inequality, its digits, and the power of ten behind them.

    `digits` are empty where only "not significant" is printed.
    """

    sign: str
    digits: str
    power: int = 0

    @property
    def exact(self) -> float | None:
        """The number that is printed; None for a limit such as "<.001" and for "NS"."""
        if not self.digits or self.sign not in ("", "="):
            return None
        return float(self.digits) * 10.0**-self.power

    @property
    def span(self) -> Span:
        """The true p-values that it admits."""
        if not self.digits:
            return Span(SIGNIFICANCE, 1.0)
        factor = 10.0**-self.power
        number = float(self.digits) * factor
        if self.sign in ("<", "≤"):
            return Span(0.0, number)
        if self.sign in (">", "≥"):
            return Span(number, 1.0)
        low, high = span(self.digits).times(factor)
        return Span(max(low, 0.0), min(high, 1.0))


def read(text: str) -> PValue | None:
    """A p-value as printed, such as `.19`, `<.001`, `6.5 x 10^-4` or `NS`; None for no p-value."""
    if text.strip().casefold() in NOT_SIGNIFICANT:
        return PValue("", "")
    sign, bare = signed(text)
    sign = {"<=": "≤", ">=": "≥"}.get(sign, sign)
    found = POWER.fullmatch(bare)
    if found:
        return PValue(sign, found["digits"], int(found["power"]))
    if is_number(bare) and 0 <= float(bare) <= 1 and not bare.startswith("-"):
        return PValue(sign, bare)
    return None


def p_span(text: str) -> Span | None:
    """The true p-values that a printed one admits; None where it is not read as one."""
    found = read(text)
    return found.span if found else None


def exact_p(text: str) -> float | None:
    """The number that a printed p-value is; None for a limit, for "NS" and for no p-value."""
    found = read(text)
    return found.exact if found else None
