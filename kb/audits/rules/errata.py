"""What the records say of misprints, and of findings that have been looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.audits.finding import NOTE, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits.trial import TrialUnderAudit


def misprint(record: TrialUnderAudit) -> Iterator[Remark]:
    """The record holds an erratum: what is printed, what it should read, and on whose authority.

    A note, so that a reviewer's appendix lists the known misprints beside what the audit finds.
    """
    for report_id, report in record.trial.reports.items():
        for one in report.errata:
            named = [
                "/".join(part for part in (source.trial, source.report) if part) or source.url or ""
                for source in one.authority
            ]
            parts = [f"at {one.at}: printed {one.printed!r}"]
            if one.should_read:
                parts.append(f"should read {one.should_read!r}")
            if any(named):
                parts.append(f"by {', '.join(dict.fromkeys(filter(None, named)))}")
            if one.why:
                parts.append(one.why)
            yield Remark(NOTE, "; ".join(parts), address=f"{record.trial.id}/{report_id}")
