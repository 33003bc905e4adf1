"""Filters for Python: what they take, and how their words become ids of a base."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final, TypedDict, get_args

from kb.errors import UnknownTermError
from kb.vocabulary.vocabulary import folded, nearest

if TYPE_CHECKING:
    from kb.store.knowledge_base import KnowledgeBase
    from kb.vocabulary import Vocabulary

Words = str | Iterable[str]


class Criteria(TypedDict, total=False):
    """What `select`, `compare`, `audit` and `gaps` take: one word or several per filter."""

    trial: Words
    drug: Words
    drug_class: Words
    regimen_class: Words
    histology: Words
    line: Words
    phase: Words
    allocation: Words
    year: Words


def _term(kind: str) -> Callable[[KnowledgeBase, str], str]:
    return lambda base, word: base.vocabulary.resolve(kind, word)


def _trial(base: KnowledgeBase, word: str) -> str:
    return word if word in base else base.trial(word).id


def _regimen_class(base: KnowledgeBase, word: str) -> str:
    """A named class, or a family typed as families joined by `+` in any order."""
    vocabulary = base.vocabulary
    try:
        return vocabulary.resolve("regimen-class", word)
    except UnknownTermError as error:
        parts = word.split("+")
        try:
            resolved = [vocabulary.resolve("drug-class", part.strip()) for part in parts]
        except UnknownTermError:
            raise error from None
        return "+".join(sorted(set(resolved)))


def _listed(kind: str, words: Callable[[], tuple[str, ...]]) -> Callable[[KnowledgeBase, str], str]:
    def resolve(_base: KnowledgeBase, word: str) -> str:
        known = {folded(one): one for one in words()}
        if folded(word) not in known:
            listed = list(known.values())
            raise UnknownTermError(kind, word, nearest(word, listed), listed)
        return known[folded(word)]

    return resolve


def _lines() -> tuple[str, ...]:
    from kb.model.words import Line

    return get_args(Line)


def _allocations() -> tuple[str, ...]:
    from kb.model.words import Allocation

    return get_args(Allocation)


def _phase(_base: KnowledgeBase, word: str) -> str:
    from kb.model.trial import PHASES

    roman = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
    bare = word.casefold().removeprefix("phase").strip()
    parts = [
        re.sub(r"^[iv]+", lambda found: roman.get(found[0], found[0]), part)
        for part in bare.split("/")
    ]
    phase = "/".join(parts)
    if phase not in PHASES:
        raise UnknownTermError("phase", word, nearest(phase, list(PHASES)), PHASES)
    return phase


def _year(_base: KnowledgeBase, word: str) -> str:
    """A year, or a range such as 2020-2024, 2020- or -2020."""
    text = str(word)
    if re.fullmatch(r"\d{4}|\d{4}-(\d{4})?|-\d{4}", text, re.ASCII):
        low, _, high = text.partition("-")
        if low and high and low > high:
            raise UnknownTermError("year", text, [f"{high}-{low}"])
        return text
    raise UnknownTermError("year", text, ["2024", "2020-2024", "2020-"])


RESOLVERS: Final[dict[str, Callable[[KnowledgeBase, str], str]]] = {
    "trial": _trial,
    "drug": _term("drug"),
    "drug_class": _term("drug-class"),
    "regimen_class": _regimen_class,
    "histology": _term("histology"),
    "line": _listed("line", _lines),
    "phase": _phase,
    "allocation": _listed("allocation", _allocations),
    "year": _year,
}


def resolved(base: KnowledgeBase, criteria: Criteria) -> dict[str, tuple[str, ...]]:
    """Criteria as ids; an unknown word raises UnknownTermError, an unknown filter ValueError."""
    found: dict[str, tuple[str, ...]] = {}
    for name, words in criteria.items():
        if name not in RESOLVERS:
            raise ValueError(f"{name!r} is not a filter; filters are {', '.join(RESOLVERS)}")
        listed = [words] if isinstance(words, (str, int)) else list(words or ())  # type: ignore[call-overload]  # checked
        if listed:
            found[name] = tuple(RESOLVERS[name](base, str(word)) for word in listed)
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


def meets(
    criteria: Mapping[str, tuple[str, ...]],
    vocabulary: Vocabulary,
    *,
    line: str,
    year: int | None,
    histologies: Iterable[str],
) -> bool:
    """Whether an analysis set meets the filters in which the sets of one arm differ."""
    if "line" in criteria and line not in criteria["line"]:
        return False
    if "year" in criteria and not years_match(criteria["year"], year):
        return False
    if "histology" in criteria:
        above = (vocabulary.ancestors("histology", word) for word in histologies)
        return not frozenset().union(*above).isdisjoint(criteria["histology"])
    return True
