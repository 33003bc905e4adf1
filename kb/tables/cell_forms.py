"""The forms in which cells print numbers: signs made plain, marks taken off, patterns of parts."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kb.printed.state import state_named
from kb.printed.time import unit_named
from kb.tables.grid import SPACES

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST: Final = 120
"""Letters beyond which a cell is prose."""
PLACES: Final = 12
"""Decimals that a printed number may have; a computed cell has more and is rounded."""
_PLAIN: Final = str.maketrans(
    {"−": "-", "‐": "-", "‑": "-", "·": ".", "∙": ".", "⋅": ".", "˂": "<", "˃": ">", "⩽": "≤",
     "⩾": "≥", "≦": "≤", "≧": "≥", "％": "%", "≈": "~", "∼": "~", "≃": "~"}
)  # fmt: skip
_PLAIN.update(SPACES)
_SUPERSCRIPT_POWER: Final = re.compile(r"(?<=10)[⁻]([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_DIGITS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_STARRED_POWER: Final = re.compile(r"(?<=[0-9])\s*[*.]\s*10(?=\^|-)")
_SYMBOLS: Final = re.compile(r"[*†‡§¶‖⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ]+")
_LETTER: Final = re.compile(r"(?<=[0-9%)])(?!e-[0-9])[abce-l](?:,[abce-l])*(?=\s*(?:$|[(\[)\]–-]))")
"""A letter at a number is a footnote; `d`, `m`, `w` and `y` may be units of time."""
_TAIL: Final = re.compile(
    r"(?<=[^\s(\[])\s*(?:\^[0-9a-z]|\[(?:[0-9]{1,2}|[a-z])\]|\([a-z]\)|#)\s*$"
)
_THOUSANDS: Final = re.compile(
    r"(?<![0-9.,])([1-9][0-9]{0,2})([,  '’])([0-9]{3}(?:\2[0-9]{3})*)(?![0-9,])"
)
_THOUSANDS_WITH_COMMA: Final = re.compile(
    r"(?<![0-9.,])([1-9][0-9]{0,2})([. '’])([0-9]{3}(?:\2[0-9]{3})*)(?=,[0-9]|(?![0-9.,]))"
)
_COMMA: Final = re.compile(r"(?<![0-9.,]),(?=[0-9])|(?<=[0-9]),(?=[0-9])")
_GROUP: Final = re.compile(r"[0-9][, '’][0-9]{3}")
_UNMARKED: Final = re.compile(r"[-0-9.,;%()/ <>=+–—]*")
_WORD: Final = re.compile(r"#?[A-Za-z][A-Za-z /.-]*")
_BLANK: Final = re.compile(r"[-–—.…]+")

SIMPLE: Final = re.compile(r"-?(?:[0-9]{1,12}(?:\.[0-9]{1,12})?|\.[0-9]{1,12})")
NUMBER: Final = r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,2})?"
UNIT: Final = r"days?|d|weeks?|wks?|w|months?|mos?|years?|yrs?|y"
STATE: Final = (
    r"NR|NE|NA|N/A|NC|ND|NYR|N\.R\.|N\.E\.|N\.A\.|"
    r"not\s(?:yet\s)?(?:reached|estimable|evaluable|reported|available|given)"
)
_INTERVAL: Final = re.compile(
    rf"""[,;:]?\s*(?P<open>[(\[])?\s*
    (?P<name>(?:(?P<level>[0-9]{{2}}(?:\.[0-9]+)?)\s*%?\s*-?\s*)?
        (?:C[Il]|KI|IC|C\.I\.|CrI|confidence\ intervals?|Konfidenzintervall)
        (?:\s*(?P<after>[0-9]{{2}}(?:\.[0-9]+)?)\s*%(?!\s*(?:[-–—,;]|to\b)))?)?
    \s*[,:;=]?\s*[(\[]?\s*
    (?P<low>{NUMBER}|{STATE})\s*(?P<percent>%)?\s*(?:{UNIT})?
    \s*(?P<between>[-–—]|to|bis|,|;)\s*
    (?P<high>{NUMBER}|{STATE})\s*%?\s*(?P<unit>{UNIT})?\.?
    \s*(?P<close>[)\]]*)\s*(?P<tail>%|(?:{UNIT})\.?)?$""",
    re.VERBOSE | re.IGNORECASE,
)
_CANDIDATE: Final = re.compile(
    r"[(\[,;:]|(?:[0-9]{2}(?:\.[0-9]+)?\s*%?\s*-?\s*)?\b(?:C[Il]|KI|IC|C\.I\.|CrI|conf|Konf)",
    re.IGNORECASE,
)
"""Where an interval may begin."""
_P_TAIL: Final = re.compile(
    r"(?:\s*[,;(]\s*|\s+|(?<=[)\]]))P(?:\s*-?\s*value)?\s*(?P<p>[=<>≤≥]\s*(?:[01](?:\.[0-9]+)?|\.[0-9]+))\s*(?P<close>[)\]]?)$",
    re.IGNORECASE,
)
_SEVERAL: Final = {"(": ")", "[": "]"}


def plain(text: str, *, comma: bool) -> tuple[str, str]:
    """A cell with plain signs, points and no thousands, and the footnote marks taken off it."""
    bare, marks = text, list[str]()

    def off(found: re.Match[str]) -> str:
        marks.append(found[0].strip())
        return ""

    if not text.isascii() or "*" in text:
        bare = bare.translate(_PLAIN).strip()
        if "10" in bare:
            bare = _SUPERSCRIPT_POWER.sub(lambda one: "^-" + one[1].translate(_DIGITS), bare)
            bare = _STARRED_POWER.sub(" x 10", bare)
        bare = _SYMBOLS.sub(off, bare).strip()
    if not _UNMARKED.fullmatch(bare):
        bare = _TAIL.sub(off, bare)
        bare = _LETTER.sub(off, bare)
    if comma:
        bare = _COMMA.sub(".", _THOUSANDS_WITH_COMMA.sub(_joined, bare))
    elif _GROUP.search(bare):
        bare = _THOUSANDS.sub(_joined, bare)
    return bare.strip(), "".join(marks)


def _joined(found: re.Match[str]) -> str:
    return found[1] + found[3].replace(found[2], "")


def state(text: str) -> str:
    """The state that a cell without a number stands for; empty for none."""
    if _WORD.fullmatch(text):
        return state_named(text.lstrip("#"))
    return state_named("not given") if _BLANK.fullmatch(text) else ""


def unit_of(word: str) -> str:
    """The unit of time that a word stands for, `mos.` and `wks` too; empty for none."""
    bare = word.rstrip(".")
    return unit_named(bare) or unit_named(bare.rstrip("sS"))


def printed(text: str) -> str:
    """A number as records print one: no exponent, at most twelve decimals; empty if too long."""
    number = text
    if "e" in number or "E" in number:
        number = f"{Decimal(number):f}"
    whole, _, decimals = number.partition(".")
    if len(decimals) > PLACES:
        number = f"{round(Decimal(number), PLACES):f}"
    return "" if len(whole.lstrip("-")) > PLACES else number


def peel_p(text: str) -> tuple[str, str]:
    """A cell without the p-value at its end, and that p-value."""
    found = _P_TAIL.search(text) if "p" in text or "P" in text else None
    if not found:
        return text, ""
    p = found["p"].lstrip("=").replace(" ", "")
    return text[: found.start()] + (found["close"] if _open(text[: found.start()]) else ""), p


def peel_interval(text: str) -> tuple[str, re.Match[str] | None]:
    """A cell without the interval at its end, and that interval."""
    for place in _CANDIDATE.finditer(text):
        found = _INTERVAL.match(text, place.start())
        if not found:
            continue
        head = text[: found.start()].rstrip()
        opened = _open(head)
        if found["name"] or found["open"] or (opened and found["close"]):
            return (head + opened).strip(), found
    return text, None


def only_interval(text: str) -> re.Match[str] | None:
    """The interval that a cell is from end to end, whether or not in brackets."""
    return _INTERVAL.match(text)


def squeezed(interval: re.Match[str]) -> bool:
    """Whether only a comma stands between two whole numbers: `(18,45)` may be 18.45."""
    between = interval.string[interval.end("low") : interval.start("high")]
    return between == "," and "." not in interval["low"] + interval["high"]


def _open(text: str) -> str:
    """The bracket that closes the last one left open in a text; empty where none is."""
    for opening, closing in _SEVERAL.items():
        if text.count(opening) > text.count(closing):
            return closing
    return ""


_CERTAIN: Final = re.compile(r"(?<![0-9.,])(?:[0-9]*,[0-9]+)(?![0-9.,])")
_THOUSAND: Final = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_POINT: Final = re.compile(r"(?<![0-9.])[0-9]*[.·][0-9]+(?![0-9.]|,[0-9])|[0-9],[0-9]{3}\.[0-9]")
_NUMERIC: Final = re.compile(r"\s*(?:[PpNn]\s*[=<>≤≥]|[-−+<>≤≥~(\[=]|[.,·]?[0-9])")
_PAIR: Final = re.compile(r"[(\[]\s*[0-9]+,[0-9]+\s*[)\]]")
"""`(18,45)` may be two bounds."""


def comma_is_decimal(texts: Iterable[str]) -> bool:
    """Whether the comma is the decimal sign of a column: every number in it agrees.

    One cell at least has a comma that sets off no thousands (`30,8`, `0,123`), and none a point
    (`1.016,5` has one that sets off thousands). A lone `1,016` is a thousand and more.
    """
    seen = False
    for text in texts:
        if not _NUMERIC.match(text):
            continue
        if ("." in text or "·" in text) and _POINT.search(text):
            return False
        if not seen and "," in text:
            found = _CERTAIN.findall(_PAIR.sub("", text))
            seen = any(not _THOUSAND.fullmatch(one) for one in found)
    return seen
