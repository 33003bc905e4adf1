"""`kb check`: every problem of every file, in one pass."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.options import ProblemFormat, Records
from kb.cli.output import say


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders; none: the whole base.")
    ] = None,
    records: Records = None,
    output: Annotated[ProblemFormat, typer.Option("--format", help="How to say it.")] = (
        ProblemFormat.TEXT
    ),
    *,
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again whenever a file changes, until stopped.")
    ] = False,
) -> None:
    """List every problem of the records as file:line:column, rule and sentence."""
    from kb.store.checking import rounds

    status = 1
    try:
        for _ in rounds(paths or [], records):
            status = _checked(paths or [], records, output)
            if not watch:
                break
    except KeyboardInterrupt:
        say("stopped")
    raise typer.Exit(status)


def _checked(paths: list[Path], records: Path | None, output: ProblemFormat) -> int:
    """Say what is wrong now; the exit status that goes with it."""
    from kb.cli.terminal import size
    from kb.errors import Problems
    from kb.exporters import text_of
    from kb.rendering.tables import problems
    from kb.sentences import count
    from kb.store.checking import problems_of

    found = problems_of(paths, records)
    every = Problems(found.problems)
    if output is ProblemFormat.JSON:
        text = text_of(every, "json")
    elif output is ProblemFormat.GITHUB:
        text = problems.workflow_commands(every)
    else:
        text = problems.text_of(every, size(sys.stdout).columns if sys.stdout.isatty() else None)
    typer.echo(text, nl=False)
    if found.note:
        say(found.note)
    bad = len({one.place.path for one in found.problems})
    of = f"{bad} of " if 0 < bad <= found.files else ""
    where = of + count(found.files if of else bad or found.files, "file")
    say(f"{count(len(found.problems), 'problem')} in {where}")
    return 1 if found.problems else 0
