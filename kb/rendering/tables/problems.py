"""Problems as lines, annotations of a workflow, or a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.rendering.table import Column, Table
from kb.rendering.words.lines import wrapped
from kb.sentences import count, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.errors import Problem


def text_of(problems: Sequence[Problem], width: int | None = None) -> str:
    """One line per problem: its place, its rule, a sentence; several of a width, if it is given."""
    lines = [str(one) for one in problems]
    if width is not None:
        lines = [part for line in lines for part in wrapped(line, width, hanging=4)]
    return "".join(f"{line}\n" for line in lines)


def workflow_commands(problems: Sequence[Problem]) -> str:
    """Problems as `github` workflow commands."""
    lines = (
        f"::error file={_escaped(one.place.path, ':,')},line={one.place.line},"
        f"col={one.place.column},title={one.rule}::{_escaped(one.message)}\n"
        for one in problems
    )
    return "".join(lines)


def table_of(problems: Sequence[Problem]) -> Table:
    """One line per problem."""
    lines = [(str(one.place), one.rule, printable(one.message)) for one in problems]
    columns = (
        Column("Place", yields=2, way="apart"),
        Column("Rule", yields=1, way="under"),
        Column("Message", yields=3, way="apart", least=30),
    )
    return Table.plain(count(len(lines), "problem"), columns, lines)


def _escaped(text: str, reserved: str = "") -> str:
    """Text as workflow commands take it: percent signs and reserved characters as %XX."""
    return "".join(f"%{ord(one):02X}" if one in f"%{reserved}" else one for one in printable(text))
