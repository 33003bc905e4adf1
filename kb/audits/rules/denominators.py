"""Denominators: rates out of different ones, and the ones that printed percents admit."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from kb.audits.finding import NOTE, Remark
from kb.audits.study import name
from kb.rows.admitted import counts, exact_value, reported_events
from kb.rows.identity import RESPONDERS, patients_named
from kb.stats.proportions.counts import reconstruct_counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits.study import Study
    from kb.rows.row import Row

LARGEST_N: Final = 150
FEWEST_OTHERS: Final = 2
"""Proportions of an arm that must carry one n before another's looks odd: of two, either may be."""
MOST_SIZES: Final = 12
"""Numbers of patients of one arm beyond which none of them is its size."""
LARGEST_SIZE: Final = 1000
"""Up to which n a percent alone is looked for."""


def denominator_mixed(study: Study) -> Iterator[Remark]:
    """Rates that belong together are out of different denominators within one arm. A note.

    Objective response out of 38 and disease control out of 35 of one arm in one report: they can
    be neither added nor subtracted. One note for two endpoints of an arm.
    """
    for arm in _arms(study).values():
        by_endpoint: dict[str, dict[int, Row]] = {}
        for one in arm:
            by_endpoint.setdefault(one.endpoint, {}).setdefault(one.n or 0, one)
        for endpoint, own in by_endpoint.items():
            for upper in sorted(study.uppers(endpoint) & by_endpoint.keys()):
                theirs = by_endpoint[upper]
                row = next((row for n, row in own.items() if n not in theirs), None)
                other = next((row for n, row in theirs.items() if n not in own), None)
                if row and other:
                    message = (
                        f"{name(row)} is out of {row.n} and {name(other)} out of {other.n} "
                        f"patients of one arm; they cannot be set off against each other"
                    )
                    yield Remark(NOTE, message, (row, other))


def denominator_apart(study: Study) -> Iterator[Remark]:
    """A percent has another n than all other proportions of its arm, and fits theirs as well.

    `29 % of 71` where response, progression and the rest are out of 75: 29 % is possible of both,
    so that rounding says nothing. At least two others, one n for all of them, and no count beside
    the percent, for a count would have said which n is right. A note: a rate of those who could be
    assessed has an n of its own. What no count of its own n gives is `percent-without-count`.
    """
    for arm in _arms(study).values():
        sizes = Counter(row.n or 0 for row in arm)
        if len(sizes) != 2:
            continue
        (n, most), (_, least) = sizes.most_common()
        if least != 1 or most < FEWEST_OTHERS:
            continue
        (row,) = (row for row in arm if row.n != n)
        if reported_events(row) is not None or not exact_value(row) or row.at_value:
            continue
        fits = 0 <= float(row.value) <= 100 and counts(row)
        if fits and reconstruct_counts(row.value, n):
            message = (
                f"{name(row)}: {row.value} % is out of {row.n}, and the {most} other proportions "
                f"of the arm are out of {n}, which it would fit as well"
            )
            yield Remark(NOTE, message, (row, *(one for one in arm if one is not row)))


def _arms(study: Study) -> dict[tuple[str, ...], list[Row]]:
    """The proportions with an n of each arm or subgroup of each report, where one is named."""
    arms: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in study.proportions:
        if row.n and patients_named(row):
            arms[row.trial, row.report, row.arm, row.subgroup].append(row)
    return arms


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
    for row in filter(patients_named, study.proportions):
        if row.n:
            sizes[row.trial, row.arm, row.subgroup].add(row.n)
    for row in filter(patients_named, study.proportions):
        known = sorted(sizes[row.trial, row.arm, row.subgroup])
        where = "printed elsewhere"
        if not known and not row.subgroup and row.arm in study.planned:
            known, where = [study.planned[row.arm]], "planned"
        if (
            row.n
            or not known
            or len(known) > MOST_SIZES
            or not exact_value(row)
            or "." not in row.value
        ):
            continue
        if not 0 < float(row.value) < 100:
            continue
        if any(reconstruct_counts(row.value, n, rounding="any") for n in known):
            continue
        fits = _smallest(row.value, min(LARGEST_SIZE, 2 * max(known)))
        if fits:
            message = (
                f"{name(row)}: {row.value} % is no count out of {' or '.join(map(str, known))}, "
                f"the size {where}; it fits n = {', '.join(map(str, fits))}"
            )
            yield Remark(NOTE, message, (row,))


def denominator_implied(study: Study) -> Iterator[Remark]:
    """No n is printed, and the percents of these patients admit exactly one. A note.

    `24.7 %` and `82.5 %` of one arm, rounded, are possible out of 97 and of no other number of
    patients up to 150 (cut off, only out of 109). At least two different percents with a decimal
    are needed. Nothing is computed from an n that is only implied.
    """
    for group in study.by_set(filter(patients_named, study.proportions)):
        rows = {
            row.value: row for row in group
            if row.n is None and exact_value(row) and "." in row.value
            and 0 < float(row.value) < 100
        }  # fmt: skip
        if len(rows) < 2:
            continue
        found = [
            n for n in range(1, LARGEST_N + 1)
            if all(reconstruct_counts(value, n) for value in rows)
        ]  # fmt: skip
        if len(found) == 1:
            (n,) = found
            listed = ", ".join(
                f"{name(row)} {value} % is {' or '.join(map(str, reconstruct_counts(value, n)))}"
                for value, row in rows.items()
            )
            message = (
                f"n is not printed; up to {LARGEST_N} only {n} admits these percents ({listed})"
            )
            yield Remark(NOTE, message, tuple(rows.values()))


@lru_cache(maxsize=4096)
def _smallest(percent: str, largest: int) -> tuple[int, ...]:
    """The four smallest n of which a rounded percent is possible."""
    sizes = range(1, largest + 1)
    return tuple(islice((n for n in sizes if reconstruct_counts(percent, n)), 4))
