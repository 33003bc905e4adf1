"""Networks the whole way: effects, predictions, Q, P-scores, parts, and their laws."""

import json
from math import erfc, isnan, log
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from kb.stats.network.estimate import network_effects
from kb.stats.pooling.pool import pool_effects

REFERENCE = json.loads(
    (Path(__file__).parents[3] / "reference" / "nma.json").read_text(encoding="utf-8")
)
CASES = pytest.mark.parametrize("case", REFERENCE["cases"], ids=lambda case: case["id"])
COLUMNS = ("studlab", "treat1", "treat2", "TE", "seTE")
APART = [("S", "A", "B", 0.1, 0.1), ("T", "A", "B", 0.9, 0.1), ("U", "X", "Y", 0.3, 0.2)]


def contrasts(case):
    return list(zip(*(case["input_contrasts"][name] for name in COLUMNS), strict=True))


@CASES
@pytest.mark.parametrize("model", ["common", "random"])
def test_the_league_table_equals_netmeta(case, model):
    """Every treatment against every other, with its interval and P-scores, is netmeta's."""
    network = network_effects(contrasts(case), model=model)
    fit = case["common" if model == "common" else "random_DL"]
    for i, a in enumerate(case["trts"]):
        for j, b in enumerate(case["trts"]):
            effect = network.effect(a, b)
            expected = [float(fit[name][i][j]) for name in ("TE", "seTE", "lower", "upper")]
            assert expected == pytest.approx(
                [effect.value, effect.se, effect.low, effect.high], abs=1e-8
            )
    for better, word in (("lower", "desirable"), ("higher", "undesirable")):
        scores = case[f"pscore_small_values_{word}"][model]
        assert scores == pytest.approx(network.p_scores(better=better), abs=1e-7)


@CASES
def test_heterogeneity_and_predictions_equal_netmeta(case):
    """tau², I², the three Q with their p, and every prediction interval are netmeta's."""
    network = network_effects(contrasts(case))
    expected = [case[name] for name in ("tau2", "I2", "Q", "p_Q", "Q_heterogeneity")]
    assert expected == pytest.approx(
        [
            network.tau2,
            network.i2,
            network.q_total,
            network.p_total,
            network.q_heterogeneity,
        ],
        rel=1e-8,
    )
    assert case["Q_inconsistency"] == pytest.approx(network.q_inconsistency, abs=1e-8)
    assert [case["df_Q"], case["df_Q_heterogeneity"], case["df_Q_inconsistency"]] == [
        network.df,
        network.df_heterogeneity,
        network.df_inconsistency,
    ]
    p = case["decomp_design"]["Q"]["p"][2]
    between = float("nan") if p == "NA" else p
    assert between == pytest.approx(network.p_inconsistency, abs=1e-7, nan_ok=True)
    fit = case["random_DL"]
    for i, a in enumerate(case["trts"]):
        for j, b in enumerate(case["trts"]):
            if i != j:
                bounds = fit["pi_lower"][i][j], fit["pi_upper"][i][j]
                assert bounds == pytest.approx(network.prediction(a, b), abs=1e-7)


def test_reml_is_one_of_the_two_estimators():
    """REML changes tau² and is said in the method of every effect."""
    rows = contrasts(REFERENCE["cases"][0])
    dl, reml = network_effects(rows), network_effects(rows, tau2="reml")
    assert dl.tau2 > reml.tau2 > 0
    assert "network, random effects, normal interval, tau² by REML" == (
        reml.effect("plac", "metf").method
    )
    common = network_effects(rows, model="common")
    assert 0.0 == common.tau2
    assert "network, common effects, normal interval" == common.effect("plac", "metf").method
    assert all(map(isnan, common.prediction("plac", "metf")))


def test_unconnected_parts_are_estimated_apart():
    """Each part has its own tau²; nothing bridges them, and Q adds up."""
    network = network_effects(APART)
    assert [("A", "B"), ("X", "Y")] == [part.treatments for part in network.components]
    assert [("S", "T"), ("U",)] == [part.studies for part in network.components]
    assert ("A", "B", "X", "Y") == network.treatments
    pair = pool_effects([0.1, 0.9], [0.1, 0.1], tau2="dl")
    assert pair.tau2 == pytest.approx(network.components[0].tau2)
    assert isnan(network.components[1].tau2)
    assert isnan(network.tau2)
    assert pair.q == pytest.approx(network.q_total)
    assert 1 == network.df
    assert 0.3 == pytest.approx(network.effect("X", "Y").value)
    assert all(map(isnan, network.prediction("X", "Y")))
    assert [("A", "B"), ("X", "Y")] == [(row.a, row.b) for row in network.split()]
    with pytest.raises(ValueError, match="no chain of studies connects A and X"):
        network.effect("A", "X")
    with pytest.raises(ValueError, match="no ranking across 2 unconnected parts"):
        network.p_scores()


