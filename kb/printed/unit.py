"""Bounds that are printed in another unit than their value: what may be converted, and how."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from kb.printed.measure import PERCENT, PROPORTION
from kb.printed.number import significant
from kb.printed.time import UNITS, months

SHARES: Final = (PROPORTION, PERCENT)
"""A fraction of one, as bounds of percents are sometimes printed, and a percent."""
UNITS_OF_BOUNDS: Final = (*SHARES, *UNITS)


def convertible(one: str, other: str) -> bool:
    """Whether numbers of one unit can be said in the other: shares of a whole, or times."""
    return any(one in alike and other in alike for alike in (SHARES, UNITS))


def others(unit: str) -> tuple[str, ...]:
    """The units in which numbers of this unit may be printed instead."""
    return tuple(one for one in UNITS_OF_BOUNDS if one != unit and convertible(one, unit))


def converted(text: str, unit: str, to: str) -> str:
    """A printed number in another unit; as it is where the unit is the same.

    Percents of fractions keep their digits, `0.270` is `27.0`; times have ten significant digits.
    """
    if unit == to:
        return text
    if unit in SHARES:
        return f"{Decimal(text).scaleb(2 if unit == PROPORTION else -2):f}"
    return significant(months(float(text), unit) / months(1, to))
