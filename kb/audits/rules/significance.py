"""The p-value of a ratio against its interval: sides, level, decision, or none of them."""

from __future__ import annotations

from collections import defaultdict
from math import inf, isfinite
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.audits.deviates import p_of
from kb.audits.finding import NOTE, WARNING, Remark
from kb.audits.likelihoods import p_box, wald
from kb.audits.p_readings import (
    ONE_ERROR,
    ONE_SIDED,
    USUAL,
    Alternatives,
    allowed,
    decision,
    gap,
    implied,
    level_of,
    margin,
    weighed,
)
from kb.audits.rules.associations import unadjusted
from kb.audits.study import name
from kb.printed.p_value import SIGNIFICANCE, exact_p, p_span
from kb.rows.admitted import exact_value, interval_printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kb.audits.study import Study
    from kb.rows.row import Row

PLAIN: Final = 2.5
STRONG: Final = 4.4
PLAINEST: Final = 6.0
TOGETHER: Final = 5.0
"""Log likelihood ratios of another reading against the printed one: from which a row yields a note,
from which a level yields a warning, from which a p-value whose sides nobody states does, and from
which the rows of a report convict it together. By 12,000 simulated trials of 40 to 400 events whose
ratios are printed with two decimals."""
FAR: Final = 0.5
"""How many standard errors a p-value that no reading explains may lie off, and be a note."""


class Verdict(NamedTuple):
    """What interval and p-value say of each other: which rule speaks, how bad it is, and how."""

    rule: str
    severity: str
    message: str
    rows: tuple[Row, ...]
    address: str = ""


def p_against_interval(study: Study) -> Iterator[Remark]:
    """A printed p-value is not the one that the ratio and its interval imply, on any reading.

    z = ln ratio / standard error, the standard error from the interval at its level (Parmar, Torri
    & Stewart 1998), or at 95 % where none is printed. Rounding is allowed for, and the difference
    between a Wald interval and a log-rank test (0.15 + 8 % of z) or, for odds and risk ratios, an
    exact test (0.35 + 15 % of z); where the counts are known `two-by-two-p` judges instead. A p
    said to be one-sided may look at either tail. A note up to half a standard error apart, a
    warning beyond. If the p is the one-sided one against a usual margin of non-inferiority, the
    message says so.
    """
    yield from _of(study, "p-against-interval")


def p_one_sided(study: Study) -> Iterator[Remark]:
    """A printed p-value fits the interval as a one-sided one, and is not said to be that.

    The likelihood of the printed p, given everything that the printed ratio and bounds admit, is
    weighed as one-sided, in either tail (a one-sided p above .5 is one, too), against two-sided,
    where one p in ten is of another model than its interval. A row yields a note from a log
    likelihood ratio of 2.5, which in simulated trials sees 94 % of one-sided p-values, at fewer
    than 1 % of others; a warning if the source says two-sided, or from 6. A report whose rows with
    an exact p reach 5 together yields one warning: 96 % of reports of two rows, 98 % of three, at
    fewer than 1 % of others.
    """
    yield from _of(study, "p-one-sided")


def level_implied(study: Study) -> Iterator[Remark]:
    """Ratio, bounds and p-value agree at another level than the printed one, or than 95 %.

    `0.73 (0.54 to 0.99)` at 95 % implies p = .04; with p = .185 the bounds are those of an 80 %
    interval. Levels tried are 80, 90, 92, 95, 99, and the 68 of one standard error, weighed as for
    `p-one-sided`. A warning from a log likelihood ratio of 4.4, which in simulated trials sees 85 %
    of intervals at 90, 93 % at 80, 87 % at 99 and 94 % of standard errors, at 0.4 to 1.4 % of
    others (3 to 10 % of which print a p of another model); a note from 2.5. A report whose rows
    reach 5 together yields one warning.
    """
    yield from _of(study, "level-implied")


def decision_inconsistent(study: Study) -> Iterator[Remark]:
    """The 95 % interval decides one way at the 5 % level, and the p-value the other.

    It leaves out 1, and p is "NS", above a limit of .05 or more, or a number above .05; or it holds
    1, and p is below .05. A warning, unless rounding explains it, or the little by which a log-rank
    test differs from the Wald interval of the same model (0.02 + 1 % of z²); from an adjusted model
    and for odds and risk ratios as much as `p-against-interval` allows. What another reading of p
    or interval explains, and a p that is a number and further away, is said by the other rules.
    """
    yield from _of(study, "decision-inconsistent")


def untestable(study: Study) -> list[Row]:
    """The ratios with an interval whose p-value is only a limit, such as "<.001", or "NS".

    They may contradict their interval, and then `p-against-interval` or `decision-inconsistent`
    says so; whether p is one-sided, or the level another, no rule can tell.
    """
    return [row for row in _judgeable(study) if p_box(row.p) is None]


def _of(study: Study, rule: str) -> Iterator[Remark]:
    for one in _verdicts(study):
        if one.rule == rule:
            yield Remark(one.severity, one.message, one.rows, one.address)


def _verdicts(study: Study) -> Iterator[Verdict]:
    """One verdict a row at most, and those of reports first."""
    rows = list(_judgeable(study))
    ratios = {row.address: weighed(row) for row in rows if exact_p(row.p)}
    taken: set[str] = set()
    reports: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.address in ratios:
            reports[row.trial, row.report].append(row)
    for own in reports.values():
        found = _of_report(own, ratios)
        if found:
            taken.update(row.address for row in found.rows)
            yield found
    for row in rows:
        if row.address not in taken:
            verdict = _of_row(row, ratios.get(row.address, {})) or _unexplained(row)
            if verdict:
                yield verdict


