"""Doses against those of the same drug in the other trials of the base."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Final

from kb.audits.doses import MILLIGRAMS, PER, PrintedDose, printed_doses
from kb.audits.finding import NOTE, WARNING, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits.trial import TrialUnderAudit

FACTOR: Final = 10
NEAR: Final = 3
FEWEST: Final = 2
"""Other trials that must give a drug per the same before a dose is judged by theirs."""


def dose_out_of_range(record: TrialUnderAudit) -> Iterator[Remark]:
    """A dose is ten times larger or smaller than that of the same drug in the other trials.

    Compared are doses per the same (m², kg or patient) and in units that convert; at least two
    other trials must give the drug so. Where nothing says what a dose is per, and the others are
    per m² or kg, it is too small at a tenth of theirs. The message says which unit would be like
    theirs. A warning.
    """
    for one in dict.fromkeys(printed_doses(record.trial)):
        number, unit = one.size
        per = one.per or next(
            (per for per in ("", "m2", "kg") if _elsewhere(record, one.drug, unit, per)), ""
        )
        usual = _elsewhere(record, one.drug, unit, per)
        small = usual and number <= min(usual) / FACTOR
        large = usual and number >= max(usual) * FACTOR and per == one.per
        if small or large:
            likely = [
                other for other, factor in MILLIGRAMS.items()
                if unit == "mg" and other != one.unit
                and min(usual) / NEAR <= float(one.number) * factor <= max(usual) * NEAR
            ]  # fmt: skip
            meant = f"; {one.number} {likely[0]} would be like theirs" if likely else ""
            theirs = f"{_range(usual, unit)}{PER.get(per, '')}"
            message = f"{one}: other trials of this base give {theirs}{meant}"
            yield Remark(WARNING, message, address=_address(record, one))


def dose_unit_missing(record: TrialUnderAudit) -> Iterator[Remark]:
    """A dose has no unit, or lacks the /m² or /kg that every other trial of the drug prints.

    A note without a unit. A warning where the number is like the others' and what it is per is
    missing; a dose per patient is rarely the same number as one per m².
    """
    for one in dict.fromkeys(printed_doses(record.trial)):
        number, unit = one.size
        if not one.unit:
            message = f"{one}: no unit is printed"
            yield Remark(NOTE, message, address=_address(record, one))
        if one.per or not one.unit:
            continue
        if _elsewhere(record, one.drug, unit, "", fewest=1):
            continue
        for per, words in PER.items():
            usual = _elsewhere(record, one.drug, unit, per)
            if usual and min(usual) / NEAR <= number <= max(usual) * NEAR:
                message = f"{one}: other trials of this base give {_range(usual, unit)}{words}"
                yield Remark(WARNING, message, address=_address(record, one))


def _elsewhere(
    record: TrialUnderAudit, drug: str, unit: str, per: str, *, fewest: int = FEWEST
) -> list[float]:
    """The middle dose of each other trial that gives the drug so; empty if there are too few."""
    trials = record.doses.get((drug, unit, per), {})
    found = [median(numbers) for other, numbers in trials.items() if other != record.trial.id]
    return found if len(found) >= fewest else []


def _range(usual: list[float], unit: str) -> str:
    low, high = min(usual), max(usual)
    return f"{low:g} {unit}" if low == high else f"{low:g} to {high:g} {unit}"


def _address(record: TrialUnderAudit, one: PrintedDose) -> str:
    return f"{record.trial.id}/{one.report}"
