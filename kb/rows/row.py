"""A row: one number of one report, flat, with everything that must travel with it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One estimate or contrast. Text is "" and numbers are None where the source is silent.

    `value`, `low`, `high`, `p` and `at_value` are strings: printed numbers character for character,
    computed ones with ten significant digits. Proportions are percents. `*_months` are floats.
    What caveats and the choice of reports need travels with the row: design, follow-up, errata, the
    counts that fit, the release, and the sets that share patients.
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
    registrations: str = ""
    arm: str = ""
    drugs: str = ""
    regimen_classes: str = ""
    line: str = ""
    histologies: str = ""
    subgroup: str = ""
    analysis_set: str = ""
    endpoint: str = ""
    definition: str = ""
    measure: str = ""
    at_value: str = ""
    at_unit: str = ""
    events: int | None = None
    events_source: str = ""
    n: int | None = None
    value: str = ""
    unit: str = ""
    value_months: float | None = None
    low: str = ""
    high: str = ""
    low_state: str = ""
    high_state: str = ""
    level: float | None = None
    interval_source: str = ""
    interval_method: str = ""
    criteria: str = ""
    assessor: str = ""
    confirmed: str = ""
    locator: str = ""
    value_state: str = ""
    value_source: str = ""
    versus: str = ""
    p: str = ""
    p_sides: str = ""
    contrast_kind: str = ""
    adjusted_for: str = ""
    low_months: float | None = None
    high_months: float | None = None
    printed_low: str = ""
    printed_high: str = ""
    printed_level: float | None = None
    origin: str = ""
    by_value: str = ""
    by_unit: str = ""
    estimator: str = ""
    interval_sides: str = ""
    data_cut: str = ""
    relays: str = ""
    part: str = ""
    primary: bool = False
    set_aside: str = ""
    set: str = ""
    versus_set: str = ""
    id: str = ""
    approximation: str = ""
    range_low: str = ""
    range_high: str = ""
    extraction: str = ""
    repeats: str = ""
    timing: str = ""
    arm_name: str = ""
    allocation: str = ""
    design: str = ""
    follow_up: str = ""
    erratum: str = ""
    counts: str = ""
    release: str = ""
    release_date: str = ""
    overlaps: str = ""

    @property
    def set_address(self) -> str:
        """`trial/report/set`, as overlaps are written."""
        return f"{self.trial}/{self.report}/{self.set}"

    @property
    def shares_with(self) -> dict[str, str]:
        """The set addresses that the record says share patients with this one, and how many."""
        pairs = (one.partition("=") for one in self.overlaps.split(";") if one)
        return {address: patients for address, _, patients in pairs}

    @property
    def place(self) -> tuple[str, str, str]:
        """Trial, report and set: what a row has in common with others about the same patients."""
        return self.trial, self.report, self.set

    def as_dict(self) -> dict[str, Any]:
        """Every field by name, in the order of the interface."""
        return {name: getattr(self, name) for name in FIELDS}


FIELDS: tuple[str, ...] = tuple(one.name for one in fields(Row))
