"""Forest plots: a comparison or a pooled estimate as a figure, with record fields as columns.

Needs the extra `plots` (matplotlib). The suffix of the path decides: SVG, PNG or PDF.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from kb.printed.measure import MEASURES, TIME
from kb.printed.state import NOT_ESTIMABLE, NOT_GIVEN
from kb.rendering.figures.forest_drawing import Axis, Line, draw
from kb.rendering.figures.forest_fields import HEADINGS, field, short, words
from kb.rendering.figures.page import figure_path
from kb.rendering.words import numbers
from kb.rendering.words.estimates import bounds, heterogeneity, natural, shown
from kb.rows.identity import arm_of
from kb.rows.labels import group_name, labels, part_of, tails
from kb.sentences import named
from kb.synthesis.effect_sizes import error_sources

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kb.rows.row import Row
    from kb.stats.results import Pooled
    from kb.store.knowledge_base import KnowledgeBase
    from kb.synthesis.pool import PooledComparison

LONGEST_LABEL: Final = 62
DEFAULT_COLUMNS: Final = {
    "percent": ("label", "drugs", "count"),
    "time": ("label", "drugs", "n"),
    "ratio": ("label", "drugs", "versus"),
    "difference": ("label", "drugs", "versus"),
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
    Raises ValueError for another view, several endpoints or unknown columns, UnknownFormatError for
    a suffix nobody writes, and MissingExtraError without matplotlib. Returns the path.
    """
    from kb.comparison.compare import Comparison
    from kb.synthesis.pool import PooledComparison

    target = figure_path(path)
    if not isinstance(view, (Comparison, PooledComparison)):
        raise ValueError(  # noqa: TRY004  (of the views, two can be drawn so)
            f"a forest plot is of a comparison or a pooled estimate, not of a {type(view).__name__}"
        )
    pooled = view if isinstance(view, PooledComparison) else None
    comparison = view.comparison if isinstance(view, PooledComparison) else view
    base = comparison.base if comparison is not None else None
    axis = _axis(view.rows)
    drawn = _Forest(
        view.rows, pooled, axis, base, tuple(columns) or _suitable(axis.kind, view.rows), by
    )
    endpoint = view.rows[0].endpoint
    name = base.vocabulary.name("endpoint", endpoint) if base is not None else endpoint
    draw(list(drawn.lines()), drawn.headings(), axis, title or name, list(drawn.notes()), target)
    return target


def _axis(rows: Sequence[Row]) -> Axis:
    """The axis that all rows share; ValueError where they share none."""
    kinds = {(row.endpoint, row.kind.kind, row.kind.null, row.kind.unit) for row in rows}
    if len(kinds) != 1:
        raise ValueError("a forest plot shows one endpoint and one kind of measure")
    _, kind, null, unit = kinds.pop()
    if not kind:
        raise ValueError(f"a {rows[0].kind.name} has no scale to be drawn on")
    return Axis(kind, null, unit)


def _suitable(kind: str, rows: Sequence[Row]) -> tuple[str, ...]:
    """The columns of a kind of measure, without a count where no row has one."""
    counted = any(row.events is not None for row in rows)
    return tuple(one for one in DEFAULT_COLUMNS[kind] if counted or one != "count")


