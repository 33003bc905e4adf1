"""What a printed number says about the true one, and which counts could have printed it."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

from kb.printed.number import admitted
from kb.stats.proportions.intervals import METHODS, checked_counts, proportion_interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.stats.results import Bounds


def reconstruct_counts(percent: str, n: int, *, rounding: str = "half-up") -> list[int]:
    """Return the counts out of n that print as this percent ("24.7"); none if it is impossible.

    Raises ValueError for a percent that is no printed number, and for n < 1 or not whole.
    """
    true, (_, total) = admitted(percent, rounding=rounding), checked_counts(0, n)
    first = floor(max(true.low, 0) * total / 100)
    last = ceil(min(true.high, 100) * total / 100)
    return [x for x in range(first, last + 1) if Fraction(100 * x, total) in true]


def reconstruct_denominators(
    percents: Sequence[str], *, largest: int = 300, rounding: str = "half-up"
) -> list[tuple[int, list[list[int]]]]:
    """Return each n up to `largest` of which every percent is a possible share.

    With n come, for each percent in its order, the counts that print so. Raises ValueError if no
    percent is given.
    """
    if not percents or isinstance(percents, str):
        raise ValueError(f"percents must be a list of printed percents, not {percents!r}")
    found = []
    for n in range(1, largest + 1):
        counts = [reconstruct_counts(percent, n, rounding=rounding) for percent in percents]
        if all(counts):
            found.append((n, counts))
    return found


def matching_interval_methods(
    events: int, n: int, low: str, high: str, *, level: float = 95
) -> list[str]:
    """Return the methods whose two bounds both print so, in the order of `METHODS`.

    `low` and `high` are printed percents ("18.7"); their decimals are the rounding, half up. The
    Wald interval never matches at 0 and n events, where it has no width.
    """
    below, above = admitted(low), admitted(high)
    return [
        method
        for method, bounds in _intervals(*checked_counts(events, n), level)
        if 100 * bounds.low in below and 100 * bounds.high in above
    ]


def _intervals(events: int, n: int, level: float) -> Iterator[tuple[str, Bounds]]:
    for method in METHODS:
        if method != "wald" or 0 < events < n:
            yield method, proportion_interval(events, n, level=level, method=method)


class CountMatch(NamedTuple):
    """A count that a printed interval belongs to, and the methods that give that interval."""

    events: int
    n: int
    methods: list[str]


def counts_from_interval(
    percent: str,
    low: str,
    high: str,
    n: int | None = None,
    level: float = 95,
    *,
    largest: int = 300,
    rounding: str = "half-up",
) -> list[CountMatch]:
    """Return the counts whose percent prints as `percent` and whose interval as `low` to `high`.

    Without n every denominator up to `largest` is tried. `rounding` is that of the percent; the
    bounds are rounded half up.
    """
    found = []
    for total in range(1, largest + 1) if n is None else [n]:
        for events in reconstruct_counts(percent, total, rounding=rounding):
            methods = matching_interval_methods(events, total, low, high, level=level)
            if methods:
                found.append(CountMatch(events, total, methods))
    return found
