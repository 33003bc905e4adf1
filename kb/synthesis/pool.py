"""`pool`: one comparison to one estimate, through the gate."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from math import exp
from typing import TYPE_CHECKING, Any

from kb.comparison.again import answers_with
from kb.comparison.compare import of_counts
from kb.comparison.whole_table import comparison_of
from kb.printed.measure import FRACTION, LOG_RATIO, MEDIAN, MONTHS, PROPORTION
from kb.rows.labels import group_name, labels
from kb.sentences import named
from kb.stats.results import Pooled
from kb.synthesis.effect_sizes import SetAside, contrasted, counted, whole_sets
from kb.synthesis.gate.reasons import OF_NETWORKS, accepted_words, not_needed, passed
from kb.synthesis.parts import Sensitivity, of_one_trial, parts_of
from kb.synthesis.patients import once
from kb.synthesis.pooling_options import EFFECTS, MEDIANS, PROPORTIONS, usable
from kb.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kb.comparison.compare import Comparison
    from kb.rows.row import Row
    from kb.tables.table import Table


@dataclass(frozen=True, slots=True)
class PooledComparison(Pooled, View):
    """A pooled estimate with the rows it was made of, what was accepted, and what was set aside.

    `not_needed` are the reasons that were accepted though nothing was refused for them.
    `scale` says what `value` is: `proportion` (a fraction), `log-ratio`, `months`, or `difference`
    in the unit of the measure. `parts` are the pooled estimates of groups, of leave-one-out or of
    growing sets, if they were asked for.
    """

    scale: str = FRACTION
    measure: str = PROPORTION
    endpoint: str = ""
    rows: tuple[Row, ...] = ()
    rows_set_aside: tuple[SetAside, ...] = ()
    accepted: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[Pooled, ...] = ()
    parts_are: str = ""
    comparison: Comparison | None = None
    not_needed: tuple[str, ...] = ()

    @property
    def single(self) -> tuple[str, ...]:
        """The groups whose rows are all of one trial: their `parts` are no subtotals."""
        by, _, _ = self.parts_are.removeprefix("by ").partition(":")
        if not self.parts_are.startswith("by "):
            return ()
        return of_one_trial([group_name(getattr(row, by)) for row in self.rows], self.rows)


def pool(
    comparison: Comparison | Table,
    *,
    accept: Iterable[str] = (),
    by: str | None = None,
    leave_one_out: bool = False,
    cumulative: bool = False,
    shared_tau2: bool = False,
    ratio: str | None = None,
    **options: Any,
) -> PooledComparison:
    """Pool the rows of a comparison of one endpoint, or of a table that holds no other.

    Proportions are pooled from counts (options of `pool_proportions`); randomised contrasts on the
    scale of their measure from their intervals or p-values (options of `pool_effects`); medians
    when the comparison was asked for `measure="median"` (options of `pool_medians`,
    `method="weighted-median"` unless said). `ratio` (`odds-ratio`, `risk-ratio`) turns proportions
    of randomised arms into ratios by their counts first. Subgroups whose whole is there are set
    aside. `accept` names reasons of the gate to go on in spite of; NotComparableError carries the
    others, with the options that satisfy them. Whatever is accepted, rows of one trial that share
    patients are one study: one is pooled, the others are set aside. `by` groups by a row field
    (`regimen_classes`, `line`, `histologies`, `drugs` …) with a test between groups, each with its
    own tau² or with a `shared_tau2`; a group of one trial is `single` and has no subtotal;
    `leave_one_out` names the row that carries most of tau²; `cumulative` adds row by row, by year.
    One of the three at a time. ValueError where nothing is left to pool, and for options that do
    not go together.
    """
    comparison = comparison_of(comparison)
    if len(comparison.endpoints) != 1:
        raise ValueError(f"one endpoint can be pooled at a time, got {len(comparison.endpoints)}")
    if not comparison.answers and comparison.why_empty:
        raise ValueError(f"nothing is left to pool: {comparison.why_empty}")
    if ratio is not None:
        comparison = of_counts(comparison, ratio)
    accept = accepted_words(accept)
    asked = Sensitivity(by, leave_one_out, cumulative, shared_tau2)
    rows, parts = whole_sets(comparison.answers)
    if any(row.is_contrast for row in rows):
        found = _contrasts(comparison, rows, accept, asked, options)
    elif {row.measure for row in rows} == {MEDIAN}:
        found = _medians(comparison, rows, accept, asked, options)
    else:
        found = _proportions(comparison, rows, accept, asked, options)
    used = {row.address for row in found.rows}
    aside = (
        SetAside(
            row,
            f"a part of {whole.report}/{whole.set}, which is "
            f"{'used' if whole.address in used else 'set aside itself'}",
        )
        for row, whole in parts
    )
    return replace(
        found,
        rows_set_aside=(*found.rows_set_aside, *aside),
        not_needed=not_needed(accept, found.accepted),
    )


def _proportions(
    comparison: Comparison,
    rows: Sequence[Row],
    accept: Iterable[str],
    asked: Sensitivity,
    options: dict[str, Any],
) -> PooledComparison:
    from kb.stats.pooling.pool import pool_proportions

    usable(options, PROPORTIONS, "pooled proportions")
    used, aside = counted(rows)
    _some(used, aside)
    accepted = passed(
        used, comparison.base, accept, without=OF_NETWORKS,
        again=lambda words: counted(_whole(comparison, words))[0],
    )  # fmt: skip
    used, again = once(used, comparison.base)
    aside += again
    used = _by_year(used) if asked.cumulative else used
    events = [row.events or 0 for row in used]
    sizes = [row.n or 0 for row in used]
    whole = pool_proportions(events, sizes, **options)
    parts = parts_of(used, asked, whole, (events, sizes), options)
    return _made(
        comparison,
        whole,
        FRACTION,
        used,
        aside,
        accepted,
        options,
        parts,
    )


def _contrasts(
    comparison: Comparison,
    rows: Sequence[Row],
    accept: Iterable[str],
    asked: Sensitivity,
    options: dict[str, Any],
) -> PooledComparison:
    from kb.stats.pooling.pool import pool_effects

    usable(options, EFFECTS, "pooled contrasts")
    used, aside = contrasted(rows)
    _some(used, aside)
    each = [one.row for one in used]
    accepted = passed(
        each, comparison.base, accept, without=OF_NETWORKS,
        again=lambda words: [one.row for one in contrasted(_whole(comparison, words))[0]],
    )  # fmt: skip
    each, again = once(each, comparison.base)
    aside += again
    used = [one for one in used if one.row in each]
    if asked.cumulative:
        order = {
            row.address: place for place, row in enumerate(_by_year([one.row for one in used]))
        }
        used.sort(key=lambda one: order[one.row.address])
    values, errors = [one.value for one in used], [one.se for one in used]
    kept = [one.row for one in used]
    if len({row.kind.scale for row in kept}) > 1:
        raise ValueError(f"{named(row.kind.name for row in kept)} share no scale")
    printed = exp if kept[0].kind.pooled_as == LOG_RATIO else None
    whole = pool_effects(values, errors, shown=printed, **options)
    effects = {**options, "shown": printed, "of_effects": True}
    parts = parts_of(kept, asked, whole, (values, errors), effects)
    return _made(
        comparison,
        whole,
        kept[0].kind.pooled_as,
        kept,
        aside,
        accepted,
        options,
        parts,
    )


def _medians(
    comparison: Comparison,
    rows: Sequence[Row],
    accept: Iterable[str],
    asked: Sensitivity,
    options: dict[str, Any],
) -> PooledComparison:
    from kb.stats.pooling.medians import pool_medians

    if asked != Sensitivity():
        raise ValueError("medians are pooled whole: filter the rows to pool a group of them")
    chosen = {"method": "weighted-median", **options}
    usable(options, MEDIANS.get(chosen["method"], options), f"the {chosen['method']} of medians")
    accepted = passed(
        rows, comparison.base, accept, without=OF_NETWORKS,
        again=lambda words: _some_reached(_whole(comparison, words)),
    )  # fmt: skip
    rows, again = once(rows, comparison.base)
    again += [SetAside(row, "its unit of time is not stated") for row in rows if _unitless(row)]
    rows = [row for row in rows if not _unitless(row)]
    _some(rows, again)
    found = pool_medians(
        [
            row.value_months if row.value_months is not None else row.value_state or "not-given"
            for row in rows
        ],
        [_bound(row, "low") for row in rows],
        [_bound(row, "high") for row in rows],
        n=[row.n for row in rows] if all(row.n for row in rows) else None,
        levels=[row.level for row in rows],
        labels=labels(rows),
        **chosen,
    )
    return _made(comparison, found, MONTHS, rows, again, accepted, chosen, ((), ""))


def _unitless(row: Row) -> bool:
    """Whether a median is a number of nobody knows what."""
    return bool(row.value) and row.value_months is None


def _some_reached(rows: list[Row]) -> list[Row]:
    """Rows of medians, or none where no median is a number."""
    return rows if any(row.value_months is not None for row in rows) else []


def _whole(comparison: Comparison, words: Sequence[str]) -> list[Row]:
    """The whole sets that answer once options are typed."""
    return whole_sets(answers_with(comparison, words))[0]


def _bound(row: Row, name: str) -> float | str:
    converted: float | None = getattr(row, f"{name}_months")
    if converted is not None:
        return converted
    return str(getattr(row, f"{name}_state")) or "not-given"


def _by_year(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.year or 9999, row.trial))


def _some(used: Sequence[object], aside: Sequence[SetAside]) -> None:
    if not used:
        lines = list(dict.fromkeys(f"{one.row.trial}: {one.why}" for one in aside))
        more = [f"and {len(lines) - 5} more"] if len(lines) > 6 else []
        reasons = "; ".join([*(lines[:5] if more else lines), *more])
        raise ValueError(f"nothing is left to pool ({reasons or 'no row was given'})")


def _made(
    comparison: Comparison,
    found: Pooled,
    scale: str,
    used: Sequence[Row],
    aside: Sequence[SetAside],
    accepted: Mapping[str, str],
    options: Mapping[str, Any],
    parts: tuple[tuple[Pooled, ...], str],
) -> PooledComparison:
    return PooledComparison(
        **asdict(found),
        scale=scale,
        measure=used[0].measure if used else PROPORTION,
        endpoint=comparison.endpoints[0],
        rows=tuple(used),
        rows_set_aside=tuple(aside),
        accepted=dict(accepted),
        options=dict(options),
        parts=parts[0],
        parts_are=parts[1],
        comparison=comparison,
    )
