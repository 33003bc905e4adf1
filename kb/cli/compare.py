"""`kb compare`: endpoints side by side."""

from __future__ import annotations

from typing import Annotated, Any, Final

import typer

from kb.cli.asked import compared, with_trials
from kb.cli.options import Format, Output, Records, TableFormat, with_filters
from kb.cli.output import chosen, put, refuse, say_mixed, tables_only
from kb.cli.tables import OwnTable, with_table
from kb.printed.measure import COUNTED, MEASURES, PROPORTION

ALL: Final = "all"
HOUSE: Final = "house"
REPORTED: Final = "reported"


@with_filters
@with_table
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
    ] = REPORTED,
    method: Annotated[
        str | None,
        typer.Option(help="How an interval is computed where none is printed: clopper-pearson …"),
    ] = None,
    level: Annotated[
        float | None, typer.Option(help="Level of computed intervals, percent; 95 if not said.")
    ] = None,
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
    style: Annotated[str, typer.Option(help="house, jama, jco or bmc.")] = HOUSE,
    table: OwnTable | None = None,
    records: Records = None,
    form: TableFormat = Format.TEXT,
    output: Output = None,
    criteria: dict[str, Any],
) -> None:
    """Lay reported results side by side, with what makes them hard to compare."""
    from functools import partial

    from kb.rendering.tables.comparison import styled

    data = chosen(form, output) in (Format.JSON, Format.CSV)
    if across:
        tables_only("--across", form, output)
    if data:
        refuse(style != HOUSE, "--style", "json and csv hold numbers, not a style")
    if interval != REPORTED:
        refuse(method, "--method", f"--interval {interval} puts every proportion on that method")
    if measure not in (None, ALL, PROPORTION):
        for option, given in (("--interval", interval != REPORTED), ("--method", method)):
            refuse(given, option, f"an interval is computed of a proportion, not of a {measure}")
        if measure in MEASURES and measure not in COUNTED and not across:
            refuse(level, "--level", f"no interval of a {measure} is computed")
    found = compared(
        records, endpoint, with_trials(criteria, trials), table, measure=measure, interval=interval,
        method=method or "clopper-pearson", level=95 if level is None else level, reports=reports,
        controls=controls, doses=doses,
    )  # fmt: skip
    if data:
        say_mixed(found)
    views: list[Any] = [found]
    if across:
        from kb.synthesis.unanchored import across as contrasts

        views.append(contrasts(found, level=found.level))
    # the house style is that in which every view is rendered
    drawn = None if style == HOUSE else partial(styled, style=style)
    put(*views, form=form, output=output, drawn=drawn)
