"""A funnel plot: each estimate against its standard error, with the limits around the mean."""

from __future__ import annotations

from math import exp, isfinite, log, sqrt
from typing import TYPE_CHECKING, Any, Final

from kb.printed.measure import FRACTION, LOG_RATIO
from kb.rendering.figures.page import (
    INK,
    MUTED,
    NOTE_INCHES,
    RATIO_TICKS,
    SHAPE,
    figure_path,
    put_notes,
    save,
    sized_figure,
    wrapped,
)
from kb.vocabulary.kinds import abbreviated

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from pathlib import Path

    from kb.synthesis.pool import PooledComparison

WIDTH: Final = 5.2
PLOT_INCHES: Final = 3.1
PERCENTS: Final = (0.5, 1, 2, 5, 10, 20, 30, 50, 70, 80, 90, 95, 98)
Point = tuple[float, float, bool]
"""Value and standard error on the scale of the figure, and whether it needed ½."""


def funnel(view: PooledComparison, path: str | os.PathLike[str]) -> Path:
    """Draw a pooled view of proportions (logit scale) or ratios (log scale); returns the path.

    The limits are those of the mean at its level, without spread between trials. Proportions of 0
    or n get ½ for their place in the figure only, and are drawn hollow. ValueError for other views
    and scales, UnknownFormatError for a suffix nobody writes. With few trials, or with proportions,
    a lopsided funnel says little about publication. Needs `plots`.
    """
    from kb.stats.numeric.special import critical_value

    target = figure_path(path)
    if getattr(view, "scale", "") not in (LOG_RATIO, FRACTION):
        raise ValueError("a funnel shows pooled proportions or ratios")
    if not isfinite(view.value):
        raise ValueError("nothing was estimated, so a funnel has no middle")
    ratios = view.scale == LOG_RATIO
    points = list(_ratios(view) if ratios else _proportions(view))
    centre = view.value if ratios else _logit(min(max(view.value, 0.001), 0.999))
    notes = wrapped(_notes(view, points), WIDTH)
    foot = 0.1 + NOTE_INCHES * len(notes)
    height = 0.5 + PLOT_INCHES + 0.5 + foot
    figure = sized_figure(WIDTH, height)
    axes = figure.add_axes((0.13, (foot + 0.5) / height, 0.83, PLOT_INCHES / height))
    deepest = 1.12 * max(se for _, se, _ in points)
    reach = critical_value(view.level) * deepest
    axes.plot(
        [centre - reach, centre, centre + reach],
        [deepest, 0, deepest],
        color=MUTED,
        linestyle="--",
        linewidth=0.9,
    )
    axes.plot([centre, centre], [0, deepest], color=MUTED, linewidth=0.9)
    for place, se, edge in points:
        face = "white" if edge else SHAPE
        axes.plot(
            [place],
            [se],
            marker="o",
            color=SHAPE,
            markersize=5,
            linestyle="none",
            markerfacecolor=face,
            clip_on=False,
        )
    low = min([centre - reach, *(x for x, _, _ in points)])
    high = max([centre + reach, *(x for x, _, _ in points)])
    margin = 0.03 * (high - low)
    axes.set_xlim(low - margin, high + margin)
    axes.set_ylim(deepest, 0)
    _scale(axes, ratios=ratios)
    mean = f"{exp(view.value):.2f}" if ratios else f"{100 * view.value:.1f}%"
    title = f"{abbreviated(view.endpoint)}, k = {view.k}, pooled {mean}"
    figure.text(0.13, 1 - 0.25 / height, title, fontsize=9, color=INK, va="center")
    put_notes(figure, notes, foot)
    save(figure, target)
    return target


def _ratios(view: PooledComparison) -> Iterator[Point]:
    from kb.synthesis.effect_sizes import contrasted

    for one in contrasted(view.rows)[0]:
        yield one.value, one.se, False


def _proportions(view: PooledComparison) -> Iterator[Point]:
    for row in view.rows:
        x, n = row.events or 0, row.n or 1
        edge = x in (0, n)
        events, size = (x + 0.5, n + 1) if edge else (x, n)
        yield _logit(events / size), sqrt(1 / events + 1 / (size - events)), edge


def _logit(share: float) -> float:
    return log(share / (1 - share))


def _notes(view: PooledComparison, points: list[Point]) -> Iterator[str]:
    yield f"Dashed: {view.level:g}% limits around the pooled value, without spread between trials."
    if any(edge for _, _, edge in points):
        yield "Hollow: none or all responded; placed with ½ added."
    if view.accepted:
        yield f"Pooled in spite of {', '.join(view.accepted)}."


def _scale(axes: Any, *, ratios: bool) -> None:
    low, high = axes.get_xlim()
    marks = (
        [(log(one), f"{one:g}") for one in RATIO_TICKS]
        if ratios
        else [(_logit(one / 100), f"{one:g}") for one in PERCENTS]
    )
    shown = [(place, name) for place, name in marks if low <= place <= high]
    axes.set_xticks([place for place, _ in shown], [name for _, name in shown])
    axes.set_xlabel("ratio (log scale)" if ratios else "% (logit scale)", fontsize=8)
    axes.set_ylabel("standard error", fontsize=8)
    axes.tick_params(labelsize=7.5)
    for side in ("right", "top"):
        axes.spines[side].set_visible(False)
