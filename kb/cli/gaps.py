"""`kb gaps`: where evidence is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kb.cli.options import Format, Output, Records, TableFormat, with_filters
from kb.cli.output import base_at, leave_if_empty, put, say


@with_filters
def gaps(
    *,
    endpoint: Annotated[
        str | None,
        typer.Option(help="Endpoints, separated by commas, or all; none: the most reported."),
    ] = None,
    plot: Annotated[Path | None, typer.Option(help="Draw a heat map to this file.")] = None,
    records: Records = None,
    form: TableFormat = Format.TEXT,
    output: Output = None,
    criteria: dict[str, Any],
) -> None:
    """Count trials and patients per regimen class and endpoint; 0 where there is no evidence."""
    from kb.graphs import gaps as matrix

    if plot is not None:
        from kb.rendering.figures.page import ready

        ready(plot)
    found = matrix.gaps(base_at(records), endpoint=endpoint, **criteria)
    put(found, form=form, output=output)
    if plot is not None:
        from kb.rendering.figures.gap_map import gap_map

        say(f"wrote {gap_map(found, plot)}")
    leave_if_empty(len(found), "these words are known, but every cell is empty")
