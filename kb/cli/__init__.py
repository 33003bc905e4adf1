"""The command line: parse, call, render. Data goes to stdout, everything else to stderr.

Exit status: 0 fine; 1 problems, findings or nothing matched; 2 wrong usage.
"""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from typing import Annotated, Any, Final, NoReturn

import typer
from typer.core import TyperGroup

from kb.errors import InvalidRecordsError, KBError, NotComparableError
from kb.version import VERSION

VERBS: Final = {
    "check": "kb.cli.check:check",
    "list": "kb.cli.list:list_",
    "show": "kb.cli.show:show",
    "compare": "kb.cli.compare:compare",
    "terms": "kb.cli.terms:terms",
    "related": "kb.cli.related:related",
    "path": "kb.cli.path:path",
    "gaps": "kb.cli.gaps:gaps",
    "audit": "kb.cli.audit:audit",
    "pool": "kb.cli.pool:pool",
    "network": "kb.cli.network:network",
    "forest": "kb.cli.forest:forest",
    "export": "kb.cli.export:export",
    "diff": "kb.cli.diff:diff",
    "schema": "kb.cli.schema:schema",
    "new": "kb.cli.new:new",
    "init": "kb.cli.new:init",
}
"""Each verb with the function that it calls, in the order of the help."""

PLAIN: Final[dict[str, Any]] = {
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


class Verbs(TyperGroup):
    """The verbs; one is imported when it is called, all of them for help and for a wrong name."""

    def list_commands(self, _context: Any) -> list[str]:
        """The names in the order of the help; `list` is a module here once that verb was called."""
        return [*VERBS]

    def get_command(self, context: Any, name: str) -> Any:
        """The command of a verb, None for an unknown one; near names are looked for in all."""
        if name not in VERBS:
            for verb in VERBS:
                self.get_command(context, verb)
        elif name not in self.commands:
            module, _, function = VERBS[name].partition(":")
            alone = typer.Typer(add_completion=False, **PLAIN)
            alone.command(name)(getattr(import_module(module), function))
            self.commands[name] = typer.main.get_command(alone)
        return self.commands.get(name)


app = typer.Typer(
    name="kb",
    cls=Verbs,
    help="Evidence knowledge base for sarcoma combination therapy.",
    no_args_is_help=True,
    **PLAIN,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"kb {VERSION}")
        raise typer.Exit


@app.callback()
def _kb(
    _show: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", is_eager=True, callback=_version),
    ] = False,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Neither read nor write a compiled copy.")
    ] = False,
) -> None:
    """Evidence knowledge base for sarcoma combination therapy."""
    if no_cache:
        os.environ["KB_CACHE"] = "off"


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
    except NotComparableError as error:
        from kb.cli.refused import said

        typer.echo(said(error, sys.argv[1:]), err=True)
        status = 1
    except InvalidRecordsError as error:
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
