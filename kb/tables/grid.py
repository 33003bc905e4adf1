"""Records of text as a sheet: where the header stands, and the lines under it."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Final

from kb.errors import Place
from kb.sentences import FORBIDDEN, count, quoted
from kb.tables.sheet import CellProblem, Line, Sheet, letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Record = Sequence[str]

LOOKED_AT: Final = 20
"""Filled records at the start of a sheet among which the header is looked for."""
SPACES: Final = dict.fromkeys(
    [0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " "
)  # fmt: skip
"""No-break, thin and other spaces are spaces."""


def sheet_of(
    records: Iterable[Record],
    path: str,
    *,
    title: str = "",
    said: Iterable[str] = (),
    start: int = 1,
) -> Sheet:
    """A sheet from its records, of which the first is row `start`.

    An empty record is a line with nothing in it, which is no data row; a record of blank cells is
    one, and has nothing to say. ValueError where there is no header or one that stands twice.
    """
    rest = iter(records)
    head = _head(rest)
    where = header_among(head)
    if where is None:
        raise ValueError(f"{path} holds no header: there is nothing in it")
    grid = _Grid(path, head[where], start + where)
    skipped = [(start + at, one) for at, one in enumerate(head[:where]) if filled(one)]
    grid.read(chain(head[where + 1 :], rest), start + where + 1)
    remarks = [*said, *_titles(skipped), *grid.said()]
    return grid.sheet(title, tuple(remarks))


def filled(record: Record) -> int:
    """How many cells of a record hold something."""
    return sum(not one.isspace() for one in record if one)


def header_among(head: Sequence[Record]) -> int | None:
    """Which of the first records is the header; None where all are blank.

    The first with two filled cells, at least half as many as the widest has, and not mostly
    numbers; a title above has fewer. Where all are numbers, the first that is wide enough.
    """
    wide = [filled(one) for one in head]
    widest = max(wide, default=0)
    if not widest:
        return None
    enough = [at for at, one in enumerate(wide) if 2 * one >= widest and one >= min(2, widest)]
    return next((at for at in enough if not _mostly_numbers(head[at])), enough[0])


def _mostly_numbers(record: Record) -> bool:
    texts = [one for one in record if one and not one.isspace()]
    return 2 * sum(map(_is_number, texts)) > len(texts)


def _is_number(text: str) -> bool:
    bare = text.strip(" %<>=+-−").replace(",", "").replace(".", "")
    return bare.isdigit()


def _head(rest: Iterator[Record]) -> list[Record]:
    """The first records, until enough of them are filled."""
    head: list[Record] = []
    found = 0
    for one in rest:
        head.append(one)
        found += filled(one) > 0
        if found == LOOKED_AT:
            break
    return head


def _titles(skipped: list[tuple[int, Record]]) -> Iterator[str]:
    """What is said of filled rows above the header."""
    for at, one in skipped:
        text = quoted(" ".join(one))
        yield f"row {at} stands above the header and is left out: {text}"


class _Grid:
    """A sheet while it is read."""

    def __init__(self, path: str, header: Record, at: int) -> None:
        self.path, self.at = path, at
        self.problems: list[CellProblem] = []
        self.header = [self._heading(text, column) for column, text in enumerate(header, 1)]
        self.width = len(header)
        self.named = max((at for at, one in enumerate(self.header, 1) if one), default=0)
        self.lines: list[Line] = []
        self.short = 0
        self._refuse_twice()

    def _heading(self, text: str, column: int) -> str:
        bare = FORBIDDEN.sub("", text)
        heading = " ".join(bare.split())
        if bare != text:
            self._problem(column, self.at, 0, heading, "control-character", _forbidden(text))
        return heading

    def _refuse_twice(self) -> None:
        """Raise ValueError where a header stands twice: which of the two is meant is not known."""
        where = defaultdict(list)
        for column, one in enumerate(self.header, 1):
            where[one].append(f"{letters(column)}{self.at}")
        twice = [
            f"{', '.join(cells[:-1])} and {cells[-1]} are {'both' if len(cells) == 2 else 'all'} "
            f'"{one}"'
            for one, cells in where.items()
            if one and len(cells) > 1
        ]
        if twice:
            raise ValueError(f"{self.path}: {'; '.join(twice)}; a header stands once")

    def read(self, records: Iterable[Record], start: int) -> None:
        """Take the data rows, the first of which is row `start` of the sheet."""
        number, width, lines = 0, self.width, self.lines
        for at, record in enumerate(records, start):
            if not record:
                continue
            number += 1
            fits = len(record) == width
            row = record if fits else self._fitted(record, at, number)
            text = "".join(row)
            if not text:
                continue
            if not text.isprintable():
                cells = self._cleaned(row, at, number)
            elif " " in text:
                cells = tuple(map(str.strip, row))
            else:
                cells = tuple(row)
            if not any(cells):
                continue
            if not fits:
                self.short += len(record) < self.named
            lines.append(Line(number, at, cells))

    def _fitted(self, record: Record, at: int, number: int) -> Record:
        """A record of another length than the header: padded, or cut where cells are too many."""
        for column, text in enumerate(record[self.width :], self.width + 1):
            if text.strip():
                message = f"{quoted(text)} stands beyond the last column of the header"
                self._problem(column, at, number, "", "too-many-cells", message)
                break
        return (*record[: self.width], *[""] * (self.width - len(record)))

    def _cleaned(self, row: Record, at: int, number: int) -> tuple[str, ...]:
        """Cells with plain spaces; one with a control character is named and emptied."""
        cells = [one.translate(SPACES).strip() for one in row]
        for column, text in enumerate(cells):
            if FORBIDDEN.search(text):
                cells[column] = ""
                named = self.header[column]
                message = _forbidden(text)
                self._problem(column + 1, at, number, named, "control-character", message)
        return tuple(cells)

    def _problem(
        self, column: int, at: int, number: int, named: str, rule: str, message: str
    ) -> None:
        place, cell = Place(self.path, at, column), f"{letters(column)}{at}"
        self.problems.append(CellProblem(place, rule, message, cell, number, named))

    def said(self) -> Iterator[str]:
        """Remarks on the rows."""
        if self.short:
            verb = "is" if self.short == 1 else "are"
            yield f"{count(self.short, 'row')} {verb} shorter than the header"

    def sheet(self, title: str, said: tuple[str, ...]) -> Sheet:
        """The sheet; a column without a header is dropped where nothing stands in it."""
        blank = [at for at, one in enumerate(self.header) if not one]
        for line in self.lines if blank else ():
            blank = [at for at in blank if not line.cells[at]]
        kept = [at for at in range(self.width) if at not in blank]
        lines: Iterable[Line] = self.lines
        if blank:
            lines = (
                Line(one.number, one.at, tuple(one.cells[at] for at in kept)) for one in self.lines
            )
        return Sheet(
            path=self.path,
            header=tuple(self.header[at] for at in kept),
            columns=tuple(at + 1 for at in kept),
            lines=tuple(lines),
            title=title,
            said=said,
            problems=tuple(self.problems),
        )


def _forbidden(text: str) -> str:
    """The first character of a cell that stands in no record."""
    found = FORBIDDEN.search(text)
    return f"the text holds the character U+{ord(found[0]):04X}" if found else ""
