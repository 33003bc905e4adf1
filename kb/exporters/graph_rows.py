"""Selections and answers of the graph as flat rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kb.exporters.rows import Rows, listed
from kb.graphs.patients import largest_n
from kb.links import histologies_of, regimen_classes, treatment
from kb.rows.flat import joined

if TYPE_CHECKING:
    from kb.graphs.gaps import Gaps
    from kb.graphs.neighbours import Related, Reporting
    from kb.graphs.paths import Path, Side
    from kb.query.select import SelectedArm, Selection
    from kb.vocabulary import Vocabulary


def arm_rows(view: Selection) -> Rows:
    """The arms of a selection."""
    return listed(_arm(one, view.base.vocabulary) for one in view)


def _arm(one: SelectedArm, vocabulary: Vocabulary) -> dict[str, Any]:
    trial, arm_id = one.trial, one.arm_id
    population = trial.population_of(arm_id)
    return {
        "trial": trial.id,
        "acronym": trial.acronym or "",
        "registrations": joined(trial.registrations),
        "phase": trial.phase,
        "allocation": trial.design.allocation,
        "timing": trial.design.timing,
        "arm": arm_id,
        "name": one.arm.name,
        "role": one.arm.role or "",
        "part": one.arm.part or "",
        "line": (population.line if population else None) or "",
        "histologies": joined(histologies_of(trial, arm_id)),
        "drugs": treatment(trial, arm_id, vocabulary),
        "regimen_classes": joined(sorted(regimen_classes(trial, arm_id, vocabulary))),
        "n": largest_n(trial, arm_id),
        "reports": joined(trial.reports),
    }


def related_rows(view: Related) -> Rows:
    """The neighbours of a trial, one row per reason."""
    rows = (
        {
            "rank": rank,
            "trial": neighbour.trial,
            "acronym": view.base[neighbour.trial].acronym or "",
            "reason": reason.kind,
            "shared": joined(reason.shared),
            "message": reason.message,
        }
        for rank, neighbour in enumerate(view.neighbours, 1)
        for reason in neighbour.reasons
    )
    return listed(
        rows, ("rank", "trial", "acronym", "reason", "shared", "message"), trial=view.trial
    )


def reporting_rows(view: Reporting) -> Rows:
    """The arms that report an endpoint."""
    fields = ("trial", "arm", "treatment", "endpoint", "n", "reports")
    rows = (
        {
            "trial": one.trial,
            "arm": one.arm,
            "treatment": one.treatment,
            "endpoint": one.endpoint,
            "n": one.n,
            "reports": joined(one.reports),
        }
        for one in view.arms
    )
    return listed(rows, fields, endpoint=view.endpoint)


def path_rows(view: Path) -> Rows:
    """The steps between two regimens, one row per trial that makes one."""
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
            "endpoints": joined(sorted(head.endpoints)),
        }
        for route_number, route in enumerate(view.routes, 1)
        for step_number, step in enumerate(route, 1)
        for head in step.heads
    )
    return listed(
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


def gap_rows(view: Gaps) -> Rows:
    """The cells of the map of evidence."""
    fields = ("regimen_class", "endpoint", "trials", "patients", "trial_ids", "unsized")
    rows = (
        {
            "regimen_class": cell.regimen_class,
            "endpoint": cell.endpoint,
            "trials": len(cell.trials),
            "patients": cell.patients,
            "trial_ids": joined(cell.trials),
            "unsized": joined(cell.unsized),
        }
        for cell in view.cells
    )
    return listed(rows, fields)


def edge_rows(graph: Any) -> Rows:
    """The edges of a graph."""
    rows = (
        {"source": source, "relation": relation, "target": target}
        for source, target, relation in graph.edges(keys=True)
    )
    return listed(rows, ("source", "relation", "target"))
