"""Which trials are neighbours of one, and why; and which arms share a class and an endpoint."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kb.graphs.patients import patients_of
from kb.graphs.reasons import REASONS, Pair, Reason, profile
from kb.graphs.sums import evidence_with_sums
from kb.links import treatment_id
from kb.query.criteria import unusable
from kb.query.select import select
from kb.rows.identity import declared_overlaps
from kb.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Unpack

    from kb.model import AnalysisSet
    from kb.query.filters import Criteria
    from kb.store.knowledge_base import KnowledgeBase


MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A trial with the reasons why it is a neighbour, strongest first."""

    trial: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Related(View):
    """The neighbours of a trial, nearest first; a table describes the first `most` of them."""

    base: KnowledgeBase
    trial: str
    neighbours: tuple[Neighbour, ...]
    most: int = MOST
    criteria: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.neighbours)


def related(
    base: KnowledgeBase, trial: str, /, *, most: int = MOST, **criteria: Unpack[Criteria]
) -> Related:
    """The trials that have something in common with one, and what it is.

    `trial` is an id, acronym or registration. Filters keep neighbours with an arm that meets them.
    `most`: how many a table describes; the others it names. Ranked by how much is shared by the
    strongest kind of reason (in the order of `REASONS`), then by the next. A trial or word that the
    base lacks raises UnknownTermError.
    """
    unusable(criteria, "one_per_trial", by="a neighbour is a whole trial")
    vocabulary, asked = base.vocabulary, base.trial(trial)
    overlaps = declared_overlaps(base)
    one = profile(asked, vocabulary)
    chosen = select(base, **criteria)
    found: list[tuple[list[int], Neighbour]] = []
    for other in chosen.trials:
        if other.id == asked.id:
            continue
        pair = Pair(one, profile(other, vocabulary), vocabulary, overlaps)
        reasons = [rule(pair) for rule in REASONS]
        given = tuple(reason for reason in reasons if reason is not None)
        if given:
            rank = [-len(reason.shared) if reason else 0 for reason in reasons]
            found.append((rank, Neighbour(other.id, given)))
    found.sort(key=lambda ranked: (ranked[0], ranked[1].trial))
    return Related(base, asked.id, tuple(each for _, each in found), most, chosen.criteria)


@dataclass(frozen=True, slots=True)
class ReportingArm:
    """An arm for which an endpoint is reported: its treatment, patients and reports.

    `n`: the largest printed n of the sets concerned; None where none is printed.
    """

    trial: str
    arm: str
    treatment: str
    endpoint: str
    n: int | None
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reporting(View):
    """The arms that meet filters and report an endpoint, in the order of the base."""

    base: KnowledgeBase
    endpoint: str
    arms: tuple[ReportingArm, ...]
    criteria: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.arms)


def reporting(base: KnowledgeBase, endpoint: str, **criteria: Unpack[Criteria]) -> Reporting:
    """The arms that share an endpoint and whatever the filters ask, such as a regimen class.

    `endpoint` is an id or synonym; filters are those of `select`, and hold for analysis sets too.
    """
    unusable(criteria, "one_per_trial", by="arms are listed, not rows")
    wanted = base.vocabulary.resolve("endpoint", endpoint)
    chosen = select(base, **criteria)
    sets: dict[tuple[str, str], dict[str, list[AnalysisSet]]] = defaultdict(dict)
    for one, sums in evidence_with_sums(chosen):
        if wanted in one.endpoints | {row.endpoint for row in sums}:
            for arm in one.set.all_arms:
                sets[one.trial.id, arm].setdefault(one.report_id, []).append(one.set)
    arms = []
    for trial, arm in chosen:
        by_report = sets.get((trial.id, arm))
        if by_report:
            own = [one for each in by_report.values() for one in each if one.all_arms == (arm,)]
            treatment = treatment_id(trial, arm, base.vocabulary)
            n = patients_of(trial, own)
            arms.append(ReportingArm(trial.id, arm, treatment, wanted, n, tuple(by_report)))
    return Reporting(base, wanted, tuple(arms), chosen.criteria)
