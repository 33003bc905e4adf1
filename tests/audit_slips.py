"""Slips of the pen to plant into consistent studies, and the rules that should see them.

A plant changes rows in place and returns the numbers of the rows it touched, or None where the
study has nothing to spoil, or where the change would print the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from kb.printed.number import half_up, prints_as
from kb.stats.proportions.counts import reconstruct_counts
from kb.stats.proportions.intervals import proportion_interval
from kb.stats.proportions.two_group import risk_ratio

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from audit_studies import Cells


@dataclass(frozen=True)
class Slip:
    """A kind of slip: in words, how it is planted, and the rules any of which sees it."""

    words: str
    plant: Callable[[Random, list[Cells]], list[int] | None]
    rules: tuple[str, ...]


def _pick(random: Random, rows: list[Cells], **wanted: str) -> int | None:
    """A row at random that has these cells; `column=""` asks for a row without the column."""
    found = [
        number for number, row in enumerate(rows, start=1)
        if all(row.get(column, "") == cell if cell != "*" else row.get(column)
               for column, cell in wanted.items())
    ]  # fmt: skip
    return random.choice(found) if found else None


def _all(rows: list[Cells], **wanted: str) -> list[Cells]:
    return [row for row in rows if all(row.get(key, "") == cell for key, cell in wanted.items())]


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


def _like(value: float, text: str) -> str:
    return half_up(value, _decimals(text))


def _admits(percent: str, events: int, n: int) -> bool:
    return prints_as(100 * events / n, percent, rounding="any")


def _mistyped(random: Random, text: str) -> str:
    """A printed number with two digits swapped or one changed, its last digit aside."""
    digits = list(text)
    places = [at for at, one in enumerate(digits) if one.isdigit()]
    if random.random() < 0.5 and len(places) > 1:
        at = random.randrange(len(places) - 1)
        left, right = places[at], places[at + 1]
        digits[left], digits[right] = digits[right], digits[left]
    else:
        digits[random.choice(places[:-1] or places)] = random.choice("0123456789")
    return "".join(digits)


def percent_mistyped(random: Random, rows: list[Cells]) -> list[int] | None:
    number = _pick(random, rows, events="*", value="*", measure="")
    row = rows[number - 1]
    value = _mistyped(random, row["value"])
    if float(value) > 100 or _admits(value, int(row["events"]), int(row["n"])):
        return None
    row["value"] = value
    return [number]


def percent_cut_off(random: Random, rows: list[Cells]) -> list[int] | None:
    number = _pick(random, rows, events="*", value="*", measure="")
    row = rows[number - 1]
    x, n, scale = int(row["events"]), int(row["n"]), 10 ** _decimals(row["value"])
    cut = 100 * x * scale // n / scale
    text = f"{cut:.{_decimals(row['value'])}f}"
    if text == row["value"] or prints_as(100 * x / n, text, rounding="half-even"):
        return None
    row["value"] = text
    return [number]


def percent_of_nobody(random: Random, rows: list[Cells]) -> list[int] | None:
    number = _pick(random, rows, endpoint="pd")
    row = rows[number - 1]
    value = _like(random.uniform(5, 95), row["value"])
    if reconstruct_counts(value, int(row["n"]), rounding="any"):
        return None
    row["value"] = value
    del row["events"]
    return [number]


def percent_point_moved(random: Random, rows: list[Cells]) -> list[int] | None:
    number = _pick(random, rows, endpoint="dcr")
    row = rows[number - 1]
    if float(row["value"]) <= 10:
        return None
    row["value"] = _like(10 * float(row["value"]), row["value"])
    return [number]


def count_off(random: Random, rows: list[Cells]) -> list[int] | None:
    number = _pick(random, rows, endpoint="dcr")
    row = rows[number - 1]
    events = int(row["events"]) + random.choice((-3, -2, -1, 1, 2, 3))
    if not 0 <= events <= int(row["n"]) or _admits(row["value"], events, int(row["n"])):
        return None
    row["events"] = str(events)
    return [number]


def count_over_n(random: Random, rows: list[Cells]) -> list[int] | None:
    number = _pick(random, rows, endpoint="dcr")
    row = rows[number - 1]
    row["events"] = str(int(row["n"]) + random.randint(1, 9))
    return [number]


def bound_mistyped(random: Random, rows: list[Cells]) -> list[int] | None:
    number = _pick(random, rows, low="*", events="*")
    if number is None:
        return None
    row = rows[number - 1]
    side = random.choice(("low", "high"))
    text = _mistyped(random, row[side])
    if abs(float(text) - float(row[side])) < 2 or float(text) > 100:
        return None
    row[side] = text
    return [number]


def level_mistaken(random: Random, rows: list[Cells]) -> list[int] | None:
    number = _pick(random, rows, low="*", events="*")
    if number is None:
        return None
    row = rows[number - 1]
    bounds = proportion_interval(int(row["events"]), int(row["n"]), level=random.choice((80, 90)))
    row["low"], row["high"] = (_like(100 * bound, row["value"]) for bound in bounds)
    row["level"] = "95"
    return [number]


def standard_error(random: Random, rows: list[Cells]) -> list[int] | None:
    number = _pick(random, rows, low="*", events="*")
    if number is None:
        return None
    row = rows[number - 1]
    x, n = int(row["events"]), int(row["n"])
    if x in (0, n):
        return None
    error = sqrt(x / n * (1 - x / n) / n)
    row["low"], row["high"] = (_like(100 * (x / n + k * error), row["value"]) for k in (-1, 1))
    row["level"] = "95"
    return [number]


def two_methods(_random: Random, rows: list[Cells]) -> list[int] | None:
    found = [
        one for name in ("orr", "dcr") for one in _all(rows, endpoint=name, subgroup="", versus="")
    ]
    for row, method in zip(found, ("clopper-pearson", "wilson") * 2, strict=True):
        bounds = proportion_interval(int(row["events"]), int(row["n"]), method=method)
        row["low"], row["high"] = (half_up(100 * bound, 1) for bound in bounds)
        row["level"] = "95"
    return [rows.index(row) + 1 for row in found]


def one_method_named_apart(random: Random, rows: list[Cells]) -> list[int] | None:
    """No width at the border."""
    number = _pick(random, rows, endpoint="ne", events="0")
    if number is None:
        return None
    rows[number - 1] |= {"low": "0", "high": "0", "level": "95"}
    return [number]


def bounds_swapped(random: Random, rows: list[Cells]) -> list[int] | None:
    number = _pick(random, rows, low="*")
    row = rows[number - 1]
    if row["high"] == "NE" or row["low"] == row["high"]:
        return None
    row["low"], row["high"] = row["high"], row["low"]
    return [number]


def bound_from_elsewhere(random: Random, rows: list[Cells]) -> list[int] | None:
    """The lower bound of a one-sided interval, off by a few points."""
    number = _pick(random, rows, endpoint="orr", subgroup="", versus="")
    row = rows[number - 1]
    x, n = int(row["events"]), int(row["n"])
    low = 100 * proportion_interval(x, n, level=90).low + random.choice((-4, 4))
    if not 0 < low < 100 * x / n - 1:
        return None
    row |= {"low": half_up(low, 1), "high": "", "level": "95", "sides": "lower"}
    return [number]


def survival_estimate_as_share(random: Random, rows: list[Cells]) -> list[int] | None:
    """A Kaplan–Meier rate printed as a share of the patients."""
    n, value = random.randint(20, 90), half_up(random.uniform(20, 80), 1)
    if reconstruct_counts(value, n, rounding="any"):
        return None
    rows.append({"study": "made up", "report": "r1", "arm": "A", "endpoint": "progression-free-rate",
                 "measure": "proportion", "at": "6", "at_unit": "months", "n": str(n), "value": value})  # fmt: skip
    return [len(rows)]


def other_denominator(random: Random, rows: list[Cells]) -> list[int] | None:
    number = _pick(random, rows, endpoint="dcr")
    row = rows[number - 1]
    n = int(row["n"]) - random.randint(1, 4)
    events = min(int(row["events"]), n)
    row |= {"n": str(n), "events": str(events), "value": _like(100 * events / n, row["value"])}
    row |= {"low": "", "high": "", "level": ""}
    return [number]


def percent_of_another_cohort(random: Random, rows: list[Cells]) -> list[int] | None:
    """A second report gives a subgroup's percent alone, out of more patients."""
    number = _pick(random, rows, subgroup="*")
    row = rows[number - 1]
    n = int(row["n"]) + random.randint(1, 3)
    value = half_up(100 * random.randint(1, n - 1) / n, 1)
    if int(row["n"]) > 60 or reconstruct_counts(value, int(row["n"]), rounding="any"):
        return None
    rows.append(row | {"report": "r2", "events": "", "n": "", "value": value})
    return [len(rows)]


