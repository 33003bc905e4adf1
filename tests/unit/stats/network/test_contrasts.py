"""Contrasts that cannot make a network, and the parts of one that can."""

import json
from math import inf
from pathlib import Path

import pytest

from kb.stats.network.contrasts import parts, read
from kb.stats.network.estimate import network_effects

REFERENCE = json.loads(
    (Path(__file__).parents[3] / "reference" / "nma.json").read_text(encoding="utf-8")
)
BAD = {case["id"]: case for case in REFERENCE["bad_inputs"]}
COLUMNS = ("studlab", "treat1", "treat2", "TE", "seTE")


def rows(table):
    """Read contrasts as the reference file writes them."""
    return list(zip(*(table[name] for name in COLUMNS), strict=True))


def test_the_bad_inputs_of_the_reference_are_all_here():
    """Three inputs that netmeta refuses or splits are still tried."""
    assert {
        "disconnected",
        "three_arm_trial_missing_a_contrast",
        "three_arm_inconsistent_effects",
    } == set(BAD)


@pytest.mark.parametrize(
    ("contrasts", "message"),
    [
        ([], "a network needs at least one contrast"),
        ([("S", "A", "B", 0.1)], r"a contrast is \(study, a, b, value, se\)"),
        ([("S", "A", "A", 0.1, 0.1)], "study 'S' sets A against itself"),
        ([("S", "A", "B", 0.1, 0.0)], "study 'S': A versus B has value 0.1 and se 0.0"),
        ([("S", "A", "B", float("nan"), 0.1)], "study 'S': A versus B has value nan"),
        ([("S", "A", "B", 0.1, float("inf"))], "se inf"),
        ([("S", "A", "B", 1.1e50, 0.1)], r"has value 1.1e\+50"),
        ([("S", "A", "B", -1.1e50, 0.1)], r"has value -1.1e\+50"),
        ([("S", "A", "B", 0.1, 1.1e50)], r"se 1.1e\+50"),
        ([("S", "A", "B", 0.1, 0.9e-50)], "se 9e-51"),
        (
            [("S", "A", "B", 0.1, 1e-3), ("T", "B", "C", 0.1, 1001)],
            r"standard errors from 0.001 to 1001 lie too far apart .* a factor of 1e\+06",
        ),
        (
            [("S", "A", "B", 0.1, 0.1), ("S", "B", "A", -0.1, 0.1)],
            "study 'S' gives B versus A twice",
        ),
        (
            rows(BAD["three_arm_trial_missing_a_contrast"]["input"]),
            "study 'M' has 3 arms and lacks B versus C",
        ),
        (
            rows(BAD["three_arm_inconsistent_effects"]["input"]),
            "study 'M': A versus B and B versus C miss A versus C by 0.6, more than 0.01",
        ),
        (
            [("M", "A", "B", 0, 0.1), ("M", "A", "C", 0, 0.1), ("M", "B", "C", 0, 0.9)],
            "study 'M': the standard errors of its pairs need one variance per arm",
        ),
        (
            [
                ("M", a, b, 0, 0.2 if (a, b) == ("A", "B") else 0.1)
                for a, b in ("AB", "AC", "AD", "BC", "BD", "CD")
            ],
            "study 'M': the standard errors",
        ),
    ],
    ids=[
        "none",
        "too-short",
        "against-itself",
        "no-error",
        "no-value",
        "endless-error",
        "enormous-value",
        "enormous-negative-value",
        "enormous-error",
        "tiny-error",
        "errors-too-far-apart",
        "twice",
        "missing-pair",
        "effects-disagree",
        "negative-arm-variance",
        "errors-disagree",
    ],
)
def test_impossible_contrasts_are_refused(contrasts, message):
    """Every message names the study and what is wrong with it."""
    with pytest.raises(ValueError, match=message):
        read(contrasts, tolerance=0.01)


def test_the_tolerance_of_effects_is_on_the_scale_given():
    """A triangle off by 0.02 passes only where 0.02 is allowed; variances off by 4 % pass."""
    triangle = [("M", "A", "B", 0.1, 0.2), ("M", "B", "C", 0.1, 0.2), ("M", "A", "C", 0.22, 0.2)]
    with pytest.raises(ValueError, match=r"by 0\.02, more than 0\.01"):
        read(triangle, tolerance=0.01)
    assert [3] == [len(study) for study in read(triangle, tolerance=0.03)]
    square = [
        ("M", a, b, 0, 0.204 if (a, b) == ("A", "B") else 0.2)
        for a, b in ("AB", "AC", "AD", "BC", "BD", "CD")
    ]
    assert 6 == len(read(square, tolerance=0.01)[0])


