"""`kb export`: estimates, harms, trials, the graph or the bibliography, for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from kb.cli.asked import compared
from kb.cli.options import Output, Records, with_filters
from kb.cli.output import base_at, leave_if_empty, refuse, say, say_not_needed
from kb.cli.pool import Accept
from kb.cli.tables import OwnTable, say_problems, with_table
from kb.printed.measure import HAZARD_RATIO, PROPORTION

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.store.knowledge_base import KnowledgeBase
    from kb.tables.table import Table

ESTIMATES: Final = "estimates"
DEFAULTS: Final = {
    ESTIMATES: "csv",
    "trials": "csv",
    "harms": "csv",
    "graph": "graphml",
    "bibliography": "bibtex",
    "r": "r",
}


@with_filters
@with_table
def export(
    what: Annotated[str, typer.Argument(help=f"One of {', '.join(DEFAULTS)}.")],
    *,
    form: Annotated[
        str | None,
        typer.Option("--format", help="csv, json, graphml, bibtex, ris, csl-json or r."),
    ] = None,
    endpoint: Annotated[str, typer.Option(help="Of r: the endpoint that is pooled.")] = "",
    measure: Annotated[
        str | None, typer.Option(help="Of r: what is pooled; hazard-ratio in a network.")
    ] = None,
    network: Annotated[bool, typer.Option("--network", help="Of r: a network.")] = False,
    accept: Accept = None,
    table: OwnTable | None = None,
    records: Records = None,
    output: Output = None,
    criteria: dict[str, Any],
) -> None:
    """Write what other programs read; a file's suffix decides the format with -o."""
    from kb.exporters import export as write, format_of, text_of

    if what not in DEFAULTS:
        raise typer.BadParameter(f"{what!r} is none of {', '.join(DEFAULTS)}")
    if what == "r":
        view = pooled_view(records, endpoint, measure, accept, criteria, table, network=network)
    else:
        of_r = {
            "--endpoint": endpoint, "--measure": measure, "--network": network, "--accept": accept,
        }  # fmt: skip
        for option, given in of_r.items():
            refuse(given, option, f"it is of r, the script of something pooled, not of {what}")
        view = recorded(what, records, criteria) if table is None else own(what, table, records)
    if output is None:
        typer.echo(text_of(view, form or DEFAULTS[what]), nl=False)
        return
    write(view, output, format=form or format_of(output))
    say(f"wrote {output}")


def own(what: str, table: OwnTable, records: Path | None) -> Table:
    """A table of one's own, whose rows are estimates and nothing else."""
    if what != ESTIMATES:
        raise typer.BadParameter(f"a table holds estimates, not {what}", param_hint="--table")
    found = table.read(records)
    say_problems(found)
    leave_if_empty(len(found), f"{table.path} holds no row")
    return found


def recorded(what: str, records: Path | None, criteria: dict[str, Any]) -> Any:
    """What is exported of a base; exit status 1 where nothing matches."""
    base = base_at(records)
    view = view_of(what, base, criteria)
    if not len(view):
        from kb.comparison.emptiness import no_arm

        leave_if_empty(len(view), no_arm(base, criteria))
    return view


def view_of(what: str, base: KnowledgeBase, criteria: dict[str, Any]) -> Any:
    """What is exported under a name."""
    from kb.comparison.harms import every_harm
    from kb.exporters.estimates import estimates
    from kb.graphs.evidence import graph
    from kb.query.select import select

    makers: dict[str, Callable[..., Any]] = {
        "estimates": estimates, "graph": graph, "harms": every_harm,
    }  # fmt: skip
    return makers.get(what, select)(base, **criteria)


def pooled_view(
    records: Path | None,
    endpoint: str,
    measure: str | None,
    accept: list[str] | None,
    criteria: dict[str, Any],
    table: OwnTable | None = None,
    *,
    network: bool,
) -> Any:
    """What an R script is written of: something pooled, through the gate."""
    from kb.synthesis.network import network as estimated
    from kb.synthesis.pool import pool

    if not endpoint:
        raise typer.BadParameter("an R script is of one endpoint: give --endpoint")
    asked = measure or (HAZARD_RATIO if network else PROPORTION)
    found = compared(records, endpoint, criteria, table, measure=asked)
    view = (estimated if network else pool)(found, accept=accept or ())
    say_not_needed(view.not_needed)
    return view
