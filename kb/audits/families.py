"""What people call the checks of the audit, and the columns that would hold what they need."""

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
        "denominator-implied", "percent-against-cohort-size",
    ),
    "subgroups against their whole": (
        "responders-against-count", "subgroup-over-whole", "parts-against-whole",
        "subgroup-beside-whole",
    ),
    "intervals of ratios": ("ratio-asymmetric",),
    "ratios against their arms": (
        "ratio-against-counts", "direction-against-proportions", "direction-against-medians",
    ),
    "p-values against intervals": ("p-against-interval", "p-one-sided", "level-implied"),
    "p-values against counts": ("two-by-two-p",),
    "order of times": ("time-order",),
    "rates at a time": ("rate-rising", "landmark-against-median"),
    "intervals of rates at a time": ("landmark-interval-too-narrow",),
    "intervals against ranges": ("interval-equals-range",),
    "one number in two reports": ("report-conflict", "unit-slip"),
    "arms pooled and apart": ("pooled-beside-arms",),
}  # fmt: skip
"""What people call a check, and the rules that make it; a rule that stands in none is its own."""
OF_RULE: Final = {rule: what for what, rules in FAMILIES.items() for rule in rules}
COLUMNS: Final = {
    "at_value": "at", "interval_method": "method", "p_sides": "sides", "range_low": "",
    "range_high": "",
}  # fmt: skip
"""The column of a table for a field that is called otherwise; empty for one that no table has."""


def family_of(rule: str) -> str:
    """What people call the check that a rule makes."""
    return OF_RULE.get(rule, rule.replace("-", " "))


def column_of(needed: str) -> str:
    """The column that would hold what a rule needs: of several fields, that of the first."""
    first, _, _ = needed.partition(EITHER)
    return COLUMNS.get(first, first)
