"""The scale of a forest plot: what values are drawn on, from where to where, with which ticks."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, log10
from typing import TYPE_CHECKING, Final

from kb.rendering.figures.page import RATIO_TICKS, text_inches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.rendering.figures.forest_line import Line

TICK: Final = 6.5
"""Points of the numbers on a scale."""
ROUNDEST: Final = (1, 0.1, 10, 0.5, 2, 0.2, 5, 0.05, 20, 0.02, 50, 0.3, 3, 0.7, 1.5)
"""Ratios in the order in which they get a tick while there is room."""


@dataclass(frozen=True, slots=True)
class Axis:
    """What values are drawn on: `percent`, `time`, `ratio` (logarithmic) or `difference`.

    `null` is where there is no effect, None where that is no question; `unit` is of a difference.
    """

    kind: str
    null: float | None = None
    unit: str = ""

    @property
    def words(self) -> str:
        """What stands under it."""
        if self.kind == "difference":
            return {"percent": "percentage points", "": "difference"}.get(self.unit, "months")
        return {"percent": "%", "ratio": "ratio (log scale)", "time": "months"}[self.kind]


def span(lines: Sequence[Line], axis: Axis) -> tuple[float, float]:
    """From where to where the scale runs, so that all numbers lie on it as far as it can go."""
    if axis.kind == "percent":
        return 0.0, 100.0
    found = [
        one
        for line in lines
        for one in (line.value, line.low, line.high)
        if one is not None and isfinite(one) and (axis.kind != "ratio" or one > 0)
    ]
    if axis.kind == "difference":
        margin = 0.06 * (max([*found, 1.0]) - min([*found, -1.0]))
        return min([*found, -1.0]) - margin, max([*found, 1.0]) + margin
    if axis.kind == "ratio":
        low = min([*found, 0.5])
        high = max([*found, 2.0])
        return max(low / 1.1, 0.01), min(high * 1.1, 100)
    return 0.0, 1.06 * max([*found, 1.0])


def limited(limits: tuple[float, float], axis: Axis) -> tuple[float, float]:
    """Limits that were asked for; ValueError where they are none for this scale."""
    low, high = limits
    said = f"not {low:g} to {high:g}"
    if not (isfinite(low) and isfinite(high) and low < high):
        raise ValueError(f"a scale runs from a lower number to a higher one, {said}")
    if axis.kind == "ratio" and low <= 0:
        raise ValueError(f"a scale of ratios is logarithmic and begins above 0, {said}")
    if axis.kind == "percent" and (low < 0 or high > 100):
        raise ValueError(f"a scale of percents lies within 0 to 100, {said}")
    if axis.kind == "time" and low < 0:
        raise ValueError(f"a scale of times begins at 0 or later, {said}")
    if axis.null is not None and not low < axis.null < high:
        raise ValueError(f"a scale of contrasts holds the line of no effect, {axis.null:g}, {said}")
    return low, high


def ratio_ticks(low: float, high: float, inches: float) -> list[float]:
    """The ratios that are marked on a logarithmic scale of that width, so that none touch.

    Round ones first; nothing where fewer than two lie on it, for which other numbers are better.
    """
    length = log10(high / low)
    found: list[float] = []
    taken: list[tuple[float, float]] = []
    for one in ROUNDEST:
        if not low <= one <= high:
            continue
        half = text_inches(f"{one:g}", TICK) / 2 + 0.035
        place = inches * log10(one / low) / length
        if all(place + half <= start or place - half >= end for start, end in taken):
            taken.append((place - half, place + half))
            found.append(one)
    return sorted(found) if len(found) > 1 else []


assert sorted(ROUNDEST) == list(RATIO_TICKS)
