"""Views as flat rows: what CSV and JSON write."""

from __future__ import annotations

from dataclasses import asdict
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kb.rows.row import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kb.comparison.changes import Diff
    from kb.comparison.compare import Comparison
    from kb.rendering.table import Table
    from kb.store.knowledge_base import KnowledgeBase

HOMES: Final = {
    "kb.store.knowledge_base.KnowledgeBase": "kb.exporters.rows:base_rows",
    "kb.comparison.compare.Comparison": "kb.exporters.rows:comparison_rows",
    "kb.comparison.changes.Diff": "kb.exporters.rows:change_rows",
    "kb.synthesis.pool.PooledComparison": "kb.exporters.rows:pooled_rows",
    "kb.synthesis.network.NetworkComparison": "kb.exporters.rows:network_rows",
    "kb.query.select.Selection": "kb.exporters.graph_rows:arm_rows",
    "kb.graphs.neighbours.Related": "kb.exporters.graph_rows:related_rows",
    "kb.graphs.neighbours.Reporting": "kb.exporters.graph_rows:reporting_rows",
    "kb.graphs.paths.Path": "kb.exporters.graph_rows:path_rows",
    "kb.graphs.gaps.Gaps": "kb.exporters.graph_rows:gap_rows",
}
"""Each view by its full name, so that writing one loads nothing for the others."""


class Rows(NamedTuple):
    """Rows with their fields in order, and what JSON writes beside them."""

    fields: tuple[str, ...]
    rows: list[dict[str, Any]]
    beside: dict[str, Any]


def rows_of(view: Any) -> Rows:
    """The rows of any view; what has none of its own is taken as the table it is shown as."""
    kind = type(view)
    home = HOMES.get(f"{kind.__module__}.{kind.__qualname__}")
    if home is None and is_graph(view):
        home = "kb.exporters.graph_rows:edge_rows"
    if home is not None:
        module, _, name = home.partition(":")
        make: Callable[[Any], Rows] = getattr(import_module(module), name)
        return make(view)
    from kb.rendering.views import table_of

    return _table(table_of(view))


def is_graph(view: Any) -> bool:
    """Whether a view is a graph of networkx; asked without importing it."""
    return hasattr(view, "is_multigraph")


def listed(rows: Iterable[dict[str, Any]], fields: tuple[str, ...] = (), **beside: Any) -> Rows:
    """Rows with these fields, or those of the first row, and what stands beside them."""
    found = list(rows)
    return Rows(fields or tuple(found[0] if found else ()), found, beside)


def base_rows(base: KnowledgeBase) -> Rows:
    """Every printed number of a base."""
    from kb.exporters.estimates import estimates

    return comparison_rows(estimates(base))


def comparison_rows(view: Comparison) -> Rows:
    """The rows of a comparison, with its caveats beside them."""
    caveats = [
        {"rule": one.rule, "rows": list(one.rows), "message": one.message} for one in view.caveats
    ]
    return listed((row.as_dict() for row in view.rows), FIELDS, caveats=caveats)


def change_rows(view: Diff) -> Rows:
    """The changes from one base to another."""
    return listed(map(asdict, view.changes), ("address", "kind", "field", "old", "new"))


def pooled_rows(view: Any) -> Rows:
    """The rows that were pooled, and the estimate beside them."""
    from kb.exporters import pooled

    return Rows(FIELDS, [row.as_dict() for row in view.rows], pooled.pooled(view))


def network_rows(view: Any) -> Rows:
    """The contrasts of a network, and its estimates beside them."""
    from kb.exporters import pooled

    return Rows(FIELDS, [one.row.as_dict() for one in view.contrasts], pooled.network(view))


def _table(table: Table) -> Rows:
    headings = [
        column.heading or f"column {index}" for index, column in enumerate(table.columns, 1)
    ]
    sectioned = any(section.heading for section in table.sections)
    rows = (
        {
            **({"section": section.heading} if sectioned else {}),
            **dict(zip(headings, line, strict=True)),
        }
        for section in table.sections
        for line in section.lines
    )
    fields = (*(("section",) if sectioned else ()), *headings)
    notes = {note.heading: list(note.lines) for note in table.notes}
    return listed(rows, fields, title=table.title, notes=notes)
