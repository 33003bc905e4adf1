"""What the phases that a number covers make: treatments, regimen classes, families; computed only.

Classes belong to the maximal phases. A phase whose drugs are all part of another adds nothing; of
two with the same drugs the first stays; a phase that only some of the patients get adds nothing to
a number of all. Surgery, and radiotherapy after it, are no phases. Of several maximal phases the
regimen is a sequence, and no single agent; no more is it where one of the others has an unnamed
drug.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.vocabulary.treatment_ids import THEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kb.vocabulary.terms import RegimenClass
    from kb.vocabulary.vocabulary import Vocabulary

Choice = tuple[frozenset[str], ...]
"""The alternatives of a component, each a set of drug ids; a plain drug is its only alternative."""

SURGERY: Final = "surgery"
RADIOTHERAPY: Final = "radiotherapy"
SOME: Final = "some"


class Given(NamedTuple):
    """One active component of a phase.

    `choice`: its alternatives. `open`: those of its drugs that stand for an unknown number of
    drugs, or whose partners are not stated. `partly`: whether only some patients get it.
    """

    choice: Choice
    open: frozenset[str] = frozenset()
    partly: bool = False

    @property
    def drugs(self) -> frozenset[str]:
        """Every drug of every alternative."""
        return frozenset().union(*self.choice)


Phase = tuple[Given, ...]
"""The active components of one phase."""


def maximal(phases: Iterable[Phase], vocabulary: Vocabulary) -> list[Phase]:
    """The phases that say what a number of all patients is about, in their order."""
    return list(_maximal(phases, vocabulary).values())


def _maximal(phases: Iterable[Phase], vocabulary: Vocabulary) -> dict[int, Phase]:
    """The maximal phases by their places, without what is no treatment of a phase.

    Where every phase is for some of the patients, such as a dose by age, all are of the regimen.
    """
    treatments = dict(_treatments(phases, vocabulary))
    of_all = {
        place: phase
        for place, phase in treatments.items()
        if not all(component.partly for component in phase)
    }
    shared = of_all or treatments
    drugs = {place: _drugs(phase) for place, phase in shared.items()}

    def adds(place: int) -> bool:
        return not any(
            _part_of(drugs[place], other, vocabulary)
            and (index < place or not _part_of(other, drugs[place], vocabulary))
            for index, other in drugs.items()
            if index != place
        )

    return {place: phase for place, phase in shared.items() if adds(place)}


def _drugs(components: Iterable[Given]) -> frozenset[str]:
    return frozenset().union(*(component.drugs for component in components))


def _treatments(phases: Iterable[Phase], vocabulary: Vocabulary) -> Iterator[tuple[int, Phase]]:
    """Phases without surgery, and without those of nothing but radiotherapy after it."""
    operated = False
    for place, phase in enumerate(phases):
        kept = []
        late = []
        for component in phase:
            without = tuple(
                frozenset(drug for drug in one if _kind(drug, vocabulary) != SURGERY)
                for one in component.choice
            )
            operated = operated or without != component.choice
            if any(without):
                kept.append(component._replace(choice=without))
                late.append(operated and _only_radiotherapy(without, vocabulary))
        if not all(late):
            yield place, tuple(kept)


def _only_radiotherapy(choice: Choice, vocabulary: Vocabulary) -> bool:
    return all(_kind(drug, vocabulary) == RADIOTHERAPY for one in choice for drug in one)


def _kind(drug: str, vocabulary: Vocabulary) -> str:
    known = vocabulary.drugs.get(drug)
    return known.kind if known else "drug"


def _part_of(inner: frozenset[str], outer: frozenset[str], vocabulary: Vocabulary) -> bool:
    """Whether every drug is among others, an unnamed one if they have one of its stated class."""
    return all(drug in outer or _stands_for(drug, outer, vocabulary) for drug in inner)


def _stands_for(drug: str, others: frozenset[str], vocabulary: Vocabulary) -> bool:
    known = vocabulary.drugs.get(drug)
    if known is None or known.unnamed is None:
        return False
    stated = set(known.classes)
    return any(stated & vocabulary.ancestors("drug", other) for other in others)


def combinations(components: Sequence[Choice]) -> list[frozenset[str]]:
    """Every set of drugs that a patient may get from components with alternatives."""
    return [frozenset().union(*chosen) for chosen in product(*components)]


def named_classes(
    drugs: frozenset[str], vocabulary: Vocabulary, *, counted: bool = True
) -> frozenset[str]:
    """The named regimen classes of one set of drugs.

    `exactly`: drugs and components pair off one to one, which cannot be said where the drugs are
    not `counted`. `covers`: every drug is at or under some component and every component has one.
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
        elif counted and len(components) == len(drugs) and _pair_off(list(drugs), components, fits):
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


