"""A row: one number of one report, flat, with everything that must travel with it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from kb.printed.measure import CONTRASTS, MEASURES
from kb.printed.reading import second_hand
from kb.printed.time import Time
from kb.rows.flat import ids, listed, pairs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.printed.measure import Measure
    from kb.rows.flat import Pairs

NO_COUNT: Final = "none"
"""What `counts` says where a percent admits no count."""


@dataclass(frozen=True)
class Row:
    """One estimate or contrast. Text is "" and numbers are None where the source is silent.

    `value`, `low`, `high`, `p` and `at_value` are strings: printed numbers character for character,
    computed ones with ten significant digits. Proportions are percents. `*_months` are floats.
    What caveats and the choice of reports need travels with the row: design, follow-up, errata, the
    counts that fit, the release, and the sets that share patients. Fields are flat, as files hold
    them; lists, pairs and times are properties.
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
    beside: str = ""
    formula: str = ""
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

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Row:
        """The row of the fields that are stated, address and trial among them.

        The others are the defaults of the class, which costs a sixth of setting each of them.
        """
        row = object.__new__(cls)
        row.__dict__.update(fields)
        return row

    @property
    def kind(self) -> Measure:
        """What its measure is; ValueError for a word that is none."""
        if self.measure not in MEASURES:
            raise ValueError(f"{self.measure!r} is not a measure; known are {', '.join(MEASURES)}")
        return MEASURES[self.measure]

    @property
    def arms(self) -> tuple[str, ...]:
        """The arms whose patients it is about; of a contrast, those of the experimental side."""
        return ids(self.arm)

    @property
    def versus_arms(self) -> tuple[str, ...]:
        """The arms that a contrast is set against."""
        return ids(self.versus)

    @property
    def treatments(self) -> tuple[str, ...]:
        """The active drugs of each arm, as treatment ids."""
        return ids(self.drugs)

    @property
    def classes(self) -> tuple[str, ...]:
        """The regimen classes and families."""
        return listed(self.regimen_classes)

    @property
    def studied(self) -> tuple[str, ...]:
        """The histologies of its patients."""
        return listed(self.histologies)

    @property
    def parts(self) -> tuple[str, ...]:
        """The pieces of the trial that its arms belong to."""
        return listed(self.part)

    @property
    def restrictions(self) -> Pairs:
        """What restricts a subgroup: pairs of a key and a value."""
        return pairs(self.subgroup)

    @property
    def defined(self) -> Pairs:
        """What its definition states: pairs of a key and a value."""
        return tuple(pair for pair in pairs(self.definition) if pair[0])

    @property
    def at(self) -> Time | None:
        """The time of a rate."""
        return Time(self.at_value, self.at_unit) if self.at_value else None

    @property
    def by(self) -> Time | None:
        """The time within which an event counts."""
        return Time(self.by_value, self.by_unit) if self.by_value else None

    @property
    def possible_counts(self) -> tuple[int, ...] | None:
        """The counts that its percent admits where it is not one; None where nothing was tried."""
        if not self.counts:
            return None
        return tuple(int(one) for one in listed(self.counts) if one != NO_COUNT)

    @property
    def bounds_converted(self) -> bool:
        """Whether its printed bounds are shown in another unit than the source has them in."""
        pairs = ((self.low, self.printed_low), (self.high, self.printed_high))
        differs = any(shown and printed and shown != printed for shown, printed in pairs)
        return self.interval_source == "reported" and differs

    @property
    def second_hand(self) -> bool:
        """Whether it was read where somebody else's results are passed on."""
        return second_hand(self.read, self.relays)

    @property
    def is_contrast(self) -> bool:
        """Whether it sets two sets side by side."""
        return bool(self.versus or self.contrast_kind or self.measure in CONTRASTS)

    @property
    def set_address(self) -> str:
        """`trial/report/set`, as overlaps are written."""
        return f"{self.trial}/{self.report}/{self.set}"

    @property
    def shares_with(self) -> dict[str, str]:
        """The set addresses that the record says share patients with this one, and how many."""
        return dict(pairs(self.overlaps))

    @property
    def place(self) -> tuple[str, str, str]:
        """Trial, report and set: what a row has in common with others about the same patients."""
        return self.trial, self.report, self.set

    def as_dict(self) -> dict[str, Any]:
        """Every field by name, in the order of the interface."""
        return {name: getattr(self, name) for name in FIELDS}


FIELDS: tuple[str, ...] = tuple(one.name for one in fields(Row))
