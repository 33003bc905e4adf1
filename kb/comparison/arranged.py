"""The rows of a comparison in an order that was asked for, and the first of them.

Trials stay whole and nothing is ranked: an arm goes where the row of its whole set goes, with its
subgroups and with what stands beside it. Rows without the field go last, whichever the direction.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kb.comparison.beside import by_arm
from kb.comparison.caveats import caveats_of
from kb.sentences import count

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.comparison.compare import Comparison
    from kb.rows.row import Row

NUMBERS: Final[dict[str, Callable[[Row], float | None]]] = {
    "n": lambda row: row.n,
    "events": lambda row: row.events,
    "year": lambda row: row.year,
    "value": lambda row: row.value_months if row.value_months is not None else _float(row.value),
    "low": lambda row: row.low_months if row.low_months is not None else _float(row.low),
    "high": lambda row: row.high_months if row.high_months is not None else _float(row.high),
}
"""The fields that are numbers: the largest and the newest first."""
WORDS: Final = ("trial", "acronym", "arm", "drugs", "line", "report", "read", "criteria")
"""The fields that are words: from A to Z."""
DIRECTIONS: Final = ("asc", "desc")


def arranged(
    comparison: Comparison, sort: str = "", limit: int | None = None
) -> tuple[Comparison, str]:
    """A comparison sorted by a field and cut after so many analysis sets; and what was left out.

    `sort` is a field or an endpoint of the comparison (its value), alone or with a direction
    behind it: `value`, `n:asc`. Caveats and what was set aside are those of the rows that are left.
    ValueError for what is no field.
    """
    rows = list(comparison.rows)
    if sort:
        rows = _sorted(rows, sort, comparison.endpoints)
    if limit is None:
        return replace(comparison, rows=tuple(rows)), ""
    if limit < 1:
        raise ValueError(f"a limit is 1 or more, got {limit}")
    places = list(dict.fromkeys(row.place for row in rows if not row.beside))
    kept = set(places[:limit])
    shown = []
    for own in by_arm(rows).values():
        if any(row.place in kept for row in own if not row.beside):
            shown += [row for row in own if row.beside or row.place in kept]
    left = len(places) - len(kept)
    said = f"{left} of {count(len(places), 'analysis set')}" if left else ""
    return _of(comparison, shown) if left else replace(comparison, rows=tuple(shown)), said


def _of(comparison: Comparison, rows: list[Row]) -> Comparison:
    """Some rows of a comparison, with what is to be said of them and of their arms alone."""
    arms = {(row.trial, arm) for row in rows for arm in row.arms}
    aside = (
        row for row in comparison.set_aside if any((row.trial, arm) in arms for arm in row.arms)
    )
    found = caveats_of(rows, comparison.base, comparison.criteria) if comparison.caveats else ()
    return replace(comparison, rows=tuple(rows), set_aside=tuple(aside), caveats=tuple(found))


def direction(sort: str) -> tuple[str, bool | None]:
    """A field and whether it descends, None where nothing is said; ValueError for other words."""
    field, _, way = sort.strip().partition(":")
    if way and way not in DIRECTIONS:
        raise ValueError(f"a direction is {' or '.join(DIRECTIONS)}, got {way!r}")
    return field, way == "desc" if way else None


def _sorted(rows: list[Row], sort: str, endpoints: tuple[str, ...]) -> list[Row]:
    field, descending = direction(sort)
    wanted = field if field in endpoints else endpoints[0]
    name = "value" if field in endpoints else field
    groups = list(by_arm(rows).values())
    if name in NUMBERS:
        down = descending is not False
        return _joined(groups, lambda one: _number(one, name, wanted), down=down)
    if name in WORDS:
        found = lambda one: str(getattr(_leading(one, wanted), name)).casefold() or None  # noqa: E731
        return _joined(groups, found, down=bool(descending))
    known = ", ".join([*NUMBERS, *WORDS, *endpoints])
    raise ValueError(f"{field!r} is nothing to sort by; known are {known}")


def _joined(
    groups: list[list[Row]], key: Callable[[list[Row]], float | str | None], *, down: bool
) -> list[Row]:
    known = [(key(one), one) for one in groups]
    filled = [pair for pair in known if pair[0] is not None]
    filled.sort(key=lambda pair: pair[0], reverse=down)  # type: ignore[arg-type,return-value]
    empty = [one for value, one in known if value is None]
    return [row for one in [*(own for _, own in filled), *empty] for row in one]


def _leading(rows: list[Row], endpoint: str) -> Row:
    """The row that an arm is sorted by: that of its whole set and of the endpoint."""
    return min(
        rows, key=lambda row: (bool(row.beside), row.endpoint != endpoint, bool(row.subgroup))
    )


def _number(rows: list[Row], name: str, endpoint: str) -> float | None:
    row = _leading(rows, endpoint)
    if row.endpoint != endpoint and name in ("value", "low", "high", "events"):
        return None
    return NUMBERS[name](row)


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
