"""The same quantity in two reports of one trial at one data cut."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from kb.audits.finding import NOTE, WARNING, Remark
from kb.audits.study import name
from kb.audits.typing_errors import slip
from kb.printed.measure import MEDIAN, PROPORTION
from kb.printed.number import Span, span
from kb.printed.p_value import p_span
from kb.printed.reading import distance
from kb.printed.time import UNITS, months
from kb.rows.admitted import exact_value, interval_printed, percent_span, reported_events
from kb.rows.identity import agree, judged, patients, quantity
from kb.rows.releases import releases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kb.audits.study import Study
    from kb.audits.trial import TrialUnderAudit
    from kb.rows.row import Row


def row_conflict(study: Study) -> Iterator[Remark]:
    """One quantity of one set stands twice in one report, with different numbers. A warning.

    In records two such numbers carry an `id` that tells them apart and are not judged; in a table
    of one's own, two rows that differ in nothing but their numbers are.
    """
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in study.rows:
        if not row.id:
            groups[(*row.place, *patients(row), *quantity(row), *judged(row))].append(row)
    for rows in groups.values():
        for one, other in combinations(rows, 2):
            differing = differences(one, other)
            if differing and one.address != other.address:
                message = f"{name(one)} stands twice in one report: {'; '.join(differing)}"
                yield Remark(WARNING, message, (one, other))


def report_conflict(record: TrialUnderAudit) -> Iterator[Remark]:
    """Two reports of one data cut print the same quantity differently.

    Reports are of one cut if they relay one publication (or are it), or state one date; different
    cuts are no conflicts. Compared are value, interval, p and counts of the same arm, subgroup,
    endpoint, definition and time, where assessment and analysis set do not differ in anything both
    state; rounding is no difference, nor is a unit of time. A warning at the report that is further
    from the primary source, against the nearest, and among equals against what most print; a note
    if only the number of patients differs.
    """
    for rows in _same_quantity(record.study.rows):
        nearest = min(rows, key=lambda row: (*_distance(row), -_agreeing(row, rows), row.report))
        theirs = [row for row in rows if row.report == nearest.report]
        for report in dict.fromkeys(row.report for row in rows):
            own = [row for row in rows if row.report == report]
            slipped = any(_slipped(record, one, row) for one in theirs for row in own)
            if report != nearest.report and not slipped and one_cut(record, own[0], nearest):
                yield from _disagreement(own, theirs)


def unit_slip(record: TrialUnderAudit) -> Iterator[Remark]:
    """A time in one report is the number of another report in another unit: weeks sold as months.

    Either the same number stands with two units, or two times of one data cut differ by just the
    factor between two units. A warning at the report further from the primary source.
    """
    for rows in _same_quantity(record.study.rows):
        for one, other in combinations(sorted(rows, key=_distance), 2):
            if one.report != other.report and _slipped(record, one, other):
                unit = _slipped_unit(one, other)
                message = (
                    f"{name(other)}: {other.value} {other.unit} here, {one.value} {one.unit} in "
                    f"{one.report}{f'; {other.value} {unit} would agree' if unit else ''}"
                )
                yield Remark(WARNING, message, (other, one))


def _slipped(record: TrialUnderAudit, one: Row, other: Row) -> bool:
    """Whether two medians differ by a unit of time."""
    medians = all(row.measure == MEDIAN and exact_value(row) for row in (one, other))
    if not medians or not differences(one, other):
        return False
    same_number = one.value == other.value and one.unit != other.unit
    return same_number or (one_cut(record, one, other) and bool(_slipped_unit(one, other)))


def differences(one: Row, other: Row) -> list[str]:
    """In what two printed rows of one quantity differ beyond rounding, `this against that`."""
    found = []
    own, theirs = _values(one), _values(other)
    comparable = bool(one.unit) == bool(other.unit)
    if own and theirs and comparable and not own.meets(theirs):
        alike = one.value and other.value and one.unit == other.unit
        words = slip(one.value, other.value) if alike else ""
        found.append(f"{_said(one)} against {_said(other)}{f' ({words}?)' if words else ''}")
    if interval_printed(one) and interval_printed(other) and one.unit == other.unit:
        if one.level and other.level and one.level != other.level:
            found.append(f"a level of {one.level:g} against {other.level:g} %")
        elif any(not span(getattr(one, end)).meets(span(getattr(other, end)))
                 for end in ("low", "high")):  # fmt: skip
            found.append(f"{one.low} to {one.high} against {other.low} to {other.high}")
    own, theirs = (p_span(row.p) if row.p else None for row in (one, other))
    if own and theirs and not own.meets(theirs):
        found.append(f"p {one.p} against {other.p}")
    counted = reported_events(one), reported_events(other)
    if None not in counted and counted[0] != counted[1] and one.n == other.n:
        found.append(f"{counted[0]} events against {counted[1]}")
    return list(dict.fromkeys(found))


def _same_quantity(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows of one quantity in the same patients, from at least two reports."""
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[(*patients(row), *quantity(row))].append(row)
    return (group for group in groups.values() if len({row.report for row in group}) > 1)


