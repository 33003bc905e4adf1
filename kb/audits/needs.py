"""What each rule about numbers needs of a row before it can judge it, and which cell it is about.

The summary of an audit is made from this table: how many checks were applied, which rows had
nothing to check, and what was not tested for want of a column.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kb.printed.measure import LANDMARK, MEDIAN, PROPORTION, RATIOS

if TYPE_CHECKING:
    from kb.rows.row import Row

EITHER: Final = "|"
"""Between fields of which one is enough."""


@dataclass(frozen=True, slots=True)
class Needs:
    """The rows that a rule looks at, the fields that each must have, and the cell it is about.

    `of` is a property of `Study`: proportions, landmarks, medians, contrasts, ratios or rows.
    `fields` are fields of `Row`; `events|value` needs one of both. `beside`: another row of the
    same study is needed, too.
    """

    of: str
    fields: tuple[str, ...] = ()
    cell: str = "value"
    beside: bool = False

    def met(self, row: Row) -> bool:
        """Whether the row has every field that is needed."""
        return all(any(has(row, name) for name in field.split(EITHER)) for field in self.fields)


MEASURES_OF: Final = {"proportions": PROPORTION, "landmarks": LANDMARK, "medians": MEDIAN}
"""The parts of a study that are of one measure."""


def looks_at(needs: Needs, row: Row) -> bool:
    """Whether a rule looks at numbers of the kind of a row, as `Study` tells them apart."""
    if needs.of in MEASURES_OF:
        return row.measure == MEASURES_OF[needs.of] and not row.versus
    if needs.of == "ratios":
        return row.measure in RATIOS
    return needs.of != "contrasts" or row.is_contrast


def has(row: Row, field: str) -> bool:
    """Whether a row states a field; what is computed or reconstructed is not stated."""
    if field == "events":
        return row.events is not None and row.events_source == "reported"
    if field == "value":
        return bool(row.value) and row.value_source == "reported"
    return getattr(row, field) not in ("", None)


INTERVAL: Final = ("n", "events|value", "low", "high")
PART: Final = ("subgroup", "arm")
RATIO: Final = ("value", "low", "high")

NEEDS: Final[dict[str, Needs]] = {
    "events-over-n": Needs("proportions", ("events", "n"), "events"),
    "percent-out-of-range": Needs("proportions", ("value|low|high",)),
    "interval-order": Needs("rows", ("low", "high"), "low"),
    "value-outside-interval": Needs("rows", ("value", "low|high")),
    "percent-against-count": Needs("proportions", ("events", "n", "value")),
    "percent-truncated": Needs("proportions", ("n", "value")),
    "percent-without-count": Needs("proportions", ("n", "value")),
    "rate-not-counted": Needs("proportions", ("n", "value", "at_value")),
    "fraction-for-percent": Needs("proportions", ("value",)),
    "interval-against-count": Needs("proportions", INTERVAL, "low"),
    "interval-at-other-level": Needs("proportions", INTERVAL, "level"),
    "bound-against-count": Needs("proportions", ("n", "events|value", "low|high", "level"), "low"),
    "standard-error-sold-as-interval": Needs("proportions", INTERVAL, "low"),
    "wald-at-border": Needs("proportions", INTERVAL, "low"),
    "interval-method-mixed": Needs("proportions", INTERVAL, "low", beside=True),
    "interval-method-contradicted": Needs("proportions", (*INTERVAL, "interval_method"), "method"),
    "components-against-sum": Needs("proportions", ("events|value", "arm"), beside=True),
    "components-against-n": Needs("proportions", ("events|value", "arm"), "events", beside=True),
    "categories-over-whole": Needs("proportions", ("events|value", "arm"), beside=True),
    "rate-order": Needs("proportions", ("events|value", "arm"), beside=True),
    "denominator-mixed": Needs("proportions", ("n", "arm"), "n", beside=True),
    "denominator-apart": Needs("proportions", ("n", "value", "arm"), "n", beside=True),
    "denominator-implied": Needs("proportions", ("value", "arm"), beside=True),
    "responders-against-count": Needs("rows", ("n", "subgroup"), "n", beside=True),
    "subgroup-over-whole": Needs("proportions", ("n|events|value", *PART), "n", beside=True),
    "parts-against-whole": Needs("proportions", ("n", *PART), "n", beside=True),
    "percent-against-cohort-size": Needs("proportions", ("value", "arm"), beside=True),
    "ratio-asymmetric": Needs("ratios", RATIO),
    "ratio-against-counts": Needs("contrasts", ("value",), beside=True),
    "ratio-interval-against-counts": Needs("contrasts", RATIO, "low", beside=True),
    "standard-error-bounded": Needs("ratios", ("low", "high"), "low"),
    "overall-outside-subgroups": Needs("ratios", ("value",), beside=True),
    "direction-against-proportions": Needs("contrasts", ("value", "arm"), beside=True),
    "direction-against-medians": Needs("ratios", ("value",), beside=True),
    "p-against-interval": Needs("ratios", (*RATIO, "p"), "p"),
    "p-one-sided": Needs("ratios", (*RATIO, "p"), "p"),
    "level-implied": Needs("ratios", (*RATIO, "p"), "level"),
    "decision-inconsistent": Needs("ratios", (*RATIO, "p"), "p"),
    "two-by-two-p": Needs("contrasts", ("p", "arm"), "p", beside=True),
    "time-order": Needs("rows", ("value",), beside=True),
    "order-across-times": Needs("rows", ("arm",), beside=True),
    "rate-rising": Needs("landmarks", ("arm", "value", "at_value"), beside=True),
    "landmark-against-median": Needs("landmarks", ("arm", "value", "at_value"), beside=True),
    "landmark-interval-too-narrow": Needs("landmarks", ("value", "n", "low", "high"), "low"),
    "interval-equals-range": Needs("rows", ("low", "high", "range_low"), "low"),
    "events-against-rate": Needs(
        "medians", ("arm", "events", "n", "follow_up"), "events", beside=True,
    ),
    "rate-of-another-n": Needs("landmarks", ("value", "n", "arm"), beside=True),
    "median-out-of-scale": Needs("medians", ("value", "unit"), beside=True),
    "median-implausible": Needs("medians", ("value", "unit"), "unit"),
    "medians-close": Needs("medians", ("value", "unit"), "unit", beside=True),
    "median-against-interval": Needs("medians", ("value", "low", "high")),
    "median-equals-bound": Needs("medians", ("value", "low|high")),
    "median-interval-symmetric": Needs("medians", ("value", "low", "high"), "low"),
    "row-conflict": Needs("rows", ("events|value|low|high|p",), beside=True),
    "report-conflict": Needs("rows", ("events|value|low|high|p", "report"), beside=True),
    "unit-slip": Needs("medians", ("value", "unit", "report"), "unit", beside=True),
    "pooled-beside-arms": Needs("rows", ("arm",), "arm", beside=True),
    "subgroup-beside-whole": Needs("rows", ("subgroup",), "subgroup", beside=True),
}  # fmt: skip
"""Rule id to what it needs, in the order of the manual; a test holds every rule to it."""
