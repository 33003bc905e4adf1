"""The findings that records acknowledge, and what became of each.

`python tests/audit_acknowledged.py` writes docs/explanation/acknowledged.md from records/. An
acknowledgement that says that the source is right is a fault of a rule: the rule is mended and the
acknowledgement goes. Those that went stand in `MENDED`, for nothing else remembers them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import kb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits.finding import Finding
    from kb.store.knowledge_base import KnowledgeBase

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "explanation" / "acknowledged.md"


@dataclass(frozen=True)
class Verdict:
    """What became of a finding: its rule and address, what the record said, and what was done."""

    rule: str
    address: str
    reason: str
    done: str


MENDED = (
    Verdict("set-over-arm", "paclitaxel-bev-angiosarcoma/lebellec-2018/trial",
            "51 were treated; the two arms' own sets are the 42 with biomarkers",
            "sets of arms within a part of the patients are no longer taken for whole arms"),
    Verdict("set-over-arm", "reecur/boabangkok-2022/recruited",
            "451 recruited, 445 in the four arms, as printed",
            "a set of all arms may hold those who were enrolled and are in no arm"),
    Verdict("arm-size-conflict", "trabectedin-vs-dacarbazine/patel-2019",
            "518 were enrolled at the interim analysis of survival, 577 at the final one",
            "more patients in a later publication are no conflict"),
    Verdict("follow-up-shorter", "tomas2/esmo-2023/responders-trabectedin-olaparib/dor/median",
            "follow-up is the median of all randomised, the duration that of six responders",
            "the median follow-up of all is no longer held against a subgroup"),
    Verdict("p-against-interval", "olie/ascopost-2024/lenvatinib-ie:ie/os/hazard-ratio",
            "one-sided and nominal, as printed; the hazard ratio lies on the other side",
            "a one-sided p-value may be of either tail, so one above .5 is admitted"),
    Verdict("p-against-interval",
            "trusts/bui-nguyen-2015/trabectedin-3h:doxorubicin/pfs/hazard-ratio",
            "it would be a one-sided p for superiority of trabectedin, the abstract does not say so",
            "a one-sided p-value may be of either tail, so one above .5 is admitted"),
)  # fmt: skip
"""Rules that were at fault: mended, so that the finding is no longer made."""
SOFTENED = (
    Verdict("report-conflict",
            "pazopanib-yoo/signal-transduct-target-ther-2019/all/orr/proportion", "",
            "a note now: two percents that are one count of two numbers of patients"),
    Verdict("two-by-two-p", "papagemo/ascopost-2021/pazopanib-gemcitabine:pazopanib/orr", "",
            "a note now: the counts are not printed, and p lies near those of the tests"),
    Verdict("dose-conflict", "immunosarc/clinicaltrialexchange-undated", "",
            "a note now: a flat dose that is the dose by weight of 80 kg"),
)  # fmt: skip
"""Rules that were too sure: the finding stands as a note that names the cause."""
OPEN = (
    Verdict("time-order", "eia-rht-retroperitoneal-wendtner/wendtner-2002/all/dmfs/landmark@5y",
            "", "stays, but an error is too sure: deaths may not have counted as events"),
)  # fmt: skip
"""Rules that are at fault and not mended."""
STAYS = "the source is odd: stays"


def page(base: KnowledgeBase) -> str:
    """The page: what each record acknowledges, the reason, and whose fault it is."""
    found = kb.audit(base).acknowledged
    gone = [one for one in MENDED if not any(_is(one, each) for each in found)]
    counted = Counter(_verdict(one) == STAYS for one in found)
    out = [
        "<!-- Written by tests/audit_acknowledged.py; edit the code or the records instead. -->\n",
        "# What records acknowledge\n",
        "An acknowledgement in a record silences one finding and says why. Where it says that the "
        "source is odd it stays: the finding is true, and somebody has looked. Where it says that "
        "the source is right, the rule is wrong: the rule is mended and the acknowledgement goes. "
        f"Of {len(found)} acknowledged findings {counted[True]} are about odd sources; "
        f"{counted[False]} are about rules that were or are too sure; {len(gone)} more went "
        "because a rule was mended. `kb audit --acknowledged` lists them with what the audit "
        "says.\n",
        "## Rules that were at fault\n",
        "| rule | where | the record said | what was done |",
        "| --- | --- | --- | --- |",
        *(f"| `{one.rule}` | `{one.address}` | {one.reason} | {one.done} |" for one in gone),
        "",
        "## Acknowledged now\n",
        "| rule | severity | where | the record says | verdict |",
        "| --- | --- | --- | --- | --- |",
        *_lines(found),
    ]
    return "\n".join(out) + "\n"


def _lines(found: list[Finding]) -> Iterator[str]:
    ordered = sorted(found, key=lambda one: (one.rule, one.address))
    for one in dict.fromkeys(
        (each.rule, each.severity, each.address, each.note, _verdict(each)) for each in ordered
    ):
        rule, severity, address, note, verdict = one
        yield f"| `{rule}` | {severity} | `{address}` | {note.replace('|', '/')} | {verdict} |"


def _verdict(one: Finding) -> str:
    return next((each.done for each in (*SOFTENED, *OPEN, *MENDED) if _is(each, one)), STAYS)


def _is(verdict: Verdict, one: Finding) -> bool:
    return verdict.rule == one.rule and one.address.startswith(verdict.address)


if __name__ == "__main__":
    PAGE.write_text(page(kb.load(ROOT / "records", strict=False)), encoding="utf-8")
