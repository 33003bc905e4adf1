"""Criteria to the arms that meet them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from kb.query.criteria import resolved, years_match
from kb.query.filters import AMONG_ROWS, FILTERS
from kb.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, Unpack

    from kb.model import Arm, Trial
    from kb.query.filters import Criteria
    from kb.store.knowledge_base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class SelectedArm:
    """An arm with its trial, which is looked up when it is asked for."""

    base: KnowledgeBase
    trial_id: str
    arm_id: str

    @property
    def trial(self) -> Trial:
        """The trial of the arm."""
        return self.base[self.trial_id]

    def __iter__(self) -> Iterator[Any]:
        """The trial and the arm's id, for `for trial, arm in selection`."""
        yield self.trial
        yield self.arm_id

    @property
    def arm(self) -> Arm:
        """The arm itself."""
        return self.trial.arms[self.arm_id]

    def has_class(self, criteria: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether the arm over all its phases is of a class that was asked for, if one was."""
        asked = criteria.get("regimen_class")
        own = self.base.facets(self.trial_id)[self.arm_id]["regimen_class"]
        return not asked or not own.isdisjoint(asked)


@dataclass(frozen=True, slots=True)
class Selection(View):
    """The arms that meet some criteria, in the order of the base, and the criteria as ids."""

    base: KnowledgeBase
    arms: tuple[SelectedArm, ...]
    criteria: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[SelectedArm]:
        return iter(self.arms)

    def __len__(self) -> int:
        return len(self.arms)

    @property
    def trials(self) -> tuple[Trial, ...]:
        """The trials of these arms, each once."""
        return tuple(self.base[trial_id] for trial_id in self.trial_ids)

    @property
    def trial_ids(self) -> tuple[str, ...]:
        """The ids of the trials of these arms, each once."""
        return tuple(dict.fromkeys(one.trial_id for one in self.arms))


def select(base: KnowledgeBase, **criteria: Unpack[Criteria]) -> Selection:
    """The arms that meet every filter.

    Several words of one filter: any of them, except `drug`, where all must be in the arm.
    Synonyms and hierarchy resolve. Of the filters that choose among rows an arm meets those that
    one of its numbers meets at once; `one_per_trial` takes the first arm of each trial, one that is
    no control before one that is. An unknown word raises UnknownTermError with near ones.
    """
    chosen = with_numbers(base, **criteria)
    arms = tuple(one for one in chosen.arms if one.has_class(chosen.criteria))
    if "only_histology" in chosen.criteria:
        asked = chosen.criteria
        arms = tuple(one for one in arms if _has_number(base, one.trial_id, one.arm_id, asked))
    if "one_per_trial" in chosen.criteria:
        first: dict[str, SelectedArm] = {}
        for one in sorted(arms, key=lambda each: each.arm.role == "control"):
            first.setdefault(one.trial_id, one)
        arms = tuple(one for one in arms if first[one.trial_id] == one)
    return replace(chosen, arms=arms)


def with_numbers(base: KnowledgeBase, **criteria: Unpack[Criteria]) -> Selection:
    """The arms of which some number may be wanted: those of `select`, before its flags.

    Besides them arms of which only a number that covers some of their phases has the class.
    """
    chosen = before_rows(base, **criteria)
    asked = {name: words for name, words in chosen.criteria.items() if name not in _FLAGS}
    if _OF_ROWS.isdisjoint(asked):
        return chosen
    arms = tuple(one for one in chosen if _has_number(base, one.trial_id, one.arm_id, asked))
    return replace(chosen, arms=arms)


def before_rows(base: KnowledgeBase, **criteria: Unpack[Criteria]) -> Selection:
    """The arms that meet the filters of arms, whatever was asked of their rows."""
    wanted = resolved(base, criteria)
    all_of = {one.name for one in FILTERS if one.all_of}
    unasked = _FLAGS | _OF_ROWS
    in_arms = {name: words for name, words in wanted.items() if name not in unasked}
    chosen = tuple(
        SelectedArm(base, trial_id, arm)
        for trial_id in base
        if trial_id in in_arms.get("trial", base)
        for arm, words in base.facets(trial_id).items()
        if not in_arms or _meets(words, in_arms, all_of)
    )
    return Selection(base, chosen, wanted)


def _has_number(
    base: KnowledgeBase, trial_id: str, arm: str, criteria: Mapping[str, tuple[str, ...]]
) -> bool:
    from kb.query.figures import arm_meets  # it reads records, which a comparison need not

    return arm_meets(base[trial_id], arm, criteria, base.vocabulary)


COVERED: Final = {"regimen_class": "covered_class"}
"""The facet of an arm's numbers, of a filter that an arm and a number of it may meet apart."""
_OF_ROWS: Final = frozenset(one.name for one in AMONG_ROWS)
_FLAGS: Final = frozenset(one.name for one in FILTERS if one.flag)


def _meets(
    found: Mapping[str, frozenset[str]], wanted: Mapping[str, tuple[str, ...]], all_of: set[str]
) -> bool:
    for name, words in wanted.items():
        if name == "year":
            if not any(years_match(words, int(year)) for year in found["year"]):
                return False
        elif name in all_of:
            if not found[name].issuperset(words):
                return False
        elif found[name].isdisjoint(words) and found[COVERED.get(name, name)].isdisjoint(words):
            return False
    return True
