"""Releases: a publication with everything that relays it, and the date by which it is ordered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.rows.documents import identifiers, linked
from kb.vocabulary.vocabulary import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.model import Citation, Report, Trial


@dataclass(frozen=True, slots=True)
class Release:
    """One publication with everything that relays it: its members, and its date for ordering."""

    reports: frozenset[str]
    date: str


def releases(trial: Trial) -> dict[str, Release]:
    """The release of each report of a trial."""
    groups = linked(
        (report_id, _marks(trial, report_id, report)) for report_id, report in trial.reports.items()
    )
    found = {}
    for report_id, members in groups.items():
        found[report_id] = Release(members, _date(trial, members))
    return found


def _marks(trial: Trial, report_id: str, report: Report) -> Iterator[tuple[str, str]]:
    """What identifies the publication that a report is, or passes on."""
    relayed = report.relays
    if relayed is None:
        yield "report", report_id
        yield from identifiers(report.citation)
        return
    for named in (relayed.report, relayed.same_as):
        if named is not None and named != report_id:
            yield "report", named
            other = trial.reports.get(named)
            if other is not None and named == relayed.same_as and other.relays is not None:
                yield from identifiers(other.relays)
                yield "passing-on", named
    yield "passing-on", report_id
    yield from identifiers(relayed)
    if relayed.meeting:
        yield "meeting", folded(relayed.meeting)


def _date(trial: Trial, members: Iterable[str]) -> str:
    reports = [trial.reports[member] for member in members]
    cuts = [report.data_cut.date for report in reports if report.data_cut]
    relayed = [_day(report.relays) for report in reports if report.relays]
    own = [_day(report.citation) for report in reports if report.relays is None]
    passing = [_day(report.citation) for report in reports]
    for dates in (cuts, [*relayed, *own], passing):
        known = [date for date in dates if date]
        if known:
            return max(known)
    return ""


def _day(cited: Citation) -> str:
    printed = cited.date or cited.year or cited.accessed
    if printed:
        return printed
    year = re.search(r"\b(?:19|20)\d{2}\b", cited.meeting or "")
    return year[0] if year else ""
