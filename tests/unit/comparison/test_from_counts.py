"""Contrasts of randomised arms from their counts: which arms are set against which, and how."""

from math import exp, log, sqrt

import pytest

import kb
from builders import (
    analysis_set,
    arm,
    base_of,
    contrast,
    estimate,
    part,
    report,
    response_words,
    trial,
)
from kb.comparison.compare import of_counts
from kb.printed.measure import COUNTED

RANDOMISED = {"allocation": "randomised", "timing": "prospective"}
Z = 1.959963984540054


def _trial(counts, roles=("experimental", "control"), design=None, sets=None, **more):
    """A trial with one arm per count; `sets` adds to the set of an arm."""
    names = [f"arm-{place}" for place in range(len(counts))]
    own = {
        name: analysis_set(name, n, **(sets or {}).get(name, {}))
        for name, (_, n) in zip(names, counts, strict=True)
    }
    arms = {
        name: arm("doxorubicin", **({"role": role} if role else {}))
        for name, role in zip(names, roles, strict=True)
    }
    numbers = [
        estimate(of=name, events=events) for name, (events, _) in zip(names, counts, strict=True)
    ]
    return trial(
        design=design or RANDOMISED,
        arms=arms,
        reports={"smith-2020": report(own, numbers, **more)},
    )


def _found(data, measure="odds-ratio", **options):
    return kb.compare(base_of(data), "orr", measure=measure, **options).rows


def _pairs(data, measure="odds-ratio"):
    return [(row.arm, row.versus) for row in _found(data, measure)]


COUNTS = [(16, 52), (10, 50)]


@pytest.mark.parametrize("measure", list(COUNTED))
def test_numbers(measure):
    """Woolf, log-Wald and Newcombe, experimental over control, at the level that is asked for."""
    (row,) = _found(_trial(COUNTS), measure)
    direct = {
        "odds-ratio": kb.odds_ratio, "risk-ratio": kb.risk_ratio, "risk-difference": kb.risk_difference,
    }[measure](16, 52, 10, 50)  # fmt: skip
    factor = 100 if measure == "risk-difference" else 1
    expected = [factor * one for one in (direct.value, direct.low, direct.high)]
    assert pytest.approx(expected, rel=1e-9) == [float(row.value), float(row.low), float(row.high)]
    assert {
        "odds-ratio": "woolf", "risk-ratio": "log-wald", "risk-difference": "newcombe",
    }[measure] == row.interval_method  # fmt: skip
    narrow = _found(_trial(COUNTS), measure, level=50)[0]
    assert (95.0, 50.0) == (row.level, narrow.level)
    assert float(row.low) < float(narrow.low) < float(row.value)


def test_a_ratio_by_hand():
    """The odds ratio and its limits follow from the four cells."""
    (row,) = _found(_trial(COUNTS))
    ratio, se = 16 * 40 / (36 * 10), sqrt(1 / 16 + 1 / 36 + 1 / 10 + 1 / 40)
    assert pytest.approx(ratio) == float(row.value)
    assert pytest.approx(exp(log(ratio) - Z * se)) == float(row.low)


def test_what_a_computed_contrast_says():
    """It is said to be computed, has an address of its own, and no count, n or printed bound."""
    (row,) = _found(_trial(COUNTS, sets={"arm-0": {"line": "second"}}), "risk-difference")
    expected = {
        "address": "alpha/smith-2020/arm-0:arm-1/orr/risk-difference", "measure": "risk-difference",
        "arm": "arm-0", "versus": "arm-1", "set": "arm-0", "versus_set": "arm-1",
        "contrast_kind": "randomised", "unit": "percent", "events": None, "n": None,
        "events_source": "", "value_source": "computed", "interval_source": "computed",
        "interval_sides": "two", "printed_low": "", "printed_high": "", "printed_level": None,
        "primary": False, "id": "", "value_state": "", "low_state": "", "line": "second",
    }  # fmt: skip
    assert expected == {name: getattr(row, name) for name in expected}
    assert "" == _found(_trial(COUNTS))[0].unit


