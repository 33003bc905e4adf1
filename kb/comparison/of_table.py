"""A reviewer's own table as a comparison, to be pooled, drawn or put into a network."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kb.comparison.compare import Comparison
from kb.rows.intervals import with_interval
from kb.rows.units import significant
from kb.stats.proportions.counts import reconstruct_counts
from kb.store.knowledge_base import KnowledgeBase
from kb.store.reading import Reading
from kb.tables.rows import nearest_vocabulary, read_table, table_rows

if TYPE_CHECKING:
    import os

    from kb.rows.row import Row


def comparison_of(path: str | os.PathLike[str], endpoint: str, measure: str) -> Comparison:
    """The rows of one endpoint and measure of a CSV table, as `compare` would give them.

    A row without a study is a study of its own, `row 3`; its arm stands where records have drugs.
    A row with `versus` is taken as a contrast of arms that were randomised against each other. A
    percent without a count gets the only count that fits it. Columns as for `audit_table`;
    ValueError names the row and the column of what cannot be read.
    """
    vocabulary = nearest_vocabulary()
    wanted = vocabulary.resolve("endpoint", endpoint)
    rows = [
        _completed(row)
        for row in table_rows(read_table(path), vocabulary)
        if row.endpoint in (wanted, "") and row.measure == measure
    ]
    reading = Reading(Path(path), str(path), vocabulary, {}, {}, [])
    return Comparison(KnowledgeBase(reading), (wanted,), tuple(rows), ())


def _completed(row: Row) -> Row:
    row = replace(row, trial=row.trial or f"row {row.address}", drugs=row.arm)
    if row.versus:
        return replace(row, contrast_kind="randomised")
    found, n = row, row.n
    if row.measure == "proportion" and n:
        counts = reconstruct_counts(row.value, n) if row.value and row.events is None else []
        if len(counts) == 1:
            found = replace(row, events=counts[0], events_source="reconstructed")
        elif row.events is not None and not row.value:
            percent = significant(100 * row.events / n)
            found = replace(row, value=percent, value_source="computed")
    return with_interval(found, interval="reported", method="clopper-pearson", level=95)
