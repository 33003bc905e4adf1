"""A funnel plot: each estimate against its standard error, with the limits around the mean."""

from __future__ import annotations

from math import exp, log, sqrt
from pathlib import Path
from typing import TYPE_CHECKING

from kb.rendering.figures import INK, MUTED, SHAPE, save, sized_figure
from kb.vocabulary.kinds import abbreviated

if TYPE_CHECKING:
    import os

    from kb.synthesis.pool import PooledComparison


def funnel(view: PooledComparison, path: str | os.PathLike[str]) -> Path:
    """Draw a pooled view of proportions (logit scale) or ratios (log scale); returns the path.

    Proportions of 0 or n get ½ for their place in the figure only, and are drawn hollow. With few
    trials, or with proportions, a lopsided funnel says little about publication. Needs `plots`.
    """
    from kb.stats.special import critical_value
    from kb.synthesis.usable import contrasted

    target = Path(path)
    points: list[tuple[float, float, bool]] = []
    if view.scale == "log-ratio":
        points = [(one.value, one.se, False) for one in contrasted(view.rows)[0]]
        centre: float = view.value
        ticks = [0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 10.0]
        places = [log(tick) for tick in ticks]
        names = [f"{tick:g}" for tick in ticks]
        label = "ratio (log scale)"
    elif view.scale == "proportion":
        for row in view.rows:
            x, n = row.events or 0, row.n or 1
            edge = x in (0, n)
            x_, n_ = (x + 0.5, n + 1) if edge else (x, n)
            points.append((log(x_ / (n_ - x_)), sqrt(1 / x_ + 1 / (n_ - x_)), edge))
        centre = log(view.value / (1 - view.value)) if 0 < view.value < 1 else 0.0
        ticks = [0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9]
        places = [log(tick / (1 - tick)) for tick in ticks]
        names = [f"{100 * tick:g}" for tick in ticks]
        label = "% (logit scale)"
    else:
        raise ValueError("a funnel shows proportions or ratios")
    figure = sized_figure(5.2, 4.2)
    axes = figure.add_axes((0.13, 0.14, 0.83, 0.76))
    largest = 1.12 * max(se for _, se, _ in points)
    z = critical_value(95)
    axes.plot(
        [centre - z * largest, centre, centre + z * largest],
        [largest, 0, largest],
        color=MUTED,
        linestyle="--",
        linewidth=0.9,
    )
    axes.plot([centre, centre], [0, largest], color=MUTED, linewidth=0.9)
    for place, se, edge in points:
        axes.plot(
            [place],
            [se],
            marker="o",
            color=SHAPE,
            markersize=5,
            linestyle="none",
            markerfacecolor="white" if edge else SHAPE,
        )
    low = min([centre - z * largest, *(x for x, _, _ in points)])
    high = max([centre + z * largest, *(x for x, _, _ in points)])
    axes.set_xlim(low, high)
    axes.set_ylim(largest, 0)
    shown = [
        (place, name) for place, name in zip(places, names, strict=True) if low <= place <= high
    ]
    axes.set_xticks([place for place, _ in shown], [name for _, name in shown])
    axes.set_xlabel(label, fontsize=8)
    axes.set_ylabel("standard error", fontsize=8)
    axes.tick_params(labelsize=7.5)
    for side in ("right", "top"):
        axes.spines[side].set_visible(False)
    mean = exp(centre) if view.scale == "log-ratio" else 100 * view.value
    figure.text(
        0.13,
        0.95,
        f"{abbreviated(view.endpoint)}, k = {view.k}, pooled {mean:.3g}",
        fontsize=9,
        color=INK,
    )
    save(figure, target)
    return target
