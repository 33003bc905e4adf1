"""`kb network`: every treatment against every other, where randomised trials connect them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kb.cli.asked import compared, with_trials
from kb.cli.options import Format, Output, Records, TableFormat, with_filters
from kb.cli.output import put, say, say_mixed, say_not_needed
from kb.cli.pool import Accept
from kb.cli.progress import working
from kb.cli.tables import OwnTable, with_table
from kb.printed.measure import HAZARD_RATIO
from kb.sentences import count


@with_filters
@with_table
def network(
    endpoint: Annotated[str, typer.Argument(help="One endpoint with hazard ratios.")],
    trials: Annotated[list[str] | None, typer.Argument(help="Trials; none: all.")] = None,
    *,
    measure: Annotated[str, typer.Option(help="The ratio.")] = HAZARD_RATIO,
    model: Annotated[str, typer.Option(help="random or common.")] = "random",
    tau2: Annotated[str, typer.Option(help="dl or reml.")] = "dl",
    level: Annotated[float, typer.Option(help="Level, percent.")] = 95,
    plot: Annotated[Path | None, typer.Option(help="Draw the network to this file.")] = None,
    accept: Accept = None,
    table: OwnTable | None = None,
    records: Records = None,
    form: TableFormat = Format.TEXT,
    output: Output = None,
    criteria: dict[str, Any],
) -> None:
    """Estimate a network of randomised contrasts: direct, indirect, and where it is cut."""
    from kb.synthesis.network import network as estimated

    if plot is not None:
        from kb.rendering.figures.page import ready

        ready(plot)
    found = compared(records, endpoint, with_trials(criteria, trials), table, measure=measure)
    say_mixed(found)
    options = {"model": model, "tau2": tau2, "level": level}
    with working(f"estimating a network of {count(len(found.rows), 'row')}"):
        view = estimated(found, accept=accept or (), **options)
    say_not_needed(view.not_needed)
    put(view, form=form, output=output)
    if plot is not None:
        from kb.rendering.figures.network_plot import network_plot

        say(f"wrote {network_plot(view, plot)}")
