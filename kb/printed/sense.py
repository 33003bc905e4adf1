"""What no arithmetic allows, whoever asks: the check of a record or the audit of a source.

Every predicate takes printed texts and counts, and is true where something cannot be.
"""

from __future__ import annotations

from kb.printed.number import is_number, span


def events_over_n(events: int | None, n: int | None) -> bool:
    """More events than patients."""
    return events is not None and n is not None and events > n


def percent_out_of_range(text: str) -> bool:
    """A percent below 0 or above 100."""
    return is_number(text) and not 0 <= float(text) <= 100


def interval_order(low: str, high: str) -> bool:
    """A low bound above the high one."""
    return is_number(low) and is_number(high) and float(low) > float(high)


def value_outside_interval(value: str, low: str, high: str) -> bool:
    """A value outside its bounds, even if each was rounded; one without a number is open.

    `25 (25.1 to 43.4)` is allowed, since 25 may be 25.4. Bounds in the wrong order say nothing.
    """
    if not is_number(value) or interval_order(low, high):
        return False
    own = span(value)
    below = is_number(low) and own.high < span(low).low
    return below or (is_number(high) and own.low > span(high).high)


def set_over_arm(n: int | None, allocated: int | None) -> bool:
    """A set of more patients than were allocated to its arms."""
    return n is not None and allocated is not None and n > allocated
