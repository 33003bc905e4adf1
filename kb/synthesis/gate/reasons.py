"""The gate: rows are pooled only if they are the same thing, or if somebody says otherwise.

A reason is refused unless it is accepted by its id; what was accepted stands in every output. Each
names the options that remove its cause.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Final

from kb.errors import NotComparableError
from kb.rows.identity import quantity, shared_patients
from kb.sentences import named, plain
from kb.synthesis.effect_sizes import interval_level
from kb.synthesis.gate import options
from kb.synthesis.gate.likeness import (
    adjusted_mixed,
    arms_of_one_study,
    arms_reversed,
    confirmation_mixed,
    criteria_mixed,
    histologies_mixed,
    origins_mixed,
    regimens_unlike,
    subgroups_mixed,
    treatments_differ,
)
from kb.synthesis.gate.offers import offered, satisfying

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from kb.rows.row import Row
    from kb.store.knowledge_base import KnowledgeBase
    from kb.synthesis.gate.offers import Again, Rule
    from kb.synthesis.gate.options import Given, Option

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


def patients_shared_between(rows: Sequence[Row], base: KnowledgeBase) -> str:
    """Contrasts of several trials share patients; those of one trial are what a network joins."""
    pairs = (pair for pair in combinations(rows, 2) if pair[0].trial != pair[1].trial)
    found = (patients_shared(pair, base) for pair in pairs)
    return "; ".join(dict.fromkeys(filter(None, found)))


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
    own = [row.trial for row in rows if _p_unsure(row)]
    return f"one or two sides of p not stated ({named(own)})" if own else ""


def _p_unsure(row: Row) -> bool:
    from_p = row.is_contrast and bool(row.p) and interval_level(row) is None
    return from_p and row.p_sides not in ("one", "two")


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that gives a sentence where rows must not be pooled, and what would satisfy it.

    `options` says so in words, for the guide; `candidates` gives those of the rows at hand.
    """

    rule: Rule
    options: str
    candidates: Given

    def __call__(self, rows: Sequence[Row], base: KnowledgeBase) -> str:
        """The sentence; empty where rows may be pooled."""
        return self.rule(rows, base)

    def offered(
        self, rows: Sequence[Row], base: KnowledgeBase, again: Again | None = None
    ) -> list[Option]:
        """The options that remove the cause from these rows, those that keep most of them first."""
        return offered(self.rule, self.candidates, rows, base, again)


REASONS: Final[dict[str, Reason]] = {
    "quantities-differ": Reason(
        quantities_differ, "--definition, --measure, --exclude", options.by_quantity
    ),
    "regimens-unlike": Reason(regimens_unlike, "--class, --drug, --exclude", options.by_class),
    "arms-of-one-study": Reason(
        arms_of_one_study, "kb pool --measure odds-ratio, --exclude", options.by_patients
    ),
    "treatments-differ": Reason(treatments_differ, "--exclude, or kb network", options.by_pair),
    "arms-reversed": Reason(arms_reversed, "--exclude", options.by_pair),
    "patients-shared": Reason(
        patients_shared,
        "--one-per-trial, --assessor, --criteria, --confirmed, --set, --exclude",
        options.by_patients,
    ),
    "read-second-hand": Reason(read_second_hand, "--read, --exclude", options.by_read),
    "sets-mixed": Reason(sets_mixed, "--set, --exclude", options.by("analysis_set")),
    "lines-mixed": Reason(lines_mixed, "--line, --exclude", options.by_line),
    "subgroups-mixed": Reason(subgroups_mixed, "--exclude", options.by_part),
    "criteria-mixed": Reason(
        criteria_mixed, "--criteria, --exclude", options.by("criteria", stated=True)
    ),
    "confirmation-mixed": Reason(
        confirmation_mixed, "--confirmed, --exclude", options.by("confirmed", stated=True)
    ),
    "origins-mixed": Reason(origins_mixed, "--exclude", options.by_origin),
    "adjusted-mixed": Reason(
        adjusted_mixed, "--exclude", options.keeping_one(lambda row: bool(row.adjusted_for))
    ),
    "timing-mixed": Reason(timing_mixed, "--exclude", options.by_timing),
    "erratum-on-row": Reason(
        erratum_on_row, "--exclude", options.leaving_out(lambda row: bool(row.erratum))
    ),
    "p-sides": Reason(p_sides, "--exclude", options.leaving_out(_p_unsure)),
    "histologies-mixed": Reason(
        histologies_mixed, "--histology, --only-histology, --exclude", options.by_histology
    ),
}
"""Every reason with what satisfies it."""
OF_TABLES: Final = ("leaving rows out of the table",)
"""What satisfies a reason where rows are of a reviewer's own table."""
AGAINST: Final = {"arms-of-one-study": ("--measure odds-ratio, which sets them side by side",)}
"""What satisfies single reasons there besides."""
JOINED: Final = {
    **{
        name: one
        for name, one in REASONS.items()
        if name not in ("treatments-differ", "arms-reversed")
    },
    "patients-shared": replace(REASONS["patients-shared"], rule=patients_shared_between),
}
"""The reasons against joining contrasts in a network, which keeps one of each pair of arms."""
OF_NETWORKS: Final = ("histologies-mixed",)
"""Reasons that speak against a network alone; rows that are pooled are seen side by side."""


