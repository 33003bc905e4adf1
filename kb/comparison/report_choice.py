"""Several reports of one result: which is shown, and why each of the others is not.

Reports that relay one publication, and that publication, are one release. The newest release that
prints a quantity is shown, and inside it the report that was read most directly. Which of several
reports comes first is decided once for a trial, so that its medians and its hazard ratios, and both
its arms, come from one document; the next is asked only for what the first does not print.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kb.comparison.sum_choice import giving_way
from kb.printed.reading import LAST_RESORT, directness
from kb.rows.identity import patients, quantity
from kb.rows.sums import computed_sum

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.rows.row import Row

REPORTED: Final = "reported"


def latest(rows: Iterable[Row], every: Iterable[Row] | None = None) -> list[Row]:
    """The rows of one trial, those not shown marked with the reason in `set_aside`.

    `every` holds all rows of the trial where `rows` are only those of some endpoints, so that the
    order of its reports does not depend on what was asked for.
    """
    rows = list(rows)
    reasons = giving_way(rows)
    order = _order(rows if every is None else every)
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row.address not in reasons:
            groups[_printed(row)].append(row)
    for group in groups.values():
        only_tables = all(row.read == LAST_RESORT for row in group)
        best = max(group, key=lambda row: _rank(row, order, only_tables=only_tables))
        for row in group:
            if row.report != best.report:
                reasons[row.address] = _reason(row, best)
    return [replace(row, set_aside=reasons.get(row.address, "")) for row in rows]


def _printed(row: Row) -> tuple[str, ...]:
    """What a report prints: a quantity of some patients."""
    return (*patients(row), *quantity(row))


def _rank(
    row: Row, order: Mapping[tuple[str, str, str], int], *, only_tables: bool
) -> tuple[bool, str, bool, int, int]:
    return (
        only_tables or row.read != LAST_RESORT,
        row.release_date,
        not row.repeats,
        -directness(row.read),
        -order[row.release_date, row.read, row.report],
    )


def _order(rows: Iterable[Row]) -> dict[tuple[str, str, str], int]:
    """The place of each report among those of one date that were read alike.

    One comes before another that prints fewer decimals in what both print, then before one that
    prints n of fewer numbers; the id decides last.
    """
    printed: dict[str, dict[tuple[str, ...], tuple[int, bool]]] = defaultdict(dict)
    alike: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        own = printed[row.report]
        found = _fullness(row), row.n is not None
        own[_printed(row)] = max(own.get(_printed(row), found), found)
        alike[row.release_date, row.read].add(row.report)
    places: dict[tuple[str, str, str], int] = {}
    for (date, read), tied in alike.items():
        won = {
            one: sum(_fuller(printed[one], printed[other]) for other in tied if other != one)
            for one in tied
        }
        ordered = sorted(tied, key=lambda one: (-won[one], one))
        places |= {(date, read, one): place for place, one in enumerate(ordered)}
    return places


def _fullness(row: Row) -> int:
    """How many decimals a number and its interval are printed with; computed ones have none."""
    texts = [row.value] if row.value_source == REPORTED else []
    if row.interval_source == REPORTED:
        texts += [row.printed_low or row.low, row.printed_high or row.high]
    return sum(len(text.partition(".")[2]) for text in texts)


def _fuller(
    one: Mapping[tuple[str, ...], tuple[int, bool]],
    other: Mapping[tuple[str, ...], tuple[int, bool]],
) -> bool:
    """Whether one report prints what both print more fully."""
    both = one.keys() & other.keys()
    sums = [tuple(sum(own[key][part] for key in both) for part in (0, 1)) for own in (one, other)]
    return sums[0] > sums[1]


def _reason(row: Row, best: Row) -> str:
    if row.read == LAST_RESORT and best.read != LAST_RESORT:
        what = "its parts" if computed_sum(best) else "it"
        return f"a review table; {best.report} prints {what}"
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
