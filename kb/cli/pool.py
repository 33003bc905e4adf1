"""`kb pool`: one endpoint to one estimate, through the gate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kb.cli.asked import compared, with_trials
from kb.cli.options import Format, Output, Records, TableFormat, with_filters
from kb.cli.output import put, say, say_mixed, say_not_needed, tables_only
from kb.cli.progress import working
from kb.cli.tables import OwnTable, with_table
from kb.printed.measure import PROPORTION
from kb.sentences import count

Accept = Annotated[
    list[str] | None,
    typer.Option(
        metavar="REASON",
        help="A reason of the gate to go on in spite of; repeat it, or separate by commas.",
    ),
]


@with_filters
@with_table
def pool(
    endpoint: Annotated[str, typer.Argument(help="One endpoint.")],
    trials: Annotated[list[str] | None, typer.Argument(help="Trials; none: all.")] = None,
    *,
    measure: Annotated[
        str | None, typer.Option(help="proportion, median, hazard-ratio, odds-ratio, risk-ratio.")
    ] = None,
    method: Annotated[
        str | None, typer.Option(help="glmm, logit, freeman-tukey, arcsine; or of medians.")
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="random (unless said otherwise) or common.")
    ] = None,
    tau2: Annotated[str | None, typer.Option(help="dl, reml, pm or ml.")] = None,
    adjust: Annotated[
        str | None, typer.Option(help="none (unless said otherwise) or hksj.")
    ] = None,
    level: Annotated[float, typer.Option(help="Level, percent.")] = 95,
    continuity: Annotated[
        str | None, typer.Option(help="Of logit: ½ is added zero-only, to all, or to none.")
    ] = None,
    prediction: Annotated[
        str | None, typer.Option(help="Degrees of freedom of the prediction: k-1 or k-2.")
    ] = None,
    by: Annotated[str | None, typer.Option(help="Group by a field, such as line.")] = None,
    shared_tau2: Annotated[
        bool, typer.Option("--shared-tau2", help="One tau² for all groups of --by.")
    ] = False,
    leave_one_out: Annotated[
        bool, typer.Option("--leave-one-out", help="Without each; who carries heterogeneity.")
    ] = False,
    cumulative: Annotated[bool, typer.Option("--cumulative", help="By year.")] = False,
    multiverse: Annotated[
        bool, typer.Option("--multiverse", help="Add what every reasonable model gives.")
    ] = False,
    funnel: Annotated[Path | None, typer.Option(help="Draw a funnel plot to this file.")] = None,
    forest: Annotated[Path | None, typer.Option(help="Draw a forest plot to this file.")] = None,
    accept: Accept = None,
    table: OwnTable | None = None,
    records: Records = None,
    form: TableFormat = Format.TEXT,
    output: Output = None,
    criteria: dict[str, Any],
) -> None:
    """Pool what may be pooled; the gate names every reason that speaks against it."""
    from kb.synthesis.pool import pool as pooled

    if forest is not None or funnel is not None:
        from kb.rendering.figures.page import ready

        for path in filter(None, (forest, funnel)):
            ready(path)
    if multiverse:
        tables_only("--multiverse", form, output)
    asked = measure or PROPORTION
    found = compared(records, endpoint, with_trials(criteria, trials), table, measure=asked)
    say_mixed(found)
    options: dict[str, Any] = {"level": level}
    chosen = {
        "model": model, "adjust": adjust, "method": method, "tau2": tau2,
        "continuity": continuity, "prediction": prediction,
    }  # fmt: skip
    options |= {name: value for name, value in chosen.items() if value}
    with working(f"pooling {count(len(found.rows), 'row')}"):
        view = pooled(
            found, accept=accept or (), by=by, leave_one_out=leave_one_out,
            cumulative=cumulative, shared_tau2=shared_tau2, **options,
        )  # fmt: skip
    say_not_needed(view.not_needed)
    views: list[Any] = [view]
    if multiverse:
        from kb.synthesis.alternatives import alternatives

        views.append(alternatives(view))
    put(*views, form=form, output=output)
    if forest is not None:
        from kb.rendering.figures.forest import forest as draw_forest

        say(f"wrote {draw_forest(view, forest)}")
    if funnel is not None:
        from kb.rendering.figures.funnel import funnel as draw_funnel

        say(f"wrote {draw_funnel(view, funnel)}")
