"""Printed intervals of proportions against what the known methods give."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kb.audits import methods
from kb.audits.finding import NOTE, WARNING, Remark
from kb.audits.study import name
from kb.audits.typing_errors import slip
from kb.printed.number import as_printed, is_number
from kb.rows.admitted import counts, interval_printed
from kb.stats.proportions.intervals import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits.study import Study
    from kb.rows.row import Row


class Reading(NamedTuple):
    """A printed interval of a proportion: its row, possible counts, levels, and fitting forms."""

    row: Row
    n: int
    counts: tuple[int, ...]
    levels: tuple[float, ...]
    forms: dict[str, tuple[int, float]]

    @property
    def printed(self) -> str:
        """The interval as a message shows it."""
        level = f"{self.row.level:g} % " if self.row.level else ""
        value = f"{self.row.value} %" if self.row.value else f"{self.row.events} of {self.n}"
        return f"{name(self.row)}: {value} ({level}interval {self.row.low} to {self.row.high})"


def readings(study: Study) -> Iterator[Reading]:
    """Every two-sided interval of a proportion whose n and possible counts are known."""
    for row in study.proportions:
        possible = tuple(x for x in counts(row) if row.n is not None and x <= row.n)
        two_sided = row.interval_sides in ("", "two") and interval_printed(row)
        if not row.n or not possible or not two_sided or float(row.low) >= float(row.high):
            continue
        levels = (row.level,) if row.level else methods.LEVELS
        forms = methods.matching_any(possible, row.n, row.low, row.high, levels)
        yield Reading(row, row.n, possible, levels, forms)


def interval_against_count(study: Study) -> Iterator[Remark]:
    """No known method gives the printed interval for the printed count and level.

    Tried are Clopper–Pearson, Wilson with and without correction, Agresti–Coull, Jeffreys, mid-p
    and Wald, Wald not cut off or with continuity correction, and the logit, log-log, log and
    arcsine transformations; bounds may be rounded or cut off. The message names the count or the
    denominator that would give the bounds, or the one bound that fits and the slip that would
    explain the other, or how many patients would have an interval as wide. A warning; a note where
    the bounds lie among those of the known methods, as after a correction for two stages, or where
    a rate at a time may be a Kaplan–Meier estimate.
    """
    for one in readings(study):
        row = one.row
        if one.forms or _at_other_level(one) or _standard_error(one):
            continue
        events, level = one.counts[0], row.level or 95
        slip_in_bound = _one_bound(one, level)
        cause = _other_count(one, level) or slip_in_bound or _other_n(study, one, level)
        timed = "; a rate at a time may be a Kaplan–Meier estimate" if row.at_value else ""
        unnamed = _among(one, level) or (timed and not slip_in_bound)
        message = (
            f"{one.printed} is given by no known method for {events} of {one.n}"
            f"{cause or _closest(one, level)}{timed}"
        )
        yield Remark(NOTE if unnamed else WARNING, message, (row,))


def interval_at_other_level(study: Study) -> Iterator[Remark]:
    """An interval is that of a known method, but at another level than the printed one.

    `95 %` printed, and only 90 % gives the bounds. A warning; levels tried are 80, 90, 92, 95
    and 99.
    """
    for one in readings(study):
        found = None if one.forms else _at_other_level(one)
        if found:
            form, (events, level) = next(iter(found.items()))
            message = (
                f"{one.printed} is that of {form} at {level:g} % for {events} of {one.n}; no known "
                f"method gives it at {one.row.level:g} %"
            )
            yield Remark(WARNING, message, (one.row,))


def bound_against_count(study: Study) -> Iterator[Remark]:
    """No known method gives the one bound of a one-sided interval.

    Tried are all forms at the printed level, with the whole of 1 − level on that side or half of
    it. A warning.
    """
    for row in study.proportions:
        if row.interval_sides not in ("lower", "upper") or not row.level or not row.n:
            continue
        low = row.low if row.interval_sides == "lower" and is_number(row.low) else ""
        high = row.high if row.interval_sides == "upper" and is_number(row.high) else ""
        possible = [x for x in counts(row) if x <= row.n]
        levels = [level for level in (2 * row.level - 100, row.level) if level > 1]
        if not possible or not (low or high):
            continue
        if not methods.matching_any(possible, row.n, low, high, levels):
            message = (
                f"{name(row)}: the {row.interval_sides} {row.level:g} % bound {low or high} is "
                f"given by no known method for {possible[0]} of {row.n}"
            )
            yield Remark(WARNING, message, (row,))


def standard_error_sold_as_interval(study: Study) -> Iterator[Remark]:
    """The bounds are the proportion less and plus one standard error, printed as an interval.

    Such bounds hold the truth two times in three. A warning.
    """
    for one in readings(study):
        if not one.forms and not _at_other_level(one) and _standard_error(one):
            message = (
                f"{one.printed} is the proportion ± one standard error for "
                f"{one.counts[0]} of {one.n}, which is an interval of 68 %"
            )
            yield Remark(WARNING, message, (one.row,))


def wald_at_border(study: Study) -> Iterator[Remark]:
    """The normal approximation at the border, where it is no interval.

    At 0 or n events it has no width (`0 % (0 to 0)`), a warning. Close to them it passes 0 or
    100 % and is cut off there, a note, if no other method gives the printed bounds.
    """
    for row in study.proportions:
        events = set(counts(row))
        if interval_printed(row) and row.n and events in ({0}, {row.n}) and row.low == row.high:
            message = f"{name(row)}: an interval from {row.low} to {row.high} has no width"
            yield Remark(WARNING, message, (row,))
    for one in readings(study):
        known = set(one.forms)
        if known and known <= {"wald", methods.UNCUT}:
            bounds = methods.forms(*_first(one)).get(methods.UNCUT)
            if bounds and (bounds.low < 0 or bounds.high > 100):
                message = (
                    f"{one.printed} is the normal approximation, which passes "
                    f"{'0' if bounds.low < 0 else '100'} % here; it covers less than it says"
                )
                yield Remark(NOTE, message, (one.row,))


def _first(one: Reading) -> tuple[int, int, float]:
    events, level = next(iter(one.forms.values()))
    return events, one.n, level


def interval_method_mixed(study: Study) -> Iterator[Remark]:
    """One report uses two methods: no single one gives all its intervals of proportions. A note.

    Only intervals that some method does give are weighed, each with every method that gives it.
    """
    reports: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for one in readings(study):
        if one.forms:
            reports[one.row.trial, one.row.report].append(one)
    for (trial, report), ones in reports.items():
        common = set.intersection(*(set(one.forms) for one in ones))
        if common:
            continue
        named = "; ".join(
            f"{form} {', '.join(f'{name(one.row)} {one.row.low} to {one.row.high}' for one in own)}"
            for form, own in _covered(ones)
        )
        message = f"no one method gives all the intervals of this report ({named})"
        rows = tuple(one.row for one in ones)
        yield Remark(NOTE, message, rows, f"{trial}/{report}")


def _covered(ones: list[Reading]) -> Iterator[tuple[str, list[Reading]]]:
    """Methods with the intervals that each gives, those that give the most first."""
    left = list(ones)
    while left:
        every = dict.fromkeys(form for one in left for form in one.forms)
        best = max(every, key=lambda form: sum(form in one.forms for one in left))
        yield best, [one for one in left if best in one.forms]
        left = [one for one in left if best not in one.forms]


def interval_method_contradicted(study: Study) -> Iterator[Remark]:
    """The source names its method, and another one gives the printed bounds. A warning."""
    for one in readings(study):
        named = _named(one.row.interval_method)
        if one.forms and named and not any(form.startswith(named) for form in one.forms):
            message = (
                f"{one.printed} is said to be {one.row.interval_method}, and is that of "
                f"{' or '.join(list(one.forms)[:2])}"
            )
            yield Remark(WARNING, message, (one.row,))


def _named(words: str) -> str:
    """The method that a source's words name, as far as they name one."""
    folded = words.casefold().replace("–", "-")
    if "exact" in folded and "mid-p" not in folded:
        return "clopper-pearson"
    return next((method for method in METHODS if method.split("-")[0] in folded), "")


