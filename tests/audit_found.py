"""What the audit finds in the shipped records, with the most instructive cases explained.

`python tests/audit_found.py` writes docs/explanation/what-the-audit-found.md from records/. A case
is quoted as the audit says it now; one that the audit no longer makes is left out and named on
stderr.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import kb
from kb.audits import RULES, Judged, judged
from kb.audits.doses import doses
from kb.audits.finding import SEVERITIES
from kb.stats.proportions.counts import reconstruct_denominators

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits import Finding
    from kb.store.knowledge_base import KnowledgeBase

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "explanation" / "what-the-audit-found.md"
SHOWN = 10


@dataclass(frozen=True)
class Case:
    """A finding worth telling: its rule and address, a heading, and what it teaches."""

    rule: str
    address: str
    heading: str
    lesson: str


CASES = (
    Case("level-implied", "medisarc/gruenwald-2023", "An interval that leaves out 1 while p is .185",
         "A reader of the abstract sees a hazard ratio whose 95 % interval ends at 0.99 and takes "
         "survival to be longer. The p-value says otherwise, and three numbers decide it: ratio, "
         "bounds and p fit together only if the bounds are those of an 80 % interval. The second "
         "hazard ratio of the trial, in a later abstract, implies the same level by itself. A "
         "standard error taken from these bounds at 95 % would be a third too small."),
    Case("components-against-sum", "saint/medpath-undated", "One digit in a response rate",
         "The page prints 6 % complete and 17.5 % partial responses of 97 patients, and 24.7 % "
         "responses. As counts that is 6 + 17 = 23 against 24, and 23 of 97 is 23.7 %: one digit. "
         "Which of the three is wrong the page does not say, so nothing is corrected."),
    Case("interval-against-count", "a091401/onclive-2017", "A lower bound that lost a digit",
         "No method gives 1 to 32 for 7 of 38. The upper bound is the exact one at 90 %, and its "
         "partner would be 9. Two of the other intervals of the report are exact ones at 90 % to the "
         "last digit, so the method and the level are not in doubt."),
    Case("landmark-interval-too-narrow", "immunosarc/martin-broto-2020", "A standard error sold as an interval",
         "Censoring can only widen the interval of a survival rate beyond that of a plain count. "
         "This one is little more than half as wide: it is the rate plus and minus one standard "
         "error, which holds the truth two times in three."),
    Case("interval-method-mixed", "anlo-ai/ajmc-2026", "Two methods in one table",
         "The intervals of the whole series and of one histology are exact ones, those of the other "
         "histology are Wilson's. Each is right by its method, but set side by side the one looks "
         "more certain than it is: for 13 of 13 Wilson begins at 77.2 % where the exact interval "
         "begins at 75.3 %."),
    Case("dose-out-of-range", "anlo-ai/ajmc-2026", "Two milligrams of ifosfamide",
         "The other trials of the base give the drug in grams per square metre. The unit is the "
         "slip; another report of the trial prints it right. Read as it stands, the dose would be a "
         "thousandth of the one that was given."),
    Case("rate-not-counted", "anlo-mono-chi/chi-2018", "Rates that are no counts",
         "Most of the 12-week rates are no number of patients out of the n printed beside them. They "
         "are survival estimates, whatever the table calls them; a binomial interval around them or "
         "a pooled proportion of them would have no basis."),
    Case("report-conflict", "apromiss/onclive-2021", "Two digits change places on the way to the news",
         "Of two news items about one presentation one has 29.6 % and the other 26.9 %. Neither is "
         "the source, so the record keeps both and says so."),
    Case("report-conflict", "eortc-62961/fiorentini-2020", "Two columns exchanged",
         "A review's table gives 52.6 % of the control arm as alive at five years and 51.3 % of the "
         "other arm at ten. The reports of the same publication have the same two figures the other "
         "way round: the columns of years and arms were exchanged in between."),
    Case("landmark-against-median", "aldoxorubicin-phase-3/biocentury-2017", "A rate below one half before the median",
         "The median is the time at which one half is free of progression, so at any earlier time "
         "at least one half must be. Four months come before 4.11 months, and 40.8 % is less than "
         "one half: one of the two is of other patients, or of another assessment."),
    Case("percent-without-count", "saint/gordon-2023/safety", "A percent of no number of patients",
         "The four other adverse events of the list are counts out of 92. No count out of 92 is "
         "4.6 %: four are 4.3 % and five 5.4 %."),
    Case("percent-against-count", "olaratumab-phase-2/tap-2016", "Rounded twice",
         "25 of 65 is 38.46 %. Rounded to one decimal it is 38.5, and that rounded again is 39. The "
         "count is right and the percent is one too high."),
    Case("components-against-sum", "anlo-lipo-dox-sun/sun-2022", "Five of eight is not six",
         "No complete and two partial responses and three stable diseases make five patients with "
         "disease control; the abstract prints six, and 75 %, which is six of eight. The percent "
         "follows its count, so the slip is older than the percent."),
    Case("report-conflict", "atezolizumab-asps/ascopost-2023", "A median from somewhere else",
         "The news item gives a median that the abstract it relays does not have. Whoever quotes the "
         "news carries the wrong figure on; the record keeps it as a report of its own."),
    Case("schedule-conflict", "picasso-iii/healio-undated", "A day of treatment lost",
         "Days 1 to 3 in the abstract are days 1 and 2 in the news: a third less of the drug."),
    Case("components-against-n", "geddis/cruk-undated", "129 of 128",
         "The five categories of response in one arm add up to one patient more than the arm has; "
         "in the other arm they add up exactly."),
)  # fmt: skip


def everything(base: KnowledgeBase) -> dict[str, Judged]:
    """The findings of every trial, those that stand and those that are acknowledged."""
    known = doses(base)
    return {trial.id: judged(trial, base.vocabulary, known) for trial in base.values()}


def page(base: KnowledgeBase) -> str:
    """The page: what was audited, the cases, the counts by rule, every error and warning."""
    found = everything(base)
    standing = [one for each in found.values() for one in each.standing]
    known = [one for each in found.values() for one, _ in each.acknowledged]
    every = [*standing, *known]
    reports = sum(len(trial.reports) for trial in base.values())
    numbers = sum(
        len(report.figures) for trial in base.values() for report in trial.reports.values()
    )
    head = (
        f"In {len(base)} trials with {reports} reports and {numbers:,} estimates and contrasts the "
        f"audit makes {len(every):,} findings: {_amounts(every)}. A finding is about the "
        "source: what is printed stays in the record as it is printed. Where somebody has looked "
        f"at one and said in the record what to make of it, it is acknowledged: {len(known)} are. "
        f"`kb audit` lists the other {len(standing):,}, and each is of a rule explained in the [reference](../reference/audits.md); how often the "
        "rules err is on [its own page](how-sharp-the-audit-is.md).\n"
    )
    second_hand = (
        "Most sources were read as abstracts, news items and tables of reviews, so a finding is "
        "often about the one who passes a result on, not about the trial.\n"
    )
    out = [
        "<!-- Written by tests/audit_found.py; edit the code or the records instead. -->\n",
        "# What the audit found\n",
        head,
        second_hand,
        "## Ten instructive cases\n",
        *_cases(every),
        *_denominators(),
        "## By rule\n",
        "| rule | errors | warnings | notes | trials |",
        "| --- | ---: | ---: | ---: | ---: |",
        *_by_rule(every),
        *_listed(standing),
        *_acknowledged(found),
    ]
    return "\n".join(out).rstrip() + "\n"


def _amounts(findings: list[Finding]) -> str:
    counted = Counter(one.severity for one in findings)
    return ", ".join(f"{counted[severity]} {severity}s" for severity in SEVERITIES)


def _cases(standing: list[Finding]) -> Iterator[str]:
    told = 0
    for case in CASES:
        quoted = [
            one for one in standing
            if one.rule == case.rule and f"{one.address}/".startswith(f"{case.address}/")
        ]  # fmt: skip
        if not quoted:
            sys.stderr.write(f"no longer found: {case.rule} at {case.address}\n")
        elif told < SHOWN:
            told += 1
            yield f"### {told}. {case.heading}\n"
            yield f"`{quoted[0].address}` ({case.rule}, {quoted[0].severity})\n"
            yield f"> {quoted[0].message}\n"
            yield f"{case.lesson}\n"


def _denominators() -> Iterator[str]:
    percents = ["24.7", "82.5"]
    rounded = [n for n, _ in reconstruct_denominators(percents, largest=150)]
    cut = [n for n, _ in reconstruct_denominators(percents, largest=150, rounding="truncated")]
    yield "## A denominator that nobody printed\n"
    yield (
        "Two percents of one arm can give the number of patients away. 24.7 % and 82.5 %, rounded, "
        f"are possible out of {_list(rounded)} and of no other number up to 150; cut off instead of "
        f"rounded, out of {_list(cut)} alone. A news item that quotes them for SAINT without an n is "
        "therefore about the 97 patients of another page. The audit notes it "
        "(`denominator-implied`), and nothing is computed from it.\n"
    )


def _list(numbers: list[int]) -> str:
    return " or ".join(map(str, numbers))


def _by_rule(standing: list[Finding]) -> Iterator[str]:
    for name in (rule.__name__.replace("_", "-") for rule in RULES):
        own = [one for one in standing if one.rule == name]
        if own:
            counted = Counter(one.severity for one in own)
            cells = " | ".join(str(counted[severity]) for severity in SEVERITIES)
            yield f"| `{name}` | {cells} | {len({one.trial for one in own})} |"


def _listed(standing: list[Finding]) -> Iterator[str]:
    yield "\n## Errors and warnings that nobody has looked at\n"
    if all(one.severity not in SEVERITIES[:2] for one in standing):
        yield "None."
    for severity in SEVERITIES[:2]:
        for one in (each for each in standing if each.severity == severity):
            yield f"- **{severity}** `{one.rule}` at `{one.address}`: {one.message}"


def _acknowledged(found: dict[str, Judged]) -> Iterator[str]:
    seen = [pair for each in found.values() for pair in each.acknowledged]
    if seen:
        yield "\n## Acknowledged in the records\n"
        for one, why in seen:
            yield f"- **{one.severity}** `{one.rule}` at `{one.address}`: {one.message}. In the record: {why.note}"


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(kb.load(ROOT / "records", strict=False)), encoding="utf-8")
