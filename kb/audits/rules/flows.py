"""Numbers of patients, arm by arm and step by step: whether they add up."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from kb.audits.finding import ERROR, NOTE, WARNING, Remark
from kb.model.flow_counts import ALLOCATED, allocated, step_counts
from kb.printed import sense
from kb.rows.releases import releases
from kb.sentences import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits.trial import TrialUnderAudit
    from kb.model import Report, Trial
    from kb.model.flow_counts import StepCounts

STEPS: Final = ("screened", "enrolled", "randomised", "treated", "evaluable")
"""Steps that a patient takes one after the other, so that each holds no more than those before."""
MARGIN: Final = 1.1
"""By how much enrolment may pass the plan, those already screened included."""
WHOLE: Final = ("randomised", "enrolled", "included", "treated")
"""Steps of which the largest number is that of all patients."""
LATER: Final = (
    "analysed", "discontinued", "completed", "ongoing", "dose-reduced", "dose-delayed",
    "followed-up", "lost-to-follow-up", "withdrawn", "surgery", "progressed", "maintenance-started",
    "maintenance-not-started", "subsequent-therapy", "alive", "died",
)  # fmt: skip
"""What becomes of patients: of each no more than there are."""
APART: Final = (
    ("discontinued", "completed", "ongoing"),
    ("maintenance-started", "maintenance-not-started"),
    ("alive", "died"),
)
"""Ends of which a patient has one."""
ONE_REASON: Final = frozenset({"discontinued", "withdrawn", "excluded", "ineligible"})
"""Steps for which print gives a patient one reason, as a flow diagram does."""
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


def flow_sums(record: TrialUnderAudit) -> Iterator[Remark]:
    """Numbers of a flow diagram that cannot stand together, in one report.

    More patients analysed, off treatment, operated on, alive or dead than there are: an error of
    all patients, a warning of an arm, which may have been given to others. Discontinued, completed
    and ongoing together more than were treated (alive and dead, maintenance begun and not begun
    together more than all): a warning, since print may count those who completed among those who
    discontinued. More by one reason, or in words of its own, than in all: an error; more by all
    reasons together: a warning, since a patient may have two. Fewer say nothing: lists are cut.
    """
    trial = record.trial
    for report_id, report in trial.reports.items():
        address = f"{trial.id}/{report_id}"
        counted = _totals(trial, report)
        for arm, n in _patients(trial, report).items():
            own = {step: counted[step][arm] for step in LATER if arm in counted.get(step, {})}
            where, severity = arm or "all", WARNING if arm else ERROR
            over = [step for step, count in own.items() if count > n]
            for step in over:
                yield Remark(
                    severity, f"{where}: {own[step]} {plain(step)} of {n} patients", address=address
                )
            for steps in APART:
                apart = [step for step in steps if own.get(step)]
                known = arm and "died" in steps  # by deaths-over-patients
                if known or set(apart) & set(over) or sum(own[step] for step in apart) <= n:
                    continue
                listed = " + ".join(f"{own[step]} {plain(step)}" for step in apart)
                made = sum(own[step] for step in apart)
                message = f"{where}: {listed} = {made}, of {n} patients"
                yield Remark(WARNING, message, address=address)
        yield from _by_reason(trial, report, counted, address)


def _totals(trial: Trial, report: Report) -> StepCounts:
    """The counts of each step in all, leaving those that are of one reason."""
    whole = [one for one in report.flow if not one.reasons]
    return step_counts(trial, report.model_copy(update={"flow": tuple(whole)}))


def _patients(trial: Trial, report: Report) -> dict[str, int]:
    """The patients of each arm, and of all under the empty name, lead-in included."""
    counted = step_counts(trial, report)
    found: dict[str, int] = {}
    for step in WHOLE:
        for arm, count in counted.get(step, {}).items():
            found[arm] = max(count, found.get(arm, 0))
    every = [found.get(arm) for arm in trial.arms]
    if None not in every:
        found[""] = max(sum(n or 0 for n in every), found.get("", 0))
    if "" in found:
        found[""] += sum(counted.get("lead-in", {}).values())
    return found


def _by_reason(trial: Trial, report: Report, counted: StepCounts, address: str) -> Iterator[Remark]:
    """Counts of a step by reason or in words of their own, against the count of the step."""
    parts: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for one in report.flow:
        name = one.what or ", ".join(one.reasons)
        if name and one.step != "other":
            bare = one.model_copy(update={"what": None, "reasons": ()})
            of_step = step_counts(trial, report.model_copy(update={"flow": (bare,)}))
            for arm, count in of_step.get(one.step, {}).items():
                parts.setdefault((one.step, arm), []).append((name, count))
    for (step, arm), listed in parts.items():
        total, where = counted.get(step, {}).get(arm), arm or "all"
        if total is None:
            continue
        over = [(name, count) for name, count in listed if count > total]
        for name, count in over:
            message = f"{where}: {count} {plain(step)} ({name}), but {total} in all"
            yield Remark(ERROR, message, address=address)
        made = sum(count for _, count in listed)
        if step in ONE_REASON and not over and made > total:
            said = " + ".join(f"{count} ({name})" for name, count in listed)
            message = f"{where}: {plain(step)} {said} = {made}, but {total} in all"
            yield Remark(WARNING, message, address=address)


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