def test_effects_can_be_asked_against_the_reference():
    """With a reference named, one treatment is enough; without, a second must be named."""
    network = network_effects(APART[:2], reference="B")
    assert network.effect("A", "B") == network.effect("A")
    assert 0.0 == network.effect("A", "A").value == network.effect("A", "A").se
    with pytest.raises(ValueError, match="A versus what"):
        network_effects(APART).effect("A")
    with pytest.raises(ValueError, match="'C' is not in the network of A, B"):
        network.effect("C")
    with pytest.raises(ValueError, match="the reference 'C' is none of A, B"):
        network_effects(APART[:2], reference="C")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"model": "fixed"}, "model is random or common, not 'fixed'"),
        ({"tau2": "pm"}, "tau2 of a network is dl or reml, not 'pm'"),
        ({"level": 0.95}, "level is a percent"),
    ],
)
def test_unknown_options_are_refused(options, message):
    """Every message names the word that was given."""
    with pytest.raises(ValueError, match=message):
        network_effects(APART, **options)


def test_the_study_that_drives_heterogeneity_is_found():
    """Without the study that disagrees tau² is 0; without one that carried a part, `nan`."""
    rows = [*APART, ("V", "A", "B", 0.1, 0.1)]
    left = {row.study: row for row in network_effects(rows).influence()}
    assert (0.0, 0.0) == pytest.approx((left["T"].tau2_without, left["T"].q_without))
    assert (1, 1) == (left["S"].df_without, left["T"].df_without)
    assert left["S"].tau2_without > 0
    assert isnan(left["U"].tau2_without)


TREATMENTS = "ABCDE"
ROWS = st.lists(
    st.tuples(
        st.permutations(TREATMENTS).map(lambda order: tuple(order[:2])),
        st.floats(-2, 2),
        st.floats(0.05, 1),
    ),
    min_size=1,
    max_size=10,
).map(lambda rows: [(f"S{i}", *pair, y, se) for i, (pair, y, se) in enumerate(rows)])
PAIRS = st.lists(
    st.tuples(st.booleans(), st.floats(-2, 2), st.floats(0.05, 1)), min_size=1, max_size=8
)


@given(PAIRS, st.sampled_from(["random", "common"]), st.sampled_from(["dl", "reml"]))
def test_two_treatments_are_pairwise_pooling(studies, model, tau2):
    """A network of two treatments is their ordinary meta-analysis, whichever way round a row is."""
    rows = [
        (f"S{i}", *("AB" if forward else "BA"), y if forward else -y, se)
        for i, (forward, y, se) in enumerate(studies)
    ]
    _, values, errors = zip(*studies, strict=True)
    network = network_effects(rows, model=model, tau2=tau2)
    pooled = pool_effects(values, errors, model=model, tau2=tau2)
    effect = network.effect("A", "B")
    assert [pooled.value, pooled.low, pooled.high] == pytest.approx(
        [effect.value, effect.low, effect.high], rel=1e-6, abs=1e-6
    )
    if model == "random":
        assert pooled.tau2 == pytest.approx(network.tau2, rel=1e-6, abs=1e-8, nan_ok=True)
    if len(studies) > 1:
        assert pooled.q == pytest.approx(network.q_heterogeneity, rel=1e-8, abs=1e-8)
        assert 0.0 == network.q_inconsistency


@given(ROWS)
def test_a_versus_b_is_the_opposite_of_b_versus_a(rows):
    """Value and bounds turn round; the standard error and what cannot be compared stay."""
    network = network_effects(rows)
    for part in network.components:
        for a in part.treatments:
            for b in part.treatments:
                one, other = network.effect(a, b), network.effect(b, a)
                assert (one.value, one.low, one.high) == (-other.value, -other.high, -other.low)
                assert one.se == other.se


@given(ROWS, st.randoms(), st.dictionaries(st.sampled_from(TREATMENTS), st.text(min_size=1)))
def test_neither_order_nor_names_matter(rows, random, names):
    """Shuffled and turned rows with other names of treatments give the same effects."""
    renamed = {t: f"{i}{names.get(t, t)}" for i, t in enumerate(reversed(TREATMENTS))}
    other = [
        (study, renamed[b], renamed[a], -y, se)
        for study, a, b, y, se in random.sample(rows, len(rows))
    ]
    one, two = network_effects(rows), network_effects(other)
    assert len(one.components) == len(two.components)
    for part in one.components:
        a, b = part.treatments[0], part.treatments[-1]
        expected, found = one.effect(a, b), two.effect(renamed[a], renamed[b])
        assert (expected.value, expected.se) == pytest.approx(
            (found.value, found.se), rel=1e-6, abs=1e-7
        )
    assert one.q_total == pytest.approx(two.q_total, rel=1e-6, abs=1e-8)


