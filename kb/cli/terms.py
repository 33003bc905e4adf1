"""`kb terms`: the vocabulary, with how often each word is used."""

from __future__ import annotations

from typing import Annotated

import typer

from kb.cli.options import Format, Output, Records, TableFormat
from kb.cli.output import base_at, leave_if_empty, put


def terms(
    kind: Annotated[
        str | None,
        typer.Argument(
            help="drug, drug-class, regimen-class, histology, endpoint, criteria, assessor."
        ),
    ] = None,
    word: Annotated[
        str | None, typer.Argument(help="A word; those under it are shown too.")
    ] = None,
    records: Records = None,
    form: TableFormat = Format.TEXT,
    output: Output = None,
) -> None:
    """List the words that records and queries may use, with use counts."""
    from kb.query.terms import terms as words

    base = base_at(records)
    found = words(base) if kind is None else words(base, kind, word)
    leave_if_empty(found)
    put(found, form=form, output=output)
