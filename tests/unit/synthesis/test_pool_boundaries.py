"""What is pooled and how it is said: sensitivity, medians, differences, and every refusal."""

from dataclasses import replace
from math import exp, log
from typing import Any

import pytest

import kb
from builders import analysis_set, arm, base_of, contrast, estimate, randomised, report, trial
from kb.rows.row import Row
from kb.synthesis.alternatives import alternatives

POPULATION = {"histologies": ["soft-tissue-sarcoma"], "from": "smith-2020"}


def _single(name, events, n=40, year=2020, line="first", **more):
    own = report({"one": analysis_set(n=n)}, [estimate(events=events)], citation={"year": year})
    population = {**POPULATION, "line": line}
    return trial(name, reports={"smith-2020": own}, population=population, **more)


BASE = base_of(
    _single("a", 10, year=2021),
    _single("b", 5, 25, year=2019, line="second"),
    _single("c", 3, 12, year=2019),
)
FOUND = kb.compare(BASE, "orr")
LINES: dict[str, Any] = {"accept": ["lines-mixed"]}


def test_one_endpoint_at_a_time():
    """Several endpoints are not pooled, and none is."""
    with pytest.raises(ValueError, match="one endpoint can be pooled at a time, got 2"):
        kb.pool(kb.compare(BASE, "orr,dcr"))
    with pytest.raises(ValueError, match="nothing is left to pool: 3 arms recorded, none with dcr"):
        kb.pool(kb.compare(BASE, "dcr"))


def test_what_a_pooled_comparison_says_of_itself():
    """Endpoint, measure, options, rows and what was accepted travel with the estimate."""
    found = kb.pool(FOUND, level=80, **LINES)
    assert ("orr", "proportion", "proportion", {"level": 80}) == (
        found.endpoint, found.measure, found.scale, found.options,
    )  # fmt: skip
    assert ["a", "b", "c"] == [row.trial for row in found.rows]
    assert ({"lines-mixed"}, (), (), "", FOUND) == (
        set(found.accepted), found.rows_set_aside, found.parts, found.parts_are, found.comparison,
    )  # fmt: skip


def test_cumulative_by_year():
    """Rows are added by year, those of one year by trial; a row without a year comes last."""
    late = base_of(
        _single("a", 10, year=2021), _single("b", 5, 25, 2019), _single("c", 3, 12, 2019),
        trial("d", reports={"smith-2020": report(citation={"container": "X"})}),
    )  # fmt: skip
    found = kb.pool(kb.compare(late, "orr"), cumulative=True)
    assert ["b", "c", "a", "d"] == [row.trial for row in found.rows]
    assert [1, 2, 3, 4] == [part.k for part in found.parts]
    assert "cumulative by year" == found.parts_are
    first, last = found.parts[0], found.parts[-1]
    assert pytest.approx((5 / 25, found.value)) == (first.value, last.value)


def test_leave_one_out():
    """Each estimate is that of the others; of one row alone there is nothing to leave out."""
    found = kb.pool(FOUND, leave_one_out=True, **LINES)
    expected = [
        kb.pool_proportions(*zip(*counts, strict=True)).value
        for counts in (((5, 25), (3, 12)), ((10, 40), (3, 12)), ((10, 40), (5, 25)))
    ]
    assert pytest.approx(expected) == [part.value for part in found.parts]
    assert "without each" == found.parts_are
    alone = kb.pool(kb.compare(BASE, "orr", trial="a"), leave_one_out=True)
    assert ((), "") == (alone.parts, alone.parts_are)


def test_the_sentence_about_the_row_that_carries_heterogeneity():
    """It holds tau² with and without the row, and stands only where they differ in print."""
    far = base_of(_single("low", 4), _single("same", 5), _single("high", 35))
    found = kb.pool(kb.compare(far, "orr"), leave_one_out=True)
    without = next(part for part in found.parts if part.label == "high")
    assert (
        "without each; high carries most heterogeneity: without it tau² is "
        f"{without.tau2:.3f}, with it {found.tau2:.3f}"
    ) == found.parts_are
    near = base_of(_single("x", 10), _single("y", 10), _single("z", 10))
    assert "without each" == kb.pool(kb.compare(near, "orr"), leave_one_out=True).parts_are


