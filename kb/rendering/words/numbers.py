"""The only formatter of numbers: values, intervals, p-values, in the styles of journals.

Printed numbers are shown as printed. Computed ones are rounded once, half up, from unrounded
values: percents to one decimal, months to one, ratios to two, p to three and never 0.000.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from math import isinf, isnan
from typing import TYPE_CHECKING, Final

from kb.printed.measure import TIME
from kb.printed.state import short
from kb.printed.time import UNITS
from kb.rows.flat import part_of_arm
from kb.rows.sums import lower_bound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.printed.measure import Measure
    from kb.rows.row import Row

MOST_DIGITS: Final = 400
"""Digits that the largest finite number of a computer takes, and decimals behind them."""
UNKNOWN: Final = "–"
INFINITE: Final = "∞"
NO_LEVEL: Final = "level not stated"
APPROXIMATE: Final = {
    "about": "~",
    "just-under": "just under ",
    "under": "<",
    "over": ">",
    "up-to": "≤",
    "at-least": "≥",
}
COUNT_MARKS: Final = {"reconstructed": "*", "computed": "‡"}
COUNTED_PART: Final = re.compile(r" \d+;")
PART: Final = re.compile(r" [\d.]+(?: %)?;")


@dataclass(frozen=True, slots=True)
class Style:
    """How a journal sets numbers: between bounds, around an interval, the percent sign in it."""

    between: str = "–"
    before: str = " ("
    after: str = ")"
    label: str = "{level}% CI, "
    percent_in_bounds: bool = True
    leading_zero_of_p: bool = True
    level_in_heading: bool = False


STYLES: Final = {
    "house": Style(level_in_heading=True),
    "jama": Style(
        between="-", before=" [", after="]", percent_in_bounds=False, leading_zero_of_p=False
    ),
    "jco": Style(between=" to ", before="; ", after="", leading_zero_of_p=False),
    "bmc": Style(label="{level}% CI: ", percent_in_bounds=False),
}
HOUSE: Final = STYLES["house"]


def rounded(number: str | float, decimals: int) -> str:
    """A number rounded once, half up; `∞` and `–` for what is infinite and what is unknown."""
    value = float(number)
    if isnan(value):
        return UNKNOWN
    if isinf(value):
        return INFINITE if value > 0 else f"-{INFINITE}"
    unit = Decimal(1).scaleb(-decimals)
    text = number if isinstance(number, str) else f"{number:.12g}"
    with localcontext(prec=MOST_DIGITS):
        result = Decimal(text).quantize(unit, rounding=ROUND_HALF_UP)
    return str(abs(result) if result == 0 else result)


def computed(value: str | float, measure: Measure) -> str:
    """A computed value with the decimals of its measure."""
    return rounded(value, measure.decimals)


def interval_heading(level: float | None) -> str:
    """How a column of intervals is headed: `95% CI`; `CI` where levels differ or are unknown."""
    return f"{level:g}% CI" if level is not None and not isnan(level) else "CI"


def p_text(printed: str, style: Style = HOUSE) -> str:
    """A printed p-value as it is printed: `P = .19`, `P <.001`."""
    text = printed.strip()
    if text[:1] in "<>≤≥=":
        return f"P {text[0]} {text[1:].strip()}"
    if text[:1].isdigit() and not style.leading_zero_of_p and text.startswith("0."):
        text = text[1:]
    return f"P = {text}" if text[:1].isdigit() or text[:1] == "." else f"P {text}"


def computed_p(p: float) -> str:
    """A computed p-value: three decimals, `<0.001` below that."""
    return "<0.001" if p < 0.0005 else rounded(p, 3)


def value_text(row: Row) -> str:
    """The value of a row with its unit: `30.8%`, `6.2 mo`, `23.7 wk (≈5.4 mo)`, `NR`."""
    if not row.value:
        return short(row.value_state)
    text = row.value
    if row.value_source == "computed" and (row.n or not lower_bound(row)):
        text = computed(text, row.kind)
    about = APPROXIMATE.get(row.approximation, "")
    if row.unit == "percent":
        return f"{about}{text}%"
    if row.unit:
        converted = ""
        if row.unit != "months" and row.value_months is not None:
            converted = f" (≈{rounded(row.value_months, 1)} mo)"
        unit = UNITS[row.unit].short if row.unit in UNITS else row.unit
        return f"{about}{text} {unit}{converted}"
    return f"{about}{text}"


def _bound(row: Row, name: str) -> str:
    text = str(getattr(row, name))
    if not text:
        return short(getattr(row, f"{name}_state"))
    converted_time = row.bounds_converted and row.kind.unit == TIME
    if row.interval_source == "computed" or converted_time:
        return computed(text, row.kind)
    return text


def interval_text(row: Row, style: Style = HOUSE) -> str:
    """The interval of a row in house style: `95% CI, 18.7%–45.1%`; empty if there is none."""
    bounds = bounds_text(row, style)
    if not bounds:
        return ""
    level = f"{row.level:g}" if row.level is not None else ""
    label = style.label.format(level=level) if level else "CI of unstated level, "
    return f"{label}{bounds}"


def bounds_text(row: Row, style: Style = HOUSE) -> str:
    """The bounds of a row without their level: `18.7%–45.1%`, `one-sided, ≥18.7%`; or empty."""
    if not row.interval_source:
        return ""
    sign = "%" if row.unit == "percent" and style.percent_in_bounds else ""
    bounds = [_bound(row, "low"), _bound(row, "high")]
    bounds = [f"{one}{sign}" if one[-1:].isdigit() else one for one in bounds]
    if row.interval_sides == "lower":
        return f"one-sided, ≥{bounds[0]}"
    if row.interval_sides == "upper":
        return f"one-sided, ≤{bounds[1]}"
    return f"{bounds[0]}{style.between}{bounds[1]}"


def bounds_beside(row: Row, level: float | None, unstated: str = f" ({NO_LEVEL})") -> str:
    """The bounds of a row in a column of intervals of a level: only another level is said.

    `unstated` stands behind bounds whose level no source states.
    """
    bounds = bounds_text(row)
    if not bounds or (row.level is not None and row.level == level):
        return bounds
    return f"{bounds} ({row.level:g}% CI)" if row.level is not None else f"{bounds}{unstated}"


def shared_level(rows: Iterable[Row]) -> float | None:
    """The level that a column of intervals is headed by: the commonest; None where none is known.

    Of levels that are as common the highest.
    """
    levels = Counter(row.level for row in rows if row.interval_source and row.level is not None)
    return max(levels, key=lambda level: (levels[level], level), default=None)


def range_text(row: Row) -> str:
    """A printed range: `range, 2.1–19.1+`."""
    if not row.range_low and not row.range_high:
        return ""
    low, high = (short(one) for one in (row.range_low, row.range_high))
    return f"range, {low}–{high}"


def count_text(row: Row) -> str:
    """`16/52`, `≥ 9/43`; empty without a count. A reconstructed one has `*`, a computed one `‡`.

    A lower bound without n is a count alone, `≥ 9`.
    """
    if lower_bound(row) and row.events is not None:
        return f"≥ {row.events}"
    if lower_bound(row) and row.n and COUNTED_PART.search(row.formula):
        return f"≥ {rounded(float(row.value) * row.n / 100, 0)}/{row.n}"
    if row.events is None:
        return ""
    mark = COUNT_MARKS.get(row.events_source, "")
    return f"{row.events}{mark}/{row.n if row.n is not None else '?'}"


def bound_text(row: Row) -> str:
    """A lower bound and what is not printed: `≥ 9/43: PR, CR not printed`."""
    least = count_text(row) or value_text(row).replace("≥", "≥ ")
    return f"{least}: {PART.sub(',', row.formula)}"


def label_text(row: Row) -> str:
    """What tells this number from others of its endpoint: measure, time, definition, id.

    A percent of a count and a median with its unit say what they are, and so does a p beside the
    arms that it compares; every other number has a label.
    """
    parts = []
    if row.at is not None:
        parts.append(f"at {row.at.short}")
    if row.by is not None:
        parts.append(f"by {row.by.short}")
    if row.is_contrast:
        of_table = row.versus_set == part_of_arm(row.versus, row.subgroup)
        against = "" if row.beside else row.versus if of_table else row.versus_set or row.versus
        named = [row.kind.short] if row.kind.null is not None else []
        words = " ".join([*named, *([f"v {against}"] if against else [])])
        only_p = row.beside and row.p and not (row.value or row.value_state)
        parts.append(words or ("" if only_p else row.kind.name))
    elif (row.kind.timed and row.at is None) or (row.value and not row.unit):
        parts.append(row.kind.name)
    if row.id:
        parts.append(row.id)
    if row.timing == "at-last-assessment":
        parts.append("at last assessment")
    parts += [f"SD ≥ {value}" for _, value in row.defined]
    return ", ".join(filter(None, parts))


def estimate_text(row: Row, style: Style = HOUSE) -> str:
    """Value and interval in one line: `30.8% (95% CI, 18.7%–45.1%)`."""
    value = value_text(row)
    interval = interval_text(row, style) or range_text(row)
    text = (
        f"{value}{style.before}{interval}{style.after}"
        if interval and value
        else (value or interval)
    )
    if row.p:
        text = f"{text}; {p_text(row.p, style)}" if text else p_text(row.p, style)
    return text
