"""A forest plot on the page: columns of text, a scale, a mark for each line, notes beneath."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from kb.rendering.figures.page import (
    INK,
    MUTED,
    NOTE_INCHES,
    SHAPE,
    put_notes,
    ratio_ticks,
    save,
    sized_figure,
    text_width,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ROW_INCHES: Final = 0.235
PLOT_INCHES: Final = 3.2
GAP_INCHES: Final = 0.18
MARGIN_INCHES: Final = 0.15
TOP_INCHES: Final = 0.45
AXIS_INCHES: Final = 0.5
BOLD: Final = 1.12
"""How much wider bold letters are."""


@dataclass(frozen=True, slots=True)
class Axis:
    """What values are drawn on: `percent`, `time`, `ratio` (logarithmic) or `difference`.

    `null` is where there is no effect, None where that is no question; `unit` is of a difference.
    """

    kind: str
    null: float | None = None
    unit: str = ""

    @property
    def words(self) -> str:
        """What stands under it."""
        if self.kind == "difference":
            return {"percent": "percentage points", "": "difference"}.get(self.unit, "months")
        return {"percent": "%", "ratio": "ratio (log scale)", "time": "months"}[self.kind]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the plot: its cells, its numbers on the natural scale, and what kind it is."""

    cells: tuple[str, ...]
    value: float | None = None
    low: float | None = None
    high: float | None = None
    text: str = ""
    weight: float = 1.0
    kind: str = "row"
    open_low: bool = False
    open_high: bool = False
    prediction: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands, in inches: the left edge of each column, of the plot, the foot."""

    lefts: tuple[float, ...]
    plot: float
    width: float
    height: float
    foot: float
    rows: int
    notes: tuple[str, ...]

    @classmethod
    def of(cls, lines: Sequence[Line], headings: Sequence[str], notes: Sequence[str]) -> Layout:
        """Columns as wide as their longest cell; the last heading is that of the estimates."""
        widths = [
            max(
                BOLD * text_width(heading),
                *(text_width(line.cells[place]) for line in lines if line.kind == "row"),
            )
            for place, heading in enumerate(headings[:-1])
        ]
        bold = max((text_width(line.cells[0]) for line in lines if line.kind != "row"), default=0)
        widths[0] = max(widths[0], min(BOLD * bold, 4.0))
        lefts = [MARGIN_INCHES]
        for width in widths:
            lefts.append(lefts[-1] + width + GAP_INCHES)
        plot = lefts.pop()
        shown = [text_width(line.text) * (1 if line.kind == "row" else BOLD) for line in lines]
        result = max([*shown, BOLD * text_width(headings[-1])])
        width = plot + PLOT_INCHES + GAP_INCHES + result + MARGIN_INCHES
        shown_notes = wrapped(notes, width)
        foot = 0.1 + NOTE_INCHES * len(shown_notes)
        rows = len(lines) + 1
        height = TOP_INCHES + rows * ROW_INCHES + AXIS_INCHES + foot
        return cls(tuple(lefts), plot, width, height, foot, rows, tuple(shown_notes))


def _span(lines: Sequence[Line], axis: Axis) -> tuple[float, float]:
    if axis.kind == "percent":
        return 0.0, 100.0
    found = [
        one
        for line in lines
        for one in (line.value, line.low, line.high, *(line.prediction or ()))
        if one is not None and isfinite(one) and (axis.kind != "ratio" or one > 0)
    ]
    if axis.kind == "difference":
        margin = 0.06 * (max([*found, 1.0]) - min([*found, -1.0]))
        return min([*found, -1.0]) - margin, max([*found, 1.0]) + margin
    if axis.kind == "ratio":
        low = min([*found, 0.5])
        high = max([*found, 2.0])
        return max(low / 1.1, 0.01), min(high * 1.1, 100)
    return 0.0, 1.06 * max([*found, 1.0])


def draw(
    lines: Sequence[Line],
    headings: Sequence[str],
    axis: Axis,
    title: str,
    notes: Sequence[str],
    target: Path,
) -> None:
    """Draw lines under their headings, `notes` beneath, and write the figure to `target`.

    The last of `headings` is that of the estimates, which stand on the right.
    """
    layout = Layout.of(lines, headings, notes)
    figure = sized_figure(layout.width, layout.height)
    span = _span(lines, axis)
    axes = _axes(figure, layout, span, axis)

    def put(x: float, row: float, text: str, **style: Any) -> None:
        y = 1 - (TOP_INCHES + (row + 0.5) * ROW_INCHES) / layout.height
        figure.text(x / layout.width, y, text, fontsize=8, va="center", color=INK, **style)

    right = layout.width - MARGIN_INCHES
    for x, heading in zip(layout.lefts, headings[:-1], strict=True):
        put(x, 0, heading, fontweight="bold")
    put(right, 0, headings[-1], fontweight="bold", ha="right")
    for place, line in enumerate(lines, start=1):
        weight = "normal" if line.kind == "row" else "bold"
        for x, cell in zip(layout.lefts, line.cells, strict=True):
            put(x, place, cell, fontweight=weight)
        put(right, place, line.text, ha="right", fontweight=weight)
        _mark(axes, line, place, span, axis.kind)
    edge = MARGIN_INCHES / layout.width
    top = 1 - 0.2 / layout.height
    figure.text(edge, top, title, fontsize=10, fontweight="bold", va="center")
    put_notes(figure, layout.notes, layout.foot)
    save(figure, target)


def _axes(figure: Any, layout: Layout, span: tuple[float, float], axis: Axis) -> Any:
    low, high = span
    rows = layout.rows * ROW_INCHES
    bottom = layout.foot + AXIS_INCHES
    axes = figure.add_axes(
        (
            layout.plot / layout.width,
            bottom / layout.height,
            PLOT_INCHES / layout.width,
            rows / layout.height,
        )
    )
    if axis.kind == "ratio":
        axes.set_xscale("log")
    axes.set_xlim(low, high)
    axes.set_ylim(layout.rows - 0.5, -0.5)
    axes.set_yticks([])
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.tick_params(labelsize=7.5)
    axes.set_xlabel(axis.words, fontsize=8)
    if axis.kind == "ratio":
        ratio_ticks(axes, low, high)
    if axis.null is not None:
        axes.axvline(axis.null, color=MUTED, linewidth=0.8, zorder=0)
    return axes


def _mark(axes: Any, line: Line, row: int, span: tuple[float, float], kind: str) -> None:
    """A square with its interval, or a diamond; arrows where an end is open or outside."""
    if line.kind == "pooled":
        _diamond(axes, line, row)
        return
    low, high = span
    if line.low is not None or line.high is not None or line.open_high:
        start = line.low if line.low is not None else line.value
        end = line.high if line.high is not None else high if line.open_high else line.value
        if start is not None and end is not None:
            shown_start, shown_end = max(start, low), min(end, high)
            axes.plot([shown_start, shown_end], [row, row], color=INK, linewidth=0.9, zorder=2)
            if end > high or line.open_high:
                axes.plot([high], [row], marker=5, color=INK, markersize=5, clip_on=False)
            if start < low or (line.open_low and line.low is None):
                axes.plot([low], [row], marker=4, color=INK, markersize=5, clip_on=False)
    if line.value is not None and low <= line.value <= high:
        size = 3.2 + 4.2 * line.weight**0.5 if kind in ("percent", "time") else 5.2
        axes.plot(
            [line.value], [row], marker="s", color=SHAPE, markersize=size, zorder=3, clip_on=False
        )


def _diamond(axes: Any, line: Line, row: int) -> None:
    if line.value is None or line.low is None or line.high is None:
        return
    if line.prediction is not None:
        axes.plot(line.prediction, [row, row], color=MUTED, linewidth=1.6, zorder=1)
    xs = [line.low, line.value, line.high, line.value]
    axes.fill(xs, [row, row - 0.32, row, row + 0.32], color=SHAPE, zorder=3)
