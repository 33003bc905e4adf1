"""Forest plots: a comparison or a pooled estimate as a figure, with record fields as columns.

Needs the extra `plots` (matplotlib). The suffix of the path decides: SVG, PNG or PDF.
"""

from __future__ import annotations

from dataclasses import replace
from math import exp, isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kb.errors import UnknownFormatError
from kb.rendering.figures.forest_drawing import Line, draw
from kb.rendering.words import numbers

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence

    from kb.rows.row import Row
    from kb.store.knowledge_base import KnowledgeBase

LONGEST_CELL: Final = 46
LONGEST_LABEL: Final = 62
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
    columns = tuple(columns) or _suitable(kind, rows)
    base = view.base if hasattr(view, "base") else getattr(view.comparison, "base", None)
    cells = _cells(_nested(rows), columns, base)
    lines = list(_lines(_nested(rows), cells, by, pooled, kind))
    headings = [HEADINGS.get(column, column.replace("_", " ")) for column in columns]
    endpoint = rows[0].endpoint
    name = base.vocabulary.name("endpoint", endpoint) if base is not None else endpoint
    notes = list(_notes(rows, pooled, kind, base))
    draw(lines, headings, kind, title or name, notes, target)
    return target


def _suitable(kind: str, rows: Sequence[Row]) -> tuple[str, ...]:
    """The columns of a kind of measure, without a count where no row has one."""
    counted = any(row.events is not None for row in rows)
    return tuple(one for one in DEFAULT_COLUMNS[kind] if counted or one != "count")


def _nested(rows: Sequence[Row]) -> list[Row]:
    """Rows with the whole of each arm before its subgroups, trials and arms in their order."""
    order = {key: place for place, key in enumerate(dict.fromkeys((r.trial, r.arm) for r in rows))}
    return sorted(rows, key=lambda row: (order[row.trial, row.arm], bool(row.subgroup)))


def _kind(row: Row) -> str:
    if row.measure in numbers.RATIOS and row.measure != "risk-difference":
        return "ratio"
    return "time" if row.measure == "median" else "percent"


def _lines(
    rows: Sequence[Row], cells: Sequence[tuple[str, ...]], by: str | None, pooled: Any, kind: str
) -> Iterable[Line]:
    parts: dict[str, Any] = {}
    if pooled is not None and pooled.parts_are.startswith("by "):
        by = by or pooled.parts_are[3:].partition(":")[0]
        parts = {part.label: part for part in pooled.parts}
    groups: dict[str, list[tuple[Row, tuple[str, ...]]]] = {}
    for row, own_cells in zip(rows, cells, strict=True):
        name = str(_field(row, by)) or "not stated" if by else ""
        groups.setdefault(name, []).append((row, own_cells))
    blank = ("",) * (len(cells[0]) - 1)
    for name, own in groups.items():
        if by:
            heading = f"{HEADINGS.get(by, by.replace('_', ' '))}: {name.replace('-', ' ')}"
            yield Line((heading.replace(";", ", "), *blank), kind="heading")
        largest = max((row.n or 0 for row, _ in own), default=0) or 1
        for row, own_cells in own:
            yield _row_line(row, own_cells, kind, largest)
        if name in parts:
            yield _pooled_line(parts[name], blank, kind, f"Subtotal, k = {parts[name].k}")
    if pooled is not None:
        yield _pooled_line(pooled, blank, kind, f"Pooled, k = {pooled.k}")


def _field(row: Row, name: str) -> Any:
    if not hasattr(row, name):
        raise ValueError(f"{name!r} is no column; a row has {', '.join(HEADINGS)} and its fields")
    return getattr(row, name)


