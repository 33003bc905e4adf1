"""`kb check`: every problem of every file, in one pass."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kb.cli.options import ProblemFormat, Records


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders; none: the whole base.")
    ] = None,
    records: Records = None,
    output: Annotated[ProblemFormat, typer.Option("--format", help="How to say it.")] = (
        ProblemFormat.TEXT
    ),
) -> None:
    """List every problem of the records as file:line:column, rule and sentence."""
    from kb.errors import count
    from kb.rendering.problems import problem_lines
    from kb.store.checking import problems_of

    found = problems_of(paths or [], records)
    typer.echo(problem_lines(found.problems, output.value), nl=False)
    if found.note:
        typer.echo(found.note, err=True)
    bad = len({one.place.path for one in found.problems})
    summary = f"{count(len(found.problems), 'problem')} in {bad} of {count(found.files, 'file')}"
    typer.echo(summary, err=True)
    raise typer.Exit(1 if found.problems else 0)