def component_off(random: Random, rows: list[Cells]) -> list[int] | None:
    number = _pick(random, rows, endpoint="pr")
    row = rows[number - 1]
    events, n = int(row["events"]) + random.choice((-2, -1, 1, 2)), int(row["n"])
    if not 0 <= events <= n:
        return None
    row["events"], row["value"] = str(events), _like(100 * events / n, row["value"])
    return [number]


def response_above_control(random: Random, rows: list[Cells]) -> list[int] | None:
    arm = random.choice("AB")
    one, other = (_all(rows, arm=arm, endpoint=name, subgroup="")[0] for name in ("orr", "dcr"))
    if one["value"] == other["value"]:
        return None
    for column in ("events", "value", "low", "high"):
        one[column], other[column] = other.get(column, ""), one.get(column, "")
    return [rows.index(one) + 1, rows.index(other) + 1]


def subgroup_too_large(random: Random, rows: list[Cells]) -> list[int] | None:
    number = _pick(random, rows, subgroup="*")
    row = rows[number - 1]
    whole = _all(rows, arm=row["arm"], endpoint="orr", subgroup="")[0]
    events, n = int(whole["events"]) + random.randint(1, 3), int(whole["n"])
    if events > n:
        return None
    row |= {"events": str(events), "n": str(n), "value": _like(100 * events / n, row["value"])}
    return [number]


