"""Arms, sets, reports and addresses that a record names and does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kb.checks.fault import DataPath, Fault, each_figure
from kb.model.address import Address
from kb.model.estimate import Estimate
from kb.sentences import suggestion
from kb.vocabulary.vocabulary import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kb.model import AnalysisSet, Trial
    from kb.vocabulary import Vocabulary


MOST_NAMED: Final = 8
"""How many names are listed where none is near the one that came."""


def unknown_report(trial: Trial, _vocabulary: Vocabulary) -> Iterator[Fault]:
    """`from`, `relays: {report}`, `same_as`, `repeats` and errata name reports of this record."""
    named: list[tuple[DataPath, str | None]] = [(("design", "from"), trial.design.from_)]
    if trial.population:
        named.append((("population", "from"), trial.population.from_))
    for arm_id, arm in trial.arms.items():
        named.append((("arms", arm_id, "regimen", "from"), arm.regimen.from_))
        if arm.population:
            named.append((("arms", arm_id, "population", "from"), arm.population.from_))
    for report_id, report in trial.reports.items():
        at: DataPath = ("reports", report_id)
        if report.relays:
            named.append(((*at, "relays", "report"), report.relays.report))
            named.append(((*at, "relays", "same_as"), report.relays.same_as))
        for index, erratum in enumerate(report.errata):
            named += [
                ((*at, "errata", index, "authority", number, "report"), authority.report)
                for number, authority in enumerate(erratum.authority)
                if authority.trial in (None, trial.id)
            ]
    named += [((*path, "repeats"), one.repeats) for path, _, _, one in each_figure(trial)]
    for path, name in named:
        if name is not None and name not in trial.reports:
            yield _unknown(path, "report", name, trial.reports)


def unknown_arm(trial: Trial, _vocabulary: Vocabulary) -> Iterator[Fault]:
    """`same_as` and what a report says of arms name arms of this trial."""
    named: list[tuple[DataPath, str | None]] = []
    for arm_id, arm in trial.arms.items():
        named.append((("arms", arm_id, "regimen", "same_as"), arm.regimen.same_as))
    for report_id, report in trial.reports.items():
        at: DataPath = ("reports", report_id)
        for set_id, one in report.analysis_sets.items():
            path = (*at, "analysis_sets", set_id)
            named.append(((*path, "arm"), one.arm))
            named += [((*path, "arms", index), arm) for index, arm in enumerate(one.arms)]
        for block in ("flow", "exposure", "dose_finding"):
            entries = getattr(report, block)
            named += [((*at, block, index, "arm"), one.arm) for index, one in enumerate(entries)]
        named += [
            ((*at, "flow", index, "arms", number), arm)
            for index, one in enumerate(report.flow)
            for number, arm in enumerate(one.arms)
        ]
        named += [((*at, "regimens", arm), arm) for arm in report.regimens]
        named += [((*at, "populations", arm), arm) for arm in report.populations if arm != "trial"]
    for path, arm_name in named:
        if arm_name is not None and arm_name not in trial.arms:
            yield _unknown(path, "arm", arm_name, trial.arms)


def unknown_set(trial: Trial, _vocabulary: Vocabulary) -> Iterator[Fault]:
    """Numbers, baseline, flow, exposure, harms and follow-up name sets of their report."""
    for report_id, report in trial.reports.items():
        at: DataPath = ("reports", report_id)
        sets = report.analysis_sets
        named: list[tuple[DataPath, str | None]] = [
            ((*at, "analysis_sets", set_id, "of"), one.of) for set_id, one in sets.items()
        ]
        for block in ("baseline", "flow", "exposure", "harms", "follow_up", "estimates"):
            entries = getattr(report, block)
            named += [((*at, block, index, "set"), one.set) for index, one in enumerate(entries)]
        for index, contrast in enumerate(report.contrasts):
            named.append(((*at, "contrasts", index, "experimental"), contrast.experimental))
            named.append(((*at, "contrasts", index, "reference"), contrast.reference))
        for path, set_name in named:
            if set_name is not None and set_name not in sets:
                yield _unknown(path, "set", set_name, sets)


def unknown_phase(trial: Trial, _vocabulary: Vocabulary) -> Iterator[Fault]:
    """`covers` names phases of the arms of the set."""
    named: list[tuple[DataPath, AnalysisSet, tuple[str, ...]]] = [
        (("reports", report_id, "analysis_sets", set_id, "covers"), one, one.covers)
        for report_id, set_id, one in trial.each_set()
    ]
    for path, report_id, _, figure in each_figure(trial):
        set_id = figure.set if isinstance(figure, Estimate) else figure.experimental
        one = trial.reports[report_id].analysis_sets.get(set_id)
        if one is not None:
            named.append(((*path, "covers"), one, figure.covers))
    for path, one, phases in named:
        known = {
            phase.phase: None
            for arm in one.all_arms
            if arm in trial.arms
            for phase in trial.regimen(arm).phases
            if phase.phase is not None
        }
        for index, phase_name in enumerate(phases):
            if phase_name not in known:
                yield _unknown((*path, index), "phase", phase_name, known)


def circular_reference(trial: Trial, _vocabulary: Vocabulary) -> Iterator[Fault]:
    """`same_as` between arms and `of` between sets lead somewhere, not back to their start."""
    arms = {arm_id: arm.regimen.same_as for arm_id, arm in trial.arms.items()}
    for arm_id in arms:
        if _returns(arm_id, arms):
            message = f"the regimen of {arm_id!r} is said to be the same as itself"
            yield Fault(("arms", arm_id, "regimen", "same_as"), "circular-reference", message)
    for report_id, report in trial.reports.items():
        wholes = {set_id: one.of for set_id, one in report.analysis_sets.items()}
        for set_id in wholes:
            if _returns(set_id, wholes):
                path = ("reports", report_id, "analysis_sets", set_id, "of")
                message = f"set {set_id!r} is said to be a part of itself"
                yield Fault(path, "circular-reference", message)


def unknown_address(trial: Trial, _vocabulary: Vocabulary) -> Iterator[Fault]:
    """An acknowledgement points at a number, set, report or arm of this record."""
    known = {
        str(Address.of(trial.id, report_id, figure))
        for _, report_id, _, figure in each_figure(trial)
    }
    prefixes = {trial.id}
    prefixes |= {f"{trial.id}/{report_id}" for report_id in trial.reports}
    prefixes |= {f"{trial.id}/{report_id}/{set_id}" for report_id, set_id, _ in trial.each_set()}
    for index, one in enumerate(trial.acknowledged):
        if one.at not in known and one.at not in prefixes:
            path = ("acknowledged", index, "at")
            yield _unknown(path, "address", one.at, known | prefixes)


def _returns(start: str, steps: dict[str, str | None]) -> bool:
    seen: set[str] = set()
    step = steps.get(start)
    while step is not None and step not in seen:
        if step == start:
            return True
        seen.add(step)
        step = steps.get(step)
    return False


def _unknown(path: DataPath, kind: str, name: str, known: Collection[str]) -> Fault:
    tail = suggestion(nearest(name, list(known)))
    if not tail and 0 < len(known) <= MOST_NAMED:
        tail = f"; it has {', '.join(sorted(known))}"
    place = "this trial has" if kind == "arm" else "this record has"
    return Fault(path, f"unknown-{kind}", f"{place} no {kind} {name!r}{tail}")
