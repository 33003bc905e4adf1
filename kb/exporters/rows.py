"""Views as flat rows: what CSV and JSON write."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.rendering.views import ROWS, called, shown_as, table_of
from kb.rows.harm import HARM_FIELDS
from kb.rows.row import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.comparison.changes import Diff
    from kb.comparison.compare import Comparison
    from kb.comparison.harms import Harms
    from kb.rendering.table import Table
    from kb.store.knowledge_base import KnowledgeBase
    from kb.tables.table import Table as OwnTable


class Rows(NamedTuple):
    """Rows with their fields in order, and what JSON writes beside them.

    `documents` is what JSON writes instead, where that is a list by itself or has another shape.
    """

    fields: tuple[str, ...]
    rows: list[dict[str, Any]]
    beside: dict[str, Any]
    documents: list[dict[str, Any]] | dict[str, Any] | None = None


def rows_of(view: Any) -> Rows:
    """The rows of any view; what has none of its own is taken as the table it is shown as."""
    shown = shown_as(view)
    home = f"{ROWS}.graph_rows:edge_rows" if is_graph(view) else shown.rows if shown else ""
    if home:
        made: Rows = called(home)(view)
        return made
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
    return listed((row.as_dict() for row in view.rows), FIELDS, caveats=_caveats(view))


def harm_rows(view: Harms) -> Rows:
    """The rows of harms, with their caveats beside them."""
    return listed((row.as_dict() for row in view.rows), HARM_FIELDS, caveats=_caveats(view))


def _caveats(view: Comparison | Harms) -> list[dict[str, Any]]:
    return [
        {"rule": one.rule, "rows": list(one.rows), "message": one.message} for one in view.caveats
    ]


def table_rows(view: OwnTable) -> Rows:
    """The rows of a reviewer's own table."""
    return listed((row.as_dict() for row in view.rows), FIELDS)


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
