"""Ratios of a whole against those of the subgroups that make it up."""

from __future__ import annotations

from collections import defaultdict
from math import log
from typing import TYPE_CHECKING, Final

from kb.audits.finding import NOTE, Remark
from kb.audits.study import name
from kb.printed.number import span
from kb.rows.admitted import exact_value
from kb.rows.identity import RESPONDERS, judged, quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.audits.study import Study
    from kb.rows.row import Row

CHANCE: Final = 0.05
"""How far outside its subgroups a ratio may lie on the log scale: prognosis that is unequal between
the arms by chance."""
WEAKENED: Final = 0.1
"""How much nearer to 1 than all its subgroups it may lie: a ratio of a mixed population is weaker
than those of its parts (Gail, Wieand & Piantadosi 1984)."""
FEWEST: Final = 2
"""Subgroups that make up a whole."""
HISTOLOGY: Final = "histology"
NAMELESS: Final = ("", "other")
"""Keys that do not say by what patients are divided."""


def overall_outside_subgroups(study: Study) -> Iterator[Remark]:
    """The ratio of the whole lies outside the ratios of all subgroups that it is made up of.

    An overall effect is about a weighted mean of those of the subgroups, so that 0.60 does not go
    with 0.72 among men and 0.75 among women. Looked at are subgroups by one key of which each value
    is printed once, two at least, of the same contrast, endpoint and report; histologies of which
    one is under another are not judged, nor are subgroups by response, nor such as have, all
    together, fewer patients than the whole, nor, where no key is given, unless they have exactly
    its patients. Rounding is allowed for, and 0.05 on the log scale,
    towards 1 as much as 0.10 more. A note: with covariates, strata or a missing subgroup it can be.
    """
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in study.ratios:
        if exact_value(row) and float(row.value) > 0:
            groups[row.trial, row.report, row.arm, row.versus, *quantity(row), *judged(row)].append(
                row
            )
    for rows in groups.values():
        wholes = [row for row in rows if not row.subgroup]
        if len(wholes) != 1:
            continue
        for parts in _partitions(study, rows):
            said = _outside(wholes[0], parts)
            if said:
                yield Remark(NOTE, said, (wholes[0], *parts))


def _partitions(study: Study, rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The subgroups by each key that plainly exclude each other."""
    keyed: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if len(row.restrictions) == 1:
            ((key, value),) = row.restrictions
            keyed[key][value].append(row)
    for key, named in keyed.items():
        single = all(len(own) == 1 for own in named.values())
        if key == RESPONDERS or len(named) < FEWEST or not single:
            continue
        if key == HISTOLOGY:
            above = {value: study.vocabulary.ancestors(HISTOLOGY, value) for value in named}
            if any(value in above[other] for value in named for other in named if other != value):
                continue
        yield [own[0] for own in named.values()]


def _nameless(parts: Sequence[Row]) -> bool:
    """Whether nothing says that the subgroups exclude each other."""
    return any(key in NAMELESS for row in parts for key, _ in row.restrictions)


def _outside(whole: Row, parts: Sequence[Row]) -> str:
    """Where a ratio lies outside those of its parts, in words; empty where it does not."""
    patients = sum(row.n for row in parts if row.n)
    sized = bool(whole.n) and all(row.n for row in parts)
    if (sized and patients < (whole.n or 0)) or (_nameless(parts) and patients != whole.n):
        return ""
    low, high = span(whole.value)
    least = min(span(row.value).low for row in parts)
    most = max(span(row.value).high for row in parts)
    if low <= 0 or least <= 0:
        return ""
    below, above = log(least / high), log(low / most)
    allowed_below = CHANCE + (WEAKENED if least > 1 else 0)
    allowed_above = CHANCE + (WEAKENED if most < 1 else 0)
    if below <= allowed_below and above <= allowed_above:
        return ""
    listed = ", ".join(f"{row.value} in {row.restrictions[0][1]}" for row in parts)
    side = "below" if below > allowed_below else "above"
    return (
        f"{name(whole)}: {whole.measure.replace('-', ' ')} {whole.value} overall lies {side} that "
        f"of every subgroup ({listed}); unless a subgroup is missing, one of them is of other data"
    )
