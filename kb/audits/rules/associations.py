"""Whether the p-value of two proportions is that of a known test."""

from __future__ import annotations

from math import erfc, isnan, log, sqrt
from typing import TYPE_CHECKING, Final

from kb.audits.deviates import shown_p
from kb.audits.finding import NOTE, WARNING, Remark
from kb.audits.study import name
from kb.printed.measure import NOT_STATED, PROPORTION
from kb.printed.number import Span
from kb.printed.p_value import p_span
from kb.rows.admitted import possible_tables, reported_events
from kb.stats.numeric.special import hypergeometric
from kb.stats.proportions.two_by_two import boschloo, chi_square, fisher, yates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kb.audits.study import Study
    from kb.rows.row import Row

    Test = Callable[[int, int, int, int], float]

Counts = tuple[int, int, int, int]
UNNAMED: Final = (NOT_STATED, "")
NEARLY: Final = 2
"""By what factor a p-value may lie outside those of the tests where a count is not printed. In
simulated arms of 30 to 50 patients one event more or less, or a tenth fewer patients, moves the
p-value of chi-square by up to 1.9 in 80 % of cases and by up to 2.1 in 90 %."""
LARGEST_ARM: Final = 400
"""Patients of an arm up to which Boschloo's test is tried; it takes longer than the others."""


def two_by_two_p(study: Study) -> Iterator[Remark]:
    """The printed p-value of two proportions is not that of any usual test.

    Tried are chi-square, Yates and Fisher, each two-sided; then Boschloo, the likelihood ratio,
    and chi-square and Fisher one-sided. Silent if chi-square or Fisher prints so. A note, saying
    which fits, if only another does; a note if p lies among those of the tests, or near them where
    a count is not printed but worked out from a percent, whose n may be another; else a warning
    with what each gives. Adjusted contrasts are not judged.
    """
    for row in study.contrasts:
        p = p_span(row.p) if row.p else None
        if p is None:
            continue
        for one, other, tables in unadjusted(study, row):
            yield from _judged(row, (row, one, other), p, tables)


def unadjusted(study: Study, row: Row) -> Iterator[tuple[Row, Row, list[Counts]]]:
    """The proportions that an unadjusted contrast sets side by side, with their 2×2 tables."""
    tested = row.measure in UNNAMED or row.kind.counted
    if not tested or row.adjusted_for:
        return
    for one, other in study.sides(row, PROPORTION):
        tables = possible_tables(one, other)
        if tables:
            yield one, other, tables


def _judged(row: Row, rows: tuple[Row, ...], p: Span, tables: list[Counts]) -> Iterator[Remark]:
    two_sided = _fitting(USUAL, tables, p)
    if two_sided and row.p_sides != "one":
        return
    slow = {"Boschloo": boschloo} if max(tables[0][1], tables[0][3]) <= LARGEST_ARM else {}
    x1, n1, x2, n2 = tables[0]
    said = f"{name(row)}: p {row.p} is printed for {x1} of {n1} against {x2} of {n2}"
    found = _fitting(RARER, tables, p) or _fitting(slow, tables, p)
    one_sided = [test for test in found if test.startswith("one-sided")]
    if found:
        if row.p_sides == "one" and one_sided:
            return
        stated = row.p_sides == "two" and one_sided == found
        message = f"{said}; of the usual tests only {' and '.join(found)} gives it"
        yield Remark(WARNING if stated else NOTE, message, rows)
        return
    if two_sided:
        message = f"{said} as one-sided, and is the two-sided p of {' and '.join(two_sided)}"
        yield Remark(NOTE, message, rows)
        return
    values = {
        test: found_p for test, function in (USUAL | RARER | slow).items()
        if not isnan(found_p := function(*tables[0]))
    }  # fmt: skip
    counted = all(reported_events(one) is not None for one in rows[1:])
    wider = 1 if counted else NEARLY
    between = p.meets(Span(min(values.values()) / wider, max(values.values()) * wider))
    listed = ", ".join(f"{test} {shown_p(value)}" for test, value in values.items())
    message = f"{said}, and no usual test gives it ({listed})"
    yield Remark(NOTE if between else WARNING, message, rows)


def _fitting(tests: Mapping[str, Test], tables: list[Counts], p: Span) -> list[str]:
    return [
        test for test, function in tests.items()
        if any(p.meets(Span(value, value)) for table in tables
               if not isnan(value := function(*table)))
    ]  # fmt: skip


def likelihood_ratio(x1: int, n1: int, x2: int, n2: int) -> float:
    """The p-value of the likelihood-ratio chi-square of a 2×2 table (Agresti 2013, section 3.2)."""
    total, events = n1 + n2, x1 + x2
    cells = ((x1, n1, events), (n1 - x1, n1, total - events),
             (x2, n2, events), (n2 - x2, n2, total - events))  # fmt: skip
    statistic = 2 * sum(
        seen * log(seen * total / (row * column)) for seen, row, column in cells if seen
    )
    return erfc(sqrt(max(0.0, statistic) / 2))


def fisher_one_sided(x1: int, n1: int, x2: int, n2: int) -> float:
    """The smaller one-sided p-value of Fisher's exact test (Fisher 1935)."""
    first, weights = hypergeometric(n1, n2, x1 + x2, negligible=0)
    at = x1 - first
    return min(sum(weights[: at + 1]), sum(weights[at:]))


def _half_chi_square(x1: int, n1: int, x2: int, n2: int) -> float:
    return chi_square(x1, n1, x2, n2) / 2


USUAL: Final[dict[str, Test]] = {"chi-square": chi_square, "Fisher": fisher}
RARER: Final[dict[str, Test]] = {
    "Yates": yates,
    "likelihood ratio": likelihood_ratio,
    "one-sided Fisher": fisher_one_sided,
    "one-sided chi-square": _half_chi_square,
}
