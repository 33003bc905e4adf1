"""Leaving out, adding up and grouping, against metafor, meta and pooling by hand."""

import json
from dataclasses import replace
from math import inf, isnan
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from kb.stats.pooling.pool import pool_effects, pool_proportions
from kb.stats.pooling.sensitivity import cumulative, driver, leave_one_out, subgroups

FOLDER = Path(__file__).parents[3] / "reference"
SINGLE, RATIOS, EXTRA = (
    json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    for name in ("single_arm_meta", "ratio_meta", "pooling_extra")
)
LISTS = [
    pytest.param(case, function, which, name, id=f"{case['id']}-{which}-{name}")
    for case in RATIOS["cases"]
    if "leave_one_out" in case
    for function, which in (
        (leave_one_out, "leave_one_out"),
        (cumulative, "cumulative_in_given_order"),
    )
    for name in ("EE", "DL", "REML")
]
GROUPED = next(case for case in SINGLE["cases"] if "subgroups" in case)
MEASURES = {"PLOGIT": "logit", "PFT": "freeman-tukey", "PAS": "arcsine"}


def test_the_grid_of_reference_cases_has_not_shrunk():
    """Three sets of effects, two ways, three models; three scales with subgroups."""
    assert 18 == len(LISTS)
    assert set(MEASURES) == set(GROUPED["subgroups"])
    assert 12 == len(EXTRA["groups"])


@pytest.mark.parametrize(("case", "function", "which", "name"), LISTS)
def test_lists_equal_metafor(case, function, which, name):
    """Every row of leave1out and cumul, common and random, is metafor's."""
    options = {"model": "common"} if name == "EE" else {"tau2": name.lower()}
    rows, fit = function(case["yi"], case["sei"], of_effects=True, **options), case[which][name]
    columns = {"est": "value", "se": "se", "lower": "low", "upper": "high"}
    if fit["tau2"] is not None:
        columns["tau2"] = "tau2"
    for theirs, ours in columns.items():
        found = [getattr(row, ours) for row in rows]
        if ours == "tau2" and which != "leave_one_out":
            fit["tau2"][0], found[0] = 0, 0  # of one study: 0 there, `nan` here
        assert fit[theirs] == pytest.approx(found, rel=1e-6, abs=1e-9)
    if which == "leave_one_out":
        assert fit["Q"] == pytest.approx([row.q for row in rows], rel=1e-9)
    assert [str(i + 1) for i in range(case["k"])] == [row.label for row in rows]


@pytest.mark.parametrize("shared", ["separate", "common"])
@pytest.mark.parametrize("name", ["DL", "REML"])
@pytest.mark.parametrize("measure", MEASURES)
def test_subgroups_equal_meta(measure, name, shared):
    """Groups with their own or one tau², and Q between, are those of metaprop with subgroups."""
    fit = GROUPED["subgroups"][measure][name][shared]
    options = {"method": MEASURES[measure], "tau2": name.lower()}
    data = GROUPED["x"], GROUPED["n"], GROUPED["group"]
    groups = subgroups(*data, shared_tau2=shared == "common", **options)
    assert fit["levels"] == [group.label for group in groups]
    assert fit["k"] == [group.k for group in groups]
    near: dict[str, Any] = {"rel": 1e-9 if name == "DL" else 1e-6}
    for theirs, ours in (
        ("p_random", "value"),
        ("se_random", "se"),
        ("tau2", "tau2"),
        ("Q_within", "q"),
        ("I2", "i2"),
    ):
        assert fit[theirs] == pytest.approx([getattr(group, ours) for group in groups], **near)
    between = [fit["Q_between_random"], fit["Q_between_random_p"], fit["df_between"]]
    assert between == pytest.approx([groups.q_between, groups.p_between, groups.df_between], **near)
    assert (shared == "common") == ("shared by the groups" in groups[0].method)
    common = subgroups(*data, model="common", method=MEASURES[measure])
    assert [fit["Q_between_common"], fit["Q_between_common_p"]] == pytest.approx(
        [common.q_between, common.p_between], rel=1e-9
    )


@pytest.mark.parametrize("case", EXTRA["groups"], ids=lambda case: f"{case['id']}-{case['method']}")
def test_subgroups_of_effects_equal_a_meta_regression(case):
    """Means around one tau², which carries a Q-profile interval, are metafor's with a moderator."""
    source = next(one for one in RATIOS["cases"] if one["id"] == case["id"])
    half = [("first", "second")[i % 2] for i in range(source["k"])]
    groups = subgroups(
        source["yi"],
        source["sei"],
        half,
        shared_tau2=True,
        of_effects=True,
        tau2=case["method"].lower(),
    )
    assert case["te"] == pytest.approx([group.value for group in groups], rel=1e-9)
    assert case["tau2_ci"] == pytest.approx([groups[0].tau2_low, groups[1].tau2_high], rel=1e-9)
    assert case["se"] == pytest.approx([group.se for group in groups], rel=1e-9)


def test_subgroups_of_the_exact_likelihood():
    """Each group is its own pool; one tau² lies between theirs; a uniform group is set aside."""
    data = GROUPED["x"], GROUPED["n"]
    groups = subgroups(*data, GROUPED["group"])
    mine = [i for i, group in enumerate(GROUPED["group"]) if group == groups[0].label]
    alone = pool_proportions(*([column[i] for i in mine] for column in data))
    assert (alone.value, alone.tau2) == pytest.approx((groups[0].value, groups[0].tau2))
    shared = subgroups(*data, GROUPED["group"], shared_tau2=True)
    assert shared[0].tau2 == shared[1].tau2
    assert min(g.tau2 for g in groups) < shared[0].tau2 < max(g.tau2 for g in groups)
    nobody = subgroups([3, 4, 0, 0], [20, 21, 9, 10], ["a", "a", "b", "b"])
    assert 0.0 == nobody[1].value
    assert isnan(nobody.q_between)
    assert ("b has no mean on the scale of pooling and is not in Q between.",) == nobody.notes
    without = subgroups([0, 9, 3, 4], [9, 9, 20, 21], ["a", "a", "b", "b"])
    assert inf == without[0].tau2
    assert 1 == len(without.notes)


