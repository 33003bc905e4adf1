"""`kb harms`: adverse events side by side."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kb.cli.asked import with_trials
from kb.cli.options import Format, Output, Records, TableFormat, with_filters
from kb.cli.output import base_at, leave_if_empty, put


@with_filters
def harms(
    trials: Annotated[list[str] | None, typer.Argument(help="Trials; none: all.")] = None,
    *,
    event: Annotated[
        list[str] | None,
        typer.Option(help="neutropenia, any, death, discontinuation, serious …", metavar="WORD"),
    ] = None,
    grade: Annotated[
        list[str] | None,
        typer.Option(help="3-4, '>=3', 3+, 5, any or not-stated.", metavar="GRADE"),
    ] = None,
    reports: Annotated[str, typer.Option(help="latest or all.")] = "latest",
    records: Records = None,
    form: TableFormat = Format.TEXT,
    output: Output = None,
    criteria: dict[str, Any],
) -> None:
    """Show adverse events with grade, attribution and denominator, and what makes them unlike."""
    from kb.comparison.harms import harms as found_in

    base, asked = base_at(records), with_trials(criteria, trials)
    found = found_in(base, event=event, grade=grade, reports=reports, **asked)
    if not found.rows:
        from kb.comparison.emptiness import no_arm
        from kb.comparison.harms import AMONG_EVENTS
        from kb.query.select import select

        of_arms = {name: asked[name] for name in asked if name not in AMONG_EVENTS}
        if not select(base, **of_arms).arms:
            leave_if_empty(found.rows, no_arm(base, of_arms))
        leave_if_empty(found.rows, "these words are known, but no record has such harms")
    put(found, form=form, output=output)
