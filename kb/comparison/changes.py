"""What two bases print differently: numbers that came, went, or changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from kb.rows.cached import rows_by_trial
from kb.rows.row import FIELDS
from kb.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.rows.row import Row
    from kb.store.knowledge_base import KnowledgeBase

KINDS: Final = ("added", "removed", "changed")


@dataclass(frozen=True, slots=True)
class Change:
    """A number that only one base has, or one field that differs; `field` names what is shown."""

    address: str
    kind: Literal["added", "removed", "changed"]
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Diff(View):
    """The changes from one base to another, in the order of the trials' ids."""

    old: KnowledgeBase
    new: KnowledgeBase
    changes: tuple[Change, ...]

    def __len__(self) -> int:
        return len(self.changes)


def diff(old: KnowledgeBase, new: KnowledgeBase) -> Diff:
    """What changed between two bases, number by number, each known by its address.

    An added or removed number is one change that shows its value; of a number that both have, every
    field that differs is one. What no number carries, such as doses, is not compared.
    """
    before, after = rows_by_trial(old), rows_by_trial(new)
    changes: list[Change] = []
    for trial_id in sorted({*before, *after}):
        was = {row.address: row for row in before[trial_id]} if trial_id in before else {}
        now = {row.address: row for row in after[trial_id]} if trial_id in after else {}
        for address in dict.fromkeys((*was, *now)):
            changes += _between(was.get(address), now.get(address))
    return Diff(old, new, tuple(changes))


def _between(was: Row | None, now: Row | None) -> Iterator[Change]:
    if was is not None and now is not None:
        for name in FIELDS:
            old, new = _text(getattr(was, name)), _text(getattr(now, name))
            if old != new:
                yield Change(now.address, "changed", name, old, new)
    elif now is not None:
        yield Change(now.address, "added", "value", "", _shown(now))
    elif was is not None:
        yield Change(was.address, "removed", "value", _shown(was), "")


def _shown(row: Row) -> str:
    """The number itself: its value or state, else its count."""
    return row.value or row.value_state or _text(row.events)


def _text(value: object) -> str:
    return "" if value is None else str(value)
