"""Problems as lines, annotations of a workflow, or a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.rendering.table import Table
from kb.sentences import count, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.errors import Problem


def text_of(problems: Sequence[Problem]) -> str:
    """One line per problem: its place, its rule, a sentence."""
    return "".join(f"{one}\n" for one in problems)


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
    return Table.plain(count(len(lines), "problem"), ("Place", "Rule", "Message"), lines)


def _escaped(text: str, reserved: str = "") -> str:
    """Text as workflow commands take it: percent signs and reserved characters as %XX."""
    return "".join(f"%{ord(one):02X}" if one in f"%{reserved}" else one for one in printable(text))
