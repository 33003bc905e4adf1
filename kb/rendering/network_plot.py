"""The network of treatments as a figure: circles by patients, lines by trials, parts apart."""

from __future__ import annotations

from math import cos, pi, sin, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kb.rendering.figures import INK, MUTED, SHAPE, save, sized_figure
from kb.vocabulary.kinds import abbreviated

if TYPE_CHECKING:
    import os

    from kb.synthesis.network import NetworkComparison

PER_ROW: Final = 3
CELL_INCHES: Final = 3.3


def network_plot(view: NetworkComparison, path: str | os.PathLike[str]) -> Path:
    """Draw each connected part in a cell of its own and write the figure; returns the path.

    The area of a circle is the number of patients whose n is printed, the width of a line the
    number of trials, which also stands on it. Needs the extra `plots`.
    """
    target = Path(path)
    parts = sorted(view.components, key=lambda part: -len(part.treatments))
    across = min(PER_ROW, len(parts))
    down = -(-len(parts) // across)
    figure = sized_figure(CELL_INCHES * across, CELL_INCHES * down + 0.4)
    sizes = _patients(view)
    largest = max([*sizes.values(), 1])
    for place, part in enumerate(parts, start=1):
        axes = figure.add_subplot(down, across, place)
        axes.set_axis_off()
        axes.set_xlim(-1.9, 1.9)
        axes.set_ylim(-1.75, 1.75)
        where = _circle(part.treatments)
        for (a, b), trials in _edges(view, set(part.treatments)).items():
            (x1, y1), (x2, y2) = where[a], where[b]
            axes.plot([x1, x2], [y1, y2], color=MUTED, linewidth=1.2 + 1.3 * trials, zorder=1)
            axes.text(
                (x1 + x2) / 2,
                (y1 + y2) / 2,
                str(trials),
                fontsize=7,
                color=INK,
                ha="center",
                va="center",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
            )
        for name, (x, y) in where.items():
            size = 60 + 340 * sqrt(sizes.get(name, 0) / largest)
            axes.scatter([x], [y], s=size, color=SHAPE, zorder=2)
            shown = name.replace("+", " +\n").replace("/", "/\n")
            outside = 1.0 + 0.28 + 0.03 * shown.count("\n")
            axes.text(
                x * outside,
                y * outside + (0.12 if y >= 0 else -0.12),
                shown,
                fontsize=7,
                color=INK,
                ha="center" if abs(x) < 0.3 else "left" if x > 0 else "right",
                va="bottom" if y >= 0 else "top",
            )
    figure.text(
        0.01,
        0.99,
        f"{abbreviated(view.endpoint)}: randomised comparisons; numbers on lines are trials",
        fontsize=9,
        va="top",
        color=INK,
    )
    save(figure, target)
    return target


def _circle(names: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    turn = 2 * pi / len(names)
    return {
        name: (0.95 * cos(pi / 2 - index * turn), 0.95 * sin(pi / 2 - index * turn))
        for index, name in enumerate(names)
    }


def _edges(view: NetworkComparison, names: set[str]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for _, a, b in view.pairs:
        if a in names and b in names:
            key = (min(a, b), max(a, b))
            found[key] = found.get(key, 0) + 1
    return found


def _patients(view: NetworkComparison) -> dict[str, int]:
    """Patients per treatment: the n of the sets that the contrasts name, where it is printed."""
    found: dict[str, int] = {}
    if view.comparison is None:
        return found
    for contrast, (trial_id, a, b) in zip(view.contrasts, view.pairs, strict=True):
        trial: Any = view.comparison.base.get(trial_id)
        if trial is None:
            continue
        sets = trial.reports[contrast.row.report].analysis_sets
        for name, set_id in ((a, contrast.row.set), (b, contrast.row.versus_set)):
            found[name] = found.get(name, 0) + (sets[set_id].n or 0)
    return found
