"""Where a function of one variable crosses zero inside a bracket."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def root(
    function: Callable[[float], float], low: float, high: float, *, tolerance: float = 1e-14
) -> float:
    """Return where `function`, of opposite signs at `low` and `high`, is zero.

    Chandrupatla (1997, Adv Eng Softw 28:145): inverse quadratic interpolation where the last three
    points allow it, bisection else, so the bracket always shrinks. `tolerance` is relative to the
    root.
    """
    before, f_before = low, function(low)
    newest, f_newest = high, function(high)
    oldest, f_oldest = before, f_before
    share = 0.5
    floor = 1e-25 * (high - low)
    while True:
        best, f_best = min(
            ((newest, f_newest), (before, f_before)), key=lambda point: abs(point[1])
        )
        width = abs(before - newest)
        margin = (tolerance * abs(best) + floor) / width if width else 1.0
        if f_best == 0 or margin > 0.5:
            return best
        at = newest + min(max(share, margin), 1 - margin) * (before - newest)
        f_at = function(at)
        if (f_at > 0) == (f_newest > 0):
            oldest, f_oldest = newest, f_newest
        else:
            oldest, f_oldest = before, f_before
            before, f_before = newest, f_newest
        newest, f_newest = at, f_at
        share = _share(newest, before, oldest, f_newest, f_before, f_oldest)


def _share(a: float, b: float, c: float, fa: float, fb: float, fc: float) -> float:
    """Return how far from a towards b to look next: interpolated where that is safe, else half.

    c lies on the side of a, so its value and that of b have opposite signs.
    """
    along, across = (a - b) / (c - b), (fa - fb) / (fc - fb)
    if not (across**2 < along and (1 - across) ** 2 < 1 - along):
        return 0.5
    return fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
