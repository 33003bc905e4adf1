"""Pooled proportions and effects, the whole way, against meta and metafor, and at the edges.

`single_arm_meta.json` and `ratio_meta.json` hold meta 8.2.1 and metafor 5.1.12: closed forms to
1e-9, REML and ML to 1e-6, glmm to 1e-4. The pinned Paule–Mandel fits of the arms stop early (see
`test_heterogeneity.py`): there tau² is compared to `pooling_extra.json`.
"""

import json
from math import inf, isnan, log
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from kb.stats.pooling.pool import pool_effects, pool_proportions
from kb.stats.pooling.transforms import logistic
from kb.stats.proportions.intervals import proportion_interval

FOLDER = Path(__file__).parents[3] / "reference"
SINGLE, RATIOS, EXTRA = (
    json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    for name in ("single_arm_meta", "ratio_meta", "pooling_extra")
)
MEASURES = {"PLOGIT": "logit", "PFT": "freeman-tukey", "PAS": "arcsine"}
SOLVED = {"DL": 1e-9, "REML": 1e-6, "ML": 1e-6}
ARMS = [
    pytest.param(case, measure, name, id=f"{case['id']}-{measure}-{name}")
    for case in SINGLE["cases"]
    if case["k"] > 1
    for measure in MEASURES
    for name in SOLVED
]
EFFECTS = [
    pytest.param(case, name, id=f"{case['id']}-{name}")
    for case in RATIOS["cases"]
    for name in ("EE", "DL", "REML", "PM", "ML")
]


def test_the_grid_of_reference_cases_has_not_shrunk():
    """Five sets of arms on three scales and five of effects are still compared."""
    assert ["pritz1997", "debruin2009", "onc_k2", "one_study_zero", "all_responders"] == [
        case["id"] for case in SINGLE["cases"]
    ]
    assert 36 == len(ARMS)
    assert 25 == len(EFFECTS)
    assert 4 == len(EXTRA["all_arms"])


@pytest.mark.parametrize(("case", "measure", "name"), ARMS)
def test_inverse_variance_of_arms_equals_meta(case, measure, name):
    """Value, both intervals, both predictions, tau², Q and I² are meta's on every scale."""
    fit, tolerance = case["meta"][measure][name], SOLVED[name]
    options = {"method": MEASURES[measure], "tau2": name.lower()}
    classic = pool_proportions(case["x"], case["n"], **options)
    adjusted = pool_proportions(case["x"], case["n"], adjust="hksj", **options)
    near: dict[str, Any] = {"rel": tolerance, "abs": tolerance}
    random = fit["random"]
    assert [random["p"], *random["p_ci"], random["se"], fit["tau2"]] == pytest.approx(
        [classic.value, classic.low, classic.high, classic.se, classic.tau2], **near
    )
    assert [fit["Q"], fit["Q_df"], fit["Q_p"], fit["I2"]] == pytest.approx(
        [classic.q, classic.df, classic.q_p, classic.i2], rel=1e-9, abs=1e-12
    )
    knapp = fit["random_HK"]
    assert [knapp["se"], *knapp["p_ci"]] == pytest.approx(
        [adjusted.se, adjusted.low, adjusted.high], **near
    )
    if case["k"] < 3:
        assert isnan(classic.prediction_low)
        return
    longer = pool_proportions(case["x"], case["n"], prediction="k-2", **options)
    for which, pooled in (("V", classic), ("HK", adjusted), ("HTS", longer)):
        assert fit["prediction"][which]["p_pi"] == pytest.approx(
            [pooled.prediction_low, pooled.prediction_high], **near
        )


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("case", SINGLE["cases"], ids=lambda case: case["id"])
def test_a_common_effect_of_arms_equals_meta(case, measure):
    """The common-effect proportion, its interval and its standard error are meta's."""
    if case["k"] == 1:
        return
    fit = case["meta"][measure]["DL"]["common"]
    pooled = pool_proportions(case["x"], case["n"], method=MEASURES[measure], model="common")
    assert [fit["p"], *fit["p_ci"], fit["se"]] == pytest.approx(
        [pooled.value, pooled.low, pooled.high, pooled.se], rel=1e-9
    )
    assert 0.0 == pooled.tau2
    assert all(map(isnan, (pooled.prediction_low, pooled.prediction_high, pooled.tau2_low)))
    assert any("common effect takes tau² as 0" in note for note in pooled.notes)


