"""A forest plot on the page: columns of text, a scale, a mark for each line, notes beneath."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Any, Final

from kb.rendering.figures.forest_layout import LEADING, MARGIN, PADDING, TITLE, laid_out
from kb.rendering.figures.forest_line import BODY, SMALL_LETTERS
from kb.rendering.figures.forest_marks import legend, mark
from kb.rendering.figures.forest_scale import TICK, limited, ratio_ticks, span
from kb.rendering.figures.page import INK, MUTED, SMALL, TIED, lines_of, sized_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.rendering.figures.forest_layout import Box, Layout
    from kb.rendering.figures.forest_line import Column, Line
    from kb.rendering.figures.forest_scale import Axis

TICKS: Final = 0.2
"""What the numbers of a scale take, in inches; with its words beneath it takes more."""
SCALE: Final = 0.36
CAPITALS: Final = 0.73
"""How high capitals are, in sizes of their letters."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A forest plot in words and numbers: what `drawn` makes a figure of.

    `sides` is who is in favour to the left and to the right of no effect, if anybody is; `sized`
    what squares grow with.
    """

    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    axis: Axis
    notes: tuple[str, ...] = ()
    sides: tuple[str, str] = ("", "")
    sized: str = ""


@dataclass(frozen=True, slots=True)
class _Page:
    """What stands above and below the lines, in lines of letters, and the heights that follow."""

    layout: Layout
    title: tuple[str, ...]
    sides: tuple[tuple[str, ...], tuple[str, ...]]
    notes: tuple[str, ...]
    top: float
    foot: float
    height: float

    def y(self, inches: float) -> float:
        """Inches from the top as a share of the height."""
        return 1 - inches / self.height


def drawn(plot: Plot, width: float, limits: tuple[float, float] | None = None) -> Any:
    """The figure, `width` millimetres wide and as high as it needs to be.

    `limits` are those of the scale, if they were asked for. ValueError for limits that are none
    and for columns that have no room.
    """
    scale = span(plot.lines, plot.axis) if limits is None else limited(limits, plot.axis)
    layout = laid_out(plot.columns, plot.lines, width)
    page = _page(plot, layout, scale)
    figure = sized_figure(layout.width, page.height)
    axes = _axes(figure, page, scale, plot.axis)
    _texts(figure, page, plot)
    for place, line in enumerate(plot.lines):
        logarithmic = plot.axis.kind == "ratio"
        mark(axes, line, layout.centre(place), scale, logarithmic=logarithmic)
    _beneath(figure, page, plot.axis, scale)
    return figure


def _null(layout: Layout, axis: Axis, scale: tuple[float, float]) -> float:
    """Where no effect stands, in inches; the middle of the scale where that is no question."""
    low, high = scale
    if axis.null is None:
        return layout.plot + layout.plot_width / 2
    if axis.kind == "ratio":
        share = log(axis.null / low) / log(high / low)
    else:
        share = (axis.null - low) / (high - low)
    return layout.plot + layout.plot_width * share


def _page(plot: Plot, layout: Layout, scale: tuple[float, float]) -> _Page:
    room = layout.width - 2 * MARGIN
    null = _null(layout, plot.axis, scale)
    left, right = plot.sides
    sides = (
        tuple(lines_of(left, null - MARGIN - 0.1, BODY)) if left else (),
        tuple(lines_of(right, layout.width - MARGIN - null - 0.1, BODY)) if right else (),
    )
    notes = [*legend(plot.lines, scale, plot.sized), *plot.notes]
    if layout.left_out:
        notes.append(f"Left out at this width: {', '.join(layout.left_out)}.")
    note_lines = tuple(line for note in notes for line in lines_of(note, room, SMALL_LETTERS))
    title = tuple(lines_of(plot.title, room, TITLE, bold=True))
    top = MARGIN + _high(len(title), TITLE) + 0.08 + layout.heading_height
    top += TICKS if layout.is_long else 0
    beneath = SCALE + _high(max(map(len, sides)), BODY) + (0.05 if any(sides) else 0)
    foot = top + layout.tops[-1] + beneath
    height = foot + (0.06 if note_lines else 0) + _high(len(note_lines), SMALL_LETTERS) + MARGIN
    return _Page(layout, title, sides, note_lines, top, foot, height)


def _high(lines: int, points: float) -> float:
    return lines * points * LEADING / 72


def _axes(figure: Any, page: _Page, scale: tuple[float, float], axis: Axis) -> Any:
    """The scale beneath the lines, above long ones too, and the line of no effect."""
    layout = page.layout
    depth = layout.tops[-1]
    axes = figure.add_axes(
        (
            layout.plot / layout.width,
            page.y(page.top + depth),
            layout.plot_width / layout.width,
            depth / page.height,
        )
    )
    if axis.kind == "ratio":
        axes.set_xscale("log")
    axes.set_xlim(*scale)
    axes.set_ylim(depth, 0)
    axes.set_yticks([])
    for side in ("left", "right"):
        axes.spines[side].set_visible(False)
    axes.spines["top"].set_visible(layout.is_long)
    axes.tick_params(labelsize=TICK, length=2.5, pad=2, top=layout.is_long, labeltop=layout.is_long)
    for side in ("top", "bottom"):
        axes.spines[side].set_linewidth(0.7)
    _ticks(axes, scale, axis, layout.plot_width)
    if axis.null is not None:
        axes.axvline(axis.null, color=MUTED, linewidth=0.8, zorder=0)
    return axes


def _ticks(axes: Any, scale: tuple[float, float], axis: Axis, inches: float) -> None:
    from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

    most = max(3, min(8, int(inches / 0.24)))
    ratios = ratio_ticks(*scale, inches) if axis.kind == "ratio" else []
    if not ratios:
        found = MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]).tick_values(*scale)
        ratios = [float(one) for one in found if scale[0] <= one <= scale[1]]
    axes.xaxis.set_major_locator(FixedLocator(ratios))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}".replace("-", "−")))


def _texts(figure: Any, page: _Page, plot: Plot) -> None:
    """The title, the headings and the cells of every line."""
    layout = page.layout
    _put(figure, page, MARGIN, MARGIN, page.title, TITLE, fontweight="bold", va="top")
    base = page.top - PADDING - (TICKS if layout.is_long else 0)
    for box, heading in zip(layout.boxes, layout.headings, strict=True):
        _put(
            figure, page, box.anchor, base, heading, BODY,
            fontweight="bold", va="baseline", ha=box.column.align,
        )  # fmt: skip
    for place, (line, texts) in enumerate(zip(plot.lines, layout.texts, strict=True)):
        y = page.top + layout.centre(place)
        for box, text in zip(layout.boxes, texts, strict=True):
            _cell(figure, page, box, y, text, line)


def _cell(figure: Any, page: _Page, box: Box, y: float, text: tuple[str, ...], line: Line) -> None:
    """A cell around the middle of its line; letters of one size stand on one base in all cells."""
    style: dict[str, Any] = {
        "color": SMALL if line.muted or line.kind in ("note", "prediction") else INK,
        "fontweight": "bold" if line.bold else "normal",
        "ha": box.column.align,
    }
    if line.spans_plot:
        style["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 0.4}
    base = y + line.points * (LEADING * (len(text) - 1) / 2 + CAPITALS / 2) / 72
    _put(figure, page, box.anchor, base, text, line.points, va="baseline", **style)


def _put(
    figure: Any, page: _Page, x: float, y: float, lines: Sequence[str], points: float, **style: Any
) -> None:
    """Lines of letters at inches from the left and from the top."""
    if lines:
        style = {"color": INK, **style}
        figure.text(
            x / page.layout.width, page.y(y), "\n".join(lines).replace(TIED, " "),
            fontsize=points, linespacing=LEADING, parse_math=False, **style,
        )  # fmt: skip


def _beneath(figure: Any, page: _Page, axis: Axis, scale: tuple[float, float]) -> None:
    """What stands beneath the scale: its words, who is in favour on which side, the notes."""
    layout = page.layout
    y = page.top + layout.tops[-1]
    middle = layout.plot + layout.plot_width / 2
    _put(figure, page, middle, y + TICKS, (axis.words,), BODY, ha="center", va="top")
    null = _null(layout, axis, scale)
    for text, place, end in zip(
        page.sides, (null - 0.06, null + 0.06), ("right", "left"), strict=True
    ):
        _put(figure, page, place, y + SCALE, text, BODY, ha=end, va="top")
    _put(
        figure, page, MARGIN, page.foot + 0.06, page.notes, SMALL_LETTERS, va="top", color=SMALL
    )  # fmt: skip
