"""Percents against the counts they stand for; rates at a time are never counted."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

from kb.audits.finding import ERROR, NOTE, WARNING, Remark
from kb.audits.study import name
from kb.audits.typing_errors import slip
from kb.printed.number import as_printed, decimals, half_up, prints_as
from kb.rows.admitted import exact_value, reported_events
from kb.sentences import count
from kb.stats.proportions.counts import reconstruct_counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits.study import Study
    from kb.rows.row import Row

SILENT = ("half-up", "half-even")
LARGEST_WHOLE = 400


def percent_against_count(study: Study) -> Iterator[Remark]:
    """A printed percent is not the printed count over the printed n, however it is rounded.

    `8 of 32, 27 %`: 8/32 is 25 %. An error, for the three numbers cannot all be right; the message
    names the counts and the denominators that would print so, and the slip that would explain the
    percent. If the percent is that of the same count over another n which the source prints for
    these patients, it is a warning: the denominator may only be unstated. So it is if the percent
    was rounded twice (38.46, 38.5, 39), or rounded to a whole number and printed with a decimal,
    and for harms and characteristics, of which not every patient of the set may have been asked.
    Rounding half up and half to even are silent, truncation is `percent-truncated`, approximations
    are not judged.
    """
    for row in _with_count(study):
        events, n = reported_events(row), row.n
        if events is None or not n or _prints(events, n, row.value, "any"):
            continue
        fit = as_printed(100 * events / n, row.value)
        others = _other_denominators(study, row, events)
        loose = _loosely(row.value, events, n)
        message = (
            f"{name(row)}: {row.value} % is printed for {events} of {n}, which is {fit} %"
            f"{loose or _which_would(row, events, n, others)}"
        )
        sure = row in study.proportions and not others and not loose
        yield Remark(ERROR if sure else WARNING, message, (row,))


def percent_truncated(study: Study) -> Iterator[Remark]:
    """A percent is cut off where rounding would give another digit: `2 of 12, 16.6 %`. A note.

    Without a printed count it is a note when no count rounds to the percent and exactly one, cut
    off, prints so.
    """
    for row in _with_count(study):
        n, events = row.n, reported_events(row)
        if not n or (events is None and _rounded_counts(row.value, n)):
            continue
        found = [events] if events is not None else _counts(row.value, n, "truncated")
        cut = [x for x in found if _truncated(x, n, row.value)]
        if len(cut) == 1:
            fit = as_printed(100 * cut[0] / n, row.value)
            message = (
                f"{name(row)}: {row.value} % is {cut[0]} of {n} cut off; rounded it is {fit} %"
            )
            yield Remark(NOTE, message, (row,))


def percent_without_count(study: Study) -> Iterator[Remark]:
    """No count out of the printed n prints as the percent, neither rounded nor cut off.

    `24.9 % of 97`: 24 of 97 is 24.7 %. A warning: the percent may be of another denominator. The
    message gives the nearest count, and the n out of which this percent and the others of the same
    patients are all possible. Rates at a time are `rate-not-counted`.
    """
    for row in _uncounted(study):
        n = row.n
        if not n or row.at_value:
            continue
        near = min(n, max(0, round(float(row.value) * n / 100)))
        fit = as_printed(100 * near / n, row.value)
        words = slip(row.value, fit)
        message = (
            f"{name(row)}: no count out of {n} prints as {row.value} %; {near} of {n} is {fit} %"
            f"{f' ({words}?)' if words else ''}{_fitting_n(study, row, n)}"
        )
        yield Remark(WARNING, message, (row,))


def rate_not_counted(study: Study) -> Iterator[Remark]:
    """A rate at a time that is printed as a proportion is no count out of its n.

    `progression-free at 12 weeks 63 % of 13`: 8 of 13 is 62 %. One warning per report and endpoint,
    naming how many of its rates are no counts out of their n. They are likely Kaplan–Meier
    estimates, which have no binomial interval and cannot be pooled as proportions.
    """
    reports: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in _uncounted(study):
        if row.at_value:
            reports[row.trial, row.report, row.endpoint, row.at_value, row.at_unit].append(row)
    for (*key, at, unit), rows in reports.items():
        wanted = [*key, at, unit]
        alike = [
            row for row in _with_count(study)
            if [row.trial, row.report, row.endpoint, row.at_value, row.at_unit] == wanted
        ]  # fmt: skip
        listed = ", ".join(f"{row.value} % of {row.n}" for row in rows[:4])
        message = (
            f"{name(rows[0])} at {at} {unit}: {len(rows)} of {len(alike)} rates are no counts out "
            f"of their n ({listed}); they may be Kaplan–Meier estimates"
        )
        yield Remark(WARNING, message, tuple(rows))


def _uncounted(study: Study) -> Iterator[Row]:
    for row in _with_count(study):
        if row.events_source != "reported" and not _counts(row.value, row.n or 1, "any"):
            yield row


def _with_count(study: Study) -> Iterator[Row]:
    for row in (*study.proportions, *study.shares):
        events = reported_events(row)
        possible = events is None or (row.n is not None and events <= row.n)
        if row.n and possible and exact_value(row) and 0 <= float(row.value) <= 100:
            yield row


def _prints(events: int, n: int, percent: str, rounding: str) -> bool:
    return prints_as(Fraction(100 * events, n), percent, rounding=rounding)


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


def _rounded_counts(percent: str, n: int) -> list[int]:
    return [x for rounding in SILENT for x in _counts(percent, n, rounding)]


def _other_denominators(study: Study, row: Row, events: int) -> list[int]:
    """Other n printed for the same arms, of which the count has the printed percent."""
    printed = {other.n for other in study.rows if other.arm == row.arm and other.n}
    return sorted(
        n for n in printed if n != row.n and events <= n and _prints(events, n, row.value, "any")
    )


def _which_would(row: Row, events: int, n: int, others: list[int]) -> str:
    """Which count, denominator or slip would explain a percent, as the tail of a sentence."""
    if others:
        return f"; it is that of {events} of {others[0]}, an n printed for this arm elsewhere"
    ways = [f"{x} of {n}" for x in _counts(row.value, n, "half-up")[:2]]
    if events:
        fits = [m for m in range(events, LARGEST_WHOLE) if _prints(events, m, row.value, "half-up")]
        ways += [f"{events} of {m}" for m in sorted(fits, key=lambda m: abs(m - n))[:2]]
    words = slip(row.value, as_printed(100 * events / n, row.value))
    if words:
        return f" ({words}?)" + (f"; {_listed(ways)} would print so" if ways else "")
    return f"; {_listed(ways)} would print so" if ways else "; no count out of that n prints so"


def _fitting_n(study: Study, row: Row, n: int) -> str:
    """The denominators near n of which all percents of these patients are possible."""
    percents = sorted(
        {one.value for one in study.proportions if one.place == row.place and exact_value(one)}
        | {row.value}
    )
    if any(not 0 <= float(percent) <= 100 for percent in percents):
        return ""
    printed = {one.n for one in (*study.rows, *study.shares) if one.report == row.report}
    around = {m for m in range(1, 2 * n + 11) if abs(m - n) <= max(10, n // 4) or m in printed}
    near = sorted(around, key=lambda m: (m not in printed, abs(m - n)))
    fitting = (m for m in near if all(_counts(one, m, "any") for one in percents))
    nearest = sorted(islice(fitting, 3))
    if not nearest:
        return ""
    others = len(percents) - 1
    many = f" and {count(others, 'other percent')} of these patients" if others else ""
    return f"; it{many} would fit n = {_listed([str(m) for m in nearest])}"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"
