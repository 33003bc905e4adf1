"""Printed intervals of proportions against what the known methods give."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kb.audits import methods
from kb.audits.causes import BOUND, ERROR, LEVEL
from kb.audits.finding import NOTE, WARNING, Remark
from kb.audits.readings import confirmed, fitting_as_well, readings
from kb.audits.study import name
from kb.printed.number import as_printed, is_number
from kb.rows.admitted import counts, interval_printed
from kb.stats.proportions.intervals import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits.causes import Cause
    from kb.audits.readings import Reading
    from kb.audits.study import Study


def interval_against_count(study: Study) -> Iterator[Remark]:
    """No known method gives the printed interval for the printed count and level.

    Tried are Clopper–Pearson, Wilson with and without correction, Agresti–Coull, Jeffreys, mid-p
    and Wald, Wald not cut off or with continuity correction, and the logit, log-log, log and
    arcsine transformations; bounds may be rounded or cut off. The message names what would most
    likely set it right: another n, first one printed for the arm elsewhere or off by one to three,
    another count, or a slip in one bound, the common methods before the exotic ones; else how many
    patients would have an interval as wide. If another level is likelier, or one standard error,
    those rules speak instead. A warning; a note where the bounds lie among those of the known
    methods, as after a correction for two stages, where a rate at a time may be a Kaplan–Meier
    estimate, or where no level is printed and another than 95 % would give the bounds.
    """
    for one in readings(study):
        cause = one.causes[0] if one.causes else None
        if one.fits or (cause and cause.kind in (LEVEL, ERROR)):
            continue
        row, level = one.row, one.claim.level
        slip_in_bound = cause is not None and cause.kind == BOUND
        timed = "; a rate at a time may be a Kaplan–Meier estimate" if row.at_value else ""
        unnamed = _among(one, level) or (timed and not slip_in_bound) or one.forms
        message = (
            f"{one.printed} is given by no known method for {one.counts[0]} of {one.n}"
            f"{_explained(one, cause) if cause else _closest(one, level)}{timed}"
        )
        yield Remark(NOTE if unnamed else WARNING, message, (row,))


def interval_at_other_level(study: Study) -> Iterator[Remark]:
    """An interval is that of a known method, but at another level than the printed one.

    `95 %` printed, and only 90 % gives the bounds. A warning; levels tried are 95, 90, 99, 80 and
    92. Where no level is printed it is taken to be 95 %, and an interval that only another level
    gives is a note: nothing was claimed, but whoever reads it as 95 % is wrong.
    """
    for one in readings(study):
        cause = one.causes[0] if one.causes else None
        if cause and cause.kind == LEVEL:
            stated = one.row.level is not None
            unsaid = "" if stated else "the level is not printed, and "
            message = (
                f"{one.printed} is that of {cause.form} at {cause.level:g} % for {cause.events} of "
                f"{one.n}; {unsaid}no known method gives it at {one.claim.level:g} %"
            )
            yield Remark(WARNING if stated else NOTE, message, (one.row,))


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

    Such bounds hold the truth two times in three. A warning, also where no level is printed, for
    bounds without one are read as 95 %.
    """
    for one in readings(study):
        cause = one.causes[0] if one.causes else None
        if cause and cause.kind == ERROR:
            message = (
                f"{one.printed} is the proportion ± one standard error for "
                f"{cause.events} of {one.n}, which is an interval of 68 %"
            )
            yield Remark(WARNING, message, (one.row,))


def wald_at_border(study: Study) -> Iterator[Remark]:
    """The normal approximation at the border, where it is no interval.

    At 0 or n events it has no width (`0 % (0 to 0)`), a warning. Close to them it passes 0 or
    100 % and is cut off there, a note, if no other method gives the printed bounds.
    """
    for row in study.proportions:
        if not interval_printed(row) or not row.n or row.low != row.high:
            continue
        if set(counts(row)) in ({0}, {row.n}):
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
        loose = sum(not confirmed(one) for one in ones)
        some = f"; {loose} of the {len(ones)} would fit another count or n as well" if loose else ""
        message = f"no one method gives all the intervals of this report ({named}){some}"
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
                f"{' or '.join(list(one.forms)[:2])}{fitting_as_well(one)}"
            )
            yield Remark(WARNING, message, (one.row,))


def _named(words: str) -> str:
    """The method that a source's words name, as far as they name one."""
    folded = words.casefold().replace("–", "-")
    if "exact" in folded and "mid-p" not in folded:
        return "clopper-pearson"
    return next((method for method in METHODS if method.split("-")[0] in folded), "")


def _explained(one: Reading, cause: Cause) -> str:
    """What would give an interval, as the tail of a sentence."""
    if cause.kind == BOUND:
        other = "low" if cause.side == "high" else "high"
        words = f" ({cause.words}?)" if cause.words else ""
        return (
            f"; the {other} bound is that of {cause.form}, whose {cause.side} bound is "
            f"{cause.meant}{words}"
        )
    where = ", an n printed for this arm elsewhere," if cause.n in one.sisters else ""
    return f"; {cause.events} of {cause.n}{where} would have it by {cause.form}"


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
