"""A table on a terminal: fitted to its width with rich; colour only where the terminal has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kb.rendering.table import Table

# A row that stands in for a heading of a section while widths are fitted: a private character.
HEADING: Final = "\ue000"


def show(table: Table) -> None:
    """Print a table to stdout, as wide as the terminal."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.padding import Padding
    from rich.segment import Segment, Segments
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
                drawn.add_row(HEADING)
            for line in section.lines:
                drawn.add_row(*(Text(cell) for cell in line))
        headings = iter([section.heading for section in table.sections if section.heading])
        first = True
        for row in console.render_lines(drawn, pad=False):
            if any(HEADING in segment.text for segment in row):
                console.print(Text(("" if first else "\n") + next(headings), style="bold cyan"))
                first = False
            else:
                console.print(Segments([*row, Segment.line()]), end="")
    for note in table.notes:
        console.print()
        console.print(Text(note.heading, style="bold"))
        for remark in note.lines:
            console.print(Padding(Text(remark), (0, 0, 0, 2)))
