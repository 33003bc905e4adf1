"""`compare`: endpoints and filters to rows, what was set aside, and caveats."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, cast

from kb.comparison import from_counts
from kb.comparison.beside import Beside
from kb.comparison.caveats import Caveat, caveats_of
from kb.comparison.emptiness import no_row, why_empty
from kb.comparison.report_choice import latest
from kb.errors import UnknownTermError
from kb.printed.measure import CONTRASTS, COUNTED, MEASURES, PROPORTION, SHOWN
from kb.query.criteria import meets
from kb.query.select import select
from kb.rows import intervals
from kb.rows.cached import rows_by_trial
from kb.store.knowledge_base import KnowledgeBase
from kb.tables.table import Table
from kb.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Unpack

    from kb.query.filters import Criteria
    from kb.query.select import Selection
    from kb.rows.row import Row

ALL: Final = "all"
REPORTS: Final = ("latest", ALL)


@dataclass(frozen=True, slots=True)
class Comparison(View):
    """Numbers side by side: rows, the rows set aside with their reasons, and caveats.

    `answers` are the rows that were asked for; the others of `rows` stand beside them, marked in
    `Row.beside`. Where no row answers, `why_empty` says why, and what would change it.
    """

    base: KnowledgeBase
    endpoints: tuple[str, ...]
    rows: tuple[Row, ...]
    caveats: tuple[Caveat, ...]
    set_aside: tuple[Row, ...] = ()
    criteria: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    interval: str = intervals.REPORTED
    level: float = 95
    doses: bool = False
    why_empty: str = ""

    @property
    def answers(self) -> tuple[Row, ...]:
        """The rows that answer the question: what is counted, pooled and drawn."""
        return tuple(row for row in self.rows if not row.beside)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked: endpoints as ids, measures, and which intervals and reports are shown."""

    endpoints: tuple[str, ...]
    measures: tuple[str, ...]
    interval: str
    method: str
    level: float
    reports: str
    controls: bool = False
    doses: bool = False

    def wants(self, row: Row) -> bool:
        """Whether a row is of an endpoint and a measure that were asked for."""
        return row.endpoint in self.endpoints and row.measure in self.measures

    @property
    def of_arms(self) -> bool:
        """Whether no contrast is among the measures, so that contrasts may stand beside."""
        return set(self.measures).isdisjoint(CONTRASTS)

    def of(self, measures: tuple[str, ...]) -> _Asked:
        """The same question about other measures."""
        return replace(self, measures=measures)

    def with_interval(self, row: Row) -> Row:
        """A row with the interval that is shown."""
        return intervals.with_interval(
            row, interval=self.interval, method=self.method, level=self.level
        )


def compare(
    source: KnowledgeBase | Table,
    endpoint: str | Iterable[str] | None = None,
    *,
    measure: str | None = None,
    interval: str = intervals.REPORTED,
    method: str = "clopper-pearson",
    level: float = 95,
    reports: str = "latest",
    controls: bool = True,
    doses: bool = False,
    **criteria: Unpack[Criteria],
) -> Comparison:
    """Lay the numbers of one or several endpoints side by side.

    `source` is a knowledge base, or a reviewer's own table as `table` reads it. `endpoint`: ids or
    synonyms, several as "orr,dcr,pfs" or a list; none: the columns that the vocabulary names, those
    of which there is a number. `measure`: None shows proportions, medians and
    landmarks; a measure shows that one; "all" everything that is printed. Odds ratios, risk ratios
    and risk differences of randomised arms that no source prints are computed from the printed
    counts of both arms, and say so. `interval`: "reported" shows printed intervals and computes by
    `method` at `level` (percent) only where none is printed; a method's name puts every proportion
    with a known count on that method. `reports`: "latest" shows per quantity the newest release and
    lists the rest in `.set_aside`; "all" shows every report. `controls`: beside an experimental arm
    of a randomised trial stand its reference arm and the contrasts with it, unless contrasts are
    asked for. `doses`: views say what each arm was given. Filters are those of `select`; a table
    takes none. Nothing is ranked, tested or concluded.
    """
    intervals.checked(interval, method, level)
    if reports not in REPORTS:
        raise ValueError(f"reports is one of {', '.join(REPORTS)}, got {reports!r}")
    if measure is not None and measure not in (*MEASURES, ALL):
        raise ValueError(f"measure is one of {', '.join(MEASURES)} or all, got {measure!r}")
    measures = SHOWN if measure is None else tuple(MEASURES) if measure == ALL else (measure,)
    endpoints = _resolved(source, endpoint)
    asked = _Asked(
        endpoints, measures, interval, method, float(level), reports, controls=controls, doses=doses
    )
    if isinstance(source, Table):
        found = _of_table(source, asked, criteria)
    else:
        found = _of_base(source, asked, criteria)
    if endpoint is None and found.rows:
        there = {row.endpoint for row in found.answers}
        return replace(found, endpoints=tuple(one for one in endpoints if one in there))
    return found


def of_counts(comparison: Comparison, measure: str) -> Comparison:
    """Proportions of a comparison as contrasts of the arms of randomised trials, at its level.

    Every arm is set against its reference arm; both proportions stand in one report and are one
    quantity of one kind of set. Without a reference arm there is no contrast. Woolf
    (odds ratio), log-Wald (risk ratio) and Newcombe (risk difference) intervals; nothing is added
    to a zero cell, so the ratio of such a trial is 0 or not estimable, and pooling sets it aside.
    ValueError for another measure.
    """
    rows = tuple(
        from_counts.contrasts(comparison.answers, measure, comparison.level, comparison.base)
    )
    return replace(comparison, rows=rows, caveats=())


