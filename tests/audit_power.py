"""How sharp the audit is: slips planted into real tables, seen or not, caught or missed.

`python tests/audit_power.py` writes docs/explanation/how-sharp-the-audit-is.md from a fixed seed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import audit_corpus
import audit_trials
import kb
from audit_corpus import FORMS, Sheet, in_form
from audit_plants import KINDS, Kind, Planted
from audit_rates import DESCRIBING
from audit_slips import RECORD_SLIPS, spoil
from audit_studies import others, record, seeded, study
from builders import base_of
from kb.audits import NUMBER_RULES, audit, audit_table
from kb.audits.finding import NOTE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from audit_studies import Cells
    from kb.audits import Finding
    from kb.store.knowledge_base import KnowledgeBase

ROOT: Final = Path(__file__).parent.parent
PAGE: Final = ROOT / "docs" / "explanation" / "how-sharp-the-audit-is.md"
PLANTED: Final = 120
MADE_UP: Final = 100
LACKING_PLANTED: Final = 40
TABLES: Final = 300
SPOILED: Final = 10
WHOLE: Final = next(iter(FORMS))
RECORDS: Final = "records"


INTRODUCTION: Final = (
    "Slips are planted one at a time into tables that a reviewer would have made of the shipped",
    "records, one table per report, each number once however many reports print it. A slip is drawn",
    "without regard to whether anybody could see it: an interval of another level that rounds to",
    "the same text counts as planted and missed. Where the records have few places, made-up tables",
    "are used beside them: `made-up trials` are drawn patient by patient and have a Cox model and a",
    "log-rank test of their own (in one of ten the ratio is of another model than p), `made-up",
    "studies` are two-arm tables of responses, subgroups, medians, rates and ratios.\n",
    "A slip is *caught* if anything is said of a row that it touched which was not said before, by",
    "whichever rule, and *loud* if that is a warning or an error. Until this page was measured so, it",
    "counted made-up studies only, drew again what changed nothing printed, and had all columns;",
    "what it gave then stands under *claimed before*.\n",
)  # fmt: skip
SLIPS: Final = (
    "*Certain* is the share that arithmetic alone convicts: a value outside its bounds, a percent"
    "\nthat no count of the n beside it rounds to. No rule can be loud of more on such evidence. The"
    "\ncause is *named* if a message about the touched row has the word or the number of what was"
    "\ndone, such as the true n, `90 %`, `weeks`, `one-sided` or `standard error`; the share is of"
    "\nslips that were caught.\n"
)
LACKING: Final = (
    "Caught, and loud, of the same slips (the first 40 of each) in tables that lack columns"
    "\naltogether. Contrasts keep their measure.\n"
)
CLEAN: Final = (
    "Made-up tables agree with themselves: whatever is said of them is a false alarm, but where their"
    "\n`level` is left out: a third of their intervals are at 80 or 90 %, which is noted. Those of the"
    "\nrecords are as their sources print them, faults included; the last column leaves out what"
    "\nis about a row that a record has acknowledged a finding of.\n"
)
OF_RECORDS: Final = (
    "Slips of doses, flow, reports and names need a record. They are planted into made-up records,"
    "\nof the kinds that change what is printed, and are caught if a rule made for it speaks.\n"
)


@dataclass
class Tally:
    """Slips of one kind planted into the tables of one source in one form, and what was said."""

    planted: int = 0
    caught: int = 0
    loud: int = 0
    certain: int = 0
    certain_loud: int = 0
    judged: int = 0
    named: int = 0
    nameable: int = 0
    rules: Counter[str] = field(default_factory=Counter)


@dataclass
class Alarms:
    """Clean tables with a finding, by whether a record knows of it, and the rules that spoke.

    `rules` speak loud of a table, `notes` only in notes.
    """

    tables: int = 0
    rows: int = 0
    loud: int = 0
    unknown: int = 0
    noted: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)


Said = frozenset[tuple[str, str, int]]
Tallies = dict[tuple[str, str, str], Tally]


class Bench:
    """The tables of each source, and what the audit says of them as they are."""

    def __init__(self, base: KnowledgeBase) -> None:
        """Tables of the records by report; of made-up trials and studies from fixed seeds."""
        self.vocabulary = base.vocabulary
        self.sources: dict[str, list[Sheet]] = {
            RECORDS: audit_corpus.reports(base),
            "made-up trials": [_sheet(audit_trials.report(seeded(f"t{k}"))) for k in range(TABLES)],
            "made-up studies": [_sheet(study(seeded(k))) for k in range(TABLES)],
        }
        self.trials = audit_corpus.trials(base)
        self.clean = cache(self._clean)

    def findings(self, rows: Iterable[Cells], form: str) -> list[Finding]:
        """What the audit alleges about a table in one form."""
        found = audit_table(in_form(rows, FORMS[form]), vocabulary=self.vocabulary)
        return [one for one in found if one.rule not in DESCRIBING]

    def _clean(self, source: str, at: int, form: str, alone: int) -> Said:
        """Rule, severity and row of what is said of a table as it is; `alone` of one row or -1."""
        rows = list(self.sources[source][at].rows)
        return frozenset(_keys(self.findings([rows[alone]] if alone >= 0 else rows, form)))


def _sheet(rows: list[Cells]) -> Sheet:
    return Sheet(tuple(rows), (False,) * len(rows))


def _keys(findings: Iterable[Finding]) -> Iterator[tuple[str, str, int]]:
    for one in findings:
        for row in one.rows:
            yield one.rule, one.severity, row - 1


def measure(
    bench: Bench,
    planted: int = PLANTED,
    forms: Iterable[str] = tuple(FORMS),
    kinds: Iterable[Kind] = KINDS,
) -> Tallies:
    """Slips caught, by kind, source and form.

    Of made-up tables at most `MADE_UP` of each, and the first `LACKING_PLANTED` where columns lack.
    """
    found: Tallies = defaultdict(Tally)
    for kind in kinds:
        for source in kind.sources:
            wanted = planted if source == RECORDS else min(planted, MADE_UP)
            slips = drawn(bench, kind, source, wanted)
            for made, (at, number, rows, slip) in enumerate(slips):
                for form in forms:
                    if form != WHOLE and made >= LACKING_PLANTED:
                        continue
                    alone = number if kind.alone else -1
                    clean = bench.clean(source, at, form, alone)
                    tally = found[kind.words, source, form]
                    _count(tally, bench.findings(rows, form), slip, clean)
    return found


def drawn(
    bench: Bench, kind: Kind, source: str, planted: int
) -> Iterator[tuple[int, int, list[Cells], Planted]]:
    """Tables with one slip each: places in an order drawn once, again only where chance may."""
    sheets = bench.sources[source]
    numbers = set(audit_corpus.numbered(sheets)) if source == RECORDS else None
    places = [
        (at, number)
        for at, one in enumerate(sheets)
        for number in kind.places([dict(row) for row in one.rows])
        if numbers is None or (at, number) in numbers
    ]
    random = seeded(f"{kind.words} {source}")
    random.shuffle(places)
    made = 0
    for _ in range(20 if kind.chance else 1):
        for at, number in places:
            if made == planted:
                return
            rows = [dict(row) for row in sheets[at].rows]
            if kind.alone:
                rows = [rows[number]]
            slip = kind.plant(random, rows, 0 if kind.alone else number)
            if slip is not None:
                made += 1
                yield at, number, rows, slip


def _count(tally: Tally, findings: list[Finding], slip: Planted, clean: Said) -> None:
    """Count a slip; caught is what says of a touched row what was not said of it before."""
    new = [
        one for one in findings
        if any((one.rule, one.severity, row - 1) not in clean
               for row in one.rows if row - 1 in slip.rows)
    ]  # fmt: skip
    loud = any(one.severity != NOTE for one in new)
    tally.planted += 1
    tally.caught += bool(new)
    tally.loud += loud
    if slip.certain is not None:
        tally.judged += 1
        tally.certain += slip.certain
        tally.certain_loud += slip.certain and loud
    if slip.cause and new:
        tally.nameable += 1
        tally.named += any(re.search(slip.cause, one.message) for one in new)
    tally.rules.update({one.rule for one in new})


def alarms(bench: Bench, sheets: list[Sheet], form: str) -> Alarms:
    """What is said of tables as they are."""
    found = Alarms()
    for one in sheets:
        findings = bench.findings(one.rows, form)
        loud = [each for each in findings if each.severity != NOTE]
        found.tables += 1
        found.rows += len(one.rows)
        found.loud += bool(loud)
        found.unknown += any(not any(one.known[row - 1] for row in each.rows) for each in loud)
        found.noted += bool(findings)
        found.rules.update({each.rule for each in loud})
        found.notes.update({each.rule for each in findings} - {each.rule for each in loud})
    return found


def records(spoiled: int = SPOILED) -> dict[str, tuple[int, int, Counter[str]]]:
    """Slips in made-up records of a trial: planted, caught by a rule made for it, and by which."""
    found = {}
    for kind in RECORD_SLIPS:
        hits, rules = 0, Counter[str]()
        for seed in range(spoiled):
            random = seeded(seed)
            spoilt, made_for = spoil(record(random), kind)
            said = {one.rule for one in audit(base_of(spoilt, *others(random)))} & set(made_for)
            hits += bool(said)
            rules.update(said)
        found[kind] = (spoiled, hits, rules)
    return found


def page(bench: Bench) -> str:
    """The page: slips, the forms of a table, clean tables, rules, and slips in records."""
    found = measure(bench)
    return (
        "\n".join(
            [
                "<!-- Written by tests/audit_power.py; edit the code instead. -->\n",
                "# How sharp the audit is\n",
                *INTRODUCTION,
                "## Slips\n",
                *_slips(found),
                "\n## Tables that lack columns\n",
                *_forms(found),
                "\n## Clean tables\n",
                *_clean_tables(bench),
                "\n## Slips in records\n",
                *_records(),
            ]
        )
        + "\n"
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def _slips(found: Tallies) -> Iterator[str]:
    yield SLIPS
    yield "| slip | tables | planted | caught | loud | certain | asked | claimed before | cause named | by |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | --- | ---: | ---: | --- |"
    for kind in KINDS:
        for source in kind.sources:
            one = found[kind.words, source, WHOLE]
            by = [f"`{rule}`" for rule, hits in one.rules.most_common(4)
                  if hits * 20 >= one.planted]  # fmt: skip
            certain = (
                f"{_share(one.certain, one.judged)}, {_share(one.certain_loud, one.certain)} loud"
                if one.judged and one.certain else "–"
            )  # fmt: skip
            cells = [
                kind.words, source, str(one.planted), _share(one.caught, one.planted),
                _share(one.loud, one.planted), certain, kind.asked or "–", kind.claimed or "–",
                _share(one.named, one.nameable), ", ".join(by) or "–",
            ]  # fmt: skip
            yield f"| {' | '.join(cells)} |"


def _forms(found: Tallies) -> Iterator[str]:
    yield LACKING
    yield f"| slip | tables | {' | '.join(FORMS)} |"
    yield f"| --- | --- |{' ---: |' * len(FORMS)}"
    for kind in KINDS:
        for source in kind.sources:
            each = [found[kind.words, source, form] for form in FORMS]
            cells = [
                f"{_share(one.caught, one.planted)}, {_share(one.loud, one.planted)}"
                for one in each
            ]
            yield f"| {kind.words} | {source} | {' | '.join(cells)} |"


def _clean_tables(bench: Bench) -> Iterator[str]:
    yield CLEAN
    yield "| tables | form | number | with a finding | with a loud one | loud and known to no record |"
    yield "| --- | --- | ---: | ---: | ---: | ---: |"
    groups = {
        "records, a report each": bench.sources[RECORDS],
        "records, a trial each": bench.trials,
        **{name: own for name, own in bench.sources.items() if name != RECORDS},
    }
    whole: dict[str, Alarms] = {}
    for name, sheets in groups.items():
        for form in FORMS:
            one = alarms(bench, sheets, form)
            whole.setdefault(name, one)
            cells = [_share(part, one.tables) for part in (one.noted, one.loud)]
            known = _share(one.unknown, one.tables) if name.startswith(RECORDS) else "–"
            yield f"| {name} | {form} | {one.tables} | {' | '.join(cells)} | {known} |"
    yield "\nBy rule, tables with every column that it speaks of, loud and in notes only:\n"
    yield f"| rule | {' | '.join(groups)} |"
    yield f"| --- |{' ---: |' * len(groups)}"
    for rule in NUMBER_RULES:
        name = rule.__name__.replace("_", "-")
        if name not in DESCRIBING:
            said = [f"{one.rules[name]}, {one.notes[name]}" for one in whole.values()]
            yield f"| `{name}` | {' | '.join(said)} |"
    listed = ", ".join(f"`{one}`" for one in DESCRIBING)
    yield f"\n{listed} describe and allege nothing; they are counted nowhere on this page."


def _records() -> Iterator[str]:
    yield OF_RECORDS
    yield "| slip | planted | caught | by |"
    yield "| --- | ---: | ---: | --- |"
    for kind, (planted, hits, rules) in records().items():
        by = ", ".join(f"`{rule}`" for rule in sorted(rules)) or "–"
        yield f"| {kind} | {planted} | {_share(hits, planted)} | {by} |"


if __name__ == "__main__":
    PAGE.write_text(page(Bench(kb.load(ROOT / "records"))), encoding="utf-8")
