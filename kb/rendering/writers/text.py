"""A table as plain text: fixed columns, two spaces between, notes below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.rendering.words.lines import width, wrapped

if TYPE_CHECKING:
    from kb.rendering.table import Table

NOTE_WIDTH = 100
CELL_WIDTH = 72


def _padded(text: str, columns: int, align: str) -> str:
    room = " " * (columns - width(text))
    return room + text if align == "right" else text + room


def write(table: Table) -> str:
    """The whole table, with a line break at its end."""
    widths = [
        max(
            [width(column.heading)]
            + [width(part) for line in table.lines for part in wrapped(line[index], CELL_WIDTH)]
        )
        for index, column in enumerate(table.columns)
    ]
    out: list[str] = []
    if table.title:
        out += [table.title, ""]
    if table.lines:
        aligns: list[str] = [column.align for column in table.columns]
        headings = [column.heading for column in table.columns]
        out.append(_row(headings, widths, aligns))
        out.append("  ".join("─" * columns for columns in widths))
        for number, section in enumerate(table.sections):
            if section.heading:
                out += ([""] if number else []) + [section.heading]
            for line in section.lines:
                cells = [wrapped(cell, CELL_WIDTH) for cell in line]
                for index in range(max(map(len, cells))):
                    parts = [cell[index] if index < len(cell) else "" for cell in cells]
                    out.append(_row(parts, widths, aligns))
    for note in table.notes:
        out += ["", note.heading]
        for remark in note.lines:
            text = " ".join(remark.split())
            out += wrapped(f"  {text}", NOTE_WIDTH, hanging=2)
    return "\n".join(out) + "\n"


def _row(cells: list[str], widths: list[int], aligns: list[str]) -> str:
    padded = map(_padded, cells, widths, aligns)
    return "  ".join(padded).rstrip()