def test_groups():
    """Groups are tested where there are two; what is not stated is a group of its own."""
    found = kb.pool(FOUND, by="line", **LINES)
    assert ["first", "second"] == sorted(part.label for part in found.parts)
    assert found.parts_are.startswith("by line: Q between = ")
    assert ", df = 1, p = 0." in found.parts_are
    assert "by trial: Q between" in kb.pool(FOUND, by="trial", **LINES).parts_are
    one = kb.pool(FOUND, by="acronym", **LINES)
    assert (["not stated"], "by acronym: one group, so nothing to test") == (
        [part.label for part in one.parts], one.parts_are,
    )  # fmt: skip
    shared = kb.pool(FOUND, by="line", shared_tau2=True, **LINES)
    assert 2 == len(shared.parts)


def test_a_small_p_between_groups():
    """A p-value below .0005 is a limit."""
    far = base_of(
        _single("a", 2), _single("b", 38, line="second"), _single("c", 3), _single("d", 37, line="second"),
    )  # fmt: skip
    assert kb.pool(kb.compare(far, "orr"), by="line", **LINES).parts_are.endswith(", p < .001")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"by": "line", "cumulative": True}, "one of by, cumulative at a time"),
        ({"leave_one_out": True, "cumulative": True}, "one of leave_one_out, cumulative at a time"),
        (
            {"by": "line", "leave_one_out": True, "cumulative": True},
            "one of by, leave_one_out, cumulative at a time",
        ),
        ({"by": "zzz"}, "'zzz' is no field of a row$"),
        ({"by": ""}, "'' is no field of a row"),
        ({"shared_tau2": True, "cumulative": True}, "shared_tau2 is of groups: say by what"),
        ({"ratio": "hazard-ratio"}, "counts give odds-ratio or risk-ratio"),
    ],
)
def test_refusals(options, said):
    """What does not go together is refused before anything is pooled."""
    with pytest.raises(ValueError, match=said):
        kb.pool(FOUND, **options)


def _medians(*values):
    trials = [
        trial(
            f"t{place}",
            reports={
                "smith-2020": report(
                    {"one": analysis_set(n=more.pop("n", 40))}, [estimate("pfs", **more)]
                )
            },
        )
        for place, more in enumerate(values)
    ]
    return kb.compare(base_of(*trials), "pfs", measure="median")


TIMES = [
    {"value": "6.0", "interval": {"level": 95, "low": "4.0", "high": "9.0"}},
    {"value": "26", "unit": "weeks", "interval": {"level": 90, "low": "17", "high": "not-reached"}},
    {"value": "not-reached", "interval": {"level": 95, "low": "5.0", "high": "not-given"}},
]


def test_medians_are_pooled_in_months():
    """Values, bounds, levels and labels reach the arithmetic as they are printed, in months."""
    week = 7 / 30.4375
    expected = kb.pool_medians(
        [6.0, 26 * week, "not-reached"], [4.0, 17 * week, 5.0], [9.0, "not-reached", "not-given"],
        n=[40, 40, 40], levels=[95, 90, 95], labels=["t0", "t1", "t2"], method="weighted-median",
    )  # fmt: skip
    found = kb.pool(_medians(*(dict(one) for one in TIMES)))
    assert (expected.value, expected.low, expected.high, expected.notes) == (
        found.value, found.low, found.high, found.notes,
    )  # fmt: skip
    assert ("months", "median", {"method": "weighted-median"}) == (
        found.scale, found.measure, found.options,
    )  # fmt: skip


def test_medians_without_sizes_or_bounds():
    """A missing n leaves all sizes out; a bound that nobody prints is not given."""
    rows = _medians({"value": "6.0", "n": None}, {"value": "7.0"}, {"value": "8.0"})
    bounds = ["not-given"] * 3
    expected = kb.pool_medians(
        [6.0, 7.0, 8.0], bounds, bounds, labels=["t0", "t1", "t2"], method="weighted-median"
    )
    found = kb.pool(rows)
    assert (7.0, expected.notes) == (found.value, found.notes)
    assert "equal weights" in found.method


