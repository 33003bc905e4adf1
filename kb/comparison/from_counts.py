"""Odds and risk ratios of randomised arms from their counts, where a source prints no ratio."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from kb.rows.identity import quantity
from kb.rows.units import significant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.comparison.compare import Comparison
    from kb.rows.row import Row
    from kb.store.knowledge_base import KnowledgeBase

METHODS: Final = {"odds-ratio": "woolf", "risk-ratio": "log-wald"}
"""The ratios that counts give, and the method of their interval."""


def ratios(base: KnowledgeBase, endpoint: str, measure: str, **criteria: Any) -> Comparison:
    """The printed ratios of an endpoint, and those of counts for arms without a printed one.

    `measure` is `odds-ratio` or `risk-ratio`; filters are those of `compare`.
    """
    from kb.comparison.caveats import caveats_of
    from kb.comparison.compare import compare

    found = compare(base, endpoint, measure=measure, **criteria)
    counted = of_counts(compare(base, endpoint, measure="proportion", **criteria), measure)
    printed = {(row.trial, row.arm, row.versus) for row in found.rows}
    more = [row for row in counted.rows if (row.trial, row.arm, row.versus) not in printed]
    rows = (*found.rows, *more)
    caveats = tuple(caveats_of(rows, base, found.criteria))
    return replace(found, rows=rows, caveats=caveats)


def of_counts(comparison: Comparison, measure: str) -> Comparison:
    """Proportions of a comparison as ratios of the arms of randomised trials, at its level.

    Every arm is set against the one whose role is control; both proportions stand in one report
    and are one quantity of one kind of set. Without a single control there is no ratio. Woolf (odds
    ratio) and log-Wald (risk ratio) intervals; nothing is added to a zero cell, so such a trial has
    no finite ratio, and pooling sets it aside. ValueError for another measure.
    """
    if measure not in METHODS:
        raise ValueError(f"counts give {' or '.join(METHODS)}, not {measure!r}")
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in comparison.rows:
        if row.events is not None and row.n and _comparative(row, comparison.base):
            judged = (row.analysis_set, row.criteria, row.assessor, row.part)
            groups[row.trial, row.report, row.subgroup, judged, quantity(row)].append(row)
    rows = (
        _ratio(one, other, measure, comparison.level)
        for own in groups.values()
        for one, other in _against_control(own, comparison.base)
    )
    return replace(comparison, rows=tuple(rows), caveats=())


def _comparative(row: Row, base: KnowledgeBase) -> bool:
    trial = base.get(row.trial)
    return (
        trial is not None
        and ";" not in row.arm
        and trial.design.allocation == "randomised"
        and trial.design.comparative is not False
    )


def _against_control(rows: Iterable[Row], base: KnowledgeBase) -> Iterator[tuple[Row, Row]]:
    listed = list(rows)
    controls = [row for row in listed if base[row.trial].arms[row.arm].role == "control"]
    if len(controls) == 1:
        yield from ((row, controls[0]) for row in listed if row is not controls[0])


def _ratio(one: Row, other: Row, measure: str, level: float) -> Row:
    from kb.stats.proportions.two_group import odds_ratio, risk_ratio

    counts = (one.events or 0, one.n or 0, other.events or 0, other.n or 0)
    effect = {"odds-ratio": odds_ratio, "risk-ratio": risk_ratio}[measure](*counts, level=level)
    both = {one.events_source, other.events_source}
    return replace(
        one,
        address=f"{one.trial}/{one.report}/{one.set}:{other.set}/{one.endpoint}/{measure}",
        measure=measure,
        versus=other.arm,
        versus_set=other.set,
        contrast_kind="randomised",
        unit="",
        events=None,
        events_source="reconstructed" if "reconstructed" in both else "",
        n=None,
        value=significant(effect.value),
        value_source="computed",
        low=significant(effect.low),
        high=significant(effect.high),
        level=level,
        interval_source="computed",
        interval_method=METHODS[measure],
        printed_low="",
        printed_high="",
        printed_level=None,
        primary=False,
        id="",
    )
