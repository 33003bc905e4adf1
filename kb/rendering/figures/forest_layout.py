"""A forest plot as boxes: how wide its columns are, how high its lines, what is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kb.rendering.figures.forest_line import BODY
from kb.rendering.figures.page import lines_of, text_inches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.rendering.figures.forest_line import Column, Line

TITLE: Final = 8.5
"""Points of the letters of the title."""
LEADING: Final = 1.25
"""From one line of letters to the next, in letters."""
MILLIMETRES: Final = 25.4
NARROWEST, WIDEST, USUAL = 80.0, 600.0, 180.0
"""Widths of a figure in millimetres; 180 are the two columns of a journal and 85 are one."""
MARGIN: Final = 0.08
GAP: Final = 0.12
PADDING: Final = 0.055
"""Between lines, in inches."""
LEAST_PLOT: Final = 0.85
PLOT_SHARES: Final = (0.27, 0.22)
"""What the plot takes of the width, and takes where columns need room."""
LEAST_LABEL, LEAST_CELL, LONGEST_WORD = 0.75, 0.7, 1.0
"""The least width of labels and of other cells, and up to where they take their longest word."""
MOST_LINES: Final = 3
"""Lines that one cell may have."""
LONG: Final = 25
"""Lines above which the scale stands on top as well."""
DROPPED: Final = ("versus", "drugs", "p", "count", "n", "weight")
"""What is left out of a narrow figure, the first first; columns that were asked for stay."""


@dataclass(frozen=True, slots=True)
class Box:
    """A column on the page: the column, its left edge and its width, in inches."""

    column: Column
    left: float
    width: float

    @property
    def anchor(self) -> float:
        """Where its text begins, or ends where it stands at the right."""
        return self.left + (self.width if self.column.align == "right" else 0)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands, in inches from the left and from the top of the lines.

    `texts` are the wrapped cells of each line, `tops` where each line begins, with the end of the
    last behind; `headings` the wrapped headings, `left_out` those of columns without room.
    """

    width: float
    boxes: tuple[Box, ...]
    plot: float
    plot_width: float
    headings: tuple[tuple[str, ...], ...]
    texts: tuple[tuple[tuple[str, ...], ...], ...]
    tops: tuple[float, ...]
    left_out: tuple[str, ...]

    @property
    def heading_height(self) -> float:
        """What the headings take."""
        return _letters(max(map(len, self.headings), default=1), BODY) + PADDING

    @property
    def is_long(self) -> bool:
        """Whether the scale stands on top as well."""
        return len(self.texts) > LONG

    def centre(self, place: int) -> float:
        """The middle of a line."""
        return (self.tops[place] + self.tops[place + 1]) / 2


def millimetres(width: float | None) -> float:
    """A width as it may be asked for, in millimetres; ValueError beyond the limits."""
    if width is None:
        return USUAL
    if not NARROWEST <= width <= WIDEST:
        raise ValueError(
            f"a figure is {NARROWEST:g} to {WIDEST:g} mm wide, such as 85 or 180, not {width:g}"
        )
    return float(width)


def laid_out(columns: Sequence[Column], lines: Sequence[Line], width: float) -> Layout:
    """Columns and lines in a figure of that many millimetres.

    Columns of numbers are as wide as their longest cell; those of words share what the plot
    leaves, and wrap. Where there is no room columns are left out, as `DROPPED` orders them.
    ValueError where those that were asked for have none.
    """
    page = width / MILLIMETRES
    lacking = 0.0
    for kept, plot, longest in _attempts(columns, page):
        places = [_place(one, columns) for one in kept]
        own = [replace(line, cells=tuple(line.cells[one] for one in places)) for line in lines]
        least = [_least(one, place, own, longest) for place, one in enumerate(kept)]
        lacking = sum(least) + GAP * len(kept) + 2 * MARGIN + plot - page
        if lacking <= 0:
            there = {one.key for one in kept}
            left_out = [one.heading for one in columns if one.key not in there]
            return _placed(kept, own, page, plot, least, left_out)
    needed = int((page + lacking) * MILLIMETRES) + 1
    raise ValueError(
        f"{', '.join(one.heading for one in kept)} need {needed} mm, and the figure has "
        f"{width:g}: a wider one, or fewer columns"
    )


def _attempts(
    columns: Sequence[Column], page: float
) -> Iterator[tuple[Sequence[Column], float, float]]:
    """Columns, the width of the plot and of words that are not broken, from roomy to narrow."""
    kept = list(columns)
    plots = [max(LEAST_PLOT, share * page) for share in PLOT_SHARES]
    for plot in plots:
        yield kept, plot, LONGEST_WORD
    for key in DROPPED:
        less = [one for one in kept if one.key != key or one.asked]
        if len(less) < len(kept):
            kept = less
            yield kept, plots[-1], LONGEST_WORD
    tight = [replace(one, wraps=one.wraps or one.key == "estimate") for one in kept]
    yield tight, LEAST_PLOT, LONGEST_WORD
    yield tight, LEAST_PLOT, 0.0


def _place(column: Column, columns: Sequence[Column]) -> int:
    return [one.key for one in columns].index(column.key)


