"""What a comparison has to know of trials beside their rows, kept with a compiled base.

Arms with their role, their reference arm and what they were given, and how many patients of a set
had which histology: as small documents, so that no record is validated for a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kb.comparison.reference_arms import crossover_allowed, given, reference_arms

if TYPE_CHECKING:
    from kb.model import Report, Trial
    from kb.store.knowledge_base import KnowledgeBase
    from kb.vocabulary import Vocabulary

HISTOLOGY: Final = "histology"


@dataclass(frozen=True, slots=True)
class ArmFacts:
    """An arm: its role, the arm it is set against, what it was given, whether it crossed over."""

    given: str
    role: str = ""
    reference: str = ""
    crossover: bool = False


@dataclass(frozen=True, slots=True)
class TrialFacts:
    """The arms of a trial, and the counts of histologies by `report/set`."""

    arms: Mapping[str, ArmFacts]
    histologies: Mapping[str, Mapping[str, int]]


NOTHING: Final = TrialFacts({}, {})
"""What is known of a trial that is not in a base, such as a study of a reviewer's own table."""


class _Facts(Mapping[str, TrialFacts]):
    """Facts of trials, made when a trial is asked for; of an unknown trial there are none."""

    def __init__(self, documents: Mapping[str, Any]) -> None:
        self._documents, self._ready = documents, dict[str, TrialFacts]()

    def __getitem__(self, trial_id: str) -> TrialFacts:
        if trial_id not in self._documents:
            return NOTHING
        if trial_id not in self._ready:
            found = self._documents[trial_id]
            arms = {name: ArmFacts(**one) for name, one in found["arms"].items()}
            self._ready[trial_id] = TrialFacts(arms, found["histologies"])
        return self._ready[trial_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


class _Written(Mapping[str, Any]):
    """The documents of facts, each written from its record when it is asked for."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    def __getitem__(self, trial_id: str) -> dict[str, Any]:
        return written(self._base[trial_id], self._base.vocabulary)

    def __iter__(self) -> Iterator[str]:
        return iter(self._base)

    def __len__(self) -> int:
        return len(self._base)


def facts_of(base: KnowledgeBase) -> Mapping[str, TrialFacts]:
    """The facts of each trial of a base."""
    return _Facts(base.derived("facts", lambda: _Written(base)))


def written(trial: Trial, vocabulary: Vocabulary) -> dict[str, Any]:
    """The facts of a trial as a document; what is not so is left out."""
    references = reference_arms(trial)
    arms = {}
    for name, arm in trial.arms.items():
        one = {
            "given": given(trial, name, vocabulary),
            "role": arm.role,
            "reference": references.get(name),
            "crossover": crossover_allowed(trial, name),
        }
        arms[name] = {key: value for key, value in one.items() if value}
    counted = {
        f"{report_id}/{set_id}": counts
        for report_id, report in trial.reports.items()
        for set_id in report.analysis_sets
        if (counts := _counted(report, set_id, vocabulary))
    }
    return {"arms": arms, "histologies": counted}


def _counted(report: Report, set_id: str, vocabulary: Vocabulary) -> dict[str, int]:
    """The printed count of each histology in a set; of one printed twice, the first."""
    counts: dict[str, int] = {}
    for one in report.baseline:
        counted = one.set == set_id and one.characteristic == HISTOLOGY and one.count is not None
        if counted and one.category in vocabulary.histologies:
            counts.setdefault(str(one.category), int(one.count or 0))
    return counts
