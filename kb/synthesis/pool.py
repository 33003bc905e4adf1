"""`pool`: one comparison to one estimate, through the gate."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from kb.stats.results import Pooled
from kb.synthesis.gate import passed
from kb.synthesis.usable import SetAside, contrasted, counted, whole_sets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kb.comparison.result import Comparison
    from kb.comparison.row import Row


@dataclass(frozen=True, slots=True)
class PooledComparison(Pooled):
    """A pooled estimate with the rows it was made of, what was accepted, and what was set aside.

    `scale` says what `value` is: `proportion` (a fraction), `log-ratio`, or `months`. `parts` are
    the pooled estimates of groups, of leave-one-out or of growing sets, if they were asked for.
    """

    scale: str = "proportion"
    endpoint: str = ""
    rows: tuple[Row, ...] = ()
    rows_set_aside: tuple[SetAside, ...] = ()
    accepted: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[Pooled, ...] = ()
    parts_are: str = ""
    comparison: Comparison | None = None

    def _repr_html_(self) -> str:
        import kb

        return str(kb.render(self, "html"))


def label(row: Row) -> str:
    """What names a row in a figure or a list: its trial, and its arm or subgroup where needed."""
    parts = [row.acronym or row.trial]
    if row.part and row.part != "primary":
        parts.append(row.part)
    if row.subgroup:
        parts.append(row.subgroup.partition("=")[2])
    return ", ".join(parts)


def pool(
    comparison: Comparison,
    *,
    accept: Iterable[str] = (),
    by: str | None = None,
    leave_one_out: bool = False,
    cumulative: bool = False,
    **options: Any,
) -> PooledComparison:
    """Pool the rows of a comparison of one endpoint.

    Proportions are pooled from counts (options of `pool_proportions`); randomised ratios on the log
    scale from their intervals or p-values (options of `pool_effects`); medians when the comparison
    was asked for `measure="median"` (options of `pool_medians`, `method="weighted-median"` unless
    said). Subgroups whose whole is there are set aside. `accept` names reasons of the gate to go on
    in spite of; NotComparableError carries those that were not accepted. `by` groups by a row field
    (`regimen_classes`, `line`, `histologies`, `drugs` …) with a test between groups;
    `leave_one_out` and `cumulative` (by year) add estimates.
    ValueError where nothing is left to pool.
    """
    if len(comparison.endpoints) != 1:
        raise ValueError(f"one endpoint can be pooled at a time, got {len(comparison.endpoints)}")
    rows, parts = whole_sets(comparison.rows)
    more = (leave_one_out, cumulative)
    if any(row.contrast_kind for row in rows):
        found = _ratios(comparison, rows, accept, by, more, options)
    elif {row.measure for row in rows} == {"median"}:
        found = _medians(comparison, rows, accept, options)
    else:
        found = _proportions(comparison, rows, accept, by, more, options)
    return replace(found, rows_set_aside=(*found.rows_set_aside, *parts))


def _proportions(
    comparison: Comparison,
    rows: Sequence[Row],
    accept: Iterable[str],
    by: str | None,
    more: tuple[bool, bool],
    options: dict[str, Any],
) -> PooledComparison:
    from kb.stats import sensitivity
    from kb.stats.pooling import pool_proportions

    used, aside = counted(rows)
    _some(used, aside)
    accepted = passed(used, comparison.base, accept)
    used = _by_year(used) if more[1] else used
    events = [row.events or 0 for row in used]
    sizes = [row.n or 0 for row in used]
    parts = _parts(used, by, more, sensitivity, (events, sizes), options)
    return _made(
        comparison,
        pool_proportions(events, sizes, **options),
        "proportion",
        used,
        aside,
        accepted,
        options,
        parts,
    )


def _ratios(
    comparison: Comparison,
    rows: Sequence[Row],
    accept: Iterable[str],
    by: str | None,
    more: tuple[bool, bool],
    options: dict[str, Any],
) -> PooledComparison:
    from kb.stats import sensitivity
    from kb.stats.pooling import pool_effects

    used, aside = contrasted(rows)
    _some(used, aside)
    accepted = passed([one.row for one in used], comparison.base, accept)
    if more[1]:
        order = {
            row.address: place for place, row in enumerate(_by_year([one.row for one in used]))
        }
        used.sort(key=lambda one: order[one.row.address])
    values, errors = [one.value for one in used], [one.se for one in used]
    kept = [one.row for one in used]
    parts = _parts(kept, by, more, sensitivity, (values, errors), {**options, "of_effects": True})
    return _made(
        comparison,
        pool_effects(values, errors, **options),
        "log-ratio",
        kept,
        aside,
        accepted,
        options,
        parts,
    )


def _medians(
    comparison: Comparison, rows: Sequence[Row], accept: Iterable[str], options: dict[str, Any]
) -> PooledComparison:
    from kb.stats.medians import pool_medians

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
        labels=[label(row) for row in rows],
        **chosen,
    )
    return _made(comparison, found, "months", rows, [], accepted, chosen, ((), ""))


def _bound(row: Row, name: str) -> float | str:
    converted: float | None = getattr(row, f"{name}_months")
    if converted is not None:
        return converted
    return str(getattr(row, f"{name}_state")) or "not-given"


def _by_year(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.year or 9999, row.trial))


def _some(used: Sequence[object], aside: Sequence[SetAside]) -> None:
    if not used:
        reasons = "; ".join(dict.fromkeys(f"{one.row.trial}: {one.why}" for one in aside))
        raise ValueError(f"nothing is left to pool ({reasons or 'no row was given'})")


def _parts(
    rows: Sequence[Row],
    by: str | None,
    more: tuple[bool, bool],
    sensitivity: Any,
    numbers: tuple[Sequence[float], Sequence[float]],
    options: dict[str, Any],
) -> tuple[tuple[Pooled, ...], str]:
    labels = [label(row) for row in rows]
    how: Callable[..., list[Pooled]]
    if by is not None:
        groups = [str(getattr(row, by)) or "not stated" for row in rows]
        found = sensitivity.subgroups(*numbers, groups, **options)
        test = (
            f"Q between = {found.q_between:.2f}, df = {found.df_between}, p = {found.p_between:.3f}"
        )
        return tuple(found), f"by {by}: {test}"
    if more[0] and len(rows) > 1:
        how = sensitivity.leave_one_out
        return tuple(how(*numbers, labels=labels, **options)), "without each"
    if more[1]:
        how = sensitivity.cumulative
        return tuple(how(*numbers, labels=labels, **options)), "cumulative by year"
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
        endpoint=comparison.endpoints[0],
        rows=tuple(used),
        rows_set_aside=tuple(aside),
        accepted=dict(accepted),
        options=dict(options),
        parts=parts[0],
        parts_are=parts[1],
        comparison=comparison,
    )
