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
from kb.cli.output import put, say, typed
from kb.cli.progress import working

if TYPE_CHECKING:
    from kb.audits.finding import Findings


class Severity(str, Enum):
    """From which severity on a finding counts as a failure."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@with_filters
def audit(
    context: typer.Context,
    *,
    table: Annotated[
        Path | None, typer.Option(help="A reviewer's own table (CSV) instead of the records.")
    ] = None,
    curve: Curve = None,
    at_risk: AtRisk = None,
    events: Events = None,
    median: MedianTime = None,
    rate: RateAt = None,
    hazard_ratio: HazardRatio = None,
    fail_on: Annotated[
        Severity, typer.Option(help="Exit 1 from this severity on.")
    ] = Severity.WARNING,
    records: Records = None,
    form: TableFormat = Format.TEXT,
    output: Output = None,
    criteria: dict[str, Any],
) -> None:
    """Say where a source does not agree with itself or with the other reports of its trial."""
    from kb.rendering.tables.findings import summary

    if table is not None and criteria:
        raise typer.BadParameter("filters select records; a table is audited whole")
    asked = Asked(curve, at_risk, events, median, rate, hazard_ratio)
    if asked.given:
        found = of_curves(asked, others=bool(table or criteria or typed(context, "records")))
    else:
        found = _of_records(records, criteria) if table is None else _of_table(table, records)
    put(found, form=form, output=output)
    say(summary(found))
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


def _of_table(table: Path, records: Path | None) -> Findings:
    from kb.audits import audit_table
    from kb.store.layout import find_root
    from kb.store.reader import read_vocabulary
    from kb.tables.file import read_table

    if not table.is_file():
        raise typer.BadParameter(f"there is no file {table}")
    vocabulary = read_vocabulary(find_root(records))[0]
    return audit_table(read_table(table), vocabulary=vocabulary)
