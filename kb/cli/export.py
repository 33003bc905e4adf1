"""`kb export`: estimates, trials, the graph or the bibliography, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from kb.cli.options import Output, Records, with_filters
from kb.cli.output import base_at, leave_if_empty

if TYPE_CHECKING:
    from kb.store.knowledge_base import KnowledgeBase

DEFAULTS: Final = {
    "estimates": "csv", "trials": "csv", "graph": "graphml", "bibliography": "bibtex",
}  # fmt: skip


@with_filters
def export(
    what: Annotated[str, typer.Argument(help=f"One of {', '.join(DEFAULTS)}.")],
    *,
    form: Annotated[
        str | None,
        typer.Option("--format", help="csv, json, graphml, bibtex, ris or csl-json."),
    ] = None,
    records: Records = None,
    output: Output = None,
    criteria: dict[str, Any],
) -> None:
    """Write what other programs read; a file's suffix decides the format with -o."""
    from kb.exporters import export as write
    from kb.exporters import format_of, text_of

    if what not in DEFAULTS:
        raise typer.BadParameter(f"{what!r} is none of {', '.join(DEFAULTS)}")
    view = view_of(what, base_at(records), criteria)
    leave_if_empty(len(view), "these words are known, but nothing matches")
    if output is None:
        typer.echo(text_of(view, form or DEFAULTS[what]), nl=False)
        return
    write(view, output, format=form or format_of(output))
    typer.echo(f"wrote {output}", err=True)


def view_of(what: str, base: KnowledgeBase, criteria: dict[str, Any]) -> Any:
    """What is exported under a name."""
    from kb.exporters.estimates import estimates
    from kb.graphs.evidence import graph
    from kb.query.select import select

    makers = {"estimates": estimates, "graph": graph}
    return makers.get(what, select)(base, **criteria)
