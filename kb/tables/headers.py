"""What the columns of any table are taken for: mapping, exact names, layouts, known spellings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kb.printed.measure import LANDMARK, MEDIAN, PROPORTION, RATIOS
from kb.printed.state import state_named
from kb.tables.arms import rate_named, sided
from kb.tables.beside import beside_another, put_beside, without_doubt
from kb.tables.counted import counted
from kb.tables.entries import entries_of, key_of
from kb.tables.grammar import Grammar
from kb.tables.header_words import read
from kb.tables.mapping import mapped
from kb.tables.meaning import AS_NAMED, BETWEEN, MAPPED, SPELLED, Meaning, joined, words_of
from kb.tables.plan import Plan, Taken
from kb.tables.presets import CONSENSUS, REVIEWER, fitting
from kb.tables.spellings import EFFECTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kb.tables.entries import Key as KeyType
    from kb.tables.plan import Entry
    from kb.tables.presets import Preset
    from kb.tables.sheet import Line
    from kb.vocabulary import Vocabulary

_TIME: Final = re.compile(r"\d\s*(mo|mos|months?|wks?|weeks?)\b", re.IGNORECASE)
_PERCENT: Final = re.compile(r"\d\s*%(?!\s*(ci|conf))", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"(.+)[._][1-9]")
_MORE: Final = {"confirmed": "confirmed", "level": "{} % interval"}
_BOTH: Final = {"value", "events"}
_COUNTED: Final = re.compile(r"[^\w]*(?:n\s*=\s*)?\d")
"""How a cell begins that counts."""


def plan_of(
    header: Sequence[str],
    vocabulary: Vocabulary,
    *,
    mapping: Mapping[str, str] | None = None,
    lines: Sequence[Line] = (),
) -> Plan:
    """How a table is read that has this header.

    In this order a column is what `mapping` says, one of the columns of the interface, one of a
    known layout, or what the words of its header say; anything else is kept and not used. `lines`
    are the first ones, for what only cells can tell. Raises ValueError where two columns are taken
    for the same, and for a mapping that names what is not there.
    """
    grammar = Grammar(vocabulary)
    meanings, constants = mapped(mapping or {}, header, vocabulary)
    presets = fitting(header)
    for index, text in enumerate(header):
        found = grammar.named(text)
        if index not in meanings and found is not None and found.how == AS_NAMED:
            meanings[index] = found
    for preset in presets:
        for index, text in enumerate(header):
            told = preset.meaning(text)
            if told is not None:
                meanings.setdefault(index, told)
    meanings.update(_read(header, grammar, meanings, lines))
    why: dict[int, str] = {}
    meanings = _shown({index: meanings[index] for index in sorted(meanings)}, lines, why)
    fixed = {one.field for one, _ in constants if not one.keyed}
    meanings = without_doubt(meanings, header, vocabulary, why, fixed)
    meanings = put_beside(meanings, header, grammar, why)
    meanings = counted(meanings, lines, vocabulary)
    given: dict[KeyType, dict[str, str]] = {}
    for one, text in constants:
        given.setdefault(key_of(one), {})[one.field] = text
    entries = entries_of(meanings, given, lines)
    kept, said = _consensus(header, presets, lines)
    return Plan(
        tuple(_taken(header, meanings, entries, why)),
        entries,
        ", ".join(dict.fromkeys(one.name for one in presets)),
        tuple(dict.fromkeys([*(each for one in presets for each in one.said), *said])),
        kept,
    )


def _read(
    header: Sequence[str],
    grammar: Grammar,
    known: Mapping[int, Meaning],
    lines: Sequence[Line],
) -> dict[int, Meaning]:
    """The columns that are neither mapped nor named exactly nor of a layout."""
    left = {index: text for index, text in enumerate(header) if index not in known and text.strip()}
    found = sided(left, grammar, lines)
    rates: dict[str, dict[int, Meaning]] = {}
    for index, text in left.items():
        if index in found:
            continue
        meaning = grammar.named(text) or read(grammar, text) or _again(text, header, grammar)
        if meaning is not None:
            found[index] = meaning
            continue
        name, field = rate_named(words_of(text))
        if name and field:
            some = rates.setdefault(joined(name), {})
            some[index] = Meaning(field, name, PROPORTION)
    fields = {one.field for one in (*known.values(), *found.values())}
    if "measure" in fields and "value" not in fields:
        effects = [index for index, text in left.items() if joined(text) in EFFECTS]
        found.update({index: Meaning("value") for index in effects})
    for some in rates.values():
        if {one.field for one in some.values()} == _BOTH:
            name = next(iter(some.values())).endpoint
            found.update({index: one._replace(endpoint=name) for index, one in some.items()})
    return found


def _again(text: str, header: Sequence[str], grammar: Grammar) -> Meaning | None:
    """`95% CI.1` where `95% CI` stands too: programs number headers that stood twice.

    Only a column that belongs to its neighbour can stand twice.
    """
    numbered = _NUMBERED.fullmatch(text)
    if numbered is None or numbered[1] not in header:
        return None
    meaning = grammar.named(numbered[1]) or read(grammar, numbered[1])
    return meaning if meaning is not None and beside_another(meaning) else None


def _shown(
    meanings: Mapping[int, Meaning], lines: Sequence[Line], why: dict[int, str]
) -> dict[int, Meaning]:
    """The columns as their cells have them.

    A unit of time in one makes a median where the header does not say what is printed; a percent is
    no ratio: RR may be a response rate; an event that is named and not counted is an endpoint.
    """
    found: dict[int, Meaning] = {}
    named = any(one.field == "endpoint" for one in meanings.values())
    for index, one in meanings.items():
        if one.field == "events" and one.how == SPELLED and not named and not one.keyed:
            texts = [text for line in lines if (text := line.cells[index])]
            words = [text for text in texts if not state_named(text)]
            if words and not any(map(_COUNTED.match, words)):
                found[index] = one._replace(field="endpoint")
                continue
        told = one.how != MAPPED and one.field == "value" and not one.log
        cells = [line.cells[index] for line in lines] if told else []
        if one.measure in RATIOS and any(map(_PERCENT.search, cells)):
            why[index] = "a ratio by its header, and percents by its cells"
        elif one.endpoint and not one.measure and any(map(_TIME.search, cells)):
            found[index] = one._replace(measure=MEDIAN)
        else:
            found[index] = one
    return found


def _taken(
    header: Sequence[str],
    meanings: Mapping[int, Meaning],
    entries: Sequence[Entry],
    why: Mapping[int, str],
) -> list[Taken]:
    used = {column for one in entries for column in one.fields.values()}
    found = []
    for index, text in enumerate(header):
        one = meanings.get(index)
        if one is None or not one.field or index not in used:
            idle = "nothing is counted or printed of it" if one is not None and one.field else ""
            how = one.how if one is not None and not one.field else ""
            found.append(Taken(index, text, "", why.get(index, idle), how))
        else:
            found.append(Taken(index, text, one.field, _about(one), one.how))
    return found


def _about(one: Meaning) -> str:
    """Of what a column is, for people: `orr, arm A`, `median pfs`, `pfs at 6 months`."""
    measure = one.measure if one.measure not in (PROPORTION, LANDMARK) else ""
    name = f"median {one.endpoint}" if measure == MEDIAN else f"{measure} {one.endpoint}"
    name = name.replace("-", " ") if measure and measure != MEDIAN else name
    time = f" at {one.at} {one.at_unit}" if one.at else ""
    arm = "between arms" if one.side == BETWEEN else f"arm {one.side}" if one.side else ""
    more = [_MORE.get(name, "{}").format(text) for name, text in one.more]
    return ", ".join(each for each in (f"{name.strip()}{time}", arm, *more) if each)


def _consensus(
    header: Sequence[str], presets: Sequence[Preset], lines: Sequence[Line]
) -> tuple[tuple[int, str] | None, list[str]]:
    """The column that says who read a line, and remarks, where two readers' lines stand there."""
    if not any(REVIEWER in {joined(each) for each in one.needs} for one in presets):
        return None, []
    names = [joined(one) for one in header]
    column, study = names.index(REVIEWER), names.index("studyid")
    agreed = {line.cells[study] for line in lines if line.cells[column].strip() == CONSENSUS}
    if lines and not agreed:
        return None, [f"no line is headed {CONSENSUS}: the lines of all readers are used"]
    alone = [line.cells[study] for line in lines if line.cells[study] not in agreed]
    said = [f"lines are used whose {header[column]} is {CONSENSUS}"]
    if alone:
        named = ", ".join(dict.fromkeys(alone))
        said.append(f"without a line of {CONSENSUS}, so not used: {named}")
    return (column, CONSENSUS), said
