"""Grades of adverse events: the band that a printed grade stands for, whatever its spelling."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

MILDEST: Final = 1
FATAL: Final = 5
SEVERE: Final = 3
"""From this grade on an event is what reports call severe."""
ANY: Final = ("any", "all")
_ONE: Final = re.compile(r"[1-5]")
_BAND: Final = re.compile(r"([1-5])\s*(?:-|–|/|to|or)\s*([1-5])")
_FROM: Final = re.compile(r"(?:>=|=>|≥)\s*([1-5])|([1-5])\s*\+")
_UP_TO: Final = re.compile(r"(?:<=|=<|≤)\s*([1-5])")
_OVER: Final = re.compile(r">\s*([1-4])")
_UNDER: Final = re.compile(r"<\s*([2-5])")


class Band(NamedTuple):
    """The grades from `low` to `high`; 1 to 5 is any grade."""

    low: int
    high: int

    def within(self, other: Band) -> bool:
        """Whether every grade of this band is one of another."""
        return other.low <= self.low and self.high <= other.high

    @property
    def severe(self) -> bool:
        """Whether it starts at grade 3 or 4: severe, and not only fatal."""
        return SEVERE <= self.low < FATAL


EVERY: Final = Band(MILDEST, FATAL)


def band(printed: str) -> Band | None:
    """The band of a printed grade: `3-4`, `>=3`, `≥ 3`, `3+`, `5`, `any`; None for other words."""
    text = printed.casefold().removeprefix("grade").strip()
    if text in ANY:
        return EVERY
    if _ONE.fullmatch(text):
        return Band(int(text), int(text))
    if found := _BAND.fullmatch(text):
        low, high = sorted(map(int, found.groups()))
        return Band(low, high)
    if found := _FROM.fullmatch(text):
        return Band(int(found[1] or found[2]), FATAL)
    if found := _UP_TO.fullmatch(text):
        return Band(MILDEST, int(found[1]))
    if found := _OVER.fullmatch(text):
        return Band(int(found[1]) + 1, FATAL)
    if found := _UNDER.fullmatch(text):
        return Band(MILDEST, int(found[1]) - 1)
    return None