ARMS = {
    "one control": (_trial(COUNTS), ["arm-0"]),
    "control first": (_trial(COUNTS, ("control", "experimental")), ["arm-1"]),
    "no role beside a control": (_trial(COUNTS, (None, "control")), ["arm-0"]),
    "no control": (_trial(COUNTS, ("experimental", None)), []),
    "two controls": (_trial(COUNTS, ("control", "control")), []),
    "several arms": (
        _trial([*COUNTS, (9, 48)], ("experimental", "control", "experimental")),
        ["arm-0", "arm-2"],
    ),
    "two controls of three": (
        _trial([*COUNTS, (9, 48)], ("experimental", "control", "control")), [],
    ),
    "not to be compared": (_trial(COUNTS, design={**RANDOMISED, "comparative": False}), []),
    "said to be compared": (
        _trial(COUNTS, design={**RANDOMISED, "comparative": True}), ["arm-0"],
    ),
    "retrospective": (_trial(COUNTS, design={**RANDOMISED, "timing": "retrospective"}), []),
    "timing not stated": (_trial(COUNTS, design={**RANDOMISED, "timing": "not-stated"}), ["arm-0"]),
    "parallel cohorts": (
        _trial(COUNTS, design={"allocation": "parallel-cohorts", "timing": "prospective"}), [],
    ),
    "other denominators": (
        _trial(COUNTS, sets={"arm-0": {"population": "response-evaluable"}}), [],
    ),
    "the same denominators": (
        _trial(COUNTS, sets={name: {"population": "treated"} for name in ("arm-0", "arm-1")}),
        ["arm-0"],
    ),
    "a subgroup against a whole": (
        _trial(COUNTS, sets={"arm-0": {"subgroup": {"age": "old"}}}), [],
    ),
    "judged otherwise": (
        _trial(COUNTS, sets={"arm-0": {"assessment": {"assessor": "investigator"}}}), [],
    ),
    "judged as one says and the other does not": (
        _trial(COUNTS, sets={"arm-0": {"assessment": {"assessor": "not-stated"}}}), ["arm-0"],
    ),
    "without n": (_trial([(16, None), (10, 50)]), []),
}  # fmt: skip


@pytest.mark.parametrize("case", list(ARMS))
def test_which_arms(case):
    """Each arm against the only control, of one denominator, subgroup and way of judging."""
    data, arms = ARMS[case]
    control = next((a for a, one in data["arms"].items() if one.get("role") == "control"), "")
    assert [(one, control) for one in arms] == _pairs(data)


def test_sets_of_several_arms_and_other_reports():
    """A set of two arms is no arm, and numbers of two reports make no contrast."""
    both = _trial(COUNTS)
    sets = both["reports"]["smith-2020"]["analysis_sets"]
    sets["arm-0"] = analysis_set(["arm-0", "arm-1"], 52)
    assert [] == _pairs(both)
    apart = _trial(COUNTS)
    own = apart["reports"]["smith-2020"]
    apart["reports"]["late-2021"] = report(
        own["analysis_sets"], [own["estimates"].pop()], citation={"year": 2021}
    )
    assert [] == _pairs(apart)


def test_one_control_of_several_sets():
    """Where a report counts the control arm in two sets of one kind, nobody says which is meant."""
    data = _trial(COUNTS)
    (own,) = data["reports"].values()
    own["analysis_sets"]["again"] = analysis_set("arm-1", 48)
    assert [("arm-0", "arm-1")] == _pairs(data)
    own["estimates"].append(estimate(of="again", events=9))
    assert [] == _pairs(data)


def test_quantities_are_apart():
    """A rate within 16 weeks is not set against one that is not."""
    data = _trial(COUNTS)
    data["reports"]["smith-2020"]["estimates"][0]["by"] = {"weeks": 16}
    assert [] == _pairs(data)
    data["reports"]["smith-2020"]["estimates"][1]["by"] = {"days": 112}
    assert [("arm-0", "arm-1")] == _pairs(data)


def test_a_printed_contrast_stands():
    """A pair of arms of which a contrast is printed gets none from its counts; other pairs do."""
    three = _trial([*COUNTS, (9, 48)], ("experimental", "control", "experimental"))
    own = contrast(
        "arm-0", "arm-1", endpoint="orr", measure="odds-ratio", value="2.0",
        interval={"level": 95, "low": "0.7", "high": "5.0"},
    )  # fmt: skip
    three["reports"]["smith-2020"]["contrasts"] = [own]
    rows = _found(three)
    assert [("arm-0", "reported", "2.0"), ("arm-2", "computed", rows[1].value)] == [
        (row.arm, row.value_source, row.value) for row in rows
    ]
    assert ["computed", "computed"] == [row.value_source for row in _found(three, "risk-ratio")]
    assert 1 == len(_found(three, "all")) - 3
    turned = {**own, "experimental": "arm-1", "reference": "arm-0"}
    three["reports"]["smith-2020"]["contrasts"] = [turned]
    assert [("arm-1", "reported"), ("arm-2", "computed")] == [
        (row.arm, row.value_source) for row in _found(three)
    ]


