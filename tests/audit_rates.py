"""How sharp the audit is: slips planted into consistent studies, caught or missed.

`python tests/audit_rates.py` writes docs/explanation/how-sharp-the-audit-is.md from a fixed seed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from audit_slips import RECORD_SLIPS, SLIPS, Slip, spoil
from audit_studies import others, record, seeded, study
from builders import base_of
from kb.audits import NUMBER_RULES, RULES, audit, audit_table
from kb.audits.study import studies
from kb.store.layout import packaged
from kb.store.reader import read_vocabulary
from kb.tables.addresses import row_number
from kb.tables.table import table_of

if TYPE_CHECKING:
    from kb.vocabulary import Vocabulary

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "how-sharp-the-audit-is.md"
TABLES, RECORDS, PLANTED = 200, 40, 30
DESCRIBING = (
    "denominator-implied", "pooled-beside-arms", "subgroup-beside-whole", "overlap", "misprint",
)  # fmt: skip
"""Rules that describe and allege nothing."""
PLAUSIBLE = (
    "rate-of-another-n", "median-implausible", "medians-close", "median-against-interval",
    "median-interval-symmetric",
)  # fmt: skip
"""Rules that rest on plausibility: notes, of which a few of 100 are about numbers that are right."""


@dataclass
class Rates:
    """Consistent studies per rule that spoke of them, and slips planted and caught, in words."""

    alarms: Counter[str] = field(default_factory=Counter)
    planted: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    seen_by: dict[str, Counter[str]] = field(default_factory=dict)


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


def measured(tables: int = TABLES, records: int = RECORDS, planted: int = PLANTED) -> Rates:
    """The rates over so many consistent tables and records, and so many slips of each kind."""
    found, vocabulary = Rates(), words()
    for seed in range(tables):
        spoken = {one.rule for one in audit_table(study(seeded(seed)), vocabulary=vocabulary)}
        found.alarms.update(spoken)
    for seed in range(records):
        random = seeded(seed)
        found.alarms.update({one.rule for one in audit(base_of(record(random), *others(random)))})
    for slip in SLIPS:
        for seed in range(planted):
            _count(found, slip.words, caught_by(slip, *plant(slip, seed), vocabulary))
    for kind in RECORD_SLIPS:
        for seed in range(planted // 3):
            random = seeded(seed)
            spoiled, rules = spoil(record(random), kind)
            findings = audit(base_of(spoiled, *others(random)))
            _count(found, kind, {one.rule for one in findings if one.rule in rules})
    return found


def caught_by(
    slip: Slip, rows: list[dict[str, str]], touched: list[int], vocabulary: Vocabulary
) -> set[str]:
    """The rules made for a slip that speak of a row it touched."""
    (study,) = studies(table_of(rows, vocabulary).rows, vocabulary)
    return {
        rule for rule in slip.rules for remark in RULES_BY_NAME[rule](study)
        if set(touched) & set(map(row_number, remark.rows))
    }  # fmt: skip


def _count(found: Rates, kind: str, rules: set[str]) -> None:
    found.planted[kind] += 1
    found.caught[kind] += bool(rules)
    found.seen_by.setdefault(kind, Counter()).update(rules)


def page(rates: Rates) -> str:
    """The page: per rule how often it speaks without cause, per slip how often it is caught."""
    out = [
        "<!-- Written by tests/audit_rates.py; edit the code instead. -->\n",
        "# How sharp the audit is\n",
        f"Measured on made-up studies: {TABLES} tables of two arms each (responses with their",
        "intervals by any of seven methods at 80, 90 or 95 %, subgroups, medians, rates at a time,",
        f"odds and hazard ratios with p-values) and {RECORDS} records of a randomised trial with a",
        "paper, a news item that passes it on, flow, doses and follow-up. They agree with",
        "themselves, so whatever a rule says of them is a false alarm. Then one slip is planted at",
        f"a time, {PLANTED} of each kind into tables and {PLANTED // 3} into records, and is caught",
        "if a rule made for it speaks of the row that was touched. Slips that change nothing which",
        "is printed are drawn again.\n",
        "A slip that is missed is mostly one that rounding hides: a bound mistyped by little in a",
        "small set, a risk ratio near its odds ratio, a p-value that could be of another test.\n",
        "## Slips\n",
        "| slip | planted | caught | by |",
        "| --- | ---: | ---: | --- |",
    ]  # fmt: skip
    for kind, planted in rates.planted.items():
        by = ", ".join(f"`{rule}`" for rule, _ in sorted(rates.seen_by[kind].items()))
        share = 100 * rates.caught[kind] / planted
        out.append(f"| {kind} | {planted} | {share:.0f} % | {by} |")
    out += [
        "\n## False alarms\n",
        f"Of {TABLES} consistent tables, for the rules about numbers, and {RECORDS} consistent",
        "records, for all.\n",
        "| rule | speaks of slips it may see | studies with a false alarm |",
        "| --- | ---: | ---: |",
    ]
    for rule in RULES:
        name = rule.__name__.replace("_", "-")
        if name not in DESCRIBING:
            own = [kind for kind in rates.planted if name in _rules(kind)]
            planted = sum(rates.planted[kind] for kind in own)
            hits = sum(rates.seen_by[kind][name] for kind in own)
            seen = f"{hits} of {planted}" if planted else "–"
            out.append(f"| `{name}` | {seen} | {rates.alarms[name]} |")
    listed = ", ".join(f"`{one}`" for one in DESCRIBING)
    out += [
        f"\n{listed} describe and allege nothing; they are not counted. What `wald-at-border` says of",
        "a consistent table is true of it: one method in seven of the made-up tables is Wald's.",
        "`interval-method-contradicted` needs the name of a method, which a table has no column for.",
    ]
    return "\n".join(out) + "\n"


def _rules(kind: str) -> tuple[str, ...]:
    """The rules that a slip is made for."""
    for slip in SLIPS:
        if slip.words == kind:
            return slip.rules
    return spoil(record(seeded(0)), kind)[1]


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(measured()), encoding="utf-8")
