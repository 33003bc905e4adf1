"""Parts of an endpoint against their sum, as the vocabulary says what adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kb.audits.finding import ERROR, NOTE, WARNING, Remark
from kb.audits.study import name
from kb.audits.typing_errors import slip
from kb.printed.number import Span, as_printed
from kb.rows.admitted import counts, exact_value, percent_span, reported_events
from kb.rows.identity import patients_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kb.audits.study import Study
    from kb.rows.row import Row

UNSTATED: Final = ("", "not-stated")
ANY: Final = 0
"""Whatever n; nobody is counted out of 0 patients."""
EVERY: Final = "*"
"""Whatever definition."""
WHOLE: Final = 100
TINY: Final = 1e-9


def components_against_sum(study: Study) -> Iterator[Remark]:
    """The parts do not add up to their sum: complete and partial responses to objective responses.

    `sum_of` in the vocabulary says what adds up. Compared are numbers of one set, judged alike,
    whose definitions agree, as counts where a percent admits them, else as percents with their
    rounding; some parts may be missing, then the rest is not more than the sum. An error if every
    count is printed, a warning if they follow from percents, a note if the definition of the sum is
    not stated and the parts exceed it, for then stable disease may have had to last.
    """
    for group in study.by_set(filter(patients_named, study.proportions)):
        beside = _Beside(study, group)
        for whole in group:
            term = study.endpoints.get(whole.endpoint)
            wanted = term.sum_of if term else ()
            parts = [beside.part(whole, endpoint) for endpoint in wanted]
            present = [part for part in parts if part is not None]
            if not present:
                continue
            complete = len(present) == len(wanted)
            amounts = _amounts([whole, *present])
            if amounts is None:
                continue
            total, (own, *_) = _sum(amounts[1:]), amounts
            over = total.low > own.high + TINY
            if over or (complete and total.high < own.low - TINY):
                severity = ERROR if _all_counted([whole, *present]) else WARNING
                unstated = bool(term and term.varies) and whole.definition in UNSTATED
                severity = NOTE if over and unstated and complete else severity
                counted = all(counts(row) for row in (whole, *present))
                said = _in_patients if counted else _in_percent
                message = said(whole, present, own, total) + (
                    _meant(whole, total) if complete else ""
                )
                yield Remark(severity, message, (whole, *present))


def components_against_n(study: Study) -> Iterator[Remark]:
    """All categories of response together are not the patients of the set.

    `completes` in the vocabulary says which categories, with this one, hold each patient once.
    More than n is an error, also when some are missing; fewer, when all are printed, a warning:
    patients may not have been assessed. Where a count or n is not printed, percents of all
    categories that stay below 100 beyond their rounding are the same warning; above 100 they are
    `categories-over-whole`.
    """
    completing = [(end, term.completes) for end, term in study.endpoints.items() if term.completes]
    for group in study.by_set(filter(patients_named, study.proportions)):
        first: dict[str, Row] = {}
        for row in group:
            first.setdefault(row.endpoint, row)
        for endpoint, wanted in completing:
            found = [first.get(one) for one in (*wanted, endpoint)]
            present = [row for row in found if row is not None]
            numbers = [x for row in present if (x := reported_events(row)) is not None]
            sizes = {row.n for row in present if row.n is not None}
            complete = len(present) == len(found)
            if len(sizes) > 1 or len(present) < 2:
                continue
            if not sizes or len(numbers) < len(present):
                yield from _too_few(present) if complete else ()
                continue
            (n,) = sizes
            total = sum(numbers)
            if total > n or (complete and total < n):
                listed = " + ".join(f"{name(row)} {reported_events(row)}" for row in present)
                message = f"{listed} = {total}, and the set has {n} patients"
                yield Remark(ERROR if total > n else WARNING, message, tuple(present))


def _too_few(present: Sequence[Row]) -> Iterator[Remark]:
    """All categories, and percents that do not reach the whole."""
    spans = [percent_span(row) for row in present]
    if None in spans:
        return
    total = sum(one.high for one in spans if one is not None)
    if total < WHOLE - TINY:
        listed = " + ".join(shown(row) for row in present)
        message = f"{listed} make at most {as_printed(total, '0.0')} %, not 100"
        yield Remark(WARNING, message, tuple(present))


def rate_order(study: Study) -> Iterator[Remark]:
    """A rate above another that contains it: objective response above disease control.

    `not_above` and `not_below` in the vocabulary say which contains which. Compared are numbers of
    one set, judged alike; parts of a sum are `components-against-sum`. An error; a warning where
    definitions differ in something that one of them does not state.
    """
    for group in study.by_set(filter(patients_named, study.proportions)):
        beside = _Beside(study, group)
        for row in group:
            own = percent_span(row)
            for upper in beside.lowest(row) if own else ():
                limit = percent_span(upper)
                if own is None or limit is None or own.low <= limit.high + TINY:
                    continue
                severity = _order_severity(study, row, upper)
                message = f"{shown(row)} is above {shown(upper)}, which contains it by definition"
                yield Remark(severity, message, (row, upper))


class _Beside:
    """The rows of one set by endpoint, n and definition, so that none is looked for twice."""

    def __init__(self, study: Study, group: Sequence[Row]) -> None:
        self.study = study
        self.first: dict[tuple[str, int | None, str], tuple[int, Row]] = {}
        self.least: dict[str, dict[int | None, dict[str, tuple[float, Row]]]] = {}
        for at, row in enumerate(group):
            definition = _definition(row)
            for n in (row.n, ANY):
                for one in (definition, EVERY):
                    self.first.setdefault((row.endpoint, n, one), (at, row))
            true = percent_span(row)
            if true is None:
                continue
            for n in (row.n, ANY):
                known = self.least.setdefault(row.endpoint, {}).setdefault(n, {})
                if definition not in known or true.high < known[definition][0]:
                    known[definition] = (true.high, row)

    def part(self, whole: Row, endpoint: str) -> Row | None:
        """The row of a part that is defined like its whole, if the group has one."""
        term = self.study.endpoints.get(endpoint)
        definition = _definition(whole) if term and term.varies else EVERY
        sizes = (ANY,) if whole.n is None else (whole.n, None)
        found = [self.first[key] for n in sizes if (key := (endpoint, n, definition)) in self.first]
        return min(found, key=lambda each: each[0])[1] if found else None

    def lowest(self, row: Row) -> Iterator[Row]:
        """Of each endpoint that contains a row's, the lowest rate it may be held against."""
        for endpoint in sorted(self.study.uppers(row.endpoint) & self.least.keys()):
            if row.endpoint in self.study.endpoints[endpoint].sum_of:
                continue
            sizes = (ANY,) if row.n is None else (row.n, None)
            found = [
                known for n in sizes for known in self.least[endpoint].get(n, {}).values()
                if _order_severity(self.study, row, known[1])
            ]  # fmt: skip
            if found:
                yield min(found, key=lambda each: each[0])[1]


