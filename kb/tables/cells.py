"""What one cell of a table says, in the words and signs that people write."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kb.printed import p_value
from kb.printed.level import is_level
from kb.printed.state import NOT_GIVEN, NOT_REACHED
from kb.printed.time import unit_named
from kb.sentences import quoted
from kb.tables.cell_forms import (
    LONGEST,
    NUMBER,
    UNIT,
    comma_is_decimal,
    only_interval,
    peel_interval,
    peel_p,
    plain,
    printed,
    squeezed,
    state,
)

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["KINDS", "Said", "comma_is_decimal", "said"]

KINDS: Final = {
    "count": "a count", "number": "a number", "bound": "a bound", "p": "a p-value",
    "level": "a level", "time": "a time",
}  # fmt: skip
COUNT_DIGITS: Final = 9
"""Digits of a count, as records have them."""
APPROXIMATIONS: Final = {
    ">": "over", "<": "under", "≥": "at-least", ">=": "at-least", "≤": "up-to", "<=": "up-to",
    "~": "about", "approx": "about", "approximately": "about", "about": "about", "ca": "about",
    "circa": "about", "over": "over", "above": "over", "more than": "over", "under": "under",
    "below": "under", "less than": "under", "up to": "up-to", "at least": "at-least",
    "+": "at-least",
}  # fmt: skip
_SIGN: Final = "|".join(sorted(map(re.escape, APPROXIMATIONS), key=len, reverse=True))
_PEOPLE: Final = (
    r"(?:patients?|pts?\.?|participants?|subjects?|people|persons?|cases?|events?|deaths?)"
)
_PERCENT: Final = r"%|per ?cent"
_WHOLE: Final = re.compile(rf"(?:n\s*=\s*)?([0-9]+)(?:\.0+)?(?:\s*{_PEOPLE})?", re.IGNORECASE)
_FRACTION: Final = re.compile(
    rf"([0-9]+)\s*(?:/|of|out of)\s*([0-9]+)(?:\s*{_PEOPLE})?"
    rf"(?:\s*[,;]?\s*[(\[]?\s*({NUMBER})\s*({_PERCENT})?\s*[)\]]?)?",
    re.IGNORECASE,
)
_COUNT_AND_PERCENT: Final = re.compile(
    rf"(?:n\s*=\s*)?([0-9]+)(?:\s*{_PEOPLE})?\s*[,;]?\s*[(\[]\s*({NUMBER})\s*({_PERCENT})?\s*[)\]]",
    re.IGNORECASE,
)
_PERCENT_AND_FRACTION: Final = re.compile(
    rf"({NUMBER})\s*({_PERCENT})?\s*[,;]?\s*[(\[]\s*(?:n\s*=\s*)?([0-9]+)\s*(?:/|of|out of)\s*"
    rf"([0-9]+)(?:\s*{_PEOPLE})?\s*[)\]]",
    re.IGNORECASE,
)
_ONE: Final = re.compile(
    rf"(?:({_SIGN})\.?\s*)?({NUMBER})\s*({_PERCENT})?\s*(\+)?\s*-?(?:({UNIT})\.?)?", re.IGNORECASE
)
_SIMPLE: Final = re.compile(r"-?(?:[0-9]{1,12}(?:\.[0-9]{1,12})?|\.[0-9]{1,12})")
_SIDES: Final = re.compile(
    r"[\s,;]*[(\[]?\s*\b(one|two|1|2)[\s-]*(?:sided?|tailed?|tail)(?:\s+test)?\b\s*[)\]]?[\s,;:]*",
    re.IGNORECASE,
)
_P_NAME: Final = re.compile(
    r"P(?:\s*-?\s*value)?\s*(?=[=<>≤≥])=?|P(?:\s*-?\s*value)?\s+", re.IGNORECASE
)
_EXPONENT: Final = re.compile(r"([0-9](?:\.[0-9]+)?)[eE]-([0-9]{1,2})")
_LEVEL: Final = re.compile(
    r"(?:C\.?I\.?|KI|IC|CrI)?\s*([0-9]+(?:\.[0-9]+)?|\.[0-9]+)\s*%?\s*-?\s*"
    r"(?:C\.?I\.?|KI|IC|CrI|confidence intervals?)?",
    re.IGNORECASE,
)
_TIME: Final = re.compile(
    rf"(?:at\s+)?([0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:\s*-?\s*({UNIT})\.?)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says; texts are as printed, with a point for a decimal comma.

    `value`, `low`, `high` are printed numbers, `events` and `n` whole numbers as text; a count that
    stands alone is `events`, whatever it counts. `*_state` are states of `kb.printed.state`.
    `approximation` is a word of records (`at-least` for `29.8+`, `over` for `>50`). `percent` says
    whether a percent sign stands at the value. `unit` is a unit of time. `marks` are footnote marks
    that were taken off. `problem` says what was not understood, with the cell quoted; then nothing
    else is said.
    """

    value: str = ""
    low: str = ""
    high: str = ""
    events: str = ""
    n: str = ""
    value_state: str = ""
    low_state: str = ""
    high_state: str = ""
    level: str = ""
    p: str = ""
    sides: str = ""
    unit: str = ""
    approximation: str = ""
    percent: bool = False
    marks: str = ""
    problem: str = ""


