"""Slips planted into consistent studies, and whether the rules made for them speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_studies import seeded, study
from kb.audits import NUMBER_RULES
from kb.audits.study import studies
from kb.store.layout import packaged
from kb.store.reader import read_vocabulary
from kb.tables.addresses import row_number
from kb.tables.table import table_of

if TYPE_CHECKING:
    from audit_slips import Slip
    from kb.vocabulary import Vocabulary

DESCRIBING = (
    "denominator-implied", "pooled-beside-arms", "subgroup-beside-whole", "overlap", "misprint",
)  # fmt: skip
"""Rules that describe and allege nothing."""
PLAUSIBLE = (
    "rate-of-another-n", "median-implausible", "medians-close", "median-against-interval",
    "median-interval-symmetric", "fraction-among-percents",
)  # fmt: skip
"""Rules that rest on plausibility: notes, of which a few of 100 are about numbers that are right."""


def words() -> Vocabulary:
    """The words of the shipped base."""
    return read_vocabulary(packaged())[0]


def plant(slip: Slip, seed: int) -> tuple[list[dict[str, str]], list[int]]:
    """A study with one slip, and the rows it touched; the first seed that offers a place for it."""
    for attempt in range(1000):
        random = seeded(f"{slip.words} {seed} {attempt}")
        rows = study(random)
        touched = slip.plant(random, rows)
        if touched:
            return rows, touched
    raise AssertionError(slip.words)


RULES_BY_NAME = {rule.__name__.replace("_", "-"): rule for rule in NUMBER_RULES}


def caught_by(
    slip: Slip, rows: list[dict[str, str]], touched: list[int], vocabulary: Vocabulary
) -> set[str]:
    """The rules made for a slip that speak of a row it touched."""
    (study,) = studies(table_of(rows, vocabulary).rows, vocabulary)
    return {
        rule for rule in slip.rules for remark in RULES_BY_NAME[rule](study)
        if set(touched) & set(map(row_number, remark.rows))
    }  # fmt: skip
