"""Criteria to the arms that meet them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kb.links import facets
from kb.query.criteria import resolved, years_match
from kb.query.filters import FILTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Unpack

    from kb.model import Arm, Trial
    from kb.query.criteria import Criteria
    from kb.store.knowledge_base import KnowledgeBase


class SelectedArm(NamedTuple):
    """An arm with its trial."""

    trial: Trial
    arm_id: str

    @property
    def arm(self) -> Arm:
        """The arm itself."""
        return self.trial.arms[self.arm_id]


@dataclass(frozen=True, slots=True)
class Selection:
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
        return tuple({one.trial.id: one.trial for one in self.arms}.values())

    def _repr_html_(self) -> str:
        import kb

        return str(kb.render(self, "html"))


def select(base: KnowledgeBase, **criteria: Unpack[Criteria]) -> Selection:
    """The arms that meet every filter.

    Several words of one filter: any of them, except `drug`, where all must be in the arm.
    Synonyms and hierarchy resolve. An unknown word raises UnknownTermError with near ones.
    """
    wanted = resolved(base, criteria)
    all_of = {one.name for one in FILTERS if one.all_of}
    chosen = tuple(
        SelectedArm(trial, arm)
        for trial in (base[one] for one in base if one in wanted.get("trial", base))
        for arm in trial.arms
        if not wanted or _meets(facets(trial, arm, base.vocabulary), wanted, all_of)
    )
    return Selection(base, chosen, wanted)


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
        elif found[name].isdisjoint(words):
            return False
    return True
