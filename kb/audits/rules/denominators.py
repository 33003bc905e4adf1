"""Denominators: rates out of different ones, and the ones that printed percents admit."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kb.audits.finding import NOTE, Remark
from kb.audits.study import name
from kb.rows.admitted import exact_value, reported_events
from kb.rows.identity import RESPONDERS
from kb.stats.proportions.counts import reconstruct_counts, reconstruct_denominators

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits.study import Study
    from kb.rows.row import Row

LARGEST_N: Final = 150


def denominator_mixed(study: Study) -> Iterator[Remark]:
    """Rates that belong together are out of different denominators within one arm. A note.

    Objective response out of 38 and disease control out of 35 of one arm in one report: they can
    be neither added nor subtracted.
    """
    arms: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in study.proportions:
        if row.n:
            arms[row.trial, row.report, row.arm, row.subgroup].append(row)
    for rows in arms.values():
        for row in rows:
            for other in rows:
                if other.endpoint not in study.uppers(row.endpoint) or row.n == other.n:
                    continue
                beside = {(one.endpoint, one.n) for one in rows}
                if (other.endpoint, row.n) in beside or (row.endpoint, other.n) in beside:
                    continue
                message = (
                    f"{name(row)} is out of {row.n} and {name(other)} out of {other.n} "
                    f"patients of one arm; they cannot be set off against each other"
                )
                yield Remark(NOTE, message, (row, other))


def responders_against_count(study: Study) -> Iterator[Remark]:
    """A set of responders has another n than the responders that the report counts. A note.

    Duration of response of 7 responders where the report prints 6 responses of the set that they
    are part of. Only printed counts of that set are looked at; one that agrees is enough.
    """
    seen: set[tuple[str, str]] = set()
    for row in study.rows:
        whole = (row.report, study.parents.get((row.report, row.set), ""))
        if row.n is None or RESPONDERS not in dict(row.restrictions) or whole[1] == "":
            continue
        counted = [
            one for one in study.proportions
            if (one.report, one.set) == whole
            and study.endpoints[one.endpoint].counts == RESPONDERS
            and reported_events(one) is not None
        ]  # fmt: skip
        if counted and row.n not in {one.events for one in counted} and row.place[1:] not in seen:
            seen.add(row.place[1:])
            printed = " and ".join(f"{name(one)} {one.events}" for one in counted)
            message = f"{name(row)} is of {row.n} responders; {whole[1]} has {printed}"
            yield Remark(NOTE, message, (row, *counted))


def percent_against_cohort_size(study: Study) -> Iterator[Remark]:
    """A percent without an n is no count out of any size known for these patients.

    `28.6 %` of a cohort that other reports give 12 patients, or that was planned for 12: 2 of 7 or
    4 of 14. A note, since the cohort may have grown; it needs at least one printed decimal.
    """
    sizes: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for row in study.proportions:
        if row.n:
            sizes[row.trial, row.arm, row.subgroup].add(row.n)
    for row in study.proportions:
        known = sorted(sizes[row.trial, row.arm, row.subgroup])
        where = "printed elsewhere"
        if not known and not row.subgroup and row.arm in study.planned:
            known, where = [study.planned[row.arm]], "planned"
        if row.n or not known or not exact_value(row) or "." not in row.value:
            continue
        if not 0 < float(row.value) < 100:
            continue
        if any(reconstruct_counts(row.value, n, rounding="any") for n in known):
            continue
        fits = [n for n, _ in reconstruct_denominators([row.value], largest=2 * max(known))]
        if fits:
            message = (
                f"{name(row)}: {row.value} % is no count out of {' or '.join(map(str, known))}, "
                f"the size {where}; it fits n = {', '.join(map(str, fits[:4]))}"
            )
            yield Remark(NOTE, message, (row,))


def denominator_implied(study: Study) -> Iterator[Remark]:
    """No n is printed, and the percents of these patients admit exactly one. A note.

    `24.7 %` and `82.5 %` of one arm, rounded, are possible out of 97 and of no other number of
    patients up to 150 (cut off, only out of 109). At least two different percents with a decimal
    are needed. Nothing is computed from an n that is only implied.
    """
    for group in study.by_set(study.proportions):
        rows = {
            row.value: row for row in group
            if row.n is None and exact_value(row) and "." in row.value
            and 0 < float(row.value) < 100
        }  # fmt: skip
        if len(rows) < 2:
            continue
        found = reconstruct_denominators(list(rows), largest=LARGEST_N)
        if len(found) == 1:
            n, counts = found[0]
            listed = ", ".join(
                f"{name(row)} {value} % is {' or '.join(map(str, each))}"
                for (value, row), each in zip(rows.items(), counts, strict=True)
            )
            message = (
                f"n is not printed; up to {LARGEST_N} only {n} admits these percents ({listed})"
            )
            yield Remark(NOTE, message, tuple(rows.values()))
