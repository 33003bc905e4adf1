"""`compare`: endpoints and filters to rows, what was set aside, and caveats."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, cast

from kb.comparison import from_counts, of_tables
from kb.comparison.asked import Asked, endpoints_of
from kb.comparison.beside import Beside
from kb.comparison.caveats import Caveat, caveats_of
from kb.comparison.emptiness import no_row, why_empty
from kb.comparison.one_per_trial import left_out
from kb.comparison.report_choice import latest
from kb.printed.measure import COUNTED, MEASURES, PROPORTION, SHOWN, measure_asked
from kb.query.criteria import among, meets
from kb.query.select import with_numbers
from kb.rows import intervals
from kb.rows.cached import rows_by_trial
from kb.sentences import named
from kb.store.knowledge_base import KnowledgeBase
from kb.tables.table import Table
from kb.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Unpack

    from kb.query.filters import Criteria
    from kb.query.select import Selection
    from kb.rows.row import Row
    from kb.vocabulary import Vocabulary

ALL: Final = "all"
REPORTS: Final = ("latest", ALL)
OF_ARMS: Final = ("regimen_class", "histology", "only_histology")
"""Filters that what stands beside an answer need not meet: it is of other drugs, and its patients
are those that correspond to the answer's."""


@dataclass(frozen=True, slots=True)
class Comparison(View):
    """Numbers side by side: rows, the rows set aside with their reasons, and caveats.

    `answers` are the rows that were asked for; the others of `rows` stand beside them, marked in
    `Row.beside`. Where no row answers, `why_empty` says why, and what would change it.
    `mixed` are the rows that `only_histology` leaves out because others are among their patients.
    `asked` is the question, where its rows are of records and may be chosen again; `table` is the
    reviewer's own table that they are of.
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
    mixed: tuple[Row, ...] = ()
    asked: Asked | None = None
    table: Table | None = None

    @property
    def answers(self) -> tuple[Row, ...]:
        """The rows that answer the question: what is counted, pooled and drawn."""
        return tuple(row for row in self.rows if not row.beside)

    def __len__(self) -> int:
        return len(self.rows)


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
    takes none. Those that choose among rows do so before the newest release is looked for, so that
    `read="full-text"` shows the paper beside which newer news exist; `one_per_trial` does so after
    it. Nothing is ranked, tested or concluded.
    """
    intervals.checked(interval, method, level)
    if reports not in REPORTS:
        raise ValueError(f"reports is one of {', '.join(REPORTS)}, got {reports!r}")
    if measure is not None:
        measure = measure_asked(measure, (ALL,))
    measures = SHOWN if measure is None else tuple(MEASURES) if measure == ALL else (measure,)
    endpoints = endpoints_of(source, endpoint)
    asked = Asked(
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
    if comparison.table is None:
        found = from_counts.contrasts(
            comparison.answers, measure, comparison.level, comparison.base
        )
    else:
        counts = comparison.answers
        found = of_tables.unprinted((), counts, measure, comparison.level, comparison.table)
    return replace(comparison, rows=tuple(found), caveats=(), asked=None)


def _of_base(base: KnowledgeBase, asked: Asked, criteria: Criteria) -> Comparison:
    chosen = with_numbers(base, **criteria)
    if "one_per_trial" in chosen.criteria and asked.reports == ALL:
        raise ValueError("one_per_trial shows one report of each trial, so reports cannot be all")
    _varied(chosen, asked)
    shown, aside, mixed = answering(chosen, asked)
    if asked.controls and asked.of_arms:
        shown = _beside(chosen, asked).added(shown, rows_by_trial(base).__getitem__)
    there = {row.address for row in shown}
    return Comparison(
        base=base,
        endpoints=asked.endpoints,
        rows=tuple(shown),
        caveats=tuple(caveats_of(shown, base, chosen.criteria)),
        set_aside=tuple(row for row in aside if row.address not in there),
        criteria=chosen.criteria,
        interval=asked.interval,
        level=asked.level,
        doses=asked.doses,
        why_empty="" if shown else _why_empty(chosen, asked),
        mixed=tuple(mixed),
        asked=asked,
    )


def answering(chosen: Selection, asked: Asked) -> tuple[list[Row], list[Row], list[Row]]:
    """The rows that answer, those that are set aside with the reason, and those of mixed histology.

    What stands beside the answers is none of them.
    """
    base = chosen.base
    rows, mixed = _chosen(chosen, asked)
    shown = [asked.with_interval(row) for row in rows if not row.set_aside]
    if len(asked.measures) == 1 and asked.measures[0] in COUNTED:
        counted = [row for row in _chosen(chosen, asked.of((PROPORTION,)))[0] if not row.set_aside]
        computed = from_counts.unprinted(shown, counted, asked.measures[0], asked.level, base)
        shown += [row for row in computed if _meets(row, chosen.criteria, base.vocabulary)]
    if "one_per_trial" in chosen.criteria:
        others = left_out(shown, base)
        rows += [
            replace(row, set_aside=others[row.address]) for row in shown if row.address in others
        ]
        shown = [row for row in shown if row.address not in others]
    return shown, [row for row in rows if row.set_aside], mixed


def _beside(chosen: Selection, asked: Asked) -> Beside:
    of_rows = {name: words for name, words in chosen.criteria.items() if name not in OF_ARMS}
    return Beside(
        base=chosen.base,
        endpoints=asked.endpoints,
        level=asked.level,
        newest=asked.reports != ALL,
        measured=asked.measures != SHOWN,
        shown=asked.with_interval,
        meets=lambda row: _meets(row, of_rows, chosen.base.vocabulary),
    )


def _why_empty(chosen: Selection, asked: Asked) -> str:
    """Why no row answers: filters, the endpoint, or the measure."""

    def answering(criteria: Mapping[str, tuple[str, ...]]) -> set[tuple[str, str]]:
        wider = with_numbers(chosen.base, **cast("Criteria", criteria))
        return {(row.trial, arm) for row in _chosen(wider, asked)[0] for arm in row.arms}

    others = [row for row in _chosen(chosen, asked.of(tuple(MEASURES)))[0] if not row.set_aside]
    return why_empty(chosen, asked.endpoints, asked.measures, others, answering)


def _of_table(table: Table, asked: Asked, criteria: Criteria) -> Comparison:
    """The rows of a table; one without an endpoint is of the one that was asked for.

    A row without a study is a study of its own, `row 3`; its arm stands where records have drugs.
    A row with `versus` is taken as a contrast of arms that were randomised against each other.
    """
    if criteria:
        raise ValueError(f"a table takes no filter, got {', '.join(criteria)}; leave rows out")
    base = KnowledgeBase.empty(table.path, table.vocabulary)
    rows, aside = of_tables.answering(table, asked)
    only = asked.endpoints[0] if len(asked.endpoints) == 1 else ""
    return Comparison(
        base=base,
        endpoints=asked.endpoints,
        rows=tuple(rows),
        caveats=tuple(caveats_of(rows, base, {})),
        set_aside=tuple(aside),
        interval=asked.interval,
        level=asked.level,
        why_empty="" if rows else no_row(asked.endpoints, asked.measures, table.named(only)),
        table=table,
    )


def _chosen(chosen: Selection, asked: Asked) -> tuple[list[Row], list[Row]]:
    """The printed rows of selected arms, those that are not shown marked with the reason.

    Besides them the rows that only their mixed histology keeps out.
    """
    arms = {(one.trial_id, one.arm_id) for one in chosen}
    known = rows_by_trial(chosen.base)
    alone = {name: words for name, words in chosen.criteria.items() if name != "only_histology"}
    rows: list[Row] = []
    mixed: list[Row] = []
    for trial_id in _ordered(chosen):
        printed = known[trial_id]
        found = [
            row
            for row in printed
            if asked.wants(row)
            and any((trial_id, arm) in arms for arm in row.arms)
            and _meets(row, alone, chosen.base.vocabulary)
        ]
        held = [row for row in found if _meets(row, chosen.criteria, chosen.base.vocabulary)]
        kept = {row.address for row in held}
        others = [row for row in found if row.address not in kept]
        rows += held if asked.reports == ALL else latest(held, printed)
        mixed += others if asked.reports == ALL else latest(others, printed)
    return rows, [row for row in mixed if not row.set_aside]


def _ordered(chosen: Selection) -> list[str]:
    """Trials in the order in which they were asked for, else in that of the base."""
    asked = chosen.criteria.get("trial", ())
    order = {trial_id: index for index, trial_id in enumerate(asked)}
    return sorted(chosen.trial_ids, key=lambda trial_id: order.get(trial_id, len(order)))


def _meets(row: Row, criteria: Mapping[str, tuple[str, ...]], vocabulary: Vocabulary) -> bool:
    """Whether a row meets the filters that single sets or numbers of a selected arm can fail."""
    return meets(
        criteria, vocabulary, line=row.line, year=row.year, histologies=row.studied,
        classes=row.classes,
    ) and among(criteria, vocabulary, row)  # fmt: skip


def _varied(chosen: Selection, asked: Asked) -> None:
    """Refuse a definition where no endpoint that is asked for has several."""
    endpoints = chosen.base.vocabulary.endpoints
    if "definition" in chosen.criteria and not any(
        endpoints[one].varies for one in asked.endpoints
    ):
        varied = ", ".join(name for name, one in endpoints.items() if one.varies)
        raise ValueError(f"a definition is asked of {varied}; {named(asked.endpoints)} has one")
