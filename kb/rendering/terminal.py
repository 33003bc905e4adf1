"""A table on a terminal: fitted to its width with rich; colour only where the terminal has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.rendering.table import Table


def show(table: Table) -> None:
    """Print a table to stdout, as wide as the terminal."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table as RichTable
    from rich.text import Text

    console = Console(highlight=False)
    if table.title:
        console.print(Text(table.title, style="bold"))
    if table.lines:
        drawn = RichTable(box=SIMPLE_HEAD, padding=(0, 1), show_edge=False, header_style="bold")
        for column in table.columns:
            drawn.add_column(column.heading, justify=column.align, overflow="fold")
        for section in table.sections:
            if section.heading:
                drawn.add_row(Text(section.heading, style="bold cyan"))
            for line in section.lines:
                drawn.add_row(*(Text(cell) for cell in line))
        console.print(drawn)
    for note in table.notes:
        console.print()
        console.print(Text(note.heading, style="bold"))
        for remark in note.lines:
            console.print(Padding(Text(remark), (0, 0, 0, 2)))
