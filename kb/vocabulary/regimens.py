"""Which drugs an arm gets, and which regimen classes and families they make; computed only."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kb.vocabulary.vocabulary import Vocabulary

Choice = tuple[frozenset[str], ...]
"""One component: its alternatives, each a set of drug ids; a plain drug has one alternative."""


def combinations(components: Sequence[Choice]) -> list[frozenset[str]]:
    """Every set of drugs that a patient may get from components with alternatives."""
    return [frozenset().union(*chosen) for chosen in product(*components)]


def named_classes(drugs: frozenset[str], vocabulary: Vocabulary) -> frozenset[str]:
    """The named regimen classes of one set of drugs.

    `exactly`: drugs and components pair off one to one. `covers`: every drug is at or under some
    component and every component has a drug.
    """
    fits = {drug: frozenset({drug}) | vocabulary.ancestors("drug", drug) for drug in drugs}
    found = set()
    for class_id, regimen_class in vocabulary.regimen_classes.items():
        components = regimen_class.components
        if regimen_class.match == "covers":
            every_drug = all(any(one in fits[drug] for one in components) for drug in drugs)
            every_component = all(any(one in fits[drug] for drug in drugs) for one in components)
            if drugs and every_drug and every_component:
                found.add(class_id)
        elif len(components) == len(drugs) and _pair_off(list(drugs), components, fits):
            found.add(class_id)
    return frozenset(found)


def _pair_off(drugs: list[str], components: Sequence[str], fits: dict[str, frozenset[str]]) -> bool:
    """Whether every drug can be given a component of its own (augmenting paths)."""
    holder: dict[int, str] = {}

    def place(drug: str, tried: set[int]) -> bool:
        for index, component in enumerate(components):
            if component in fits[drug] and index not in tried:
                tried.add(index)
                if index not in holder or place(holder[index], tried):
                    holder[index] = drug
                    return True
        return False

    return all(place(drug, set()) for drug in drugs)


def family(drugs: Iterable[str], vocabulary: Vocabulary) -> str:
    """The family of one set of drugs: sorted family ids joined by `+`; empty if one has none."""
    found: set[str] = set()
    for drug in drugs:
        families = vocabulary.families(drug)
        if not families:
            return ""
        found.add(min(families))
    return "+".join(sorted(found))


def classes(phases: Sequence[Sequence[Choice]], vocabulary: Vocabulary) -> frozenset[str]:
    """The regimen classes and families of an arm.

    Each phase is taken by itself, so a class that needs two phases is never claimed. With
    alternatives a class holds only if every alternative has it.
    """
    found: set[str] = set()
    for components in phases:
        per_choice = [
            named_classes(drugs, vocabulary) | ({family(drugs, vocabulary)} - {""})
            for drugs in combinations(components)
            if drugs
        ]
        if per_choice:
            found |= frozenset.intersection(*per_choice)
    return frozenset(found)
