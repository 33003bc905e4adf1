"""`kb diff`: what two bases print differently."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kb.cli.options import Format, Output, Records, TableFormat
from kb.cli.output import base_at, put, refuse, typed


def diff(
    context: typer.Context,
    old: Annotated[Path, typer.Argument(help="The earlier base.")],
    new: Annotated[Path | None, typer.Argument(help="The later one; none: that of --records.")] = (
        None
    ),
    records: Records = None,
    form: TableFormat = Format.TEXT,
    output: Output = None,
) -> None:
    """Show which numbers came, went or changed from one base to another."""
    from kb.comparison.changes import diff as changes

    if new is not None and typed(context, "records"):
        refuse(new, "--records", "both bases are named")
    put(changes(base_at(old), base_at(new or records)), form=form, output=output)
