"""`pool`: one comparison to one estimate, through the gate."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from math import exp
from typing import TYPE_CHECKING, Any

from kb.comparison.compare import of_counts
from kb.printed.measure import FRACTION, LOG_RATIO, MEDIAN, MONTHS, PROPORTION
from kb.rows.labels import group_name, labels
from kb.rows.row import FIELDS
from kb.sentences import named, suggestion
from kb.stats.results import Pooled
from kb.synthesis.effect_sizes import SetAside, contrasted, counted, whole_sets
from kb.synthesis.gate.reasons import passed
from kb.view import View
from kb.vocabulary.vocabulary import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kb.comparison.compare import Comparison
    from kb.rows.row import Row


@dataclass(frozen=True, slots=True)
class PooledComparison(Pooled, View):
    """A pooled estimate with the rows it was made of, what was accepted, and what was set aside.

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


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What is estimated besides the whole: groups, the rest without each row, or growing sets."""

    by: str | None = None
    leave_one_out: bool = False
    cumulative: bool = False
    shared_tau2: bool = False

    def __post_init__(self) -> None:
        asked = [
            name
            for name, wanted in (
                ("by", self.by is not None),
                ("leave_one_out", self.leave_one_out),
                ("cumulative", self.cumulative),
            )
            if wanted
        ]
        if len(asked) > 1:
            raise ValueError(f"one of {', '.join(asked)} at a time")
        if self.by is not None and self.by not in FIELDS:
            near = suggestion(nearest(self.by, list(FIELDS)))
            raise ValueError(f"{self.by!r} is no field of a row{near}")
        if self.shared_tau2 and self.by is None:
            raise ValueError("shared_tau2 is of groups: say by what")


def pool(
    comparison: Comparison,
    *,
    accept: Iterable[str] = (),
    by: str | None = None,
    leave_one_out: bool = False,
    cumulative: bool = False,
    shared_tau2: bool = False,
    ratio: str | None = None,
    **options: Any,
) -> PooledComparison:
    """Pool the rows of a comparison of one endpoint.

    Proportions are pooled from counts (options of `pool_proportions`); randomised contrasts on the
    scale of their measure from their intervals or p-values (options of `pool_effects`); medians
    when the comparison was asked for `measure="median"` (options of `pool_medians`,
    `method="weighted-median"` unless said). `ratio` (`odds-ratio`, `risk-ratio`) turns proportions
    of randomised arms into ratios by their counts first. Subgroups whose whole is there are set
    aside. `accept` names reasons of the gate to go on in spite of; NotComparableError carries the
    others. `by` groups by a row field (`regimen_classes`, `line`, `histologies`, `drugs` …) with a
    test between groups, each with its own tau² or with a `shared_tau2`; `leave_one_out` names the
    row that carries most of tau²; `cumulative` adds row by row, by year. One of the three at a
    time. ValueError where nothing is left to pool, and for options that do not go together.
    """
    if len(comparison.endpoints) != 1:
        raise ValueError(f"one endpoint can be pooled at a time, got {len(comparison.endpoints)}")
    if ratio is not None:
        comparison = of_counts(comparison, ratio)
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
    return replace(found, rows_set_aside=(*found.rows_set_aside, *aside))


def _proportions(
    comparison: Comparison,
    rows: Sequence[Row],
    accept: Iterable[str],
    asked: Sensitivity,
    options: dict[str, Any],
) -> PooledComparison:
    from kb.stats.pooling.pool import pool_proportions

    used, aside = counted(rows)
    _some(used, aside)
    accepted = passed(used, comparison.base, accept)
    used = _by_year(used) if asked.cumulative else used
    events = [row.events or 0 for row in used]
    sizes = [row.n or 0 for row in used]
    whole = pool_proportions(events, sizes, **options)
    parts = _parts(used, asked, whole, (events, sizes), options)
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

    used, aside = contrasted(rows)
    _some(used, aside)
    accepted = passed([one.row for one in used], comparison.base, accept)
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
    parts = _parts(kept, asked, whole, (values, errors), effects)
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
    accepted = passed(rows, comparison.base, accept)
    chosen = {"method": "weighted-median", **options}
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
    return _made(comparison, found, MONTHS, rows, [], accepted, chosen, ((), ""))


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


def _parts(
    rows: Sequence[Row],
    asked: Sensitivity,
    whole: Pooled,
    numbers: tuple[Sequence[float], Sequence[float]],
    options: dict[str, Any],
) -> tuple[tuple[Pooled, ...], str]:
    """The estimates besides the whole, and in words what they are and what they show."""
    from kb.stats.pooling import sensitivity

    names = labels(rows)
    if asked.by is not None:
        groups = [group_name(getattr(row, asked.by)) for row in rows]
        found = sensitivity.subgroups(*numbers, groups, shared_tau2=asked.shared_tau2, **options)
        if found.df_between < 1:
            return tuple(found), f"by {asked.by}: one group, so nothing to test"
        p = f"p {'< .001' if found.p_between < 0.0005 else f'= {found.p_between:.3f}'}"
        test = f"Q between = {found.q_between:.2f}, df = {found.df_between}, {p}"
        return tuple(found), f"by {asked.by}: {test}"
    if asked.leave_one_out and len(rows) > 1:
        without = sensitivity.leave_one_out(*numbers, labels=names, **options)
        carrier = sensitivity.driver(whole, without)
        left, held = (f"{one.tau2:.3f}" if one else "" for one in (carrier, whole))
        said = (
            f"; {carrier.label} carries most heterogeneity: without it tau² is {left}, with it "
            f"{held}"
            if carrier and left != held
            else ""
        )
        return tuple(without), f"without each{said}"
    if asked.cumulative:
        return tuple(
            sensitivity.cumulative(*numbers, labels=names, **options)
        ), "cumulative by year"
    return (), ""


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
