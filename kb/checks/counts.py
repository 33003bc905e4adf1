"""Numerators over denominators, and parts over wholes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.checks.fault import Fault, each_figure, excused
from kb.model.errata import errata_of_set
from kb.model.estimate import Estimate
from kb.model.flow_counts import allocated
from kb.printed import sense

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.model import Trial
    from kb.vocabulary import Vocabulary


def n_of_zero(trial: Trial, _vocabulary: Vocabulary) -> Iterator[Fault]:
    """A number is never about nobody: a set that has estimates has an n above 0."""
    used = {
        (report_id, one.set)
        for _, report_id, _, one in each_figure(trial)
        if isinstance(one, Estimate)
    }
    for report_id, set_id, one in trial.each_set():
        if one.n == 0 and (report_id, set_id) in used:
            path = ("reports", report_id, "analysis_sets", set_id, "n")
            yield Fault(path, "n-of-zero", f"set {set_id!r} has n = 0 and yet estimates")


def events_over_n(trial: Trial, _vocabulary: Vocabulary) -> Iterator[Fault]:
    """Events are at most the n of their set."""
    for path, report_id, report, figure in each_figure(trial):
        if not isinstance(figure, Estimate) or figure.events is None:
            continue
        n = report.analysis_sets[figure.set].n if figure.set in report.analysis_sets else None
        if sense.events_over_n(figure.events, n) and not excused(trial, report_id, figure):
            message = f"{figure.events} events are more than the {n} patients of {figure.set!r}"
            yield Fault((*path, "events"), "events-over-n", message)


def part_over_whole(trial: Trial, _vocabulary: Vocabulary) -> Iterator[Fault]:
    """A set that is `of` another has no more patients than it."""
    for report_id, set_id, one in trial.each_set():
        whole = trial.reports[report_id].analysis_sets.get(one.of or "")
        if whole is None or one.n is None or whole.n is None or one.n <= whole.n:
            continue
        if not _excused_set(trial, report_id, set_id):
            path = ("reports", report_id, "analysis_sets", set_id, "n")
            message = f"{one.n} patients in {set_id!r} are more than the {whole.n} of {one.of!r}"
            yield Fault(path, "part-over-whole", message)


def set_over_arm(trial: Trial, _vocabulary: Vocabulary) -> Iterator[Fault]:
    """A set has no more patients than its report says were allocated to its arms."""
    for report_id, set_id, one in trial.each_set():
        given = allocated(trial, trial.reports[report_id])
        sizes = [given[arm] for arm in one.all_arms if arm in given]
        total = sum(sizes) if len(sizes) == len(one.all_arms) else None
        about = one.approximation is not None
        if about or not sense.set_over_arm(one.n, total):
            continue
        if not _excused_set(trial, report_id, set_id):
            path = ("reports", report_id, "analysis_sets", set_id, "n")
            message = f"{one.n} patients in {set_id!r} are more than the {total} allocated"
            yield Fault(path, "set-over-arm", message)


def _excused_set(trial: Trial, report_id: str, set_id: str) -> bool:
    """Whether the curator has said that the n is printed like this, by a mark or an erratum."""
    report = trial.reports[report_id]
    return report.analysis_sets[set_id].as_printed or bool(errata_of_set(report, set_id))
