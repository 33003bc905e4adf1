"""`kb new` starts a record or a further report of one, `kb init` an empty knowledge base."""

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
    report: Annotated[
        str, typer.Option(help="Id of the first report; of a further one if the record exists.")
    ] = "",
    doi: Annotated[str, typer.Option(help="DOI of the report.")] = "",
    registration: Annotated[str, typer.Option(help="Registration number.")] = "",
    records: Records = None,
) -> None:
    """Start a record, or a further report of one: what is not given is TODO, for you to decide."""
    from kb.store.layout import find_root
    from kb.store.scaffold import new_record, new_report, record_path

    root = find_root(records)
    if report and record_path(root, trial_id) is not None:
        if title or arms or registration:
            message = "the record exists: --report adds a report, which takes --doi only"
            raise typer.BadParameter(message)
        path = new_report(root, trial_id, report, doi=doi)
    else:
        path = new_record(
            root, trial_id, title=title, arms=arms or [], report=report, doi=doi,
            registration=registration,
        )  # fmt: skip
    typer.echo(str(path))
    say(f"decide every TODO, then: kb check {path}")


def init(
    folder: Annotated[Path, typer.Argument(help="A folder that does not exist yet, or is empty.")],
    title: Annotated[str, typer.Option(help="Title of the knowledge base.")] = "",
) -> None:
    """Start an empty knowledge base that has the vocabulary."""
    from kb.store.scaffold import new_base

    typer.echo(str(new_base(folder, title)))
