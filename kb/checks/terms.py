"""Is the vocabulary coherent? Parents that exist, no circles, no word with two meanings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kb.checks.fault import Fault
from kb.sentences import suggestion
from kb.vocabulary.vocabulary import folded, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.vocabulary import Vocabulary

LINKS: Final = (
    ("drug", "class", "classes", ("drug-class",)),
    ("drug-class", "parents", "parents", ("drug-class",)),
    ("regimen-class", "components", "components", ("drug-class", "drug")),
    ("histology", "parents", "parents", ("histology",)),
    ("endpoint", "sum_of", "sum_of", ("endpoint",)),
    ("endpoint", "when_defined", "when_defined", ("endpoint",)),
    ("endpoint", "apart_from", "apart_from", ("endpoint",)),
    ("endpoint", "completes", "completes", ("endpoint",)),
    ("endpoint", "not_below", "not_below", ("endpoint",)),
    ("endpoint", "not_above", "not_above", ("endpoint",)),
)


def unknown_parent(vocabulary: Vocabulary) -> Iterator[tuple[str, Fault]]:
    """Parents, classes, components and related endpoints are terms themselves."""
    for kind, key, attribute, targets in LINKS:
        known = [one for target in targets for one in vocabulary[target]]
        for term_id, one in vocabulary[kind].items():
            for index, word in enumerate(getattr(one, attribute)):
                if word not in known:
                    tail = suggestion(nearest(word, known))
                    message = f"{word!r} is no {' or '.join(targets)}{tail}"
                    yield kind, Fault((term_id, key, index), f"unknown-{targets[0]}", message)


def circular_term(vocabulary: Vocabulary) -> Iterator[tuple[str, Fault]]:
    """No term is above itself."""
    for kind in ("drug-class", "histology"):
        for term_id in vocabulary[kind]:
            above = {
                one
                for parent in vocabulary.parents(kind, term_id)
                for one in vocabulary.ancestors(kind, parent)
            }
            if term_id in above:
                message = f"{term_id!r} is among its own ancestors"
                yield kind, Fault((term_id, "parents"), "circular-term", message)


def ambiguous_word(vocabulary: Vocabulary) -> Iterator[tuple[str, Fault]]:
    """An id, name or synonym means one term of its kind."""
    meaning: dict[tuple[str, str], str] = {}
    for kind, term_id, one in vocabulary:
        for word in dict.fromkeys((term_id, one.name, *one.synonyms)):
            other = meaning.setdefault((kind, folded(word)), term_id)
            if other != term_id:
                message = f"{word!r} means {other!r} as well as {term_id!r}"
                yield kind, Fault((term_id,), "ambiguous-word", message, (other,))


def drug_without_family(vocabulary: Vocabulary) -> Iterator[tuple[str, Fault]]:
    """An active drug belongs, through its classes, to a family."""
    for drug_id, drug in vocabulary.drugs.items():
        if drug.active and not vocabulary.families(drug_id):
            message = f"{drug_id!r} reaches no drug class that is a family"
            yield "drug", Fault((drug_id,), "drug-without-family", message)
