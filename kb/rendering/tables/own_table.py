"""A reviewer's own table as it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.rendering.table import Table
from kb.rendering.words import numbers
from kb.sentences import count

if TYPE_CHECKING:
    from kb.tables.table import Table as OwnTable

HEADINGS = ("Row", "Study", "Arm", "Endpoint", "Measure", "Events / n", "Estimate")


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