def test_hartung_and_knapp_adjust_a_common_effect_too():
    """With weights 1/v the adjusted interval is metafor's for its equal-effects model."""
    for case in SINGLE["cases"][:3]:
        fit = case["metafor"]["PLOGIT"]["EE"]["knha"]
        pooled = pool_proportions(
            case["x"], case["n"], method="logit", model="common", adjust="hksj"
        )
        assert fit["p_ci"] == pytest.approx([pooled.low, pooled.high], rel=1e-9)


@pytest.mark.parametrize(
    "case", EXTRA["paule_mandel"], ids=lambda case: f"{case['id']}-{case['measure']}"
)
def test_paule_mandel_of_arms_equals_metafor(case):
    """Through Paule–Mandel, standard error and tau² are those of metafor solved to the end."""
    source = next(one for one in SINGLE["cases"] if one["id"] == case["id"])
    method = MEASURES[{"PLO": "PLOGIT"}.get(case["measure"], case["measure"])]
    pooled = pool_proportions(source["x"], source["n"], method=method, tau2="pm")
    assert [case["tau2"], case["se"]] == pytest.approx([pooled.tau2, pooled.se], rel=1e-9)


@pytest.mark.parametrize("case", EXTRA["all_arms"], ids=lambda case: case["id"])
def test_a_half_in_every_arm_equals_metafor(case):
    """With ½ added to all arms the logit is metafor's for to="all", and the method says so."""
    source = next(one for one in SINGLE["cases"] if one["id"] == case["id"])
    pooled = pool_proportions(source["x"], source["n"], method="logit", tau2="dl", continuity="all")
    assert [case["tau2"], case["se"], case["q"], logistic(case["te"])] == pytest.approx(
        [pooled.tau2, pooled.se, pooled.q, pooled.value], rel=1e-9
    )
    assert f"½ added to {source['k']} of {source['k']} arms, as asked for all" in pooled.method


@pytest.mark.parametrize("case", SINGLE["cases"][:3], ids=lambda case: case["id"])
def test_glmm_equals_metaprop(case):
    """Proportion, interval, prediction and likelihood-ratio Q are metaprop's GLMM."""
    fit = case["glmm"]["meta_metaprop_GLMM"]
    pooled = pool_proportions(case["x"], case["n"])
    assert [fit["p"], *fit["p_ci"]] == pytest.approx(
        [pooled.value, pooled.low, pooled.high], abs=1e-4
    )
    assert [fit["Q"][1], fit["Q_p"][1]] == pytest.approx([pooled.q, pooled.q_p], rel=1e-6)
    assert max(0, 1 - pooled.df / fit["Q"][1]) == pytest.approx(pooled.i2, rel=1e-6)
    if case["k"] > 2:
        assert [logistic(bound) for bound in fit["pi"]] == pytest.approx(
            [pooled.prediction_low, pooled.prediction_high], abs=1e-4
        )
    common = pool_proportions(case["x"], case["n"], model="common")
    assert logistic(fit["te_common"]) == pytest.approx(common.value, rel=1e-9)
    assert sum(case["x"]) / sum(case["n"]) == pytest.approx(common.value, rel=1e-12)


