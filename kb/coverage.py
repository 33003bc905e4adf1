"""Which phases of an arm a number covers, and so which treatment and classes it is about.

A number covers its arm's phases from where its clock starts; `covers` says so where the clock does
not. Patients who went over to a drug outside the regimen of their arms are covered by that drug.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kb.model.regimen import Alternatives, Component
from kb.printed.clock import BEFORE_TREATMENT, MAINTENANCE_START
from kb.vocabulary.regimens import SOME, Given

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.model import AnalysisSet, Trial
    from kb.model.estimate import AnyFigure
    from kb.model.regimen import Phase as Stretch
    from kb.vocabulary import Vocabulary
    from kb.vocabulary.regimens import Phase

MAINTENANCE: Final = "maintenance"


def is_active(component: Component, vocabulary: Vocabulary) -> bool:
    """Whether a component counts as treatment: neither supportive nor placebo."""
    drug = vocabulary.drugs.get(component.drug)
    return component.role == "active" and (drug is None or drug.active)


def given(phase: Stretch, vocabulary: Vocabulary) -> Phase:
    """The active components of a phase, each with its alternatives."""
    found = []
    for part in phase.components:
        alternatives = part.one_of if isinstance(part, Alternatives) else ((part,),)
        active = [
            [one for one in alternative if is_active(one, vocabulary)]
            for alternative in alternatives
        ]
        every = [one for alternative in active for one in alternative]
        if every:
            found.append(
                Given(
                    tuple(frozenset(one.drug for one in alternative) for alternative in active),
                    frozenset(one.drug for one in every if is_open(one, vocabulary)),
                    all(one.who is not None for one in every),
                )
            )
    return tuple(found)


def is_open(component: Component, vocabulary: Vocabulary) -> bool:
    """Whether a component stands for an unknown number of drugs, or has partners not stated."""
    drug = vocabulary.drugs.get(component.drug)
    unnamed = component.unnamed or (drug.unnamed if drug else None)
    return unnamed == SOME or component.partners is not None


def phases_of_arm(trial: Trial, arm: str, vocabulary: Vocabulary) -> tuple[Phase, ...]:
    """What an arm is given, phase by phase; phases without an active drug are left out."""
    return _all_given(trial.regimen(arm).phases, vocabulary)


def _all_given(phases: Sequence[Stretch], vocabulary: Vocabulary) -> tuple[Phase, ...]:
    return tuple(phase for one in phases if (phase := given(one, vocabulary)))


def covered(
    trial: Trial,
    arm: str,
    chosen: AnalysisSet,
    figure: AnyFigure | None,
    vocabulary: Vocabulary,
) -> tuple[Phase, ...]:
    """What the patients of an arm were given in the phases that a number covers, or its set.

    A phase that `covers` names counts although only some of the arm get it. Of patients who
    received a drug outside the regimens of all arms of their set, that drug, after their regimen if
    they received a drug of it too; of a set of those who received one of several alternatives, that
    alternative.
    """
    phases = trial.regimen(arm).phases
    named = (figure.covers if figure else ()) or chosen.covers
    if named:
        whole = _all_given([one for one in phases if one.phase in named], vocabulary)
        told = tuple(tuple(one._replace(partly=False) for one in phase) for phase in whole)
        return _received(trial, chosen, told, vocabulary)
    if figure and figure.origin == MAINTENANCE_START:
        starts = [place for place, one in enumerate(phases) if MAINTENANCE in (one.phase or "")]
        phases = phases[starts[0] :] if starts else phases
    return _received(trial, chosen, _all_given(phases, vocabulary), vocabulary)


def _received(
    trial: Trial, chosen: AnalysisSet, phases: tuple[Phase, ...], vocabulary: Vocabulary
) -> tuple[Phase, ...]:
    received = frozenset(chosen.subgroup.drug_received) if chosen.subgroup else frozenset()
    if not received:
        return phases
    regimens = frozenset(
        drug
        for arm in chosen.all_arms
        for phase in phases_of_arm(trial, arm, vocabulary)
        for component in phase
        for drug in component.drugs
    )
    outside = sorted(
        drug
        for drug in received - regimens
        if drug in vocabulary.drugs and vocabulary.drugs[drug].active
    )
    own = tuple(tuple(_narrowed(component, received) for component in phase) for phase in phases)
    if not outside:
        return own
    taken = tuple(Given((frozenset({drug}),)) for drug in outside)
    return (*own, taken) if received & regimens else (taken,)


def _narrowed(component: Given, received: frozenset[str]) -> Given:
    """A component with the alternatives that were received, where any of its alternatives was.

    Those that hold every drug that was received, where there are such, else those that hold one.
    """
    wanted = component.drugs & received
    every = tuple(one for one in component.choice if wanted and wanted <= one)
    kept = every or tuple(one for one in component.choice if one & received)
    return component._replace(choice=kept) if kept else component


def has_classes(figure: AnyFigure | None) -> bool:
    """Whether it is known what was given since the clock of a number started.

    A clock that starts before treatment says nothing of what `covers` of the number itself records.
    """
    return figure is None or bool(figure.covers) or figure.origin not in BEFORE_TREATMENT
