"""How far the filled cells of a workbook reach, before a reader makes room for all between them.

One cell at the far corner of a sheet would take half a terabyte: the library lays out the whole
rectangle, and ends the process where there is no room.
"""

from __future__ import annotations

import re
from typing import Final

from kb.tables.span import Span

AREA_LIMIT: Final = 10_000_000
"""Cells that the filled part of a sheet may span: 100,000 rows of 100 columns."""
_ROW_OR_CELL: Final = re.compile(rb"<(?:\w+:)?row\b(?P<row>[^>]*)>|<(?:\w+:)?c\b(?P<cell>[^>]*)>")
_ROW_NAMES: Final = re.compile(rb"<row r=\"([0-9]{1,9})\"")
_CELL_NAMES: Final = re.compile(rb"<c r=\"([A-Z]{1,3})[0-9]")
_ROWS: Final = re.compile(rb"<(?:\w+:)?row[\s/>]")
_CELLS: Final = re.compile(rb"<(?:\w+:)?c[\s/>]")
_NUMBER: Final = re.compile(rb"\br\s*=\s*[\"']([A-Z]{0,3})([0-9]{1,9})[\"']")
_ODS: Final = re.compile(
    rb"<table:(?:(?P<table>table)(?=[\s>])|(?P<row>table-row)\b|(?:covered-)?table-cell\b)"
    rb"(?P<more>[^>]*)>"
)
_REPEATED: Final = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"']([0-9]{1,9})[\"']")


def area(name: str, xml: bytes) -> int:
    """The cells that a member of a workbook spans, from its first filled one to its last."""
    if name.startswith("xl/worksheets/"):
        return _xlsx_area(xml)
    return _ods_area(xml) if name == "content.xml" else 0


def _xlsx_area(xml: bytes) -> int:
    """Cells from the first filled row and column to the last; a cell without a name counts on."""
    at_most = _at_most(xml)
    if at_most <= AREA_LIMIT:
        return at_most
    rows, columns = Span(), Span()
    row = column = 0
    for token in _ROW_OR_CELL.finditer(xml):
        named = _NUMBER.search(token["row"] if token["cell"] is None else token["cell"])
        if token["cell"] is None:
            row, column = int(named[2]) if named else row + 1, 0
            continue
        column = _column(named[1]) if named else column + 1
        if token["cell"].endswith(b"/"):
            continue
        rows.reach(int(named[2]) if named else row)
        columns.reach(column)
    return rows.length * columns.length


def _at_most(xml: bytes) -> int:
    """Cells from A1 to the last row and column that are named, at a glance.

    More than is read where some row or cell goes without a name.
    """
    rows, cells = _ROW_NAMES.findall(xml), _CELL_NAMES.findall(xml)
    if len(rows) < len(_ROWS.findall(xml)) or len(cells) < len(_CELLS.findall(xml)):
        return AREA_LIMIT + 1
    return max(map(int, rows), default=0) * max(map(_column, set(cells)), default=0)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _ods_area(xml: bytes) -> int:
    """The largest area of a table in the content of an ODS file; repeated cells count."""
    largest = row = column = height = 0
    rows, columns = Span(), Span()
    for token in _ODS.finditer(xml):
        more = token["more"]
        found = _REPEATED.search(more)
        times = int(found[1]) if found else 1
        if token["table"]:
            largest = max(largest, rows.length * columns.length)
            rows, columns, row, column, height = Span(), Span(), 0, 0, 0
        elif token["row"]:
            row, column, height = row + height, 0, times
        else:
            if not more.endswith(b"/") or b"value" in more:
                rows.reach(row)
                rows.reach(row + height - 1)
                columns.reach(column)
                columns.reach(column + times - 1)
            column += times
    return max(largest, rows.length * columns.length)
