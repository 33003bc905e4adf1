"""Problems as text, JSON or annotations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kb.sentences import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.errors import Problem


def problem_lines(problems: Sequence[Problem], style: str = "text") -> str:
    """All problems in one string: `text`, `json`, or `github` workflow commands."""
    if style == "json":
        rows = [
            {
                "path": printable(one.place.path),
                "line": one.place.line,
                "column": one.place.column,
                "rule": one.rule,
                "message": one.message,
            }
            for one in problems
        ]
        return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
    if style == "github":
        lines = [
            f"::error file={_escaped(one.place.path, ':,')},line={one.place.line},"
            f"col={one.place.column},title={one.rule}::{_escaped(one.message)}"
            for one in problems
        ]
    else:
        lines = [str(one) for one in problems]
    return "".join(f"{line}\n" for line in lines)


def _escaped(text: str, reserved: str = "") -> str:
    """Text as workflow commands take it: percent signs and reserved characters as %XX."""
    return "".join(f"%{ord(one):02X}" if one in f"%{reserved}" else one for one in printable(text))
