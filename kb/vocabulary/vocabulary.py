"""The words records may use: look-up by id or synonym, ancestors, the nearest word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, cast

from kb.errors import UnknownTermError
from kb.sentences import suggestion
from kb.vocabulary.hints import hint, meant
from kb.vocabulary.kinds import KINDS

if TYPE_CHECKING:
    from kb.vocabulary.terms import Drug, DrugClass, Endpoint, Histology, RegimenClass, Term


def folded(word: str) -> str:
    """A word without case, hyphens, spaces and punctuation, as look-up compares it."""
    return re.sub(r"[\W_]+", "", word.casefold())


def nearest(word: str, words: Mapping[str, str] | list[str]) -> list[str]:
    """Up to three close words, best first; a mapping goes from spelling to id.

    Closeness is difflib's ratio; words much further away than the best one are left out.
    """
    asked = word.casefold()
    spellings = {spelling.casefold(): spelling for spelling in words}
    close = difflib.get_close_matches(asked, spellings, n=6, cutoff=0.6)
    ratios = [difflib.SequenceMatcher(None, one, asked).ratio() for one in close]
    found = [
        spellings[one]
        for one, ratio in zip(close, ratios, strict=True)
        if (ratio > ratios[0] - 0.15)
    ]
    ids = [words[one] if isinstance(words, Mapping) else one for one in found]
    return list(dict.fromkeys(ids))[:3]


def _codes(term: Term) -> tuple[str, ...]:
    """Codes that people say as words: LMS, SYNS."""
    code = term.codes.oncotree if term.codes else None
    return (code,) if code else ()


class Vocabulary:
    """Terms of every kind, by id; read-only."""

    def __init__(self, terms: Mapping[str, Mapping[str, Term]]) -> None:
        self._terms = {kind: terms.get(kind, {}) for kind in KINDS}

    def __getitem__(self, kind: str) -> Mapping[str, Term]:
        return self._terms[kind]

    @property
    def drugs(self) -> Mapping[str, Drug]:
        """Drugs by id."""
        return cast("Mapping[str, Drug]", self._terms["drug"])

    @property
    def drug_classes(self) -> Mapping[str, DrugClass]:
        """Drug classes by id."""
        return cast("Mapping[str, DrugClass]", self._terms["drug-class"])

    @property
    def regimen_classes(self) -> Mapping[str, RegimenClass]:
        """Regimen classes by id."""
        return cast("Mapping[str, RegimenClass]", self._terms["regimen-class"])

    @property
    def histologies(self) -> Mapping[str, Histology]:
        """Histologies by id."""
        return cast("Mapping[str, Histology]", self._terms["histology"])

    @property
    def endpoints(self) -> Mapping[str, Endpoint]:
        """Endpoints by id."""
        return cast("Mapping[str, Endpoint]", self._terms["endpoint"])

    @cached_property
    def _spellings(self) -> dict[str, dict[str, str]]:
        return {
            kind: {
                spelling: term_id
                for term_id, term in terms.items()
                for spelling in (*_codes(term), *term.synonyms, term.name, term_id)
            }
            for kind, terms in self._terms.items()
        }

    @cached_property
    def _folded(self) -> dict[str, dict[str, str]]:
        return {
            kind: {folded(spelling): term_id for spelling, term_id in spellings.items()}
            for kind, spellings in self._spellings.items()
        }

    def known(self, kind: str, word: str) -> str:
        """The id that an id, name or synonym stands for; empty for none."""
        if word in self._terms.get(kind, ()):
            return word
        return self._folded.get(kind, {}).get(folded(word), "")

    def resolve(self, kind: str, word: str) -> str:
        """The id that an id, name or synonym stands for; UnknownTermError with near words."""
        found = self.known(kind, word)
        if not found:
            bare = folded(word)
            near = meant(kind, bare, self._terms[kind])
            told = "" if near else hint(kind, word, bare, self._folded)
            near = near or nearest(word, self._spellings[kind])
            raise UnknownTermError(kind, word, near, hint=told)
        return found

    def explain(self, kind: str, word: str) -> str | None:
        """Why a record may not use a word, or None if it may: records use ids only."""
        terms = self._terms[kind]
        if word in terms:
            return None
        name = KINDS[kind].noun
        found = self._folded[kind].get(folded(word))
        near = [found] if found else nearest(word, self._spellings[kind])
        return f"{word!r} is not {name} of the vocabulary{suggestion(near)}"

    def parents(self, kind: str, term_id: str) -> tuple[str, ...]:
        """The parents of a term; a drug's parents are its classes."""
        return tuple(getattr(self._terms[kind].get(term_id), "parents", ()))

    def ancestors(self, kind: str, term_id: str) -> frozenset[str]:
        """A term and everything above it in its own tree; for a drug, its classes and theirs."""
        cache = self._cache
        if (kind, term_id) not in cache:
            above = "drug-class" if kind == "drug" else kind
            found = set() if kind == "drug" else {term_id}
            queue = list(self.parents(kind, term_id))
            while queue:
                one = queue.pop()
                if one not in found:
                    found.add(one)
                    queue.extend(self.parents(above, one))
            cache[kind, term_id] = frozenset(found)
        return cache[kind, term_id]

    @cached_property
    def _cache(self) -> dict[tuple[str, str], frozenset[str]]:
        return {}

    def descendants(self, kind: str, term_id: str) -> frozenset[str]:
        """A term and everything below it in its own tree."""
        return frozenset(one for one in self._terms[kind] if term_id in self.ancestors(kind, one))

    def families(self, drug: str) -> frozenset[str]:
        """The families of a drug: the nearest ancestor classes that are marked as families."""
        found: set[str] = set()
        queue = list(self.parents("drug", drug))
        while queue:
            one = queue.pop()
            drug_class = self.drug_classes.get(one)
            if drug_class is None:
                continue
            if drug_class.family:
                found.add(one)
            else:
                queue.extend(drug_class.parents)
        return frozenset(found)

    def name(self, kind: str, term_id: str) -> str:
        """The name of a term; its id where it has none."""
        found = self._terms[kind].get(term_id)
        return found.name if found else term_id

    def __iter__(self) -> Iterator[tuple[str, str, Term]]:
        for kind, terms in self._terms.items():
            for term_id, one in terms.items():
                yield kind, term_id, one