@pytest.mark.parametrize("known", [0, 1, 2])
def test_reconstructed_counts_are_said(known):
    """A contrast of a count that is worked out from a percent says so."""
    data = _trial(COUNTS)
    for one, value in list(
        zip(data["reports"]["smith-2020"]["estimates"], ("30.8", "20"), strict=True)
    )[known:]:
        del one["events"]
        one["value"] = value
    (row,) = _found(data)
    assert ("reconstructed" if known < 2 else "") == row.events_source
    assert pytest.approx(16 * 40 / (36 * 10)) == float(row.value)


def test_computed_counts_are_said():
    """A contrast of a count that is a sum says how the sum follows; of a lower bound there is none."""
    data = _trial(COUNTS)
    numbers = data["reports"]["smith-2020"]["estimates"]
    numbers[:1] = [part("cr 6", set="arm-0"), part("pr 10", set="arm-0")]
    words = response_words()
    (row,) = kb.compare(base_of(data, vocabulary=words), "orr", measure="risk-ratio").rows
    assert "computed" == row.events_source
    assert "arm-0: CR 6 + PR 10" == row.formula
    assert pytest.approx(16 * 50 / (52 * 10)) == float(row.value)
    del numbers[0]
    assert () == kb.compare(base_of(data, vocabulary=words), "orr", measure="risk-ratio").rows


N = "not-estimable"
ZEROS = {
    # events of nobody or of all: value, low and high, as number or state
    ("odds-ratio", 0, 3): ("0", "0", N),
    ("odds-ratio", 3, 0): (N, "0", N),
    ("odds-ratio", 20, 3): (N, "0", N),
    ("odds-ratio", 3, 20): ("0", "0", N),
    ("odds-ratio", 0, 0): (N, "0", N),
    ("odds-ratio", 20, 20): (N, "0", N),
    ("risk-ratio", 0, 3): ("0", "0", N),
    ("risk-ratio", 3, 0): (N, "0", N),
    ("risk-ratio", 0, 0): (N, "0", N),
    ("risk-ratio", 20, 3): ("6.666666667", "number", "number"),
    ("risk-ratio", 3, 20): ("0.15", "number", "number"),
    ("risk-ratio", 20, 20): ("1", "1", "1"),
    ("risk-difference", 0, 3): ("-15", "number", "number"),
    ("risk-difference", 3, 0): ("15", "number", "number"),
    ("risk-difference", 20, 3): ("85", "number", "number"),
    ("risk-difference", 3, 20): ("-85", "number", "number"),
    ("risk-difference", 0, 0): ("0", "number", "number"),
}  # fmt: skip


@pytest.mark.parametrize(("measure", "one", "other"), list(ZEROS))
def test_zero_cells(measure, one, other):
    """Nothing is added to an empty cell: a ratio is 0 or not estimable, a difference a number."""
    (row,) = _found(_trial([(one, 20), (other, 20)]), measure)
    for name, expected in zip(("value", "low", "high"), ZEROS[measure, one, other], strict=True):
        text, state = getattr(row, name), getattr(row, f"{name}_state")
        if expected == N:
            assert ("", N) == (text, state), name
        elif expected == "number":
            assert "" == state, name
            assert abs(float(text)) < 1000, name
        else:
            assert (expected, "") == (text, state), name


def test_proportions_become_contrasts():
    """A comparison of proportions is turned into contrasts at its level, without its caveats."""
    found = kb.compare(base_of(_trial(COUNTS)), "orr", level=90)
    turned = of_counts(found, "risk-ratio")
    assert [("risk-ratio", 90.0, "computed")] == [
        (row.measure, row.level, row.value_source) for row in turned.rows
    ]
    assert ((), found.base, found.endpoints) == (turned.caveats, turned.base, turned.endpoints)


@pytest.mark.parametrize("measure", ["hazard-ratio", "proportion", "mean"])
def test_measures_that_counts_do_not_give(measure):
    """A hazard ratio does not follow from counts."""
    found = kb.compare(base_of(_trial(COUNTS)), "orr")
    said = f"counts give odds-ratio or risk-ratio or risk-difference, not '{measure}'"
    with pytest.raises(ValueError, match=said):
        of_counts(found, measure)
