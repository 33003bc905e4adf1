"""Why a question has no answer, and the smallest change that gives one.

No arm meets the filters; arms do and print no such endpoint; they print it by other measures; the
sets that print it do not meet the filters: each is another sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Final, cast

from kb.printed.measure import COUNTED, MEASURES, NOT_STATED, PROPORTION
from kb.query.filters import FILTERS, worded
from kb.query.select import select
from kb.sentences import count, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kb.query.filters import Criteria
    from kb.query.select import Selection
    from kb.rows.row import Row
    from kb.store.knowledge_base import KnowledgeBase

Words = Mapping[str, tuple[str, ...]]
Arms = Collection[tuple[str, str]]
TOLD: Final = ("line", "allocation")
"""Filters whose words are few, so that it is said which of them the arms have."""


def why_empty(
    chosen: Selection,
    endpoints: Sequence[str],
    measures: Sequence[str],
    others: Sequence[Row],
    answering: Callable[[Words], Arms],
) -> str:
    """Why no row of selected arms answers.

    `others` are the rows of these endpoints by every measure; `answering` gives the arms that would
    answer under other filters.
    """
    if others:
        return no_row(endpoints, measures, others)
    base, asked = chosen.base, chosen.criteria
    listed = _either(endpoints)
    changes = _wider(base, asked, answering, f"with {listed}")
    if not chosen.arms:
        return _joined(f"no arm {_meets(asked)}", changes) if changes else no_arm(base, asked)
    arms = count(len(chosen.arms), "arm")
    printed = _printed(chosen)
    if any(one in printed for one in endpoints):
        return _joined(f"{arms} {_match(chosen)}, but no set that prints {listed} does", changes)
    most = ", ".join(f"{one} ({n})" for one, n in _most(printed)[:5])
    rest = f"; printed are {most}" if most else ""
    return _joined(f"{arms} {_match(chosen)}, none with {listed}{rest}", changes)


def no_arm(base: KnowledgeBase, criteria: Criteria | Words) -> str:
    """Why no arm is selected: what each filter leaves out."""

    def answering(wider: Words) -> Arms:
        found = select(base, **cast("Criteria", wider))
        return {(one.trial_id, one.arm_id) for one in found}

    asked = select(base, **cast("Criteria", criteria)).criteria
    return _joined(f"no arm {_meets(asked)}", _wider(base, asked, answering, ""))


def no_row(endpoints: Sequence[str], measures: Sequence[str], others: Iterable[Row]) -> str:
    """Why rows of other measures do not answer: what there is of each endpoint, and what to add.

    In place of a contrast only another contrast is offered.
    """
    found = {one: Counter[str]() for one in endpoints}
    for row in others:
        if row.endpoint in found:
            found[row.endpoint][row.measure] += 1
    sentences = []
    for endpoint, own in found.items():
        if own:
            useful = {name: own[name] for name in own if MEASURES[name].listed} or own
            listed = _and([_many(name, n) for name, n in Counter(useful).most_common()])
            sentences.append(f"{endpoint} has {listed} here")
    if not sentences:
        return f"there is no row of {_either(endpoints)}"
    every = sum(found.values(), Counter[str]())
    best = every.most_common(1)[0][0]
    missing = _either([plain(one) for one in measures])
    reason = f"{'; '.join(sentences)}, no {missing}"
    if set(measures) & set(COUNTED) and best == PROPORTION:
        return f"{reason}: no randomised trial prints the counts of an arm and its reference arm"
    if not any(MEASURES[one].contrast for one in measures):
        return f"{reason}: add --measure {'all' if best == NOT_STATED else best}"
    ratios = [name for name, _ in every.most_common() if MEASURES[name].null is not None]
    return f"{reason}: add --measure {ratios[0]}" if ratios else reason


def _many(measure: str, number: int) -> str:
    """`30 medians`, `1 hazard ratio`."""
    if measure == NOT_STATED:
        return f"{count(number, 'contrast')} without a number"
    return count(number, plain(measure))


def _printed(chosen: Selection) -> Counter[str]:
    """The endpoints that numbers of selected arms are of, and how many arms print each."""
    from kb.rows.cached import rows_by_trial

    arms = {(one.trial_id, one.arm_id) for one in chosen}
    known = rows_by_trial(chosen.base)
    pairs = {
        (trial_id, arm, row.endpoint)
        for trial_id in chosen.trial_ids
        for row in known[trial_id]
        for arm in row.arms
        if (trial_id, arm) in arms
    }
    return Counter(endpoint for _, _, endpoint in pairs)


def _wider(
    base: KnowledgeBase, asked: Words, answering: Callable[[Words], Arms], what: str
) -> list[str]:
    """What the fewest filters to leave out give: `without line first there are 4 arms with orr`."""
    parts = list(_parts(asked))
    for few in range(1, len(parts)):
        found = []
        for left_out in combinations(parts, few):
            arms = answering(_useful(_rest(parts, left_out)))
            if arms:
                words = _and([_worded([part]) for part in left_out])
                some = " ".join(word for word in (count(len(arms), "arm"), what) if word)
                verb = "there is" if len(arms) == 1 else "there are"
                found.append(f"without {words} {verb} {some}{_which(base, left_out, arms)}")
        if found:
            return found
    return []


def _parts(asked: Words) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Each filter by itself; of one whose words must all be met, each word."""
    all_of = {one.name for one in FILTERS if one.all_of}
    for name, words in asked.items():
        if name in all_of:
            yield from ((name, (word,)) for word in words)
        else:
            yield name, words


def _rest(
    parts: Iterable[tuple[str, tuple[str, ...]]], left_out: Iterable[tuple[str, tuple[str, ...]]]
) -> dict[str, tuple[str, ...]]:
    gone = list(left_out)
    kept: dict[str, tuple[str, ...]] = {}
    for name, words in parts:
        if (name, words) not in gone:
            kept[name] = (*kept.get(name, ()), *words)
    return kept


def _useful(asked: Words) -> Words:
    """Filters without those that are of no use as another is gone: a histology alone, of none."""
    needs = {one.name: one.needs for one in FILTERS if one.needs}
    return {name: words for name, words in asked.items() if needs.get(name, name) in asked}


def _which(base: KnowledgeBase, left_out: Iterable[tuple[str, tuple[str, ...]]], arms: Arms) -> str:
    """Of one filter of few words, which of them the arms have: ` (previously-treated 3, …)`."""
    names = {name for name, _ in left_out}
    if len(names) != 1 or names.isdisjoint(TOLD):
        return ""
    (name,) = names
    words = Counter(
        word
        for trial_id, arm in arms
        for word in base.facets(trial_id)[arm].get(name, ()) or ("not-stated",)
    )
    return f" ({', '.join(f'{word} {number}' for word, number in _most(words)[:4])})"


def _most(counted: Counter[str]) -> list[tuple[str, int]]:
    """Words with their counts, the most frequent first, those of one count by the alphabet."""
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def _worded(parts: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    return _and(worded(_rest(parts, ())))


def _meets(asked: Words) -> str:
    if not asked:
        return "is recorded"
    together = " together" if len(list(_parts(asked))) > 1 else ""
    return f"has {_and(worded(asked))}{together}"


def _match(chosen: Selection) -> str:
    verb = "match" if len(chosen.arms) != 1 else "matches"
    return f"{verb} {_and(worded(chosen.criteria))}" if chosen.criteria else "recorded"


def _joined(reason: str, changes: Sequence[str]) -> str:
    return "; ".join([reason, *changes])


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _either(words: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))
