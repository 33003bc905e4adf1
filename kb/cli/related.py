"""`kb related`: the neighbours of a trial, or the arms that report an endpoint."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kb.cli.options import Format, Output, Records, TableFormat, with_filters
from kb.cli.output import base_at, leave_if_empty, put, refuse


@with_filters
def related(
    name: Annotated[
        str | None, typer.Argument(metavar="[TRIAL]", help="Trial id, acronym or registration.")
    ] = None,
    *,
    endpoint: Annotated[
        str | None,
        typer.Option(
            help="Instead of a trial: the arms that report it, as --class C --endpoint E."
        ),
    ] = None,
    most: Annotated[
        int | None,
        typer.Option(min=1, help="How many neighbours a table describes; 10 if not said."),
    ] = None,
    records: Records = None,
    form: TableFormat = Format.TEXT,
    output: Output = None,
    criteria: dict[str, Any],
) -> None:
    """Show which trials are neighbours of one, and why; or which arms share class and endpoint."""
    from kb.graphs import neighbours

    if (name is None) == (endpoint is None):
        raise typer.BadParameter("give a trial, or --endpoint with filters such as --class")
    base = base_at(records)
    if endpoint is not None:
        refuse(most, "--most", "every arm that reports an endpoint is listed")
        arms = neighbours.reporting(base, endpoint, **criteria)
        if not arms:
            from kb.comparison.compare import compare

            asked = compare(base, arms.endpoint, measure="all", controls=False, **criteria)
            leave_if_empty(arms, asked.why_empty or "these words are known, but no arm reports it")
        put(arms, form=form, output=output)
        return
    found = neighbours.related(base, str(name), most=most or neighbours.MOST, **criteria)
    leave_if_empty(found, f"no trial has anything in common with {found.trial}")
    put(found, form=form, output=output)
