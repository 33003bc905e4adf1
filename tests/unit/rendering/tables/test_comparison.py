"""Cells of a comparison: nothing is printed for what the source does not give."""

import pytest

import kb
from builders import (
    analysis_set,
    arm,
    base_of,
    contrast,
    estimate,
    randomised,
    report,
    trial,
)
from kb.rendering.tables.comparison import table_of


def _cell(data, endpoint="orr", **options):
    table = table_of(kb.compare(base_of(data), endpoint, **options))
    return table.sections[0].lines[0][2].splitlines()[0]


def _one(number, n=40):
    return trial(reports={"smith-2020": report({"one": analysis_set(n=n)}, [number])})


@pytest.mark.parametrize(
    ("number", "n", "shown"),
    [
        (estimate(), 40, "25.0% (10/40)"),
        (estimate(), None, "10/? reported"),
        (estimate(measure="proportion", value="25"), None, "25% reported"),
        (estimate(measure="proportion", value="24.5"), 40, "24.5% reported"),
    ],
)
def test_value_and_count(number, n, shown):
    """A value, a count, or both."""
    assert shown == _cell(_one(number, n))


def test_p_without_a_value():
    """A p-value alone stands after its label."""
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    test = contrast(kind="interaction", id="sex", p=".24")
    del test["value"]
    own = report(sets, [], contrasts=[test])
    pair = (arm("doxorubicin"), arm("ifosfamide"))
    data = randomised("alpha", *pair, reports={"smith-2020": own})
    assert _cell(data, "pfs", measure="all").endswith(", sex: P = .24")
