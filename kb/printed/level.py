"""The level of an interval: a percent, from 50 to 99.99."""

from __future__ import annotations

from typing import Final

LEAST: Final = 50
MOST: Final = 99.99
"""Beyond it the tails are too thin to be what anybody means."""
RANGE: Final = f"from {LEAST} to {MOST}"


def is_level(percent: float) -> bool:
    """Whether a percent can be the level of an interval; 0.95 is a fraction, not one."""
    return LEAST <= percent <= MOST