def _disagreement(own: Sequence[Row], theirs: Sequence[Row]) -> Iterator[Remark]:
    """What one report prints otherwise than any comparable number of the nearest one."""
    for row in own:
        comparable = [one for one in theirs if may_be_one(row, one)]
        differing = [(one, differences(row, one)) for one in comparable]
        if differing and all(parts for _, parts in differing):
            nearest, parts = differing[0]
            nearer = _distance(nearest) < _distance(row)
            why = f", which is nearer to the primary source ({nearest.read})" if nearer else ""
            message = f"{name(row)}: {'; '.join(parts)} in {nearest.report}{why}"
            yield Remark(WARNING, message, (row, nearest))
        elif comparable and all(_other_n(row, one) for one in comparable):
            nearest = comparable[0]
            message = f"{name(row)}: n = {row.n} here, {nearest.n} in {nearest.report}"
            yield Remark(NOTE, message, (row, nearest))


def may_be_one(row: Row, other: Row) -> bool:
    """Whether two rows may be one number: nothing that both state about them differs."""
    sets = ["" if one.analysis_set == "not-stated" else one.analysis_set for one in (row, other)]
    same_set = agree((sets[0],), (sets[1],)) and (bool(all(sets)) or not _other_n(row, other))
    return same_set and agree(judged(row), judged(other)) and row.id == other.id


def _other_n(row: Row, other: Row) -> bool:
    return bool(row.n and other.n and row.n != other.n)


def one_cut(record: TrialUnderAudit, row: Row, other: Row) -> bool:
    """Whether two reports speak of one data cut."""
    if row.data_cut and other.data_cut:
        shorter = min(len(row.data_cut), len(other.data_cut))
        return row.data_cut[:shorter] == other.data_cut[:shorter]
    release = releases(record.trial)
    return release[row.report].reports == release[other.report].reports


def _distance(row: Row) -> tuple[bool, int]:
    """How far a row is from the primary source: second-hand, and how its report was read."""
    return distance(row.read, row.relays)


def _agreeing(row: Row, rows: Sequence[Row]) -> int:
    """How many other reports print the same."""
    return sum(one.report != row.report and not differences(row, one) for one in rows)


def _values(row: Row) -> Span | None:
    """What is compared: percents, months, or the number itself."""
    if row.measure == PROPORTION:
        return percent_span(row)
    if not exact_value(row):
        return None
    low, high = span(row.value)
    if row.measure == MEDIAN and row.unit:
        return Span(months(low, row.unit), months(high, row.unit))
    return Span(low, high)


def _said(row: Row) -> str:
    if row.measure == MEDIAN:
        return f"{row.value} {row.unit}".strip()
    if row.versus:
        return row.value
    return f"{row.value} %" if exact_value(row) else f"{row.events} of {row.n}"


def _slipped_unit(one: Row, other: Row) -> str:
    """The unit in which the second number would agree with the first."""
    own = _values(one)
    low, high = span(other.value)
    for unit in UNITS:
        meant = Span(months(low, unit), months(high, unit))
        if unit != other.unit and own is not None and meant.meets(own):
            return unit
    return ""
