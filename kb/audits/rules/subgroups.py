"""Parts of a set against the whole of it, in patients and in events."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kb.audits.finding import ERROR, WARNING, Remark
from kb.audits.study import name
from kb.rows.admitted import counts, reported_events
from kb.rows.identity import judged, patients_named, quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.audits.study import Study
    from kb.rows.row import Row

EXCLUSIVE = "histology"
"""The key of subgroups whose values exclude each other unless one stands under the other."""


def subgroup_over_whole(study: Study) -> Iterator[Remark]:
    """A subgroup has more patients, more events or more non-events than the set it is part of.

    An error. Without a stated parent a subgroup is held against the largest set of its arm in the
    same report that prints the same quantity; rows of a table that name no arm are held against
    nothing.
    """
    for wholes, parts in _families(study):
        largest = _Largest(wholes)
        for part in parts:
            own = _parents(study, part, wholes)
            over = (largest if own is wholes else _Largest(own)).exceeded_by(part)
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
    for row in filter(patients_named, study.proportions):
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


class _Largest:
    """The largest of some wholes in patients, in events and in patients without the event.

    None where one of the wholes does not say.
    """

    def __init__(self, wholes: Sequence[Row]) -> None:
        possible = {row.address: counts(row) for row in wholes}
        sized = all(row.n for row in wholes)
        counted = all(possible.values())
        self.patients = max(wholes, key=lambda row: row.n or 0) if sized else None
        self.events = max(wholes, key=lambda row: max(possible[row.address])) if counted else None
        self.most = max(possible[self.events.address]) if self.events else 0
        self.without = 0
        self.eventless: Row | None = None
        if sized and counted:
            left = {row.address: (row.n or 0) - min(possible[row.address]) for row in wholes}
            self.eventless = max(wholes, key=lambda row: left[row.address])
            self.without = left[self.eventless.address]

    def exceeded_by(self, part: Row) -> tuple[Row, str] | None:
        """The whole that a part exceeds, and in what."""
        whole = self.patients
        if part.n and whole and part.n > (whole.n or 0):
            return whole, f"{part.n} patients, the whole has {whole.n}"
        own = counts(part)
        if not own or self.events is None:
            return None
        if min(own) > self.most:
            return self.events, f"{min(own)} events, the whole has {self.most}"
        left = part.n - max(own) if part.n else 0
        if self.eventless and left > self.without:
            what = f"{left} patients without the event, the whole has {self.without}"
            return self.eventless, what
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
    if any(named.keys() & {*study.vocabulary.ancestors(EXCLUSIVE, one)} - {one} for one in named):
        return []
    return list(named.values())
