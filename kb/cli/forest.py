"""`kb forest`: one endpoint as a forest plot."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kb.cli.asked import compared, with_trials
from kb.cli.options import Records, with_filters
from kb.cli.output import refuse, say, say_mixed, say_not_needed
from kb.cli.pool import Accept
from kb.cli.tables import OwnTable, with_table
from kb.printed.measure import PROPORTION


@with_filters
@with_table
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
    sort: Annotated[
        str | None,
        typer.Option(help="value, n, year, weight, trial or a field; -value: highest first."),
    ] = None,
    pooled: Annotated[
        bool, typer.Option("--pool", help="Pool through the gate and draw the diamond.")
    ] = False,
    title: Annotated[str, typer.Option(help="Title of the figure.")] = "",
    width: Annotated[
        float | None, typer.Option(help="Millimetres: 85 is one column, 180 two.  [default: 180]")
    ] = None,
    xlim: Annotated[
        str | None, typer.Option(help="Ends of the scale, LOW,HIGH; arrows point beyond.")
    ] = None,
    dpi: Annotated[
        float | None, typer.Option(help="Dots to the inch of a .png.  [default: 300]")
    ] = None,
    accept: Accept = None,
    table: OwnTable | None = None,
    records: Records = None,
    criteria: dict[str, Any],
) -> None:
    """Draw a forest plot; with --pool it has subtotals, a diamond and a prediction interval."""
    from kb.rendering.figures.forest import forest as draw
    from kb.rendering.figures.page import ready

    ready(output)
    limits = _limits(xlim)
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
    path = draw(
        view, output, columns=chosen, by=by, title=title,
        width=width, xlim=limits, sort=sort, dpi=dpi,
    )  # fmt: skip
    say(f"wrote {path}")


def _limits(text: str | None) -> tuple[float, float] | None:
    """`0.1,10` as two numbers; ValueError for what is no pair of them."""
    if text is None:
        return None
    try:
        low, high = map(float, text.split(","))
    except ValueError:
        raise ValueError(f"--xlim is LOW,HIGH, such as 0.1,10, not {text!r}") from None
    return low, high
