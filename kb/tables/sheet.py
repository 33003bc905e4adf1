"""A table as its file shows it: a header, lines of text, and the names of its cells."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence


UNREADABLE: Final = "unreadable-cell"
"""The rule of a problem: a cell that is not understood."""
DISAGREE: Final = "cells-disagree"
"""… two cells of a row that say different numbers of one thing."""
FRACTIONS: Final = "fraction-among-percents"
"""… a value that may be a fraction or a percent."""
ONCE: Final = "n-stands-once"
"""… an n that may be of all rows of its study."""


LEVEL: Final = 95.0
"""The level, percent, of an interval that a table gives none for."""


class Line(NamedTuple):
    """A data row: its number from 1, the row of the sheet that it is, and a text per column."""

    number: int
    at: int
    cells: Sequence[str]


@dataclass(frozen=True, order=True, slots=True)
class CellProblem(Problem):
    """What could not be read in a table: the cell as the sheet shows it, its data row and column.

    `text` is what stands in the cell. `row` is 0 and `cell` empty where the whole table is meant.
    """

    cell: str = ""
    row: int = 0
    column: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as text. `header` and the cells of every line are equally long.

    `path` is the file as messages name it and `title` the sheet of a workbook. `columns` are the
    columns of the sheet, from 1, in which the header stands. `said` are remarks on how it was
    read; `problems` what could not be read.
    """

    path: str
    header: tuple[str, ...]
    columns: tuple[int, ...]
    lines: Sequence[Line]
    title: str = ""
    said: tuple[str, ...] = ()
    problems: tuple[CellProblem, ...] = ()

    def cell(self, line: Line, column: int) -> str:
        """The name of a cell as a spreadsheet shows it; `column` indexes the header."""
        return self.cell_at(line.at, column)

    def cell_at(self, row: int, column: int) -> str:
        """The name of a cell in a row of the sheet; empty for a table that is no file."""
        return f"{letters(self.columns[column])}{row}" if self.columns else ""

    def problem(self, line: Line, column: int, rule: str, message: str) -> CellProblem:
        """A problem at a cell."""
        place = Place(self.path, line.at, self.columns[column] if self.columns else column + 1)
        cell = self.cell(line, column)
        text = line.cells[column] if line.cells else ""
        return CellProblem(place, rule, message, cell, line.number, self.header[column], text)


def letters(column: int) -> str:
    """The name of a column counted from 1: A to Z, AA and on."""
    name = ""
    while column:
        column, rest = divmod(column - 1, len(ascii_uppercase))
        name = ascii_uppercase[rest] + name
    return name