def subgroup_off(random: Random, rows: list[Cells]) -> list[int] | None:
    number = _pick(random, rows, subgroup="*")
    row = rows[number - 1]
    events, n = int(row["events"]) + random.choice((-1, 1)), int(row["n"])
    if not 0 <= events <= n:
        return None
    row["events"], row["value"] = str(events), _like(100 * events / n, row["value"])
    return [number]


def _ratio(random: Random, rows: list[Cells]) -> int:
    found = _pick(random, rows, measure="hazard-ratio")
    assert found is not None
    return found


def ratio_bound_mistyped(random: Random, rows: list[Cells]) -> list[int] | None:
    number = _ratio(random, rows)
    row = rows[number - 1]
    side = random.choice(("value", "low", "high"))
    text = _mistyped(random, row[side])
    if float(text) == 0 or abs(log(float(text) / float(row[side]))) < 0.05:
        return None
    row[side] = text
    return [number]


def p_mistaken(random: Random, rows: list[Cells]) -> list[int] | None:
    number = _ratio(random, rows)
    row = rows[number - 1]
    low, value, high = (float(row[column]) for column in ("low", "value", "high"))
    p = random.uniform(0.001, 0.95)
    implied = abs(log(value)) / (log(high / low) / 3.92)
    if abs(implied + NormalDist().inv_cdf(p / 2)) < 0.5:
        return None
    row["p"] = half_up(p, 3)
    return [number]


def p_halved(random: Random, rows: list[Cells]) -> list[int] | None:
    number = _ratio(random, rows)
    row = rows[number - 1]
    if row["p"].startswith("<") or float(row["p"]) < 0.01 or row["sides"] == "one":
        return None
    row["p"], row["sides"] = half_up(float(row["p"]) / 2, 3), ""
    return [number]


def ratio_level_mistaken(random: Random, rows: list[Cells]) -> list[int] | None:
    number = _ratio(random, rows)
    row = rows[number - 1]
    if row["p"].startswith("<") or float(row["p"]) > 0.5 or row["sides"] == "one":
        return None
    half = log(float(row["high"]) / float(row["low"])) / 2 * 1.2816 / 1.96
    row["low"], row["high"] = (half_up(float(row["value"]) * exp(k * half), 2) for k in (-1, 1))
    return [number]


