"""In which order the rows of a forest plot stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kb.printed.measure import TIME
from kb.printed.number import is_number
from kb.rows.identity import arm_of
from kb.rows.row import FIELDS
from kb.sentences import suggestion
from kb.vocabulary.vocabulary import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kb.rows.row import Row

SORTS: Final = ("value", "n", "year", "weight", "trial")
"""What rows are sorted by most often; every other field of a row works too."""
Key = tuple[int, float, str]


def nested(rows: Sequence[Row]) -> list[Row]:
    """Rows with the whole of each arm before its subgroups, trials and arms in their order."""
    order: dict[tuple[str, str], int] = {}
    for place, row in enumerate(rows):
        order.setdefault(arm_of(row), place)
    wholes: dict[tuple[str, str], int] = {}
    for place, row in enumerate(rows):
        if not row.subgroup:
            wholes.setdefault(arm_of(row), place)
    order |= wholes
    return sorted(rows, key=lambda row: (order[arm_of(row)], bool(row.subgroup)))


def ordered(
    rows: Sequence[Row],
    by: str | None,
    names: Mapping[str, str],
    weights: Mapping[str, float] | None,
) -> list[Row]:
    """Rows by a field, from low to high, or from high to low with `-` before it; then nested.

    Subgroups follow their whole. Rows without it stand last. `names` are those of trials;
    `weights` are there for rows that were pooled. ValueError for what no row can be sorted by.
    """
    if by is None:
        return nested(rows)
    field = by.removeprefix("-")
    if field not in SORTS and field not in FIELDS:
        near = suggestion(nearest(field, [*SORTS, *FIELDS]))
        raise ValueError(f"rows are sorted by {', '.join(SORTS)} or a field, not by {by!r}{near}")
    if field == "weight" and weights is None:
        raise ValueError(
            "weights are of a pooled estimate of counts or effects: there are none here"
        )
    keys = {row.address: _key(row, field, names, weights or {}) for row in rows}
    known = [row for row in rows if keys[row.address][0] == 0]
    known.sort(key=lambda row: keys[row.address], reverse=by.startswith("-"))
    return nested([*known, *(row for row in rows if keys[row.address][0])])


def _key(row: Row, field: str, names: Mapping[str, str], weights: Mapping[str, float]) -> Key:
    """Whether a row lacks the field, then its number, then its words."""
    if field == "trial":
        return 0, 0.0, names[row.trial].casefold()
    if field == "weight":
        found: object = weights.get(row.address)
    elif field in ("value", "low", "high") and row.kind.unit == TIME:
        found = getattr(row, f"{field}_months")
    else:
        found = getattr(row, field)
    if found is None or found == "":
        return 1, 0.0, ""
    if isinstance(found, int | float):
        return 0, float(found), ""
    text = str(found)
    return (0, float(text), "") if is_number(text) else (0, 0.0, text.casefold())
