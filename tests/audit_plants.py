"""Slips of the pen to plant into tables, whether or not anybody could see them.

Nothing is drawn again because it cannot be noticed: bounds of another level that round to the same
text are planted and missed. A plant changes rows in place and says which it touched, what the cause
is called, and whether arithmetic alone convicts it. A place is taken for what it prints, and only
the size of a change is left to chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import exp, log, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Final, NamedTuple

from audit_trials import exactly
from kb.printed.number import half_up
from kb.stats.proportions.intervals import proportion_interval

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from audit_studies import Cells

Z: Final = {level: NormalDist().inv_cdf(0.5 + level / 200) for level in (80, 90, 95, 99)}
ONE_ERROR: Final = 1.0
WEEKS: Final = 30.4375 / 7
RATIO: Final = ("hazard-ratio", "odds-ratio", "risk-ratio")
MADE_UP: Final = "made up"


class Planted(NamedTuple):
    """The rows touched, from 0; a pattern that names the cause; whether arithmetic convicts it."""

    rows: list[int]
    cause: str = ""
    certain: bool | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of slip: where it can be planted, how, what is asked, and what was claimed before.

    `sources` are the tables it is planted into; `alone`: the row is a table of its own; `chance`:
    another draw at the same place is another slip.
    """

    words: str
    places: Callable[[list[Cells]], list[int]]
    plant: Callable[[Random, list[Cells], int], Planted | None]
    sources: tuple[str, ...] = ("records",)
    alone: bool = False
    chance: bool = True
    asked: str = ""
    claimed: str = ""


def number(text: str) -> bool:
    """Whether a cell holds a plain number."""
    return text.replace(".", "", 1).isdigit()


def decimals(text: str) -> int:
    """How many decimals are printed."""
    return len(text.partition(".")[2])


def like(value: float, text: str) -> str:
    """A value printed with as many decimals as a text has."""
    return half_up(value, decimals(text))


def digit_changed(random: Random, text: str, after: int = 0) -> str:
    """A printed number with one of its digits another one, from a place on."""
    at = random.choice([at for at, one in enumerate(text) if one.isdigit() and at >= after])
    other = random.choice([one for one in "0123456789" if one != text[at]])
    return text[:at] + other + text[at + 1 :]


def digits_swapped(random: Random, text: str) -> str | None:
    """A printed number with two different neighbouring digits in the other order, if it has any."""
    places = [at for at, one in enumerate(text) if one.isdigit()]
    pairs = [(one, other) for one, other in pairwise(places) if text[one] != text[other]]
    if not pairs:
        return None
    one, other = random.choice(pairs)
    found = list(text)
    found[one], found[other] = text[other], text[one]
    return "".join(found)


def admits(percent: str, n: int) -> bool:
    """Whether some whole number out of n prints as this percent, a half rounded either way."""
    unit = 10 ** decimals(percent)
    printed = round(float(percent) * unit)
    nearest = printed * n // (100 * unit)
    return any(
        abs(2 * (100 * unit * k - printed * n)) <= n for k in (nearest, nearest + 1) if k <= n
    )


def rows_with(
    *columns: str, test: Callable[[Cells], bool] = bool
) -> Callable[[list[Cells]], list[int]]:
    """The rows that have numbers in some columns and pass a test."""

    def found(rows: list[Cells]) -> list[int]:
        return [
            at
            for at, row in enumerate(rows)
            if all(number(row.get(column, "")) for column in columns) and test(row)
        ]

    return found


def of_ratio(row: Cells) -> bool:
    """A ratio with a proper two-sided 95 % interval."""
    return (
        row.get("measure") in RATIO
        and row.get("level") == "95"
        and row.get("sides") not in ("lower", "upper")
        and 0 < float(row["low"]) < float(row["high"])
        and float(row["value"]) > 0
    )


