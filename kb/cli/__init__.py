"""The command line: parse, call, render. Data goes to stdout, everything else to stderr.

Exit status: 0 fine; 1 problems, findings or nothing matched; 2 wrong usage.
"""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated, NoReturn

import typer

from kb.cli import (
    audit,
    check,
    compare,
    export,
    forest,
    gaps,
    network,
    new,
    path,
    pool,
    related,
    show,
    terms,
)
from kb.cli import list as list_arms
from kb.errors import InvalidRecordsError, KBError, NotComparableError

app = typer.Typer(
    name="kb",
    help="Evidence knowledge base for sarcoma combination therapy.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _kb(
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Neither read nor write a compiled copy.")
    ] = False,
) -> None:
    """Evidence knowledge base for sarcoma combination therapy."""
    if no_cache:
        os.environ["KB_CACHE"] = "off"


app.command("check")(check.check)
app.command("list")(list_arms.list_)
app.command("show")(show.show)
app.command("compare")(compare.compare)
app.command("terms")(terms.terms)
app.command("related")(related.related)
app.command("path")(path.path)
app.command("gaps")(gaps.gaps)
app.command("audit")(audit.audit)
app.command("pool")(pool.pool)
app.command("network")(network.network)
app.command("forest")(forest.forest)
app.command("export")(export.export)
app.command("new")(new.new)
app.command("init")(new.init)


def main() -> NoReturn:
    """Run the command line and leave with its status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app(prog_name="kb")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except (InvalidRecordsError, NotComparableError) as error:
        typer.echo(str(error), err=True)
        status = 1
    except (KBError, ValueError) as error:
        typer.echo(f"kb: {error}", err=True)
        status = 2
    except OSError as error:
        typer.echo(f"kb: {error.filename or 'file'}: {error.strerror}", err=True)
        status = 2
    else:
        status = 0
    sys.exit(status)