@pytest.mark.parametrize("options", [{"by": "line"}, {"leave_one_out": True}, {"cumulative": True}])
def test_medians_are_pooled_whole(options):
    """Groups and growing sets of medians are refused."""
    with pytest.raises(ValueError, match="medians are pooled whole: filter the rows"):
        kb.pool(_medians({"value": "6.0"}, {"value": "7.0"}), **options)


def test_medians_beside_rates():
    """Medians and rates together are no medians: each row says why it is not counted."""
    numbers = [
        estimate("pfs"),
        estimate("pfs", measure="landmark", at={"months": 6}, value="40"),
    ]
    base = base_of(trial(reports={"smith-2020": report(estimates=numbers)}))
    with pytest.raises(
        ValueError, match=r"alpha: a median is not a proportion; alpha: a rate at a time is not"
    ):
        kb.pool(kb.compare(base, "pfs"))


def _ratio(name, value="0.80", low="0.60", high="1.07", year=2020, **more):
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    own = contrast(value=value, interval={"level": 95, "low": low, "high": high}, **more)
    pair = (arm("doxorubicin", "ifosfamide"), arm("doxorubicin"))
    return randomised(
        name,
        *pair,
        reports={"smith-2020": report(sets, [], contrasts=[own], citation={"year": year})},
    )


RATIOS = kb.compare(
    base_of(
        _ratio("a", year=2021), _ratio("b", "0.90", "0.70", "1.16", year=2019),
        _ratio("c", "0.50", "0.35", "0.71", year=2020),
    ),
    "pfs", measure="hazard-ratio",
)  # fmt: skip


def test_ratios_by_year():
    """Growing sets of ratios keep each value with its error."""
    found = kb.pool(RATIOS, cumulative=True)
    assert ["b", "c", "a"] == [row.trial for row in found.rows]
    assert pytest.approx(log(0.9)) == found.parts[0].value
    assert pytest.approx(log(0.9) - log(1.16 / 0.70) / 2) == found.parts[0].low
    whole = kb.pool(RATIOS)
    assert pytest.approx(whole.value) == found.value == pytest.approx(found.parts[-1].value)
    without = kb.pool(RATIOS, leave_one_out=True).parts
    assert ["a", "b", "c"] == [part.label for part in without]
    assert 2 == len(kb.pool(RATIOS, by="year").parts) - 1


def test_differences_are_pooled_as_they_are():
    """Risk differences are pooled in percentage points, without logarithms."""
    points = {"endpoint": "orr", "measure": "risk-difference"}
    base = base_of(
        _ratio("a", "5.0", "-5.0", "15.0", **points), _ratio("b", "10.0", "0.0", "20.0", **points)
    )
    found = kb.pool(kb.compare(base, "orr", measure="risk-difference"), model="common")
    assert ("difference", "risk-difference") == (found.scale, found.measure)
    assert pytest.approx(7.5) == found.value


def test_scales_are_not_mixed():
    """Ratios and differences share no scale, whatever is accepted."""
    base = base_of(
        _ratio("a", endpoint="orr", measure="odds-ratio"),
        _ratio("b", "5.0", "-5.0", "15.0", endpoint="orr", measure="risk-difference"),
    )
    found = kb.compare(base, "orr", measure="all")
    with pytest.raises(ValueError, match="odds ratio, risk difference share no scale"):
        kb.pool(found, accept=["quantities-differ"])


def test_contrasts_beside_proportions():
    """Where one row is a contrast, the proportions are set aside as none."""
    counted = _ratio("a", endpoint="orr", measure="odds-ratio")
    counted["reports"]["smith-2020"]["estimates"] = [estimate(events=10)]
    found = kb.pool(kb.compare(base_of(counted), "orr", measure="all"))
    assert ["a proportion number is no randomised contrast"] == [
        one.why for one in found.rows_set_aside
    ]
    assert (1, "log-ratio") == (found.k, found.scale)


