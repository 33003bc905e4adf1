"""Columns put together: the rows that each line of a table makes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.printed.measure import LANDMARK, MEASURES, MEDIAN, PROPORTION, TIME
from kb.tables.arms import reference_of
from kb.tables.meaning import BETWEEN, NUMBERS, QUALITIES, Meaning
from kb.tables.plan import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kb.tables.sheet import Line

_TWO: Final = 2
_SAYS_NOTHING_ALONE: Final = frozenset({"n", "level", "sides"})
_SHARED: Final = frozenset({"n", "level"})
"""Numbers that are of every entry of a line where their header names none."""
_CONTRAST: Final = "contrast"


class Key(NamedTuple):
    """Which number of a line an entry is of."""

    endpoint: str = ""
    measure: str = ""
    at: str = ""
    at_unit: str = ""
    side: str = ""
    qualities: tuple[tuple[str, str], ...] = ()

    @property
    def contrast(self) -> bool:
        """Whether it sets two arms side by side."""
        return self.side == BETWEEN or (bool(self.measure) and MEASURES[self.measure].contrast)


@dataclass
class Put:
    """The columns of one entry while it is put together."""

    fields: dict[str, int] = field(default_factory=dict)
    more: dict[str, str] = field(default_factory=dict)
    log: bool = False


def key_of(meaning: Meaning) -> Key:
    """The entry that a column goes to."""
    qualities = tuple(one for one in meaning.more if one[0] in QUALITIES)
    side = meaning.side.casefold()
    if not side and meaning.measure and MEASURES[meaning.measure].contrast:
        side = BETWEEN
    return Key(meaning.endpoint, meaning.measure, meaning.at, meaning.at_unit, side, qualities)


def entries_of(
    meanings: Mapping[int, Meaning],
    constants: Mapping[Key, Mapping[str, str]],
    lines: Sequence[Line],
) -> tuple[Entry, ...]:
    """The entries that columns make; `constants` are texts given for all lines."""
    shared: dict[str, int] = {}
    of_side: dict[str, dict[str, int]] = {}
    labels: dict[str, str] = {}
    put: dict[Key, Put] = {}
    for index, one in meanings.items():
        if not one.field:
            continue
        key = key_of(one)
        if key.side and key.side != BETWEEN:
            labels.setdefault(key.side, one.side)
        if not one.keyed and one.field not in NUMBERS - _SHARED:
            shared[one.field] = index
        elif (
            not one.endpoint
            and not one.measure
            and one.side not in ("", BETWEEN)
            and (one.field == "n" or one.field not in NUMBERS)
        ):
            of_side.setdefault(key.side, {})[one.field] = index
        else:
            own = put.setdefault(key, Put())
            own.fields[one.field] = index
            own.more.update(one.more)
            own.log = own.log or one.log
    for key, given in constants.items():
        if key.side in labels and "arm" in given:
            labels[key.side] = given["arm"]
    arms = _Arms(labels, of_side, shared, lines)
    making = {
        key: one for key, one in put.items() if not _SAYS_NOTHING_ALONE.issuperset(one.fields)
    }
    if len(making) > 1:
        return tuple(_entry(key, each, arms, constants) for key, each in making.items())
    key, only = next(iter(making.items()), (Key(), Put()))
    found = _entry(key, only, arms, constants)
    named = found.own if key != Key() else tuple(sorted(found.fields.values()))
    return (Entry("", found.fields, found.constants, named, found.log),)


class _Arms:
    """The arms of a layout that has columns of each."""

    def __init__(
        self,
        labels: dict[str, str],
        of_side: dict[str, dict[str, int]],
        shared: dict[str, int],
        lines: Sequence[Line],
    ) -> None:
        self.labels, self.of_side, self.shared = labels, of_side, shared
        self.sides = list(labels)
        names = {one: each["arm"] for one, each in of_side.items() if "arm" in each}
        self.references = reference_of(self.sides, names, lines)
        by_header = reference_of(self.sides, {}, ())
        others = [one for one in self.sides if one not in by_header]
        self.pair = (others[0], by_header[0]) if len(self.sides) == _TWO and others else ()

    def named(self, side: str, field: str, put: tuple[dict[str, int], dict[str, str]]) -> None:
        """The name of an arm, from its column or its header, as `arm` or `versus`."""
        fields, constants = put
        column = self.of_side.get(side, {}).get("arm")
        if column is None and len(self.sides) <= _TWO:
            column = self.shared.get("versus" if side in self.references else "arm")
        fields.pop(field, None)
        if column is None:
            constants[field] = self.labels[side]
        else:
            fields[field] = column


def _entry(key: Key, put: Put, arms: _Arms, constants: Mapping[Key, Mapping[str, str]]) -> Entry:
    """One entry: what is of every number of the line, of its arm, and its own."""
    fields = {**arms.shared, **arms.of_side.get(key.side, {}), **put.fields}
    said: dict[str, str] = {}
    for name in ("endpoint", "measure", "at", "at_unit"):
        text = getattr(key, name)
        if text:
            said[name] = text
            fields.pop(name, None)
    if key.contrast:
        if arms.pair:
            if "n" not in put.fields:
                fields.pop("n", None)
            arms.named(arms.pair[0], "arm", (fields, said))
            arms.named(arms.pair[1], "versus", (fields, said))
    elif key != Key():
        fields.pop("versus", None)
        if key.side:
            arms.named(key.side, "arm", (fields, said))
            if key.side in arms.references:
                said["reference"] = "yes"
    said.update({name: text for name, text in put.more.items() if name not in put.fields})
    of_all = dict(constants.get(Key(), {}))
    if key.measure and MEASURES[key.measure].unit != TIME:
        of_all.pop("unit", None)
    said = {**{name: text for name, text in of_all.items() if name not in put.fields}, **said}
    for where in dict.fromkeys((Key(side=key.side), key._replace(side=""), key)):
        given = constants.get(where, {}) if where != Key() else {}
        said.update({name: text for name, text in given.items() if name not in put.fields})
    for name in said:
        fields.pop(name, None)
    numbers = NUMBERS - _SAYS_NOTHING_ALONE
    own = [index for name, index in put.fields.items() if name in numbers]
    return Entry(_name(key, arms), fields, said, tuple(sorted(own)), put.log)


def _name(key: Key, arms: _Arms) -> str:
    """What tells an entry of a line from the others: `orr`, `pfs 6 months`, `orr A`."""
    parts = [key.endpoint, *(one if one != "yes" else name for name, one in key.qualities)]
    if key.measure not in ("", PROPORTION, MEDIAN, LANDMARK):
        parts.append(key.measure)
    parts += [key.at, key.at_unit]
    if key.side == BETWEEN:
        arms_named = " v ".join(arms.labels[one] for one in arms.pair)
        parts.append(arms_named or ("" if key.measure else _CONTRAST))
    elif key.side:
        parts.append(arms.labels[key.side])
    return " ".join(one for one in parts if one)
