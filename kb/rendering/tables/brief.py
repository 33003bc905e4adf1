"""A comparison in brief: one line a number, nothing folded into it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kb.rendering.table import Column, Table
from kb.rendering.tables import beside
from kb.rendering.tables.comparison import interval_of, notes_of, source, title_of, value_of
from kb.rendering.words import numbers
from kb.rendering.words.lines import width
from kb.rendering.words.trials import narrowing
from kb.rows.labels import labels
from kb.rows.sums import lower_bound
from kb.vocabulary.kinds import abbreviated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.comparison.compare import Comparison
    from kb.rows.row import Row

OF_WORDS: Final = 10
"""How many columns are kept for what a number is: `at 12 wk: `."""


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
                _value(row),
                interval_of(row, level).replace("% CI)", "%)"),
                source(row),
            )
        )
    columns = (
        Column("Trial", yields=2, way="short", keep=True),
        Column("Arm", yields=4, way="short", keep=True),
        *([Column("Endpoint")] if several else []),
        Column("n", "right"),
        Column("Value", yields=3, way="short", keep=True, least=_least(lines, -3)),
        Column(numbers.interval_heading(level), keep=True),
        Column("Report", yields=1),
    )
    notes = tuple(notes_of(comparison))
    table = Table.plain(title_of(comparison), columns, lines, notes)
    return replace(table, hint=narrowing(len({row.trial for row in comparison.answers})))


def _value(row: Row) -> str:
    """What the number is, a colon, the number: a lower bound says first what is not printed."""
    least, _, why = numbers.bound_text(row).partition(": ") if lower_bound(row) else ("", "", "")
    if not least:
        return value_of(row)
    return f"{', '.join(filter(None, (numbers.label_text(row), why)))}: {least}"


def _least(lines: Sequence[tuple[str, ...]], place: int) -> int:
    """The columns of the longest number, and some for what stands before it."""
    cells = [line[place].rpartition(": ") for line in lines]
    return max(
        (width(tail) + min(width(head + colon), OF_WORDS) for head, colon, tail in cells), default=0
    )