def _resolved(
    source: KnowledgeBase | Table, endpoint: str | Iterable[str] | None
) -> tuple[str, ...]:
    """Endpoints as ids; none is the columns that the vocabulary names, in their order."""
    vocabulary = source.vocabulary
    if endpoint is None:
        columns = {name: one.column for name, one in vocabulary.endpoints.items() if one.column}
        if not columns:
            raise ValueError("name an endpoint: no endpoint of this vocabulary has a `column`")
        return tuple(sorted(columns, key=lambda name: (int(columns[name]), name)))
    asked = endpoint.split(",") if isinstance(endpoint, str) else list(endpoint)
    return tuple(dict.fromkeys(_endpoint(source, one.strip()) for one in asked))


def _endpoint(source: KnowledgeBase | Table, word: str) -> str:
    """The id of an endpoint; of a trial in its place it is said where it belongs."""
    try:
        return source.vocabulary.resolve("endpoint", word)
    except UnknownTermError as error:
        if not isinstance(source, KnowledgeBase):
            raise
        name = word.casefold() if word.casefold() in source else word
        if error.nearest and name not in source:
            raise
        try:
            trial = source.trial(name)
        except UnknownTermError:
            raise error from None
        hint = f"it is a trial: `kb compare orr {trial.id}`, or `kb compare --trial {trial.id}`"
        raise UnknownTermError("endpoint", word, hint=hint) from None


def _of_base(base: KnowledgeBase, asked: _Asked, criteria: Criteria) -> Comparison:
    chosen = select(base, **criteria)
    rows = _chosen(chosen, asked)
    shown = [asked.with_interval(row) for row in rows if not row.set_aside]
    if len(asked.measures) == 1 and asked.measures[0] in COUNTED:
        counted = [row for row in _chosen(chosen, asked.of((PROPORTION,))) if not row.set_aside]
        shown += from_counts.unprinted(shown, counted, asked.measures[0], asked.level, base)
    if asked.controls and asked.of_arms:
        shown = _beside(chosen, asked).added(shown, rows_by_trial(base).__getitem__)
    return Comparison(
        base=base,
        endpoints=asked.endpoints,
        rows=tuple(shown),
        caveats=tuple(caveats_of(shown, base, chosen.criteria)),
        set_aside=tuple(row for row in rows if row.set_aside),
        criteria=chosen.criteria,
        interval=asked.interval,
        level=asked.level,
        doses=asked.doses,
        why_empty="" if shown else _why_empty(chosen, asked),
    )


def _beside(chosen: Selection, asked: _Asked) -> Beside:
    return Beside(
        base=chosen.base,
        found={(one.trial_id, one.arm_id) for one in chosen},
        endpoints=asked.endpoints,
        level=asked.level,
        newest=asked.reports != ALL,
        measured=asked.measures != SHOWN,
        shown=asked.with_interval,
        meets=lambda row: _meets(row, chosen),
    )


def _why_empty(chosen: Selection, asked: _Asked) -> str:
    """Why no row answers: filters, the endpoint, or the measure."""

    def answering(criteria: Mapping[str, tuple[str, ...]]) -> set[tuple[str, str]]:
        wider = select(chosen.base, **cast("Criteria", criteria))
        return {(row.trial, arm) for row in _chosen(wider, asked) for arm in row.arms}

    others = [row for row in _chosen(chosen, asked.of(tuple(MEASURES))) if not row.set_aside]
    return why_empty(chosen, asked.endpoints, asked.measures, others, answering)


def _of_table(table: Table, asked: _Asked, criteria: Criteria) -> Comparison:
    """The rows of a table; one without an endpoint is of the one that was asked for.

    A row without a study is a study of its own, `row 3`; its arm stands where records have drugs.
    A row with `versus` is taken as a contrast of arms that were randomised against each other.
    """
    if criteria:
        raise ValueError(f"a table takes no filter, got {', '.join(criteria)}; leave rows out")
    only = asked.endpoints[0] if len(asked.endpoints) == 1 else ""
    rows = [asked.with_interval(row) for row in table.named(only) if asked.wants(row)]
    return Comparison(
        base=KnowledgeBase.empty(table.path, table.vocabulary),
        endpoints=asked.endpoints,
        rows=tuple(rows),
        caveats=(),
        interval=asked.interval,
        level=asked.level,
        why_empty="" if rows else no_row(asked.endpoints, asked.measures, table.named(only)),
    )


def _chosen(chosen: Selection, asked: _Asked) -> list[Row]:
    """The printed rows of selected arms, those that are not shown marked with the reason."""
    arms = {(one.trial_id, one.arm_id) for one in chosen}
    known = rows_by_trial(chosen.base)
    rows: list[Row] = []
    for trial_id in _ordered(chosen):
        found = [
            row
            for row in known[trial_id]
            if asked.wants(row)
            and any((trial_id, arm) in arms for arm in row.arms)
            and _meets(row, chosen)
        ]
        rows += latest(found) if asked.reports != ALL else found
    return rows


def _ordered(chosen: Selection) -> list[str]:
    """Trials in the order in which they were asked for, else in that of the base."""
    asked = chosen.criteria.get("trial", ())
    order = {trial_id: index for index, trial_id in enumerate(asked)}
    return sorted(chosen.trial_ids, key=lambda trial_id: order.get(trial_id, len(order)))


def _meets(row: Row, chosen: Selection) -> bool:
    """Whether a row meets the filters that single sets of a selected arm can fail."""
    return meets(
        chosen.criteria, chosen.base.vocabulary, line=row.line, year=row.year,
        histologies=row.studied,
    )  # fmt: skip