def _cells(
    rows: Sequence[Row], columns: Sequence[str], base: KnowledgeBase | None
) -> list[tuple[str, ...]]:
    """The cells of each row; a part beneath its whole is indented and named without its trial."""
    from kb.rows.labels import labels, part_of, tails

    vocabulary = base.vocabulary if base is not None else None
    wholes = {(row.trial, row.arm) for row in rows if not row.subgroup}
    names = [
        f"    {part_of(row, vocabulary)}{tail}"
        if row.subgroup and (row.trial, row.arm) in wholes
        else name
        for row, name, tail in zip(rows, labels(rows, vocabulary), tails(rows), strict=True)
    ]
    return [
        tuple(
            _short(f"{name}{_when(row)}", LONGEST_LABEL)
            if one == "label"
            else _cell(row, one, base)
            for one in columns
        )
        for row, name in zip(rows, names, strict=True)
    ]


def _when(row: Row) -> str:
    """The time and the definition of a rate, which one figure may hold several of."""
    said = "" if row.contrast_kind else numbers.label_text(replace(row, id=""))
    return f", {said}" if said else ""


def _cell(row: Row, column: str, base: KnowledgeBase | None) -> str:
    if column == "count":
        return numbers.count_text(row).rstrip()
    value = _field(row, column)
    text = "" if value is None else str(value)
    if column == "drugs":
        known = base is not None and row.trial in base
        return _short(text.replace("+", " + ") or ("no active drug" if known else ""))
    if column == "versus" and text and base is not None and row.trial in base:
        return _short(_treatments(base, row).replace("+", " + ").replace("no-", "no "))
    plain = text if column in ("address", "report", "trial") else text.replace("-", " ")
    return _short(plain.replace(";", ", "))


def _treatments(base: KnowledgeBase, row: Row) -> str:
    from kb.links import treatment_id

    trial = base[row.trial]
    found = (treatment_id(trial, arm, base.vocabulary) for arm in row.versus.split(";"))
    return ", ".join(dict.fromkeys(found)).replace("active-drug", "active drug")


def _notes(
    rows: Sequence[Row], pooled: Any, kind: str, base: KnowledgeBase | None
) -> Iterable[str]:
    """What stands beneath: how it was pooled, in spite of what, and what the marks mean."""
    if pooled is not None:
        from kb.rendering.tables.pooled import error_sources, heterogeneity

        yield f"Pooled: {pooled.method}. {heterogeneity(pooled)}."
        sources = list(error_sources(pooled))
        if sources:
            yield f"Standard errors {'; '.join(sources)}."
        if isfinite(pooled.prediction_low):
            yield "Grey bar: prediction interval, where a new trial may lie."
        for reason, sentence in pooled.accepted.items():
            yield f"Pooled in spite of {reason}: {sentence}."
    if kind == "ratio" and base is not None:
        higher = base.vocabulary.endpoints[rows[0].endpoint].better == "higher"
        side = "above" if higher and rows[0].measure != "hazard-ratio" else "below"
        yield f"A ratio {side} 1 is in favour of the regimen under Drugs."
    if any(row.events_source == "reconstructed" for row in rows):
        yield "* events reconstructed from the percent and n; the source prints no count."


def _short(text: str, most: int = LONGEST_CELL) -> str:
    """A cell of no more than `most` letters."""
    return text if len(text) <= most else text[: most - 1].rstrip(" +,") + "…"


def _row_line(row: Row, cells: tuple[str, ...], kind: str, largest: int) -> Line:
    def number(name: str) -> float | None:
        if kind == "time":
            found: float | None = getattr(row, f"{name}_months")
            return found
        text = getattr(row, name)
        return float(text) if text else None

    return Line(
        cells=cells,
        value=number("value"),
        low=number("low"),
        high=number("high"),
        text=numbers.estimate_text(row),
        weight=max(0.25, (row.n or largest * 0.4) / largest) if kind != "ratio" else 0.6,
        open_low=row.low_state in ("not-estimable", "not-given"),
        open_high=row.high_state in ("not-reached", "not-estimable", "not-given"),
    )


def _pooled_line(pooled: Any, blank: tuple[str, ...], kind: str, name: str) -> Line:
    from kb.rendering.tables.pooled import bounds, shown

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
