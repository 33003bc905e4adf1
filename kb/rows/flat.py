"""How lists and pairs stand in the flat fields of a row: the only place that joins and splits them.

A list is joined by `;`, a pair is `key=value`. Keys are ids, so a text that holds `;` or `=` itself
comes back whole: what follows a `;` is a new entry only if a key stands before its `=`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

Pairs = tuple[tuple[str, str], ...]
KEY: Final = re.compile(r"[a-z0-9][a-z0-9./:@#-]*")
ID: Final = re.compile(r"[a-z0-9][a-z0-9+/&.:-]*")
ENTRY: Final = re.compile(rf";(?={KEY.pattern}=)")


def joined(words: Iterable[str]) -> str:
    """A list as one text; ids hold no `;`."""
    return ";".join(words)


@lru_cache(maxsize=16384)
def listed(text: str) -> tuple[str, ...]:
    """The list that a text stands for; empty for an empty text."""
    return tuple(text.split(";")) if text else ()


def ids(text: str) -> tuple[str, ...]:
    """The ids that a text lists; a text that is no list of ids, as a table has, is one."""
    found = listed(text)
    return found if all(map(ID.fullmatch, found)) else (text,)


def part_of_arm(arm: str, subgroup: str) -> str:
    """What a table has for the id of a set: an arm, and the subgroup of it."""
    return f"{arm}|{subgroup}"


def paired(pairs: Iterable[tuple[str, str]]) -> str:
    """Pairs of a key and a value as one text; a `;` in a value that looks like one gets a space."""
    return ";".join(f"{key}={ENTRY.sub('; ', value)}" for key, value in pairs)


@lru_cache(maxsize=16384)
def pairs(text: str) -> Pairs:
    """The pairs that a text stands for; what has no key is the value of an empty one."""
    found: list[tuple[str, str]] = []
    for piece in listed(text):
        key, equals, value = piece.partition("=")
        if equals and KEY.fullmatch(key):
            found.append((key, value))
        elif found:
            found[-1] = found[-1][0], f"{found[-1][1]};{piece}"
        else:
            found.append(("", piece))
    return tuple(found)
