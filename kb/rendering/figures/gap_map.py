"""The evidence gaps as a heat map: regimen classes by endpoints, patients as shade."""

from __future__ import annotations

from math import log1p
from typing import TYPE_CHECKING, Final

from kb.rendering.figures.page import (
    INK,
    NOTE_INCHES,
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
    from pathlib import Path

    from kb.graphs.gaps import Gaps

CELL_INCHES: Final = 0.82
ROW_INCHES: Final = 0.27
HEAD_INCHES: Final = 0.75


def gap_map(view: Gaps, path: str | os.PathLike[str]) -> Path:
    """Draw the matrix of `gaps` and write it; returns the path. Needs the extra `plots`.

    The shade is the number of patients (logarithmic), the text trials over patients; an empty cell
    is hatched, because no evidence is not the same as little. Columns as in the table; classes
    without evidence in any of them are left out and counted beneath. ValueError for no evidence and
    for other views, UnknownFormatError for a suffix nobody writes.
    """
    from kb.graphs.evidence import class_name
    from kb.graphs.gaps import Gaps

    target = figure_path(path)
    if not isinstance(view, Gaps):
        raise ValueError(  # noqa: TRY004  (of the views, one can be drawn so)
            f"a map of gaps is of gaps, not of a {type(view).__name__}"
        )
    vocabulary = view.base.vocabulary
    columns = view.columns
    rows = [
        name
        for name in view.ordered_classes
        if any(cell.trials for cell in view.row(name) if cell.endpoint in columns)
    ]
    if not rows:
        raise ValueError("no evidence, so there is nothing to draw")
    names = [class_name(one, vocabulary) for one in rows]
    left = min(max(map(text_width, [*names, "x"])), 4.2) + 0.3
    width = left + CELL_INCHES * len(columns) + 0.2
    notes = wrapped(_notes(len(view.regimen_classes) - len(rows)), width)
    foot = 0.15 + NOTE_INCHES * len(notes)
    tall = ROW_INCHES * len(rows)
    height = HEAD_INCHES + tall + foot
    figure = sized_figure(width, height)

    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.patches import Rectangle

    axes = figure.add_axes(
        (left / width, foot / height, CELL_INCHES * len(columns) / width, tall / height)
    )
    shades = LinearSegmentedColormap.from_list("patients", ["#f1f6fb", "#0072b2"])
    largest = max([cell.patients for cell in view.cells] + [1])
    for y, name in enumerate(rows):
        cells = dict(zip(view.endpoints, view.row(name), strict=True))
        for x, endpoint in enumerate(columns):
            cell = cells[endpoint]
            share = log1p(cell.patients) / log1p(largest)
            box = Rectangle((x, y), 1, 1, linewidth=0.6, edgecolor="white")
            box.set_facecolor(shades(share) if cell.trials else "white")
            if not cell.trials:
                box.set_hatch("////")
                box.set_edgecolor("#d0d0d0")
            axes.add_patch(box)
            if cell.trials:
                patients = f"{cell.patients}" if cell.patients else "?"
                axes.text(
                    x + 0.5,
                    y + 0.5,
                    f"{len(cell.trials)} / {patients}",
                    fontsize=6.8,
                    ha="center",
                    va="center",
                    color="white" if share > 0.62 else INK,
                )
    axes.set_xlim(0, len(columns))
    axes.set_ylim(len(rows), 0)
    axes.set_yticks([y + 0.5 for y in range(len(rows))], names, fontsize=7.5)
    shown = [abbreviated(one).replace(" ", "\n") for one in columns]
    axes.set_xticks([x + 0.5 for x in range(len(columns))], shown, fontsize=7)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    put_notes(figure, notes, foot)
    save(figure, target)
    return target


def _notes(without: int) -> list[str]:
    notes = [
        "Trials / patients (largest n per arm; ? where no n is printed); hatched: no evidence."
    ]
    return [*notes, f"{without} classes without evidence here are not drawn."] if without else notes
