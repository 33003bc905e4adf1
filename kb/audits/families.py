"""What people call the checks of the audit, and what two rows that are compared have in common."""

from __future__ import annotations

from typing import Final

from kb.audits.needs import EITHER

FAMILIES: Final = {
    "counts against n": ("events-over-n",),
    "percents against counts": ("percent-against-count",),
    "percents against n": ("percent-truncated", "percent-without-count", "rate-not-counted"),
    "intervals of proportions": (
        "interval-against-count", "bound-against-count", "standard-error-sold-as-interval",
        "wald-at-border", "interval-method-mixed", "interval-method-contradicted",
        "interval-at-other-level",
    ),
    "intervals against values": ("interval-order", "value-outside-interval"),
    "responses against their sums": (
        "components-against-sum", "components-against-n", "rate-order", "denominator-mixed",
        "denominator-implied", "percent-against-cohort-size", "categories-over-whole",
        "denominator-apart",
    ),
    "subgroups against their whole": (
        "responders-against-count", "subgroup-over-whole", "parts-against-whole",
        "subgroup-beside-whole",
    ),
    "intervals of ratios": ("ratio-asymmetric",),
    "ratios against their arms": (
        "ratio-against-counts", "direction-against-proportions", "direction-against-medians",
    ),
    "p-values against intervals": (
        "p-against-interval", "p-one-sided", "level-implied", "decision-inconsistent",
    ),
    "p-values against counts": ("two-by-two-p",),
    "order of times": ("time-order", "order-across-times"),
    "rates at a time": (
        "rate-rising", "landmark-against-median", "events-against-rate", "rate-of-another-n",
    ),
    "intervals of rates at a time": ("landmark-interval-too-narrow",),
    "intervals of medians": (
        "median-against-interval", "median-equals-bound", "median-interval-symmetric",
    ),
    "medians against those published": (
        "median-out-of-scale", "median-implausible", "medians-close",
    ),
    "intervals against ranges": ("interval-equals-range",),
    "one number in two reports": ("report-conflict", "unit-slip"),
    "arms pooled and apart": ("pooled-beside-arms",),
}  # fmt: skip
"""What people call a check, and the rules that make it; a rule that stands in none is its own."""
SET, ARM, SAME, TIMES = "set", "arm", "quantity", "times"
AMONG: Final = {
    "responders-against-count": ARM, "subgroup-over-whole": ARM, "parts-against-whole": ARM,
    "time-order": TIMES, "order-across-times": TIMES,
    "row-conflict": SAME, "report-conflict": SAME, "unit-slip": SAME,
    "pooled-beside-arms": SAME, "subgroup-beside-whole": SAME,
}  # fmt: skip
"""What the second row of a rule that needs one has in common with the first, if it is not the set
of patients and the measure: the arm; the quantity, of whomever; or the set, both being times."""
SHARES: Final = frozenset({
    "events-over-n", "percent-against-count", "percent-truncated", "percent-without-count",
    "fraction-for-percent",
})  # fmt: skip
"""Rules that also look at counts and percents that are no estimates: harms, baseline, flow."""
OF_RULE: Final = {rule: what for what, rules in FAMILIES.items() for rule in rules}
COLUMNS: Final = {
    "at_value": "at", "interval_method": "method", "p_sides": "sides", "range_low": "",
    "range_high": "",
}  # fmt: skip
"""The column of a table for a field that is called otherwise; empty for one that no table has."""


def among(rule: str) -> str:
    """What a second row must have in common with a first."""
    return AMONG.get(rule, SET)


def family_of(rule: str) -> str:
    """What people call the check that a rule makes."""
    return OF_RULE.get(rule, rule.replace("-", " "))


def column_of(needed: str) -> str:
    """The column that would hold what a rule needs: of several fields, that of the first."""
    first, _, _ = needed.partition(EITHER)
    return COLUMNS.get(first, first)
