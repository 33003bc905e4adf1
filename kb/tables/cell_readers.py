"""Readers of cells, one for each kind: a cell made plain to the parts that it says."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kb.printed import p_value
from kb.printed.level import is_level
from kb.printed.state import NOT_GIVEN, NOT_REACHED
from kb.tables.cell_forms import (
    NUMBER,
    UNIT,
    only_interval,
    peel_interval,
    peel_p,
    printed,
    squeezed,
    state,
    unit_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Parts = dict[str, Any]
"""Attributes of what a cell says, put together once."""


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
    rf"(?:(?![-.0-9])({_SIGN})\.?\s*)?({NUMBER})\s*({_PERCENT})?\s*(\+)?\s*-?(?:({UNIT})\.?)?",
    re.IGNORECASE,
)
_SIDES: Final = re.compile(r"\b(one|two|1|2)[\s-]*(?:sided?|tailed?|tail)\b", re.IGNORECASE)
_TESTS: Final = re.compile(
    r"[\s,;]*\b(?:un)?(?:stratified|log-?\s?rank|fisher(?:'s)?(?:\sexact)?|exact|chi-squared?|"
    r"nominal|descriptive|wald|cox|test)\b",
    re.IGNORECASE,
)
"""How a p-value was found, which its column does not ask."""
_HOLLOW: Final = re.compile(r"[\s,;:]*[(\[][\s,;:]*[)\]]|[\s,;:]+$|^[\s,;:]+")
_P_NAME: Final = re.compile(
    r"P(?:\s*-?\s*value)?\s*(?=[=<>≤≥])=?|P(?:\s*-?\s*value)?\s+", re.IGNORECASE
)
_EXPONENT: Final = re.compile(r"([0-9](?:\.[0-9]+)?)[eE]-([0-9]{1,2})$")
_APART: Final = re.compile(r"^(<=|>=|[<>≤≥=])\s+")
_TWO: Final = re.compile(r"[(\[].*[0-9%A-Za-z]\s*(?:[-–—,;]|to\b|bis\b)")
"""Two numbers in brackets."""
_DIGIT: Final = re.compile(r"[0-9]")
_LEVEL: Final = re.compile(
    r"(?:C\.?I\.?|KI|IC|CrI)?\s*([0-9]+(?:\.[0-9]+)?|\.[0-9]+)\s*%?\s*-?\s*"
    r"(?:C\.?I\.?|KI|IC|CrI|confidence intervals?)?",
    re.IGNORECASE,
)
_TIME: Final = re.compile(
    rf"(?:at\s+)?([0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:\s*-?\s*({UNIT})\.?)?", re.IGNORECASE
)


def parts_of(bare: str, kind: str) -> Parts | None:
    """What a cell made plain says as one of `READERS`; a `problem` says why not, None just not."""
    return READERS[kind](bare) if _DIGIT.search(bare) else _without_digits(bare, kind)


def _without_digits(bare: str, kind: str) -> Parts | None:
    """A cell that says why there is no number; only a time or a bound is ever not reached."""
    if kind == "p" and (found := _p(bare)):
        return found
    named = state(bare)
    if named:
        timed = kind in ("number", "bound")
        return {"value_state": NOT_GIVEN if named == NOT_REACHED and not timed else named}
    return _number(bare) if kind == "number" else None


def _count(bare: str) -> Parts | None:
    """Patients, alone or of how many, and what percent they are."""
    found = _WHOLE.fullmatch(bare)
    if found:
        return _counted({}, found[1])
    if found := _COUNT_AND_PERCENT.fullmatch(bare):
        return _bracketed(found)
    parts = _number(bare)
    return parts if parts and ({"events", "problem"} & parts.keys() or parts["percent"]) else None


def _counted(parts: Parts, events: str, n: str = "") -> Parts:
    """Counts as those of records: at most nine digits, no leading zero."""
    parts["events"] = events.lstrip("0") or "0"
    if n:
        parts["n"] = n.lstrip("0") or "0"
    if max(len(parts["events"]), len(parts.get("n", ""))) > COUNT_DIGITS:
        return {"problem": f"counts more than {COUNT_DIGITS} digits can say"}
    return parts


def _number(bare: str) -> Parts | None:
    """A value with what is printed beside it: counts, an interval, a unit, a p-value."""
    if not _TWO.search(bare) and (found := _core(bare)):
        return found
    rest, p = peel_p(bare)
    head, interval = peel_interval(rest)
    found = _core(head)
    if found and interval and "problem" not in found:
        found = _with_interval(found, interval)
    return {**found, "p": p} if found and p and "problem" not in found else found


def _core(head: str) -> Parts | None:
    """A value, a count with its percent, a fraction, or a state before an interval."""
    if "(" not in head and (found := _ONE.fullmatch(head)):
        return _one(found)
    if found := _FRACTION.fullmatch(head):
        return _counted(_valued(found[3], found[4]), found[1], found[2])
    if found := _COUNT_AND_PERCENT.fullmatch(head):
        if found[3] or "." in found[2]:
            return _bracketed(found)
        return {"problem": "has two whole numbers: which is the percent is not said"}
    if found := _PERCENT_AND_FRACTION.fullmatch(head):
        return _counted(_valued(found[1], found[2]), found[3], found[4])
    named = "" if _DIGIT.search(head) else state(head)
    return {"value_state": named} if named else None


def _bracketed(found: re.Match[str]) -> Parts:
    """`16 (30.8)`, a count and its percent.

    Of two whole numbers either may be the percent, unless the column counts.
    """
    if float(found[2]) > 100 or found[2].startswith("-"):
        return {"problem": "has a bracket that is no percent"}
    return _counted(_valued(found[2], found[3]), found[1])


def _valued(number: str | None, percent: str | None) -> Parts:
    return {"value": printed(number or ""), "percent": bool(percent)}


def _one(found: re.Match[str]) -> Parts | None:
    """One number with its sign, percent sign and unit."""
    sign, number, percent, plus, unit = found.groups()
    value = printed(number)
    if not value or (sign and plus) or (percent and unit):
        return None
    parts: Parts = {"value": value, "percent": bool(percent)}
    if plus or sign:
        parts["approximation"] = APPROXIMATIONS[(plus or sign).casefold()]
    if unit:
        parts["unit"] = unit_of(unit)
    return parts


def _with_interval(parts: Parts, interval: re.Match[str]) -> Parts | None:
    """A value with the interval behind it."""
    if squeezed(interval):
        return {"problem": "holds two bounds or one number with a decimal comma"}
    for bound in ("low", "high"):
        named = "" if _DIGIT.search(interval[bound]) else state(interval[bound])
        text = named or printed(interval[bound])
        if not text:
            return None
        parts[f"{bound}_state" if named else bound] = text
    level, tail = interval["level"] or interval["after"], interval["tail"] or ""
    if level and not is_level(float(level)):
        return None
    unit = unit_of(interval["unit"] or tail)
    if unit and parts.setdefault("unit", unit) != unit:
        return {"problem": "has two units of time"}
    if level:
        parts["level"] = level
    inside = interval["percent"] and "events" not in parts
    parts["percent"] = bool(parts.get("percent") or tail == "%" or inside)
    return parts


def _bound(bare: str) -> Parts | None:
    """One bound as `value`, or both of an interval as `low` and `high`."""
    if found := _ONE.fullmatch(bare):
        return _one(found)
    both = only_interval(bare)
    return _with_interval({}, both) if both else None


def _p(bare: str) -> Parts | None:
    """A p-value and its sides."""
    named = _SIDES.search(bare)
    text = bare
    sides = ""
    if named:
        sides = "one" if named[1].casefold() in ("one", "1") else "two"
        text = bare[: named.start()] + bare[named.end() :]
    text = _HOLLOW.sub("", _TESTS.sub("", text)).strip()
    name = _P_NAME.match(text)
    if name:
        text = text[name.end() :].strip()
    if text.casefold().replace(".", "") in p_value.NOT_SIGNIFICANT:
        return {"p": "NS", "sides": sides}
    text = _APART.sub(r"\1", text).removeprefix("=")
    found = _EXPONENT.search(text)
    if found:
        text = text[: found.start()] + _small(found)
    return {"p": text, "sides": sides} if p_value.read(text) is not None else None


def _small(found: re.Match[str]) -> str:
    """A number with an exponent as records print one: plain, else as a power of ten."""
    number = printed(found[0])
    if Decimal(number) == Decimal(found[0]):
        return number
    return f"{found[1]} x 10^-{found[2]}"


def _level(bare: str) -> Parts | None:
    """The level of an interval as a percent; a fraction is multiplied."""
    found = _LEVEL.fullmatch(bare)
    if not found:
        return None
    number = Decimal(found[1])
    fraction = number < 1 and "%" not in bare
    percent = number * 100 if fraction else number
    if not is_level(float(percent)):
        return None
    return {"level": f"{percent.normalize():f}" if fraction else found[1]}


def _time(bare: str) -> Parts | None:
    """A time and its unit, empty where none is printed."""
    found = _TIME.fullmatch(bare)
    value = printed(found[1]) if found else ""
    return {"value": value, "unit": unit_of(found[2] or "")} if found and value else None


READERS: Final[dict[str, Callable[[str], Parts | None]]] = {
    "count": _count, "number": _number, "bound": _bound, "p": _p, "level": _level, "time": _time,
}  # fmt: skip
