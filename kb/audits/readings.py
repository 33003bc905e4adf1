"""Printed intervals of proportions, each with the counts, the level and the forms that may be its.

With whole percents the known forms of interval accept about half of all intervals that are of
another count or n. So that an interval fits is never said to confirm it where neighbours would fit
as well; `neighbours` counts them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.audits import methods
from kb.audits.causes import Claim, causes_of_interval
from kb.audits.study import name
from kb.rows.admitted import counts, exact_value, interval_printed, reported_events
from kb.rows.identity import arm_of, patients_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits.causes import Cause
    from kb.audits.study import Study
    from kb.rows.row import Row

Forms = dict[str, tuple[int, float]]
SISTERS: Final = 5
"""How many of the other n of an arm are tried at most, those printed most often."""
TRIED: Final = 40
"""How many counts behind one percent are tried at most."""
NEAR_N: Final = 3
NEAR_COUNT: Final = 2
"""How far n and the count may be off for the intervals that are held beside a fitting one."""


class Reading(NamedTuple):
    """A printed interval of a proportion: its row, its possible counts, its level, fitting forms.

    Where no level is printed it is 95 if some form fits at that, else the first of the likely
    levels at which one does.
    """

    row: Row
    n: int
    counts: tuple[int, ...]
    level: float
    forms: Forms
    sisters: tuple[int, ...] = ()

    @property
    def printed(self) -> str:
        """The interval as a message shows it."""
        level = f"{self.row.level:g} % " if self.row.level else ""
        value = f"{self.row.value} %" if exact_value(self.row) else f"{self.counts[0]} of {self.n}"
        return f"{name(self.row)}: {value} ({level}interval {self.row.low} to {self.row.high})"

    @property
    def fits(self) -> bool:
        """Whether some form gives the interval at the printed level, or at 95 where none is."""
        return bool(self.forms) and self.level == self.claim.level

    @property
    def causes(self) -> tuple[Cause, ...]:
        """What may stand behind an interval that does not fit, the likeliest first."""
        return () if self.fits else causes_of_interval(self.claim)

    @property
    def claim(self) -> Claim:
        """The row as one that may be explained by its likeliest slip."""
        return Claim(
            self.row.value if exact_value(self.row) else "",
            self.n,
            self.counts,
            self.row.low,
            self.row.high,
            self.row.level or methods.ASSUMED,
            stated=self.row.level is not None,
            counted=reported_events(self.row) is not None,
            sisters=self.sisters,
        )


def readings(study: Study) -> Iterator[Reading]:
    """Every two-sided interval of a proportion whose n and possible counts are known."""
    elsewhere = sisters(study)
    for row in study.proportions:
        two_sided = row.interval_sides in ("", "two") and interval_printed(row)
        if not two_sided or not row.n or float(row.low) >= float(row.high):
            continue
        possible = thinned(tuple(x for x in counts(row) if x <= row.n))
        if not possible:
            continue
        level, forms = _read(row, row.n, possible)
        yield Reading(row, row.n, possible, level, forms, other_n(elsewhere, row))


def _read(row: Row, n: int, possible: tuple[int, ...]) -> tuple[float, Forms]:
    """The level of an interval, and the forms that give it."""
    levels = (row.level,) if row.level else methods.LIKELY
    for level in levels:
        forms = methods.matching_any(possible, n, row.low, row.high, (level,))
        if forms:
            return level, forms
    return levels[0], {}


def thinned(possible: tuple[int, ...]) -> tuple[int, ...]:
    """At most `TRIED` of many counts, evenly: a whole percent of thousands admits hundreds."""
    if len(possible) <= TRIED:
        return possible
    step = (len(possible) - 1) / (TRIED - 1)
    return tuple(possible[round(k * step)] for k in range(TRIED))


def sisters(study: Study) -> dict[tuple[str, str], Counter[int]]:
    """Each arm with the n printed for it and how often; a row that names no patients has none."""
    found: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for row in study.rows:
        if row.n and patients_named(row):
            found[arm_of(row)][row.n] += 1
    return {arm: Counter(dict(each.most_common(SISTERS + 1))) for arm, each in found.items()}


def other_n(elsewhere: dict[tuple[str, str], Counter[int]], row: Row) -> tuple[int, ...]:
    """The other n printed for the arm of a row."""
    if not patients_named(row):
        return ()
    return tuple(n for n in elsewhere.get(arm_of(row), ()) if n != row.n)[:SISTERS]


def neighbours(one: Reading) -> list[tuple[int, int]]:
    """The counts and n next to those of a fitting interval that would have it as well.

    Tried are counts off by up to two and n off by up to three, each with the form to be named.
    """
    own = next(iter(one.forms.values()))[0] if one.forms else one.counts[0]
    return [
        (events, n)
        for n in range(max(1, one.n - NEAR_N), one.n + NEAR_N + 1)
        for events in range(max(0, own - NEAR_COUNT), min(n, own + NEAR_COUNT) + 1)
        if (n != one.n or events not in one.counts)
        and methods.matching(events, n, one.row.low, one.row.high, one.level)
    ]


def confirmed(one: Reading) -> bool:
    """Whether an interval speaks for its count and n: it fits, and no neighbour would."""
    return bool(one.forms) and not neighbours(one)


def unconfirmed(study: Study) -> list[Reading]:
    """The intervals that fit, and would fit a neighbouring count or n as well."""
    return [one for one in readings(study) if one.forms and neighbours(one)]


def fitting_as_well(one: Reading) -> str:
    """How little a fitting interval proves, as the tail of a sentence; empty where it proves it."""
    others = neighbours(one)
    if not others:
        return ""
    events, n = min(others, key=lambda each: abs(each[0] - one.counts[0]) + abs(each[1] - one.n))
    more = f" and those of {len(others) - 1} more neighbours" if len(others) > 1 else ""
    return f"; it fits, but so would that of {events} of {n}{more}"
