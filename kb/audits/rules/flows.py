"""Numbers of patients, arm by arm and step by step: whether they add up."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from kb.audits.finding import ERROR, NOTE, WARNING, Remark
from kb.model.flow_counts import ALLOCATED, allocated, step_counts
from kb.printed import sense
from kb.rows.releases import releases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits.trial import TrialUnderAudit
    from kb.model import Report

STEPS: Final = ("screened", "enrolled", "randomised", "treated", "evaluable")
"""Steps that a patient takes one after the other, so that each holds no more than those before."""
MARGIN: Final = 1.1
"""By how much enrolment may pass the plan, those already screened included."""
NARROWER: Final = ("response-evaluable", "per-protocol")


def arm_arithmetic(record: TrialUnderAudit) -> Iterator[Remark]:
    """The arms do not add up to the total of the same step.

    `randomised` 103, and 50 and 52 in the arms. More in the arms than in all is an error; fewer is
    a warning, and only if every arm is printed. A number of two arms counts as their total.
    """
    trial = record.trial
    for report_id, report in trial.reports.items():
        for step, arms in step_counts(trial, report).items():
            total = arms.get("")
            parts = {arm: count for arm, count in arms.items() if arm}
            if total is None or not parts:
                continue
            made = sum(parts.values())
            listed = " + ".join(f"{count} ({arm})" for arm, count in parts.items())
            if made > total or (made < total and set(parts) == set(trial.arms) and made):
                message = f"{step}: {listed} = {made}, and {total} in all"
                severity = ERROR if made > total else WARNING
                yield Remark(severity, message, address=f"{trial.id}/{report_id}")


def step_order(record: TrialUnderAudit) -> Iterator[Remark]:
    """More patients at a later step than at an earlier one: 83 evaluable of 80 treated.

    Screened, enrolled, randomised, treated, evaluable, in one arm or in all, in one report. A
    warning: a patient may be treated in an arm to which he was not randomised.
    """
    trial = record.trial
    for report_id, report in trial.reports.items():
        counted = step_counts(trial, report)
        for earlier, later in combinations(STEPS, 2):
            for arm, after in counted.get(later, {}).items():
                before = counted.get(earlier, {}).get(arm)
                if before is not None and after > before:
                    where = arm or "all"
                    message = f"{where}: {after} {later}, but {before} {earlier}"
                    yield Remark(WARNING, message, address=f"{trial.id}/{report_id}")


def set_over_arm(record: TrialUnderAudit) -> Iterator[Remark]:
    """An analysis set has more patients than its arms.

    An error against the randomised or enrolled patients of the same report; a warning against the
    largest sets that the report prints for each of the arms. A set of all arms may hold those who
    were enrolled and are in no arm; the sets of arms within a part of the patients, such as those
    with a biomarker, are not the sets of whole arms. In a record the check of this name stays
    silent where the curator has marked it; the audit reports it.
    """
    trial = record.trial
    for report_id, report in trial.reports.items():
        given_to = allocated(trial, report)
        counted = step_counts(trial, report)
        enrolled = max((counted.get(step, {}).get("", 0) for step in ALLOCATED), default=0)
        largest = _largest(report)
        for set_id, one in report.analysis_sets.items():
            if one.n is None or one.approximation:
                continue
            address = f"{trial.id}/{report_id}/{set_id}"
            given = [given_to.get(arm) for arm in one.all_arms]
            shown = [largest.get(arm) for arm in one.all_arms]
            if None not in given:
                total, severity, what = sum(n or 0 for n in given), ERROR, "allocated"
                if set(one.all_arms) == set(trial.arms):
                    total = max(total, enrolled)
            elif None not in shown and len(one.all_arms) > 1:
                total, severity, what = sum(n or 0 for n in shown), WARNING, "in their own sets"
            else:
                continue
            if sense.set_over_arm(one.n, total):
                arms = " and ".join(one.all_arms)
                message = f"{one.n} patients in a set of {arms}, with {total} {what}"
                yield Remark(severity, message, address=address)


def arm_size_conflict(record: TrialUnderAudit) -> Iterator[Remark]:
    """Two reports print other numbers of patients randomised to an arm. A note.

    More in a later publication is no conflict: enrolment went on after the first analysis.
    """
    trial = record.trial
    dates = {report_id: one.date for report_id, one in releases(trial).items()}
    first: dict[str, tuple[str, int]] = {}
    for report_id, report in trial.reports.items():
        for arm, count in step_counts(trial, report).get("randomised", {}).items():
            other, known = first.setdefault(arm, (report_id, count))
            counts = sorted([(count, dates[report_id]), (known, dates[other])])
            went_on = counts[0][1] and counts[0][1] < counts[1][1]
            if known != count and not went_on:
                message = f"{arm or 'all'}: {count} randomised here, {known} in {other}"
                yield Remark(NOTE, message, address=f"{trial.id}/{report_id}")


def arm_over_planned(record: TrialUnderAudit) -> Iterator[Remark]:
    """An arm has a tenth more patients than it was planned for. A note.

    A number printed for a cohort may be that of all patients, or of another cohort.
    """
    trial = record.trial
    for arm, planned in record.study.planned.items():
        for report_id, report in trial.reports.items():
            n = max(allocated(trial, report).get(arm, 0), _largest(report).get(arm, 0))
            if n > MARGIN * planned:
                message = f"{arm}: {n} patients here, {planned} planned"
                yield Remark(NOTE, message, address=f"{trial.id}/{report_id}")


def deaths_over_patients(record: TrialUnderAudit) -> Iterator[Remark]:
    """Alive and dead together are more than the patients of the arm. An error."""
    trial = record.trial
    for report_id, report in trial.reports.items():
        counted, given_to = step_counts(trial, report), allocated(trial, report)
        largest = _largest(report)
        for arm in trial.arms:
            n = given_to.get(arm) or largest.get(arm)
            ends = [counted.get(step, {}).get(arm, 0) for step in ("alive", "died")]
            if n is not None and sum(ends) > n:
                message = f"{arm}: {ends[0]} alive and {ends[1]} dead, of {n} patients"
                yield Remark(ERROR, message, address=f"{trial.id}/{report_id}")


def _largest(report: Report) -> dict[str, int]:
    """The largest set that a report prints for each arm by itself, subgroups left out."""
    found: dict[str, int] = {}
    for one in report.analysis_sets.values():
        above = report.analysis_sets.get(one.of or "")
        within = above is not None and (above.of or above.subgroup or above.population in NARROWER)
        whole = one.subgroup is None and one.population not in NARROWER and not within
        exact = one.approximation is None
        if len(one.all_arms) == 1 and one.n is not None and whole and exact:
            arm = one.all_arms[0]
            found[arm] = max(one.n, found.get(arm, 0))
    return found
