"""Which checks the rows of an audit admit: from that it says what it looked at."""

from __future__ import annotations

from collections import Counter
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.audits.families import ARM, SAME, SET, SHARES, TIMES, among, column_of, family_of
from kb.audits.needs import EITHER, NEEDS, Needs, has
from kb.audits.summary import Assumed, Summary, Unchecked, Untested
from kb.printed.measure import LANDMARK, MEDIAN, NOT_STATED
from kb.rows.identity import quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from kb.audits.study import Study
    from kb.rows.row import Row

FIELDS: Final = tuple(
    dict.fromkeys(
        name for one in NEEDS.values() for field in one.fields for name in field.split(EITHER)
    )
)
"""Every field that some rule needs."""
CELLS: Final = attrgetter(*FIELDS)
SILENT: Final = ("", None)
PARTS: Final = tuple(dict.fromkeys(one.of for one in NEEDS.values()))
"""Every part of a study that some rule looks at."""
TAKEN: Final = ("proportions", "medians", "landmarks")
"""The parts of a study that a number of one arm is in, if it is known what kind of number it is."""
LIMITS: Final = ("<", ">", "≤", "≥")
"""How a p-value begins that is printed only as a limit."""
LEVEL: Final = 95
"""The level in percent that an interval is taken for where none is stated: that of nearly all."""


class Kind(NamedTuple):
    """What a row is and says: the parts of a study that it is in, and the fields that it has."""

    parts: frozenset[str]
    said: frozenset[str]


class Applied:
    """What is counted over the studies of one audit, one `add` a study."""

    def __init__(self) -> None:
        self.rows = self.studies = self.checks = 0
        self.kinds: Counter[Kind] = Counter()
        self.used: set[str] = set()
        self.unchecked: list[Unchecked] = []
        self.told: Counter[str] = Counter()
        self.measures: Counter[str] = Counter()
        self.stated: frozenset[str] = frozenset()

    def add(self, study: Study, number: Callable[[Row], int] | None = None) -> None:
        """Count a study; `number` gives the number of a row of a table."""
        self.studies += 1
        self.stated |= study.stated
        for row in study.shares:
            self._use(rule for rule, one in NEEDS.items() if rule in SHARES and one.met(row))
        why: dict[str | int, Unchecked | None] = {}
        kinds = _kinds(study)
        for row, kind, beside in zip(study.rows, kinds, _beside(study, kinds), strict=True):
            rules = [*_alone(kind), *beside]
            self._use(rules)
            self._tell(row, kind)
            place = row.address if number is None else number(row)
            if any(_sets_against(NEEDS[rule]) for rule in rules):
                why[place] = None
            else:
                at = {"address": row.address} if number is None else {"row": number(row)}
                why.setdefault(place, Unchecked(_reason(row, kind), **at))
        self.rows += len(why) + len(study.shares)
        self.kinds.update(kinds)
        self.unchecked += [one for one in why.values() if one is not None]

    def summary(self, acknowledged: int = 0) -> Summary:
        """What was counted, in words."""
        return Summary(
            self.rows, self.studies, self.checks, tuple(self.unchecked),
            tuple(self._assumed()), tuple(self._untested()), acknowledged,
        )  # fmt: skip

    def _use(self, rules: Iterator[str] | Sequence[str]) -> None:
        for rule in rules:
            self.checks += 1
            self.used.add(rule)

    def _tell(self, row: Row, kind: Kind) -> None:
        """What has to be said of a row whatever the rules make of it."""
        told = self.told
        told["level"] += has(row, "low") and has(row, "high") and row.level is None
        told["limit"] += row.p.lstrip("= ").startswith(LIMITS)
        told["unit"] += row.measure == MEDIAN and has(row, "value") and not row.unit
        taken = not kind.parts.isdisjoint(TAKEN)
        told["kind"] += _of_no_kind(row, kind) and has(row, "value")
        told["study"] += not row.trial
        self.measures[row.measure] += taken

    def _assumed(self) -> Iterator[Assumed]:
        if self.told["study"]:
            yield Assumed("study", "one study", self.told["study"])
        if "measure" not in self.stated and (taken := +self.measures):
            words = [f"{measure} in {rows}" for measure, rows in taken.items()]
            one = next(iter(taken))
            yield Assumed("measure", one if len(words) == 1 else " and ".join(words), taken.total())
        if self.told["level"]:
            yield Assumed("level", f"{LEVEL} %", self.told["level"])

    def _untested(self) -> Iterator[Untested]:
        for what, rules in _families():
            lacking = self._lacking(rules)
            if not lacking or self._admits(rules):
                continue
            fields = min(lacking, key=lambda one: (len(one), -lacking[one]))
            columns = tuple(column_of(one) for one in fields)
            if not all(columns):
                continue
            absent = tuple(one for one in columns if not self._has_column(one))
            why = f"no column {', '.join(absent)}" if absent else f"no {', '.join(columns)}"
            yield Untested(what, why, absent, lacking.total(), rules)
        for what, why, rows in (
            ("units of medians", "not stated", self.told["unit"]),
            ("kind of number", "no measure, unit, percent sign or count says it",
             self.told["kind"]),
            ("p-values printed only as a limit", "cannot be tested", self.told["limit"]),
        ):  # fmt: skip
            if rows:
                yield Untested(what, why, (), rows)

    def _admits(self, rules: Sequence[str]) -> bool:
        """Whether some row has what one of these rules needs, other rows aside."""
        return any(
            rule in rules for kind in self.kinds for rule in _admitted(kind)
        ) or not self.used.isdisjoint(rules)

    def _lacking(self, rules: Sequence[str]) -> Counter[tuple[str, ...]]:
        """The fields that kept these rules from rows which they look at, and of how many rows."""
        found: Counter[tuple[str, ...]] = Counter()
        for kind, rows in self.kinds.items():
            lacks = [
                lack
                for rule in rules
                if _looks_at(rule, kind) and (lack := _lack(NEEDS[rule], kind.said))
            ]
            if lacks:
                found[min(lacks, key=len)] += rows
        return found

    def _has_column(self, column: str) -> bool:
        return column in self.stated or any(
            column_of(one) == column for one in FIELDS if one in self.stated
        )


