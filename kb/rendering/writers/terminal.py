"""A table on a terminal: fitted to its width, with bold and colour where the terminal has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kb.rendering.words.lines import cut, longest, width, wrapped
from kb.rendering.writers.fitting import GAP, Layout, fitted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.rendering.table import Section, Table

MANY: Final = 60
"""More lines than that, and the table says how to ask for less."""
BOLD, HEADING, DIM = "1", "1;36", "2"


def write(table: Table, columns: int, *, styled: bool = False) -> str:
    """The table on lines of so many columns; `styled` adds bold and colour."""
    return "\n".join(_Writer(table, max(columns, 1), styled=styled).lines()) + "\n"


class _Writer:
    def __init__(self, table: Table, columns: int, *, styled: bool) -> None:
        self.table = table
        self.columns = columns
        self.styled = styled
        self.layout = fitted(table, columns) if table.lines else Layout({})

    def lines(self) -> Iterator[str]:
        """Everything from the title to the last note."""
        table = self.table
        if table.title:
            yield from self._told(table.title, BOLD)
        if table.hint and len(table.lines) > MANY:
            yield from self._told(table.hint, DIM)
        if table.lines:
            yield from self._gone()
            yield from self._headings()
            for number, section in enumerate(table.sections):
                yield from self._section(section, first=not number)
        for note in table.notes:
            yield ""
            yield from self._told(note.heading, BOLD)
            for remark in note.lines:
                text = remark.replace("\n", "\n  ")
                yield from wrapped(f"  {text}", self.columns, hanging=2)

    def _told(self, text: str, style: str) -> Iterator[str]:
        for line in wrapped(text, self.columns, hanging=2):
            yield self._in(style, line)

    def _in(self, style: str, text: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.styled and text else text

    def _gone(self) -> Iterator[str]:
        """What this width does to the table, in a line."""
        layout = self.layout
        if layout.out:
            what = self._named(layout.out)
            said = f"left out at this width: {what}; a wider terminal or --columns shows more"
            yield from self._told(said, DIM)
        if layout.under:
            yield from self._told(f"under each line: {self._named(layout.under)}", DIM)
        if layout.short:
            what = self._named(layout.short)
            yield from self._told(
                f"cut short at this width: {what}; a wider terminal shows more", DIM
            )

    def _named(self, indices: tuple[int, ...]) -> str:
        return ", ".join(self.table.columns[index].heading for index in indices)

    def _headings(self) -> Iterator[str]:
        widths = self.layout.widths
        if self.layout.stacked:
            yield "─" * self.columns
            return
        cells = {index: self.table.columns[index].heading for index in widths}
        for line in self._row(cells, bottom=True):
            yield self._in(BOLD, line)
        yield (" " * GAP).join("─" * size for size in widths.values())

    def _section(self, section: Section, *, first: bool) -> Iterator[str]:
        if section.heading:
            if not first:
                yield ""
            yield from self._told(section.heading, HEADING)
        for line in section.lines:
            yield from self._stacked(line) if self.layout.stacked else self._line(line)

    def _line(self, line: tuple[str, ...]) -> Iterator[str]:
        cells = {index: line[index] for index in self.layout.widths}
        for index in self.layout.short:
            cells[index] = cut(cells[index], self.layout.widths[index])
        below = []
        for index in self.layout.apart:
            if longest(cells[index]) <= self.layout.widths[index]:
                continue
            if index == next(iter(cells)):
                yield from wrapped(cells[index], self.columns, hanging=2)
            else:
                below.append(cells[index])
            cells[index] = ""
        if any(cells.values()):
            yield from self._row(cells)
        for cell in below:
            yield from wrapped("  " + cell.replace("\n", "\n  "), self.columns, hanging=2)
        under = " · ".join(
            line[index].replace("\n", ", ") for index in self.layout.under if line[index]
        )
        if under:
            for one in wrapped(f"  {under}", self.columns, hanging=2):
                yield self._in(DIM, one)

    def _stacked(self, line: tuple[str, ...]) -> Iterator[str]:
        """Each cell behind its heading, the first as the head of the rest, short ones in a row."""
        yield from wrapped(line[0], self.columns, hanging=2)
        now = ""
        for column, cell in zip(self.table.columns[1:], line[1:], strict=True):
            if not cell:
                continue
            said = cell.replace("\n", ", ") if cell.count("\n") == 1 else cell
            text = f"{column.heading}: {said}" if column.heading else said
            if now and "\n" not in now + text and width(f"  {now} · {text}") <= self.columns:
                now += f" · {text}"
                continue
            yield from self._indented(now)
            now = text
        yield from self._indented(now)

    def _indented(self, text: str) -> Iterator[str]:
        if text:
            yield from wrapped("  " + text.replace("\n", "\n    "), self.columns, hanging=2)

    def _row(self, cells: dict[int, str], *, bottom: bool = False) -> Iterator[str]:
        """Cells side by side on as many lines as the tallest takes."""
        widths = self.layout.widths
        folded = {
            index: wrapped(cell, widths[index], hanging=2 * cell.startswith("└"))
            for index, cell in cells.items()
        }
        most = max(map(len, folded.values()))
        for index, lines in folded.items():
            empty = [""] * (most - len(lines))
            folded[index] = [*empty, *lines] if bottom else [*lines, *empty]
        for number in range(most):
            parts = []
            for index, lines in folded.items():
                part = lines[number]
                room = " " * (widths[index] - width(part))
                right = self.table.columns[index].align == "right"
                parts.append(room + part if right else part + room)
            yield (" " * GAP).join(parts).rstrip()
