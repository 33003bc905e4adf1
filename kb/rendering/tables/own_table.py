"""A reviewer's own table as it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.rendering.table import Column, Table
from kb.rendering.words import numbers
from kb.sentences import count

if TYPE_CHECKING:
    from kb.tables.table import Table as OwnTable

HEADINGS = (
    "Row",
    "Study",
    Column("Arm", yields=2, way="under"),
    "Endpoint",
    Column("Measure", yields=1, way="under"),
    "Events / n",
    Column("Estimate", keep=True),
)


def table_of(view: OwnTable) -> Table:
    """One line per row, with its number in the file."""
    lines = [
        (
            row.address,
            row.trial,
            f"{row.arm} v {row.versus}" if row.versus else row.arm,
            row.endpoint,
            row.measure,
            numbers.count_text(row),
            numbers.estimate_text(row),
        )
        for row in view
    ]
    title = f"{view.path.name}: {count(len(lines), 'row')}"
    return Table.plain(title, HEADINGS, lines, right=("Row", "Events / n"))
