"""Patients counted step by step in one report: of each arm, or of all arms together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kb.model.patients import Flow
    from kb.model.report import Report
    from kb.model.trial import Trial

ALLOCATED: Final = ("randomised", "enrolled")
StepCounts = dict[str, dict[str, int]]
"""Step to arm to patients; the arm is empty for all arms together."""


def step_counts(trial: Trial, report: Report) -> StepCounts:
    """The plain counts of each step: of an arm, or of all arms together."""
    found: StepCounts = {}
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


def allocated(trial: Trial, report: Report) -> dict[str, int]:
    """The patients of each arm, randomised or enrolled, the larger of them."""
    counted = step_counts(trial, report)
    found: dict[str, int] = {}
    for step in ALLOCATED:
        for arm, count in counted.get(step, {}).items():
            if arm:
                found[arm] = max(count, found.get(arm, 0))
    return found
