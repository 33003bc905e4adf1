"""Caveats about what differs from row to row."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kb.comparison.caveat import Caveat, grouped
from kb.printed.measure import LANDMARK, MEDIAN, PROPORTION
from kb.rows.flat import listed, pairs
from kb.sentences import named, plain
from kb.vocabulary.kinds import abbreviated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kb.comparison.caveat import Question
    from kb.rows.row import Row


def _differ(
    rule: str,
    rows: Sequence[Row],
    value_of: Callable[[Row], str],
    say: Callable[[str], str] = plain,
) -> Iterator[Caveat]:
    message = grouped(rows, value_of, say)
    if message is not None:
        yield Caveat(rule, tuple(row.address for row in rows), message)


def _by_endpoint(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.endpoint].append(row)
    return list(found.items())


def _named(question: Question, kind: str, value: str) -> str:
    if value in ("", "not-stated"):
        return "not stated"
    return question.base.vocabulary.name(kind, value)


def lines_differ(rows: Sequence[Row], _question: Question) -> Iterator[Caveat]:
    """Patients were treated in different lines, or the line of some is not stated."""

    def say(line: str) -> str:
        return f"{line} line" if line in ("first", "second") else plain(line)

    yield from _differ("lines-differ", rows, lambda row: row.line or "not-stated", say)


def histologies_differ(rows: Sequence[Row], question: Question) -> Iterator[Caveat]:
    """The mix of histologies differs: other kinds, or one kind beside many."""

    def say(value: str) -> str:
        words = [question.base.vocabulary.name("histology", one) for one in listed(value)]
        return " + ".join(words[:4]) + (" …" if len(words) > 4 else "") if words else "not stated"

    yield from _differ("histologies-differ", rows, lambda row: row.histologies, say)


def designs_differ(rows: Sequence[Row], _question: Question) -> Iterator[Caveat]:
    """Single arms, arms of randomised trials (comparative or not), retrospective series."""
    yield from _differ("designs-differ", rows, lambda row: row.design or "not stated", str)
    lone = [row for row in rows if row.design not in ("", "randomised")]
    if len({row.trial for row in rows}) > 1 and len({row.design for row in rows}) == 1 and lone:
        message = f"{lone[0].design} in every trial: what differs between them may be the patients"
        yield Caveat("designs-not-randomised", tuple(row.address for row in lone), message)


def analysis_sets_differ(rows: Sequence[Row], _question: Question) -> Iterator[Caveat]:
    """Denominators are of different kinds: all allocated, treated, or evaluable patients."""
    yield from _differ("analysis-sets-differ", rows, lambda row: row.analysis_set or "not-stated")


def criteria_differ(rows: Sequence[Row], question: Question) -> Iterator[Caveat]:
    """Response or progression was judged by different criteria."""

    def say(value: str) -> str:
        return _named(question, "criteria", value)

    yield from _differ("criteria-differ", rows, lambda row: row.criteria or "not-stated", say)


def assessors_differ(rows: Sequence[Row], question: Question) -> Iterator[Caveat]:
    """Investigators judged some rows, central readers others."""

    def say(value: str) -> str:
        return _named(question, "assessor", value)

    yield from _differ("assessors-differ", rows, lambda row: row.assessor or "not-stated", say)


def confirmation_differs(rows: Sequence[Row], _question: Question) -> Iterator[Caveat]:
    """Responses had to be confirmed in some rows, not in others, or print is silent."""
    counted = [row for row in rows if row.measure == PROPORTION]
    yield from _differ("confirmation-differs", counted, lambda row: row.confirmed or "not-stated")


def definitions_differ(rows: Sequence[Row], question: Question) -> Iterator[Caveat]:
    """An endpoint that has several definitions is counted by different or unstated ones."""
    for endpoint, every in _by_endpoint(rows):
        if not question.base.vocabulary.endpoints[endpoint].varies:
            continue
        own = [row for row in every if not row.is_contrast]
        name = question.base.vocabulary.name("endpoint", endpoint)
        message = grouped(own, lambda row: row.definition or "not-stated", _definition)
        unstated = [row for row in own if row.definition in ("", "not-stated")]
        if message is None and unstated and len({row.trial for row in own}) > 1:
            message = "no row states how long disease had to be stable"
        if message is not None:
            addresses = tuple(row.address for row in own)
            yield Caveat("definitions-differ", addresses, f"{name}: {message}")


def _definition(value: str) -> str:
    stated = [f"stable for {one}" for key, one in pairs(value) if key]
    return " and ".join(stated) or plain(value)


def origins_differ(rows: Sequence[Row], _question: Question) -> Iterator[Caveat]:
    """The clock of a time-to-event endpoint starts at different points."""
    timed = [row for row in rows if row.measure in (MEDIAN, LANDMARK)]
    yield from _differ("origins-differ", timed, lambda row: row.origin or "not-stated")


def maturity_differs(rows: Sequence[Row], _question: Question) -> Iterator[Caveat]:
    """Follow-up differs, or is not stated for some."""

    def say(value: str) -> str:
        return value or "not stated"

    yield from _differ("maturity-differs", rows, lambda row: row.follow_up, say)


def levels_differ(rows: Sequence[Row], _question: Question) -> Iterator[Caveat]:
    """Intervals side by side have different levels."""
    for endpoint, own in _by_endpoint(rows):
        bounded = [row for row in own if row.interval_source]
        message = grouped(bounded, lambda row: f"{row.level:g} %" if row.level else "", _level)
        if message is not None:
            addresses = tuple(row.address for row in bounded)
            yield Caveat("levels-differ", addresses, f"{abbreviated(endpoint)}: {message}")


def _level(value: str) -> str:
    return value or "level not stated"


def interval_methods_differ(rows: Sequence[Row], _question: Question) -> Iterator[Caveat]:
    """Some intervals are printed, others computed here; one method for all: `interval=`."""
    printed = [row for row in rows if row.interval_source == "reported"]
    computed = [row for row in rows if row.interval_source == "computed"]
    counted = [row for row in printed if row.measure == PROPORTION]
    if computed and counted:
        method = computed[0].interval_method
        message = (
            f"printed by the source ({named(row.trial for row in counted)}); "
            f"computed here by {method} ({named(row.trial for row in computed)})"
        )
        addresses = tuple(row.address for row in (*counted, *computed))
        yield Caveat("interval-methods-differ", addresses, message)
