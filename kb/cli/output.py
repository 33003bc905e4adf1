"""Where results go: stdout or a file, in the format asked for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from kb.cli.options import Format

if TYPE_CHECKING:
    import os

    from kb.store.knowledge_base import KnowledgeBase

SUFFIXES = {
    ".md": Format.MARKDOWN, ".html": Format.HTML, ".tex": Format.LATEX, ".txt": Format.TEXT,
    ".csv": Format.CSV, ".json": Format.JSON,
}  # fmt: skip


def base_at(records: str | os.PathLike[str] | None) -> KnowledgeBase:
    """The knowledge base a verb works on; records with problems stop it, all of them named."""
    from kb.store.knowledge_base import load

    return load(records)


def put(view: Any, form: Format, output: Path | None = None) -> None:
    """Write a view: fitted to a terminal, plain in a pipe, or into a file."""
    from kb.rendering.views import render, table_of

    form = chosen(form, output)
    if output is not None and output.suffix not in SUFFIXES:
        from kb.exporters import export

        export(view, output)
        typer.echo(f"wrote {output}", err=True)
        return
    if form is Format.TEXT and output is None and sys.stdout.isatty():
        from kb.rendering.terminal import show

        show(table_of(view))
        return
    if form in (Format.JSON, Format.CSV):
        from kb.exporters import text_of

        text = text_of(view, form.value)
    else:
        text = render(view, form.value)
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")
        typer.echo(f"wrote {output}", err=True)


def chosen(form: Format, output: Path | None) -> Format:
    """The format that is written: that of the file's suffix, where there is one."""
    return form if output is None else SUFFIXES.get(output.suffix, form)


def leave_if_empty(found: object, what: str = "nothing matches") -> None:
    """Exit status 1 with a remark on stderr when known words select no row."""
    if not found:
        typer.echo(what, err=True)
        raise typer.Exit(1)
