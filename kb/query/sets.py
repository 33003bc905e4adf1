"""The analysis sets of selected arms that meet the filters, each with the numbers of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kb.query.figures import figures_that_meet, set_meets, sets_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.model import AnalysisSet, Trial
    from kb.model.estimate import AnyFigure
    from kb.query.select import Selection


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
            vocabulary = chosen.base.vocabulary
            for figure in figures_that_meet(trial, report_id, chosen.criteria, vocabulary):
                for set_id in sets_in(figure):
                    printed[set_id].append(figure)
            for set_id, figures in printed.items():
                one = report.analysis_sets[set_id]
                whose = any((trial.id, arm) in selected for arm in one.all_arms)
                if whose and set_meets(trial, report_id, one, chosen.criteria, vocabulary):
                    yield SetEvidence(trial, report_id, set_id, one, tuple(figures))
