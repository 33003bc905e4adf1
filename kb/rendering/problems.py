"""Problems as text, JSON or annotations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.errors import Problem


def problem_lines(problems: Sequence[Problem], style: str = "text") -> str:
    """All problems in one string: `text`, `json`, or `github` workflow commands."""
    if style == "json":
        rows = [
            {
                "path": one.place.path,
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
            f"::error file={one.place.path},line={one.place.line},col={one.place.column},"
            f"title={one.rule}::{one.message}"
            for one in problems
        ]
    else:
        lines = [str(one) for one in problems]
    return "".join(f"{line}\n" for line in lines)