@pytest.mark.parametrize(("left", "more"), [(6, None), (7, "and 2 more")])
def test_many_rows_that_are_set_aside(left, more):
    """Up to six reasons are listed; of more the first five, and how many others."""
    rows = tuple(Row(str(n), f"t{n}", endpoint="orr", measure="proportion") for n in range(left))
    with pytest.raises(ValueError, match="nothing is left to pool") as raised:
        kb.pool(replace(FOUND, rows=rows))
    said = str(raised.value)
    assert ("and" in said) is (more is not None)
    assert (more or "t5: n is not printed") in said
    assert ("t5" in said) is (more is None)


def test_what_a_part_says_of_its_whole():
    """A part says that its whole is used, by report and set."""
    sets = {"one": analysis_set(), "old": analysis_set(n=9, subgroup={"age": "over 65"})}
    own = report(sets, [estimate(), estimate(of="old", events=2)])
    found = kb.pool(kb.compare(base_of(trial(reports={"smith-2020": own})), "orr"))
    assert ["a part of smith-2020/one, which is used"] == [one.why for one in found.rows_set_aside]


def test_across():
    """Every two rows of one endpoint from different trials, at the level and by the method asked."""
    twice = report(
        {"one": analysis_set(), "old": analysis_set(n=9, subgroup={"age": "over 65"})},
        [estimate(), estimate(of="old", events=2), estimate("dcr", events=20)],
    )
    base = base_of(trial("a", reports={"smith-2020": twice}), _single("b", 5, 25),
                   _single("c", 3, None))  # fmt: skip
    comparison = kb.compare(base, "orr,dcr")
    found = kb.across(comparison, level=80)
    (one,) = found.differences
    assert (("a", "b"), 80) == ((one.one.trial, one.other.trial), found.level)
    direct = kb.risk_difference(10, 40, 5, 25, level=80)
    assert (direct.value, direct.low, direct.high) == (
        one.effect.value,
        one.effect.low,
        one.effect.high,
    )
    wald = kb.across(comparison, method="wald").differences[0].effect
    assert kb.risk_difference(10, 40, 5, 25, method="wald") == wald
    assert kb.across(comparison).level == 95
    parts = replace(comparison, rows=tuple(row for row in comparison.rows if row.trial == "a"))
    assert () == kb.across(parts).differences


def test_alternatives():
    """Every model is fitted to the counts that were pooled, at their level; ratios have none."""
    from kb.stats.pooling.multiverse import multiverse

    found = alternatives(kb.pool(FOUND, level=80, **LINES))
    expected = multiverse([10, 5, 3], [40, 25, 12], level=80)
    assert len(expected) == len(found)
    assert [one.pooled.value for one in expected] == pytest.approx(
        [one.pooled.value for one in found.variants], nan_ok=True
    )
    assert [one.pooled.low for one in expected] == pytest.approx(
        [one.pooled.low for one in found.variants], nan_ok=True
    )
    usual = alternatives(kb.pool(FOUND, **LINES)).variants
    assert [one.pooled.low for one in multiverse([10, 5, 3], [40, 25, 12])] == pytest.approx(
        [one.pooled.low for one in usual], nan_ok=True
    )
    with pytest.raises(ValueError, match="laid side by side for proportions, not for log-ratio"):
        alternatives(kb.pool(RATIOS))


def test_pooled_ratio_of_counts():
    """`ratio` turns proportions into ratios first, which are pooled on the log scale."""
    sets = {"one": analysis_set("one", 52), "two": analysis_set("two", 50)}
    own = report(sets, [estimate(of="one", events=16), estimate(of="two", events=10)])
    base = base_of(
        randomised(
            "a", arm("doxorubicin", "ifosfamide"), arm("doxorubicin"), reports={"smith-2020": own}
        )
    )
    found = kb.pool(kb.compare(base, "orr"), ratio="risk-ratio")
    assert (16 / 52) / (10 / 50) == pytest.approx(exp(found.value))
    assert ("risk-ratio", "log-ratio") == (found.measure, found.scale)