def with_exact_p(row: Cells) -> bool:
    """A ratio whose p is a number of two sides, by what is said and, in records, by what fits best.

    A record's p is taken for two-sided where the deviate of its interval is nearest to that of two
    sides at 95 %, among one side and the levels 80, 90 and 99 %.
    """
    p = row.get("p", "")
    if not of_ratio(row) or not number(p) or not 0 < float(p) < 1 or row.get("sides") == "one":
        return False
    if row["study"] == MADE_UP:
        return True
    normal = NormalDist()
    half = log(float(row["high"]) / float(row["low"])) / 2
    own = abs(log(float(row["value"]))) / half
    two, one = normal.inv_cdf(1 - float(p) / 2), abs(normal.inv_cdf(float(p)))
    misses = [abs(own * Z[level] - two) for level in (95, 80, 90, 99)] + [abs(own * Z[95] - one)]
    return misses[0] == min(misses)


exact = rows_with("value", "low", "high", test=with_exact_p)


def at_least(count: int) -> Callable[[list[Cells]], list[int]]:
    """The first exact p of a table that has so many."""

    def found(rows: list[Cells]) -> list[int]:
        places = exact(rows)
        return places[:1] if len(places) >= count else []

    return found


def of_report(
    plant: Callable[[Random, list[Cells], int], Planted | None],
) -> Callable[[Random, list[Cells], int], Planted | None]:
    """The same slip in every row of a report with an exact p."""

    def every(random: Random, rows: list[Cells], _at: int) -> Planted | None:
        found = [plant(random, rows, at) for at in exact(rows)]
        touched = [at for one in found if one for at in one.rows]
        return Planted(touched, next((one.cause for one in found if one), ""))

    return every


def one_sided(random: Random, rows: list[Cells], at: int) -> Planted:
    """The p of one side: of the lower tail for a ratio below 1, of either for one above."""
    row = rows[at]
    half = float(row["p"]) / 2
    upper = float(row["value"]) > 1 and random.random() < 0.5
    row["p"] = exactly(1 - half if upper else half, decimals(row["p"]))
    return Planted([at], r"one[- ]sided")


def digit_of_p(random: Random, rows: list[Cells], at: int) -> Planted:
    """A decimal of a p-value changed."""
    text = rows[at]["p"]
    rows[at]["p"] = digit_changed(random, text, text.index(".") + 1)
    return Planted([at])


def one_sided_small(random: Random, rows: list[Cells], at: int) -> Planted | None:
    """The same, where what is printed is from .001 to .05."""
    planted = one_sided(random, rows, at)
    return planted if 0.001 <= float(rows[at]["p"]) <= 0.05 else None


def at_deviate(deviate: float, cause: str) -> Callable[[Random, list[Cells], int], Planted | None]:
    """The bounds of a ratio so many standard errors away, still called those of 95 %."""

    def plant(_random: Random, rows: list[Cells], at: int) -> Planted:
        row = rows[at]
        value = float(row["value"])
        for column in ("low", "high"):
            away = log(float(row[column]) / value) * deviate / Z[95]
            row[column] = like(value * exp(away), row[column])
        return Planted([at], cause)

    return plant


def inverted(_random: Random, rows: list[Cells], at: int) -> Planted:
    """A ratio of the arms the other way round."""
    row = rows[at]
    low, value, high = (float(row[column]) for column in ("low", "value", "high"))
    row |= {
        "value": like(1 / value, row["value"]),
        "low": like(1 / high, row["low"]),
        "high": like(1 / low, row["high"]),
    }
    return Planted([at], r"other way round|swapped|exchanged|reversed|1/")


def digit_of(
    *columns: str, swapped: bool = False
) -> Callable[[Random, list[Cells], int], Planted | None]:
    """A digit of one of some columns, changed or swapped with its neighbour."""

    def plant(random: Random, rows: list[Cells], at: int) -> Planted | None:
        row = rows[at]
        column = random.choice(columns)
        text = (digits_swapped if swapped else digit_changed)(random, row[column])
        if text is None:
            return None
        row[column] = text
        return Planted([at], r"digit" if swapped else "", _convicted(row))

    return plant


