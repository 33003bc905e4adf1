"""`kb show`: one trial, one report, one set, or one number, with its place in the file."""

from __future__ import annotations

from typing import Annotated

import typer

from kb.cli.options import Format, Output, Records, TableFormat
from kb.cli.output import base_at, put


def show(
    what: Annotated[
        str,
        typer.Argument(help="TRIAL, TRIAL/REPORT, TRIAL/REPORT/SET, or the address of a number."),
    ],
    records: Records = None,
    form: TableFormat = Format.TEXT,
    output: Output = None,
) -> None:
    """Show everything a record says, or where one number comes from."""
    from kb.rendering.tables.trial import shown

    put(shown(base_at(records), what), form=form, output=output)
