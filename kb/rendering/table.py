"""A table to be looked at: columns, sections of lines, notes; no format of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and where its cells are aligned."""

    heading: str
    align: Literal["left", "right"] = "left"


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
    """What every writer takes. A cell is text; line breaks in it are kept."""

    title: str
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...] = ()

    @classmethod
    def plain(
        cls,
        title: str,
        headings: tuple[str, ...],
        lines: Sequence[tuple[str, ...]],
        notes: tuple[Note, ...] = (),
        right: tuple[str, ...] = (),
    ) -> Table:
        """A table without sections; `right` names the headings whose cells are numbers."""
        columns = tuple(Column(one, "right" if one in right else "left") for one in headings)
        return cls(title, columns, (Section("", tuple(lines)),), notes)

    @property
    def lines(self) -> list[tuple[str, ...]]:
        """Every line, sections aside."""
        return [line for section in self.sections for line in section.lines]