def hazard_arms_swapped(random: Random, rows: list[Cells]) -> list[int] | None:
    number = _ratio(random, rows)
    row = rows[number - 1]
    reached = "NR" not in {one["value"] for one in _all(rows, measure="median")}
    if float(row["low"]) <= 1 <= float(row["high"]) or not reached:
        return None
    low, value, high = (float(row[column]) for column in ("low", "value", "high"))
    row |= {
        "value": half_up(1 / value, 2),
        "low": half_up(1 / high, 2),
        "high": half_up(1 / low, 2),
    }
    return [number]


def _odds(rows: list[Cells]) -> tuple[int, Cells, list[int]] | None:
    found = _all(rows, measure="odds-ratio")
    if not found:
        return None
    arms = [_all(rows, arm=arm, endpoint="orr", subgroup="", versus="")[0] for arm in "AB"]
    table = [int(row[column]) for row in arms for column in ("events", "n")]
    return rows.index(found[0]) + 1, found[0], table


def risk_ratio_sold_as_odds_ratio(_random: Random, rows: list[Cells]) -> list[int] | None:
    found = _odds(rows)
    if found is None:
        return None
    number, row, table = found
    effect = risk_ratio(*table)
    if abs(log(effect.value / float(row["value"]))) < 0.1:
        return None
    row["value"], row["low"], row["high"] = (
        half_up(one, 2) for one in (effect.value, effect.low, effect.high)
    )
    return [number]


def odds_arms_swapped(_random: Random, rows: list[Cells]) -> list[int] | None:
    found = _odds(rows)
    if found is None or abs(log(float(found[1]["value"]))) < 0.2:
        return None
    number, row, _ = found
    low, value, high = (float(row[column]) for column in ("low", "value", "high"))
    row |= {
        "value": half_up(1 / value, 2),
        "low": half_up(1 / high, 2),
        "high": half_up(1 / low, 2),
    }
    return [number]


def count_p_mistaken(random: Random, rows: list[Cells]) -> list[int] | None:
    found = _odds(rows)
    if found is None:
        return None
    number, row, _ = found
    p = 0.0 if row["p"].startswith("<") else float(row["p"])
    row["p"] = half_up(p / random.uniform(3, 9) if p > 0.3 else p + random.uniform(0.3, 0.6), 3)
    return [number]


def median_outside(random: Random, rows: list[Cells]) -> list[int] | None:
    number = _pick(random, rows, measure="median", high="*")
    row = rows[number - 1]
    if "NR" in row.values():
        return None
    row["value"] = half_up(float(row["high"]) + random.uniform(0.2, 2), 1)
    return [number]


def survival_swapped(random: Random, rows: list[Cells]) -> list[int] | None:
    arm, measure = random.choice("AB"), random.choice(("median", "landmark"))
    one, other = (_all(rows, arm=arm, endpoint=name, measure=measure)[0] for name in ("pfs", "os"))
    if other["value"] == "NR" or abs(float(one["value"]) - float(other["value"])) <= 1:
        return None
    for column in ("value", "low", "high"):
        if column in one:
            one[column], other[column] = other[column], one[column]
    return [rows.index(one) + 1, rows.index(other) + 1]


def rates_swapped(random: Random, rows: list[Cells]) -> list[int] | None:
    found = _all(rows, arm=random.choice("AB"), endpoint="pfs", measure="landmark")
    if abs(float(found[0]["value"]) - float(found[1]["value"])) <= 1:
        return None
    found[0]["value"], found[1]["value"] = found[1]["value"], found[0]["value"]
    return [rows.index(row) + 1 for row in found]


def rate_mirrored(random: Random, rows: list[Cells]) -> list[int] | None:
    """The share with the event, sold as the share without."""
    number = _pick(random, rows, measure="landmark")
    row = rows[number - 1]
    if 40 <= float(row["value"]) <= 60:
        return None
    row["value"] = _like(100 - float(row["value"]), row["value"])
    return [number]


def weeks_as_months(random: Random, rows: list[Cells]) -> list[int] | None:
    number = _pick(random, rows, measure="median", high="*")
    row = rows[number - 1]
    if "NR" in row.values():
        return None
    for column in ("low", "value", "high"):
        row[column] = half_up(float(row[column]) * 30.4375 / 7, 1)
    return [number]


