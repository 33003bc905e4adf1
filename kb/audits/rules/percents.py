"""Percents against the counts they stand for; rates at a time are never counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from math import ceil, floor
from typing import TYPE_CHECKING, Final

from kb.audits.causes import COUNT, PERCENT, Claim, causes_of_percent
from kb.audits.finding import ERROR, NOTE, WARNING, Remark
from kb.audits.methods import ASSUMED
from kb.audits.readings import other_n, sisters
from kb.audits.study import name
from kb.audits.typing_errors import slip
from kb.printed.number import Admitted, admitted, as_printed, decimals, half_up, prints_as
from kb.rows.admitted import exact_value, interval_printed, reported_events
from kb.rows.identity import patients_named
from kb.sentences import count
from kb.stats.proportions.counts import reconstruct_counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits.causes import Cause
    from kb.audits.study import Study
    from kb.rows.row import Row

SILENT: Final = ("half-up", "half-even")
WAYS: Final = 3
"""How many n, or counts, a message names at most, the nearest."""
UNLIKELY: Final = 50
"""How many times less likely than the likeliest a cause may be to be named."""
BESIDE: Final = 12
"""How many other percents, and numbers of patients, are held beside a percent at most."""
FARTHEST: Final = 100
"""How far from n another is looked for at most; a quarter of n, at least 10."""


def percent_against_count(study: Study) -> Iterator[Remark]:
    """A printed percent is not the printed count over the printed n, however it is rounded.

    `8 of 32, 27 %`: 8/32 is 25 %. An error, for the three numbers cannot all be right; the message
    names what would most likely set them right, n or the count off by a few before a slip of the
    pen before what lies further off. If the percent is that of the same count over another n which
    the source prints for these patients, it is a warning: the denominator may only be unstated. So
    it is if the percent was rounded twice (38.46, 38.5, 39), or rounded to a whole number and
    printed with a decimal, and for harms and characteristics, of which not every patient of the set
    may have been asked. Rounding half up and half to even are silent, truncation is
    `percent-truncated`, approximations are not judged.
    """
    elsewhere = sisters(study)
    for row, estimated in _with_count(study):
        events, n = reported_events(row), row.n
        if events is None or not n or _prints(events, n, row.value, "any"):
            continue
        fit = as_printed(100 * events / n, row.value)
        others = [m for m in other_n(elsewhere, row) if _prints(events, m, row.value, "any")]
        loose = _loosely(row.value, events, n)
        message = (
            f"{name(row)}: {row.value} % is printed for {events} of {n}, which is {fit} %"
            f"{loose or _which_would(row, events, n, sorted(others))}"
        )
        sure = estimated and not others and not loose
        yield Remark(ERROR if sure else WARNING, message, (row,))


def percent_truncated(study: Study) -> Iterator[Remark]:
    """A percent is cut off where rounding would give another digit: `2 of 12, 16.6 %`. A note.

    Without a printed count it is a note when no count rounds to the percent and exactly one, cut
    off, prints so. An n printed for the arm elsewhere, of which that count would be the percent
    rounded, is named first.
    """
    elsewhere = sisters(study)
    for row, _ in _with_count(study):
        n, events = row.n, reported_events(row)
        if not n or (events is None and any(_possible(row.value, n, one) for one in SILENT)):
            continue
        found = [events] if events is not None else _counts(row.value, n, "truncated")
        cut = [x for x in found if _truncated(x, n, row.value)]
        if len(cut) == 1:
            fit = as_printed(100 * cut[0] / n, row.value)
            others = [
                other for other in other_n(elsewhere, row)
                if cut[0] <= other and _prints(cut[0], other, row.value, "half-up")
            ]  # fmt: skip
            told = (
                f"{cut[0]} of {others[0]}, an n printed for this arm elsewhere, or {cut[0]} of {n}"
                if others
                else f"{cut[0]} of {n}"
            )
            message = f"{name(row)}: {row.value} % is {told} cut off; rounded it is {fit} %"
            yield Remark(NOTE, message, (row,))


def percent_without_count(study: Study) -> Iterator[Remark]:
    """No count out of the printed n prints as the percent, neither rounded nor cut off.

    `24.9 % of 97`: 24 of 97 is 24.7 %. A warning and no error: one of the two numbers is not what
    the row says it is, but a denominator that is not stated, or a rate that was estimated and not
    counted, would explain it without a slip. The message gives the nearest count, and the n out of
    which this percent and the others of the same patients are all possible, first one printed for
    the arm. Every n that rounding excludes is found; of whole percents that is no n from 100 on,
    and `denominator-apart` looks at the other rows of the arm. Rates at a time are
    `rate-not-counted`, fractions `fraction-for-percent`.
    """
    known = _Printed(study)
    for row in _uncounted(study):
        n = row.n
        if not n or row.at_value or _fraction_of(row.value, n):
            continue
        near = min(n, max(0, round(float(row.value) * n / 100)))
        fit = as_printed(100 * near / n, row.value)
        words = slip(row.value, fit)
        message = (
            f"{name(row)}: no count out of {n} prints as {row.value} %; {near} of {n} is {fit} %"
            f"{f' ({words}?)' if words else ''}{known.fitting(row, n)}"
        )
        yield Remark(WARNING, message, (row,))


def _fraction_of(text: str, n: int) -> bool:
    """Whether a number between 0 and 1 prints as a fraction of n."""
    between = 0 < float(text) < 1 and decimals(text) > 0
    return between and any(
        prints_as(Fraction(events, n), text, rounding="any") for events in range(n + 1)
    )


def rate_not_counted(study: Study) -> Iterator[Remark]:
    """A rate at a time that is printed as a proportion is no count out of its n.

    `progression-free at 12 weeks 63 % of 13`: 8 of 13 is 62 %. One warning per report, endpoint
    and time, naming how many of its rates are no counts out of their n. They are likely
    Kaplan–Meier estimates, which have no binomial interval and cannot be pooled as proportions.
    """
    reports: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in _uncounted(study):
        if row.at_value:
            reports[_timed(row)].append(row)
    alike = Counter(_timed(row) for row, _ in _with_count(study)) if reports else Counter()
    for key, rows in reports.items():
        *_, at, unit = key
        listed = ", ".join(f"{row.value} % of {row.n}" for row in rows[:4])
        message = (
            f"{name(rows[0])} at {at} {unit}: {len(rows)} of {alike[key]} rates are no counts out "
            f"of their n ({listed}); they may be Kaplan–Meier estimates"
        )
        yield Remark(WARNING, message, tuple(rows))


def _timed(row: Row) -> tuple[str, ...]:
    return row.trial, row.report, row.endpoint, row.at_value, row.at_unit


def _uncounted(study: Study) -> Iterator[Row]:
    for row, _ in _with_count(study):
        if row.events_source != "reported" and not _possible(row.value, row.n or 1):
            yield row


def _with_count(study: Study) -> Iterator[tuple[Row, bool]]:
    """Rows with a percent and an n, and whether they are estimates and not mere shares."""
    for rows, estimated in ((study.proportions, True), (study.shares, False)):
        for row in rows:
            events = reported_events(row)
            possible = events is None or (row.n is not None and events <= row.n)
            if row.n and possible and exact_value(row) and 0 <= float(row.value) <= 100:
                yield row, estimated


def _prints(events: int, n: int, percent: str, rounding: str) -> bool:
    return Fraction(100 * events, n) in _admitted(percent, rounding)


def _truncated(events: int, n: int, percent: str) -> bool:
    rounded = any(_prints(events, n, percent, rounding) for rounding in SILENT)
    return not rounded and _prints(events, n, percent, "truncated")


def _counts(percent: str, n: int, rounding: str) -> list[int]:
    return reconstruct_counts(percent, n, rounding=rounding)


def _loosely(percent: str, events: int, n: int) -> str:
    """How a percent was rounded by more steps than one, if it was."""
    true = Fraction(100 * events, n)
    more = half_up(true, decimals(percent) + 1)
    if half_up(Fraction(more), decimals(percent)) == percent:
        return f" (rounded twice, by way of {more}?)"
    whole, _, fraction = percent.partition(".")
    if fraction and not fraction.strip("0") and half_up(true, 0) == whole:
        return f" (rounded to {whole}, and a decimal added?)"
    return ""


def _which_would(row: Row, events: int, n: int, printed: list[int]) -> str:
    """Which n, count or slip would explain a percent, as the tail of a sentence."""
    if printed:
        return f"; it is that of {events} of {printed[0]}, an n printed for this arm elsewhere"
    bounds = (row.low, row.high) if interval_printed(row) else ("", "")
    claim = Claim(row.value, n, (events,), *bounds, row.level or ASSUMED)
    found = causes_of_percent(claim)
    slips = [cause for cause in found if cause.kind == PERCENT]
    others = [cause for cause in found if cause.kind != PERCENT]
    near = [cause for cause in others if cause.weight * UNLIKELY >= others[0].weight]
    kinds = dict.fromkeys(cause.kind for cause in near)
    groups = [[cause for cause in near if cause.kind == kind][:WAYS] for kind in kinds]
    groups.sort(key=_together, reverse=True)
    ways = [_way(each) for each in groups]
    first = slips and (not groups or slips[0].weight > _together(groups[0]))
    words = _mistyped(slips[0]) if first else ""
    if not ways:
        return words or "; no count out of that n prints so"
    also = f", or {slips[0].meant} was meant" if slips and not first else ""
    also += f" ({slips[0].words})" if also and slips[0].words else ""
    return f"{words}; {', or '.join(ways)} would print so{also}"


def _mistyped(cause: Cause) -> str:
    """The slip in a percent, or else what shows that the percent is what is wrong."""
    if cause.words:
        return f" ({cause.words}?)"
    return f"; the interval is that of {cause.events} of {cause.n} by {cause.form}"


def _together(causes: list[Cause]) -> float:
    return sum(one.weight for one in causes)


def _way(causes: list[Cause]) -> str:
    """Some n for one count, or some counts of one n."""
    if causes[0].kind == COUNT:
        return f"{_listed([str(x) for x in sorted(one.events for one in causes)])} of {causes[0].n}"
    return f"{causes[0].events} of {_listed([str(m) for m in sorted(one.n for one in causes)])}"


class _Printed:
    """What a study prints beside a percent: other percents of its patients, and numbers of them."""

    def __init__(self, study: Study) -> None:
        self.elsewhere = sisters(study)
        self.percents: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
        for one in study.proportions:
            beside = self.percents[one.place]
            if exact_value(one) and patients_named(one) and len(beside) < BESIDE:
                beside[one.value] = None
        printed: dict[str, Counter[int]] = defaultdict(Counter)
        for one in (*study.rows, *study.shares):
            if one.n:
                printed[one.report][one.n] += 1
        self.printed = {
            report: {n for n, _ in each.most_common(BESIDE)} for report, each in printed.items()
        }

    def fitting(self, row: Row, n: int) -> str:
        """The denominators near n of which all percents of these patients are possible."""
        percents = sorted({*self.percents[row.place], row.value})
        if any(not 0 <= float(percent) <= 100 for percent in percents):
            return ""
        arm, report = other_n(self.elsewhere, row), self.printed[row.report]
        reach = min(FARTHEST, max(10, n // 4))
        around = {m for m in range(n - reach, n + reach + 1) if m > 0}
        around |= {m for m in (*arm, *report) if m <= 2 * n + 10}
        near = sorted(around, key=lambda m: (m not in arm, m not in report, abs(m - n)))
        fitting = (m for m in near if all(_possible(one, m) for one in percents))
        nearest = list(islice(fitting, 3))
        if not nearest:
            return ""
        others = len(percents) - 1
        many = f" and {count(others, 'other percent')} of these patients" if others else ""
        if nearest[0] in arm:
            return f"; it{many} would fit n = {nearest[0]}, printed for this arm elsewhere"
        return f"; it{many} would fit n = {_listed([str(m) for m in sorted(nearest)])}"


@lru_cache(maxsize=65536)
def _possible(percent: str, n: int, rounding: str = "any") -> bool:
    """Whether some count out of n prints so; the nearest counts are enough to know."""
    true = _admitted(percent, rounding)
    near = Fraction(percent) * n / 100
    return any(
        Fraction(100 * x, n) in true for x in range(floor(near), ceil(near) + 2) if 0 <= x <= n
    )


@lru_cache(maxsize=4096)
def _admitted(percent: str, rounding: str) -> Admitted:
    return admitted(percent, rounding=rounding)


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"
