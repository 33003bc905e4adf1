"""Times in print: the four units, how they are written, and how they convert.

A month is 30.4375 days and a year twelve months, as every conversion here says.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

DAYS_PER_MONTH: Final = 30.4375
UnitName = Literal["days", "weeks", "months", "years"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of time: months in one of it, how addresses write it, other spellings."""

    months: float
    short: str
    spellings: tuple[str, ...]

    @property
    def days(self) -> float:
        """Days in one of it."""
        return self.months * DAYS_PER_MONTH


UNITS: Final[dict[str, Unit]] = {
    "days": Unit(1 / DAYS_PER_MONTH, "d", ("day",)),
    "weeks": Unit(7 / DAYS_PER_MONTH, "wk", ("week", "w")),
    "months": Unit(1.0, "mo", ("month",)),
    "years": Unit(12.0, "y", ("year", "yr")),
}
CONVERSION: Final = "days / 30.4375, weeks × 7 / 30.4375, years × 12"
"""How a note says that times were converted to months."""
_EXACT: Final = {"years": (12, "months"), "weeks": (7, "days")}


@dataclass(frozen=True, slots=True)
class Time:
    """A printed time: the number as text, and its unit, empty where none is printed."""

    value: str
    unit: str

    @property
    def months(self) -> float:
        """The time in months; KeyError without a unit."""
        return months(float(self.value), self.unit)

    @property
    def short(self) -> str:
        """As labels write it: `6 mo`."""
        return f"{self.value} {UNITS[self.unit].short}" if self.unit else self.value

    @property
    def exact(self) -> str:
        """One spelling of equal times: years as months and weeks as days, which is exact."""
        factor, unit = _EXACT.get(self.unit, (1, self.unit))
        return f"{(Decimal(self.value) * factor).normalize():f} {unit}"

    def __str__(self) -> str:
        return f"{self.value} {self.unit}"


def months(number: float, unit: str) -> float:
    """A time in months: days / 30.4375, weeks × 7 / 30.4375, years × 12."""
    return number * UNITS[unit].months


def days(number: float, unit: str) -> float:
    """A time in days: weeks × 7, months × 30.4375, years × 365.25."""
    return number * UNITS[unit].days


def unit_named(word: str) -> str:
    """The unit that a word stands for, singular or short; empty for none."""
    wanted = word.strip().strip(".").casefold()
    return _SPELLINGS.get(wanted, "")


_SPELLINGS: Final = {
    spelling: name
    for name, unit in UNITS.items()
    for spelling in (name, unit.short, *unit.spellings)
}