def _convicted(row: Cells) -> bool | None:
    """Whether the numbers of a row cannot be: outside the interval, or no count of n."""
    low, value, high = (row.get(column, "") for column in ("low", "value", "high"))
    outside = (number(low) and float(low) > float(value)) or (
        number(high) and float(high) < float(value)
    )
    if row.get("measure") != "proportion":
        return outside if number(low) else None
    events, n = row.get("events", ""), row.get("n", "")
    if outside or not (events or n) or float(value) > 100:
        return outside or float(value) > 100
    if events and n:
        unit = 10.0 ** -decimals(value)
        return abs(100 * int(events) / int(n) - float(value)) > unit / 2 + 1e-9
    return not admits(value, int(n)) if n else None


def weeks(_random: Random, rows: list[Cells], at: int) -> Planted:
    """A time in weeks, called months."""
    row = rows[at]
    for column in ("low", "value", "high"):
        if number(row.get(column, "")):
            row[column] = like(float(row[column]) * WEEKS, row[column])
    return Planted([at], r"\bweeks\b")


def of_time(*endpoints: str, beside: str = "") -> Callable[[list[Cells]], list[int]]:
    """Medians in months of some endpoints, with the median of another beside them or not."""

    def found(rows: list[Cells]) -> list[int]:
        return [
            at
            for at, row in enumerate(rows)
            if row.get("measure") == "median" and row.get("unit") == "months"
            and number(row.get("value", "")) and row["endpoint"] in endpoints
            and (not beside or _partner(rows, row, beside) is not None)
        ]  # fmt: skip

    return found


def _partner(rows: list[Cells], row: Cells, endpoint: str) -> int | None:
    """The same measure of another endpoint in the same patients at the same time."""
    same = ("report", "arm", "subgroup", "measure", "unit", "at", "at_unit", "versus")
    for at, other in enumerate(rows):
        if (
            other["endpoint"] == endpoint
            and number(other.get("value", ""))
            and all(other.get(column) == row.get(column) for column in same)
        ):
            return at
    return None


MOVED: Final = ("events", "value", "low", "high", "level")


def swapped_with(endpoint: str) -> Callable[[Random, list[Cells], int], Planted | None]:
    """What is printed of two endpoints of the same patients, exchanged."""

    def plant(_random: Random, rows: list[Cells], at: int) -> Planted | None:
        partner = _partner(rows, rows[at], endpoint)
        if partner is None:
            return None
        _exchange(rows[at], rows[partner], MOVED)
        return Planted([at, partner], r"swapped|exchanged|other way round")

    return plant


def _exchange(one: Cells, other: Cells, columns: tuple[str, ...]) -> None:
    for column in columns:
        one[column], other[column] = other.get(column, ""), one.get(column, "")


def arms_swapped(_random: Random, rows: list[Cells], at: int) -> Planted | None:
    """The medians of two arms that a ratio compares, exchanged."""
    row = rows[at]
    pair = [_of_arm(rows, row, arm) for arm in (row["arm"], row["versus"])]
    if None in pair:
        return None
    one, other = (found for found in pair if found is not None)
    _exchange(rows[one], rows[other], MOVED)
    return Planted([at, one, other], r"swapped|exchanged|other way round")


def _of_arm(rows: list[Cells], contrast: Cells, arm: str) -> int | None:
    for at, row in enumerate(rows):
        if (
            row.get("measure") == "median"
            and row.get("arm") == arm
            and row["endpoint"] == contrast["endpoint"]
            and row.get("subgroup") == contrast.get("subgroup")
            and number(row.get("value", ""))
        ):
            return at
    return None


def compared(rows: list[Cells]) -> list[int]:
    """Ratios beside the medians of both of their arms."""
    return [
        at for at, row in enumerate(rows)
        if row.get("measure") == "hazard-ratio" and number(row.get("value", ""))
        and all(_of_arm(rows, row, row[side]) is not None for side in ("arm", "versus"))
    ]  # fmt: skip


def shares(row: Cells) -> bool:
    """A percent of patients, out of a number that could be wrong."""
    return row.get("measure", "proportion") == "proportion" and not row.get("versus")


def counted(row: Cells) -> bool:
    """A count of patients, neither none nor all."""
    return shares(row) and 0 < int(row["events"]) < int(row["n"])


