"""The pieces of a forest plot before they have a place: its columns and its lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

BODY: Final = 7.0
SMALL_LETTERS: Final = 6.0
"""Points of the letters of lines, and those of notes."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of text: its key, its heading, where it stands, and whether its cells wrap."""

    key: str
    heading: str
    side: Literal["left", "right"] = "left"
    align: Literal["left", "right"] = "left"
    wraps: bool = True
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the plot: its cells, its numbers on the natural scale, and how it is marked.

    `kind`: a `row`, the `heading` of a group, a `pooled` diamond, a bar of `prediction`, or a
    `note` of small letters. `shape`: a `square` with an interval, a `circle` without one, a bound
    that lies `below` or `above` its value. `hollow` values and `dashed` intervals are computed;
    `muted` lines are no treatment effects.
    """

    cells: tuple[str, ...]
    value: float | None = None
    low: float | None = None
    high: float | None = None
    weight: float = 1.0
    kind: Literal["row", "heading", "pooled", "prediction", "note"] = "row"
    shape: Literal["square", "circle", "below", "above"] = "square"
    open_low: bool = False
    open_high: bool = False
    hollow: bool = False
    dashed: bool = False
    muted: bool = False

    @property
    def bold(self) -> bool:
        """Whether its letters are bold."""
        return self.kind in ("heading", "pooled")

    @property
    def spans_plot(self) -> bool:
        """Whether it is words alone, which may stand across the plot."""
        return self.kind in ("heading", "note")

    @property
    def points(self) -> float:
        """The size of its letters."""
        return SMALL_LETTERS if self.kind in ("note", "prediction") else BODY
