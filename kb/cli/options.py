"""Options that several verbs share, each declared once."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer


class ProblemFormat(str, Enum):
    """How problems are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


Records = Annotated[
    Path | None,
    typer.Option(
        "--records", envvar="KB_RECORDS", show_envvar=True,
        help="The knowledge base; else kb.yaml upward from here, else the one in the package.",
    ),
]
