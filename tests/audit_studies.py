"""Made-up studies that agree with themselves: tables, and trials with two reports."""

from __future__ import annotations

from collections import Counter
from math import erfc, exp, log, sqrt
from random import Random
from typing import Any

from builders import analysis_set, arm, contrast, estimate, report, trial
from kb.printed.number import half_up
from kb.stats.proportions.intervals import proportion_interval
from kb.stats.proportions.two_by_two import chi_square, fisher
from kb.stats.proportions.two_group import odds_ratio

Cells = dict[str, str]
METHODS = (
    "clopper-pearson",
    "wilson",
    "wilson-cc",
    "agresti-coull",
    "jeffreys",
    "mid-p",
    "wald",
)
HISTOLOGIES = ("leiomyosarcoma", "synovial-sarcoma", "angiosarcoma")
CATEGORIES = ("cr", "pr", "sd", "pd", "ne")


def seeded(key: object) -> Random:
    """Chance that can be repeated."""
    return Random(str(key))  # noqa: S311  (no secret hangs on it)


def study(random: Random) -> list[Cells]:
    """A consistent table of one two-arm study: responses, subgroups, times and contrasts."""
    decimals, method = random.choice((0, 1, 1)), random.choice(METHODS)
    level = random.choice((80, 90, 95, 95, 95, 95))
    unstated = level == 95 and random.random() < 0.15
    rows: list[Cells] = []
    counted: list[tuple[int, int]] = []
    for arm_id in ("A", "B"):
        n = random.randint(12, 220)
        counts = _multinomial(random, n)
        events = dict(zip(CATEGORIES, counts, strict=True))
        events |= {"orr": events["cr"] + events["pr"]}
        events |= {"dcr": events["orr"] + events["sd"]}
        counted.append((events["orr"], n))
        for endpoint, x in events.items():
            row = {"arm": arm_id, "endpoint": endpoint, "events": str(x), "n": str(n)}
            row["value"] = half_up(100 * x / n, decimals)
            if endpoint in ("orr", "dcr") and not (method == "wald" and x in (0, n)):
                row |= _interval(x, n, level, method, decimals)
                if unstated:
                    del row["level"]
            rows.append(row)
        rows += _subgroups(random, arm_id, events["orr"], n, decimals)
    rows += _odds(random, *counted)
    rows += _times(random, decimals, [n for _, n in counted])
    return [{"study": "made up", "report": "r1", **row} for row in rows]


def _multinomial(random: Random, n: int) -> list[int]:
    weights = [random.gammavariate(a, 1) for a in (0.6, 2.5, 4, 2.5, 0.8)]
    drawn = Counter(random.choices(range(5), weights, k=n))
    return [drawn[k] for k in range(5)]


def _interval(x: int, n: int, level: int, method: str, decimals: int) -> Cells:
    bounds = proportion_interval(x, n, level=level, method=method)
    low, high = (half_up(100 * bound, decimals) for bound in bounds)
    return {"low": low, "high": high, "level": str(level)}


def _subgroups(random: Random, arm_id: str, events: int, n: int, decimals: int) -> list[Cells]:
    """Three histologies that are all of an arm."""
    patients = [True] * events + [False] * (n - events)
    random.shuffle(patients)
    first = random.randint(1, n - 2)
    second = random.randint(first + 1, n - 1)
    parts = (patients[:first], patients[first:second], patients[second:])
    return [
        {"arm": arm_id, "endpoint": "orr", "subgroup": f"histology={histology}",
         "events": str(sum(part)), "n": str(len(part)),
         "value": half_up(100 * sum(part) / len(part), decimals)}
        for histology, part in zip(HISTOLOGIES, parts, strict=True)
    ]  # fmt: skip


def _odds(random: Random, one: tuple[int, int], other: tuple[int, int]) -> list[Cells]:
    (x1, n1), (x2, n2) = one, other
    if 0 in (x1, x2, n1 - x1, n2 - x2):
        return []
    effect = odds_ratio(x1, n1, x2, n2)
    p = random.choice((chi_square, fisher))(x1, n1, x2, n2)
    return [{"arm": "A", "versus": "B", "endpoint": "orr", "measure": "odds-ratio",
             "value": half_up(effect.value, 2), "low": half_up(effect.low, 2),
             "high": half_up(effect.high, 2), "level": "95", "p": _p(p), "sides": "two"}]  # fmt: skip


def _p(p: float) -> str:
    return "<.001" if p < 0.001 else half_up(p, 3)


def _times(random: Random, decimals: int, sizes: list[int]) -> list[Cells]:
    """Weibull curves of two endpoints in proportional hazards; overall survival lies above.

    The standard error of a hazard ratio is that of so many events in each arm, and the deviate of
    the log-rank test lies .004 z² above Wald's, give or take .0035 z², as in simulated trials.
    """
    shape, slow = random.uniform(0.9, 1.4), random.uniform(0.25, 0.6)
    base, ratio = random.uniform(0.04, 0.25), exp(random.gauss(-0.2, 0.35))
    rows: list[Cells] = []
    for endpoint, share in (("pfs", 1.0), ("os", slow)):
        for arm_id, hazard in (("A", base * share * ratio), ("B", base * share)):
            rows += _curve(random, arm_id, endpoint, hazard, shape, decimals)
        events = [max(4, round(n * share * random.uniform(0.7, 1))) for n in sizes]
        error = sqrt(sum(1 / each for each in events))
        z = abs(log(ratio)) / error
        tested = erfc(abs(z + random.gauss(0.004, 0.0035) * min(z, 5) ** 2) / sqrt(2))
        sides = random.choice(("two", "two", "two", "one", ""))
        low, high = (half_up(ratio * exp(k * 1.96 * error), 2) for k in (-1, 1))
        rows.append({"arm": "A", "versus": "B", "endpoint": endpoint, "measure": "hazard-ratio",
                     "value": half_up(ratio, 2), "low": low, "high": high, "level": "95",
                     "p": _p(tested / 2 if sides == "one" else tested), "sides": sides})  # fmt: skip
    return rows


