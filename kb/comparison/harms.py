"""`harms`: the adverse events of selected arms, and what makes them hard to compare."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from kb.comparison.harm_caveats import caveats_of
from kb.errors import UnknownTermError
from kb.printed.adverse_event import FATAL_OUTCOME, OVERALL, SERIOUS, SYNONYMS, meaning
from kb.printed.grade import ANY, Band, band
from kb.printed.reading import LAST_RESORT, directness
from kb.query.criteria import among, meets, resolved, unusable
from kb.query.filters import AMONG_ROWS
from kb.query.select import select
from kb.rows.cached import harms_by_trial
from kb.view import View
from kb.vocabulary.vocabulary import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Unpack

    from kb.comparison.caveat import Caveat
    from kb.query.filters import Criteria, Words
    from kb.query.select import Selection
    from kb.rows.harm import HarmRow
    from kb.store.knowledge_base import KnowledgeBase

REPORTS: Final = ("latest", "all")
NOT_STATED: Final = "not-stated"
UNKNOWN: Final = ("criteria", "assessor", "confirmed", "definition")
"""Filters that ask what an adverse event does not have: who judged a response, and how."""
AMONG_EVENTS: Final = ("only_histology", *(one.name for one in AMONG_ROWS))
"""Filters that choose among events; arms are not chosen by the results that they print."""
BLOCKS: Final = (OVERALL, FATAL_OUTCOME, "discontinuation", SERIOUS)
"""Words for blocks of events, which records need not have."""


@dataclass(frozen=True, slots=True)
class Harms(View):
    """Adverse events side by side: rows, those of other reports set aside, and caveats.

    `events` and `grades` are the words that narrowed it; empty where every event is shown.
    """

    base: KnowledgeBase
    rows: tuple[HarmRow, ...]
    caveats: tuple[Caveat, ...]
    set_aside: tuple[HarmRow, ...] = ()
    criteria: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    events: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[HarmRow]:
        return iter(self.rows)


def harms(
    base: KnowledgeBase,
    *,
    event: Words | None = None,
    grade: Words | None = None,
    reports: str = "latest",
    **criteria: Unpack[Criteria],
) -> Harms:
    """Lay the adverse events of trials side by side, one row per set, event and grade.

    `event`: one word or several; a row is shown that is about any of them. Spellings and synonyms
    are understood, and `any`, `death`, `discontinuation` and `serious` are events too. `grade`: one
    or several; `3-4` or `>=3` find every row whose grades all lie in it, a printed `any` is found
    by `any` alone, and a row without a grade by `not-stated`. `reports`: "latest" shows per
    patients, event, grade and attribution the newest release that has a number, "all" every report.
    Filters are those of `select`. UnknownTermError for an event that no record of the base names.
    """
    if reports not in REPORTS:
        raise ValueError(f"reports is one of {', '.join(REPORTS)}, got {reports!r}")
    unusable(criteria, *UNKNOWN, by="an adverse event has none of its own")
    unusable(criteria, "one_per_trial", by="every event of a trial is a row of its own")
    wanted = resolved(base, criteria)
    chosen = select(base, **{name: wanted[name] for name in wanted if name not in AMONG_EVENTS})  # type: ignore[arg-type]  # criteria as ids
    events, grades = _words(event), _words(grade)
    known = harms_by_trial(base)
    meant = _events(events, known)
    bands = [(word, _band(word)) for word in grades]
    rows: list[HarmRow] = []
    for trial_id in _ordered(chosen):
        found = [
            row
            for row in known[trial_id]
            if _selected(row, chosen, wanted)
            and (not events or any(_is(row, one) for one in meant))
            and (not grades or any(_graded(row, word, asked) for word, asked in bands))
        ]
        rows += _latest(found) if reports == "latest" else found
    shown = tuple(row for row in rows if not row.set_aside)
    return Harms(
        base, shown, tuple(caveats_of(shown)), tuple(row for row in rows if row.set_aside),
        wanted, events, grades,
    )  # fmt: skip


def recorded(base: KnowledgeBase) -> list[str]:
    """The events that records name, those of most rows first, and words that stand for blocks."""
    counted = Counter(row.event for rows in harms_by_trial(base).values() for row in rows)
    return [*dict.fromkeys([*(one for one, _ in counted.most_common()), *BLOCKS])]


def every_harm(base: KnowledgeBase, **criteria: Unpack[Criteria]) -> Harms:
    """The harms of every report; `set_aside` of a row says why `harms` hides it."""
    every = harms(base, reports="all", **criteria)
    reasons = {row.address: row.set_aside for row in harms(base, **criteria).set_aside}
    rows = (replace(row, set_aside=reasons.get(row.address, "")) for row in every.rows)
    return replace(every, rows=tuple(rows))


def _words(given: Words | None) -> tuple[str, ...]:
    several = (given,) if isinstance(given, str) else given or ()
    return tuple(one.strip() for word in several for one in word.split(",") if one.strip())


def _events(words: Iterable[str], known: Mapping[str, list[HarmRow]]) -> list[str]:
    """Words as what they mean; UnknownTermError for one that is no event here."""
    if not words:
        return []
    recorded = {row.meant: row.event for rows in known.values() for row in rows}
    spellings = {row.event: row.event for rows in known.values() for row in rows}
    spellings |= {one: name for name, others in SYNONYMS.items() for one in (name, *others)}
    meanings = {*recorded, *map(meaning, SYNONYMS)}
    for word in words:
        if meaning(word) not in meanings:
            raise UnknownTermError("adverse event", word, nearest(word, spellings))
    return [meaning(word) for word in words]


def _is(row: HarmRow, meant: str) -> bool:
    """Whether a row is about an event; one that killed is about deaths too, a serious one so."""
    if meant == SERIOUS:
        return row.severity == SERIOUS
    return row.meant == meant or (meant == FATAL_OUTCOME and row.fatal)


def _band(word: str) -> Band | None:
    """What is asked for as a grade; ValueError for a word that is none."""
    if word == NOT_STATED:
        return None
    found = band(word)
    if found is None:
        raise ValueError(f"a grade is 1 to 5, 3-4, >=3, any or {NOT_STATED}, got {word!r}")
    return found


def _graded(row: HarmRow, word: str, asked: Band | None) -> bool:
    if asked is None or row.band is None:
        return asked is None and row.band is None
    if word.casefold() in ANY:
        return row.band == asked
    return row.band.within(asked)


def _ordered(chosen: Selection) -> list[str]:
    """Trials in the order in which they were asked for, else in that of the base."""
    asked = chosen.criteria.get("trial", ())
    order = {trial_id: index for index, trial_id in enumerate(asked)}
    return sorted(chosen.trial_ids, key=lambda trial_id: order.get(trial_id, len(order)))


def _selected(row: HarmRow, chosen: Selection, wanted: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a row is of a selected arm and meets what sets and reports of one arm can fail.

    Where no set is named, every arm of the trial has to be selected: it may be of any.
    """
    arms = {one.arm_id for one in chosen if one.trial_id == row.trial}
    found = any(arm in arms for arm in row.arms) if row.set else arms.issuperset(row.arms)
    vocabulary = chosen.base.vocabulary
    return (
        found
        and meets(wanted, vocabulary, line=row.line, year=row.year, histologies=row.studied)
        and among(wanted, vocabulary, row)
    )


