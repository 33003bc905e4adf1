"""Forest plots: a comparison or a pooled estimate as a figure, with record fields as columns.

Needs the extra `plots` (matplotlib). The suffix of the path decides: SVG, PNG or PDF.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kb.printed.measure import PROPORTION
from kb.query.filters import worded
from kb.rendering.figures import forest_notes as said
from kb.rendering.figures.forest_drawing import Plot, drawn
from kb.rendering.figures.forest_fields import HEADINGS, field
from kb.rendering.figures.forest_layout import millimetres
from kb.rendering.figures.forest_lines import Rows
from kb.rendering.figures.forest_order import ordered
from kb.rendering.figures.forest_scale import Axis, limited
from kb.rendering.figures.page import DOTS, figure_path, save
from kb.rendering.figures.study_names import study_names

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence
    from pathlib import Path

    from kb.comparison.compare import Comparison
    from kb.rows.row import Row
    from kb.synthesis.pool import PooledComparison
    from kb.synthesis.weights import Weights

DEFAULT_COLUMNS: Final = {
    "percent": ("label", "drugs", "count"),
    "time": ("label", "drugs", "n"),
    "ratio": ("label", "drugs", "versus"),
    "difference": ("label", "drugs", "versus"),
}
FEWEST_DOTS, MOST_DOTS = 72, 1200
LONGEST_SIDE: Final = 60
"""Letters of a regimen that may stand beneath the scale; of longer ones the role stands there."""


def forest(
    view: Any,
    path: str | os.PathLike[str],
    *,
    columns: Sequence[str] = (),
    by: str | None = None,
    title: str = "",
    width: float | None = None,
    xlim: tuple[float, float] | None = None,
    sort: str | None = None,
    dpi: float | None = None,
) -> Path:
    """Draw a comparison of one endpoint, or a pooled estimate, and write it to `path`.

    `columns`: row fields, or `label`, `count`; none: what suits the measure and has room. `by`
    groups the lines by a row field (a view that was pooled by groups brings them with their
    subtotals). `width` is in millimetres (180 unless said; 85 is one column of a journal), `xlim`
    the ends of the scale, beyond which arrows point. `sort`: `value, n, year, weight, trial` or
    another field, `-` before it for the highest first. `dpi` is of a PNG. Studies go by acronym, or
    by author and year. Contrasts that are no treatment effect stand apart, and rows that stand
    beside an answer are left out. Bounds that are not reached or not estimable are drawn as arrows;
    0 and n need no correction. The caveats of the table stand beneath. Raises ValueError for
    another view, several endpoints, unknown columns and values that no option takes,
    UnknownFormatError for a suffix nobody writes, and MissingExtraError without matplotlib. Returns
    the path.
    """
    target = figure_path(path)
    wide, dots = millimetres(width), _dots(dpi, target)
    figure = drawn(
        plotted(view, columns=columns, by=by, title=title, sort=sort, xlim=xlim), wide, xlim
    )
    save(figure, target, dots)
    return target


def plotted(
    view: Any,
    *,
    columns: Sequence[str] = (),
    by: str | None = None,
    title: str = "",
    sort: str | None = None,
    xlim: tuple[float, float] | None = None,
) -> Plot:
    """The figure of a view before it is drawn: its lines, its scale and its notes."""
    from kb.comparison.compare import Comparison
    from kb.comparison.whole_table import comparison_of
    from kb.synthesis.pool import PooledComparison
    from kb.tables.table import Table

    view = comparison_of(view) if isinstance(view, Table) else view
    if not isinstance(view, (Comparison, PooledComparison)):
        raise ValueError(  # noqa: TRY004  (of the views, two can be drawn so)
            f"a forest plot is of a comparison or a pooled estimate, not of a {type(view).__name__}"
        )
    pooled = view if isinstance(view, PooledComparison) else None
    comparison = view.comparison if isinstance(view, PooledComparison) else view
    base = comparison.base if comparison is not None else None
    shown = view.answers if isinstance(view, Comparison) else view.rows
    if not shown and comparison is not None and comparison.why_empty:
        raise ValueError(f"there is nothing to draw: {comparison.why_empty}")
    axis = axis_of(shown)
    if xlim is not None:
        limited(xlim, axis)
    for one in columns:
        if one not in ("label", "count"):
            field(shown[0], one)
    names = study_names(shown, base)
    weighed = _weights(pooled)
    shares = (
        dict(zip((row.address for row in view.rows), weighed.shares, strict=True))
        if weighed
        else None
    )
    rows = ordered(shown, sort, names, shares)
    found = Rows(
        rows, pooled, axis, base, tuple(columns), by, names, shares, suitable(axis.kind, rows)
    )
    better = ""
    if base is not None and axis.null is not None:
        better = base.vocabulary.endpoints[rows[0].endpoint].better
    return Plot(
        title=title or _title(rows, comparison),
        columns=found.columns,
        lines=tuple(found.lines()),
        axis=axis,
        notes=(
            *(said.favours(rows, better) if axis.null is not None else ()),
            *_notes(view, rows, names, weighed, comparison if title else None),
        ),
        sides=_sides(found, said.side_of(rows, better)),
        sized=_sized(axis, weighed, rows),
    )


def _dots(dpi: float | None, target: Path) -> float:
    if dpi is None:
        return DOTS
    if target.suffix != ".png":
        raise ValueError(f"dots to the inch are of .png; a {target.suffix} has none")
    if not FEWEST_DOTS <= dpi <= MOST_DOTS:
        raise ValueError(f"a figure has {FEWEST_DOTS} to {MOST_DOTS} dots to the inch, not {dpi:g}")
    return dpi


def axis_of(rows: Sequence[Row]) -> Axis:
    """The axis that all rows share; ValueError where they share none."""
    kinds = {(row.endpoint, row.kind.kind, row.kind.null, row.kind.unit) for row in rows}
    if len(kinds) != 1:
        raise ValueError("a forest plot shows one endpoint and one kind of measure")
    _, kind, null, unit = kinds.pop()
    if not kind:
        raise ValueError(f"a {rows[0].kind.name} has no scale to be drawn on")
    return Axis(kind, null, unit)


def suitable(kind: str, rows: Sequence[Row]) -> tuple[str, ...]:
    """The columns of a kind of measure, without a count where no row has one."""
    counted = any(row.events is not None for row in rows)
    return tuple(one for one in DEFAULT_COLUMNS[kind] if counted or one != "count")


def _weights(pooled: PooledComparison | None) -> Weights | None:
    from kb.synthesis.weights import weights

    return weights(pooled) if pooled is not None else None


def _title(rows: Sequence[Row], comparison: Comparison | None) -> str:
    """The endpoint, its measure where it is no proportion, and the filters."""
    endpoint, kind = rows[0].endpoint, rows[0].kind
    name = endpoint
    if comparison is not None:
        name = comparison.base.vocabulary.name("endpoint", endpoint)
    if {row.measure for row in rows} == {rows[0].measure} != {PROPORTION}:
        name = f"{name}, {kind.name}"
    return " · ".join([name, *_filters(comparison)])


def _filters(comparison: Comparison | None) -> list[str]:
    if comparison is None:
        return []
    return worded({name: one for name, one in comparison.criteria.items() if name != "trial"})


def _notes(
    view: Comparison | PooledComparison,
    rows: Sequence[Row],
    names: dict[str, str],
    weighed: Weights | None,
    titled: Comparison | None,
) -> list[str]:
    """What stands beneath; of a figure with a title of its own the filters too."""
    from kb.synthesis.pool import PooledComparison

    notes = [*said.row_notes(rows)]
    filters = _filters(titled)
    if filters:
        notes.append(f"Rows of {' · '.join(filters)}.")
    if weighed is not None:
        notes.append(f"Weight: {weighed.how}.")
    if isinstance(view, PooledComparison):
        notes += said.pooled_notes(view)
    notes += said.caveat_notes(said.caveats_of(view))
    if isinstance(view, PooledComparison):
        notes += said.aside_notes(view, names)
    return [*said.shortened(notes), *said.key_of(notes, names)]


def _sides(found: Rows, side: str) -> tuple[str, str]:
    """Who is in favour to the left and to the right of no effect."""
    if not side:
        return "", ""
    effects, _ = said.effects(found.rows)
    tried = {found.cell(row, "drugs") for row in effects}
    against = {found.versus(row) for row in effects}
    experimental, reference = "experimental", "control"
    if len(tried) == len(against) == 1 and tried != against:
        named = (tried.pop(), against.pop())
        if all(0 < len(one) <= LONGEST_SIDE for one in named):
            experimental, reference = named
    left, right = (experimental, reference) if side == "below" else (reference, experimental)
    return f"← favours {left}", f"favours {right} →"


def _sized(axis: Axis, weighed: Weights | None, rows: Sequence[Row]) -> str:
    if weighed is not None:
        return "weight"
    return "n" if axis.kind in ("percent", "time") and any(row.n for row in rows) else ""


assert set(HEADINGS) >= {one for columns in DEFAULT_COLUMNS.values() for one in columns}
