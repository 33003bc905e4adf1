"""Which of the options that speak to a reason really satisfy it: each is tried on the rows.

An option is offered only if the rows that it leaves pass, so nobody is sent in a circle by it.
Where the rows may be chosen again it is tried for real: what an older report prints comes up once
the newer one is left out, and is then left out too.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kb.synthesis.gate.options import EXCLUDE, MOST_EXCLUDED, Option

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kb.rows.row import Row
    from kb.store.knowledge_base import KnowledgeBase
    from kb.synthesis.gate.options import Given

    Rule = Callable[[Sequence[Row], KnowledgeBase], str]
    Again = Callable[[tuple[str, ...]], Sequence[Row]]

MOST_OFFERED: Final = 3
MOST_TRIED: Final = 100
"""Combinations of options that are looked through for one that satisfies everything."""
MOST_ROUNDS: Final = 3
"""How often what comes up is left out too."""


def offered(
    rule: Rule,
    candidates: Given,
    rows: Sequence[Row],
    base: KnowledgeBase,
    again: Again | None = None,
) -> list[Option]:
    """The candidates that leave rows which pass, those that keep most rows first.

    Words such as `not-stated` alone come last; of options that only leave rows out one is given.
    `again` gives the rows that there are once an option is typed.
    """
    tried = {one.words: one for one in candidates(rows, base)}
    found = [
        one for one in tried.values() if 0 < len(one.kept) < len(rows) and not rule(one.kept, base)
    ]
    found.sort(key=lambda one: (one.says_nothing, -len(one.kept)))
    chosen: list[Option] = []
    for one in found:
        if len(chosen) == MOST_OFFERED:
            break
        if not (one.leaves_out and any(other.leaves_out for other in chosen)):
            real = one if again is None else _tried(one, rule, candidates, base, again)
            chosen += [real] if real else []
    return chosen


def _tried(
    option: Option, rule: Rule, candidates: Given, base: KnowledgeBase, again: Again
) -> Option | None:
    """An option with the rows that it really leaves, and with what else has to be left out.

    Of what comes up the rows are left out first, then the trials.
    """
    for whole in (False, True):
        found: Option | None = option
        for _ in range(MOST_ROUNDS):
            if found is None:
                break
            left = tuple(again(found.words))
            if left and not rule(left, base):
                return replace(found, kept=left)
            found = _further(found, left, rule, candidates, base, whole=whole)
    return None


def _further(
    option: Option,
    left: Sequence[Row],
    rule: Rule,
    candidates: Given,
    base: KnowledgeBase,
    *,
    whole: bool,
) -> Option | None:
    """An option that leaves out more: what speaks against the rows that it leaves."""
    if EXCLUDE not in option.words:
        return None
    listed = (one for one in candidates(left, base) if one.leaves_out)
    more = next((one for one in listed if one.kept and not rule(one.kept, base)), None)
    if more is None:
        return None
    named = [one for word, one in pairwise(option.words) if word == EXCLUDE]
    added = [*more.words[1::2]]
    if whole:
        trials = dict.fromkeys(one.partition("/")[0] for one in added)
        named = [one for one in named if one.partition("/")[0] not in trials]
        added = [*trials]
    if len(named) + len(added) > MOST_EXCLUDED:
        return None
    others = option.words[: option.words.index(EXCLUDE)]
    return Option((*others, *(word for one in (*named, *added) for word in (EXCLUDE, one))), ())


def satisfying(
    rows: Sequence[Row],
    base: KnowledgeBase,
    asked: Sequence[tuple[Rule, Given]],
    again: Again | None,
) -> tuple[str, ...]:
    """Options that satisfy all rules at once, word by word; empty if fewer than two rows stay.

    The first options are tried first, and no more combinations than are found at once.
    """
    waiting: list[tuple[tuple[str, ...], tuple[Row, ...]]] = [((), tuple(rows))]
    for _ in range(MOST_TRIED):
        if not waiting:
            break
        words, left = waiting.pop()
        against = next(((rule, own) for rule, own in asked if rule(left, base)), None)
        if against is None:
            return words
        found = offered(*against, left, base, _behind(words, again))
        waiting += [
            ((*words, *one.words), one.kept) for one in reversed(found) if len(one.kept) > 1
        ]
    return ()


def _behind(words: tuple[str, ...], again: Again | None) -> Again | None:
    """The rows that there are once options are typed behind others."""
    return again and (lambda further: again((*words, *further)))