def test_groups_of_one_take_part_where_they_have_a_mean():
    """A group of one arm shows its exact interval and its own logit in Q between."""
    groups = subgroups([3, 4, 6], [20, 21, 9], ["a", "a", "b"], method="logit")
    assert "Clopper–Pearson" in groups[1].method
    assert (1, ()) == (groups.df_between, groups.notes)
    pair = subgroups([0.1, 0.5], [0.1, 0.2], ["a", "b"], of_effects=True)
    assert 0.4**2 / 0.05 == pytest.approx(pair.q_between)
    none = subgroups([0, 4], [20, 21], ["a", "b"], method="logit")
    assert isnan(none.p_between)
    assert 0 == none.df_between


def test_labels_name_what_is_left_out_and_added():
    """Given labels travel with the rows, whatever the method."""
    rows = leave_one_out([3, 4, 6], [20, 21, 9], labels=["A", "B", "C"])
    assert ["A", "B", "C"] == [row.label for row in rows]
    assert pool_proportions([3, 6], [20, 9]).value == rows[1].value
    steps = cumulative([3, 4, 6], [20, 21, 9], labels=["A", "B", "C"])
    assert [1, 2, 3] == [row.k for row in steps]
    assert 3 / 20 == steps[0].value


def test_the_study_that_carries_tau2_is_named():
    """Without the outlier tau² is 0, so the outlier is the driver; without tau² nobody is."""
    data = [0.1, 0.12, 0.11, 1.5], [0.1, 0.1, 0.1, 0.1]
    rows = leave_one_out(*data, labels="wxyz", of_effects=True)
    found = driver(pool_effects(*data), rows)
    assert ("z", 0.0) == (found.label, found.tau2)
    alike = [0.1, 0.1, 0.1], [0.1, 0.1, 0.1]
    assert driver(pool_effects(*alike), leave_one_out(*alike, of_effects=True)) is None
    pair = [0.1, 0.9], [0.1, 0.1]  # without one of two, nothing is known of tau²
    assert driver(pool_effects(*pair), leave_one_out(*pair, of_effects=True)) is None


def test_nothing_drives_an_unknown_or_endless_tau2():
    """Where tau² of all studies is infinite or nan there is nothing to lower."""
    arms = [0, 12, 5], [12, 12, 12]
    endless = pool_proportions([0, 12], [12, 12])
    assert inf == endless.tau2
    assert driver(endless, [pool_proportions(*arms)]) is None
    assert driver(pool_effects([0.1], [0.2]), [pool_effects([0, 1], [0.1, 0.1])]) is None
    assert driver(pool_effects([0, 1], [0.1, 0.1]), []) is None


def test_the_driver_lowers_tau2_most():
    """Of several omissions that lower tau² the one that leaves least is named, none that leave it."""
    whole, lower, least = (
        replace(pool_effects([0, 1], [0.1, 0.1]), tau2=tau2, label=str(tau2))
        for tau2 in (0.5, 0.4, 0.3)
    )
    assert "0.3" == driver(whole, [lower, least, whole]).label
    assert driver(whole, [whole, replace(whole, tau2=0.6)]) is None


@pytest.mark.parametrize("tau2", ["dl", "reml", "pm", "ml"])
def test_a_group_of_one_full_arm_says_nothing_of_the_shared_tau2(tau2):
    """An arm alone in which all respond has no logit: tau² is that of the other groups."""
    events, n = [3, 9, 5, 12], [20, 25, 30, 12]
    options = {"shared_tau2": True, "method": "logit", "tau2": tau2}
    found = subgroups(events, n, ["a", "a", "a", "b"], **options)
    alone = subgroups(events[:3], n[:3], ["a", "a", "a"], **options)
    assert alone[0].value == pytest.approx(found[0].value)
    assert alone[0].tau2 == pytest.approx(found[0].tau2)
    assert ("b has no mean on the scale of pooling and is not in Q between.",) == found.notes
    assert isnan(found.q_between)


@pytest.mark.parametrize(
    ("function", "arguments", "message"),
    [
        (leave_one_out, ([1], [3]), "needs at least two studies, not 1"),
        (cumulative, ([1, 2], [3]), "both columns are two lists of one length"),
        (subgroups, ([1, 2], [3, 4], ["a"]), "2 studies need as many labels or groups, not 1"),
        (subgroups, ([1, 2], [3, 4], ["a", "b"]), "'sj'"),
    ],
)
def test_impossible_requests_are_refused(function, arguments, message):
    """Too few studies, too few groups and unknown options are named."""
    options = {"tau2": "sj"} if message == "'sj'" else {}
    with pytest.raises(ValueError, match=message):
        function(*arguments, **options)


@given(
    st.lists(st.tuples(st.floats(-2, 2), st.floats(0.1, 1)), min_size=4, max_size=9),
    st.integers(1, 3),
)
def test_q_splits_into_within_and_between(studies, cut):
    """Under a common effect, Q of all is Q within the groups plus Q between them."""
    values, errors = zip(*studies, strict=True)
    groups = [i < cut for i in range(len(values))]
    found = subgroups(values, errors, groups, of_effects=True, model="common")
    whole = pool_effects(values, errors, model="common")
    within = sum(0 if isnan(group.q) else group.q for group in found)
    assert whole.q == pytest.approx(within + found.q_between, rel=1e-9, abs=1e-9)
