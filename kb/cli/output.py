"""Where results go: stdout or a file, in the format asked for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from kb.cli.options import Format
from kb.sentences import count

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Sequence

    from kb.comparison.compare import Comparison
    from kb.rendering.table import Table
    from kb.store.knowledge_base import KnowledgeBase

SUFFIXES = {
    ".md": Format.MARKDOWN, ".html": Format.HTML, ".htm": Format.HTML, ".tex": Format.LATEX,
    ".txt": Format.TEXT, ".csv": Format.CSV, ".json": Format.JSON,
}  # fmt: skip
# What makes a file of an HTML fragment, so that a browser does not guess its encoding.
PAGE = '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>kb</title>\n'


def base_at(records: str | os.PathLike[str] | None) -> KnowledgeBase:
    """The knowledge base a verb works on; records with problems stop it, all of them named."""
    from kb.store.knowledge_base import load

    return load(records)


def put(
    *views: Any,
    form: Format,
    output: Path | None = None,
    drawn: Callable[[Any], Table] | None = None,
) -> None:
    """Write views: fitted to a terminal, plain in a pipe, or into a file.

    What was asked of the layout holds for the first; `drawn` makes its table in another style.
    """
    from kb.cli.layout import arranged, laid_out, named, of_table

    form = chosen(form, output)
    first, left = arranged(views[0])
    tabled = form not in (Format.JSON, Format.CSV)
    if of_table(first) and not tabled:
        message = f"{named()} lays out a table; choose text, markdown, latex or html"
        raise typer.BadParameter(message, param_hint="--format")
    if left and not tabled:
        say(f"left out by --limit: {left}")
    asked = left or of_table(first) or drawn is not None
    shown = [laid_out(first, left, drawn) if asked and tabled else first, *views[1:]]
    if form is Format.TEXT and output is None and sys.stdout.isatty():
        _fit(shown)
        return
    write("\n".join(_text(view, form, output) for view in shown), output)


def _fit(views: Sequence[Any]) -> None:
    """Views on a terminal, each line fitted to it, through the pager where there are many."""
    from kb.cli import terminal
    from kb.cli.layout import paged
    from kb.rendering.views import called, shown_as, table_of
    from kb.rendering.writers.terminal import write as fitted

    columns, styled = terminal.size(sys.stdout).columns, terminal.coloured(sys.stdout)
    parts = []
    for view in views:
        shown = shown_as(view)
        if shown is not None and shown.text:
            parts.append(str(called(shown.text)(view, columns)))
        else:
            parts.append(fitted(table_of(view), columns, styled=styled))
    terminal.show("\n".join(parts), paged=paged())


def say(message: str) -> None:
    """A remark on stderr: wrapped to a terminal, no number or id broken; as it is in a pipe."""
    typer.echo(on_stderr(message), err=True)


def on_stderr(message: str) -> str:
    """A message as stderr takes it: in lines of its width, where it is a terminal."""
    columns = width_of_stderr()
    if columns is None:
        return message
    from kb.rendering.words.lines import wrapped

    return "\n".join(wrapped(message, columns, hanging=2))


def width_of_stderr() -> int | None:
    """The columns of the terminal that stderr is, None where it is none."""
    if not sys.stderr.isatty():
        return None
    from kb.cli.terminal import size

    return size(sys.stderr).columns


def write(text: str, output: Path | None) -> None:
    """Text to stdout, or into a file that is then named on stderr; a file of HTML is a page."""
    if output is None:
        typer.echo(text, nl=False)
    else:
        page = PAGE if SUFFIXES.get(output.suffix.lower()) is Format.HTML else ""
        output.write_text(page + text, encoding="utf-8", newline="\n")
        say(f"wrote {output}")


def _text(view: Any, form: Format, output: Path | None) -> str:
    """A view in a format of tables, or in that of exports which the file's suffix names."""
    from kb.exporters import format_of, text_of
    from kb.rendering.views import render

    if output is not None and output.suffix.lower() not in {"", *SUFFIXES}:
        return text_of(view, format_of(output, SUFFIXES))
    if form in (Format.JSON, Format.CSV):
        return text_of(view, form.value)
    return render(view, form.value)


def chosen(form: Format, output: Path | None) -> Format:
    """The format that is written: that of the file's suffix, where there is one."""
    return form if output is None else SUFFIXES.get(output.suffix.lower(), form)


def tables_only(option: str, form: Format, output: Path | None) -> None:
    """Refuse an option that adds a second table where one set of rows is written."""
    if chosen(form, output) in (Format.JSON, Format.CSV):
        message = f"{option} adds a second table; choose text, markdown, latex or html"
        raise typer.BadParameter(message, param_hint="--format")


def refuse(given: object, option: str, why: str) -> None:
    """Refuse an option that was given and would be ignored; wrong usage."""
    if given:
        raise typer.BadParameter(why, param_hint=option)


def typed(context: typer.Context, name: str) -> bool:
    """Whether an option stands on the command line, not only in the environment."""
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def say_mixed(found: Comparison) -> None:
    """Say on stderr how many rows of mixed histology were left out."""
    if found.mixed:
        typer.echo(f"{count(len(found.mixed), 'row')} of mixed histology left out", err=True)


def say_not_needed(reasons: Sequence[str]) -> None:
    """Say on stderr which reasons were accepted in vain."""
    if reasons:
        typer.echo(f"not needed: {', '.join(reasons)}", err=True)


def leave_if_empty(found: object, what: str = "nothing matches") -> None:
    """Exit status 1 with a remark on stderr when known words select no row."""
    if not found:
        say(what)
        raise typer.Exit(1)
