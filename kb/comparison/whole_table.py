"""A table where a comparison is wanted: that of its only endpoint and measure."""

from __future__ import annotations

from kb.comparison.compare import Comparison, compare
from kb.tables.table import Table


def comparison_of(view: Comparison | Table) -> Comparison:
    """The comparison of a table of one endpoint and one measure; a comparison as it is.

    ValueError names the endpoints and measures of a table that has several, or none.
    """
    if not isinstance(view, Table):
        return view
    endpoints = dict.fromkeys(row.endpoint for row in view if row.endpoint)
    measures = dict.fromkeys(row.measure for row in view)
    if len(endpoints) != 1 or len(measures) != 1:
        listed = f"{', '.join(endpoints) or 'no endpoint'} as {', '.join(measures) or 'nothing'}"
        raise ValueError(f"the table holds {listed}: choose one with kb.compare(table, endpoint)")
    return compare(view, next(iter(endpoints)), measure=next(iter(measures)))
