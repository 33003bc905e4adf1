"""How a table is laid out: which columns, in which order, how many lines; one place for all verbs.

A verb of `LAYOUTS` gets these options beside its own. What was asked is kept until `put` writes.
"""

from __future__ import annotations

import functools
import inspect
import os
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.rendering.table import Table

OPTIONS: Final[dict[str, tuple[Any, Any]]] = {
    "columns": (
        Annotated[str, typer.Option(metavar="A,B", help="Only these columns, by their headings.")],
        "",
    ),
    "sort": (
        Annotated[
            str,
            typer.Option(
                metavar="FIELD",
                help="Numbers from the largest, words from A; FIELD:asc or FIELD:desc turns it.",
            ),
        ],
        "",
    ),
    "limit": (
        Annotated[
            int | None, typer.Option(metavar="N", min=1, help="The first N, and how many are left.")
        ],
        None,
    ),
    "brief": (Annotated[bool, typer.Option("--brief", help="One line a number.")], False),
    "no_pager": (
        Annotated[bool, typer.Option("--no-pager", help="Long answers run through, unpaged.")],
        False,
    ),
}
"""Each option with its type and its default."""

LAYOUTS: Final = {
    "compare": ("columns", "sort", "limit", "brief", "no_pager"),
    "harms": ("columns", "sort", "limit", "no_pager"),
    "list": ("columns", "sort", "limit", "no_pager"),
    "terms": ("columns", "sort", "limit", "no_pager"),
    "related": ("columns", "sort", "limit", "no_pager"),
    "pool": ("columns", "sort", "no_pager"),
    "network": ("columns", "sort", "no_pager"),
    "gaps": ("columns", "sort", "no_pager"),
    "path": ("columns", "no_pager"),
    "diff": ("columns", "no_pager"),
    "show": ("no_pager",),
    "audit": ("no_pager",),
}
"""The options that each verb can use."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What was asked of a table."""

    columns: str = ""
    sort: str = ""
    limit: int | None = None
    brief: bool = False
    no_pager: bool = False


NOTHING: Final = Layout()
ASKED: Final[ContextVar[Layout]] = ContextVar("layout", default=NOTHING)


def with_layout(verb: Callable[..., None], name: str) -> Callable[..., None]:
    """A verb with the options of its layout; one that has none is given back as it is."""
    own = inspect.signature(verb, eval_str=True).parameters
    added = [one for one in LAYOUTS.get(name, ()) if one not in own]
    if not added:
        return verb

    @functools.wraps(verb)
    def wrapped(*args: Any, **given: Any) -> None:
        asked = {one: given.pop(one) for one in added if one in given}
        token = ASKED.set(Layout(**asked))
        try:
            verb(*args, **given)
        finally:
            ASKED.reset(token)

    parameters = [
        inspect.Parameter(
            one, inspect.Parameter.KEYWORD_ONLY, annotation=OPTIONS[one][0], default=OPTIONS[one][1]
        )
        for one in added
    ]
    signature = inspect.Signature([*own.values(), *parameters])
    wrapped.__signature__ = signature  # type: ignore[attr-defined]  # typer reads it
    wrapped.__annotations__ = {one.name: one.annotation for one in signature.parameters.values()}
    del wrapped.__wrapped__
    return wrapped


def arranged(view: Any) -> tuple[Any, str]:
    """A view with its rows sorted and cut where it can do so, and how many were left out."""
    from kb.rendering.views import called, shown_as

    asked, shown = ASKED.get(), shown_as(view)
    if shown is None or not shown.arranged or not (asked.sort or asked.limit):
        return view, ""
    found: tuple[Any, str] = called(shown.arranged)(view, asked.sort, asked.limit)
    return found


def of_table(view: Any) -> bool:
    """Whether what was asked can only be done to a table, not to the rows of this view."""
    from kb.rendering.views import shown_as

    asked, shown = ASKED.get(), shown_as(view)
    by_itself = shown is not None and bool(shown.arranged)
    return bool(asked.columns or asked.brief or (not by_itself and (asked.sort or asked.limit)))


def named() -> str:
    """The options that were given, as they are typed."""
    asked = ASKED.get()
    return ", ".join(
        f"--{one}" for one in ("columns", "sort", "limit", "brief") if getattr(asked, one)
    )


def laid_out(view: Any, left: str = "", drawn: Callable[[Any], Table] | None = None) -> Table:
    """The table of a view as it was asked for, with a note on what was left out."""
    from kb.rendering.table import Note
    from kb.rendering.views import called, shown_as, table_of

    asked, shown = ASKED.get(), shown_as(view)
    if asked.brief and drawn is not None:
        raise typer.BadParameter("--brief is in the house style alone", param_hint="--style")
    if asked.brief and shown is not None and shown.brief:
        table: Table = called(shown.brief)(view)
    else:
        table = (drawn or table_of)(view)
    if shown is None or not shown.arranged:
        table, left = _arranged(table, asked)
    if asked.columns:
        table = table.only(asked.columns.split(","))
    if left:
        table = replace(table, notes=(Note("Left out by --limit", (left,)), *table.notes))
    return table


def _arranged(table: Table, asked: Layout) -> tuple[Table, str]:
    """A table sorted by a column and cut; a view that can do so by itself has done it before."""
    from kb.comparison.arranged import direction
    from kb.sentences import count

    if asked.sort:
        name, descending = direction(asked.sort)
        table = table.sorted_by(name, descending=descending)
    whole = len(table.lines)
    if asked.limit is None or whole <= asked.limit:
        return table, ""
    return table.first(asked.limit), f"{whole - asked.limit} of {count(whole, 'line')}"


def paged() -> bool:
    """Whether a long answer may go through a pager."""
    off = os.environ.get("KB_PAGER", "").strip().lower() in ("off", "no", "cat", "0")
    return not (ASKED.get().no_pager or off)