@dataclass(frozen=True, slots=True)
class _Forest:
    """What is drawn: rows with what was pooled of them, an axis, columns, and how rows are grouped.

    The words of a base are there for rows of records; those of a table have none.
    """

    rows: Sequence[Row]
    pooled: PooledComparison | None
    axis: Axis
    base: KnowledgeBase | None
    columns: tuple[str, ...]
    by: str | None

    def headings(self) -> list[str]:
        """The heading of each column, then that of the estimates, with the level that all have."""
        levels = {row.level for row in self.rows if row.interval_source}
        if self.pooled is not None:
            levels.add(self.pooled.level)
        level = levels.pop() if len(levels) == 1 else None
        names = [HEADINGS.get(one, one.replace("_", " ")) for one in self.columns]
        return [*names, f"Estimate ({numbers.interval_heading(level)})"]

    def lines(self) -> Iterator[Line]:
        """The rows group by group, each named among those it stands with, and what was pooled."""
        grouped, parts = self.by, {}
        if self.pooled is not None and self.pooled.parts_are.startswith("by "):
            grouped = grouped or self.pooled.parts_are[3:].partition(":")[0]
            single = self.pooled.single  # one trial has no subtotal
            parts = {part.label: part for part in self.pooled.parts if part.label not in single}
        groups: dict[str, list[Row]] = {}
        for row in _nested(self.rows):
            name = group_name(field(row, grouped)) if grouped else ""
            groups.setdefault(name, []).append(row)
        blank = ("",) * (len(self.columns) - 1)
        for name, own in groups.items():
            if grouped:
                heading = HEADINGS.get(grouped, grouped.replace("_", " "))
                yield Line((f"{heading}: {words(name, grouped)}", *blank), kind="heading")
            largest = max((row.n or 0 for row in own), default=0) or 1
            for row, cells in zip(own, self.cells(own), strict=True):
                yield self.row_line(row, cells, largest)
            if name in parts:
                part = parts[name]
                yield self.pooled_line(part, blank, f"Subtotal, k = {part.k}")
        if self.pooled is not None:
            yield self.pooled_line(self.pooled, blank, f"Pooled, k = {self.pooled.k}")

    def cells(self, rows: Sequence[Row]) -> Iterator[tuple[str, ...]]:
        """The cells of rows that stand together; a part beneath its whole is not named by trial."""
        vocabulary = self.base.vocabulary if self.base is not None else None
        wholes = {arm_of(row) for row in rows if not row.subgroup}
        for row, name, tail in zip(rows, labels(rows, vocabulary), tails(rows), strict=True):
            beneath = row.subgroup and arm_of(row) in wholes
            label = f"    {part_of(row, vocabulary)}{tail}" if beneath else name
            yield tuple(
                short(f"{label}{_when(row)}", LONGEST_LABEL)
                if column == "label"
                else self.cell(row, column)
                for column in self.columns
            )

    def cell(self, row: Row, column: str) -> str:
        """One field of a row in words."""
        if column == "count":
            return numbers.count_text(row).rstrip()
        known = self.base is not None and row.trial in self.base
        if column == "drugs":
            drugs = ", ".join(one.replace("+", " + ") for one in row.treatments)
            return short(drugs or ("no active drug" if known else ""))
        if column == "versus" and row.versus and self.base is not None and known:
            return short(_treatments(self.base, row).replace("+", " + ").replace("no-", "no "))
        return short(words(field(row, column), column))

    def row_line(self, row: Row, cells: tuple[str, ...], largest: int) -> Line:
        """One row as it is drawn: its numbers on the axis, and its estimate in words."""

        def number(name: str) -> float | None:
            if row.kind.unit == TIME:
                found: float | None = getattr(row, f"{name}_months")
                return found
            text = getattr(row, name)
            return float(text) if text else None

        counted = self.axis.kind in ("percent", "time")
        return Line(
            cells=cells,
            value=number("value"),
            low=number("low"),
            high=number("high"),
            text=numbers.estimate_text(row),
            weight=max(0.25, (row.n or largest * 0.4) / largest) if counted else 0.6,
            open_low=row.low_state in (NOT_ESTIMABLE, NOT_GIVEN),
            open_high=bool(row.high_state),
        )

    def pooled_line(self, pooled: Pooled, blank: tuple[str, ...], name: str) -> Line:
        """A diamond: a pooled estimate of all rows or of a group."""
        assert self.pooled is not None
        measure, scale = self.pooled.measure, self.pooled.scale

        def drawn(value: float) -> float | None:
            found = natural(value, scale)
            return found if isfinite(found) else None

        low, high = drawn(pooled.prediction_low), drawn(pooled.prediction_high)
        interval = bounds(pooled.low, pooled.high, measure, scale)
        heading = numbers.interval_heading(pooled.level)
        return Line(
            cells=(name, *blank),
            value=drawn(pooled.value),
            low=drawn(pooled.low),
            high=drawn(pooled.high),
            text=f"{shown(pooled.value, measure, scale)} ({heading}, {interval})",
            kind="pooled",
            prediction=(low, high) if low is not None and high is not None else None,
        )

    def notes(self) -> Iterator[str]:
        """What stands beneath: how it was pooled, in spite of what, and what the marks mean."""
        if self.pooled is not None:
            yield f"Pooled: {self.pooled.method}. {heterogeneity(self.pooled)}."
            sources = list(error_sources(self.pooled.rows))
            if sources:
                yield f"Standard errors {'; '.join(sources)}."
            if isfinite(self.pooled.prediction_low):
                yield "Grey bar: prediction interval, where a new trial may lie."
            for reason, sentence in self.pooled.accepted.items():
                yield f"Pooled in spite of {reason}: {sentence}."
        if self.base is not None and self.axis.null is not None:
            better = self.base.vocabulary.endpoints[self.rows[0].endpoint].better
            yield from favours(self.rows, better)
        if any(row.events_source == "reconstructed" for row in self.rows):
            yield "* events reconstructed from the percent and n; the source prints no count."


def favours(rows: Sequence[Row], endpoint_better: str) -> Iterator[str]:
    """Which side of no effect is in favour, of contrasts that are treatment effects; of no others.

    `endpoint_better` is what the vocabulary says of more of the endpoint.
    """
    effects = [row for row in rows if row.contrast_kind == "randomised"]
    others = [row for row in rows if row.is_contrast and row.contrast_kind != "randomised"]
    for measure in dict.fromkeys(row.measure for row in effects):
        known = MEASURES[measure]
        better = known.better(endpoint_better)
        if better:
            side = "above" if better == "higher" else "below"
            article = "An" if known.name[0] in "aeiou" else "A"
            yield (
                f"{article} {known.name} {side} {known.null:g} is in favour of the regimen "
                "under Drugs."
            )
    if others:
        kinds = " and ".join(dict.fromkeys(row.contrast_kind for row in others))
        trials = named(row.trial for row in others)
        yield f"No treatment effect, and in favour of nothing: {kinds} contrasts ({trials})."


def _nested(rows: Sequence[Row]) -> list[Row]:
    """Rows with the whole of each arm before its subgroups, trials and arms in their order."""
    order = {key: place for place, key in enumerate(dict.fromkeys(map(arm_of, rows)))}
    return sorted(rows, key=lambda row: (order[arm_of(row)], bool(row.subgroup)))


def _when(row: Row) -> str:
    """The time and the definition of a rate, which one figure may hold several of."""
    said = "" if row.is_contrast else numbers.label_text(replace(row, id=""))
    return f", {said}" if said else ""


def _treatments(base: KnowledgeBase, row: Row) -> str:
    from kb.links import treatment_id

    trial = base[row.trial]
    found = (treatment_id(trial, arm, base.vocabulary) for arm in row.versus_arms)
    return ", ".join(dict.fromkeys(found)).replace("active-drug", "active drug")
