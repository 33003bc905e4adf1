"""Which rows of a table are known to be one quantity, which may be, and what is not known.

Identity that is missing is unknown, not sameness: two rows with one endpoint may be of two arms, of
a subgroup and its whole, of two times or two assessors, if nothing says which.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kb.rows.identity import judged, patients, quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.rows.row import Row

IDENTITY: Final = {
    "arm": "arm", "subgroup": "subgroup", "at_value": "time", "assessor": "assessor",
    "report": "report",
}  # fmt: skip
"""The fields by which rows are told apart, and what each is called."""
BLANK_SAYS: Final = {"subgroup": ("subgroup",), "at_value": ("at", "at_value")}
"""Fields that say something where a table has a column for them and leaves it blank.

No subgroup is the whole, and no time is none; a blank arm, assessor or report is not known. Each
with the columns of a table that hold it.
"""


def unknown(row: Row, stated: frozenset[str]) -> tuple[str, ...]:
    """What is not known of a row that would tell it from another, as people call it."""
    return tuple(
        words
        for field, words in IDENTITY.items()
        if not getattr(row, field)
        and not any(column in stated for column in BLANK_SAYS.get(field, ()))
    )


def alike(rows: Iterable[Row], *, recorded: bool = False) -> Iterator[list[Row]]:
    """Rows that differ in nothing but their numbers, two and more of them.

    In a record the sets of a report are told apart, in a table only what its columns say.
    """
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if not row.id:
            chosen = row.set if recorded else row.analysis_set
            whom = (*patients(row), row.histologies, row.line)
            key = (*whom, *quantity(row), *judged(row), row.report, chosen)
            groups[key].append(row)
    return (group for group in groups.values() if len(group) > 1)


def told_apart(rows: list[Row], stated: frozenset[str]) -> tuple[Row, ...]:
    """Rows of one study of a table, each of those that may be one quantity in a set of its own.

    Which of two response rates goes with which disease control is not known where nothing tells
    the two apart; set against each other they would convict a table that is right.
    """
    apart = {
        row.address
        for group in alike(rows)
        if unknown(group[0], stated) and len({printed(row) for row in group}) > 1
        for row in group
    }
    return tuple(
        replace(row, set=f"{row.set}|{row.address}") if row.address in apart else row
        for row in rows
    )


def printed(row: Row) -> tuple[str, ...]:
    """The numbers of a row as they are printed, to see whether another row has the same."""
    counts = (str(row.events) if row.events_source == "reported" else "", str(row.n))
    value = row.value if row.value_source == "reported" else ""
    return (value, row.unit, row.low, row.high, row.p, *counts, row.value_state)
