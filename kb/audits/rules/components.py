"""Parts of an endpoint against their sum, as the vocabulary says what adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kb.audits.finding import ERROR, NOTE, WARNING, Remark
from kb.audits.study import name
from kb.audits.typing_errors import slip
from kb.printed.number import Span, as_printed
from kb.rows.admitted import counts, exact_value, percent_span, reported_events

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kb.audits.study import Study
    from kb.rows.row import Row

UNSTATED: Final = ("", "not-stated")


def components_against_sum(study: Study) -> Iterator[Remark]:
    """The parts do not add up to their sum: complete and partial responses to objective responses.

    `sum_of` in the vocabulary says what adds up. Compared are numbers of one set, judged alike,
    whose definitions agree, as counts where a percent admits them, else as percents with their
    rounding; some parts may be missing, then the rest is not more than the sum. An error if every
    count is printed, a warning if they follow from percents, a note if the definition of the sum is
    not stated and the parts exceed it, for then stable disease may have had to last.
    """
    for group in study.by_set(study.proportions):
        for whole in group:
            term = study.endpoints.get(whole.endpoint)
            wanted = term.sum_of if term else ()
            parts = [_part(study, group, whole, endpoint) for endpoint in wanted]
            present = [part for part in parts if part is not None]
            if not present:
                continue
            complete = len(present) == len(wanted)
            amounts = _amounts([whole, *present])
            if amounts is None:
                continue
            total, (own, *_) = _sum(amounts[1:]), amounts
            over = total.low > own.high + 1e-9
            if over or (complete and total.high < own.low - 1e-9):
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
    patients may not have been assessed.
    """
    for group in study.by_set(study.proportions):
        for endpoint, term in study.endpoints.items():
            wanted = term.completes
            if not wanted:
                continue
            found = [next((row for row in group if row.endpoint == one), None)
                     for one in (*wanted, endpoint)]  # fmt: skip
            present = [row for row in found if row is not None]
            numbers = [x for row in present if (x := reported_events(row)) is not None]
            sizes = {row.n for row in present if row.n is not None}
            if len(sizes) != 1 or len(present) < 2 or len(numbers) < len(present):
                continue
            (n,) = sizes
            complete, total = len(present) == len(found), sum(numbers)
            if total > n or (complete and total < n):
                listed = " + ".join(f"{name(row)} {reported_events(row)}" for row in present)
                message = f"{listed} = {total}, and the set has {n} patients"
                yield Remark(ERROR if total > n else WARNING, message, tuple(present))


def rate_order(study: Study) -> Iterator[Remark]:
    """A rate above another that contains it: objective response above disease control.

    `not_above` and `not_below` in the vocabulary say which contains which. Compared are numbers of
    one set, judged alike; parts of a sum are `components-against-sum`. An error; a warning where
    definitions differ in something that one of them does not state.
    """
    for group in study.by_set(study.proportions):
        for row in group:
            uppers = {
                one for one in study.uppers(row.endpoint)
                if row.endpoint not in study.endpoints[one].sum_of
            }  # fmt: skip
            for upper in group:
                if upper.endpoint not in uppers or not _one_set(row, upper):
                    continue
                own, limit = percent_span(row), percent_span(upper)
                if own is None or limit is None or own.low <= limit.high + 1e-9:
                    continue
                severity = _order_severity(study, row, upper)
                if severity:
                    message = (
                        f"{_shown(row)} is above {_shown(upper)}, which contains it by definition"
                    )
                    yield Remark(severity, message, (row, upper))


def _part(study: Study, group: Sequence[Row], whole: Row, endpoint: str) -> Row | None:
    """The row of a part that is defined like its whole, if the group has one."""
    term = study.endpoints.get(endpoint)
    for row in group:
        if row.endpoint != endpoint or not _one_set(row, whole):
            continue
        if not term or not term.varies or _definition(row) == _definition(whole):
            return row
    return None


def _one_set(row: Row, other: Row) -> bool:
    """Whether nothing says that two rows are out of different denominators."""
    return row.n is None or other.n is None or row.n == other.n


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


def _shown(row: Row) -> str:
    events = reported_events(row)
    if events is not None and not (exact_value(row) and not row.n):
        return f"{name(row)} {events} of {row.n}" if row.n else f"{name(row)} {events}"
    return f"{name(row)} {row.value} %"


def _in_patients(whole: Row, parts: list[Row], own: Span, total: Span) -> str:
    listed = " + ".join(map(_shown, parts))
    text = f"{listed} make {_ends(total)} patients; printed is {_shown(whole)}"
    return text if reported_events(whole) is not None else f"{text}, {_ends(own)} patients"


def _in_percent(whole: Row, parts: list[Row], _own: Span, total: Span) -> str:
    listed = " + ".join(
        _shown(row) if exact_value(row) else f"{_shown(row)} ({_percent(row)} %)" for row in parts
    )
    made = " to ".join(dict.fromkeys(as_printed(end, "0.0") for end in total))
    return f"{listed} make {made} %; printed is {_shown(whole)}"


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