def with_sisters(rows: list[Cells]) -> list[int]:
    """Percents out of a number that two other percents of the same arm share."""
    found = rows_with("value", "n", test=shares)(rows)
    kept = []
    for at in found:
        alike = [
            other for other in found
            if all(rows[at].get(key) == rows[other].get(key)
                   for key in ("report", "arm", "subgroup", "n"))
        ]  # fmt: skip
        if len(alike) > 2:
            kept.append(at)
    return kept


def wrong_n(random: Random, rows: list[Cells], at: int) -> Planted:
    """Another n beside a percent without its count: 1 to 10 off, or half the time any to 200."""
    row = rows[at]
    n = int(row["n"])
    near = [other for k in range(1, 11) for other in (n - k, n + k) if other > 1]
    other = random.choice([m for m in range(10, 201) if m != n])
    other = random.choice(near) if random.random() < 0.5 else other
    row.pop("events", None)
    row["n"] = str(other)
    return Planted([at], rf"\b{n}\b", not admits(row["value"], other))


def count_off(random: Random, rows: list[Cells], at: int) -> Planted:
    """A count 1 to 3 off beside its percent and n."""
    row = rows[at]
    events, n = int(row["events"]), int(row["n"])
    off = random.choice([k for k in (-3, -2, -1, 1, 2, 3) if 0 <= events + k <= n])
    row["events"] = str(events + off)
    return Planted([at], rf"\b{events}\b", _convicted(row))


def point_moved(random: Random, rows: list[Cells], at: int) -> Planted:
    """A percent with its point one place to either side."""
    row = rows[at]
    row["value"] = like(float(row["value"]) * random.choice((0.1, 10.0)), row["value"])
    return Planted([at], "", _convicted(row))


def without_count(random: Random, rows: list[Cells], at: int) -> Planted:
    """A digit of a percent beside n alone."""
    rows[at].pop("events", None)
    return digit_of("value")(random, rows, at) or Planted([at])


METHODS: Final = ("clopper-pearson", "clopper-pearson", "clopper-pearson", "wilson", "wald")


def _bounds(row: Cells, level: float, method: str) -> tuple[str, str]:
    low, high = proportion_interval(int(row["events"]), int(row["n"]), level=level, method=method)
    return like(100 * low, row["value"]), like(100 * high, row["value"])


def of_level(level: int) -> Callable[[Random, list[Cells], int], Planted | None]:
    """The interval of a count at another level, called one of 95 %; exact in three of five."""

    def plant(random: Random, rows: list[Cells], at: int) -> Planted:
        row = rows[at]
        row["low"], row["high"] = _bounds(row, level, random.choice(METHODS))
        row["level"] = "95"
        return Planted([at], rf"\b{level} %")

    return plant


def one_error(_random: Random, rows: list[Cells], at: int) -> Planted:
    """The percent of a count plus and minus one standard error, called 95 %."""
    row = rows[at]
    x, n = int(row["events"]), int(row["n"])
    error = sqrt(x / n * (1 - x / n) / n)
    row["low"], row["high"] = (like(100 * (x / n + k * error), row["value"]) for k in (-1, 1))
    row["level"] = "95"
    return Planted([at], r"standard error|68 %")


def bound_digit(random: Random, rows: list[Cells], at: int) -> Planted:
    """A digit of a bound of a count's 95 % interval."""
    row = rows[at]
    row["low"], row["high"] = _bounds(row, 95, random.choice(METHODS))
    row["level"] = "95"
    return digit_of("low", "high")(random, rows, at) or Planted([at])


def of_another_count(random: Random, rows: list[Cells], at: int) -> Planted:
    """The interval of n a little less or more, as of a sister row, around the percent."""
    row = rows[at]
    events, n = int(row["events"]), int(row["n"])
    other = random.choice([n + k for k in (-3, -2, -1, 1, 2, 3) if n + k > events])
    low, high = proportion_interval(events, other, method=random.choice(METHODS))
    row["low"], row["high"] = like(100 * low, row["value"]), like(100 * high, row["value"])
    row["level"] = "95"
    return Planted([at], rf"\b{other}\b")


def rate_error(_random: Random, rows: list[Cells], at: int) -> Planted:
    """A rate at a time plus and minus one standard error, called 95 %."""
    row = rows[at]
    value = float(row["value"])
    for column in ("low", "high"):
        row[column] = like(value + (float(row[column]) - value) / Z[95], row[column])
    return Planted([at], r"standard error|68 %")


