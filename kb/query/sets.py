"""The analysis sets of selected arms that meet the filters, each with the endpoints it prints."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kb.links import histologies_of, set_endpoints, years_of
from kb.query.criteria import meets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.model import AnalysisSet, Trial
    from kb.query.select import Selection
    from kb.vocabulary import Vocabulary


class SetEvidence(NamedTuple):
    """An analysis set, where it stands, and the endpoints that are printed of it."""

    trial: Trial
    report_id: str
    set_id: str
    set: AnalysisSet
    endpoints: frozenset[str]


def evidence_of(chosen: Selection) -> Iterator[SetEvidence]:
    """The sets that hold patients of a selected arm, meet the filters and print an endpoint."""
    selected = {(one.trial_id, one.arm_id) for one in chosen}
    for trial in chosen.trials:
        for report_id, report in trial.reports.items():
            printed = defaultdict(set)
            for set_id, endpoint in set_endpoints(report):
                printed[set_id].add(endpoint)
            for set_id, endpoints in printed.items():
                one = report.analysis_sets[set_id]
                whose = any((trial.id, arm) in selected for arm in one.all_arms)
                if whose and set_meets(
                    trial, report_id, one, chosen.criteria, chosen.base.vocabulary
                ):
                    yield SetEvidence(trial, report_id, set_id, one, frozenset(endpoints))


def set_meets(
    trial: Trial,
    report_id: str,
    one: AnalysisSet,
    criteria: Mapping[str, tuple[str, ...]],
    vocabulary: Vocabulary,
) -> bool:
    """Whether a set meets the filters in which sets of one arm differ: line, year, histology."""
    own = one.subgroup.histology if one.subgroup else ()
    studied = own or {up for arm in one.all_arms for up in histologies_of(trial, arm)}
    return meets(
        criteria, vocabulary, line=trial.line_of(one), year=years_of(trial)[report_id],
        histologies=studied,
    )  # fmt: skip
