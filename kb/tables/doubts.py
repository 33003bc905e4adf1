"""What only a whole column shows: fractions among percents, an n that stands once per study."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kb.printed.measure import MEASURES, PERCENT
from kb.printed.number import decimals, is_number, prints_as
from kb.rows.row import Row
from kb.tables.addresses import entry_name, row_number
from kb.tables.sheet import FRACTIONS, ONCE, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kb.tables.plan import Plan
    from kb.tables.sheet import CellProblem, Sheet

COMPUTED: Final = "computed"


def doubtful(
    rows: Sequence[Row], sheet: Sheet, plan: Plan, places: Mapping[int, int]
) -> tuple[list[Row], list[CellProblem]]:
    """The rows without what their columns make doubtful, and a problem for each such cell."""
    columns = {entry.name: entry.fields for entry in plan.entries}
    found: list[CellProblem] = []

    def say(row: Row, name: str, rule: str, message: str) -> None:
        number = row_number(row)
        column = columns[entry_name(row)].get(name)
        if column is not None:
            line = Line(number, places[number], ())
            found.append(sheet.problem(line, column, rule, message))

    for row in fractions_among_percents(rows):
        message = (
            f"{row.value} stands among percents: is it {row.value} %, or a fraction? "
            f"Say so in a column `unit`, or write it as a percent"
        )
        say(row, "value", FRACTIONS, message)
    once = {row.address: row for row in standing_once(rows)}
    for row in once.values():
        message = (
            f"n = {row.n} stands in the first row of {row.trial or 'the study'} alone, so it may "
            f"be of all its rows; no rate is taken from it"
        )
        say(row, "n", ONCE, message)
    return [_without_n(row) if row.address in once else row for row in rows], found


def fractions_among_percents(rows: Iterable[Row]) -> Iterator[Row]:
    """Values from 0 to 1 with decimals in a column that has values above 1, and no count to ask.

    A row whose count and n are printed says by itself which of both it is.
    """
    by_column: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        percent = row.measure in MEASURES and not row.versus
        percent = percent and MEASURES[row.measure].unit == PERCENT
        if percent and row.value_source == "reported" and is_number(row.value):
            by_column[entry_name(row)].append(row)
    for own in by_column.values():
        if any(float(row.value) > 1 for row in own):
            for row in own:
                between = 0 < float(row.value) < 1 and decimals(row.value)
                if between and not _told_by_count(row):
                    yield row


def _told_by_count(row: Row) -> bool:
    """Whether the printed count says that a value is a fraction, or a percent."""
    if row.events is None or row.events_source != "reported" or not row.n:
        return False
    return any(
        prints_as(scale * row.events / row.n, row.value, rounding="any") for scale in (1, 100)
    )


def standing_once(rows: Iterable[Row]) -> Iterator[Row]:
    """First rows of studies whose other rows have events and no n."""
    studies: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.trial and not row.versus:
            studies[row.trial, entry_name(row)].append(row)
    for own in studies.values():
        first, *others = own
        without = all(one.n is None for one in others)
        counted = any(one.events is not None for one in others)
        if others and first.n is not None and without and counted:
            yield first


def _without_n(row: Row) -> Row:
    computed = row.value_source == COMPUTED
    return replace(
        row,
        n=None,
        value="" if computed else row.value,
        value_source="" if computed else row.value_source,
        counts="",
    )