def _judgeable(study: Study) -> Iterator[Row]:
    """The ratios with an interval and a p-value whose 2×2 table is not known."""
    for row in study.ratios:
        if not row.p or p_span(row.p) is None or not interval_printed(row) or not exact_value(row):
            continue
        if any(unadjusted(study, row)) or not 0 < float(row.low) < float(row.high):
            continue
        if isfinite(implied(row).high):
            yield row


def _of_report(rows: Sequence[Row], ratios: Mapping[str, Alternatives]) -> Verdict | None:
    """The reading that all rows of a report with an exact p speak for together.

    A number that is printed twice speaks once.
    """
    different = {(row.value, row.low, row.high, row.p): row for row in rows}
    sums: dict[float, float] = defaultdict(float)
    for row in different.values():
        for reading, ratio in ratios[row.address].items():
            sums[reading] += ratio
    reading = max(sums, key=sums.__getitem__)
    speaking = [row for row in different.values() if ratios[row.address].get(reading, 0) > 0]
    if sums[reading] < TOGETHER or len(speaking) == 1:
        return None
    own = tuple(row for row in rows if ratios[row.address].get(reading, 0) > 0)
    at = f"{own[0].trial}/{own[0].report}"
    listed = "; ".join(f"{_ratio(row)}, p {row.p}" for row in speaking)
    if reading == ONE_SIDED:
        two = any(row.p_sides == "two" for row in own)
        words = f"fits one-sided only{', and is said to be two-sided' if two else ''}"
        message = f"p of {len(speaking)} ratios of the report {words}: {listed}"
        return Verdict("p-one-sided", WARNING, message, own, at)
    message = (
        f"ratio, bounds and p of {len(speaking)} ratios of the report agree at {_at(reading)}: "
        f"{listed}"
    )
    return Verdict("level-implied", WARNING, message, own, at)


def _of_row(row: Row, ratios: Alternatives) -> Verdict | None:
    """Another reading that one row speaks for by itself."""
    reading = max(ratios, key=ratios.__getitem__, default=ONE_SIDED)
    ratio = ratios.get(reading, -inf)
    if ratio < PLAIN:
        return None
    if reading == ONE_SIDED:
        two = row.p_sides == "two"
        more = ", and is said to be two-sided" if two else _tail(row)
        message = f"{_said(row)}; the printed p fits one-sided only{more}"
        severity = WARNING if two or ratio >= PLAINEST else NOTE
        return Verdict("p-one-sided", severity, message, (row,))
    message = f"{_said(row)}{_excludes(row)}; ratio, bounds and p agree at {_at(reading)}"
    return Verdict("level-implied", WARNING if ratio >= STRONG else NOTE, message, (row,))


def _unexplained(row: Row) -> Verdict | None:
    """What is left where no other reading fits: another decision, or another p."""
    deviates = implied(row)
    apart = gap(row, deviates)
    beyond = apart > allowed(row, deviates.low)
    decided = decision(row)
    if decided and not (beyond and exact_p(row.p)):
        message = f"{_said(row)}; the interval {decided}"
        return Verdict("decision-inconsistent", WARNING, message, (row,))
    if not beyond:
        return None
    null = margin(row)
    cause = f"; it would be the one-sided p against a margin of {null} (non-inferiority)"
    message = f"{_said(row)}{_excludes(row)}{cause if null else ''}"
    return Verdict("p-against-interval", WARNING if apart > FAR else NOTE, message, (row,))


def _said(row: Row) -> str:
    return f"{_ratio(row)} implies p {_p_range(row)}, printed is p {row.p}"


def _ratio(row: Row) -> str:
    level, taken = (f"{row.level:g} % ", "") if row.level else ("", ", taken as 95 %")
    return (
        f"{name(row)}: {row.measure.replace('-', ' ')} {row.value} ({level}interval "
        f"{row.low} to {row.high}{taken})"
    )


def _p_range(row: Row) -> str:
    """The p-values that a row implies: `= .031 to .059`, `<.0001`.

    Those of any rounding, or, where the printed one is among them, of rounding half up with the
    value in the middle.
    """
    z, tied = implied(row), wald(row.value, row.low, row.high, level_of(row))
    if tied and gap(row, z) == 0:
        z = tied
    least, most = p_of(z.high), p_of(z.low)
    text = least if least == most else f"{least} to {most}"
    return text if text.startswith("<") and least == most else f"= {text}"


def _at(level: float) -> str:
    """A level in words."""
    return "68 %, that of one standard error" if level == ONE_ERROR else f"{level:g} %"


def _tail(row: Row) -> str:
    """A one-sided p above one half is that of the upper tail."""
    return ", in the upper tail" if (exact_p(row.p) or 0) > 1 / 2 else ""


def _excludes(row: Row) -> str:
    p = p_span(row.p)
    excludes = float(row.low) > 1 or float(row.high) < 1
    if p and level_of(row) == USUAL and row.p_sides != "one":
        if excludes and p.low > SIGNIFICANCE:
            return ", for the interval leaves out 1 and p is above .05"
        if not excludes and p.high < SIGNIFICANCE:
            return ", for the interval holds 1 and p is below .05"
    return ""