@pytest.mark.parametrize(("case", "name"), EFFECTS)
def test_effects_equal_metafor(case, name):
    """Mean, intervals, tau² and Q of log ratios are metafor's; one study is its own answer."""
    fit = case["metafor"][name]
    options = {"model": "common"} if name == "EE" else {"tau2": name.lower()}
    pooled = pool_effects(case["yi"], case["sei"], **options)
    near: dict[str, Any] = {"rel": 1e-6, "abs": 1e-9}
    assert [fit["est"], fit["se"], *fit["ci"]] == pytest.approx(
        [pooled.value, pooled.se, pooled.low, pooled.high], **near
    )
    if case["k"] == 1:
        return
    assert [fit["QE"], fit["QEp"]] == pytest.approx([pooled.q, pooled.q_p], rel=1e-9)
    if name != "EE":
        assert fit["tau2"] == pytest.approx(pooled.tau2, **near)
        assert fit["tau2_ci_Qprofile"] == pytest.approx(
            [pooled.tau2_low, pooled.tau2_high], rel=1e-9
        )
        adjusted = pool_effects(case["yi"], case["sei"], adjust="hksj", **options)
        assert fit["knha"]["ci"] == pytest.approx([adjusted.low, adjusted.high], **near)


def test_ratios_with_a_prediction_equal_meta():
    """The three prediction intervals of log ratios are meta's V, HTS and HK."""
    for case in RATIOS["cases"][:3]:
        for name in ("DL", "REML"):
            fit, tau2 = case["meta"][name]["prediction"], name.lower()
            data = case["yi"], case["sei"]
            three = [
                pool_effects(*data, tau2=tau2),
                pool_effects(*data, tau2=tau2, prediction="k-2"),
                pool_effects(*data, tau2=tau2, adjust="hksj"),
            ]
            assert fit["lower"] == pytest.approx([p.prediction_low for p in three], rel=1e-6)
            assert fit["upper"] == pytest.approx([p.prediction_high for p in three], rel=1e-6)


@pytest.mark.parametrize("method", ["glmm", "logit", "freeman-tukey", "arcsine"])
@pytest.mark.parametrize("arm", [(0, 12), (3, 17), (9, 9)], ids=["none", "some", "all"])
def test_one_arm_keeps_its_exact_interval(method, arm):
    """Whatever the method, one arm is not pooled: Clopper–Pearson, and `nan` for the rest."""
    pooled = pool_proportions([arm[0]], [arm[1]], method=method)
    assert arm[0] / arm[1] == pooled.value
    assert proportion_interval(*arm) == (pooled.low, pooled.high)
    unknown = (pooled.tau2, pooled.tau2_low, pooled.i2, pooled.q, pooled.q_p, pooled.prediction_low)
    assert all(map(isnan, unknown))
    assert (1, 0) == (pooled.k, pooled.df)
    assert ("One study: nothing was pooled, and the interval is the study's own.",) == pooled.notes
    if method in ("glmm", "logit"):
        assert (arm == (3, 17)) != isnan(pooled.se)
    else:
        assert pooled.se > 0


def test_one_effect_keeps_its_own_interval():
    """One study gives value ± z · se and the note that nothing was pooled."""
    pooled = pool_effects([-0.4], [0.2], adjust="hksj", level=90)
    assert [-0.4 - 1.6448536269514722 * 0.2, 0.2] == pytest.approx([pooled.low, pooled.se])
    assert isnan(pooled.tau2)
    assert "nothing was pooled" in pooled.notes[0]


@pytest.mark.parametrize(
    ("events", "n", "value", "note"),
    [
        ([0, 0, 0], [5, 9, 12], 0.0, "None of 26 patients has the event"),
        ([5, 9, 12], [5, 9, 12], 1.0, "All 26 patients have the event"),
    ],
)
@pytest.mark.parametrize("model", ["random", "common"])
def test_glmm_of_uniform_arms_is_a_boundary(events, n, value, note, model):
    """If none or all respond everywhere, the answer is 0 or 1 with the exact limit of the total."""
    pooled = pool_proportions(events, n, model=model)
    assert value == pooled.value
    assert proportion_interval(sum(events), sum(n)) == (pooled.low, pooled.high)
    assert (0.0, 0.0, 1.0) == (pooled.q, pooled.i2, pooled.q_p)
    assert isnan(pooled.prediction_low)
    assert isnan(pooled.prediction_high)
    assert pooled.notes[0].startswith(note)


