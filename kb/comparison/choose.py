"""Several reports of one result: which is shown, and why each of the others is not.

Reports that relay one publication, and that publication, are one release. The newest release that
prints a quantity is shown, and inside it the report that was read most directly.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kb.comparison.sameness import patients, quantity
from kb.vocabulary.vocabulary import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.comparison.row import Row
    from kb.model import Report, Trial
    from kb.model.citation import Citation

DIRECTNESS: Final = ("full-text", "abstract", "registry", "conference", "news", "review-table")
LAST_RESORT: Final = DIRECTNESS[-1]


@dataclass(frozen=True, slots=True)
class Release:
    """One publication with everything that relays it: its members, and its date for ordering."""

    reports: frozenset[str]
    date: str


def releases(trial: Trial) -> dict[str, Release]:
    """The release of each report of a trial."""
    groups: dict[str, set[str]] = {report_id: {report_id} for report_id in trial.reports}
    holders: dict[tuple[str, str], str] = {}
    for report_id, report in trial.reports.items():
        for mark in _marks(trial, report_id, report):
            other = holders.setdefault(mark, report_id)
            if groups[other] is not groups[report_id]:
                groups[other] |= groups[report_id]
                for member in groups[report_id]:
                    groups[member] = groups[other]
    found = {}
    for report_id, members in groups.items():
        found[report_id] = Release(frozenset(members), _date(trial, members))
    return found


def _marks(trial: Trial, report_id: str, report: Report) -> Iterator[tuple[str, str]]:
    """What identifies the publication that a report is, or passes on."""
    relayed = report.relays
    if relayed is None:
        yield "report", report_id
        yield from _identifiers(report.citation)
        return
    for named in (relayed.report, relayed.same_as):
        if named is not None and named != report_id:
            yield "report", named
            other = trial.reports.get(named)
            if other is not None and named == relayed.same_as and other.relays is not None:
                yield from _identifiers(other.relays)
                yield "passing-on", named
    yield "passing-on", report_id
    yield from _identifiers(relayed)
    if relayed.meeting:
        yield "meeting", folded(relayed.meeting)


def _identifiers(cited: Citation) -> Iterator[tuple[str, str]]:
    for name in ("doi", "pmid", "url"):
        value = getattr(cited, name)
        if value and value != "not-stated":
            yield name, value.casefold()


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


def latest(trial: Trial, rows: Iterable[Row]) -> list[Row]:
    """The rows of one trial, those not shown marked with the reason in `set_aside`."""
    rows = list(rows)
    of_report = releases(trial)
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[(*patients(row), *quantity(row))].append(row)
    reasons: dict[str, str] = {}
    for group in groups.values():
        first_by_id = sorted(group, key=lambda row: row.report)
        best = max(first_by_id, key=lambda row: _rank(row, group, of_report))
        for row in group:
            if row.report != best.report:
                reasons[row.address] = _reason(row, best, of_report)
    return [replace(row, set_aside=reasons.get(row.address, "")) for row in rows]


def _source(row: Row) -> str:
    """The report whose number it is: a repeated number belongs to the one it repeats."""
    return row.repeats or row.report


def _rank(
    row: Row, group: list[Row], of_report: dict[str, Release]
) -> tuple[bool, str, bool, int, int, bool]:
    only_tables = all(one.read == LAST_RESORT for one in group)
    release = of_report.get(_source(row)) or of_report[row.report]
    decimals = sum(len(text.partition(".")[2]) for text in (row.value, row.low, row.high))
    return (
        only_tables or row.read != LAST_RESORT,
        release.date,
        not row.repeats,
        -DIRECTNESS.index(row.read),
        decimals,
        row.n is not None,
    )


def _reason(row: Row, best: Row, of_report: dict[str, Release]) -> str:
    if row.read == LAST_RESORT and best.read != LAST_RESORT:
        return f"a review table; {best.report} prints it"
    own = of_report.get(_source(row)) or of_report[row.report]
    other = of_report.get(_source(best)) or of_report[best.report]
    if own.reports == other.reports:
        if row.repeats and not best.repeats:
            return f"repeats what {best.report} prints"
        if row.read != best.read:
            return f"the same release as {best.report}, which was read as {best.read}"
        return f"the same release as {best.report}"
    if own.date < other.date:
        dates = f" ({own.date or 'undated'}, before {other.date})"
        return f"an earlier release than {best.report}{dates}"
    alike = f"a release {'of the same date as' if own.date else 'undated like'} {best.report}"
    return alike if row.read == best.read else f"{alike}, which was read as {best.read}"
