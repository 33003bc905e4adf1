"""What follows from the printed parts in one report against what another report prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.audits.finding import NOTE, WARNING, Remark
from kb.audits.rules.conflicts import may_be_one, one_cut
from kb.audits.study import name
from kb.printed.reading import distance
from kb.rows.admitted import percent_span, reported_events
from kb.rows.identity import patients
from kb.rows.parts import UNSTATED
from kb.rows.sums import lower_bound, sums, unsure_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits.trial import TrialUnderAudit
    from kb.rows.row import Row


def sum_against_report(record: TrialUnderAudit) -> Iterator[Remark]:
    """The parts in one report make another sum than a report of the same data cut prints.

    Compared are the sums that are computed from printed parts with printed numbers of the same
    endpoint, arm, subgroup and n, at whatever time, judged alike as far as stated. A warning at the
    report that is further from the primary source; a note if the definition of the sum is not
    stated, for then stable disease may have had to last.
    """
    printed: dict[str, Row] = {}
    for row in record.study.rows:
        printed.setdefault(row.address, row)
    found = [
        row
        for row in sums(tuple(printed.values()), record.study.vocabulary, unsure_of(record.trial))
        if not lower_bound(row)
    ]
    found.sort(key=lambda row: (distance(row.read, row.relays), row.report))
    said = set()
    for row in found:
        for other in printed.values():
            if (
                other.address not in said
                and row.report != other.report
                and row.n == other.n
                and _one_endpoint(row, other)
                and may_be_one(row, other)
                and one_cut(row, other)
                and _differ(row, other)
            ):
                said.add(other.address)
                yield _remark(row, other, record)


def _one_endpoint(row: Row, other: Row) -> bool:
    """Whether two rows are one endpoint of the same patients, whatever their times."""
    whats = ((*patients(one), one.endpoint, one.measure) for one in (row, other))
    definitions = [{one.definition} - set(UNSTATED) for one in (row, other)]
    return len(set(whats)) == 1 and (definitions[0] == definitions[1] or not all(definitions))


def _differ(row: Row, other: Row) -> bool:
    printed, own = percent_span(other), float(row.value)
    return printed is not None and not printed.low - 1e-9 <= own <= printed.high + 1e-9


def _remark(row: Row, other: Row, record: TrialUnderAudit) -> Remark:
    events = reported_events(other)
    printed = f"{other.value} %" if events is None else f"{events} of {other.n}"
    computed = f"{row.events} of {row.n}"
    varies = record.study.endpoints[row.endpoint].varies
    severity = NOTE if varies and row.definition in UNSTATED else WARNING
    if distance(row.read, row.relays) > distance(other.read, other.relays):
        message = (
            f"{name(row)}: {computed} follow from {row.formula}; printed is {printed} in "
            f"{other.report}"
        )
        return Remark(severity, message, (row, other))
    message = (
        f"{name(row)}: printed is {printed}; in {row.report} {computed} follow from {row.formula}"
    )
    return Remark(severity, message, (other, row))
