"""`kb new` starts a record, `kb init` an empty knowledge base."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kb.cli.options import Records
from kb.cli.output import say


def new(
    trial_id: Annotated[str, typer.Argument(help="Id of the trial: lower case, digits, hyphens.")],
    title: Annotated[str, typer.Option(help="Title of the trial.")] = "",
    arms: Annotated[list[str] | None, typer.Option("--arm", help="Regimen of an arm: a+b.")] = None,
    report: Annotated[str, typer.Option(help="Id of the first report.")] = "",
    doi: Annotated[str, typer.Option(help="DOI of the first report.")] = "",
    registration: Annotated[str, typer.Option(help="Registration number.")] = "",
    records: Records = None,
) -> None:
    """Start a record: a file with every block in its place, to fill in."""
    from kb.store.layout import find_root
    from kb.store.scaffold import new_record

    path = new_record(
        find_root(records), trial_id, title=title, arms=arms or [], report=report, doi=doi,
        registration=registration,
    )  # fmt: skip
    typer.echo(str(path))
    say(f"fill it in, then: kb check {path}")


def init(
    folder: Annotated[Path, typer.Argument(help="A folder that does not exist yet, or is empty.")],
    title: Annotated[str, typer.Option(help="Title of the knowledge base.")] = "",
) -> None:
    """Start an empty knowledge base that has the vocabulary."""
    from kb.store.scaffold import new_base

    typer.echo(str(new_base(folder, title)))
