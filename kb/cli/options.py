"""Options that several verbs share, each declared once."""

from __future__ import annotations

import functools
import inspect
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.query.filters import FILTERS

if TYPE_CHECKING:
    from collections.abc import Callable


class ProblemFormat(str, Enum):
    """How problems are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


class Format(str, Enum):
    """How tables are written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    LATEX = "latex"
    HTML = "html"


Records = Annotated[
    Path | None,
    typer.Option(
        "--records",
        envvar="KB_RECORDS",
        show_envvar=True,
        help="The knowledge base; else kb.yaml upward from here, else the one in the package.",
    ),
]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")]
TableFormat = Annotated[
    Format, typer.Option("--format", help="How to write it; a file's suffix decides with -o.")
]


def with_filters(verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the filters of `select`, collected into its `criteria` argument."""
    own = [
        one
        for one in inspect.signature(verb, eval_str=True).parameters.values()
        if one.name != "criteria"
    ]
    added = [
        inspect.Parameter(
            one.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=False if one.flag else None,
            annotation=Annotated[bool, typer.Option(one.option, help=one.help)]
            if one.flag
            else Annotated[
                list[str] | None, typer.Option(one.option, help=one.help, metavar="WORD")
            ],
        )
        for one in FILTERS
        if one.name not in {each.name for each in own}
    ]

    @functools.wraps(verb)
    def wrapped(*args: Any, **given: Any) -> None:
        criteria = {one.name: given.pop(one.name) for one in FILTERS if given.get(one.name)}
        for one in FILTERS:
            given.pop(one.name, None)
        verb(*args, criteria=criteria, **given)

    signature = inspect.Signature(own + added)
    wrapped.__signature__ = signature  # type: ignore[attr-defined]  # typer reads it
    wrapped.__annotations__ = {one.name: one.annotation for one in signature.parameters.values()}
    del wrapped.__wrapped__
    return wrapped