@pytest.mark.parametrize("method", ["logit", "freeman-tukey", "arcsine"])
def test_other_methods_say_the_exact_limit_of_uniform_arms(method):
    """With inverse variance the definition is followed, and a note gives the exact limit."""
    pooled = pool_proportions([0, 0], [10, 12], method=method)
    limit = proportion_interval(0, 22).high
    assert f"None of 22 patients has the event: the exact upper limit is {limit:.1%}." in (
        pooled.notes
    )


def test_arms_of_none_and_all_have_no_glmm():
    """A likelihood without a maximum gives no number, an infinite tau² and the reason."""
    pooled = pool_proportions([0, 10], [10, 10])
    assert all(map(isnan, (pooled.value, pooled.low, pooled.high, pooled.se)))
    assert inf == pooled.tau2
    assert 40 * log(2) == pytest.approx(pooled.q)  # 2 · (0 − 20 ln ½)
    assert "No estimate" in pooled.notes[0]


def test_zero_arms_are_pooled_by_glmm_without_a_correction():
    """Arms of none and of all take part as they are."""
    pooled = pool_proportions([0, 3, 5, 0, 15], [10, 20, 25, 12, 15])
    assert 0 < pooled.low < pooled.value < pooled.high < 1
    assert "½" not in pooled.method


def test_two_studies_have_no_prediction_interval():
    """Below three studies the prediction is `nan`, and a note says why."""
    pooled = pool_effects([0.1, 0.5], [0.1, 0.1])
    assert isnan(pooled.prediction_low)
    assert any("undefined for fewer than three studies" in note for note in pooled.notes)


STUDIES = st.lists(st.tuples(st.floats(-2, 2), st.floats(0.05, 1)), min_size=2, max_size=8)
COUNTS = st.lists(
    st.integers(1, 80).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=1,
    max_size=7,
)


@given(STUDIES, st.sampled_from(["dl", "reml", "pm", "ml"]))
def test_without_tau2_random_and_common_agree(studies, tau2):
    """Where tau² is 0 both models give the same mean and the same interval."""
    data = tuple(zip(*studies, strict=True))
    random, common = pool_effects(*data, tau2=tau2), pool_effects(*data, model="common")
    assert random.tau2 >= 0
    if random.tau2 == 0:
        assert (common.value, common.low, common.high) == pytest.approx(
            (random.value, random.low, random.high), rel=1e-12, abs=1e-12
        )
    else:
        assert common.se <= random.se


@given(STUDIES, st.floats(0.1, 10), st.floats(-3, 3))
def test_effects_follow_their_unit(studies, scale, shift):
    """A change of unit or of origin changes mean and bounds by as much."""
    values, errors = map(np.array, zip(*studies, strict=True))
    one, other = pool_effects(values, errors), pool_effects(scale * values + shift, scale * errors)
    expected = [scale * bound + shift for bound in (one.value, one.low, one.high)]
    assert expected == pytest.approx([other.value, other.low, other.high], rel=1e-5, abs=1e-5)


@given(COUNTS, st.sampled_from(["glmm", "logit", "freeman-tukey", "arcsine"]))
def test_any_counts_give_a_proportion_inside_its_bounds(arms, method):
    """Whatever the counts, nothing crashes and 0 ≤ low ≤ value ≤ high ≤ 1, unless it is `nan`."""
    events, n = zip(*arms, strict=True)
    pooled = pool_proportions(events, n, method=method)
    if isnan(pooled.value):
        assert inf == pooled.tau2
        return
    assert -1e-12 <= pooled.low <= pooled.value + 1e-12
    assert pooled.value - 1e-12 <= pooled.high <= 1 + 1e-12
    if not isnan(pooled.prediction_low):
        assert pooled.prediction_low <= pooled.value + 1e-12
        assert pooled.value <= pooled.prediction_high + 1e-12