def _least(column: Column, place: int, lines: Sequence[Line], most: float) -> float:
    """The narrowest that a column may be: no number is broken, and no word of less than `most`."""
    natural = _natural(column, place, lines)
    if not column.wraps:
        return natural
    longest = 0.0
    for line in lines:
        cell = line.cells[place] if line.kind == "row" or column.key == "estimate" else ""
        indent = text_inches(cell[: len(cell) - len(cell.lstrip())] + "|", BODY)
        words = cell.split(" ") if column.key == "estimate" else re.split(r"[\s/&-]+", cell)
        longest = max(
            [longest, *(indent + text_inches(one, line.points, bold=line.bold) for one in words)]
        )
    if column.key == "estimate":
        return min(natural, longest)
    least = LEAST_LABEL if column.key == "label" else LEAST_CELL
    return min(natural, max(least, min(longest, most)))


def _natural(column: Column, place: int, lines: Sequence[Line]) -> float:
    """The width of the longest cell of rows and of the heading; of all lines where none wraps."""
    shown = [line for line in lines if line.kind == "row" or not column.wraps]
    cells = [text_inches(line.cells[place], line.points, bold=line.bold) for line in shown]
    heading = text_inches(column.heading, BODY, bold=True)
    words = [text_inches(word, BODY, bold=True) for word in column.heading.split()]
    return max([*cells, max(words) if column.key == "weight" else heading]) * 1.02


def _placed(
    kept: Sequence[Column],
    lines: Sequence[Line],
    page: float,
    plot: float,
    narrowest: Sequence[float],
    left_out: Sequence[str],
) -> Layout:
    natural = [_natural(one, place, lines) for place, one in enumerate(kept)]
    fixed = sum(width for one, width in zip(kept, natural, strict=True) if not one.wraps)
    room = page - plot - fixed - GAP * len(kept) - 2 * MARGIN
    wrapping = [place for place, one in enumerate(kept) if one.wraps]
    lacking = sum(natural[place] for place in wrapping) - room
    given = min(max(0.0, lacking), max(0.0, plot - max(LEAST_PLOT, PLOT_SHARES[-1] * page)))
    plot, room = plot - given, room + given
    least = [narrowest[place] for place in wrapping]
    shares = shared([natural[place] for place in wrapping], least, room)
    widths = list(natural)
    for place, share in zip(wrapping, shares, strict=True):
        widths[place] = share
    spare = room - sum(shares)
    given = min(spare, max(0.0, _spanned(lines) - _beside(kept, widths)))
    widths[0] += given
    plot += spare - given
    boxes: list[Box] = []
    left, start = MARGIN, MARGIN
    for one, wide in zip(kept, widths, strict=True):
        if one.side == "right" and all(box.column.side == "left" for box in boxes):
            start, left = left, left + plot + GAP
        boxes.append(Box(one, left, wide))
        left += wide + GAP
    headings = tuple(
        tuple(lines_of(box.column.heading, box.width + 0.02, BODY, bold=True)) for box in boxes
    )
    across = start + plot
    texts = tuple(tuple(_wrapped(line, boxes, across)) for line in lines)
    tops = [0.0]
    for line, cells in zip(lines, texts, strict=True):
        most = max(map(len, cells), default=1)
        tops.append(tops[-1] + _letters(most, line.points) + PADDING)
    return Layout(
        page, tuple(boxes), start, plot, headings, texts, tuple(tops), tuple(left_out)
    )  # fmt: skip


def _spanned(lines: Sequence[Line]) -> float:
    """What the words of diamonds take where they begin."""
    shown = [line for line in lines if line.kind in ("pooled", "prediction")]
    return 1.02 * max(
        (text_inches(line.cells[0], line.points, bold=line.bold) for line in shown),
        default=0.0,
    )


def _beside(kept: Sequence[Column], widths: Sequence[float]) -> float:
    """What the columns have into which those words go: the first, and words behind it."""
    reach = widths[0]
    for one, width in zip(kept[1:], widths[1:], strict=True):
        if one.side == "right" or not one.wraps:
            break
        reach += GAP + width
    return reach


def shared(natural: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Widths of at most `room` in all: narrow columns as wide as they are, the others alike.

    None is narrower than its least.
    """

    def widths(most: float) -> list[float]:
        pairs = zip(natural, least, strict=True)
        return [min(wide, max(narrow, most)) for wide, narrow in pairs]

    low, high = 0.0, max(natural, default=0.0)
    if sum(natural) <= room:
        return list(natural)
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(widths(middle)) <= room else (low, middle)
    return widths(low)


def _wrapped(line: Line, boxes: Sequence[Box], across: float) -> Iterator[tuple[str, ...]]:
    """The cells of a line in lines; one that is no row spans the empty cells beside it.

    Words alone go on to the end of the plot, which is `across`.
    """
    for place, (box, cell) in enumerate(zip(boxes, line.cells, strict=True)):
        width = box.width + 0.02
        if line.spans_plot:
            width = across - box.left
        elif line.kind != "row" and box.column.align == "left":
            for other, text in zip(boxes[place + 1 :], line.cells[place + 1 :], strict=True):
                if text or other.column.side != box.column.side:
                    break
                width = other.left + other.width - box.left
        most = 99 if line.kind != "row" else MOST_LINES
        yield tuple(lines_of(cell, width, line.points, bold=line.bold, most=most)) if cell else ()


def _letters(lines: int, points: float) -> float:
    """How high lines of letters are, in inches."""
    return lines * points * LEADING / 72
