"""The address of a row of a table: its line, and which of the rows of that line it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.rows.row import Row


def row_number(row: Row) -> int:
    """The number of the data row that a row stands in, from 1; of a contrast, its first arm's."""
    return int(row.address.partition("/")[0].partition(":")[0])


def entry_name(row: Row) -> str:
    """Which of the rows that its line makes a row is; empty where there is one."""
    return row.address.partition("/")[2]