def accepted_words(accept: str | Iterable[str]) -> tuple[str, ...]:
    """Reasons as given, one by one or separated by commas; ValueError for what is none."""
    given = (accept,) if isinstance(accept, str) else accept
    words = [word.strip() for one in given for word in one.split(",")]
    found = tuple(dict.fromkeys(word for word in words if word))
    for one in found:
        if one not in REASONS:
            raise ValueError(f"{one!r} is not a reason; there are {', '.join(REASONS)}")
    return found


def passed(
    rows: Sequence[Row],
    base: KnowledgeBase,
    accept: Iterable[str],
    *,
    without: Collection[str] = (),
    reasons: Mapping[str, Reason] = REASONS,
    again: Again | None = None,
) -> dict[str, str]:
    """What was accepted, reason by reason; NotComparableError with every reason that was not.

    `reasons` are what is asked, and `without` names those that do not apply. An accepted reason
    that is none raises ValueError with the list of those there are. `again` gives the rows that
    there are once options are typed, so that only those are offered which lead on.
    """
    accepted = accepted_words(accept)
    found = {
        reason: sentence
        for reason, rule in reasons.items()
        if reason not in without and (sentence := rule(rows, base))
    }
    refused = {reason: sentence for reason, sentence in found.items() if reason not in accepted}
    if refused:
        waived = {*without, *accepted}
        asked = {name: one for name, one in reasons.items() if name not in waived}
        error = _refusal(refused, rows, base, asked, again and cache(again))
        error.not_needed = not_needed(accepted, found)
        raise error
    return found


def _refusal(
    refused: dict[str, str],
    rows: Sequence[Row],
    base: KnowledgeBase,
    asked: Mapping[str, Reason],
    again: Again | None,
) -> NotComparableError:
    """The reasons with what satisfies them; a table takes no filter, so rows of it are left out."""
    if not len(base):
        return NotComparableError(
            refused, {one: (*AGAINST.get(one, ()), *OF_TABLES) for one in refused}
        )
    offers = {
        reason: tuple(map(str, one.offered(rows, base, again))) or (one.options,)
        for reason, one in asked.items()
        if reason in refused
    }
    rules = [(one.rule, one.candidates) for one in asked.values()]
    return NotComparableError(refused, offers, satisfying(rows, base, rules, again))


def not_needed(accept: Iterable[str], accepted: Collection[str]) -> tuple[str, ...]:
    """The reasons that were accepted and are none of these rows'."""
    return tuple(one for one in accepted_words(accept) if one not in accepted)
