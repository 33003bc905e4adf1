"""Categories that exclude each other against the whole, in percents as well as in patients."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from kb.audits.finding import ERROR, WARNING, Remark
from kb.audits.rules.components import TINY, WHOLE, shown
from kb.printed.number import as_printed
from kb.rows.admitted import percent_span, reported_events
from kb.rows.identity import patients_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kb.audits.study import Study
    from kb.rows.row import Row
    from kb.vocabulary.terms import Endpoint

Leaves = frozenset[str]
UNKNOWN: Final = 0
"""An n that is not printed; nobody is counted out of 0 patients."""


def categories_over_whole(study: Study) -> Iterator[Remark]:
    """Categories that exclude each other make more than 100 %: response and progression.

    `completes` in the vocabulary says which categories hold each patient once, `sum_of` which rates
    are made of them: objective response 55 % and progressive disease 52 % cannot both be true of
    the same patients. Compared are rates of one set, judged alike and at one time, at the kindest
    rounding; those that overlap are never added. An error if all are out of one printed n, a
    warning if an n is not printed, for then one may be out of fewer patients. Categories that are
    all printed as counts of one n are `components-against-n`.
    """
    leaves = _leaves(study.endpoints)
    whole = {one: each for one, each in leaves.items() if each}
    for group in study.by_set(filter(patients_named, study.proportions)):
        sizes: dict[int, dict[str, Row]] = {}
        for row in group:
            if row.endpoint in whole and percent_span(row) is not None:
                sizes.setdefault(row.n or UNKNOWN, {}).setdefault(row.endpoint, row)
        unsized = sizes.pop(UNKNOWN, {})
        for rows in sizes.values() if sizes else (unsized,):
            chosen = _most({**unsized, **rows}, whole)
            total = sum(_least(row) for row in chosen)
            if total > WHOLE + TINY and not _counted(chosen, whole):
                sized = all(row.n for row in chosen)
                listed = " + ".join(shown(row) for row in chosen)
                message = (
                    f"{listed} make {'' if _exact(chosen) else 'at least '}"
                    f"{as_printed(total, '0.0')} %, and no patient is in two of them"
                )
                yield Remark(ERROR if sized else WARNING, message, tuple(chosen))


def _least(row: Row) -> float:
    true = percent_span(row)
    return max(0.0, true.low) if true else 0.0


def _exact(rows: Sequence[Row]) -> bool:
    return all(reported_events(row) is not None for row in rows)


def _counted(rows: Sequence[Row], leaves: Mapping[str, Leaves]) -> bool:
    """Whether `components-against-n` has judged these rows: single categories, all counted."""
    return _exact(rows) and all(len(leaves[row.endpoint]) == 1 for row in rows)


def _leaves(endpoints: Mapping[str, Endpoint]) -> dict[str, Leaves]:
    """The categories that each rate is made of; none for a rate that is not made of them."""
    exclusive = {
        one for end, term in endpoints.items() if term.completes for one in (end, *term.completes)
    }

    def of(endpoint: str, above: Leaves = frozenset()) -> Leaves:
        if endpoint in exclusive:
            return frozenset({endpoint})
        term = endpoints.get(endpoint)
        parts = [of(one, above | {endpoint}) for one in term.sum_of] if term else []
        known = all(parts) and endpoint not in above
        return frozenset().union(*parts) if known else frozenset()

    return {endpoint: of(endpoint) for endpoint in endpoints}


def _most(rows: Mapping[str, Row], leaves: Mapping[str, Leaves]) -> list[Row]:
    """The rates without a category in common that make the most together."""
    order = sorted(rows)

    @cache
    def best(at: int, taken: Leaves) -> tuple[float, tuple[str, ...]]:
        if at == len(order):
            return 0.0, ()
        without = best(at + 1, taken)
        own = leaves[order[at]]
        if own & taken:
            return without
        rest, chosen = best(at + 1, taken | own)
        amount = _least(rows[order[at]]) + rest
        return max(without, (amount, (order[at], *chosen)), key=lambda each: each[0])

    return [rows[one] for one in best(0, frozenset())[1]]
