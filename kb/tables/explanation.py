"""What a table was taken for, before anything is computed: `--explain`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kb.tables.sheet import letters
from kb.view import View

if TYPE_CHECKING:
    from kb.tables.plan import Entry, Plan
    from kb.tables.sheet import Sheet


class ExplainedColumn(NamedTuple):
    """A column: its letter and header, what it is taken for and why, and its first cells."""

    letter: str
    header: str
    field: str
    about: str
    how: str
    texts: tuple[str, ...]


class ExplainedEntry(NamedTuple):
    """A row that each line makes: its name, its fields with their columns, and what is constant.

    `log`: the numbers are logarithms of a ratio.
    """

    name: str
    fields: tuple[tuple[str, str], ...]
    constants: tuple[tuple[str, str], ...]
    log: bool = False


@dataclass(frozen=True, slots=True)
class Explanation(View):
    """A table as it is taken: columns, the rows that each line makes, remarks.

    `preset` is the layout that was recognised; `kept` names a column and the text that a line must
    have in it to be used; `lines` counts the lines of the table.
    """

    path: str
    title: str
    columns: tuple[ExplainedColumn, ...]
    entries: tuple[ExplainedEntry, ...]
    said: tuple[str, ...] = ()
    preset: str = ""
    kept: tuple[str, str] | None = None
    lines: int = 0

    @property
    def unused(self) -> tuple[ExplainedColumn, ...]:
        """The columns that are kept and not used."""
        return tuple(one for one in self.columns if not one.field)


def explain(sheet: Sheet, plan: Plan, *, rows: int = 3) -> Explanation:
    """What each column and each line of a table is taken for, with the cells of its first lines."""
    names = [letters(one) for one in sheet.columns]
    first = sheet.lines[:rows]
    columns = tuple(
        ExplainedColumn(
            names[one.column],
            one.header,
            one.field,
            one.about,
            one.how,
            tuple(line.cells[one.column] for line in first),
        )
        for one in plan.taken
    )
    return Explanation(
        sheet.path,
        sheet.title,
        columns,
        tuple(_explained(one, names) for one in plan.entries),
        (*sheet.said, *plan.said),
        plan.preset,
        (names[plan.kept[0]], plan.kept[1]) if plan.kept else None,
        len(sheet.lines),
    )


def _explained(entry: Entry, names: list[str]) -> ExplainedEntry:
    fields = tuple((field, names[column]) for field, column in entry.fields.items())
    return ExplainedEntry(entry.name, fields, tuple(entry.constants.items()), entry.log)
