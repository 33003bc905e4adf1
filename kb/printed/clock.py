"""Where the clock of a number starts, as far as it says what was given by then."""

from __future__ import annotations

from typing import Final

BEFORE_TREATMENT: Final = ("diagnosis", "earlier-therapy")
"""Starts of a clock before the first phase of an arm: what was given since then is not recorded."""
MAINTENANCE_START: Final = "maintenance-start"


def clock(origin: str) -> str:
    """The start of a clock that is neither that of treatment nor of a response; or nothing."""
    return origin if origin in (*BEFORE_TREATMENT, MAINTENANCE_START) else ""
