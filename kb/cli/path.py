"""`kb path`: how two regimens are connected by randomised comparisons."""

from __future__ import annotations

from typing import Annotated

import typer

from kb.cli.options import Format, Output, Records, TableFormat
from kb.cli.output import base_at, leave_if_empty, put


def path(
    a: Annotated[str, typer.Argument(help="Drugs joined by +, or the address of an arm.")],
    b: Annotated[str, typer.Argument(help="The other regimen.")],
    endpoint: Annotated[
        str | None, typer.Option(help="Only comparisons that report it for both arms.")
    ] = None,
    records: Records = None,
    form: TableFormat = Format.TEXT,
    output: Output = None,
) -> None:
    """Show how two regimens are connected: directly, through shared comparators, or not at all."""
    from kb.graphs import paths

    found = paths.path(base_at(records), a, b, endpoint=endpoint)
    put(found, form=form, output=output)
    leave_if_empty(found.a.arms and found.b.arms, "no arm gives one of these regimens")
