"""The same quantity in two reports of one trial at one data cut."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations, pairwise
from math import ceil
from typing import TYPE_CHECKING, Final

from kb.audits.finding import NOTE, WARNING, Remark
from kb.audits.study import name
from kb.audits.typing_errors import SLIPS, slip
from kb.audits.unknown import printed
from kb.printed.measure import MEDIAN, PROPORTION
from kb.printed.number import Span, says, span
from kb.printed.p_value import p_span
from kb.printed.reading import distance
from kb.printed.time import UNITS, months
from kb.rows.admitted import counts, exact_value, interval_printed, percent_span, reported_events
from kb.rows.identity import agree, judged, patients, quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kb.audits.study import Study
    from kb.rows.row import Row


MANY: Final = 40
"""Rows of one quantity in several reports up to this many are counted as agreeing beyond rounding;
of more than these those that print the same are."""


FEWER: Final = 0.9
"""Another report may count the same patients of fewer, such as those evaluable, down to this."""


def report_conflict(study: Study) -> Iterator[Remark]:
    """Two reports of one data cut print the same quantity differently.

    Reports are of one cut if they relay one publication (or are it), or state one date; different
    cuts are no conflicts. Compared are value, interval, p and counts of the same arm, subgroup,
    endpoint, definition and time, where assessment and analysis set do not differ in anything both
    state; rounding is no difference, nor is a unit of time. A warning at the report that is further
    from the primary source, against the nearest, and among equals against what most print; a note
    if only the number of patients differs, or if two percents are one count of two numbers of
    patients, one of which is printed and the other at most a tenth smaller. In a table of one's own
    a cut that is not stated may be the same: then it is a warning where a slip of the pen leads
    from one number to the other, else a note.
    """
    for rows in _same_quantity(study):
        agreeing = _agreeing(rows)
        nearest = min(rows, key=lambda row: (*_distance(row), -agreeing(row), row.report))
        by_report: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            by_report[row.report].append(row)
        theirs = by_report.pop(nearest.report)
        for own in by_report.values():
            slipped = any(_slipped(one, row, study) for one in theirs for row in own)
            if not slipped and _comparable(own[0], nearest, study):
                sure = one_cut(own[0], nearest)
                found = _disagreement(own, theirs)
                yield from found if sure else (_doubted(remark) for remark in found)


def _doubted(remark: Remark) -> Remark:
    """A conflict of two reports of which it is not known that they are of one data cut."""
    severity = WARNING if any(words in remark.message for words in SLIPS) else NOTE
    return remark._replace(
        severity=severity, message=f"{remark.message}; data cut not stated, so it may be another"
    )


def _comparable(row: Row, other: Row, study: Study) -> bool:
    """Whether two reports are of one data cut, or in a table may be, as not both are stated."""
    open_cut = not (study.recorded or (row.data_cut and other.data_cut))
    return open_cut or one_cut(row, other)


def unit_slip(study: Study) -> Iterator[Remark]:
    """A time in one report is the number of another report in another unit: weeks sold as months.

    Either the same number stands with two units, or two times of one data cut (in a table, of cuts
    that are not both stated) differ by just the factor between two units. A warning at the report
    further from the primary source.
    """
    for rows in _same_quantity(study):
        ordered = sorted(rows, key=_distance)
        few = len(rows) <= MANY
        for one, other in combinations(ordered, 2) if few else pairwise(ordered):
            if one.report != other.report and _slipped(one, other, study):
                unit = _slipped_unit(one, other)
                message = (
                    f"{name(other)}: {other.value} {other.unit} here, {one.value} {one.unit} in "
                    f"{one.report}{f'; {other.value} {unit} would agree' if unit else ''}"
                )
                yield Remark(WARNING, message, (other, one))


def _slipped(one: Row, other: Row, study: Study) -> bool:
    """Whether two medians differ by a unit of time."""
    medians = all(row.measure == MEDIAN and exact_value(row) for row in (one, other))
    if not medians or not differences(one, other):
        return False
    same_number = one.value == other.value and one.unit != other.unit
    return same_number or (_comparable(one, other, study) and bool(_slipped_unit(one, other)))


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


def _same_quantity(study: Study) -> Iterator[list[Row]]:
    """Rows of one quantity in the same patients, from at least two reports.

    In a table, a report that gives several numbers for what reads as one quantity is left out: it
    is not known which of them the other report gives.
    """
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in study.rows:
        groups[(*patients(row), *quantity(row))].append(row)
    for rows in groups.values():
        kept = rows if study.recorded else _single(rows)
        if len({row.report for row in kept}) > 1:
            yield kept


def _single(rows: Sequence[Row]) -> list[Row]:
    """The rows whose report is stated and gives one number only, by one assessor."""
    counted = Counter((row.report, *judged(row), row.analysis_set) for row in rows)
    return [
        row
        for row in rows
        if row.report and counted[(row.report, *judged(row), row.analysis_set)] == 1
    ]


def _disagreement(own: Sequence[Row], theirs: Sequence[Row]) -> Iterator[Remark]:
    """What one report prints otherwise than any comparable number of the nearest one."""
    for row in own:
        comparable = [one for one in theirs if may_be_one(row, one)]
        differing = [(one, differences(row, one)) for one in comparable]
        if differing and all(parts for _, parts in differing):
            nearest, parts = differing[0]
            nearer = _distance(nearest) < _distance(row)
            why = f", which is nearer to the primary source ({nearest.read})" if nearer else ""
            other_n = _same_count(row, nearest) if len(parts) == 1 else ""
            message = f"{name(row)}: {'; '.join(parts)} in {nearest.report}{why}{other_n}"
            yield Remark(NOTE if other_n else WARNING, message, (row, nearest))
        elif comparable and all(_other_n(row, one) for one in comparable):
            nearest = comparable[0]
            message = f"{name(row)}: n = {row.n} here, {nearest.n} in {nearest.report}"
            yield Remark(NOTE, message, (row, nearest))


def _same_count(row: Row, other: Row) -> str:
    """How two percents may be one count of two n, only one of which is printed; else empty."""
    for one, bare in ((row, other), (other, row)):
        both = one.measure == PROPORTION and exact_value(one) and exact_value(bare)
        if not both or one.n is None or bare.n is not None:
            continue
        for events in counts(one):
            fitting = [
                n for n in range(one.n - 1, ceil(FEWER * one.n) - 1, -1)
                if events <= n and says(bare.value, 100 * events / n)
            ]  # fmt: skip
            if fitting:
                return f"; {events} of {one.n} and {events} of {fitting[0]} would print so"
    return ""


def may_be_one(row: Row, other: Row) -> bool:
    """Whether two rows may be one number: nothing that both state about them differs."""
    sets = ["" if one.analysis_set == "not-stated" else one.analysis_set for one in (row, other)]
    same_set = agree((sets[0],), (sets[1],)) and (bool(all(sets)) or not _other_n(row, other))
    return same_set and agree(judged(row), judged(other)) and row.id == other.id


def _other_n(row: Row, other: Row) -> bool:
    return bool(row.n and other.n and row.n != other.n)


def one_cut(row: Row, other: Row) -> bool:
    """Whether two reports are known to speak of one data cut."""
    if row.data_cut and other.data_cut:
        shorter = min(len(row.data_cut), len(other.data_cut))
        return row.data_cut[:shorter] == other.data_cut[:shorter]
    return bool(row.release) and row.release == other.release


def _distance(row: Row) -> tuple[bool, int]:
    """How far a row is from the primary source: second-hand, and how its report was read."""
    return distance(row.read, row.relays) if row.read else (False, 0)


def _agreeing(rows: Sequence[Row]) -> Callable[[Row], int]:
    """How many other reports print the same, asked of each of these rows."""
    if len(rows) > MANY:
        same = Counter(printed(row) for row in rows)
        return lambda row: same[printed(row)]
    return lambda row: sum(one.report != row.report and not differences(row, one) for one in rows)


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
