"""Several reports of one result: which is shown, and why each of the others is not.

Reports that relay one publication, and that publication, are one release. The newest release that
prints a quantity is shown, and inside it the report that was read most directly.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kb.comparison.sum_choice import giving_way
from kb.printed.reading import LAST_RESORT, directness
from kb.rows.identity import patients, quantity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.rows.row import Row


def latest(rows: Iterable[Row]) -> list[Row]:
    """The rows of one trial, those not shown marked with the reason in `set_aside`."""
    rows = list(rows)
    reasons = giving_way(rows)
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row.address not in reasons:
            groups[(*patients(row), *quantity(row))].append(row)
    for group in groups.values():
        first_by_id = sorted(group, key=lambda row: row.report)
        only_tables = all(row.read == LAST_RESORT for row in group)
        best = max(first_by_id, key=lambda row: _rank(row, only_tables=only_tables))
        for row in group:
            if row.report != best.report:
                reasons[row.address] = _reason(row, best)
    return [replace(row, set_aside=reasons.get(row.address, "")) for row in rows]


def _rank(row: Row, *, only_tables: bool) -> tuple[bool, str, bool, int, int, bool]:
    decimals = sum(len(text.partition(".")[2]) for text in (row.value, row.low, row.high))
    return (
        only_tables or row.read != LAST_RESORT,
        row.release_date,
        not row.repeats,
        -directness(row.read),
        decimals,
        row.n is not None,
    )


def _reason(row: Row, best: Row) -> str:
    if row.read == LAST_RESORT and best.read != LAST_RESORT:
        return f"a review table; {best.report} prints it"
    if row.release == best.release:
        if row.repeats and not best.repeats:
            return f"repeats what {best.report} prints"
        if row.read != best.read:
            return f"the same release as {best.report}, which was read as {best.read}"
        return f"the same release as {best.report}"
    if row.release_date < best.release_date:
        dates = f" ({row.release_date or 'undated'}, before {best.release_date})"
        return f"an earlier release than {best.report}{dates}"
    alike = (
        f"a release {'of the same date as' if row.release_date else 'undated like'} {best.report}"
    )
    return alike if row.read == best.read else f"{alike}, which was read as {best.read}"
