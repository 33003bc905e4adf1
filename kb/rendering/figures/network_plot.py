"""The network of treatments as a figure: circles by patients, lines by trials, parts apart."""

from __future__ import annotations

import textwrap
from math import cos, pi, sin
from typing import TYPE_CHECKING, Any, Final

from kb.rendering.figures.page import (
    INK,
    MUTED,
    NOTE_INCHES,
    SHAPE,
    figure_path,
    put_notes,
    save,
    sized_figure,
    text_width,
    wrapped,
)
from kb.vocabulary.kinds import abbreviated

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence
    from pathlib import Path

    from kb.synthesis.network import NetworkComparison

LABEL_LETTERS: Final = 24
"""Names longer than this go over several lines."""
LINE_INCHES: Final = 0.13
CIRCLE_INCHES: Final = 0.16
"""The radius of the circle of the most patients."""
LINK_INCHES: Final = 1.5
TOP_INCHES: Final = 0.45
Places = dict[str, tuple[float, float]]


def network_plot(view: NetworkComparison, path: str | os.PathLike[str]) -> Path:
    """Draw every connected part by itself and write the figure; returns the path.

    A part of two treatments is a line of its own beneath the larger parts, which are rings. The
    area of a circle grows with the patients whose n is printed, the width of a line with the number
    of trials, which stands on it where it is more than one. ValueError for other views,
    UnknownFormatError for a suffix nobody writes. Needs the extra `plots`.
    """
    from kb.synthesis.network import NetworkComparison

    target = figure_path(path)
    if not isinstance(view, NetworkComparison):
        raise ValueError(  # noqa: TRY004  (of the views, one can be drawn so)
            f"a plot of a network is of a network, not of a {type(view).__name__}"
        )
    parts = sorted(view.components, key=lambda part: -len(part.treatments))
    names = {one: _name(view, one) for part in parts for one in part.treatments}
    heights = [_height(part.treatments, names) for part in parts]
    width = max([3.4, *(_width(part.treatments, names) for part in parts)])
    notes = wrapped(_notes(view), width)
    foot = 0.15 + NOTE_INCHES * len(notes)
    total = TOP_INCHES + sum(heights) + foot
    figure = sized_figure(width, total)
    sizes = _patients(view)
    largest = max([*sizes.values(), 1])
    bottom = total - TOP_INCHES
    for part, height in zip(parts, heights, strict=True):
        bottom -= height
        axes = figure.add_axes((0, bottom / total, 1, height / total))
        axes.set_axis_off()
        axes.set_xlim(-width / 2, width / 2)
        axes.set_ylim(-height / 2, height / 2)
        order = _order(view, part.treatments)
        where = _places(order)
        for (a, b), trials in _edges(view, set(order)).items():
            _edge(axes, where[a], where[b], trials)
        for name in order:
            share = sizes.get(name, 0) / largest
            _node(axes, where[name], names[name], share, alone=len(order) == 2)
    title = f"{abbreviated(view.endpoint)}: randomised comparisons"
    figure.text(0.12 / width, 1 - 0.2 / total, title, fontsize=10, fontweight="bold", va="center")
    put_notes(figure, notes, foot)
    save(figure, target)
    return target


def _notes(view: NetworkComparison) -> list[str]:
    accepted = [f"Joined in spite of {reason}: {said}." for reason, said in view.accepted.items()]
    return [
        "Circles grow with the patients. A line is one trial, or as many as the number on it.",
        *accepted,
    ]


def _name(view: NetworkComparison, treatment: str) -> str:
    from kb.graphs.evidence import regimen_name

    found = view.comparison
    shown = regimen_name(treatment, found.base.vocabulary) if found is not None else treatment
    spaced = shown.replace("/", "/ ").replace("&", "& ")
    return "\n".join(textwrap.wrap(spaced, LABEL_LETTERS, break_on_hyphens=False))


def _radius(count: int) -> float:
    """Inches of a ring on which the names of `count` treatments have room."""
    return max(0.9, 0.17 * count)


def _height(treatments: Sequence[str], names: dict[str, str]) -> float:
    lines = max(names[one].count("\n") + 1 for one in treatments)
    if len(treatments) == 2:
        return max(0.45, 0.15 + LINE_INCHES * lines)
    return 2 * (_radius(len(treatments)) + CIRCLE_INCHES + LINE_INCHES * lines + 0.15)


def _width(treatments: Sequence[str], names: dict[str, str]) -> float:
    longest = max(text_width(line) for one in treatments for line in names[one].split("\n"))
    reach = LINK_INCHES / 2 if len(treatments) == 2 else _radius(len(treatments))
    return 2 * (reach + CIRCLE_INCHES + longest + 0.2)


def _order(view: NetworkComparison, treatments: tuple[str, ...]) -> list[str]:
    """Treatments with their neighbours beside them, from the best connected on."""
    near: dict[str, set[str]] = {one: set() for one in treatments}
    for a, b in _edges(view, set(treatments)):
        near[a].add(b)
        near[b].add(a)
    found: list[str] = []
    waiting = [max(treatments, key=lambda one: (len(near[one]), one))]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found.append(one)
        waiting += sorted(near[one] - set(found), key=lambda other: (-len(near[other]), other))
    return found


def _places(order: Sequence[str]) -> Places:
    """Two side by side; more on a ring, the first at its top."""
    if len(order) == 2:
        return {order[0]: (-LINK_INCHES / 2, 0.0), order[1]: (LINK_INCHES / 2, 0.0)}
    radius, turn = _radius(len(order)), 2 * pi / len(order)
    return {
        name: (radius * cos(pi / 2 - place * turn), radius * sin(pi / 2 - place * turn))
        for place, name in enumerate(order)
    }


def _edge(axes: Any, start: tuple[float, float], end: tuple[float, float], trials: int) -> None:
    xs, ys = zip(start, end, strict=True)
    axes.plot(xs, ys, color=MUTED, linewidth=0.6 + 0.8 * trials, zorder=1)
    if trials > 1:
        axes.text(
            sum(xs) / 2,
            sum(ys) / 2,
            str(trials),
            fontsize=7,
            color=INK,
            ha="center",
            va="center",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        )


def _node(axes: Any, place: tuple[float, float], name: str, share: float, *, alone: bool) -> None:
    """A circle, and its name outside the ring."""
    x, y = place
    diameter = 2 * CIRCLE_INCHES * 72 * max(share, 0.06) ** 0.5
    axes.scatter([x], [y], s=diameter**2, color=SHAPE, zorder=2, linewidths=0)
    far = (x * x + y * y) ** 0.5
    out = 1 + (CIRCLE_INCHES + 0.07) / far
    upright = not alone and abs(y) > 0.93 * far
    axes.text(
        x * out,
        y * out,
        name,
        fontsize=7.5,
        color=INK,
        ha="center" if abs(x) < 0.05 * far else "left" if x > 0 else "right",
        va="center" if not upright else "bottom" if y > 0 else "top",
    )


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
    counted: set[tuple[str, str]] = set()
    for contrast, (trial_id, a, b) in zip(view.contrasts, view.pairs, strict=True):
        trial: Any = view.comparison.base.get(trial_id)
        if trial is None:
            continue
        sets = trial.reports[contrast.row.report].analysis_sets
        for name, set_id in ((a, contrast.row.set), (b, contrast.row.versus_set)):
            if (trial_id, set_id) not in counted:
                counted.add((trial_id, set_id))
                found[name] = found.get(name, 0) + (sets[set_id].n or 0)
    return found
