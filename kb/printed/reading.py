"""How directly a report was read, and whether it passes on somebody else's results."""

from __future__ import annotations

from typing import Final, Literal

Read = Literal["full-text", "abstract", "registry", "conference", "news", "review-table"]
DIRECTNESS: Final[tuple[Read, ...]] = (
    "full-text", "abstract", "registry", "conference", "news", "review-table",
)  # fmt: skip
"""Ways of reading, the most direct first."""
LAST_RESORT: Final = DIRECTNESS[-1]
"""Chosen only where nothing else prints the quantity."""
PASSING_ON: Final = ("news", "review-table")
"""Documents that are always about other people's results."""


def second_hand(read: str, relays: object) -> bool:
    """Whether a report passes on results: it is news or a review table, or says what it relays."""
    return read in PASSING_ON or bool(relays)


def directness(read: str) -> int:
    """The place of a way of reading, 0 for the most direct."""
    return DIRECTNESS.index(read)


def distance(read: str, relays: object) -> tuple[bool, int]:
    """How far a report is from the primary source: whether it relays one, and how it was read."""
    return bool(relays), directness(read)