def _families() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every family with its rules, in the order of the manual."""
    grouped: dict[str, list[str]] = {}
    for rule in NEEDS:
        grouped.setdefault(family_of(rule), []).append(rule)
    return ((what, tuple(rules)) for what, rules in grouped.items())


def _kinds(study: Study) -> list[Kind]:
    """What each row of a study is and says."""
    members = {part: {id(row) for row in getattr(study, part)} for part in PARTS}
    found: dict[tuple[object, ...], Kind] = {}
    out = []
    for row in study.rows:
        parts = tuple(id(row) in own for own in members.values())
        sources = (row.events_source, row.value_source)
        key = (parts, sources, tuple(one not in SILENT for one in CELLS(row)))
        if key not in found:
            found[key] = Kind(
                frozenset(part for part, own in members.items() if id(row) in own),
                frozenset(name for name in FIELDS if has(row, name)),
            )
        out.append(found[key])
    return out


def _looks_at(rule: str, kind: Kind) -> bool:
    """Whether a rule that sets numbers against each other looks at rows of a kind."""
    of_time = among(rule) != TIMES or not kind.parts.isdisjoint(("medians", "landmarks"))
    return NEEDS[rule].of in kind.parts and of_time and _sets_against(NEEDS[rule])


def _lack(needs: Needs, said: frozenset[str]) -> tuple[str, ...]:
    """What a rule needs and a row has not."""
    return tuple(one for one in needs.fields if said.isdisjoint(one.split(EITHER)))


@cache
def _admitted(kind: Kind) -> tuple[str, ...]:
    """The rules that a row has what they need for, other rows aside."""
    return tuple(
        rule for rule, one in NEEDS.items() if one.of in kind.parts and not _lack(one, kind.said)
    )


@cache
def _alone(kind: Kind) -> tuple[str, ...]:
    """The rules that need no other row."""
    return tuple(rule for rule in _admitted(kind) if not NEEDS[rule].beside)


def _beside(study: Study, kinds: Sequence[Kind]) -> Iterator[list[str]]:
    """For each row the rules for which another row stands beside it."""
    groups: Counter[tuple[Hashable, ...]] = Counter()
    waiting: list[list[tuple[str, tuple[Hashable, ...]]]] = []
    for row, kind in zip(study.rows, kinds, strict=True):
        own = [
            (rule, (rule, *_in_common(row, rule))) for rule in _admitted(kind) if NEEDS[rule].beside
        ]
        waiting.append(own)
        groups.update(key for _, key in own)
    sides = {row.place for row in study.rows if not row.versus}
    for row, own in zip(study.rows, waiting, strict=True):
        place = (row.trial, row.report, row.versus_set)
        both = bool(row.versus) and row.place in sides and place in sides
        yield [rule for rule, key in own if groups[key] > 1 or (both and _of_sides(rule))]


def _in_common(row: Row, rule: str) -> tuple[Hashable, ...]:
    """What another row must have in common to be set against this one."""
    what = among(rule)
    if what == SAME:
        return (row.trial, *quantity(row), row.versus)
    if what == ARM:
        return (row.trial, row.report, row.arm, row.versus)
    if what == TIMES:
        return row.place if row.measure in (MEDIAN, LANDMARK) else (row.address,)
    return (row.address,) if _of_sides(rule) else (*row.place, row.measure, row.versus_set)


def _of_sides(rule: str) -> bool:
    """Whether a rule sets a contrast against the numbers of its sides."""
    return NEEDS[rule].of in ("contrasts", "ratios") and among(rule) == SET


def _sets_against(needs: Needs) -> bool:
    """Whether a rule sets a number against another, beyond asking whether it can be one."""
    return needs.beside or len(needs.fields) > 1


def _of_no_kind(row: Row, kind: Kind) -> bool:
    """Whether nobody knows what kind of number a row is: of one arm, and of no measure."""
    lone = not row.versus and row.measure == NOT_STATED
    return kind.parts.isdisjoint(TAKEN) and (lone or not row.is_contrast)


def _reason(row: Row, kind: Kind) -> str:
    """Why nothing could be set against the number of a row: what is missing, by the least of it."""
    if _of_no_kind(row, kind):
        return "measure not stated"
    if not kind.said & {"events", "value", "low", "high", "p"}:
        return (
            f"no number ({row.value_state.replace('-', ' ')})" if row.value_state else "no number"
        )
    lacks = [
        (len(lack), one.of == "rows", lack)
        for one in NEEDS.values()
        if one.of in kind.parts and not one.beside and (lack := _lack(one, kind.said))
    ]
    _, _, fields = min(lacks, key=lambda one: one[:2], default=(0, True, ()))
    if not fields or (len(fields) > 1 and any(NEEDS[rule].beside for rule in _admitted(kind))):
        return "nothing beside it"
    return " and ".join(dict.fromkeys(f"no {WORDS.get(one, one)}" for one in fields))


WORDS: Final = {
    "low": "interval", "high": "interval", "low|high": "interval", "events|value": "number",
    "at_value": "time",
}  # fmt: skip
"""What is missing, as it is said of a row."""
