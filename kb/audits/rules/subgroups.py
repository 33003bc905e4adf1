"""Parts of a set against the whole of it, in patients and in events."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kb.audits.finding import ERROR, WARNING, Remark
from kb.audits.study import name
from kb.rows.admitted import counts, reported_events
from kb.rows.identity import judged, quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.audits.study import Study
    from kb.rows.row import Row

EXCLUSIVE = "histology"
"""The key of subgroups whose values exclude each other unless one stands under the other."""


def subgroup_over_whole(study: Study) -> Iterator[Remark]:
    """A subgroup has more patients, more events or more non-events than the set it is part of.

    An error. Without a stated parent a subgroup is held against the largest set of its arm in the
    same report that prints the same quantity.
    """
    for wholes, parts in _families(study):
        for part in parts:
            over = _excess(part, _parents(study, part, wholes))
            if over:
                whole, what = over
                message = f"{name(part)}: the subgroup {part.subgroup} has {what}"
                yield Remark(ERROR, message, (part, whole))


def parts_against_whole(study: Study) -> Iterator[Remark]:
    """Subgroups that exclude each other add up to more than the whole, or, being all, to another.

    Histologies exclude each other unless one stands under the other in the vocabulary. More events
    than the whole is an error, as are other events if the subgroups have exactly its patients; more
    patients is a warning. Counts must be printed.
    """
    for wholes, parts in _families(study):
        if len({row.address for row in wholes}) != 1:
            continue
        (whole,) = {row.address: row for row in wholes}.values()
        chosen = _exclusive(study, parts)
        if len(chosen) < 2 or any(row.n is None for row in (whole, *chosen)):
            continue
        n = sum(row.n or 0 for row in chosen)
        if n > (whole.n or 0):
            message = f"{name(whole)}: the subgroups have {n} patients, the whole has {whole.n}"
            yield Remark(WARNING, message, (whole, *chosen))
            continue
        numbers = [x for row in (whole, *chosen) if (x := reported_events(row)) is not None]
        if len(numbers) <= len(chosen):
            continue
        total = sum(numbers[1:])
        if total > numbers[0] or (n == whole.n and total != numbers[0]):
            message = (
                f"{name(whole)}: the subgroups have {total} events among {n} patients, the whole "
                f"{numbers[0]} among {whole.n}"
            )
            yield Remark(ERROR, message, (whole, *chosen))


def _families(study: Study) -> Iterator[tuple[list[Row], list[Row]]]:
    """The rows of one quantity in one arm of one report: those of the whole, those of subgroups."""
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in study.proportions:
        groups[(row.trial, row.report, row.arm, row.id, *judged(row), *quantity(row))].append(row)
    for rows in groups.values():
        wholes = [row for row in rows if not row.subgroup]
        parts = [row for row in rows if row.subgroup]
        if wholes and parts:
            yield wholes, parts


def _parents(study: Study, part: Row, wholes: Sequence[Row]) -> Sequence[Row]:
    """The whole that the part's set is said to be part of, else all that come into question."""
    above = study.parents.get((part.report, part.set))
    while above is not None:
        named = [row for row in wholes if row.set == above]
        if named:
            return named
        above = study.parents.get((part.report, above))
    return wholes


def _excess(part: Row, wholes: Sequence[Row]) -> tuple[Row, str] | None:
    """The largest whole, and in what the part exceeds it."""
    sized = [row for row in wholes if row.n]
    if part.n and len(sized) == len(wholes):
        whole = max(sized, key=lambda row: row.n or 0)
        if part.n > (whole.n or 0):
            return whole, f"{part.n} patients, the whole has {whole.n}"
    own = counts(part)
    theirs = {row.address: counts(row) for row in wholes}
    if not own or not all(theirs.values()):
        return None
    whole = max(wholes, key=lambda row: max(theirs[row.address]))
    most = max(theirs[whole.address])
    if min(own) > most:
        return whole, f"{min(own)} events, the whole has {most}"
    if part.n and all(row.n for row in wholes):
        whole = max(wholes, key=lambda row: (row.n or 0) - min(theirs[row.address]))
        without = (whole.n or 0) - min(theirs[whole.address])
        if part.n - max(own) > without:
            return whole, f"{part.n - max(own)} patients without the event, the whole has {without}"
    return None


def _exclusive(study: Study, parts: Sequence[Row]) -> list[Row]:
    """The subgroups that name one histology each, none of them at or under another."""
    named: dict[str, Row] = {}
    for row in parts:
        if [key for key, _ in row.restrictions] != [EXCLUSIVE]:
            continue
        ((_, value),) = row.restrictions
        if value in named:
            return []
        named[value] = row
    above = {value: study.vocabulary.ancestors(EXCLUSIVE, value) for value in named}
    if any(value in above[other] for value in named for other in named if other != value):
        return []
    return list(named.values())
