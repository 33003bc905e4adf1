"""Numbers of patients, arm by arm and step by step: whether they add up."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from kb.audits.finding import ERROR, NOTE, WARNING, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits.trial import TrialUnderAudit
    from kb.model import Report, Trial
    from kb.model.patients import Flow

STEPS: Final = ("screened", "enrolled", "randomised", "treated", "evaluable")
"""Steps that a patient takes one after the other, so that each holds no more than those before."""
ALLOCATED: Final = ("randomised", "enrolled")
MARGIN: Final = 1.1
"""By how much enrolment may pass the plan, those already screened included."""
NARROWER: Final = ("response-evaluable", "per-protocol")
Counts = dict[str, dict[str, int]]
"""Step to arm to patients; the arm is empty for all arms together."""


def arm_arithmetic(record: TrialUnderAudit) -> Iterator[Remark]:
    """The arms do not add up to the total of the same step.

    `randomised` 103, and 50 and 52 in the arms. More in the arms than in all is an error; fewer is
    a warning, and only if every arm is printed. A number of two arms counts as their total.
    """
    trial = record.trial
    for report_id, report in trial.reports.items():
        for step, arms in _counts(trial, report).items():
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
        counted = _counts(trial, report)
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
    largest sets that the report prints for each of the arms. In a record the check of this name
    stays silent where the curator has marked it; the audit reports it.
    """
    trial = record.trial
    for report_id, report in trial.reports.items():
        allocated = _allocated(trial, report)
        largest = _largest(report)
        for set_id, one in report.analysis_sets.items():
            if one.n is None or one.approximation:
                continue
            address = f"{trial.id}/{report_id}/{set_id}"
            given = [allocated.get(arm) for arm in one.all_arms]
            shown = [largest.get(arm) for arm in one.all_arms]
            if None not in given:
                total, severity, what = sum(n or 0 for n in given), ERROR, "allocated"
            elif None not in shown and len(one.all_arms) > 1:
                total, severity, what = sum(n or 0 for n in shown), WARNING, "in their own sets"
            else:
                continue
            if one.n > total:
                arms = " and ".join(one.all_arms)
                message = f"{one.n} patients in a set of {arms}, with {total} {what}"
                yield Remark(severity, message, address=address)


def arm_size_conflict(record: TrialUnderAudit) -> Iterator[Remark]:
    """Two reports print other numbers of patients randomised to an arm. A note."""
    trial = record.trial
    first: dict[str, tuple[str, int]] = {}
    for report_id, report in trial.reports.items():
        for arm, count in _counts(trial, report).get("randomised", {}).items():
            other, known = first.setdefault(arm, (report_id, count))
            if known != count:
                message = f"{arm or 'all'}: {count} randomised here, {known} in {other}"
                yield Remark(NOTE, message, address=f"{trial.id}/{report_id}")


def arm_over_planned(record: TrialUnderAudit) -> Iterator[Remark]:
    """An arm has a tenth more patients than it was planned for. A note.

    A number printed for a cohort may be that of all patients, or of another cohort.
    """
    trial = record.trial
    for arm, planned in record.study.planned.items():
        for report_id, report in trial.reports.items():
            n = max(_allocated(trial, report).get(arm, 0), _largest(report).get(arm, 0))
            if n > MARGIN * planned:
                message = f"{arm}: {n} patients here, {planned} planned"
                yield Remark(NOTE, message, address=f"{trial.id}/{report_id}")


def deaths_over_patients(record: TrialUnderAudit) -> Iterator[Remark]:
    """Alive and dead together are more than the patients of the arm. An error."""
    trial = record.trial
    for report_id, report in trial.reports.items():
        counted, allocated = _counts(trial, report), _allocated(trial, report)
        largest = _largest(report)
        for arm in trial.arms:
            n = allocated.get(arm) or largest.get(arm)
            ends = [counted.get(step, {}).get(arm, 0) for step in ("alive", "died")]
            if n is not None and sum(ends) > n:
                message = f"{arm}: {ends[0]} alive and {ends[1]} dead, of {n} patients"
                yield Remark(ERROR, message, address=f"{trial.id}/{report_id}")


def _counts(trial: Trial, report: Report) -> Counts:
    """The plain counts of each step: of an arm, or of all arms together."""
    found: Counts = {}
    for one in report.flow:
        where = _arm(trial, report, one)
        plain = one.count is not None and one.approximation is None and one.at is None
        if plain and where is not None and one.what is None and one.of is None:
            found.setdefault(one.step, {}).setdefault(where, one.count or 0)
    return found


def _arm(trial: Trial, report: Report, one: Flow) -> str | None:
    """The arm of a flow entry, empty for all of the trial; None where it is something else."""
    if one.arm is not None:
        return one.arm
    if one.arms:
        return _one_or_all(trial, one.arms)
    if one.set is None:
        return ""
    chosen = report.analysis_sets.get(one.set)
    if chosen is None or chosen.subgroup is not None or chosen.of is not None:
        return None
    return _one_or_all(trial, chosen.all_arms)


def _one_or_all(trial: Trial, arms: tuple[str, ...]) -> str | None:
    """The only arm of some, empty where they are all arms of the trial, None where they are not."""
    if len(arms) == 1:
        return arms[0]
    return "" if set(arms) == set(trial.arms) else None


def _allocated(trial: Trial, report: Report) -> dict[str, int]:
    """The patients of each arm, randomised or enrolled, the larger of them."""
    counted = _counts(trial, report)
    found: dict[str, int] = {}
    for step in ALLOCATED:
        for arm, count in counted.get(step, {}).items():
            if arm:
                found[arm] = max(count, found.get(arm, 0))
    return found


def _largest(report: Report) -> dict[str, int]:
    """The largest set that a report prints for each arm by itself, subgroups left out."""
    found: dict[str, int] = {}
    for one in report.analysis_sets.values():
        whole = one.subgroup is None and one.population not in NARROWER
        exact = one.approximation is None
        if len(one.all_arms) == 1 and one.n is not None and whole and exact:
            arm = one.all_arms[0]
            found[arm] = max(one.n, found.get(arm, 0))
    return found
