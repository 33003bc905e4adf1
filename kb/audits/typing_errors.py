"""Which slip of the pen turns one printed number into another."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

SWAPPED: Final = "two digits swapped"
MOVED: Final = "the decimal point moved"
LOST: Final = "a digit lost"
DOUBLED: Final = "a digit too many"
CHANGED: Final = "one digit changed"
SLIPS: Final = (SWAPPED, MOVED, LOST, DOUBLED, CHANGED)


def slip(printed: str, meant: str) -> str:
    """How `printed` may have come from `meant`, in words; empty if by more than one slip."""
    return meant_by(printed).get(meant, "")


@lru_cache(maxsize=4096)
def meant_by(printed: str) -> dict[str, str]:
    """Every number from which one slip leads to the printed one, with that slip in words.

    The decimals stay as they are, except where the point moved. Another last digit is no slip but
    another number, or another rounding.
    """
    whole, _, fraction = printed.lstrip("-").partition(".")
    digits, places = whole + fraction, len(fraction)
    found: dict[str, str] = {}
    for made, shift, words in _changes(digits):
        text = _number(made, places + shift)
        if text and text != _number(digits, places):
            found.setdefault(text, words)
    return found


def _changes(digits: str) -> Iterator[tuple[str, int, str]]:
    """Digits, by how many places the point moved, and the slip; the likelier slips first."""
    for left, right in combinations(range(len(digits)), 2):
        swapped = list(digits)
        swapped[left], swapped[right] = swapped[right], swapped[left]
        yield "".join(swapped), 0, SWAPPED
    for shift in (1, -1):
        yield digits.lstrip("0") or "0", shift, MOVED
    for at in range(len(digits) + 1):
        for digit in "0123456789":
            yield digits[:at] + digit + digits[at:], 0, LOST
    if len(digits) > 1:
        for at in range(len(digits)):
            yield digits[:at] + digits[at + 1 :], 0, DOUBLED
    for at in range(len(digits) - 1):
        for digit in "0123456789":
            yield digits[:at] + digit + digits[at + 1 :], 0, CHANGED


def _number(digits: str, places: int) -> str:
    """Digits with the point before the last `places`; empty if nobody prints it so."""
    if places < 0:
        return ""
    padded = digits.rjust(places + 1, "0")
    whole, fraction = padded[: len(padded) - places], padded[len(padded) - places :]
    if len(whole) > 1 and whole[0] == "0":
        return ""
    return f"{whole}.{fraction}" if places else whole
