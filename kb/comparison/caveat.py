"""A caveat, the question it answers to, and the words rules share."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.sentences import named

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kb.rows.row import Row
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
