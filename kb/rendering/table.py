"""A table to be looked at: columns, sections of lines, notes; no format of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

NUMBER: Final = re.compile(r"[^\d\w]*?(-?\d+(?:\.\d+)?|-?\.\d+)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, where its cells are aligned, and how it gives way.

    Where a table is wider than a terminal, cells are first broken between words, those of columns
    that `keep` their lines last, none to fewer than `least` letters a line. Where that is not
    enough columns give way in the order of `yields`, 1 first; 0 never does. The `way`: a column is
    left `out`; or its cell stands `under` its line; or only a cell with a word too long for the
    column stands `apart`, that of the first column above its line and others under it; or its cells
    are cut `short`, with … at their ends. Where all that is not enough each cell stands behind its
    heading.
    """

    heading: str
    align: Literal["left", "right"] = "left"
    yields: int = 0
    way: Literal["out", "under", "apart", "short"] = "out"
    keep: bool = False
    least: int = 0

    @property
    def name(self) -> str:
        """What it is called where columns are chosen: `ORR (95% CI)` is `orr`."""
        return _named(self.heading)


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading of their own; the heading of a table without sections is empty."""

    heading: str
    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Remarks under a table, under one heading."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What every writer takes. A cell is text; line breaks in it are kept.

    `hint` says how to ask for less; a terminal shows it where the table is long.
    """

    title: str
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...] = ()
    hint: str = ""

    @classmethod
    def plain(
        cls,
        title: str,
        headings: Sequence[str | Column],
        lines: Sequence[tuple[str, ...]],
        notes: tuple[Note, ...] = (),
        right: tuple[str, ...] = (),
    ) -> Table:
        """A table without sections; `right` names the headings whose cells are numbers."""
        columns = tuple(
            one if isinstance(one, Column) else Column(one, "right" if one in right else "left")
            for one in headings
        )
        return cls(title, columns, (Section("", tuple(lines)),), notes)

    @property
    def lines(self) -> list[tuple[str, ...]]:
        """Every line, sections aside."""
        return [line for section in self.sections for line in section.lines]

    def position(self, name: str) -> int:
        """Where a column stands, by its name, its heading, or a word that no other name has.

        ValueError for what names none or several.
        """
        names, asked = [column.name for column in self.columns], _named(name)
        if asked in names:
            return names.index(asked)
        holding = [index for index, one in enumerate(names) if asked in one.split("-")]
        if len(holding) != 1:
            known = ", ".join(one for one in names if one)
            raise ValueError(f"{name!r} is no column of this table; it has {known}")
        return holding[0]

    def only(self, names: Sequence[str]) -> Table:
        """The columns of these names, in this order; lines that are then empty are kept."""
        chosen = [self.position(one) for one in names]
        sections = tuple(
            replace(one, lines=tuple(tuple(line[index] for index in chosen) for line in one.lines))
            for one in self.sections
        )
        return replace(
            self, columns=tuple(self.columns[index] for index in chosen), sections=sections
        )

    def sorted_by(self, name: str, *, descending: bool | None = None) -> Table:
        """Each section by the cells of a column, empty ones last.

        Cells that begin with a number are sorted by it, the largest first, unless `descending` says
        otherwise; others from A to Z.
        """
        index = self.position(name)
        return replace(
            self,
            sections=tuple(
                replace(one, lines=tuple(_sorted(one.lines, index, descending)))
                for one in self.sections
            ),
        )

    def first(self, most: int) -> Table:
        """The first lines, as many as `most`; sections of which nothing is left are gone."""
        sections, room = [], most
        for one in self.sections:
            kept = one.lines[:room]
            room -= len(kept)
            if kept:
                sections.append(replace(one, lines=kept))
        return replace(self, sections=tuple(sections))


def _named(heading: str) -> str:
    short = re.sub(r" \(.*\)$", "", heading.strip()).lower()
    return re.sub(r"[^\w%²]+", "-", short).strip("-")


def _sorted(
    lines: Sequence[tuple[str, ...]], index: int, descending: bool | None
) -> list[tuple[str, ...]]:
    numbers = {line: _number(line[index]) for line in lines}
    empty = [line for line in lines if line[index].strip() in ("", "–")]
    filled = [line for line in lines if line not in empty]
    if filled and all(numbers[line] is not None for line in filled):
        down = descending is not False
        ordered = sorted(filled, key=lambda line: numbers[line] or 0.0, reverse=down)
    else:
        ordered = sorted(filled, key=lambda line: line[index].casefold(), reverse=bool(descending))
    return ordered + empty


def _number(cell: str) -> float | None:
    found = NUMBER.match(cell)
    return float(found[1]) if found else None
