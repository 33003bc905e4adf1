"""Views as flat rows: what CSV and JSON write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kb.comparison.result import Comparison
from kb.comparison.row import FIELDS
from kb.exporters.estimates import estimates
from kb.graphs.gaps import Gaps
from kb.graphs.neighbours import Related, Reporting
from kb.graphs.paths import Path
from kb.graphs.patients import largest_n
from kb.links import histologies_of, regimen_classes, treatment
from kb.query.select import Selection
from kb.store.knowledge_base import KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.graphs.paths import Side
    from kb.query.select import SelectedArm
    from kb.rendering.table import Table
    from kb.vocabulary import Vocabulary


class Rows(NamedTuple):
    """Rows with their fields in order, and what JSON writes beside them."""

    fields: tuple[str, ...]
    rows: list[dict[str, Any]]
    beside: dict[str, Any]


def rows_of(view: Any) -> Rows:
    """The rows of any view; what has none of its own is taken as the table it is shown as."""
    if isinstance(view, KnowledgeBase):
        view = estimates(view)
    if isinstance(view, Comparison):
        return _comparison(view)
    if isinstance(view, Selection):
        return _rows(_arm(one, view.base.vocabulary) for one in view)
    if isinstance(view, Related):
        return _related(view)
    if isinstance(view, Reporting):
        return _reporting(view)
    if isinstance(view, Path):
        return _path(view)
    if type(view).__name__ in ("PooledComparison", "NetworkComparison"):
        return _pooled(view)
    if isinstance(view, Gaps):
        return _gaps(view)
    if is_graph(view):
        return _edges(view)
    from kb.rendering.views import table_of

    return _table(table_of(view))


def is_graph(view: Any) -> bool:
    """Whether a view is a graph of networkx; asked without importing it."""
    return hasattr(view, "is_multigraph")


def _rows(rows: Iterable[dict[str, Any]], fields: tuple[str, ...] = (), **beside: Any) -> Rows:
    listed = list(rows)
    return Rows(fields or tuple(listed[0] if listed else ()), listed, beside)


def _pooled(view: Any) -> Rows:
    """The rows that were pooled, and the estimate beside them."""
    from kb.exporters import pooled

    if type(view).__name__ == "PooledComparison":
        return Rows(FIELDS, [row.as_dict() for row in view.rows], pooled.pooled(view))
    rows = [one.row.as_dict() for one in view.contrasts]
    return Rows(FIELDS, rows, pooled.network(view))


def _comparison(view: Comparison) -> Rows:
    caveats = [
        {"rule": one.rule, "rows": list(one.rows), "message": one.message} for one in view.caveats
    ]
    return _rows((row.as_dict() for row in view.rows), FIELDS, caveats=caveats)


def _arm(one: SelectedArm, vocabulary: Vocabulary) -> dict[str, Any]:
    trial, arm_id = one.trial, one.arm_id
    population = trial.population_of(arm_id)
    return {
        "trial": trial.id,
        "acronym": trial.acronym or "",
        "registrations": ";".join(trial.registrations),
        "phase": trial.phase,
        "allocation": trial.design.allocation,
        "timing": trial.design.timing,
        "arm": arm_id,
        "name": one.arm.name,
        "role": one.arm.role or "",
        "part": one.arm.part or "",
        "line": (population.line if population else None) or "",
        "histologies": ";".join(histologies_of(trial, arm_id)),
        "drugs": treatment(trial, arm_id, vocabulary),
        "regimen_classes": ";".join(sorted(regimen_classes(trial, arm_id, vocabulary))),
        "n": largest_n(trial, arm_id),
        "reports": ";".join(trial.reports),
    }


def _related(view: Related) -> Rows:
    rows = (
        {
            "rank": rank,
            "trial": neighbour.trial,
            "acronym": view.base[neighbour.trial].acronym or "",
            "reason": reason.kind,
            "shared": ";".join(reason.shared),
            "message": reason.message,
        }
        for rank, neighbour in enumerate(view.neighbours, 1)
        for reason in neighbour.reasons
    )
    return _rows(
        rows, ("rank", "trial", "acronym", "reason", "shared", "message"), trial=view.trial
    )


def _reporting(view: Reporting) -> Rows:
    fields = ("trial", "arm", "treatment", "endpoint", "n", "reports")
    rows = (
        {
            "trial": one.trial,
            "arm": one.arm,
            "treatment": one.treatment,
            "endpoint": one.endpoint,
            "n": one.n,
            "reports": ";".join(one.reports),
        }
        for one in view.arms
    )
    return _rows(rows, fields, endpoint=view.endpoint)


def _path(view: Path) -> Rows:
    fields = ("route", "step", "start", "end", "trial", "arm", "versus", "endpoints")
    rows = (
        {
            "route": route_number,
            "step": step_number,
            "start": step.start,
            "end": step.end,
            "trial": head.trial,
            "arm": head.arm,
            "versus": head.versus,
            "endpoints": ";".join(sorted(head.endpoints)),
        }
        for route_number, route in enumerate(view.routes, 1)
        for step_number, step in enumerate(route, 1)
        for head in step.heads
    )
    return _rows(
        rows,
        fields,
        connection=view.connection,
        a=_side(view.a),
        b=_side(view.b),
        shared_comparators=list(view.shared_comparators),
        endpoint=view.endpoint,
    )


def _side(side: Side) -> dict[str, Any]:
    return {
        "regimen": side.asked,
        "treatments": list(side.treatments),
        "arms": list(side.arms),
        "compared_with": list(side.compared_with),
        "reachable": list(side.reachable),
    }


def _gaps(view: Gaps) -> Rows:
    fields = ("regimen_class", "endpoint", "trials", "patients", "trial_ids", "unsized")
    rows = (
        {
            "regimen_class": cell.regimen_class,
            "endpoint": cell.endpoint,
            "trials": len(cell.trials),
            "patients": cell.patients,
            "trial_ids": ";".join(cell.trials),
            "unsized": ";".join(cell.unsized),
        }
        for cell in view.cells
    )
    return _rows(rows, fields)


def _edges(graph: Any) -> Rows:
    rows = (
        {"source": source, "relation": relation, "target": target}
        for source, target, relation in graph.edges(keys=True)
    )
    return _rows(rows, ("source", "relation", "target"))


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
    return _rows(rows, fields, title=table.title, notes=notes)
