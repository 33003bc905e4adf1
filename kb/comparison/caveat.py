"""A caveat, the question it answers to, and the words rules share."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kb.comparison.row import Row
    from kb.store.knowledge_base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Caveat:
    """Something that makes rows hard to compare: the rule, the rows it is about, a sentence."""

    rule: str
    rows: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Question:
    """The base that was asked and the filters that were set, for rules that need them."""

    base: KnowledgeBase
    criteria: Mapping[str, tuple[str, ...]]


def grouped(
    rows: Sequence[Row], value_of: Callable[[Row], str], say: Callable[[str], str]
) -> str | None:
    """`first line (a, b), later line (c)`, or None where every row has one value."""
    trials: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        trials[value_of(row)].append(row.trial)
    if len(trials) < 2:
        return None
    return "; ".join(f"{say(value)} ({named(ids)})" for value, ids in trials.items())


def named(ids: Iterable[str], most: int = 4) -> str:
    """Ids once each, the first few by name and the rest counted."""
    once = list(dict.fromkeys(ids))
    if len(once) <= most + 1:
        return ", ".join(once)
    return f"{', '.join(once[:most])} and {len(once) - most} more"


def plain(value: str) -> str:
    """An id as words: `not-stated` is `not stated`, empty is `not stated`."""
    return value.replace("-", " ") if value else "not stated"
