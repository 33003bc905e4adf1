"""How many patients stand behind evidence, counted so that nobody is counted twice."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kb.rows.documents import each_group, linked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.model import AnalysisSet, Trial


ALREADY_IN: Final = ("enrolled", "included", "randomised", "treated", "evaluable", "analysed")
"""Steps of the flow that count patients who are in the trial, unlike `planned` or `screened`."""


def largest_n(trial: Trial, arm: str) -> int | None:
    """The largest number printed for one arm alone, of a set or of its flow; None without any."""
    sizes = [
        one.n for _, _, one in trial.each_set() if one.all_arms == (arm,) and one.n is not None
    ]
    for report in trial.reports.values():
        sizes += [
            step.count
            for step in report.flow
            if step.arm == arm and step.count is not None and step.step in ALREADY_IN
        ]
    return max(sizes, default=None)


def patients_of(trial: Trial, sets: Iterable[AnalysisSet]) -> int | None:
    """Patients of one trial in several of its sets; None where nothing says how many.

    Per arm the largest n counts, so that reports, data cuts and subgroups are never summed; where
    a set of a whole arm prints no n, the largest that is printed for the arm. Arms of one part of
    the trial are summed; parts may share patients, so the largest part counts. A set of several
    arms counts with its own n.
    """
    by_arm: dict[str, int] = {}
    candidates: list[int] = []
    for one in sets:
        arms = one.all_arms
        whole = len(arms) == 1 and one.subgroup is None
        n = largest_n(trial, arms[0]) if one.n is None and whole else one.n
        if n is None:
            continue
        if len(arms) == 1:
            by_arm[arms[0]] = max(n, by_arm.get(arms[0], 0))
        else:
            candidates.append(n)
    by_part: dict[str | None, int] = defaultdict(int)
    for arm, n in by_arm.items():
        by_part[trial.arms[arm].part] += n
    return max([*candidates, *by_part.values()], default=None)


def patients_of_all(sizes: Mapping[str, int], overlapping: Iterable[frozenset[str]]) -> int:
    """Patients of several trials, those that share patients counted once, with the largest.

    `sizes`: patients by trial id; `overlapping`: pairs of trials that share patients.
    """
    pairs = [pair for pair in overlapping if pair <= sizes.keys()]
    groups = linked((trial, [pair for pair in pairs if trial in pair]) for trial in sizes)
    return sum(max(sizes[trial] for trial in members) for members in each_group(groups))
