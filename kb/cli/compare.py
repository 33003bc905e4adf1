"""`kb compare`: endpoints side by side."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kb.cli.asked import compared, with_trials
from kb.cli.options import Format, Output, Records, TableFormat, with_filters
from kb.cli.output import put, tables_only


@with_filters
def compare(
    endpoint: Annotated[
        str | None,
        typer.Argument(help="Endpoints, separated by commas; none: orr,dcr,pfs,os."),
    ] = None,
    trials: Annotated[list[str] | None, typer.Argument(help="Trials; none: all.")] = None,
    *,
    measure: Annotated[
        str | None, typer.Option(help="proportion, median, landmark, hazard-ratio … or all.")
    ] = None,
    interval: Annotated[
        str, typer.Option(help="reported, or a method that puts every proportion on it.")
    ] = "reported",
    method: Annotated[
        str, typer.Option(help="How to compute an interval where none is printed.")
    ] = "clopper-pearson",
    level: Annotated[float, typer.Option(help="Level of computed intervals, percent.")] = 95,
    reports: Annotated[str, typer.Option(help="latest or all.")] = "latest",
    controls: Annotated[
        bool,
        typer.Option(
            "--controls/--no-controls",
            help="Beside an experimental arm: its control arm, and the contrasts with it.",
        ),
    ] = True,
    doses: Annotated[
        bool, typer.Option("--doses", help="Say what each arm was given: doses, days and cycles.")
    ] = False,
    across: Annotated[
        bool, typer.Option("--across", help="Add unadjusted, unanchored differences across trials.")
    ] = False,
    style: Annotated[str, typer.Option(help="house, jama, jco or bmc.")] = "house",
    records: Records = None,
    form: TableFormat = Format.TEXT,
    output: Output = None,
    criteria: dict[str, Any],
) -> None:
    """Lay reported results side by side, with what makes them hard to compare."""
    from functools import partial

    from kb.rendering.tables.comparison import styled

    if across:
        tables_only("--across", form, output)
    found = compared(
        records, endpoint, with_trials(criteria, trials), measure=measure, interval=interval,
        method=method, level=level, reports=reports, controls=controls, doses=doses,
    )  # fmt: skip
    house = style == "house"  # the style in which every view is rendered
    views: list[Any] = [found]
    if across:
        from kb.synthesis.unanchored import across as contrasts

        views.append(contrasts(found, level=level))
    drawn = None if house else partial(styled, style=style)
    put(*views, form=form, output=output, drawn=drawn)