NOTHING: Final = Said()


@lru_cache(maxsize=65536)
def said(text: str, kind: str, *, comma: bool = False) -> Said:
    """What a cell says, read as one of `KINDS`; never a guess.

    `comma`: the comma is the decimal sign of its column. What is not understood is a `problem`,
    which quotes the cell.
    """
    text = text.strip()
    if not text:
        return NOTHING
    if kind in ("number", "bound") and _SIMPLE.fullmatch(text):
        return Said(value=text)
    bare, marks = plain(text, comma=comma) if len(text) <= LONGEST else ("", "")
    found = _of_state(bare, kind) or (_READERS[kind](bare) if bare else None)
    if found is None:
        return Said(problem=f"{quoted(text)} is not understood as {KINDS[kind]}")
    if found.problem:
        return Said(problem=f"{quoted(text)} {found.problem}")
    return replace(found, marks=marks) if marks else found


def _of_state(bare: str, kind: str) -> Said | None:
    """A cell that says why there is no number; only a time or a bound is ever not reached."""
    found = state(bare)
    if not found:
        return None
    timed = kind in ("number", "bound")
    return Said(value_state=NOT_GIVEN if found == NOT_REACHED and not timed else found)


def _count(bare: str) -> Said | None:
    """Patients, alone or of how many, and what percent they are."""
    found = _WHOLE.fullmatch(bare)
    if found:
        return _counted(Said(events=found[1]))
    found = _number(bare)
    return found if found and (found.events or found.percent or found.problem) else None


def _counted(found: Said) -> Said:
    """A cell whose counts are those of records: at most nine digits, no leading zero."""
    events, n = found.events.lstrip("0") or "0", found.n.lstrip("0") or "0"
    if max(len(events), len(n)) > COUNT_DIGITS:
        return Said(problem=f"counts more than {COUNT_DIGITS} digits can say")
    return replace(found, events=events, n=n if found.n else "")


def _number(bare: str) -> Said | None:
    """A value with what is printed beside it: counts, an interval, a unit, a p-value."""
    bare, p = peel_p(bare)
    head, interval = peel_interval(bare)
    found = _core(head)
    if found is None or found.problem:
        return found
    if interval is not None:
        found = _with_interval(found, interval)
    return replace(found, p=p) if found and p else found


def _core(head: str) -> Said | None:
    """A value, a count with its percent, a fraction, or a state before an interval."""
    if found := _ONE.fullmatch(head):
        return _one(found)
    if found := _FRACTION.fullmatch(head):
        return _counted(_valued(found[3], found[4], events=found[1], n=found[2]))
    if found := _PERCENT_AND_FRACTION.fullmatch(head):
        return _counted(_valued(found[1], found[2], events=found[3], n=found[4]))
    if found := _COUNT_AND_PERCENT.fullmatch(head):
        return _bracketed(found)
    return _of_state(head, "number") if head else None


