"""The gate: rows are pooled only if they are the same thing, or if somebody says otherwise.

A reason is refused unless it is accepted by its id; what was accepted stands in every output.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from kb.errors import NotComparableError
from kb.rows.identity import quantity, shared_patients
from kb.sentences import named, plain
from kb.synthesis.effect_sizes import interval_level
from kb.synthesis.gate.likeness import (
    adjusted_mixed,
    arms_reversed,
    confirmation_mixed,
    criteria_mixed,
    origins_mixed,
    regimens_unlike,
    subgroups_mixed,
    treatments_differ,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from kb.rows.row import Row
    from kb.store.knowledge_base import KnowledgeBase

EARLY: Final = ("first", "anthracycline-naive")
SETTINGS: Final = ("maintenance", "neoadjuvant", "adjuvant")
WHOLE: Final = "intention-to-treat"
CHOSEN: Final = ("response-evaluable", "per-protocol")
GIVEN: Final = ("treated", "safety")


def quantities_differ(rows: Sequence[Row], _base: KnowledgeBase) -> str:
    """Endpoint, definition, measure or time differ; a stated definition meets an unstated one."""
    found = {quantity(row): row for row in rows}
    if len(found) < 2:
        return ""
    words = [
        f"{' '.join(part for part in one if part)} ({row.trial})" for one, row in found.items()
    ]
    more = f"; and {len(words) - 5} more" if len(words) > 6 else ""
    return f"different quantities: {'; '.join(words[:5] if more else words)}{more}"


def patients_shared(rows: Sequence[Row], base: KnowledgeBase) -> str:
    """Rows share patients: a subgroup and its whole, two reports of one arm, declared overlaps."""
    found = []
    for one, other in combinations(rows, 2):
        declared = any(base[row.trial].overlaps for row in (one, other) if row.trial in base)
        if one.trial == other.trial or declared:
            sentence = shared_patients(one, other, base)
            if sentence:
                found.append(sentence)
    return "; ".join(dict.fromkeys(found))


def read_second_hand(rows: Sequence[Row], _base: KnowledgeBase) -> str:
    """Rows pass on somebody else's results: kept to be checked, not to be pooled."""
    own = [row.trial for row in rows if row.second_hand]
    return f"read second-hand ({named(own)})" if own else ""


def sets_mixed(rows: Sequence[Row], _base: KnowledgeBase) -> str:
    """All patients allocated with other or unstated denominators; evaluable with treated ones."""
    whole = [row for row in rows if row.analysis_set == WHOLE]
    rest = [row for row in rows if row.analysis_set != WHOLE]
    if not whole:
        whole = [row for row in rows if row.analysis_set in CHOSEN]
        rest = [row for row in rows if row.analysis_set in GIVEN]
    return _with(whole, rest, lambda row: plain(row.analysis_set))


def lines_mixed(rows: Sequence[Row], _base: KnowledgeBase) -> str:
    """First line or anthracycline-naive with other or unstated lines; maintenance, surgery too."""
    for setting in (EARLY, *((one,) for one in SETTINGS)):
        own = [row for row in rows if row.line in setting]
        rest = [row for row in rows if row.line not in setting]
        if own and rest:
            return _with(own, rest, _line)
    return ""


def _line(row: Row) -> str:
    return "first line" if row.line == "first" else plain(row.line)


def _with(own: Sequence[Row], rest: Sequence[Row], say: Callable[[Row], str]) -> str:
    """`first line (a) with second (b)`; empty unless both are there."""
    if not own or not rest:
        return ""
    one, others = (", ".join(dict.fromkeys(say(row) for row in some)) for some in (own, rest))
    return (
        f"{one} ({named(row.trial for row in own)}) "
        f"with {others} ({named(row.trial for row in rest)})"
    )


def timing_mixed(rows: Sequence[Row], base: KnowledgeBase) -> str:
    """Prospective trials with retrospective series."""
    timing = {row.trial: base[row.trial].design.timing for row in rows if row.trial in base}
    late = [trial for trial, one in timing.items() if one == "retrospective"]
    if not late or len(late) == len(timing):
        return ""
    return f"prospective trials with retrospective series ({named(late)})"


def erratum_on_row(rows: Sequence[Row], _base: KnowledgeBase) -> str:
    """A record says that a number or its interval should read otherwise than it is printed."""
    found = [row.address for row in rows if row.erratum]
    return f"an erratum stands at {named(found)}" if found else ""


def p_sides(rows: Sequence[Row], _base: KnowledgeBase) -> str:
    """A standard error would come from a p-value whose sides are not stated."""
    own = [
        row.trial
        for row in rows
        if row.is_contrast
        and row.p
        and interval_level(row) is None
        and row.p_sides not in ("one", "two")
    ]
    return f"one or two sides of p not stated ({named(own)})" if own else ""


REASONS: Final[dict[str, Callable[[Sequence[Row], KnowledgeBase], str]]] = {
    "quantities-differ": quantities_differ,
    "regimens-unlike": regimens_unlike,
    "treatments-differ": treatments_differ,
    "arms-reversed": arms_reversed,
    "patients-shared": patients_shared,
    "read-second-hand": read_second_hand,
    "sets-mixed": sets_mixed,
    "lines-mixed": lines_mixed,
    "subgroups-mixed": subgroups_mixed,
    "criteria-mixed": criteria_mixed,
    "confirmation-mixed": confirmation_mixed,
    "origins-mixed": origins_mixed,
    "adjusted-mixed": adjusted_mixed,
    "timing-mixed": timing_mixed,
    "erratum-on-row": erratum_on_row,
    "p-sides": p_sides,
}


def passed(
    rows: Sequence[Row],
    base: KnowledgeBase,
    accept: Iterable[str],
    *,
    without: Collection[str] = (),
) -> dict[str, str]:
    """What was accepted, reason by reason; NotComparableError with every reason that was not.

    `without` names reasons that do not apply. An accepted reason that is none raises ValueError
    with the list of those there are.
    """
    accepted = {one.strip() for one in accept if one.strip()}
    for one in accepted - REASONS.keys():
        raise ValueError(f"{one!r} is not a reason; there are {', '.join(REASONS)}")
    found = {
        reason: sentence
        for reason, rule in REASONS.items()
        if reason not in without and (sentence := rule(rows, base))
    }
    refused = {reason: sentence for reason, sentence in found.items() if reason not in accepted}
    if refused:
        raise NotComparableError(refused)
    return found
