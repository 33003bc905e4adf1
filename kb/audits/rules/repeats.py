"""The same quantity twice in one report."""

from __future__ import annotations

from itertools import chain, combinations, pairwise
from typing import TYPE_CHECKING, Final

from kb.audits.finding import NOTE, WARNING, Remark
from kb.audits.rules.conflicts import differences
from kb.audits.study import name
from kb.audits.unknown import alike, unknown
from kb.sentences import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.audits.study import Study
    from kb.rows.row import Row

SEVERAL: Final = 4
"""Rows of one quantity up to this many are set against each other, each pair a finding; of more
than these one finding says how many there are."""


def row_conflict(study: Study) -> Iterator[Remark]:
    """One quantity stands twice in one report, with different numbers. A warning.

    In records two such numbers carry an `id` that tells them apart and are not judged. In a table
    of one's own, rows are one quantity only if arm, subgroup, time, assessor and report are stated
    and equal; where the table has a column for subgroups or times, a blank is the whole, or no
    time. Where any of these is not known, rows that differ in nothing but their numbers may be one
    quantity or not: one note a study says how many, and what is not known.
    """
    unsure: list[tuple[list[Row], list[str]]] = []
    for rows in alike(study.rows, recorded=study.recorded):
        known = study.recorded or not unknown(rows[0], study.stated)
        if known and len(rows) <= SEVERAL:
            for one, other, differing in _differing(rows):
                yield _stands_twice((one, other), differing)
        elif first := next(_differing(rows), None):
            if known:
                yield _stands_twice(rows, first[2])
            else:
                unsure.append((rows, first[2]))
    if unsure:
        yield _may_be_one(unsure, study)


def _differing(rows: Sequence[Row]) -> Iterator[tuple[Row, Row, list[str]]]:
    """Rows that differ: each two of a few; of many each with the first, and with the one before."""
    few = len(rows) <= SEVERAL
    pairs = combinations(rows, 2) if few else chain(pairwise(rows), ((rows[0], r) for r in rows))
    for one, other in pairs:
        found = differences(one, other)
        if found and one.address != other.address:
            yield one, other, found


def _stands_twice(rows: Sequence[Row], differing: Sequence[str]) -> Remark:
    times = "twice" if len(rows) == 2 else f"{len(rows)} times"
    message = f"{name(rows[0])} stands {times} in one report: {'; '.join(differing)}"
    return Remark(WARNING, message, tuple(rows))


def _may_be_one(unsure: Sequence[tuple[list[Row], list[str]]], study: Study) -> Remark:
    """That rows may be one quantity, and what would have to be stated for it to be known."""
    rows = [row for group, _ in unsure for row in group]
    missing = dict.fromkeys(what for row in rows for what in unknown(row, study.stated))
    first, differing = unsure[0]
    more = f" (and {count(len(unsure) - 1, 'other')})" if len(unsure) > 1 else ""
    message = (
        f"{len(rows)} rows may give one quantity differently: "
        f"{', '.join(filter(None, (name(first[0]), '; '.join(differing))))}{more}; "
        f"not stated: {', '.join(missing)}"
    )
    return Remark(NOTE, message, tuple(rows))
