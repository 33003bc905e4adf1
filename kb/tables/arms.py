"""Layouts with a column per arm: which word of a header is the arm, and what the rest says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kb.printed.measure import PROPORTION
from kb.tables.header_words import read
from kb.tables.meaning import NUMBERS, SPELLED, Meaning, joined, words_of
from kb.tables.spellings import (
    ARM,
    COUNT_WORDS,
    EXPERIMENTAL,
    LETTERS,
    NO_TREATMENT,
    PERCENT_WORDS,
    REFERENCE,
    SHORT,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from kb.tables.grammar import Grammar
    from kb.tables.sheet import Line

_RATE: Final = re.compile(r"\d\s*%|\d\s*/\s*\d")
_FRACTION: Final = re.compile(r"\s*\d+\s*(/\s*\d|\(\s*\d+([.,·]\d+)?\s*%)")
_TRAILING: Final = frozenset({"%", "n", "no"})
_FEWEST: Final = 2
_ROLES: Final = frozenset(EXPERIMENTAL + REFERENCE)
_DIGITS: Final = SHORT[-1]


def sided(
    headers: Mapping[int, str], grammar: Grammar, lines: Sequence[Line]
) -> dict[int, Meaning]:
    """What the columns mean that are of one arm each.

    A letter or a digit is an arm only in a series (A, B; 1, 2) that counts, patients or names of
    arms have; a word such as `control` is one beside anything that is understood.
    """
    for series in _series(headers, grammar, lines):
        found = _by_arm(headers, series, grammar, lines)
        if found:
            return found
    return {}


def _by_arm(
    headers: Mapping[int, str], series: Collection[str], grammar: Grammar, lines: Sequence[Line]
) -> dict[int, Meaning]:
    """The columns of each arm of a series.

    What says something without an arm has none: `Disease control rate` is of no control. A name
    that nobody knows is a rate only where two arms have it.
    """
    found: dict[int, Meaning] = {}
    unknown: dict[str, dict[int, Meaning]] = {}
    for index, header in headers.items():
        for side, rest in _split(header, series):
            if index in found or (rest and (grammar.named(header) or read(grammar, header))):
                continue
            meaning = _of_rest(header, rest, grammar)
            if not rest and (field := _rates(index, lines)):
                meaning = Meaning(field)
            if meaning is not None:
                found[index] = meaning._replace(side=side)
            elif (rate := _unknown(rest, index, lines)) is not None:
                unknown.setdefault(joined(rate.endpoint), {})[index] = rate._replace(side=side)
    numbers = {one.side.casefold() for one in found.values() if one.field in NUMBERS}
    for some in unknown.values():
        sides = {one.side.casefold() for one in some.values()}
        if len(sides) >= _FEWEST and sides <= numbers:
            found.update(some)
    return {
        index: one
        for index, one in found.items()
        if one.field in NUMBERS or one.side.casefold() in numbers or _short(series)
    }


def _series(
    headers: Mapping[int, str], grammar: Grammar, lines: Sequence[Line]
) -> Iterator[Collection[str]]:
    """The words for arms that this header uses: the long ones, then each series of short ones.

    A drug is one too, beside a count or an endpoint. Two arms alone are enough over cells of rates.
    """
    long = grammar.drugs.union(EXPERIMENTAL, REFERENCE)
    bare = [
        index
        for index, header in headers.items()
        if any(not rest for _, rest in _split(header, long)) and _rates(index, lines)
    ]
    if len(bare) >= _FEWEST:
        yield long
    for header in headers.values():
        for _, rest in _split(header, long):
            meaning = (
                _of_rest(header, rest, grammar) if rest and not read(grammar, header) else None
            )
            if meaning is not None and meaning.field not in ("arm", "versus"):
                yield long
                break
    for series in SHORT:
        tags: dict[str, set[str]] = {}
        for header in headers.values():
            for side, rest in _split(header, series):
                meaning = _of_rest(header, rest, grammar) if rest else None
                firm = meaning is not None and (
                    (meaning.field in ("n", "events", "arm") and joined(rest) not in LETTERS)
                    or (bool(meaning.endpoint) and series != _DIGITS)
                )
                if firm:
                    tags.setdefault(joined(rest) + _case(rest), set()).add(side.casefold())
        for some in tags.values():
            if len(some) >= _FEWEST and some == set(series[: len(some)]):
                yield series[: len(some)]
                break


def _short(series: Collection[str]) -> bool:
    """Whether arms are letters or digits."""
    return len(next(iter(series))) == 1


def _case(rest: list[str]) -> str:
    """`n` and `N` of one arm are two things, and nothing else is told apart by case."""
    return "".join(one for one in rest if one in ("n", "N"))


def _split(header: str, series: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    """The arm that a header names, as it writes it, and the words left over."""
    words = words_of(header)
    short = _short(series)
    last = len(words_of(re.split(r"[(\[]", header)[0])) - 1
    while last > 0 and words[last].casefold() in _TRAILING:
        last -= 1
    for index, word in enumerate(words):
        after_arm = index > 0 and words[index - 1].casefold() in ARM
        placed = not short or index in (0, last, len(words) - 1) or after_arm
        if word.casefold() not in series or not placed:
            continue
        start = index - 1 if after_arm else index
        stop = index + 1
        while not short and word.casefold() not in _ROLES and _drug_next(words, stop, series):
            stop += 1
        side = " + ".join(words[index:stop])
        if not short and words[stop : stop + 1] and words[stop].casefold() in ARM:
            stop += 1
        yield side, words[:start] + words[stop:]


def _drug_next(words: list[str], stop: int, series: Collection[str]) -> bool:
    """Whether the next word is a drug too, as in `doxorubicin + ifosfamide`."""
    following = "".join(words[stop : stop + 1]).casefold()
    return following in series and following not in _ROLES


def _of_rest(header: str, rest: list[str], grammar: Grammar) -> Meaning | None:
    """What a header says beside its arm; nothing beside it is the name of the arm."""
    if not rest:
        return Meaning("arm")
    if set(rest) == {"N"} or set(rest) == {"n"}:
        return Meaning("n")
    if len(rest) == 1 and rest[0].casefold() in LETTERS:
        return Meaning("events")
    whole = grammar.named(" ".join(rest))
    if whole is not None and whole.field not in ("study", "versus", "endpoint"):
        return whole._replace(rank=0, how=SPELLED)
    return read(grammar, header, rest)


def _rates(index: int, lines: Sequence[Line]) -> str:
    """What the cells of a column say that are rates: `events`, as in 16/52, or `value`."""
    cells = [line.cells[index] for line in lines]
    if any(_FRACTION.match(cell) for cell in cells):
        return "events"
    return "value" if any(_RATE.search(cell) for cell in cells) else ""


def _unknown(rest: list[str], index: int, lines: Sequence[Line]) -> Meaning | None:
    """A rate of something that the vocabulary lacks, where its cells or its words say so."""
    name, field = rate_named(rest)
    shown = "value" if _rates(index, lines) else ""
    return Meaning(field or shown, name, PROPORTION) if name and (field or shown) else None


def rate_named(words: list[str]) -> tuple[str, str]:
    """What `Toxicity n` and `Toxicity %` are rates of, and the field that each is."""
    signs = COUNT_WORDS | PERCENT_WORDS | {"/"}
    name = " ".join(one for one in words if one.casefold() not in signs)
    first = next((one.casefold() for one in words if one.casefold() in signs), "")
    field = "value" if first in PERCENT_WORDS else "events"
    return name, field if first else ""


def reference_of(
    sides: Sequence[str], names: Mapping[str, int], lines: Sequence[Line]
) -> tuple[str, ...]:
    """The arms that others are compared with.

    Those that their header names so; of two arms that cells name, the one that is always placebo
    or no treatment; else the second of two.
    """
    named = [one for one in sides if one.casefold() in (*REFERENCE, "c")
             and not _lettered(sides)]  # fmt: skip
    tried = [one for one in sides if one.casefold() in EXPERIMENTAL]
    if not named and len(sides) == _FEWEST and len(tried) == 1:
        named = [one for one in sides if one not in tried]
    if named:
        return tuple(named)
    for one in sides:
        cells = [line.cells[names[one]] for line in lines] if one in names else []
        if cells and all(joined(cell) in NO_TREATMENT for cell in cells if cell.strip()):
            return (one,)
    return (sides[1],) if len(sides) == _FEWEST else ()


def _lettered(sides: Sequence[str]) -> bool:
    """Whether C is the third of A, B, C."""
    return {"a", "b"} <= {one.casefold() for one in sides}
