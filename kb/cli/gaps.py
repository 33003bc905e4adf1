"""`kb gaps`: where evidence is missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli.options import Format, Output, Records, TableFormat, with_filters
from kb.cli.output import base_at, leave_if_empty, put, say

if TYPE_CHECKING:
    from kb.store.knowledge_base import KnowledgeBase


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
    base = base_at(records)
    found = matrix.gaps(base, endpoint=endpoint, **criteria)
    put(found, form=form, output=output)
    if plot is not None:
        from kb.rendering.figures.gap_map import gap_map

        say(f"wrote {gap_map(found, plot)}")
    if not len(found):
        leave_if_empty(len(found), _why_empty(base, endpoint, criteria))


def _why_empty(base: KnowledgeBase, endpoint: str | None, criteria: dict[str, Any]) -> str:
    """Why every cell is empty: no arm, or no number of those endpoints."""
    from kb.comparison.compare import compare
    from kb.comparison.emptiness import no_arm
    from kb.query.select import select

    if not select(base, **criteria).arms:
        return no_arm(base, criteria)
    every = tuple(base.vocabulary.endpoints) if endpoint in (None, "all") else endpoint
    asked = compare(base, every, measure="all", controls=False, **criteria)
    return asked.why_empty or "these words are known, but every cell is empty"
