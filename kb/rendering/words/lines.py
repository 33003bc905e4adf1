"""Text on lines of a width: broken between words, never inside a number, an interval or an id.

A word is what stands between spaces, and is never cut: not at a hyphen, not at a slash, not where
it is longer than the line. Some spaces hold their words together as well: those inside
`6.2 mo`, `95% CI`, `P = .19`, `0.21 to 0.44`, `└ Synovial`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LEAST_HEAD: Final = 2
"""How few columns a part of a text may have that is cut short."""
NUMBER: Final = re.compile(r"[≥≤<>=~≈-]?\.?\d")
"""How a piece begins that is a number, and is left out whole."""
HELD: Final = "\ue001"
"""A space that holds its words together while a text is laid on lines: a private character."""

GOES_ON: Final = "\\"
"""What ends a line of a command that goes on."""
UNITS: Final = (
    "mo", "months?", "wk", "weeks?", "d", "days?", "yr?", "years?", "h", "min", "%", "mg", "g",
    "Gy", "cm", "mm", "trials?", "arms?", "rows?", "patients?", "sets?",
)  # fmt: skip
HOLDING: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<=\d) (?=(?:{'|'.join(UNITS)})(?:[^\w%]|$))",
        r"(?<=%) (?=CI\b)",
        r" (?=[=<>≤≥≈±][ \d.∞–-])",
        r"(?<=[=<>≤≥≈±]) (?=[\d.∞–-])",
        r"(?<=\b[pP]) (?=\.?\d)",
        r"(?<=\d) (?=to [-–]?[\d.])",
        r"(?<=\d%) (?=to [-–]?[\d.])",
        r"(?<=\d[ \ue001]to) (?=[-–]?[\d.])",
        r"(?<=\d%[ \ue001]to) (?=[-–]?[\d.])",
        r"(?<=^└) ",
        rf" (?={re.escape(GOES_ON)}$)",
    )
)
"""The spaces that no line ends at."""


def width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1
        for one in text
    )


def pieces(text: str) -> list[str]:
    """The pieces of a text that no line breaks: words, and words that a space holds together."""
    if " " not in text:
        return [text] if text else []
    for space in HOLDING:
        text = space.sub(HELD, text)
    return [one.replace(HELD, " ") for one in text.split(" ") if one]


def longest(text: str) -> int:
    """The columns that the longest piece of a text takes with the indent of its line."""
    return max(
        (_indent(line) + width(one) for line in text.split("\n") for one in pieces(line)), default=0
    )


def cut(text: str, columns: int) -> str:
    """A text of one line in so many columns, with … where it is cut.

    What follows the last colon is a number and stays whole where it has room; of `LEADER, adults`
    both parts keep their beginnings, as the second tells it from others of its trial.
    """
    if width(text) <= columns:
        return text
    head, colon, tail = text.rpartition(": ")
    if colon and width(tail) <= columns - LEAST_HEAD - 2:
        return f"{cut(head, columns - 2 - width(tail))}: {tail}"
    first, comma, rest = text.partition(", ")
    room = columns - 2
    if not comma or room < 2 * LEAST_HEAD:
        return _ended(text, columns)
    left = min(width(first), max(room // 2, room - width(rest)))
    return f"{_ended(first, left)}, {_ended(rest, room - left)}"


def _ended(text: str, columns: int) -> str:
    if width(text) <= columns:
        return text
    kept = text
    while kept and width(kept) >= columns:
        kept = kept[:-1]
    for piece in pieces(text):
        start = text.find(piece)
        if NUMBER.match(piece) and start < len(kept) < start + len(piece):
            kept = kept[:start]
    return f"{kept.rstrip(' ,:')}…"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def wrapped(text: str, columns: int, hanging: int = 0) -> list[str]:
    """A text on lines of so many columns; later ones stand further in by `hanging`.

    Line breaks of the text are kept, and so is the indent of each of its lines. A piece that is
    longer than a line is parted at the spaces in it; a word that is longer has a line of its own.
    """
    out: list[str] = []
    for line in text.split("\n"):
        out += _laid(line, columns, hanging)
    return out


def _laid(line: str, columns: int, hanging: int) -> list[str]:
    if width(line) <= columns:
        return [line]
    indent = " " * _indent(line)
    further = indent + " " * hanging
    if longest(line) + hanging > columns:
        further = indent
    out: list[str] = []
    now = ""
    for piece in _parts(line, columns - len(further)):
        start = further if out else indent
        if not now:
            now = start + piece
        elif width(now) + 1 + width(piece) <= columns:
            now += f" {piece}"
        else:
            out.append(now)
            now = further + piece
    return [*out, now]


def _parts(line: str, columns: int) -> list[str]:
    """The pieces of a line, one that is longer than the room parted at its spaces.

    The sign by which a command goes on stays on its line, however long.
    """
    found: list[str] = []
    for piece in pieces(line):
        whole = width(piece) <= columns or piece.endswith(GOES_ON)
        found += [piece] if whole else piece.split(" ")
    return found
