"""The marks of a forest plot, and the sentences that say what they mean."""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING, Any, Final

from kb.rendering.figures.page import INK, MUTED, SHAPE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.rendering.figures.forest_line import Line

LEFT, RIGHT = "<", ">"
HALF_DIAMOND: Final = 0.055
"""Half the height of a diamond, in inches."""
REACH: Final = 0.07
"""How far the arrow of a bound goes, as a share of the scale."""
POINT: Final = 4.2


def mark(
    axes: Any, line: Line, y: float, span: tuple[float, float], *, logarithmic: bool = False
) -> None:
    """Draw a line at `y`: an interval with its value, a bound, a diamond or a prediction."""
    if line.kind == "pooled":
        _diamond(axes, line, y, span)
    elif line.kind == "prediction":
        _interval(axes, line, y, span, color=MUTED, width=2.0)
    elif line.kind == "row" and line.shape in ("below", "above"):
        _bound(axes, line, y, span, logarithmic=logarithmic)
    elif line.kind == "row":
        _interval(axes, line, y, span, color=MUTED if line.muted else INK, width=0.9)
        _value(axes, line, y, span)


def _arrow(axes: Any, place: float, y: float, to: str, color: str) -> None:
    axes.plot(
        [place], [y], marker=to, color=color, markersize=3.6, markeredgewidth=0, clip_on=False,
        linestyle="none", zorder=4,
    )  # fmt: skip


def _interval(
    axes: Any, line: Line, y: float, span: tuple[float, float], *, color: str, width: float
) -> None:
    """A line from bound to bound as far as the scale goes; an arrow where it goes on."""
    low, high = span
    start = line.low if line.low is not None else low if line.open_low else line.value
    end = line.high if line.high is not None else high if line.open_high else line.value
    known = line.low is not None or line.high is not None or line.open_high or line.open_low
    if line.value is None and start is None and line.open_high:
        _arrow(axes, high, y, RIGHT, color)
    if start is None or end is None or not known:
        return
    if end > low and start < high:
        axes.plot(
            [max(start, low), min(end, high)], [y, y], color=color, linewidth=width, zorder=2,
            linestyle=(0, (2.2, 1.3)) if line.dashed else "-", solid_capstyle="butt",
        )  # fmt: skip
    if end > high or (line.open_high and line.high is None):
        _arrow(axes, high, y, RIGHT, color)
    if start < low or (line.open_low and line.low is None):
        _arrow(axes, low, y, LEFT, color)


def _value(axes: Any, line: Line, y: float, span: tuple[float, float]) -> None:
    """The value as a square, or a circle where it has no interval; an arrow where it is outside."""
    if line.value is None:
        return
    low, high = span
    color = MUTED if line.muted else SHAPE
    if not low <= line.value <= high:
        _arrow(
            axes, high if line.value > high else low, y, RIGHT if line.value > high else LEFT, color
        )
        return
    square = line.shape == "square"
    axes.plot(
        [line.value], [y], marker="s" if square else "o", color=color, linestyle="none",
        markersize=2.6 + 3.6 * line.weight**0.5 if square else POINT,
        markerfacecolor="white" if line.hollow else color, markeredgewidth=0.9,
        zorder=3, clip_on=False,
    )  # fmt: skip


def _bound(
    axes: Any, line: Line, y: float, span: tuple[float, float], *, logarithmic: bool
) -> None:
    """A value that is known to lie below or above a number: an open mark with a line that way."""
    low, high = span
    color = MUTED if line.muted else SHAPE
    if line.value is None or not low <= line.value <= high:
        _value(axes, line, y, span)
        return
    towards = low if line.shape == "below" else high
    if logarithmic:
        reach = REACH * log(high / low)
        end = line.value * exp(reach if towards == high else -reach)
    else:
        end = line.value + REACH * (high - low) * (1 if towards == high else -1)
    end = min(max(end, low), high)
    axes.plot([line.value, end], [y, y], color=color, linewidth=0.9, zorder=2)
    _arrow(axes, end, y, RIGHT if towards == high else LEFT, color)
    axes.plot(
        [line.value], [y], marker=RIGHT if towards == high else LEFT, color=color,
        linestyle="none", markersize=POINT + 0.6, markerfacecolor="white",
        markeredgewidth=0.9, zorder=3, clip_on=False,
    )  # fmt: skip


def _diamond(axes: Any, line: Line, y: float, span: tuple[float, float]) -> None:
    """A pooled value over its interval, cut where the scale ends; nothing of what is unknown."""
    if line.value is None or line.low is None or line.high is None:
        return
    xs = [line.low, line.value, line.high, line.value]
    axes.fill(xs, [y, y - HALF_DIAMOND, y, y + HALF_DIAMOND], color=SHAPE, zorder=3, linewidth=0)
    low, high = span
    if line.high > high:
        _arrow(axes, high, y, RIGHT, SHAPE)
    if line.low < low:
        _arrow(axes, low, y, LEFT, SHAPE)


def legend(lines: Sequence[Line], span: tuple[float, float], sized_by: str) -> Iterator[str]:
    """What the marks in use mean, each in a few words; `sized_by` is what squares grow with."""
    rows = [line for line in lines if line.kind == "row"]
    low, high = span
    drawn = [line for line in rows if line.value is not None and low <= line.value <= high]
    squares = [line for line in drawn if line.shape == "square"]
    points = [line for line in drawn if line.shape == "circle"]
    bounded = [line for line in rows if line.shape in ("square", "circle") and _has_interval(line)]
    said = []
    if any(not line.hollow for line in squares):
        said.append("■ printed value")
    if any(line.hollow for line in squares):
        said.append("□ value computed here")
    if any(not line.hollow for line in points):
        said.append("● printed value without an interval")
    if any(line.hollow for line in points):
        said.append("○ computed value without an interval")
    if any(line.shape in ("below", "above") for line in drawn):
        said.append("◁ ▷ with an arrow: a bound, such as ≤ or >; the value lies on that side")
    if any(not line.dashed for line in bounded):
        said.append("solid line: printed interval")
    if any(line.dashed for line in bounded):
        said.append("dashed line: interval computed here")
    if any(_goes_on(line, span) for line in lines):
        said.append("arrowhead at the end of the scale: goes on beyond it, or has no bound")
    if any(line.kind == "pooled" and line.value is not None for line in lines):
        said.append("◆ pooled estimate")
    if any(line.kind == "prediction" for line in lines):
        said.append("grey bar: prediction interval, where a new trial may lie")
    if any(line.muted for line in rows):
        said.append("grey: no treatment effect")
    if squares and sized_by:
        said.append(f"size of squares: {sized_by}")
    if said:
        yield f"Marks: {'; '.join(said)}."


def _has_interval(line: Line) -> bool:
    return line.low is not None or line.high is not None or line.open_low or line.open_high


def _goes_on(line: Line, span: tuple[float, float]) -> bool:
    """Whether an arrow stands at an end of the scale."""
    if line.shape in ("below", "above"):
        return False
    numbers = [one for one in (line.value, line.low, line.high) if one is not None]
    outside = any(not span[0] <= one <= span[1] for one in numbers)
    open_end = (line.open_high and line.high is None) or (line.open_low and line.low is None)
    return outside or open_end
