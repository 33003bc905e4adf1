"""Rates at a time against counts: of other patients, and of all events of the curve."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kb.audits.curves import alike, shown, time_of, true_span
from kb.audits.finding import ERROR, NOTE, WARNING, Remark
from kb.printed.measure import LANDMARK, MEDIAN
from kb.printed.number import decimals, span
from kb.printed.time import months, unit_named
from kb.rows.admitted import exact_value, reported_events
from kb.rows.identity import patients
from kb.stats.proportions.counts import reconstruct_counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits.study import Study
    from kb.rows.row import Row

MINIMUM: Final = "minimum"
"""The word for the least follow-up of any patient who had no event."""
BY_CHANCE: Final = 0.05
"""How likely a rate may be a count of one of the other n by chance for it to be said."""
FOLLOWED: Final = re.compile(
    r"\b(?P<what>min(?:imum)?|median)\b\D*?(?P<length>\d+(?:\.\d+)?)\s*(?P<unit>[a-z]+)",
    re.IGNORECASE,
)
"""The least or the median follow-up in words: `median 14.7 months`."""


def events_against_rate(study: Study) -> Iterator[Remark]:
    """A rate at a time is lower than all events of the curve together allow, given the follow-up.

    Events are those printed beside the median of the same curve. They lower a Kaplan–Meier curve
    most where all who can leave it early have left: with h patients followed to the time, or until
    their event, d events in all leave it at 1 − d / h or above. Where the least follow-up is not
    before the time, h is n; where the median follow-up is, h is n / 2 or more. A lower rate is an
    error with a least follow-up, if the endpoint cannot be above another: progression is not looked
    for to the end of follow-up. Else it is a warning, for a median follow-up by reverse
    Kaplan–Meier is itself an estimate. Without follow-up nothing is certain: before the time any
    number may have left, and the event of the last patient ends a curve at 0.
    """
    for group in alike((*study.medians, *study.landmarks)):
        counted: dict[tuple[str, str], Row] = {}
        for row in group:
            if row.measure == MEDIAN and reported_events(row) is not None and row.n:
                counted.setdefault((row.endpoint, row.id), row)
        for rate in group:
            median = counted.get((rate.endpoint, rate.id))
            own = true_span(rate)
            if median is None or own is None or rate.measure != LANDMARK:
                continue
            for what, length in _followed(rate.follow_up or median.follow_up):
                n, events = median.n or 0, median.events or 0
                share = n if what == MINIMUM else n / 2
                floor = 100 * (1 - events / share)
                if length >= time_of(rate) and own.high < floor:
                    message = (
                        f"{shown(rate)}, but {events} of {n} patients had an event, and with "
                        f"follow-up of {rate.follow_up or median.follow_up} the rate cannot "
                        f"be below {floor:.1f} %"
                    )
                    sure = what == MINIMUM and not study.uppers(rate.endpoint)
                    yield Remark(ERROR if sure else WARNING, message, (rate, median))


def _followed(text: str) -> Iterator[tuple[str, float]]:
    """The least and the median follow-up that a text states, in months, at the least."""
    for found in FOLLOWED.finditer(text):
        unit = unit_named(found["unit"])
        if unit:
            what = MEDIAN if found["what"].casefold() == MEDIAN else MINIMUM
            yield what, months(span(found["length"]).low, unit)


def rate_of_another_n(study: Study) -> Iterator[Remark]:
    """A survival rate is k of n patients, for an n that is printed elsewhere for the arm.

    `46.67 %` beside n = 52, where other rows of the arm have 45: 21 of 45. It may be a crude rate,
    with those left out who were not followed to the time. Judged are rates that are no count of
    their own n. With n other patients and one decimal a share of n / 1000 of all rates is some
    count, so that only rates with decimals are judged, and only where all other n of the arm
    together would give a count by chance in fewer than 1 of 20; the message gives the chance. Few
    rates are so precise: 3 of 78 in the base, of which 2 are counts of another n. A note.
    """
    others: dict[tuple[str, ...], dict[int, None]] = defaultdict(dict)
    for row in study.rows:
        if row.n and row.arm and not row.versus:
            others[patients(row)][row.n] = None
    totals = {key: sum(sizes) for key, sizes in others.items()}
    for row in study.landmarks:
        if not (row.n and row.arm and exact_value(row) and decimals(row.value)):
            continue
        own = span(row.value)
        if not 0 < own.low < own.high < 100 or reconstruct_counts(row.value, row.n, rounding="any"):
            continue
        key = patients(row)
        chance = (totals[key] - row.n) * (own.high - own.low) / 100
        if chance > BY_CHANCE:
            continue
        for n in (n for n in others[key] if n != row.n):
            counts = reconstruct_counts(row.value, n, rounding="any")
            if counts:
                message = (
                    f"{shown(row)} is no count of its {row.n} patients but {counts[0]} of {n}, an "
                    f"n of other rows of the arm: it may be a crude rate (by chance "
                    f"{100 * chance:.1f} in 100)"
                )
                yield Remark(NOTE, message, (row,))
                break
