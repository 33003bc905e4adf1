"""Which arm of a randomised trial another one is set against, and what that arm really was.

The reference arm is the arm of the same part whose role is control; where no arm has a role, the
partner of a printed randomised contrast. By role alone the arms of two strata would meet, and the
arms of a part that had one arm only; by contrast alone the printed direction would decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.model import Trial
    from kb.model.regimen import Component
    from kb.vocabulary import Vocabulary

CONTROL: Final = "control"
RANDOMISED: Final = "randomised"
SUPPORTIVE: Final = "supportive"


def reference_arms(trial: Trial) -> dict[str, str]:
    """Each experimental arm of a randomised trial that has a reference arm, with that arm.

    Arms that were randomised but not to be compared have one only by role. Of several controls in
    one part it is the one that a randomised contrast names, or none.
    """
    if trial.design.allocation != RANDOMISED:
        return {}
    partners = dict[str, set[str]]()
    for experimental, reference in _randomised_pairs(trial):
        partners.setdefault(experimental, set()).add(reference)
    if not any(arm.role for arm in trial.arms.values()):
        return {
            arm: next(iter(own))
            for arm, own in partners.items()
            if len(own) == 1 and trial.design.is_comparative
        }
    found = {}
    for name, arm in trial.arms.items():
        if arm.role == CONTROL:
            continue
        controls = {
            other
            for other, one in trial.arms.items()
            if one.role == CONTROL and one.part == arm.part
        }
        if len(controls) > 1:
            controls &= partners.get(name, set())
        if len(controls) == 1:
            found[name] = controls.pop()
    return found


def _randomised_pairs(trial: Trial) -> Iterator[tuple[str, str]]:
    """The pairs of single arms between which a randomised contrast is printed."""
    for report in trial.reports.values():
        for contrast in report.contrasts:
            sides = [
                report.analysis_sets[one].all_arms
                for one in (contrast.experimental, contrast.reference)
            ]
            if contrast.kind == RANDOMISED and all(len(one) == 1 for one in sides):
                (experimental,), (reference,) = sides
                yield experimental, reference


def given(trial: Trial, arm: str, vocabulary: Vocabulary) -> str:
    """What an arm was given, placebo included: `gemcitabine + docetaxel + placebo`.

    An arm of alternatives, or without an active drug, goes by its name: `investigator's choice`,
    `best supportive care`.
    """
    from kb.coverage import is_active
    from kb.model.regimen import Alternatives

    components: list[Component] = []
    for phase in trial.regimen(arm).phases:
        for part in phase.components:
            if isinstance(part, Alternatives):
                return _as_words(trial.arms[arm].name)
            components.append(part)
    if not any(is_active(one, vocabulary) for one in components):
        return _as_words(trial.arms[arm].name)
    return " + ".join(dict.fromkeys(one.drug for one in components if one.role != SUPPORTIVE))


def _as_words(name: str) -> str:
    """A name inside a sentence: its first letter small, unless the word is an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def crossover_allowed(trial: Trial, arm: str) -> bool:
    """Whether the patients of an arm were allowed to cross over, if that is printed."""
    return bool(trial.arms[arm].regimen.crossover or trial.regimen(arm).crossover)