def mirrored(_random: Random, rows: list[Cells], at: int) -> Planted:
    """The share with the event, called the share without."""
    row = rows[at]
    row["value"] = like(100 - float(row["value"]), row["value"])
    if number(row.get("low", "")) and number(row.get("high", "")):
        low, high = float(row["low"]), float(row["high"])
        row["low"], row["high"] = like(100 - high, row["low"]), like(100 - low, row["high"])
    return Planted([at], r"share with|event|mirror|100 [-−]")


def landmark(row: Cells) -> bool:
    """A rate at a time."""
    return row.get("measure") == "landmark"


def rated(row: Cells) -> bool:
    """A rate at a time whose interval is at 95 %."""
    return landmark(row) and row.get("level") == "95"


def times_swapped(_random: Random, rows: list[Cells], at: int) -> Planted | None:
    """The rates of one set at two times, exchanged."""
    row = rows[at]
    same = ("report", "arm", "subgroup", "endpoint", "measure", "at_unit")
    for other, one in enumerate(rows):
        alike = all(one.get(column) == row.get(column) for column in same)
        if alike and one.get("at") != row.get("at") and number(one.get("value", "")):
            _exchange(row, one, MOVED)
            return Planted([at, other], r"swapped|exchanged|other way round")
    return None


def component_off(random: Random, rows: list[Cells], at: int) -> Planted:
    """A count 1 to 2 off with its percent to match."""
    row = rows[at]
    events, n = int(row["events"]), int(row["n"])
    off = random.choice([k for k in (-2, -1, 1, 2) if 0 <= events + k <= n])
    row["events"] = str(events + off)
    row["value"] = like(100 * (events + off) / n, row.get("value", ""))
    return Planted([at])


def partnered(endpoint: str, other: str, measure: str) -> Callable[[list[Cells]], list[int]]:
    """Rows of an endpoint beside another endpoint of the same patients."""

    def found(rows: list[Cells]) -> list[int]:
        return [
            at for at, row in enumerate(rows)
            if row["endpoint"] == endpoint and row.get("measure", "proportion") == measure
            and number(row.get("value", "")) and _partner(rows, row, other) is not None
        ]  # fmt: skip

    return found


BOTH: Final = ("records", "made-up trials")
MEDIAN: Final = rows_with("low", "value", "high", test=lambda row: row.get("measure") == "median")
PERCENT: Final = rows_with("value", "n", test=shares)
COUNT: Final = rows_with("value", "n", "events", test=counted)
INTERVAL: Final = rows_with("value", "low", "high", test=of_ratio)
COUNTED: Final = ("records", "made-up studies")