def _curve(
    random: Random, arm_id: str, endpoint: str, hazard: float, shape: float, decimals: int
) -> list[Cells]:
    """The median of one arm, and its rates at 6 and 12 months."""
    median = (log(2) / hazard) ** (1 / shape)
    spread = exp(1.96 * random.uniform(0.08, 0.2))
    of = {"arm": arm_id, "endpoint": endpoint}
    low, value, high = (half_up(time, 1) for time in (median / spread, median, median * spread))
    rows = [of | {"measure": "median", "unit": "months", "value": value, "low": low, "high": high,
                  "level": "95"}]  # fmt: skip
    if median > 30:
        rows[0] |= {"value": "NR", "high": "NE"}
    for at in (6, 12):
        rate = half_up(100 * exp(-hazard * at**shape), decimals)
        rows.append(of | {"measure": "landmark", "at": str(at), "at_unit": "months", "value": rate})
    return rows


DOSES = {"doxorubicin": ("75", "m2"), "ifosfamide": ("2500", "m2"), "epirubicin": ("90", "m2")}


def record(random: Random) -> dict[str, Any]:
    """A consistent randomised trial: a paper, and a news item that passes it on."""
    n1, n2 = random.randint(30, 150), random.randint(30, 150)
    treated = [n - random.randint(0, 3) for n in (n1, n2)]
    evaluable = [n - random.randint(0, 5) for n in treated]
    median = [random.uniform(3, 9), random.uniform(3, 9)]
    sets = {"one": analysis_set("one", n1), "two": analysis_set("two", n2)}
    numbers = []
    for of, n, months in (("one", n1, median[0]), ("two", n2, median[1])):
        low, value, high = (half_up(months * k, 1) for k in (0.8, 1, 1.25))
        x = random.randint(3, n // 2)
        numbers += [
            estimate("orr", of, events=x, value=half_up(100 * x / n, 1)),
            estimate("pfs", of, value=value, interval={"level": 95, "low": low, "high": high}),
        ]
    ratio = median[1] / median[0]
    error = sqrt(1 / (0.8 * n1) + 1 / (0.8 * n2))
    low, high = (half_up(ratio * exp(k * 1.96 * error), 2) for k in (-1, 1))
    contrasts = [
        contrast(value=half_up(ratio, 2), interval={"level": 95, "low": low, "high": high})
    ]
    steps = (("randomised", (n1, n2)), ("treated", treated), ("evaluable", evaluable))
    flow = [{"step": "randomised", "count": n1 + n2, "locator": "p1"}]
    flow += [
        {"arm": arm_id, "step": step, "count": count, "locator": "p1"}
        for step, each in steps for arm_id, count in zip(("one", "two"), each, strict=True)
    ]  # fmt: skip
    dead = [random.randint(1, n - 1) for n in treated]
    flow += [{"arm": a, "step": "died", "count": d, "locator": "p1"}
             for a, d in zip(("one", "two"), dead, strict=True)]  # fmt: skip
    follow_up = {"months": half_up(max(median) * 2.5, 1), "statistic": "median"}
    paper = report(sets, numbers, contrasts=contrasts, flow=flow, follow_up=follow_up)
    news = report(dict(sets), [dict(one) for one in numbers], contrasts=[dict(contrasts[0])],
                  read="news", relays={"report": "smith-2020"},
                  citation={"container": "News", "year": 2021},
                  regimens={"two": [_given("doxorubicin", locator="p1")]})  # fmt: skip
    return trial(
        "made-up",
        design={"allocation": "randomised", "timing": "prospective", "comparative": True},
        arms={"one": arm(_given("doxorubicin"), _given("ifosfamide")),
              "two": arm(_given("doxorubicin"))},
        reports={"smith-2020": paper, "news-2021": news},
    )  # fmt: skip


def _given(drug: str, **more: Any) -> dict[str, Any]:
    amount, per = DOSES[drug]
    dose = {"amount": amount, "unit": "mg", "per": per}
    return {"drug": drug, "dose": dose, "days": ["1"], "every": {"weeks": 3}, **more}


def others(random: Random) -> list[dict[str, Any]]:
    """Other trials of the same drugs at about the same doses."""
    found = []
    for number in range(3):
        given = []
        for drug, (amount, per) in DOSES.items():
            near = half_up(float(amount) * random.uniform(0.7, 1.2), 0)
            given.append({"drug": drug, "dose": {"amount": near, "unit": "mg", "per": per}})
        found.append(trial(f"other-{number}", arms={"one": arm(*given)}))
    return found
