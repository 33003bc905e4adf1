"""The printed parts of one analysis set, and the sums that follow from them by arithmetic.

`sum_of` in the vocabulary says what adds up, `completes` which categories hold every patient once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kb.printed.number import is_number
from kb.rows.identity import agree, judged, quantity
from kb.stats.proportions.counts import reconstruct_counts
from kb.vocabulary.kinds import abbreviated

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kb.rows.row import Row
    from kb.vocabulary.terms import Endpoint

UNSTATED: Final = ("", "not-stated")


@dataclass(frozen=True, slots=True)
class Sum:
    """A count that follows from printed ones: the rows it was made from, and how."""

    events: int
    parts: tuple[Row, ...]
    formula: str


@dataclass(frozen=True)
class Parts:
    """The proportions that may be added up, and all proportions of their set.

    `unsure`: the addresses of numbers that are never added. `of_patients`: all proportions of the
    same arm and subgroup in the same report, of whatever set.
    """

    rows: Sequence[Row]
    of_set: Sequence[Row]
    endpoints: Mapping[str, Endpoint]
    unsure: Collection[str] = ()
    of_patients: Sequence[Row] = ()

    @cached_property
    def of(self) -> dict[str, Row]:
        """The row of each endpoint."""
        return {row.endpoint: row for row in self.rows}

    @cached_property
    def n(self) -> int | None:
        """The patients of the set."""
        return self.rows[0].n

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """The endpoints of which each patient has exactly one, as the vocabulary says."""
        closing = ((*term.completes, one) for one, term in self.endpoints.items() if term.completes)
        return next(closing, ())

    def sum_of(self, endpoint: str) -> Sum | None:
        """The count of a sum by the first way that its parts allow.

        Counts that were reconstructed from percents, and sets that print a category which sources
        count apart from a part, need parts that fill the set.
        """
        if not self.n:
            return None
        pieces = self.pieces(endpoint)
        fills = total(pieces) == self.n and all(map(self.sound, pieces))
        found = (
            self._added(endpoint)
            or (self._filling(endpoint, pieces) if fills else None)
            or self._closed(endpoint)
        )
        if found is None or found.events > self.n or not all(map(self.sound, self._used(found))):
            return None
        counted = all(map(self._counted, found.parts)) and not self._apart(endpoint)
        return found if fills or counted else None

    def pieces(self, endpoint: str) -> list[Row]:
        """What is printed of the categories; a sum of some of them where one is not printed."""
        found = [self.of[one] for one in self.categories if one in self.of]
        for inner in self.within(endpoint):
            held = self.endpoints[inner].sum_of
            if inner in self.of and not all(one in self.of for one in held):
                found = [self.of[inner], *(row for row in found if row.endpoint not in held)]
        return found

    def within(self, endpoint: str) -> list[str]:
        """The sums whose parts are some of the parts of this one, those of most parts first."""
        wanted = set(self.endpoints[endpoint].sum_of)
        inner = [
            one for one, term in self.endpoints.items() if term.sum_of and set(term.sum_of) < wanted
        ]
        return sorted(inner, key=lambda one: -len(self.endpoints[one].sum_of))

    def sound(self, row: Row) -> bool:
        """Whether a part can be added: a count that stands once, undisputed, and is its percent."""
        if row.events is None or not self.undisputed(row):
            return False
        printed = self.n and is_number(row.value) and row.value_source == "reported"
        return not printed or row.events in _counts(row)

    def undisputed(self, row: Row) -> bool:
        """Whether a part stands once, as it is: not about so much, under no erratum, of this n."""
        doubted = row.approximation or row.erratum or row.address in self.unsure
        return not doubted and not self._again(row)

    def alike_judged(self, other: Row) -> bool:
        """Whether criteria and assessor do not differ in anything that both state."""
        return agree(judged(self.rows[0])[:2], judged(other)[:2])

    def definitions(self, rows: Iterable[Row]) -> set[str]:
        """The definitions of rows whose endpoint varies, `not-stated` read as silence."""
        return {
            "" if row.definition in UNSTATED else row.definition
            for row in rows
            if self.endpoints[row.endpoint].varies
        }

    def _again(self, row: Row) -> bool:
        """Whether a part stands a second time in the set: unconfirmed, or by another id."""
        return any(
            other.address != row.address
            and quantity(other) == quantity(row)
            and self.alike_judged(other)
            for other in self.of_set
        )

    def _used(self, found: Sum) -> set[Row]:
        """The rows that a sum rests on: its parts, and the printed parts of those."""
        of_parts = (one for row in found.parts for one in self.endpoints[row.endpoint].sum_of)
        return {*found.parts, *(self.of[one] for one in of_parts if one in self.of)}

    def _counted(self, row: Row) -> bool:
        """Whether the count of a row is printed, as its own or as that of its printed parts."""
        if row.events_source == "reported":
            return True
        parts = [self.of[one] for one in self.endpoints[row.endpoint].sum_of if one in self.of]
        printed = all(one.events_source == "reported" for one in parts)
        return printed and total(parts) == row.events

    def _apart(self, endpoint: str) -> bool:
        """Whether the set prints a category that sources count apart from a part of the sum."""
        wanted = set(self.endpoints[endpoint].sum_of)
        return any(
            wanted & set(self.endpoints[row.endpoint].apart_from) and self.alike_judged(row)
            for row in self.of_set
        )

    def _added(self, endpoint: str) -> Sum | None:
        """All parts are printed, or a sum of some of them and the rest."""
        wanted = self.endpoints[endpoint].sum_of
        for inner in self.within(endpoint):
            row = self.of.get(inner)
            first = self._added(inner) if row is None else Sum(row.events or 0, (row,), "")
            held = self.endpoints[inner].sum_of
            rest = self._printed(one for one in wanted if one not in held)
            if first is not None and rest is not None:
                text = f"{abbreviated(inner)} {first.events} + {listed(rest)}"
                return Sum(first.events + total(rest), (*first.parts, *rest), text)
        own = self._printed(wanted)
        return None if own is None else Sum(total(own), tuple(own), listed(own))

    def _filling(self, endpoint: str, pieces: Sequence[Row]) -> Sum | None:
        """The printed categories hold all n patients, so that those not printed hold none.

        One that is part of no sum must be printed, and of the sum only its first part may be
        missing, so that patients who were not evaluable are never counted as its events.
        """
        wanted, inner = self.endpoints[endpoint].sum_of, self.within(endpoint)
        summed = {one for term in self.endpoints.values() for one in term.sum_of}
        rest = [row for row in pieces if row.endpoint not in {*summed, *inner}]
        if not rest:
            return None
        if inner:
            if not any(row.endpoint in inner for row in pieces) and all(
                self._printed(self.endpoints[one].sum_of[1:]) is None for one in inner
            ):
                return None
            less = " − ".join([f"n {self.n}", *map(said, rest)])
            return Sum((self.n or 0) - total(rest), tuple(pieces), f"{less} (parts fill n)")
        own = self._printed(wanted[1:])
        if own is None:
            return None
        shown = [one for one in self.categories[:-1] if one != wanted[0] or one in self.of]
        terms = [said(self.of[one]) if one in self.of else f"{abbreviated(one)} –" for one in shown]
        last = [said(row) for row in pieces if row.endpoint == self.categories[-1]]
        reason = f"{' + '.join([*terms, *last])} = n {self.n}"
        return Sum(total(own), tuple(pieces), self._without_first(endpoint, own, reason))

    def _closed(self, endpoint: str) -> Sum | None:
        """The other parts make exactly a larger sum that is printed, so that the first is none."""
        wanted = self.endpoints[endpoint].sum_of
        own = None if self.within(endpoint) else self._printed(wanted[1:])
        if own is None:
            return None
        for outer, term in self.endpoints.items():
            whole = self.of.get(outer)
            others = self._printed(one for one in term.sum_of if one != wanted[0])
            if (
                set(wanted) < set(term.sum_of)
                and whole is not None
                and whole.events_source == "reported"
                and others is not None
                and total(others) == whole.events
                and len(self.definitions((whole, *others))) == 1
            ):
                reason = f"{listed(others)} = {said(whole)}"
                text = self._without_first(endpoint, own, reason)
                return Sum(total(own), (*others, whole), text)
        return None

    def _without_first(self, endpoint: str, own: Sequence[Row], reason: str) -> str:
        first = abbreviated(self.endpoints[endpoint].sum_of[0])
        return f"{listed(own)}; {first} 0, as {reason}"

    def _printed(self, endpoints: Iterable[str]) -> list[Row] | None:
        """The rows of endpoints, or None where one is missing."""
        rows = [self.of.get(one) for one in endpoints]
        found = [row for row in rows if row is not None]
        return found if len(found) == len(rows) else None


def _counts(row: Row) -> list[int]:
    within = 0 <= float(row.value) <= 100
    return reconstruct_counts(row.value, row.n or 1, rounding="any") if within else []


def said(row: Row) -> str:
    """A part and its count, `PR 9`; the percent `PR 21.4 %` where no count is known."""
    number = f"{row.value} %" if row.events is None else row.events
    return f"{abbreviated(row.endpoint)} {number}"


def listed(rows: Iterable[Row]) -> str:
    """Parts that are added: `CR 2 + PR 7`."""
    return " + ".join(map(said, rows))


def total(rows: Iterable[Row]) -> int:
    """The patients of several parts."""
    return sum(row.events or 0 for row in rows)
