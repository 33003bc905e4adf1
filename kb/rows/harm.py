"""A row of harms: one adverse event of one set in one report, flat, with what travels with it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from kb.printed.adverse_event import FATAL_OUTCOME, OVERALL, SERIOUS, meaning
from kb.printed.grade import FATAL, Band, band
from kb.printed.reading import second_hand
from kb.rows.flat import ids, listed, pairs

if TYPE_CHECKING:
    from kb.rows.flat import Pairs

PATIENTS: Final = ("", "patients")
"""What is counted where a number is of patients: nothing is said, or that."""


@dataclass(frozen=True, slots=True)
class HarmRow:
    """One adverse event as printed. Text is "" and numbers are None where the source is silent.

    `event`, `grade` and `relation` (the attribution) are the printed words. `events` of `n` is the
    printed count; `value` is a percent, printed, or computed from the count and said to be so in
    `value_source`. `share` is a word that stands for a number: all, most, some, none. `counted`
    says what is counted where it is not patients. `set` is empty where the source names no set.
    """

    address: str
    trial: str
    acronym: str = ""
    report: str = ""
    year: int | None = None
    read: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    arm: str = ""
    drugs: str = ""
    regimen_classes: str = ""
    line: str = ""
    histologies: str = ""
    subgroup: str = ""
    analysis_set: str = ""
    event: str = ""
    grade: str = ""
    severity: str = ""
    relation: str = ""
    events: int | None = None
    events_source: str = ""
    n: int | None = None
    value: str = ""
    value_source: str = ""
    value_state: str = ""
    approximation: str = ""
    low: str = ""
    high: str = ""
    level: float | None = None
    share: str = ""
    counted: str = ""
    drug: str = ""
    outcome: str = ""
    rank: str = ""
    p: str = ""
    p_sides: str = ""
    p_against: str = ""
    note: str = ""
    locator: str = ""
    set: str = ""
    arm_name: str = ""
    allocation: str = ""
    data_cut: str = ""
    relays: str = ""
    release: str = ""
    release_date: str = ""
    erratum: str = ""
    set_aside: str = ""

    @property
    def arms(self) -> tuple[str, ...]:
        """The arms whose patients it is about; all of the trial where no set is named."""
        return ids(self.arm)

    @property
    def studied(self) -> tuple[str, ...]:
        """The histologies of its patients."""
        return listed(self.histologies)

    @property
    def restrictions(self) -> Pairs:
        """What restricts a subgroup: pairs of a key and a value."""
        return pairs(self.subgroup)

    @property
    def band(self) -> Band | None:
        """The grades that it is about; a fatal outcome is grade 5; None where none is printed."""
        if meaning(self.outcome) == FATAL_OUTCOME and not self.grade:
            return Band(FATAL, FATAL)
        return band(self.grade) if self.grade else None

    @property
    def meant(self) -> str:
        """What its event is looked up as."""
        return meaning(self.event)

    @property
    def fatal(self) -> bool:
        """Whether it is about deaths: an event called so, or one of grade 5 alone."""
        return self.meant == FATAL_OUTCOME or self.band == Band(FATAL, FATAL)

    @property
    def block(self) -> str:
        """The block of a table in which it stands, one of `adverse_event.ORDER`."""
        if self.fatal and self.meant in (FATAL_OUTCOME, OVERALL):
            return FATAL_OUTCOME
        if self.meant == meaning("discontinuation-for-toxicity"):
            return "discontinuation-for-toxicity"
        if self.meant != OVERALL:
            return "named"
        if self.severity:
            return SERIOUS
        return "severe" if self.band is not None and self.band.severe else OVERALL

    @property
    def numbered(self) -> bool:
        """Whether print has a number, or a word that stands for one, and not the name alone."""
        return bool(self.events is not None or self.value or self.value_state or self.share)

    @property
    def of_patients(self) -> bool:
        """Whether what is counted are patients, as far as the source says."""
        return self.counted in PATIENTS

    @property
    def second_hand(self) -> bool:
        """Whether it was read where somebody else's results are passed on."""
        return second_hand(self.read, self.relays)

    def as_dict(self) -> dict[str, Any]:
        """Every field by name, in order."""
        return {name: getattr(self, name) for name in HARM_FIELDS}


HARM_FIELDS: Final[tuple[str, ...]] = tuple(one.name for one in fields(HarmRow))
