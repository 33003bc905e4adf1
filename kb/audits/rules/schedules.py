"""What the reports of a trial say was given, and when, against each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.audits.doses import MILLIGRAMS, PER, components
from kb.audits.finding import NOTE, WARNING, Remark
from kb.printed.reading import distance
from kb.printed.time import days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits.trial import TrialUnderAudit
    from kb.base import Duration
    from kb.model import Trial
    from kb.model.regimen import Amount, Given


BODIES: Final = {"kg": (50, 100, "kg"), "m2": (1.5, 2.1, "m²")}
"""The weights and surfaces of adults in whom a flat dose may stand for one by weight or surface:
flat doses of antibodies are set for 80 kg or so, of others for 1.7 to 2 m²."""


class Said(NamedTuple):
    """What one report says of one drug in one arm: its dose, days and rhythm, as far as printed."""

    report: str
    arm: str
    drug: str
    given: Given
    cycle: Duration | None = None
    phase: str = ""
    partial: bool = False


def schedule_conflict(record: TrialUnderAudit) -> Iterator[Remark]:
    """Two reports, one maybe a registry entry, give a drug on other days or at another rhythm.

    A report's own regimen is held against that of the arm, which names the report whose words it
    is; what is said of some patients, cycles or a later change is not judged. If two drugs have
    each other's schedule the message says so. A warning at the report that is further from the
    primary source.
    """
    for one, other in _pairs(record.trial):
        every, theirs = one.given.every, other.given.every or other.cycle
        if every and theirs and _days_of(every) != _days_of(theirs):
            said = f"every {every.amount} {every.unit}, against every {theirs.amount} {theirs.unit}"
            yield _conflict(record, one, other, said, _swap(record.trial, one, _days_of(every)))
        days, others = _day_set(one.given), _day_set(other.given)
        if days and others and days != others:
            said = f"on days {', '.join(one.given.days)}, against {', '.join(other.given.days)}"
            yield _conflict(record, one, other, said, "")


def dose_conflict(record: TrialUnderAudit) -> Iterator[Remark]:
    """Two reports of a trial print another dose of a drug.

    Doses are compared in one unit and per the same; where one of them prints no unit or nothing
    that it is per, the number alone is. Levels of an escalation and changes are not judged. A
    warning at the report that is further from the primary source; a note if only one of them prints
    what the dose is per, or if a flat dose is that of a usual patient: 240 mg are 3 mg/kg of 80 kg,
    and protocols go from one to the other.
    """
    for one, other in _pairs(record.trial):
        own, theirs = one.given.dose, other.given.dose
        if own is None or theirs is None or own.amount is None or theirs.amount is None:
            continue
        if other.given.dose_levels or own.approximation or theirs.approximation:
            continue
        said = f"{_dose(own)}, against {_dose(theirs)}"
        if body := _flat(own, theirs):
            yield _conflict(record, one, other, said, f"; alike in {body}", severity=NOTE)
        elif _milligrams(own) != _milligrams(theirs):
            yield _conflict(record, one, other, said, "")
        elif own.per != theirs.per:
            yield _conflict(record, one, other, said, "", severity=NOTE)


def _pairs(trial: Trial) -> Iterator[tuple[Said, Said]]:
    """What each report says of a drug, with what the arm's regimen says, the further report first.

    Only where the arm gives the drug in one way, or names the phase that the report speaks of.
    """
    for arm in trial.arms:
        regimen = trial.regimen(arm)
        known = [
            Said(regimen.from_ or "", arm, component.drug, component, phase.every,
                 phase.phase or "", partial=_partial(component))
            for phase in regimen.phases for component in components(phase.components)
        ]  # fmt: skip
        for report_id, report in trial.reports.items():
            for note in report.regimens.get(arm, ()):
                if note.drug is None or report_id == regimen.from_ or _partial(note):
                    continue
                alike = [one for one in known if one.drug == note.drug]
                named = [one for one in alike if note.phase and one.phase == note.phase] or alike
                several = [one for one in report.regimens[arm] if one.drug == note.drug]
                if len(named) == 1 and len(several) == 1 and not named[0].partial:
                    own = Said(report_id, arm, note.drug, note)
                    yield _further_first(trial, own, named[0])


def _partial(given: Given) -> bool:
    """Whether it is said of some patients or cycles only, or changes."""
    return bool(given.who or given.later or given.titration or given.cycles)


def _further_first(trial: Trial, own: Said, known: Said) -> tuple[Said, Said]:
    def far(said: Said) -> tuple[bool, int]:
        report = trial.reports[said.report]
        return distance(report.read, report.relays)

    return (known, own) if far(known) > far(own) else (own, known)


def _conflict(
    record: TrialUnderAudit, one: Said, other: Said, said: str, swap: str, severity: str = WARNING
) -> Remark:
    message = f"{one.drug} in {one.arm}: {said} in {other.report}{swap}"
    return Remark(severity, message, address=f"{record.trial.id}/{one.report}")


def _swap(trial: Trial, one: Said, days: float) -> str:
    """Whether another drug of the arm has this rhythm, and this report gives it ours."""
    for own, other in _pairs(trial):
        if (own.report, own.arm) != (one.report, one.arm) or own.drug == one.drug:
            continue
        theirs = other.given.every or other.cycle
        if theirs and own.given.every and _days_of(theirs) == days != _days_of(own.given.every):
            return f"; {own.drug} has that rhythm there, so the two may be swapped"
    return ""


def _days_of(every: Duration) -> float:
    return days(float(every.amount), every.unit)


def _day_set(given: Given) -> frozenset[int]:
    """The days of a cycle: `[1, 8]`, `[1-14]`; empty where something else is printed."""
    found: set[int] = set()
    for text in given.days:
        ends = re.fullmatch(r"(\d+)(?:\s*[-–]\s*(\d+))?", text.strip())
        if ends is None:
            return frozenset()
        found |= set(range(int(ends[1]), int(ends[2] or ends[1]) + 1))
    return frozenset(found)


def _milligrams(dose: Amount) -> tuple[float, str]:
    factor = MILLIGRAMS.get(dose.unit or "mg")
    amount = float(dose.amount or 0)
    return (amount, dose.unit or "") if factor is None else (amount * factor, "mg")


def _flat(own: Amount, theirs: Amount) -> str:
    """The patient in whom a flat dose is the same as one by weight or surface; empty if in none."""
    flat, by_body = (own, theirs) if own.per is None else (theirs, own)
    least, most, said = BODIES.get(by_body.per or "", (0.0, 0.0, ""))
    (amount, unit), (each, same) = _milligrams(flat), _milligrams(by_body)
    if flat.per is not None or unit != same or not each or not least <= amount / each <= most:
        return ""
    return f"a patient of {amount / each:.3g} {said}"


def _dose(dose: Amount) -> str:
    return f"{dose.amount} {dose.unit or ''}{PER.get(dose.per or '', '')}".strip()
