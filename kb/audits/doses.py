"""The doses that the trials of a base print, by drug, unit and what they are per."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.model.regimen import Alternatives

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kb.model import Trial
    from kb.model.regimen import Component, Given

MILLIGRAMS: Final = {"g": 1000.0, "mg": 1.0, "ug": 0.001, "µg": 0.001, "μg": 0.001, "mcg": 0.001}
PER: Final = {"m2": "/m²", "kg": "/kg"}
Doses = dict[tuple[str, str, str], dict[str, list[float]]]
"""Drug, unit (masses in mg) and what a dose is per, to the numbers that each trial prints."""


class PrintedDose(NamedTuple):
    """A dose: the report that prints it, the drug, the number, its unit, and what it is per."""

    report: str
    drug: str
    number: str
    unit: str
    per: str

    @property
    def size(self) -> tuple[float, str]:
        """The number with its unit, masses in mg."""
        factor = MILLIGRAMS.get(self.unit)
        if factor is None:
            return float(self.number), self.unit
        return float(self.number) * factor, "mg"

    def __str__(self) -> str:
        per = PER.get(self.per, f"/{self.per}" if self.per else "")
        return f"{self.drug} {self.number} {self.unit or '(no unit)'}{per}"


def doses(trials: Mapping[str, Trial]) -> Doses:
    """Every dose that the trials of a base print."""
    found: Doses = defaultdict(lambda: defaultdict(list))
    for trial_id, trial in trials.items():
        for one in printed_doses(trial):
            number, unit = one.size
            found[one.drug, unit, one.per][trial_id].append(number)
    return found


def printed_doses(trial: Trial) -> Iterator[PrintedDose]:
    """The doses of a trial's arms, and those that its reports print otherwise."""
    for arm in trial.arms.values():
        for phase in arm.regimen.phases:
            for component in components(phase.components):
                yield from _given(arm.regimen.from_ or "", component.drug, component)
    for report_id, report in trial.reports.items():
        for notes in report.regimens.values():
            for note in notes:
                if note.drug is not None:
                    yield from _given(report_id, note.drug, note)


def components(parts: Iterable[Component | Alternatives]) -> Iterator[Component]:
    """The components of a phase, those of every alternative included."""
    for part in parts:
        if isinstance(part, Alternatives):
            yield from (one for alternative in part.one_of for one in alternative)
        else:
            yield part


def _given(report: str, drug: str, given: Given) -> Iterator[PrintedDose]:
    for dose in (given.dose, *given.dose_levels):
        if dose is not None and dose.approximation is None:
            for number in (dose.amount, dose.low, dose.high):
                if number is not None and number.number > 0:
                    yield PrintedDose(report, drug, number, dose.unit or "", dose.per or "")
