"""The analysis sets of selected arms that meet the filters, each with the numbers of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kb.links import histologies_of, set_figures, years_of
from kb.query.criteria import meets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.model import AnalysisSet, Trial
    from kb.model.estimate import AnyFigure
    from kb.query.select import Selection
    from kb.vocabulary import Vocabulary


class SetEvidence(NamedTuple):
    """An analysis set, where it stands, and the numbers that are printed of it."""

    trial: Trial
    report_id: str
    set_id: str
    set: AnalysisSet
    figures: tuple[AnyFigure, ...]

    @property
    def endpoints(self) -> frozenset[str]:
        """The endpoints that are printed of it."""
        return frozenset(one.endpoint for one in self.figures)


def evidence_of(chosen: Selection) -> Iterator[SetEvidence]:
    """The sets that hold patients of a selected arm, meet the filters and print an endpoint."""
    selected = {(one.trial_id, one.arm_id) for one in chosen}
    for trial in chosen.trials:
        for report_id, report in trial.reports.items():
            printed = defaultdict(list)
            for set_id, figure in set_figures(report):
                printed[set_id].append(figure)
            for set_id, figures in printed.items():
                one = report.analysis_sets[set_id]
                whose = any((trial.id, arm) in selected for arm in one.all_arms)
                if whose and set_meets(
                    trial, report_id, one, chosen.criteria, chosen.base.vocabulary
                ):
                    yield SetEvidence(trial, report_id, set_id, one, tuple(figures))


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
