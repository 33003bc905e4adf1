"""A reviewer's own table as an answer: its rows, contrasts of its counts, and what it cannot say.

Arms of one study are taken as randomised against each other. Of two arms the reference is the one
that the layout of the table or its name says; else the one that more studies of the table have;
else the one that stands last.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Final

from kb.comparison.caveat import Caveat
from kb.comparison.from_counts import contrast
from kb.printed.measure import COUNTED, MEASURES, PROPORTION, TIME
from kb.rows.identity import judged, quantity
from kb.sentences import named
from kb.tables.addresses import row_number
from kb.tables.sheet import FRACTIONS, LEVEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kb.comparison.asked import Asked
    from kb.comparison.caveat import Question
    from kb.rows.row import Row
    from kb.tables.table import Table

CONTROLS: Final = re.compile(
    r"\b(?:placebo|control|observation|comparator|standard|usual care|no treatment"
    r"|(?:best )?supportive care|bsc|watchful waiting)\b",
    re.IGNORECASE,
)
"""Names of arms that others are set against."""
TELLING: Final = {
    "line": "line", "histologies": "histology", "design": "design", "analysis_set": "analysis_set",
    "criteria": "criteria", "assessor": "assessor", "confirmed": "confirmed",
    "follow_up": "follow_up", "data_cut": "data_cut", "report": "report",
}  # fmt: skip
"""What makes rows unlike, as a field of a row, and the column of a table that says it."""
OF_RESPONSE: Final = ("confirmed",)
"""What is said of proportions alone."""


def answering(table: Table, asked: Asked) -> tuple[list[Row], list[Row]]:
    """The rows of a table that answer, and those that are set aside with the reason."""
    only = asked.endpoints[0] if len(asked.endpoints) == 1 else ""
    measure = asked.measures[0] if len(asked.measures) == 1 else ""
    rows = list(table.named(only, measure))
    doubtful = {
        (one.row, one.column): one.message for one in table.problems if one.rule == FRACTIONS
    }
    found = [asked.with_interval(row) for row in rows if asked.wants(row)]
    if measure in COUNTED:
        counts = [row for row in rows if asked.of((PROPORTION,)).wants(row)]
        found += unprinted(found, counts, measure, asked.level, table)
    aside = [
        replace(row, set_aside=message)
        for row in (found if doubtful else ())
        for (number, column), message in doubtful.items()
        if number == row_number(row) and "value" in table.fields_at(row, column)
        and row.value_source == "reported"
    ]  # fmt: skip
    left = {row.address for row in aside}
    return [row for row in found if row.address not in left], aside


def unprinted(
    printed: Iterable[Row], counted: Sequence[Row], measure: str, level: float, table: Table
) -> Iterator[Row]:
    """The contrasts of the counts of a study of which the table prints none."""
    known = {(row.trial, frozenset((row.arm, row.versus)), row.endpoint) for row in printed}
    ranks = ranked(counted, references(table))
    groups: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in counted:
        if row.events is not None and row.n and row.arm:
            key = (row.trial, row.report, row.subgroup, row.analysis_set)
            groups[(*key, *judged(row), *quantity(row))].append(row)
    for own in groups.values():
        arms = {row.arm: row for row in own}
        if len(arms) < len(own):
            continue
        for pair in combinations(own, 2):
            other, one = sorted(pair, key=lambda row: ranks[row.arm])
            if (one.trial, frozenset((one.arm, other.arm)), one.endpoint) not in known:
                address = f"{one.address}:{other.address}"
                yield replace(contrast(one, other, measure, level), address=address)


def references(table: Table) -> frozenset[str]:
    """The arms that the layout of a table says are the reference."""
    return frozenset(
        entry.constants["arm"]
        for entry in table.plan.entries
        if entry.constants.get("reference") and "arm" in entry.constants
    )


def ranked(rows: Sequence[Row], known: frozenset[str]) -> Mapping[str, tuple[object, ...]]:
    """The arms of a table in the order in which others are set against them, the first first."""
    studies: dict[str, set[str]] = defaultdict(set)
    last: dict[str, int] = {}
    for place, row in enumerate(rows):
        studies[row.arm].add(row.trial)
        last.setdefault(row.arm, place)
    return {
        arm: (arm not in known, CONTROLS.search(arm) is None, -len(own), -last[arm])
        for arm, own in studies.items()
    }


def not_testable(rows: Sequence[Row], question: Question) -> Iterator[Caveat]:
    """Rows of a table of one's own whose columns leave open what would make them unlike.

    Named are the columns that no row says anything in, and the arms that name no drug of the
    vocabulary, so that their regimen is not known.
    """
    own = [] if len(question.base) else list(rows)
    if not own:
        return
    addresses = tuple(row.address for row in own)
    counted = any(row.measure == PROPORTION for row in own)
    missing = [
        column
        for field, column in TELLING.items()
        if not any(getattr(row, field) for row in own) and (counted or field not in OF_RESPONSE)
    ]
    if missing:
        yield Caveat("not-testable", addresses, f"{', '.join(missing)}: no column says")
    unknown = [row for row in own if row.arm and not row.regimen_classes]
    if unknown:
        arms = named(dict.fromkeys(row.arm for row in unknown))
        message = f"regimen: no class follows from {arms}"
        yield Caveat("not-testable", tuple(row.address for row in unknown), message)
    elif not any(row.arm for row in own):
        yield Caveat("not-testable", addresses, "regimen: no column says")


def level_assumed(rows: Sequence[Row], question: Question) -> Iterator[Caveat]:
    """An interval of a table of one's own has no level and is taken as one of 95 %."""
    own = [] if len(question.base) else [row for row in rows if _assumed(row)]
    if own:
        message = f"no level is stated ({named(row.trial for row in own)}): taken as {LEVEL:g} %"
        yield Caveat("level-assumed", tuple(row.address for row in own), message)


def unit_not_stated(rows: Sequence[Row], question: Question) -> Iterator[Caveat]:
    """A median of a table of one's own has no unit: it may be one of months, weeks or days."""
    own = [] if len(question.base) else [row for row in rows if _without_unit(row)]
    if own:
        message = f"no unit of time is stated ({named(dict.fromkeys(row.trial for row in own))})"
        yield Caveat("unit-not-stated", tuple(row.address for row in own), message)


def _without_unit(row: Row) -> bool:
    return MEASURES[row.measure].unit == TIME and not row.unit and bool(row.value)


def _assumed(row: Row) -> bool:
    return row.interval_source == "reported" and row.level == LEVEL and row.printed_level is None