def _latest(rows: list[HarmRow]) -> list[HarmRow]:
    """The rows of a trial, those of reports that are not shown marked with the reason."""
    groups: dict[tuple[object, ...], list[HarmRow]] = defaultdict(list)
    for row in rows:
        what = (row.meant, row.band, row.relation, row.severity, row.drug, row.outcome)
        groups[row.arm, row.subgroup, *what].append(row)
    reasons: dict[str, str] = {}
    for group in groups.values():
        best = max(sorted(group, key=lambda row: row.report), key=_rank)
        reasons |= {row.address: _reason(row, best) for row in group if row.report != best.report}
    return [replace(row, set_aside=reasons.get(row.address, "")) for row in rows]


def _rank(row: HarmRow) -> tuple[bool, bool, str, int, int]:
    decimals = len(row.value.partition(".")[2]) if row.value_source == "reported" else 0
    return (
        row.numbered,
        row.read != LAST_RESORT,
        row.release_date,
        -directness(row.read),
        decimals + (row.events is not None),
    )


def _reason(row: HarmRow, best: HarmRow) -> str:
    if best.numbered and not row.numbered:
        return f"names it without a number; {best.report} prints one"
    if row.read == LAST_RESORT != best.read:
        return f"a review table; {best.report} prints it"
    if row.release == best.release:
        same = f"the same release as {best.report}"
        return same if row.read == best.read else f"{same}, which was read as {best.read}"
    if row.release_date < best.release_date:
        dates = f"{row.release_date or 'undated'}, before {best.release_date}"
        return f"an earlier release than {best.report} ({dates})"
    alike = "of the same date as" if row.release_date else "undated like"
    return f"a release {alike} {best.report}"