def _at_other_level(one: Reading) -> dict[str, tuple[int, float]]:
    if one.row.level is None:
        return {}
    levels = [level for level in methods.LEVELS if level != one.row.level]
    return methods.matching_any(one.counts, one.n, one.row.low, one.row.high, levels)


def _standard_error(one: Reading) -> bool:
    return any(
        methods.is_standard_error(events, one.n, one.row.low, one.row.high) for events in one.counts
    )


def _other_count(one: Reading, level: float) -> str:
    """Another count out of the same n that gives the bounds."""
    low, high = float(one.row.low), float(one.row.high)
    near = one.counts[0]
    inside = [x for x in range(one.n + 1) if low - 1 <= 100 * x / one.n <= high + 1]
    for events in sorted(inside, key=lambda x: abs(x - near)):
        forms = methods.matching(events, one.n, one.row.low, one.row.high, level)
        if forms:
            return f"; {events} of {one.n} would have it by {forms[0]}"
    return ""


def _other_n(study: Study, one: Reading, level: float) -> str:
    """Another denominator of which the percent and the bounds are possible."""
    row = one.row
    elsewhere = {other.n for other in study.rows if other.arm == row.arm and other.n} - {one.n}
    near = [n for k in range(1, max(6, one.n // 5)) for n in (one.n - k, one.n + k) if n > 0]
    for n in (*sorted(elsewhere), *near):
        events = row.events if row.events_source == "reported" else None
        share = float(row.value) if is_number(row.value) else 100 * one.counts[0] / one.n
        x = events if events is not None else round(share * n / 100)
        forms = methods.matching(x, n, row.low, row.high, level) if x <= n else ()
        if forms:
            where = ", an n printed for this arm elsewhere" if n in elsewhere else ""
            return f"; {x} of {n}{where} would have it by {forms[0]}"
    return ""


def _one_bound(one: Reading, level: float) -> str:
    """One bound is a method's and the other is not; with the slip that would explain it, if any."""
    row = one.row
    ways: list[tuple[tuple[bool, bool], str]] = []
    for events in one.counts:
        for form, bounds in methods.forms(events, one.n, level).items():
            low, high = as_printed(bounds.low, row.low), as_printed(bounds.high, row.high)
            if (low == row.low) == (high == row.high):
                continue
            side, printed, meant = (
                ("high", row.high, high) if low == row.low else ("low", row.low, low)
            )
            words = slip(printed, meant)
            other = "low" if side == "high" else "high"
            text = f"; the {other} bound is that of {form}, whose {side} bound is {meant}"
            rank = (form not in METHODS, not words)
            ways.append((rank, text + (f" ({words}?)" if words else "")))
    return min(ways, key=lambda way: way[0])[1] if ways else ""


def _closest(one: Reading, level: float) -> str:
    """The method that comes closest, and the n whose interval would be as wide."""
    row = one.row
    form, bounds = methods.nearest(one.counts[0], one.n, row.low, row.high, level)
    low, high = as_printed(bounds.low, row.low), as_printed(bounds.high, row.high)
    share = (float(row.high) - float(row.low)) / (bounds.high - bounds.low)
    like = round(one.n / share**2)
    apart = f"; it is as wide as for about {like} patients" if not 0.8 < share < 1.25 else ""
    return f"; the closest, {form}, gives {low} to {high}{apart}"


def _among(one: Reading, level: float) -> bool:
    """Whether both bounds lie within those of the known methods, give or take a printed unit."""
    bounds = [b for x in one.counts for b in methods.forms(x, one.n, level).values()]
    row = one.row
    return all(
        min(ends) - _unit(text) <= float(text) <= max(ends) + _unit(text)
        for text, ends in ((row.low, [b.low for b in bounds]), (row.high, [b.high for b in bounds]))
    )


def _unit(text: str) -> float:
    return float(10.0 ** -len(text.partition(".")[2]))
