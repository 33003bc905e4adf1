"""What a reviewer's table says that cannot be read, or not for sure: cells, columns, readers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kb.audits.finding import NOTE, WARNING
from kb.audits.needs import EITHER, NEEDS, looks_at
from kb.tables.addresses import entry_name, row_number
from kb.tables.sheet import DISAGREE, FRACTIONS, ONCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kb.rows.row import Row
    from kb.tables.sheet import CellProblem
    from kb.tables.table import Table

    Said = tuple[str, str, int, str]

OWN: Final = (FRACTIONS, ONCE, DISAGREE)
"""Rules of problems that have a page of their own."""
FIELD_OF: Final = {"at": "at_value", "method": "interval_method", "sides": "p_sides"}
"""Columns whose field of a row has another name."""
READ: Final = ("events", "n", "value", "low", "high")
"""What two readers are compared in."""
COMPUTABLE: Final = ("value", "low", "high")


def unreadable_cell(table: Table) -> Iterator[Said]:
    """A cell is not understood and was left out; the rest of its row is judged without it.

    A note; a warning where a rule would have judged the row with that cell and cannot without it,
    such as a percent whose n is `many`. Characters that control how text is shown, a row with more
    cells than the header, and words that a column does not know are such cells too. With `--strict`
    they end the command.
    """
    for one in table.problems:
        if one.rule not in OWN:
            yield _said(one, WARNING if _needed(table, one) else NOTE)


def _needed(table: Table, problem: CellProblem) -> bool:
    """Whether some rule lacks nothing but the field of a cell to judge a row of its line."""
    for row in table.rows_of(problem.row):
        for name in table.fields_at(row, problem.column):
            field = FIELD_OF.get(name, name)
            for needs in NEEDS.values():
                wanted = [one for one in needs.fields if field in one.split(EITHER)]
                others = tuple(one for one in needs.fields if one not in wanted)
                if wanted and not needs.beside and looks_at(needs, row):
                    lacking = not any(replace(needs, fields=(one,)).met(row) for one in wanted)
                    if lacking and others and replace(needs, fields=others).met(row):
                        return True
    return False


def cells_disagree(table: Table) -> Iterator[Said]:
    """Two cells of one row say different numbers of the same thing: `16/52` beside n 53. A warning.

    The column of its own is taken.
    """
    yield from (_said(one, WARNING) for one in table.problems if one.rule == DISAGREE)


def fraction_among_percents(table: Table) -> Iterator[Said]:
    """A value from 0 to 1 stands in a column of percents, and no count says which it is. A note.

    `0.55` below `68.1` may be 55 % or 0.55 %; the row is not pooled until somebody says so.
    """
    yield from (_said(one, NOTE) for one in table.problems if one.rule == FRACTIONS)


def n_stands_once(table: Table) -> Iterator[Said]:
    """Of the rows of a study with events only the first has an n: it may be of all of them.

    As where doses share a line of patients. A warning, and no rate is taken from that n.
    """
    yield from (_said(one, WARNING) for one in table.problems if one.rule == ONCE)


def readers_disagree(table: Table) -> Iterator[Said]:
    """A reader of a double extraction has another number than the consensus. A note.

    Where a study has readers and no consensus, none of them is used, and that is said.
    """
    agreed = {(row.trial, entry_name(row)): row for row in table.rows}
    alone: dict[str, list[Row]] = defaultdict(list)
    for row in table.readers:
        consensus = agreed.get((row.trial, entry_name(row)))
        if consensus is None:
            alone[row.trial].append(row)
            continue
        for name in READ:
            own, theirs = (_printed(one, name) for one in (row, consensus))
            if own != theirs:
                message = (
                    f"{name} is {_shown(own)} by this reader, {_shown(theirs)} in the consensus"
                )
                yield NOTE, message, row_number(row), table.cell(row, name)
    for trial, rows in alone.items():
        message = f"{trial or 'this study'} has readers and no consensus; it is not used"
        yield NOTE, message, row_number(rows[0]), ""


def _printed(row: Row, name: str) -> object:
    computed = row.value_source if name == "value" else row.interval_source
    return "" if name in COMPUTABLE and computed == "computed" else getattr(row, name)


def _shown(value: object) -> str:
    return "not given" if value in ("", None) else str(value)


def _said(one: CellProblem, severity: str) -> Said:
    return severity, one.message, one.row, one.cell


CELL_RULES: Final[tuple[Callable[[Table], Iterator[Said]], ...]] = (
    unreadable_cell,
    cells_disagree,
    fraction_among_percents,
    n_stands_once,
    readers_disagree,
)
