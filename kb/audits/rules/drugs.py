"""Printed drug names that are no drug."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from kb.audits.finding import NOTE, Remark
from kb.vocabulary.vocabulary import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits.trial import TrialUnderAudit
    from kb.vocabulary import Vocabulary

SHORTEST: Final = 7
CLOSENESS: Final = 0.85


def drug_misspelt(record: TrialUnderAudit) -> Iterator[Remark]:
    """A printed drug name is no drug of the vocabulary, and almost one: `trabectidin`.

    Looked at are the names that a report prints where it speaks of other treatment
    (`drugs_printed`), word by word; shorter words than seven letters and words that are like no
    drug are left alone. A note.
    """
    known = _names(record.study.vocabulary)
    for report_id, report in record.trial.reports.items():
        for statement in report.statements.values():
            for word in _words(" ".join(statement.drugs_printed)):
                if folded(word) in known:
                    continue
                close = get_close_matches(folded(word), known, n=1, cutoff=CLOSENESS)
                if close and close[0].rstrip("s") != folded(word).rstrip("s"):
                    message = f"prints {word!r}, which is no drug; {known[close[0]]} is close"
                    yield Remark(NOTE, message, address=f"{record.trial.id}/{report_id}")


def _names(vocabulary: Vocabulary) -> dict[str, str]:
    """Every word of seven letters or more by which a drug or a class of drugs is called."""
    return {
        folded(word): term.name
        for kind in ("drug-class", "drug")
        for term_id, term in vocabulary[kind].items()
        for spelling in (term.name, term_id, *term.synonyms)
        for word in _words(spelling)
    }


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]+", text) if len(word) >= SHORTEST]