def _bracketed(found: re.Match[str]) -> Said:
    """`16 (30.8)`, a count and its percent; of two whole numbers either may be the percent."""
    if not (found[3] or "." in found[2]):
        return Said(problem="has two whole numbers: which is the percent is not said")
    if float(found[2]) > 100 or found[2].startswith("-"):
        return Said(problem="has a bracket that is no percent")
    return _counted(_valued(found[2], found[3], events=found[1]))


def _valued(number: str | None, percent: str | None, *, events: str = "", n: str = "") -> Said:
    return Said(value=printed(number or ""), percent=bool(percent), events=events, n=n)


def _one(found: re.Match[str]) -> Said | None:
    """One number with its sign, percent sign and unit."""
    sign, number, percent, plus, unit = found.groups()
    value = printed(number)
    if not value or (sign and plus) or (percent and unit):
        return None
    word = APPROXIMATIONS[(plus or sign).casefold()] if plus or sign else ""
    return Said(value=value, percent=bool(percent), unit=_unit(unit), approximation=word)


def _unit(word: str | None) -> str:
    return unit_named(word) if word else ""


def _with_interval(found: Said, interval: re.Match[str]) -> Said | None:
    """A value with the interval behind it."""
    if squeezed(interval):
        return Said(problem="holds two bounds or one number with a decimal comma")
    low, high = interval["low"], interval["high"]
    low_state, high_state = state(low), state(high)
    low, high = "" if low_state else printed(low), "" if high_state else printed(high)
    level = interval["level"] or interval["after"] or ""
    tail = interval["tail"] or ""
    unit = _unit(interval["unit"]) or _unit(tail.rstrip("."))
    if not ((low or low_state) and (high or high_state)) or (level and not is_level(float(level))):
        return None
    if found.unit and unit and unit != found.unit:
        return Said(problem="has two units of time")
    return replace(
        found,
        low=low,
        high=high,
        low_state=low_state,
        high_state=high_state,
        level=level,
        unit=found.unit or unit,
        percent=found.percent or tail == "%" or bool(interval["percent"] and not found.events),
    )


def _bound(bare: str) -> Said | None:
    """One bound as `value`, or both of an interval as `low` and `high`."""
    if found := _ONE.fullmatch(bare):
        return _one(found)
    both = only_interval(bare)
    return _with_interval(NOTHING, both) if both else None


def _p(bare: str) -> Said | None:
    """A p-value and its sides."""
    rest, times = _SIDES.subn(" ", bare)
    if times > 1:
        return None
    sides = ""
    if times and (named := _SIDES.search(bare)):
        sides = "one" if named[1].casefold() in ("one", "1") else "two"
    rest = rest.strip().strip("()[] ") if times else rest
    name = _P_NAME.match(rest)
    text = rest[name.end() :].strip() if name else rest
    if text.casefold().replace(".", "").strip() in p_value.NOT_SIGNIFICANT:
        return Said(p="NS", sides=sides)
    text = re.sub(r"^(<=|>=|[<>≤≥=])\s+", r"\1", text).removeprefix("=")
    found = _EXPONENT.search(text)
    if found and text.endswith(found[0]):
        number = printed(found[0])
        whole = (
            number if Decimal(number or 0) == Decimal(found[0]) else f"{found[1]} x 10^-{found[2]}"
        )
        text = text[: found.start()] + whole
    return Said(p=text, sides=sides) if p_value.read(text) is not None else None


def _level(bare: str) -> Said | None:
    """The level of an interval as a percent; a fraction is multiplied."""
    found = _LEVEL.fullmatch(bare)
    if not found:
        return None
    number = Decimal(found[1])
    percent = number * 100 if number < 1 and "%" not in bare else number
    if not is_level(float(percent)):
        return None
    return Said(level=found[1] if percent is number else f"{percent.normalize():f}")


def _time(bare: str) -> Said | None:
    """A time and its unit, empty where none is printed."""
    found = _TIME.fullmatch(bare)
    value = printed(found[1]) if found else ""
    return Said(value=value, unit=_unit(found[2])) if found and value else None


_READERS: Final[dict[str, Callable[[str], Said | None]]] = {
    "count": _count, "number": _number, "bound": _bound, "p": _p, "level": _level, "time": _time,
}  # fmt: skip
