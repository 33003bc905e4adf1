"""What a terminal is asked: how wide, how high, with colour; and the pager for long answers."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import TextIO

UNKNOWN: Final = os.terminal_size((80, 24))
PAGER: Final = "less -FRX"
"""What shows a long answer where neither KB_PAGER nor PAGER says otherwise."""
BARE: Final = ("", "dumb")
"""Values of TERM under which nothing can move about the screen, so that no pager is started."""


def size(stream: TextIO) -> os.terminal_size:
    """How wide and high the terminal behind a stream is; COLUMNS and LINES are believed first."""
    try:
        found = os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):
        found = UNKNOWN
    wide, high = (os.environ.get(name, "") for name in ("COLUMNS", "LINES"))
    return os.terminal_size(
        (
            int(wide) if wide.isdigit() and int(wide) else found.columns or UNKNOWN.columns,
            int(high) if high.isdigit() and int(high) else found.lines or UNKNOWN.lines,
        )
    )


def coloured(stream: TextIO) -> bool:
    """Whether a stream shows bold and colour."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not plain


def show(text: str, *, paged: bool) -> None:
    """Print a text; through a pager where it is longer than the screen and somebody sits there."""
    lines = text.count("\n")
    usual = "" if os.environ.get("TERM", "") in BARE else PAGER
    command = shlex.split(os.environ.get("KB_PAGER") or os.environ.get("PAGER") or usual)
    wanted = paged and sys.stdin.isatty() and lines >= size(sys.stdout).lines
    if not wanted or not command or shutil.which(command[0]) is None:
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    settings = {**os.environ, "LESS": os.environ.get("LESS", "FRX")}
    pager = subprocess.Popen(  # noqa: S603  (the user's own choice)
        command, stdin=subprocess.PIPE, env=settings, encoding="utf-8", errors="backslashreplace"
    )
    try:
        pager.communicate(text)
    except (BrokenPipeError, KeyboardInterrupt):
        pager.wait()
