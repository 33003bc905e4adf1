"""What the rules about numbers look at: the rows of one trial, or of one study of a table."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kb.audits.unknown import told_apart
from kb.printed.measure import LANDMARK, MEDIAN, PROPORTION, RATIOS
from kb.rows.identity import agree, judged, patients_named
from kb.rows.row import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kb.rows.row import Row
    from kb.vocabulary import Vocabulary
    from kb.vocabulary.terms import Endpoint

OFTEN: Final = 4
"""How many rows of one quantity a side of a contrast may have."""


EVERYTHING: Final = frozenset(FIELDS)
"""What a record states: where it is silent there is nothing to be told apart."""


@dataclass(frozen=True)
class Study:
    """Rows that may be set against each other, and the words that say how.

    `shares` are counts and percents that are no estimates: harms, baseline, flow. `parents` leads
    from (report, set) to the set it is said to be a part of, `planned` from an arm to the patients
    it was planned for.
    """

    rows: tuple[Row, ...]
    vocabulary: Vocabulary
    shares: tuple[Row, ...] = ()
    parents: Mapping[tuple[str, str], str] = field(default_factory=dict)
    planned: Mapping[str, int] = field(default_factory=dict)
    stated: frozenset[str] = EVERYTHING

    @property
    def recorded(self) -> bool:
        """Whether it is of a record, in which two numbers are told apart wherever they differ."""
        return self.stated == EVERYTHING

    @cached_property
    def endpoints(self) -> Mapping[str, Endpoint]:
        """What the vocabulary says of endpoints."""
        return self.vocabulary.endpoints

    @cached_property
    def proportions(self) -> tuple[Row, ...]:
        """Rows that are events over n; a number of an endpoint that is no proportion is none."""
        return tuple(
            row
            for row in self.rows
            if row.measure == PROPORTION and not row.versus and self._counted(row)
        )

    def _counted(self, row: Row) -> bool:
        """Whether a number may be a proportion: it has a count, or its endpoint may be one.

        A table without a column `measure` leaves a lone number of PFS open: it is no percent.
        """
        term = self.endpoints.get(row.endpoint)
        counted = row.events is not None and row.events_source == "reported"
        return counted or term is None or PROPORTION in term.measures

    @cached_property
    def medians(self) -> tuple[Row, ...]:
        """Rows that are median times."""
        return tuple(row for row in self.rows if row.measure == MEDIAN and not row.versus)

    @cached_property
    def landmarks(self) -> tuple[Row, ...]:
        """Rows that are rates at a time."""
        return tuple(row for row in self.rows if row.measure == LANDMARK and not row.versus)

    @cached_property
    def contrasts(self) -> tuple[Row, ...]:
        """Rows that set two arms side by side."""
        return tuple(row for row in self.rows if row.is_contrast)

    @cached_property
    def ratios(self) -> tuple[Row, ...]:
        """Contrasts on the log scale."""
        return tuple(row for row in self.contrasts if row.measure in RATIOS)

    def by_set(self, rows: Iterable[Row]) -> Iterator[tuple[Row, ...]]:
        """Rows about the same patients in one report, judged alike and at the same time."""
        groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in rows:
            times = (row.at_value, row.at_unit, row.by_value, row.by_unit, row.timing)
            groups[(*row.place, *judged(row), *times, row.id)].append(row)
        return (tuple(group) for group in groups.values())

    def sides(self, contrast: Row, measure: str) -> list[tuple[Row, Row]]:
        """Pairs of rows of one measure, experimental first, that a contrast sets side by side.

        None where the contrast does not say of whom it is, and none of a quantity that stands so
        often on a side that it cannot be told which is meant.
        """
        if not patients_named(contrast):
            return []
        of = (measure, contrast.trial, contrast.report, contrast.endpoint)
        asked = judged(contrast)
        found: list[tuple[Row, Row]] = []
        others = self._by_side.get((*of, contrast.versus_set), {})
        for key, ones in self._by_side.get((*of, contrast.set), {}).items():
            beside = others.get(key, ())
            if agree(judged(ones[0]), asked) and max(len(ones), len(beside)) <= OFTEN:
                found += [(one, other) for one in ones for other in beside]
        return found

    @cached_property
    def _by_side(self) -> dict[tuple[str, ...], dict[tuple[str, ...], list[Row]]]:
        """Rows of one arm by what they measure of whom, then by definition, time and judgement."""
        found: dict[tuple[str, ...], dict[tuple[str, ...], list[Row]]] = {}
        for row in self.rows:
            if not row.versus:
                side = (row.measure, row.trial, row.report, row.endpoint, row.set)
                key = (row.definition, row.at_value, *judged(row))
                found.setdefault(side, {}).setdefault(key, []).append(row)
        return found

    def uppers(self, endpoint: str) -> frozenset[str]:
        """The endpoints that this one cannot be above: by `not_above`, or by their `not_below`."""
        if endpoint not in self._uppers:
            below = _reached(self.endpoints, endpoint, "not_above")
            self._uppers[endpoint] = below | {
                other
                for other in self.endpoints
                if endpoint in _reached(self.endpoints, other, "not_below")
            }
        return self._uppers[endpoint]

    @cached_property
    def _uppers(self) -> dict[str, frozenset[str]]:
        return {}


def _reached(endpoints: Mapping[str, Endpoint], endpoint: str, relation: str) -> frozenset[str]:
    """The endpoints that a relation leads to, also in several steps."""
    found: set[str] = set()
    queue = [endpoint]
    while queue:
        term = endpoints.get(queue.pop())
        for one in getattr(term, relation) if term else ():
            if one not in found:
                found.add(one)
                queue.append(one)
    return frozenset(found)


def studies(
    rows: Iterable[Row], vocabulary: Vocabulary, columns: Iterable[str] | None = None
) -> list[Study]:
    """The rows of a table as one study per study, in the order in which studies appear.

    `columns` are the fields that the table has a column for, by default those in which any row
    says something. Rows that may or may not be one quantity are each a set of their own, so that
    none is set against the numbers of another.
    """
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.trial, []).append(row)
    known = every_field(found.values()) if columns is None else frozenset(columns)
    return [Study(told_apart(own, known), vocabulary, stated=known) for own in found.values()]


def every_field(groups: Iterable[Iterable[Row]]) -> frozenset[str]:
    """The fields in which any row says something."""
    left, found = set(FIELDS), set()
    for rows in groups:
        for row in rows:
            said = {one for one in left if getattr(row, one) not in ("", None, False)}
            found |= said
            left -= said
    return frozenset(found)


def name(row: Row) -> str:
    """An endpoint as messages write it."""
    return row.endpoint.upper() if len(row.endpoint) <= 4 else row.endpoint