def standard_error_of_rate(random: Random, rows: list[Cells]) -> list[int] | None:
    number = _pick(random, rows, measure="landmark")
    row = rows[number - 1]
    rate, n = float(row["value"]) / 100, random.randint(30, 200)
    if not 0.1 <= rate <= 0.9:
        return None
    error = 100 * sqrt(rate * (1 - rate) / n)
    low, high = (half_up(100 * rate + k * error, 1) for k in (-1, 1))
    row |= {"n": str(n), "low": low, "high": high, "level": "95"}
    return [number]


def row_twice(random: Random, rows: list[Cells]) -> list[int] | None:
    number = _pick(random, rows, measure="median", high="*")
    row = rows[number - 1]
    if "NR" in row.values():
        return None
    rows.append(row | {"value": half_up(float(row["value"]) * 1.1 + 0.2, 1)})
    return [number, len(rows)]


SLIPS = (
    Slip("a percent mistyped", percent_mistyped, ("percent-against-count",)),
    Slip("a percent cut off", percent_cut_off, ("percent-truncated",)),
    Slip("a percent that no count gives", percent_of_nobody, ("percent-without-count",)),
    Slip("a percent with its point moved", percent_point_moved, ("percent-out-of-range",)),
    Slip("a count off by 1 to 3", count_off, ("percent-against-count",)),
    Slip("a count above n", count_over_n, ("events-over-n",)),
    Slip("a bound mistyped", bound_mistyped,
         ("interval-against-count", "value-outside-interval", "interval-order",
          "interval-at-other-level")),
    Slip("an 80 or 90 % interval sold as 95 %", level_mistaken, ("interval-at-other-level",)),
    Slip("± one standard error sold as 95 %", standard_error, ("standard-error-sold-as-interval",)),
    Slip("two interval methods in one report", two_methods, ("interval-method-mixed",)),
    Slip("an interval without width", one_method_named_apart, ("wald-at-border",)),
    Slip("bounds the other way round", bounds_swapped, ("interval-order",)),
    Slip("a one-sided bound off by 4 points", bound_from_elsewhere, ("bound-against-count",)),
    Slip("a Kaplan–Meier rate printed as a share", survival_estimate_as_share, ("rate-not-counted",)),
    Slip("response and control out of different n", other_denominator, ("denominator-mixed",)),
    Slip("a percent of a cohort of another size", percent_of_another_cohort,
         ("percent-against-cohort-size",)),
    Slip("a part of a sum off by 1 or 2", component_off, ("components-against-sum",)),
    Slip("response and control swapped", response_above_control,
         ("rate-order", "components-against-sum")),
    Slip("a subgroup larger than the whole", subgroup_too_large, ("subgroup-over-whole",)),
    Slip("a subgroup's count off by 1", subgroup_off,
         ("parts-against-whole", "subgroup-over-whole")),
    Slip("a ratio or its bound mistyped", ratio_bound_mistyped,
         ("ratio-asymmetric", "value-outside-interval", "interval-order")),
    Slip("a p-value from elsewhere", p_mistaken, ("p-against-interval", "level-implied", "p-one-sided")),
    Slip("a one-sided p, sides not stated", p_halved, ("p-one-sided",)),
    Slip("an 80 % interval of a ratio sold as 95 %", ratio_level_mistaken, ("level-implied",)),
    Slip("a hazard ratio of the arms the other way round", hazard_arms_swapped,
         ("direction-against-medians",)),
    Slip("a risk ratio sold as an odds ratio", risk_ratio_sold_as_odds_ratio,
         ("ratio-against-counts",)),
    Slip("an odds ratio of the arms the other way round", odds_arms_swapped,
         ("direction-against-proportions",)),
    Slip("a p-value of two proportions from elsewhere", count_p_mistaken, ("two-by-two-p",)),
    Slip("a median outside its interval", median_outside, ("value-outside-interval",)),
    Slip("progression-free and overall survival swapped", survival_swapped, ("time-order",)),
    Slip("rates at 6 and 12 months swapped", rates_swapped, ("rate-rising",)),
    Slip("the rate with the event sold as the rate without", rate_mirrored,
         ("landmark-against-median", "rate-rising", "time-order")),
    Slip("weeks sold as months", weeks_as_months,
         ("time-order", "order-across-times", "landmark-against-median", "median-implausible",
          "medians-close", "direction-against-medians")),
    Slip("± one standard error of a rate at a time", standard_error_of_rate,
         ("landmark-interval-too-narrow",)),
    Slip("one row twice with other numbers", row_twice, ("row-conflict",)),
)  # fmt: skip


