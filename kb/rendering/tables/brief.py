"""A comparison in brief: one line a number, nothing folded into it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kb.rendering.table import Column, Table
from kb.rendering.tables import beside
from kb.rendering.tables.comparison import interval_of, notes_of, source, title_of, value_of
from kb.rendering.words import numbers
from kb.rendering.words.trials import narrowing
from kb.rows.labels import labels
from kb.vocabulary.kinds import abbreviated

if TYPE_CHECKING:
    from kb.comparison.compare import Comparison


def table_of(comparison: Comparison) -> Table:
    """Trial, arm, n, value, interval, report; the endpoint where there are several."""
    level = numbers.shared_level(comparison.rows)
    several = len(comparison.endpoints) > 1
    names = labels(comparison.rows, comparison.base.vocabulary)
    lines = []
    for row, name in zip(comparison.rows, names, strict=True):
        lines.append(
            (
                beside.label(comparison.base, row) or name,
                " and ".join(row.arms),
                *([abbreviated(row.endpoint)] if several else []),
                str(row.n) if row.n is not None else "–",
                value_of(row),
                interval_of(row, level),
                source(row),
            )
        )
    columns = (
        Column("Trial", yields=2, way="apart"),
        Column("Arm", yields=3, way="apart"),
        *([Column("Endpoint")] if several else []),
        Column("n", "right"),
        Column("Value", keep=True),
        Column(numbers.interval_heading(level)),
        Column("Report", yields=1),
    )
    notes = tuple(notes_of(comparison))
    table = Table.plain(title_of(comparison), columns, lines, notes)
    return replace(table, hint=narrowing(len({row.trial for row in comparison.answers})))