def _definition(row: Row) -> str:
    return "" if row.definition in UNSTATED else row.definition


def _amounts(rows: list[Row]) -> list[Span] | None:
    """The counts of rows as ranges; their percents where one has no count; None where neither."""
    possible = [counts(row) for row in rows]
    if all(possible):
        return [Span(min(each), max(each)) for each in possible]
    percents = [percent_span(row) for row in rows]
    return None if None in percents else [one for one in percents if one is not None]


def _sum(amounts: Iterable[Span]) -> Span:
    lows, highs = zip(*amounts, strict=True)
    return Span(sum(lows), sum(highs))


def _all_counted(rows: list[Row]) -> bool:
    return all(reported_events(row) is not None for row in rows)


def shown(row: Row) -> str:
    """A rate as messages write it: the count where it is printed, else the percent."""
    events = reported_events(row)
    if events is not None and not (exact_value(row) and not row.n):
        return f"{name(row)} {events} of {row.n}" if row.n else f"{name(row)} {events}"
    return f"{name(row)} {row.value} %"


def _in_patients(whole: Row, parts: list[Row], own: Span, total: Span) -> str:
    listed = " + ".join(map(shown, parts))
    text = f"{listed} make {_ends(total)} patients; printed is {shown(whole)}"
    return text if reported_events(whole) is not None else f"{text}, {_ends(own)} patients"


def _in_percent(whole: Row, parts: list[Row], _own: Span, total: Span) -> str:
    listed = " + ".join(
        shown(row) if exact_value(row) else f"{shown(row)} ({_percent(row)} %)" for row in parts
    )
    made = " to ".join(dict.fromkeys(as_printed(end, "0.0") for end in total))
    return f"{listed} make {made} %; printed is {shown(whole)}"


def _percent(row: Row) -> str:
    true = percent_span(row)
    return as_printed(true.low, "0.0") if true else ""


def _ends(one: Span) -> str:
    return f"{one.low:g}" if one.low == one.high else f"{one.low:g} to {one.high:g}"


def _meant(whole: Row, total: Span) -> str:
    """What the percent of the whole would be, and the slip that turns it into the printed one."""
    if not whole.n or not counts(whole) or total.low != total.high or not exact_value(whole):
        return ""
    meant = as_printed(100 * total.low / whole.n, whole.value)
    words = slip(whole.value, meant)
    return f"; {total.low:g} of {whole.n} is {meant} %" + (f" ({words}?)" if words else "")


def _order_severity(study: Study, row: Row, upper: Row) -> str:
    """How sure an order is: definitions that both vary must agree, or one be unstated."""
    terms = (study.endpoints[row.endpoint], study.endpoints[upper.endpoint])
    if not all(term.varies for term in terms):
        return ERROR
    one, other = _definition(row), _definition(upper)
    if one == other:
        return ERROR
    return "" if one and other else WARNING
