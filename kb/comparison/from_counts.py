"""Contrasts of randomised arms from their counts, where a source prints none."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from kb.comparison.trial_facts import facts_of
from kb.printed.measure import COUNTED, MEASURES, PERCENT
from kb.printed.number import significant
from kb.printed.state import NOT_ESTIMABLE
from kb.rows.crude import CRUDE
from kb.rows.flat import paired, pairs
from kb.rows.identity import agree, judged, patients, quantity
from kb.rows.sums import COMPUTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kb.rows.row import Row
    from kb.store.knowledge_base import KnowledgeBase

COMPARATIVE: Final = "randomised"
"""The design of a trial whose arms are to be compared, as rows say it."""


def unprinted(
    printed: Iterable[Row],
    counted: Iterable[Row],
    measure: str,
    level: float,
    base: KnowledgeBase,
) -> list[Row]:
    """The contrasts of counts of which no row is printed, of the same patients and judged alike."""
    known = defaultdict(list)
    for row in printed:
        known[_asked(row)].append(_said(row))
    return [
        row
        for row in contrasts(counted, measure, level, base)
        if not any(agree(_said(row), one) for one in known[_asked(row)])
    ]


def _asked(row: Row) -> tuple[object, ...]:
    """What a reader would look for: of whom, which endpoint and measure, at which times.

    A contrast is of the same patients whichever way round it is printed.
    """
    times = (time.exact if time else "" for time in (row.at, row.by))
    trial, arm, subgroup, versus = patients(row)
    return (trial, frozenset((arm, versus)), subgroup, row.endpoint, row.measure, *times)


def _said(row: Row) -> tuple[str, ...]:
    """How it was defined and judged, as far as that is said."""
    defined = "" if row.definition == "not-stated" else row.definition
    return (*judged(row), defined, row.timing.removeprefix("best"))


def contrasts(
    rows: Iterable[Row], measure: str, level: float, base: KnowledgeBase
) -> Iterator[Row]:
    """The contrasts of proportions; ValueError for a measure that counts do not give."""
    if measure not in COUNTED:
        raise ValueError(f"counts give {' or '.join(COUNTED)}, not {measure!r}")
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row.events is not None and row.n and _comparative(row):
            key = (row.trial, row.report, row.subgroup, row.analysis_set, row.part)
            groups[(*key, *judged(row), *quantity(row))].append(row)
    return (
        contrast(one, other, measure, level)
        for own in groups.values()
        for one, other in _against_control(own, base)
    )


def _comparative(row: Row) -> bool:
    return len(row.arms) == 1 and row.design == COMPARATIVE


def _against_control(rows: Sequence[Row], base: KnowledgeBase) -> Iterator[tuple[Row, Row]]:
    """Each row with the only one of its reference arm."""
    arms = facts_of(base)[rows[0].trial].arms
    for row in rows:
        reference = arms[row.arm].reference if row.arm in arms else ""
        controls = [one for one in rows if one.arm == reference]
        if len(controls) == 1:
            yield row, controls[0]


def contrast(one: Row, other: Row, measure: str, level: float) -> Row:
    """The unadjusted contrast of two counted proportions, the second being the reference."""
    counts = (one.events or 0, one.n or 0, other.events or 0, other.n or 0)
    effect = CRUDE[measure](*counts, level=level)
    percent = MEASURES[measure].unit == PERCENT
    both = {one.events_source, other.events_source}
    formulas = [f"{row.set}: {row.formula}" for row in (one, other) if row.formula]
    suffix = one.address.rpartition(f"/{one.measure}")[2]
    numbers: dict[str, str] = {}
    for name in ("value", "low", "high"):
        number = getattr(effect, name) * (100 if percent else 1)
        numbers[name] = significant(number) if isfinite(number) else ""
        numbers[f"{name}_state"] = "" if isfinite(number) else NOT_ESTIMABLE
    return replace(
        one,
        **numbers,  # type: ignore[arg-type]  # the names of text fields
        address=f"{one.trial}/{one.report}/{one.set}:{other.set}/{one.endpoint}/{measure}{suffix}",
        measure=measure,
        versus=other.arm,
        versus_set=other.set,
        contrast_kind="randomised",
        unit=PERCENT if percent else "",
        events=None,
        events_source=next((each for each in ("reconstructed", COMPUTED) if each in both), ""),
        formula="; ".join(formulas),
        n=None,
        value_source="computed",
        level=level,
        interval_source="computed",
        interval_method=COUNTED[measure],
        interval_sides="two",
        printed_low="",
        printed_high="",
        printed_level=None,
        primary=False,
        id=one.id or other.id,
        approximation="about" if one.approximation or other.approximation else "",
        erratum="; ".join(dict.fromkeys(filter(None, (one.erratum, other.erratum)))),
        repeats=one.repeats or other.repeats,
        overlaps=paired(dict.fromkeys((*pairs(one.overlaps), *pairs(other.overlaps)))),
    )
