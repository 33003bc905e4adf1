"""Rules about proportions stay linear in the rows of one study."""

import sys

import pytest

from kb.audits import NUMBER_RULES
from kb.audits.rules import (
    associations,
    categories,
    components,
    denominators,
    intervals,
    percents,
    subgroups,
)
from kb.audits.rules.ratios import direction_against_proportions
from kb.audits.study import Study
from kb.tables.table import table_of

MODULES = (associations, categories, components, denominators, intervals, percents, subgroups)
RULES = [
    rule for rule in NUMBER_RULES
    if rule.__module__ in {module.__name__ for module in MODULES}
] + [direction_against_proportions]  # fmt: skip
FEW, MANY = 40, 160
ENDPOINTS = ("cr", "pr", "sd", "pd", "ne", "orr", "dcr")


def _proportions(arm, **more):
    """Rows of one arm: counts of many n that fit nothing, again and again."""

    def rows(many):
        for at in range(many):
            n = 20 + at % 40
            cells = {"endpoint": ENDPOINTS[at % 7], "n": n, "value": 37 + at % 3, **more}
            yield {"study": "s", "arm": arm, **cells}

    return rows


def _subgroups(many):
    """A whole that stands many times, beside many subgroups of it."""
    for at in range(many):
        part = f"histology=h{at}" if at % 2 else ""
        yield {
            "study": "s",
            "arm": "a",
            "subgroup": part,
            "endpoint": "orr",
            "n": 30 + at,
            "events": 9,
        }


def _contrasts(many):
    """Many contrasts of two arms, each with its proportions many times."""
    for at in range(many):
        if at % 2:
            yield {"study": "s", "arm": "a", "versus": "b", "endpoint": "orr", "p": ".03",
                   "measure": "odds-ratio", "value": "0.5"}  # fmt: skip
        else:
            yield {
                "study": "s",
                "arm": "ab"[at // 2 % 2],
                "endpoint": "orr",
                "n": 30 + at,
                "events": 9,
            }


def _no_n(many):
    """Percents of one arm without n, beside some that have one."""
    for at in range(many):
        size = {"n": 20 + at, "events": 7} if at % 2 else {"value": f"{at % 97}.{at % 10}"}
        yield {"study": "s", "arm": "a", "endpoint": ENDPOINTS[at % 7], **size}


TABLES = {
    "one arm": _proportions("a"),
    "no arm": _proportions(""),
    "one arm, one n": _proportions("a", n=64),
    "intervals that fit nothing": _proportions("a", low="30", high="60", level="95"),
    "counts that fit nothing": _proportions("a", events="9"),
    "subgroups": _subgroups,
    "contrasts": _contrasts,
    "no n": _no_n,
}


def _steps(rule, rows, words):
    """How many lines of Python a rule takes over a study."""
    study = Study(tuple(table_of(rows, words).rows), words)
    taken = 0

    def count(_frame, event, _argument):
        nonlocal taken
        taken += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        list(rule(study))
    finally:
        sys.settrace(before)
    return taken


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("rule", RULES, ids=[rule.__name__ for rule in RULES])
def test_linear(rule, table, words):
    """Four times as many rows take some four times as many steps; all pairs would take sixteen."""
    few, many = (_steps(rule, table(size), words) for size in (FEW, MANY))
    assert many <= 7 * few + 3000