def spoil(record: dict[str, Any], words: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """A record with one slip planted, and the rules any of which should see it."""
    paper, news = record["reports"]["smith-2020"], record["reports"]["news-2021"]
    one, number = record["arms"]["one"], news["estimates"][1]
    component = one["regimen"]["phases"][0]["components"]
    match words:
        case "a number misquoted in the news":
            number |= {"value": half_up(float(number["value"]) + 2.3, 1), "as_printed": True}
            return record, ("report-conflict",)
        case "months quoted as weeks":
            number["unit"] = "weeks"
            return record, ("unit-slip",)
        case "g where mg is meant":
            component[1]["dose"]["unit"] = "g"
            return record, ("dose-out-of-range",)
        case "a dose without its /m²":
            del component[0]["dose"]["per"]
            return record, ("dose-unit-missing",)
        case "a dose misquoted in the news":
            news["regimens"]["two"][0]["dose"]["amount"] = "60"
            return record, ("dose-conflict",)
        case "a schedule misquoted in the news":
            news["regimens"]["two"][0]["every"] = {"weeks": 4}
            return record, ("schedule-conflict",)
        case "an arm too large for the total":
            paper["flow"][1]["count"] += 3
            return record, ("arm-arithmetic",)
        case "more evaluable than treated":
            paper["flow"][5]["count"] = paper["flow"][3]["count"] + 1
            return record, ("step-order",)
        case "a set larger than its arm":
            n = paper["analysis_sets"]["one"]["n"] + 2
            paper["analysis_sets"]["every"] = {"arm": "one", "population": "safety", "n": n}
            paper["errata"] = [{"at": "analysis_sets/every/n", "printed": str(n)}]
            return record, ("set-over-arm",)
        case "more alive and dead than patients":
            n = paper["analysis_sets"]["one"]["n"]
            paper["flow"].append({"arm": "one", "step": "alive", "count": n, "locator": "p1"})
            return record, ("deaths-over-patients",)
        case "a range printed as the interval":
            estimate = paper["estimates"][1]
            bounds = estimate["interval"]
            estimate["range"] = {"low": bounds["low"], "high": bounds["high"]}
            return record, ("interval-equals-range",)
        case "follow-up shorter than the median":
            paper["follow_up"] = {"months": "1.0", "statistic": "median"}
            return record, ("follow-up-shorter",)
        case "another arm size in the news":
            n = paper["flow"][1]["count"] + 1
            news["flow"] = [{"arm": "one", "step": "randomised", "count": n, "locator": "p1"}]
            return record, ("arm-size-conflict",)
        case "more patients than planned":
            n = paper["flow"][1]["count"] // 2
            news["flow"] = [{"arm": "one", "step": "planned", "count": n, "locator": "p1"}]
            return record, ("arm-over-planned",)
        case "a drug name misspelt":
            news["statements"] = {"standard": {"drugs_printed": ["doxorubicine hydrochloride",
                                                                 "ifosphamide"], "locator": "p1"}}  # fmt: skip
            return record, ("drug-misspelt",)
        case "an acknowledgement of nothing":
            record["acknowledged"] = [{"finding": "rate-order", "at": "made-up", "note": "none"}]
            return record, ("stale-acknowledgement",)
    raise ValueError(words)


RECORD_SLIPS = (
    "a number misquoted in the news", "months quoted as weeks", "g where mg is meant",
    "a dose without its /m²", "a dose misquoted in the news", "a schedule misquoted in the news",
    "an arm too large for the total", "more evaluable than treated", "a set larger than its arm",
    "more alive and dead than patients", "a range printed as the interval",
    "follow-up shorter than the median", "another arm size in the news",
    "more patients than planned", "a drug name misspelt",
    "an acknowledgement of nothing",
)  # fmt: skip
