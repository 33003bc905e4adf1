"""`kb forest`: one endpoint as a forest plot."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kb.cli.asked import compared, with_trials
from kb.cli.options import Records, with_filters
from kb.cli.output import refuse, say_mixed, say_not_needed
from kb.cli.pool import Accept, Table
from kb.printed.measure import PROPORTION


@with_filters
def forest(
    endpoint: Annotated[str, typer.Argument(help="One endpoint.")],
    trials: Annotated[list[str] | None, typer.Argument(help="Trials; none: all.")] = None,
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="FILE.svg, .png or .pdf.")] = Path(
        "forest.svg"
    ),
    measure: Annotated[
        str, typer.Option(help="proportion, median, landmark, hazard-ratio …")
    ] = PROPORTION,
    columns: Annotated[
        str, typer.Option(help="Row fields as columns, such as label,drugs,line,count.")
    ] = "",
    by: Annotated[str | None, typer.Option(help="Group by a field, such as line.")] = None,
    pooled: Annotated[
        bool, typer.Option("--pool", help="Pool through the gate and draw the diamond.")
    ] = False,
    title: Annotated[str, typer.Option(help="Title of the figure.")] = "",
    accept: Accept = None,
    table: Table = None,
    records: Records = None,
    criteria: dict[str, Any],
) -> None:
    """Draw a forest plot; with --pool it has subtotals, a diamond and a prediction interval."""
    from kb.rendering.figures.forest import forest as draw

    if not pooled:
        refuse(accept, "--accept", "nothing is pooled without --pool")
    found = compared(records, endpoint, with_trials(criteria, trials), table, measure=measure)
    say_mixed(found)
    view: Any = found
    if pooled:
        from kb.synthesis.pool import pool

        view = pool(found, accept=accept or (), by=by)
        say_not_needed(view.not_needed)
    chosen = [one.strip() for one in columns.split(",") if one.strip()]
    path = draw(view, output, columns=chosen, by=by, title=title)
    typer.echo(f"wrote {path}", err=True)
