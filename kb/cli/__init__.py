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

from kb.errors import InvalidRecordsError, KBError, NotComparableError, UnknownTermError
from kb.version import VERSION

VERBS: Final = {
    "check": "kb.cli.check:check",
    "list": "kb.cli.list:list_",
    "show": "kb.cli.show:show",
    "compare": "kb.cli.compare:compare",
    "harms": "kb.cli.harms:harms",
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

COMPLETES: Final = "_KB_COMPLETE"
"""What a shell sets when it asks for words instead of running a verb."""

PLAIN: Final[dict[str, Any]] = {
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


UsageError: Final[Any] = typer.BadParameter.__bases__[0]
"""What the library raises for words that it cannot understand."""


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
            from kb.cli.layout import with_layout

            module, _, function = VERBS[name].partition(":")
            called = getattr(import_module(module), function)
            if COMPLETES in os.environ:
                from kb.cli.completion import with_words

                called = with_words(name, called)
            alone = typer.Typer(add_completion=False, **PLAIN)
            alone.command(name)(with_layout(called, name))
            self.commands[name] = typer.main.get_command(alone)
        return self.commands.get(name)

    def invoke(self, context: Any) -> Any:
        """Call the verb; what is said about wrong usage is fitted to a terminal like the rest."""
        try:
            return super().invoke(context)
        except UsageError as error:
            from kb.cli.output import on_stderr

            said = on_stderr(f"Error: {error.format_message()}").removeprefix("Error: ")
            setattr(error, "format_message", lambda: said)  # noqa: B010  (a method of the library)
            raise


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


def _where_listed(error: Exception) -> str:
    """Where the words of a kind are listed, behind an unknown one that is near to none of them."""
    from kb.vocabulary.kinds import KINDS

    if not isinstance(error, UnknownTermError) or error.kind not in KINDS:
        return ""
    told = not str(error).endswith(f"known {error.kind}")
    return "" if told else f"; `kb terms {error.kind}` lists them"


def main() -> NoReturn:
    """Run the command line and leave with its status."""
    from kb.cli.output import say, width_of_stderr

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

        say(said(error, sys.argv[1:], width_of_stderr()))
        status = 1
    except InvalidRecordsError as error:
        say(str(error))
        status = 1
    except (KBError, ValueError) as error:
        say(f"kb: {error}{_where_listed(error)}")
        status = 2
    except OSError as error:
        say(f"kb: {error.filename or 'file'}: {error.strerror}")
        status = 2
    else:
        status = 0
    sys.exit(status)
