"""`kb audit`: what does not fit in the sources, in a table of one's own, or in a curve."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli.curve import (
    Asked,
    AtRisk,
    Curve,
    Events,
    HazardRatio,
    MedianTime,
    RateAt,
    of_curves,
)
from kb.cli.options import Format, Output, Records, TableFormat, with_filters
from kb.cli.output import chosen, put, refuse, say, typed
from kb.cli.progress import working
from kb.cli.tables import OwnTable, with_table

if TYPE_CHECKING:
    from kb.audits.finding import Findings


class Severity(str, Enum):
    """From which severity on a finding counts as a failure."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@with_filters
@with_table
def audit(
    context: typer.Context,
    *,
    table: OwnTable | None = None,
    curve: Curve = None,
    at_risk: AtRisk = None,
    events: Events = None,
    median: MedianTime = None,
    rate: RateAt = None,
    hazard_ratio: HazardRatio = None,
    fail_on: Annotated[
        Severity, typer.Option(help="Exit 1 from this severity on.")
    ] = Severity.WARNING,
    summary: Annotated[
        bool, typer.Option("--summary", help="JSON with what was looked at; text always says it.")
    ] = False,
    acknowledged: Annotated[
        bool,
        typer.Option("--acknowledged", help="The findings that records silence, with the reasons."),
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="What each column of the table is taken for, alone.")
    ] = False,
    records: Records = None,
    form: TableFormat = Format.TEXT,
    output: Output = None,
    criteria: dict[str, Any],
) -> None:
    """Say where a source does not agree with itself or with the other reports of its trial."""
    from kb.audits import audit_table
    from kb.audits.finding import Audited
    from kb.rendering.tables.findings import summary as counted
    from kb.tables.explanation import explain as explained

    if table is not None and criteria:
        raise typer.BadParameter("filters select records; a table is audited whole")
    if table is not None:
        refuse(acknowledged, "--acknowledged", "a record acknowledges findings; a table cannot")
    else:
        refuse(explain, "--explain", "it is of a table: give --table")
    if chosen(form, output) is Format.CSV:
        refuse(summary, "--summary", "CSV is the list of findings alone; choose json")
    asked = Asked(curve, at_risk, events, median, rate, hazard_ratio)
    if asked.given:
        found = of_curves(asked, others=bool(table or criteria or typed(context, "records")))
    elif table is None:
        found = _of_records(records, criteria)
    else:
        own = table.read(records)
        if explain:
            put(explained(own.sheet, own.plan), form=form, output=output)
            return
        found = audit_table(own)
    if acknowledged:
        put(found.acknowledged, form=form, output=output)
        say(f"acknowledged: {counted(found.acknowledged)}")
        return
    put(Audited(found) if summary else found, form=form, output=output)
    say(counted(found, own=table is not None))
    severities = [severity.value for severity in Severity]
    failing = severities[: severities.index(fail_on.value) + 1]
    raise typer.Exit(1 if any(one.severity in failing for one in found) else 0)


def _of_records(records: Path | None, criteria: dict[str, Any]) -> Findings:
    from kb.audits import audit as findings
    from kb.cli.output import base_at, leave_if_empty
    from kb.query.select import select
    from kb.sentences import count

    base = base_at(records)
    chosen = select(base, **criteria)
    if not chosen.arms:
        from kb.comparison.emptiness import no_arm

        leave_if_empty(chosen.arms, no_arm(base, criteria))
    with working(f"auditing {count(len(chosen.trials), 'trial')}"):
        return findings(base, **criteria)
