"""Addresses of adverse events: the name of one, the same in every output."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.model.patients import Harm
    from kb.model.trial import Trial

BLOCK: Final = "harm"
"""What stands in an address where a number has its endpoint."""
NO_SET: Final = "not-stated"
"""What stands for a set, an attribution or a document that the source does not name."""


def harms_with_addresses(trial: Trial) -> Iterator[tuple[str, Harm, str]]:
    """Every harm of a trial with its report and its address, in the order of the record.

    Of entries of one report that would share an address the second ends in `.2`.
    """
    seen: Counter[str] = Counter()
    for report_id, report in trial.reports.items():
        for harm in report.harms:
            address = address_of(trial.id, report_id, harm)
            seen[address] += 1
            last = f".{seen[address]}" if seen[address] > 1 else ""
            yield report_id, harm, f"{address}{last}"


def address_of(trial_id: str, report_id: str, harm: Harm) -> str:
    """`trial/report/set/harm/event[@grade][#attribution+severity+drug+outcome]`.

    Signs that a shell reads are words: `>=3` is `from-3`, `<=2` is `to-2`.
    """
    grade = harm.grade or ""
    for signs, word in ((r"^\s*(>=|≥)\s*", "from-"), (r"^\s*(<=|≤)\s*", "to-")):
        grade = re.sub(signs, word, grade)
    relation = "" if harm.relation in (None, NO_SET) else str(harm.relation)
    told = [relation, harm.severity or "", harm.drug or "", _slug(harm.outcome or "")]
    tail = (f"@{_slug(grade)}" if grade else "") + (f"#{'+'.join(filter(None, told))}" * any(told))
    return f"{trial_id}/{report_id}/{harm.set or NO_SET}/{BLOCK}/{harm.event}{tail}"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
