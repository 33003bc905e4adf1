"""Criteria as ids of a base, and whether something meets them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from kb.query.filters import AMONG_ROWS, FILTERS, YES, Criteria
from kb.query.histology import only

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.store.knowledge_base import KnowledgeBase
    from kb.vocabulary import Vocabulary


def resolved(base: KnowledgeBase, criteria: Criteria) -> dict[str, tuple[str, ...]]:
    """Criteria as ids; an unknown word raises UnknownTermError, an unknown filter ValueError."""
    known = {one.name: one for one in FILTERS}
    found: dict[str, tuple[str, ...]] = {}
    for name, words in criteria.items():
        if name not in known:
            raise ValueError(f"{name!r} is not a filter; filters are {', '.join(known)}")
        listed = _typed(words, flag=known[name].flag)
        if listed:
            found[name] = tuple(known[name].resolve(base, word) for word in listed)
    if "only_histology" in found and "histology" not in found:
        raise ValueError("only_histology leaves out what is not of a histology alone: say which")
    return found


def _typed(words: Any, *, flag: bool) -> list[str]:
    """The words of a filter as text; a flag is `yes` or nothing."""
    if flag and isinstance(words, bool):
        return [YES] if words else []
    several = (words,) if isinstance(words, str | int) else words or ()
    return [str(word) for word in cast("Iterable[object]", several)]


def unusable(criteria: Mapping[str, object], *names: str, by: str) -> None:
    """Refuse filters that something cannot use, rather than ignore them; ValueError says why."""
    for name in names:
        if criteria.get(name):
            raise ValueError(f"{name} chooses among rows, and {by}")


def among(
    criteria: Mapping[str, tuple[str, ...]],
    vocabulary: Vocabulary,
    said: object,
) -> bool:
    """Whether a row, or whatever has its fields, meets the filters that choose among rows.

    A definition is asked only of endpoints that have several.
    """
    for one in AMONG_ROWS:
        words = criteria.get(one.name)
        if not words or (one.name == "definition" and not _varies(said, vocabulary)):
            continue
        found = any(one.is_met(word, getattr(said, one.field)) for word in words)
        if found == one.leaves_out:
            return False
    return True


def _varies(said: Any, vocabulary: Vocabulary) -> bool:
    known = vocabulary.endpoints.get(said.endpoint)
    return known is None or bool(known.varies)


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
        asked = criteria["histology"]
        if "only_histology" in criteria:
            return only(histologies, asked, vocabulary)
        above = (vocabulary.ancestors("histology", word) for word in histologies)
        return any(not one.isdisjoint(asked) for one in above)
    return True