@given(COUNTS, st.randoms(), st.sampled_from(["glmm", "logit", "freeman-tukey", "arcsine"]))
def test_the_order_of_arms_does_not_matter(arms, random, method):
    """Shuffled arms give the same answer."""
    shuffled = random.sample(arms, len(arms))
    one, other = (
        pool_proportions(*zip(*order, strict=True), method=method) for order in (arms, shuffled)
    )
    assert [one.value, one.low, one.high] == pytest.approx(
        [other.value, other.low, other.high], rel=1e-6, abs=1e-6, nan_ok=True
    )


@given(COUNTS, st.sampled_from(["logit", "freeman-tukey", "arcsine"]))
def test_a_higher_level_gives_wider_bounds(arms, method):
    """The 99% interval holds the 80% one."""
    data = tuple(zip(*arms, strict=True))
    narrow, wide = (pool_proportions(*data, method=method, level=level) for level in (80, 99))
    assert wide.low <= narrow.low + 1e-12
    assert narrow.high <= wide.high + 1e-12


def test_four_studies_leave_nothing_unknown():
    """No number of a pool of four studies is `nan`."""
    pooled = pool_effects([0.1, 0.5, 0.2, 0.9], [0.1, 0.2, 0.1, 0.2])
    numbers = (getattr(pooled, name) for name in pooled.__slots__)
    assert not any(isinstance(number, float) and isnan(number) for number in numbers)


def test_i2_has_the_bounds_that_tau2_has():
    """By inverse variance I² has an interval around the share; it is nan wherever tau²'s is."""
    found = pool_effects([0.1, 0.5, 0.3, 1.2], [0.2, 0.3, 0.1, 0.4], tau2="dl")
    assert 0 <= found.i2_low <= found.i2 <= found.i2_high < 1
    assert found.i2_high > found.i2_low
    for other in (
        pool_effects([0.1, 0.5], [0.2, 0.3], model="common"),
        pool_effects([0.1], [0.2]),
        pool_proportions([3, 5, 9], [20, 25, 30]),
        pool_proportions([0, 0], [20, 25]),
    ):
        assert all(map(isnan, (other.tau2_low, other.tau2_high, other.i2_low, other.i2_high)))


@pytest.mark.parametrize("model", ["random", "common"])
@pytest.mark.parametrize("tau2", ["dl", "reml", "pm", "ml"])
@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ([0, 1, 2], [1e-9, 1, 1]),
        ([0, 1], [1e-8, 1e8]),
        ([3, 3, 3], [1e-9, 1e9, 1]),
        ([1e8, 1e8 + 1, 1e8 + 3], [1e-3] * 3),
        ([-1e50, 1e50, 2], [1e50, 1e50, 1e-50]),
        ([0, 1e-170, 0], [1, 1, 1]),
    ],
    ids=["one-sure", "sure-and-vague", "alike", "far-from-0", "enormous", "nearly-alike"],
)
def test_errors_of_any_size_give_numbers(values, errors, tau2, model):
    """However far apart the standard errors lie, the bounds enclose the mean and I² is a share."""
    for level in (50, 95, 99.99):
        found = pool_effects(values, errors, tau2=tau2, model=model, level=level)
        assert found.low <= found.value <= found.high
        assert 0 <= found.tau2 < inf
        assert 0 <= found.i2 <= 1


@pytest.mark.parametrize("level", [50, 99.99])
def test_arms_of_none_and_all_keep_their_reason_at_any_level(level):
    """tau² is infinite, nothing else is a number, and the note says why."""
    found = pool_proportions([0, 12], [12, 12], level=level)
    assert (inf, level) == (found.tau2, found.level)
    assert all(map(isnan, (found.value, found.low, found.high, found.se)))
    assert found.notes[0].startswith("No estimate: arms in which none and arms in which all")
