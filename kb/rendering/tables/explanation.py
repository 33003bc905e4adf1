"""What a reviewer's own table is taken for: its columns, and the rows that each line makes."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from kb.rendering.table import Column, Note, Table
from kb.sentences import count, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.tables.explanation import ExplainedColumn, Explanation

HEADINGS: Final = (
    "Column",
    Column("Header", least=8),
    Column("Taken for", least=8),
    Column("Why", least=8),
    Column("First cells", yields=1, way="short"),
)
LONGEST: Final = 24
"""Letters of the first cells that are enough to know the column again."""


def table_of(view: Explanation) -> Table:
    """One line per column; under it what each line becomes, what is not used, and remarks."""
    sheet = f", sheet {view.title}" if view.title else ""
    name = PurePath(view.path).name if view.path else "table"
    title = f"{name}{sheet}: {count(len(view.columns), 'column')}, {count(view.lines, 'line')}"
    if view.preset:
        title += f", taken as {view.preset}"
    several = len(view.entries) > 1
    head = "Each line becomes, as far as it says something" if several else "Each line becomes"
    notes = [Note(head, tuple(_entries(view)))]
    if view.unused:
        notes.append(Note("Kept and not used", tuple(_unused(one) for one in view.unused)))
    if view.said:
        notes.append(Note("Remarks", tuple(printable(one) for one in view.said)))
    return Table.plain(title, HEADINGS, [_line(one) for one in view.columns], tuple(notes))


def _line(one: ExplainedColumn) -> tuple[str, ...]:
    taken = f"{one.field}: {one.about}" if one.field and one.about else one.field or "–"
    why = one.how or ("" if one.field or one.about else "not known")
    cells = _short(" | ".join(printable(text) for text in one.texts))
    return one.letter, printable(one.header), taken, why, cells


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _unused(one: ExplainedColumn) -> str:
    why = f": {one.about}" if one.about else ""
    return printable(f"{one.letter} {one.header}{why}")


def _entries(view: Explanation) -> list[str]:
    """A line per entry; what all have in common stands before them."""
    several = len(view.entries) > 1
    shared = [
        one
        for one in view.entries[0].fields
        if several and all(one in other.fields for other in view.entries)
    ]
    found = [f"all: {_fields(shared)}"] if shared else []
    for one in view.entries:
        own = _fields([each for each in one.fields if each not in shared])
        constants = [f"{field} = {text}" for field, text in one.constants]
        log = ["logarithms"] if one.log else []
        text = ", ".join(each for each in (own, *constants, *log) if each)
        found.append(f"{one.name}: {text}" if one.name else text or "nothing")
    return [printable(one) for one in found]


def _fields(fields: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{field} {letter}" for field, letter in fields)
