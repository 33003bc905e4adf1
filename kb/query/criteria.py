"""Criteria as ids of a base, and whether something meets them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from kb.query.filters import FILTERS, Criteria

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.store.knowledge_base import KnowledgeBase
    from kb.vocabulary import Vocabulary


def resolved(base: KnowledgeBase, criteria: Criteria) -> dict[str, tuple[str, ...]]:
    """Criteria as ids; an unknown word raises UnknownTermError, an unknown filter ValueError."""
    known = {one.name: one.resolve for one in FILTERS}
    found: dict[str, tuple[str, ...]] = {}
    for name, words in criteria.items():
        if name not in known:
            raise ValueError(f"{name!r} is not a filter; filters are {', '.join(known)}")
        several = (words,) if isinstance(words, str | int) else words or ()
        listed = [str(word) for word in cast("Iterable[object]", several)]
        if listed:
            found[name] = tuple(known[name](base, word) for word in listed)
    return found


def years_match(asked: Iterable[str], year: int | None) -> bool:
    """Whether a year is one of those asked for, or inside a range asked for."""
    if year is None:
        return False
    for text in asked:
        low, dash, high = text.partition("-")
        if year == int(low or 0) if not dash else int(low or 0) <= year <= int(high or 9999):
            return True
    return False


def _shares(words: Iterable[str], asked: tuple[str, ...] | None) -> bool:
    """Whether one of some words was asked for, or none was."""
    return not asked or not frozenset(words).isdisjoint(asked)


def meets(
    criteria: Mapping[str, tuple[str, ...]],
    vocabulary: Vocabulary,
    *,
    line: str,
    year: int | None,
    histologies: Iterable[str],
    classes: Iterable[str] | None = None,
) -> bool:
    """Whether an analysis set meets the filters in which the sets of one arm differ.

    `classes`: those of what a number covers, if they may differ from those of its arm.
    """
    if classes is not None and not _shares(classes, criteria.get("regimen_class")):
        return False
    if "line" in criteria and line not in criteria["line"]:
        return False
    if "year" in criteria and not years_match(criteria["year"], year):
        return False
    if "histology" in criteria:
        above = (vocabulary.ancestors("histology", word) for word in histologies)
        return not frozenset().union(*above).isdisjoint(criteria["histology"])
    return True