def test_parts_are_what_studies_connect():
    """The disconnected input falls into the two sub-networks that netmeta finds."""
    bad = BAD["disconnected"]
    found = parts(read(rows(bad["input"]), tolerance=0.01))
    assert bad["netconnection"]["n_subnets"] == len(found)
    assert [("A", "B", "C"), ("X", "Y", "Z")] == [part.treatments for part in found]
    assert [0, 0] == [part.df for part in found]


@pytest.mark.parametrize("case", REFERENCE["cases"], ids=lambda case: case["id"])
def test_degrees_of_freedom_equal_netmeta(case):
    """Arms less studies less treatments plus one is netmeta's df of Q."""
    (part,) = parts(read(rows(case["input_contrasts"]), tolerance=0.01))
    assert case["df_Q"] == part.df
    assert case["n_treatments"] == len(part.treatments)
    assert sorted(n for n in case["narms"].values() if n > 2) == sorted(
        len(study.arms) for study in part.multi
    )


@pytest.mark.parametrize("tau2", ["dl", "reml"])
@pytest.mark.parametrize("sure", [1e-5, 1e-50, 1e44])
def test_errors_a_million_times_one_another_are_still_solved(sure, tau2):
    """Just inside the limit every number of the network is one, whatever its scale."""
    vague = sure * 0.99e6
    network = network_effects(
        [("S", "A", "B", 0, sure), ("T", "B", "C", sure, vague), ("U", "A", "C", 0, vague)],
        tau2=tau2,
    )
    assert 0 <= network.tau2 < inf
    assert sure <= network.effect("A", "B").se * (1 + 1e-9)
    assert network.effect("A", "C").low < network.effect("A", "C").high


def test_a_tolerance_is_not_passed_by_a_hair():
    """A triangle off by the tolerance passes, one off by more does not."""
    off = 0.5
    triangle = [("M", "A", "B", 1, 1), ("M", "B", "C", 1, 1), ("M", "A", "C", 2 + off, 1)]
    assert 1 == len(read(triangle, tolerance=off))
    with pytest.raises(ValueError, match=r"by 0\.5, more than 0\.49"):
        read(triangle, tolerance=0.49)


@pytest.mark.parametrize(
    ("share", "passes"), [(1.10, True), (1.18, False), (0.90, True), (0.82, False)]
)
def test_variances_may_be_off_by_five_percent(share, passes):
    """One variance of six off by d moves the fit of a four-arm study by d/3: 5 % is about d = 15 %."""
    square = [
        ("M", a, b, 0, (share if (a, b) == ("A", "B") else 1) ** 0.5)
        for a, b in ("AB", "AC", "AD", "BC", "BD", "CD")
    ]
    if passes:
        assert 1 == len(read(square, tolerance=0.01))
    else:
        with pytest.raises(ValueError, match="need one variance per arm"):
            read(square, tolerance=0.01)


@pytest.mark.parametrize(("variance", "passes"), [(4.04, True), (4.06, True), (4.2, False)])
def test_an_arm_may_have_no_variance_but_none_below(variance, passes):
    """Arms B and C of variance 1 and A of 0 give 1, 1 and 2; a pair BC far above needs A negative."""
    triangle = [
        ("M", "A", "B", 0, 1),
        ("M", "A", "C", 0, 1),
        ("M", "B", "C", 0, (variance / 2) ** 0.5),
    ]
    if passes:
        assert 1 == len(read(triangle, tolerance=0.01))
    else:
        with pytest.raises(ValueError, match="need one variance per arm"):
            read(triangle, tolerance=0.01)


def test_parts_come_in_the_order_of_their_first_treatment():
    """Whatever the order of the studies, parts and treatments are alphabetical."""
    found = parts(read([("S", "Z", "Y", 0, 1), ("T", "B", "A", 0, 1)], tolerance=0.01))
    assert [("A", "B"), ("Y", "Z")] == [part.treatments for part in found]
