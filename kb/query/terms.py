"""The words of the vocabulary, with how many arms use each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

from kb import links
from kb.errors import UnknownTermError
from kb.view import View
from kb.vocabulary.kinds import KINDS
from kb.vocabulary.vocabulary import nearest

if TYPE_CHECKING:
    from kb.store.knowledge_base import KnowledgeBase
    from kb.vocabulary.terms import Term


@dataclass(frozen=True, slots=True)
class TermUse:
    """A term: its kind and id, what stands above it, and how many arms use it or one under it."""

    kind: str
    id: str
    term: Term
    above: tuple[str, ...]
    arms: int


class Terms(list[TermUse], View):
    """Terms of one kind, those that most arms use first; `kind` is what they are."""

    def __init__(self, kind: str, found: list[TermUse]) -> None:
        super().__init__(found)
        self.kind = kind


class Kinds(list[tuple[str, str, int]], View):
    """The kinds of terms: id, file, and how many terms there are of each."""


@overload
def terms(base: KnowledgeBase, kind: None = None) -> Kinds: ...


@overload
def terms(base: KnowledgeBase, kind: str, word: str | None = None) -> Terms: ...


def terms(base: KnowledgeBase, kind: str | None = None, word: str | None = None) -> Terms | Kinds:
    """The terms of one kind with their use counts; with a word, that term and those under it.

    Without a kind, the kinds there are. UnknownTermError for a kind or a word that there is not.
    """
    if kind is None:
        return Kinds((one, name, len(base.vocabulary[one])) for one, (name, _) in KINDS.items())
    if kind not in KINDS:
        plural = {name: kind_id for kind_id, (name, _) in KINDS.items()}
        if kind not in plural:
            raise UnknownTermError("kind of term", kind, nearest(kind, list(KINDS)), list(KINDS))
        kind = plural[kind]
    vocabulary = base.vocabulary
    chosen = list(vocabulary[kind])
    if word is not None:
        term_id = vocabulary.resolve(kind, word)
        under = vocabulary.descendants(kind, term_id) if kind != "drug" else frozenset()
        chosen = [one for one in chosen if one == term_id or one in under]
    counted = uses(base)
    found = [
        TermUse(kind, one, vocabulary[kind][one], vocabulary.parents(kind, one), counted[kind, one])
        for one in chosen
    ]
    return Terms(kind, sorted(found, key=lambda one: (-one.arms, one.id)))


def uses(base: KnowledgeBase) -> Counter[tuple[str, str]]:
    """How many arms use each word, counting what lies under it."""
    found: Counter[tuple[str, str]] = Counter()
    vocabulary = base.vocabulary
    for trial in base.values():
        for arm in trial.arms:
            facets = links.facets(trial, arm, vocabulary)
            for facet, kind in (
                ("drug", "drug"),
                ("drug_class", "drug-class"),
                ("regimen_class", "regimen-class"),
                ("histology", "histology"),
            ):
                found.update((kind, one) for one in facets[facet])
            found.update(("endpoint", one) for one in links.endpoints_of(trial, arm))
            assessments = [
                piece.assessment
                for report, name in links.sets_of(trial, arm)
                for piece in (trial.reports[report], trial.reports[report].analysis_sets[name])
                if piece.assessment is not None
            ]
            for kind in ("criteria", "assessor"):
                words = {getattr(one, kind) for one in assessments} - {None}
                found.update((kind, word) for word in words)
    return found