def classes(phases: Iterable[Phase], vocabulary: Vocabulary) -> frozenset[str]:
    """The regimen classes and families of the phases that a number covers.

    With alternatives a class holds only if every alternative has it. A sequence has the classes of
    each of its phases but no class of one drug alone, and one family: theirs, joined by `..`.
    """
    return _classes(tuple(phases), vocabulary)


@lru_cache(maxsize=4096)
def _classes(phases: tuple[Phase, ...], vocabulary: Vocabulary) -> frozenset[str]:
    kept = maximal(phases, vocabulary)
    named = [_shared(phase, vocabulary) for phase in kept]
    families = [_shared_family(phase, vocabulary) for phase in kept]
    found = frozenset().union(*named)
    if len(kept) > 1 or _more_is_given(phases, kept, vocabulary):
        found = frozenset(one for one in found if not alone(vocabulary.regimen_classes[one]))
    return found | ({THEN.join(families)} if families and all(families) else set())


def _more_is_given(phases: Iterable[Phase], kept: Sequence[Phase], vocabulary: Vocabulary) -> bool:
    """Whether a phase that adds nothing has an unnamed drug, or partners that are not stated.

    Doxorubicin and then some chemotherapy is chemotherapy with an anthracycline, but not
    doxorubicin alone.
    """
    told, known = _drugs(one for phase in kept for one in phase), _open(kept)
    return any(
        not component.drugs <= told or not component.open <= known
        for _, phase in _treatments(phases, vocabulary)
        for component in phase
        if not all(one.partly for one in phase)
    )


def _open(phases: Iterable[Phase]) -> frozenset[str]:
    """The drugs of phases that stand for some, or have partners that are not stated."""
    return frozenset().union(*(component.open for phase in phases for component in phase))


def alone(regimen_class: RegimenClass) -> bool:
    """Whether a class is of one drug and nothing else."""
    return regimen_class.match == "exactly" and len(regimen_class.components) == 1


def _shared(phase: Phase, vocabulary: Vocabulary) -> frozenset[str]:
    """The named classes that every alternative of a phase has."""
    unknown = _open([phase])
    return frozenset.intersection(
        *(
            named_classes(drugs, vocabulary, counted=drugs.isdisjoint(unknown))
            for drugs in _alternatives(phase)
        )
    )


def _shared_family(phase: Phase, vocabulary: Vocabulary) -> str:
    """The family of a phase; empty where its alternatives have several, or one has none."""
    found = {family(drugs, vocabulary) for drugs in _alternatives(phase)}
    return found.pop() if len(found) == 1 else ""


def _alternatives(phase: Phase) -> list[frozenset[str]]:
    """What a patient may get in a phase; somebody who gets nothing active tells nothing."""
    return [drugs for drugs in combinations([one.choice for one in phase]) if drugs]


def treatment(phases: Sequence[Phase], vocabulary: Vocabulary) -> str:
    """The active drugs of phases: `a+b/c+d`, ids sorted, alternatives as `b/c`.

    Of a sequence the drugs of each maximal phase, joined by `..`; what else is given, such as
    surgery, stands with the phase after which it comes.
    """
    kept = _maximal(phases, vocabulary)
    if len(kept) < 2:
        return _joined(component for phase in phases for component in phase)
    told = frozenset().union(*map(_drugs, kept.values()))
    groups: list[list[Given]] = [[]]
    started = False
    for place, phase in enumerate(phases):
        if place in kept and started:
            groups.append([])
        started = started or place in kept
        groups[-1] += kept.get(place, ())
        groups[-1] += (component for component in phase if not component.drugs <= told)
    return THEN.join(_joined(group) for group in groups)


def _joined(components: Iterable[Given]) -> str:
    parts = {
        "/".join(sorted({"&".join(sorted(one)) for one in component.choice if one}))
        for component in components
    }
    return "+".join(sorted(parts))