KINDS: Final = (
    Kind("a one-sided p sold as two-sided", exact, one_sided, BOTH, chance=False,
         asked="≥ 85 any", claimed="63 %"),
    Kind("a one-sided p sold as two-sided, .001 to .05 printed", exact, one_sided_small, BOTH, chance=False,
         asked="≥ 75 any"),
    Kind("one-sided p sold as two-sided, a report with two or more", at_least(2), of_report(one_sided), BOTH,
         chance=False, asked="≥ 85 loud"),
    Kind("one-sided p sold as two-sided, a report with three or more", at_least(3), of_report(one_sided), BOTH,
         chance=False, asked="≥ 90 loud"),
    *(
        Kind(f"{words} of a ratio sold as 95 %{where}", places, plant, BOTH, chance=False,
             asked=f"≥ {asked} loud", claimed=claimed)
        for level, row, report, before in ((90, 75, 80, ""), (80, 88, 92, "90 %"), (99, 85, 90, ""))
        for words in (f"an interval at {level} %",)
        for where, places, plant, asked, claimed in (
            ("", exact, at_deviate(Z[level], rf"\b{level} %"), row, before),
            (", a report with two or more exact p", at_least(2),
             of_report(at_deviate(Z[level], rf"\b{level} %")), report, ""),
        )
    ),
    Kind("± one standard error of a ratio sold as 95 %", exact,
         at_deviate(ONE_ERROR, r"standard error|68 %"), BOTH, chance=False, asked="≥ 80 loud"),
    Kind("± one standard error of a ratio, whatever p stands beside it", INTERVAL, at_deviate(ONE_ERROR, r"standard error|68 %"),
         chance=False),
    Kind("a digit of a ratio or its bound", INTERVAL, digit_of("value", "low", "high"),
         claimed="100 %"),
    Kind("two digits of a ratio or its bound swapped", INTERVAL,
         digit_of("value", "low", "high", swapped=True), claimed="100 %"),
    Kind("a digit of an exact p", exact, digit_of_p, BOTH, claimed="100 %"),
    Kind("a ratio of the arms the other way round", INTERVAL, inverted,
         COUNTED, chance=False, claimed="100 %"),
    Kind("the medians of two arms swapped", compared, arms_swapped, COUNTED, chance=False),
    Kind("weeks for months, a lone median (PFS, OS)", of_time("pfs", "os"), weeks, alone=True,
         chance=False, asked="≥ 55 any", claimed="97 %"),
    Kind("weeks for months, PFS beside OS", of_time("pfs", beside="os"), weeks, chance=False,
         asked="≥ 85 any, ≥ 65 loud", claimed="97 %"),
    Kind("a digit of a median or its bound", MEDIAN, digit_of("value", "low", "high"),
         asked="≥ 50 any, ≥ 40 loud", claimed="100 %"),
    Kind("two digits of a median or its bound swapped", MEDIAN,
         digit_of("value", "low", "high", swapped=True), asked="≥ 50 any, ≥ 40 loud", claimed="100 %"),
    Kind("medians of PFS and OS swapped", partnered("pfs", "os", "median"), swapped_with("os"),
         chance=False, claimed="100 %"),
    Kind("rates of PFS and OS at one time swapped", partnered("pfs", "os", "landmark"),
         swapped_with("os"), COUNTED, chance=False, claimed="100 %"),
    Kind("rates at two times swapped", rows_with("value", "at", test=landmark), times_swapped,
         COUNTED, chance=False, claimed="100 %"),
    Kind("a rate with the event sold as the rate without",
         rows_with("value", "at", test=landmark), mirrored, chance=False, claimed="100 %"),
    Kind("± one standard error of a rate at a time", rows_with("value", "low", "high", "n", test=rated),
         rate_error, chance=False, claimed="100 %"),
    Kind("a wrong n beside a lone percent", PERCENT, wrong_n, alone=True,
         asked="all certain loud"),
    Kind("a wrong n beside a percent with sister rows", with_sisters, wrong_n, COUNTED, asked="≥ 85 any"),
    Kind("a digit of a percent beside n alone", PERCENT, without_count, claimed="100 %"),
    Kind("a digit of a percent beside its count", COUNT, digit_of("value"), claimed="100 %"),
    Kind("two digits of a percent beside its count swapped", COUNT, digit_of("value", swapped=True),
         claimed="100 %"),
    Kind("a percent with its point moved", COUNT, point_moved, claimed="100 %"),
    Kind("a count off by 1 to 3", COUNT, count_off, claimed="100 %"),
    Kind("a digit of the interval of a count", COUNT, bound_digit, claimed="100 %"),
    Kind("an interval of a count at 90 % sold as 95 %", COUNT, of_level(90), claimed="90 %"),
    Kind("an interval of a count at 80 % sold as 95 %", COUNT, of_level(80), claimed="90 %"),
    Kind("an interval of a count at 99 % sold as 95 %", COUNT, of_level(99)),
    Kind("± one standard error of a count sold as 95 %", COUNT, one_error, claimed="93 %"),
    Kind("the interval of an n 1 to 3 off", COUNT, of_another_count),
    Kind("response and control swapped", partnered("orr", "dcr", "proportion"),
         swapped_with("dcr"), COUNTED, chance=False, claimed="100 %"),
    Kind("a part of a sum off by 1 or 2, its percent with it",
         rows_with("value", "n", "events",
                   test=lambda row: counted(row) and row["endpoint"] in ("cr", "pr", "sd")),
         component_off, COUNTED, claimed="100 %"),
)  # fmt: skip
