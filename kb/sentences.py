"""Pieces of sentences that messages share: counts, lists of names, near words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
"""Control and direction characters, which no text of a record or of a table holds."""
QUOTED: Final = 60
"""Letters of a foreign text that a message repeats."""


def suggestion(nearest: Sequence[str]) -> str:
    """The tail of a message that offers near words: `; did you mean 'a' or 'b'?`."""
    words = [repr(word) for word in nearest[:3]]
    if not words:
        return ""
    listed = words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]
    return f"; did you mean {listed}?"


def printable(text: str) -> str:
    """A text on one line, with what a terminal would not show written as an escape."""
    if text.isprintable():
        return text
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode() for one in text
    )


def quoted(text: str) -> str:
    """A foreign text in double quotes, on one line and shortened."""
    line = printable(" ".join(text.split()))
    return f'"{line}"' if len(line) <= QUOTED else f'"{line[: QUOTED - 1]}…"'


def count(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def named(ids: Iterable[str], most: int = 4) -> str:
    """Ids once each, the first few by name and the rest counted."""
    once = list(dict.fromkeys(ids))
    if len(once) <= most + 1:
        return ", ".join(once)
    return f"{', '.join(once[:most])} and {len(once) - most} more"


def plain(value: str) -> str:
    """An id as words: `not-stated` is `not stated`, empty is `not stated`."""
    return value.replace("-", " ") if value else "not stated"