@given(ROWS)
def test_direct_and_indirect_average_to_the_network(rows):
    """Weighted by the share of direct evidence, both make the network estimate."""
    network = network_effects(rows)
    for row in network.split():
        if row.k and not isnan(row.indirect.value) and row.proportion < 1 - 1e-4:
            both = row.proportion * row.direct.value + (1 - row.proportion) * row.indirect.value
            assert network.effect(row.a, row.b).value == pytest.approx(both, abs=1e-6)


@given(ROWS)
def test_scores_lie_between_0_and_1_and_average_one_half(rows):
    """In a connected network P-scores are probabilities whose mean is one half."""
    network = network_effects(rows)
    if len(network.components) == 1:
        scores = network.p_scores().values()
        assert all(0 <= score <= 1 for score in scores)
        assert 0.5 == pytest.approx(sum(scores) / len(scores))


def test_hazard_ratios_rank_lower_better():
    """The treatment that halves the hazard is first by default and last the other way round."""
    rows = [("S", "A", "P", log(0.5), 0.1), ("T", "B", "P", log(0.9), 0.1)]
    network = network_effects(rows)
    assert ["A", "B", "P"] == sorted(network.p_scores(), key=network.p_scores().get, reverse=True)
    higher = network.p_scores(better="higher")
    assert ["P", "B", "A"] == sorted(higher, key=higher.get, reverse=True)


@pytest.mark.parametrize(("off", "passes"), [(0.0099, True), (0.0101, False)])
def test_a_triangle_may_miss_by_a_hundredth_unless_said_otherwise(off, passes):
    """The tolerance of effects round a triangle is 0.01 where none is named."""
    triangle = [("M", "A", "B", 0, 1), ("M", "B", "C", 0, 1), ("M", "A", "C", off, 1)]
    if passes:
        assert 0 == network_effects(triangle).df
    else:
        with pytest.raises(ValueError, match=r"more than 0\.01"):
            network_effects(triangle)


def test_a_treatment_against_itself_is_nothing():
    """Its effect is 0 with no width, whatever the network."""
    network = network_effects([("S", "A", "B", 0.1, 0.2), ("T", "A", "B", 0.9, 0.2)])
    assert (0, 0, 0, 0) == (
        network.effect("A", "A").value,
        network.effect("A", "A").se,
        network.effect("A", "A").low,
        network.effect("A", "A").high,
    )


def test_a_prediction_needs_degrees_of_freedom_and_random_effects():
    """One study more than is needed gives a prediction by t with one df; otherwise it is nan."""
    pair = [("S", "A", "B", 0.1, 0.2), ("T", "A", "B", 0.9, 0.2)]
    found = network_effects(pair)
    effect, prediction = found.effect("A", "B"), found.prediction("A", "B")
    half = 12.706204736432095 * (found.tau2 + effect.se**2) ** 0.5  # R: qt(0.975, 1)
    assert (effect.value - half, effect.value + half) == pytest.approx(prediction)
    for other in (network_effects(pair[:1]), network_effects(pair, model="common")):
        assert all(map(isnan, other.prediction("A", "B")))
    assert isnan(network_effects(pair[:1]).tau2)
    assert 0 == network_effects(pair, model="common").tau2


def test_inconsistency_needs_a_loop():
    """Two studies of one comparison are heterogeneous only; a closed triangle is inconsistent."""
    pair = network_effects([("S", "A", "B", 0.1, 0.2), ("T", "A", "B", 0.9, 0.2)])
    assert (1, 0, 0) == (pair.df_heterogeneity, pair.df_inconsistency, pair.q_inconsistency)
    assert isnan(pair.p_inconsistency)
    assert 8 == pytest.approx(pair.q_heterogeneity) == pytest.approx(pair.q_total)
    loop = network_effects(
        [("S", "A", "B", 0, 0.1), ("T", "B", "C", 0, 0.1), ("U", "A", "C", 0.3, 0.1)]
    )
    assert (0, 1, 0) == (loop.df_heterogeneity, loop.df_inconsistency, loop.q_heterogeneity)
    assert 3 == pytest.approx(loop.q_inconsistency)
    assert erfc((3 / 2) ** 0.5) == pytest.approx(loop.p_inconsistency)
