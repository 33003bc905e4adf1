"""`compare`: endpoints and filters to rows, what was set aside, and caveats."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kb.comparison.caveats import Caveat, caveats_of
from kb.comparison.report_choice import latest
from kb.query.criteria import meets
from kb.query.select import select
from kb.rows import intervals
from kb.rows.cached import rows_by_trial
from kb.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Unpack

    from kb.query.criteria import Criteria
    from kb.query.select import Selection
    from kb.rows.row import Row
    from kb.store.knowledge_base import KnowledgeBase

SHOWN_BY_DEFAULT: Final = ("proportion", "median", "landmark")
MEASURES: Final = (
    *SHOWN_BY_DEFAULT,
    "hazard-ratio",
    "odds-ratio",
    "risk-ratio",
    "risk-difference",
)
REPORTS: Final = ("latest", "all")


@dataclass(frozen=True, slots=True)
class Comparison(View):
    """Numbers side by side: rows, the rows set aside with their reasons, and caveats."""

    base: KnowledgeBase
    endpoints: tuple[str, ...]
    rows: tuple[Row, ...]
    caveats: tuple[Caveat, ...]
    set_aside: tuple[Row, ...] = ()
    criteria: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    interval: str = intervals.REPORTED
    level: float = 95

    def __len__(self) -> int:
        return len(self.rows)


def compare(
    base: KnowledgeBase,
    endpoint: str | Iterable[str],
    *,
    measure: str | None = None,
    interval: str = intervals.REPORTED,
    method: str = "clopper-pearson",
    level: float = 95,
    reports: str = "latest",
    **criteria: Unpack[Criteria],
) -> Comparison:
    """Lay the printed numbers of one or several endpoints side by side.

    `endpoint`: ids or synonyms, several as "orr,dcr,pfs" or a list. `measure`: None shows
    proportions, medians and landmarks; a measure shows that one; "all" everything. `interval`:
    "reported" shows printed intervals and computes by `method` at `level` (percent) only where none
    is printed; a method's name puts every proportion with a known count on that method. `reports`:
    "latest" shows per quantity the newest release and lists the rest in `.set_aside`; "all" shows
    every report. Filters are those of `select`. Nothing is ranked, tested or concluded.
    """
    intervals.checked(interval, method, level)
    if reports not in REPORTS:
        raise ValueError(f"reports is one of {', '.join(REPORTS)}, got {reports!r}")
    if measure is not None and measure not in (*MEASURES, "all"):
        raise ValueError(f"measure is one of {', '.join(MEASURES)} or all, got {measure!r}")
    asked = endpoint.split(",") if isinstance(endpoint, str) else list(endpoint)
    endpoints = tuple(
        dict.fromkeys(base.vocabulary.resolve("endpoint", one.strip()) for one in asked)
    )
    chosen = select(base, **criteria)
    wanted_measures = SHOWN_BY_DEFAULT if measure is None else (measure,)
    arms = {(one.trial_id, one.arm_id) for one in chosen}
    known = rows_by_trial(base)
    rows: list[Row] = []
    for trial_id in _ordered(chosen):
        found = [
            row
            for row in known[trial_id]
            if row.endpoint in endpoints
            and (measure == "all" or row.measure in wanted_measures)
            and any((trial_id, arm) in arms for arm in row.arm.split(";"))
            and _wanted(row, chosen)
        ]
        rows += latest(found) if reports == "latest" else found
    shown = tuple(
        intervals.with_interval(row, interval=interval, method=method, level=level)
        for row in rows
        if not row.set_aside
    )
    return Comparison(
        base=base,
        endpoints=endpoints,
        rows=shown,
        caveats=tuple(caveats_of(shown, base, chosen.criteria)),
        set_aside=tuple(row for row in rows if row.set_aside),
        criteria=chosen.criteria,
        interval=interval,
        level=level,
    )


def _ordered(chosen: Selection) -> list[str]:
    """Trials in the order in which they were asked for, else in that of the base."""
    asked = chosen.criteria.get("trial", ())
    order = {trial_id: index for index, trial_id in enumerate(asked)}
    return sorted(chosen.trial_ids, key=lambda trial_id: order.get(trial_id, len(order)))


def _wanted(row: Row, chosen: Selection) -> bool:
    """Whether a row meets the filters that single sets of a selected arm can fail."""
    return meets(
        chosen.criteria, chosen.base.vocabulary, line=row.line, year=row.year,
        histologies=row.histologies.split(";") if row.histologies else (),
    )  # fmt: skip
