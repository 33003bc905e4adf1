"""A sign of life on stderr while long work runs; only where somebody looks at a terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show `what` with a turning sign while the block runs; nothing in a pipe or a file."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield
