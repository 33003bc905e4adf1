"""The options of a table of one's own, which every verb that takes one has."""

from __future__ import annotations

import functools
import inspect
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from kb.cli.output import say
from kb.sentences import count

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kb.tables.sheet import CellProblem
    from kb.tables.table import Table

OPTIONS: Final[tuple[tuple[str, Any, Any], ...]] = (
    (
        "table",
        None,
        Annotated[
            Path | None,
            typer.Option(
                "--table",
                metavar="FILE",
                help="A table of your own in place of records: CSV, XLSX, XLS, ODS; - is stdin.",
            ),
        ],
    ),
    (
        "sheet",
        None,
        Annotated[
            str | None, typer.Option("--sheet", metavar="NAME", help="The sheet of a workbook.")
        ],
    ),
    (
        "mapping",
        None,
        Annotated[
            list[str] | None,
            typer.Option(
                "--map",
                metavar="FIELD=HEADER",
                help='What columns are: study=Author,n=N,events="ORR n"; or a mapping.yaml.',
            ),
        ],
    ),
    (
        "strict",
        False,
        Annotated[
            bool, typer.Option("--strict", help="Exit 2 if a cell of the table cannot be read.")
        ],
    ),
)
SHOWN: Final = 10
"""How many problems of a table are said where something else is the answer."""


@dataclass(frozen=True, slots=True)
class OwnTable:
    """A table as it was asked for on the command line."""

    path: Path
    sheet: str | None = None
    mapping: tuple[str, ...] = ()
    strict: bool = False

    def read(self, records: Path | None) -> Table:
        """The table, by the words of the base that was named, else of the nearest one.

        With `--strict` every problem is said and the exit status is 2.
        """
        from kb.store.layout import find_root
        from kb.store.reader import read_vocabulary
        from kb.tables.table import table

        if str(self.path) != STDIN and not self.path.is_file():
            raise typer.BadParameter(f"there is no file {self.path}", param_hint="--table")
        words = None if records is None else read_vocabulary(find_root(records))[0]
        found = table(self.path, mapping=_mapping(self.mapping), sheet=self.sheet, vocabulary=words)
        if self.strict and found.problems:
            for one in found.problems:
                say(described(one))
            raise typer.Exit(2)
        return found


STDIN: Final = "-"


def _mapping(given: Sequence[str]) -> Mapping[str, str] | Path | None:
    """What `--map` says: the path of a mapping, or pairs of field and header, one or several."""
    from kb.tables.mapping import parse_mapping

    if not given:
        return None
    if len(given) == 1 and Path(given[0]).suffix in (".yaml", ".yml"):
        return Path(given[0])
    return {field: header for one in given for field, header in parse_mapping(one).items()}


def described(problem: CellProblem) -> str:
    """`D7: "many" is not understood as a count`."""
    return f"{problem.cell or problem.place}: {problem.message}"


def say_problems(table: Table | None) -> None:
    """Say on stderr which cells were left out, the first of many."""
    if table is None or not table.problems:
        return
    found = table.problems
    say(f"{count(len(found), 'cell')} of {table.path.name} left out or doubtful:")
    for one in found[:SHOWN]:
        say(f"  {described(one)}")
    if len(found) > SHOWN:
        say(f"  and {len(found) - SHOWN} more; kb audit --table lists them")


def with_table(verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the options of a table, collected into its `table` argument as `OwnTable`."""
    own = [
        one
        for one in inspect.signature(verb, eval_str=True).parameters.values()
        if one.name != "table"
    ]
    added = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
        )
        for name, default, annotation in OPTIONS
    ]

    @functools.wraps(verb)
    def wrapped(*args: Any, **given: Any) -> None:
        path, sheet, mapping, strict = (given.pop(name) for name, _, _ in OPTIONS)
        if path is None and (sheet or mapping or strict):
            raise typer.BadParameter("--sheet, --map and --strict are of a --table")
        found = None if path is None else OwnTable(path, sheet, tuple(mapping or ()), strict)
        verb(*args, table=found, **given)

    signature = inspect.Signature([one for one in own if one.name != "criteria"] + added
                                  + [one for one in own if one.name == "criteria"])  # fmt: skip
    wrapped.__signature__ = signature  # type: ignore[attr-defined]  # typer reads it
    wrapped.__annotations__ = {one.name: one.annotation for one in signature.parameters.values()}
    del wrapped.__wrapped__
    return wrapped
