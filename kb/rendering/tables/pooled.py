"""Pooled estimates and their alternatives as tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kb.printed.measure import FRACTION, PROPORTION
from kb.rendering.table import Column, Note, Section, Table
from kb.rendering.tables.comparison import source
from kb.rendering.tables.set_aside import by_report
from kb.rendering.words import numbers
from kb.rendering.words.estimates import bounds, heterogeneity, shown
from kb.rows.labels import labels
from kb.synthesis.carried import carried
from kb.synthesis.effect_sizes import error_sources
from kb.vocabulary.kinds import abbreviated
from kb.vocabulary.treatment_ids import spaced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.rows.row import Row
    from kb.stats.pooling.multiverse import Variant
    from kb.synthesis.alternatives import Alternatives
    from kb.synthesis.network import NetworkComparison
    from kb.synthesis.pool import PooledComparison


def pooled_table(view: PooledComparison) -> Table:
    """The rows, the pooled line, its groups or sensitivity, and everything that was assumed."""
    columns = (
        Column("Trial", yields=4, way="apart"),
        Column("Drugs", yields=2, way="under", least=20),
        Column("Line", yields=3, way="under"),
        Column("Events / n", "right"),
        Column("Estimate", "right"),
        Column(f"{view.level:g}% interval", "right"),
        Column("Report", yields=1),
    )
    vocabulary = view.comparison.base.vocabulary if view.comparison is not None else None
    named = zip(view.rows, labels(view.rows, vocabulary), strict=True)
    lines = tuple(_row_line(row, name, view) for row, name in named)
    total = (
        f"Pooled, k = {view.k}",
        "",
        "",
        _total(view.rows) if view.scale == FRACTION else "",
        shown(view.value, view.measure, view.scale),
        bounds(view.low, view.high, view.measure, view.scale),
        "",
    )
    sections = [Section("", lines), Section("Pooled", (total,))]
    single = view.single
    if view.parts:
        more = tuple(
            (
                part.label,
                "",
                "",
                f"k = {part.k}",
                "one trial"
                if part.label in single
                else shown(part.value, view.measure, view.scale),
                ""
                if part.label in single
                else bounds(part.low, part.high, view.measure, view.scale),
                "",
            )
            for part in view.parts
        )
        sections.append(Section(view.parts_are, more))
    name = abbreviated(view.endpoint)
    if view.comparison is not None:
        name = view.comparison.base.vocabulary.name("endpoint", view.endpoint)
    return Table(f"{name}, pooled", columns, tuple(sections), tuple(_pooled_notes(view)))


def _row_line(row: Row, name: str, view: PooledComparison) -> tuple[str, ...]:
    interval = numbers.bounds_text(row)
    if interval and row.level != view.level:
        level = f"{row.level:g}%" if row.level is not None else numbers.NO_LEVEL
        interval += f" ({level})"
    count = numbers.count_text(row) if view.scale == FRACTION else ""
    return (
        name,
        spaced(row.drugs),
        row.line.replace("-", " ") or "not stated",
        count,
        numbers.value_text(row),
        interval or "–",
        source(row),
    )


def _total(rows: tuple[Row, ...]) -> str:
    return f"{sum(row.events or 0 for row in rows)}/{sum(row.n or 0 for row in rows)}"


def _pooled_notes(view: PooledComparison) -> list[Note]:
    prediction = bounds(view.prediction_low, view.prediction_high, view.measure, view.scale)
    lines = (view.method, heterogeneity(view), f"prediction interval {prediction}")
    notes = [Note("Method", lines)]
    errors = tuple(error_sources(view.rows))
    if errors:
        notes.append(Note("Standard errors", errors))
    if view.notes:
        notes.append(Note("Notes", tuple(view.notes)))
    notes += accepted_notes(view)
    caveats = tuple(f"{one.rule}: {one.message}" for one in carried(view))
    if caveats:
        notes.append(Note("Caveats", caveats))
    aside = by_report((one.row.address, one.why) for one in view.rows_set_aside)
    aside += list(view.set_aside)
    if aside:
        notes.append(Note("Set aside", tuple(aside)))
    return notes


def accepted_notes(view: PooledComparison | NetworkComparison) -> list[Note]:
    """The reasons of the gate that somebody accepted, which every output of a view carries."""
    if not view.accepted:
        return []
    lines = tuple(f"{reason}: {sentence}" for reason, sentence in view.accepted.items())
    return [Note("Accepted in spite of", lines)]


def alternatives_table(view: Alternatives) -> Table:
    """What every reasonable model gives for rows that were pooled, and whose default each is."""
    return replace(variants_table(view.variants), notes=tuple(accepted_notes(view.pooled)))


def variants_table(variants: Iterable[Variant]) -> Table:
    """What every reasonable model gives for the same counts, and whose default each is."""
    lines = [
        (
            one.method,
            one.model,
            one.tau2 or numbers.UNKNOWN,
            one.adjust,
            shown(one.pooled.value, PROPORTION, FRACTION),
            bounds(one.pooled.low, one.pooled.high, PROPORTION, FRACTION),
            bounds(one.pooled.prediction_low, one.pooled.prediction_high, PROPORTION, FRACTION),
            ", ".join(one.default_of),
        )
        for one in variants
    ]
    levels = {one.pooled.level for one in variants}
    interval = f"{min(levels):g}% interval" if len(levels) == 1 else "Interval"
    return Table.plain(
        "What every reasonable model gives",
        (
            "Method",
            "Model",
            "tau²",
            "Interval",
            "Pooled",
            interval,
            "Prediction",
            Column("Default of", yields=1, way="under"),
        ),
        lines,
        right=("Pooled", interval, "Prediction"),
    )
