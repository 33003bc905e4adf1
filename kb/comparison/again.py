"""The same question under other filters: which rows would answer it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kb.comparison.compare import answering
from kb.query.filters import FILTERS
from kb.query.select import before_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.comparison.compare import Comparison
    from kb.rows.row import Row

MEASURE = "--measure"


def answers_with(comparison: Comparison, words: Sequence[str]) -> tuple[Row, ...]:
    """The rows that a comparison has once these options are typed behind its own.

    An option takes the place of its namesake, but one that leaves out leaves out more. What a
    comparison is not asked again, such as one of a table, keeps its answers.
    """
    if comparison.asked is None:
        return comparison.answers
    asked = comparison.asked
    known = {one.option: one for one in FILTERS}
    given: dict[str, tuple[str, ...]] = {}
    for option, word in _pairs(words):
        if option == MEASURE:
            asked = asked.of((word,))
            continue
        name = known[option].name
        given[name] = (*given.get(name, ()), word)
    left_out = [one.name for one in FILTERS if one.leaves_out]
    added = {
        name: (*comparison.criteria.get(name, ()), *given[name])
        for name in left_out
        if name in given
    }
    criteria: Any = {**comparison.criteria, **given, **added}
    chosen = before_rows(comparison.base, **criteria)
    if "one_per_trial" in criteria:
        asked = replace(asked, reports="latest")
    return tuple(answering(chosen, asked)[0])


def _pairs(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each option with its word; a flag is set."""
    flags = {one.option for one in FILTERS if one.flag}
    waiting = ""
    for word in words:
        if waiting:
            yield waiting, word
            waiting = ""
        elif word in flags:
            yield word, "yes"
        else:
            waiting = word
