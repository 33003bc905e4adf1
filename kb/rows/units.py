"""Units of rows: months from days, weeks and years, and computed numbers as text."""

from __future__ import annotations

from typing import Final

DAYS_PER_MONTH: Final = 30.4375
MONTHS_PER: Final = {
    "days": 1 / DAYS_PER_MONTH,
    "weeks": 7 / DAYS_PER_MONTH,
    "months": 1.0,
    "years": 12.0,
}


def months(number: float, unit: str) -> float:
    """A time in months: days / 30.4375, weeks × 7 / 30.4375, years × 12."""
    return number * MONTHS_PER[unit]


def significant(number: float) -> str:
    """A computed number as text: ten significant digits, no exponent for ordinary sizes."""
    return f"{number:.10g}"
