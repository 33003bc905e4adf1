"""What an audit looked at, as a paragraph under its findings."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kb.sentences import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.audits.summary import Summary, Untested


def told(summary: Summary) -> str:
    """The coverage of an audit in one paragraph; empty where nothing was audited."""
    if not summary.studies:
        return ""
    return "; ".join(_clauses(summary))


def _clauses(summary: Summary) -> Iterator[str]:
    studies = "1 study" if summary.studies == 1 else f"{summary.studies:,} studies"
    yield f"{_many(summary.rows, 'row')} of {studies} read"
    yield f"{_many(summary.checks, 'check')} applied"
    if summary.unchecked:
        why = _reasons(one.why for one in summary.unchecked)
        yield f"{_many(len(summary.unchecked), 'row')} had nothing to check ({why})"
    for one in summary.assumed:
        yield f"{one.what} not stated in {_many(one.rows, 'row')}: taken as {one.taken}"
    yield from _untested(summary.untested)
    if summary.acknowledged:
        number = _many(summary.acknowledged, "finding")
        yield f"{number} acknowledged in records; --acknowledged lists them"


def _untested(untested: Iterable[Untested]) -> Iterator[str]:
    columns = [f"{one.what} ({', '.join(one.columns)})" for one in untested if one.columns]
    if columns:
        yield f"not tested for want of a column: {', '.join(columns)}"
    blank = [f"{one.what} ({one.why})" for one in untested if one.rules and not one.columns]
    if blank:
        yield f"not tested, as no row states it: {', '.join(blank)}"
    for one in untested:
        if not one.rules:
            yield f"{one.what}: {one.why} in {count(one.rows, 'row')}"


def _reasons(whys: Iterable[str]) -> str:
    """Why rows had nothing to check: the reason, or each with how many rows it is of."""
    counted = Counter(whys)
    if len(counted) == 1:
        return next(iter(counted))
    return ", ".join(f"{why} in {rows}" for why, rows in counted.most_common())


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
