"""Forest plots: a comparison or a pooled estimate as a figure, with record fields as columns.

Needs the extra `plots` (matplotlib). The suffix of the path decides: SVG, PNG or PDF.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kb.errors import UnknownFormatError
from kb.rendering import numbers
from kb.rendering.figures import INK, MUTED, SHAPE, save, sized_figure, text_width

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence

    from kb.comparison.row import Row

ROW_INCHES: Final = 0.235
PLOT_INCHES: Final = 3.2
GAP_INCHES: Final = 0.18
LONGEST_CELL: Final = 46
DEFAULT_COLUMNS: Final = {
    "percent": ("label", "drugs", "count"),
    "time": ("label", "drugs", "n"),
    "ratio": ("label", "drugs", "versus"),
}
HEADINGS: Final = {
    "label": "Trial",
    "drugs": "Drugs",
    "count": "Events/n",
    "line": "Line",
    "n": "n",
    "analysis_set": "Set",
    "report": "Report",
    "histologies": "Histologies",
    "year": "Year",
    "versus": "Versus",
    "criteria": "Criteria",
    "assessor": "Assessor",
    "read": "Read",
    "address": "Address",
    "regimen_classes": "Classes",
    "subgroup": "Subgroup",
    "arm": "Arm",
}


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


def forest(
    view: Any,
    path: str | os.PathLike[str],
    *,
    columns: Sequence[str] = (),
    by: str | None = None,
    title: str = "",
) -> Path:
    """Draw a comparison of one endpoint, or a pooled estimate, and write it to `path`.

    `columns`: row fields, or `label`, `count`; none: what suits the measure. `by` groups the
    lines by a row field (a view that was pooled by groups brings them with their subtotals).
    Bounds that are not reached or not estimable are drawn as arrows; 0 and n need no correction.
    Raises ValueError for several endpoints or unknown columns, UnknownFormatError for a suffix
    nobody writes, and MissingExtraError without matplotlib. Returns the path.
    """
    from kb.synthesis.pool import PooledComparison

    target = Path(path)
    if target.suffix not in (".svg", ".png", ".pdf"):
        raise UnknownFormatError(f"{target.suffix!r} is no figure; known are .svg, .png, .pdf")
    pooled = view if isinstance(view, PooledComparison) else None
    rows: Sequence[Row] = view.rows
    kinds = {_kind(row) for row in rows}
    if len({row.endpoint for row in rows}) != 1 or len(kinds) != 1:
        raise ValueError("a forest plot shows one endpoint and one kind of measure")
    kind = kinds.pop()
    columns = tuple(columns) or DEFAULT_COLUMNS[kind]
    lines = list(_lines(_nested(rows), columns, by, pooled, kind))
    _draw(lines, columns, kind, title or _title(view, rows), target)
    return target


def _nested(rows: Sequence[Row]) -> list[Row]:
    """Rows with the whole of each arm before its subgroups, trials and arms in their order."""
    order = {key: place for place, key in enumerate(dict.fromkeys((r.trial, r.arm) for r in rows))}
    return sorted(rows, key=lambda row: (order[row.trial, row.arm], bool(row.subgroup)))


def _kind(row: Row) -> str:
    if row.measure in numbers.RATIOS and row.measure != "risk-difference":
        return "ratio"
    return "time" if row.measure == "median" else "percent"


def _title(view: Any, rows: Sequence[Row]) -> str:
    base = getattr(view, "base", None) or getattr(getattr(view, "comparison", None), "base", None)
    endpoint = rows[0].endpoint
    name = base.vocabulary.name("endpoint", endpoint) if base is not None else endpoint
    return str(name)


def _lines(
    rows: Sequence[Row], columns: Sequence[str], by: str | None, pooled: Any, kind: str
) -> Iterable[Line]:
    parts: dict[str, Any] = {}
    if pooled is not None and pooled.parts_are.startswith("by "):
        by = by or pooled.parts_are[3:].partition(":")[0]
        parts = {part.label: part for part in pooled.parts}
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(str(getattr(row, by)) or "not stated" if by else "", []).append(row)
    blank = ("",) * (len(columns) - 1)
    for name, own in groups.items():
        if by:
            yield Line((name.replace(";", ", ").replace("-", " "), *blank), kind="heading")
        largest = max((row.n or 0 for row in own), default=0) or 1
        for row in own:
            yield _row_line(row, columns, kind, largest)
        if name in parts:
            yield _pooled_line(parts[name], blank, kind, f"Subtotal, k = {parts[name].k}")
    if pooled is not None:
        yield _pooled_line(pooled, blank, kind, f"Pooled, k = {pooled.k}")


def _cell(row: Row, column: str) -> str:
    from kb.synthesis.pool import label

    if column == "label":
        return _short(("   " if row.subgroup else "") + label(row))
    if column == "count":
        return numbers.count_text(row).rstrip()
    if not hasattr(row, column):
        raise ValueError(f"{column!r} is no column; a row has {', '.join(HEADINGS)} and its fields")
    value = getattr(row, column)
    text = "" if value is None else str(value)
    if column == "drugs":
        return _short(text.replace("+", " + "))
    plain = text if column in ("address", "report", "trial") else text.replace("-", " ")
    return _short(plain.replace(";", ", "))


def _short(text: str) -> str:
    """A cell no longer than a column may be."""
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1].rstrip(" +,") + "…"


def _row_line(row: Row, columns: Sequence[str], kind: str, largest: int) -> Line:
    def number(name: str) -> float | None:
        if kind == "time":
            found: float | None = getattr(row, f"{name}_months")
            return found
        text = getattr(row, name)
        return float(text) if text else None

    return Line(
        cells=tuple(_cell(row, column) for column in columns),
        value=number("value"),
        low=number("low"),
        high=number("high"),
        text=numbers.estimate_text(row),
        weight=max(0.25, (row.n or largest * 0.4) / largest) if kind != "ratio" else 0.6,
        open_low=row.low_state in ("not-estimable", "not-given"),
        open_high=row.high_state in ("not-reached", "not-estimable", "not-given"),
    )


def _pooled_line(pooled: Any, blank: tuple[str, ...], kind: str, name: str) -> Line:
    from kb.rendering.pooled_view import bounds, shown

    scale = {"percent": "proportion", "ratio": "log-ratio", "time": "months"}[kind]

    def natural(value: float) -> float | None:
        if not isfinite(value):
            return None
        return 100 * value if kind == "percent" else exp(value) if kind == "ratio" else value

    low, high = natural(pooled.prediction_low), natural(pooled.prediction_high)
    return Line(
        cells=(name, *blank),
        value=natural(pooled.value),
        low=natural(pooled.low),
        high=natural(pooled.high),
        text=f"{shown(pooled.value, scale)} ({bounds(pooled.low, pooled.high, scale)})",
        kind="pooled",
        prediction=(low, high) if low is not None and high is not None else None,
    )


def _span(lines: Sequence[Line], kind: str) -> tuple[float, float]:
    if kind == "percent":
        return 0.0, 100.0
    found = [
        one
        for line in lines
        for one in (line.value, line.low, line.high, *(line.prediction or ()))
        if one is not None and isfinite(one) and (kind != "ratio" or one > 0)
    ]
    if kind == "ratio":
        low = min([*found, 0.5])
        high = max([*found, 2.0])
        return max(low / 1.1, 0.01), min(high * 1.1, 100)
    return 0.0, 1.06 * max([*found, 1.0])


def _draw(
    lines: Sequence[Line], columns: Sequence[str], kind: str, title: str, target: Path
) -> None:
    headings = [HEADINGS.get(column, column.replace("_", " ")) for column in columns]
    cells = [
        [heading, *(line.cells[index] for line in lines if line.kind == "row")]
        for index, heading in enumerate(headings)
    ]
    widths = [max(map(text_width, own)) + GAP_INCHES for own in cells]
    names = max(text_width(line.cells[0]) for line in lines)
    widths[0] = max(widths[0], min(names, 4.0) + GAP_INCHES)
    result = max([text_width(line.text) for line in lines] + [text_width("Estimate (95% CI)")])
    left = 0.15
    total = left + sum(widths) + PLOT_INCHES + GAP_INCHES + result + 0.15
    rows = len(lines) + 1
    top, bottom = 0.45, 0.55
    height = top + rows * ROW_INCHES + bottom
    figure = sized_figure(total, height)
    low, high = _span(lines, kind)
    axes = figure.add_axes(
        (
            (left + sum(widths)) / total,
            bottom / height,
            PLOT_INCHES / total,
            rows * ROW_INCHES / height,
        )
    )
    if kind == "ratio":
        axes.set_xscale("log")
    axes.set_xlim(low, high)
    axes.set_ylim(rows - 0.5, -0.5)
    axes.set_yticks([])
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.tick_params(labelsize=7.5)
    axes.set_xlabel(
        {"percent": "%", "ratio": "ratio (log scale)", "time": "months"}[kind], fontsize=8
    )
    if kind == "ratio":
        _ratio_ticks(axes, low, high)
        axes.axvline(1, color=MUTED, linewidth=0.8, zorder=0)

    def put(x: float, row: float, text: str, **style: Any) -> None:
        y = 1 - (top + (row + 0.5) * ROW_INCHES) / height
        figure.text(x / total, y, text, fontsize=8, va="center", color=INK, **style)

    x = left
    for heading, width in zip(headings, widths, strict=True):
        put(x, 0, heading, fontweight="bold")
        x += width
    put(
        total - 0.15,
        0,
        "Estimate (95% CI)" if _all_95(lines) else "Estimate (CI)",
        fontweight="bold",
        ha="right",
    )
    figure.text(left / total, 1 - 0.2 / height, title, fontsize=10, fontweight="bold", va="center")
    for place, line in enumerate(lines, start=1):
        weight = "bold" if line.kind != "row" else "normal"
        x = left
        for cell, width in zip(line.cells, widths, strict=True):
            put(x, place, cell, fontweight=weight)
            x += width
        put(total - 0.15, place, line.text, ha="right", fontweight=weight)
        _mark(axes, line, place, (low, high), kind)
    save(figure, target)


def _all_95(lines: Sequence[Line]) -> bool:
    return all("95% CI" in line.text or "CI" not in line.text for line in lines)


def _ratio_ticks(axes: Any, low: float, high: float) -> None:
    from matplotlib.ticker import FixedLocator, NullLocator, ScalarFormatter

    ticks = [one for one in (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 10, 20, 50) if low <= one <= high]
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(ScalarFormatter())


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
        size = 3.2 + 4.2 * line.weight**0.5 if kind != "ratio" else 5.2
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
