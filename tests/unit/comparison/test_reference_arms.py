"""Which arm is set against which, and what it was."""

import pytest

from builders import VOCABULARY, analysis_set, arm, base_of, contrast, estimate, report, trial
from kb.comparison.reference_arms import crossover_allowed, given, reference_arms

RANDOMISED = {"allocation": "randomised", "timing": "prospective"}


def _trial(arms, pairs=(), design=None, kind="randomised"):
    """A trial of arms as `name: (role, part)`, with a contrast of each pair of arms."""
    made = {}
    for name, (role, part) in arms.items():
        words = {"role": role, "part": part}
        made[name] = arm("doxorubicin", **{key: one for key, one in words.items() if one})
    sets = {name: analysis_set(name) for name in arms}
    numbers = [estimate(of=next(iter(arms)))]
    ratios = [contrast(one, two, kind=kind, id=f"{one}-{two}") for one, two in pairs]
    return base_of(
        trial(
            design=design or RANDOMISED,
            arms=made,
            reports={"smith-2020": report(sets, numbers, contrasts=ratios)},
        )
    )["alpha"]


NEW, OLD = ("experimental", None), ("control", None)
BARE = (None, None)


@pytest.mark.parametrize(
    ("arms", "pairs", "found"),
    [
        ({"a": NEW, "c": OLD}, (), {"a": "c"}),
        ({"a": BARE, "c": OLD}, (), {"a": "c"}),
        ({"a": NEW, "b": NEW, "c": OLD}, (), {"a": "c", "b": "c"}),
        ({"a": NEW, "b": NEW}, (), {}),
        ({"a": NEW, "b": NEW}, [("a", "b")], {}),
        (
            {
                "a": ("experimental", "naive"), "c": ("control", "naive"),
                "b": ("experimental", "pretreated"), "d": ("control", "pretreated"),
            },
            (), {"a": "c", "b": "d"},
        ),
        ({"a": NEW, "c": OLD, "single": (None, "phase-1")}, (), {"a": "c"}),
        ({"a": NEW, "c": OLD}, [("c", "a")], {"a": "c"}),
        ({"a": BARE, "b": BARE, "d": BARE}, [("a", "b")], {"a": "b"}),
        ({"a": BARE, "b": BARE, "d": BARE}, [("a", "b"), ("a", "d")], {}),
        ({"a": NEW, "c": OLD, "d": OLD}, (), {}),
        ({"a": NEW, "c": OLD, "d": OLD}, [("a", "d")], {"a": "d"}),
        ({"a": NEW, "c": OLD, "d": OLD}, [("a", "c"), ("a", "d")], {}),
    ],
    ids=[
        "a control", "a role on one side", "two experimental arms", "no control",
        "roles go before contrasts", "strata", "a part of one arm", "printed the other way round",
        "no roles", "several partners", "two controls", "two controls and a contrast",
        "two controls and two contrasts",
    ],
)  # fmt: skip
def test_reference_arms(arms, pairs, found):
    """The control of the same part; without any role the partner of a randomised contrast."""
    assert found == reference_arms(_trial(arms, pairs))


@pytest.mark.parametrize(
    ("design", "by_role", "by_contrast"),
    [
        ({}, {"a": "b"}, {"a": "b"}),
        ({"comparative": False}, {"a": "b"}, {}),
        ({"allocation": "single-arm"}, {}, {}),
        ({"allocation": "parallel-cohorts"}, {}, {}),
    ],
)
def test_designs(design, by_role, by_contrast):
    """Arms that are not to be compared have a reference by role alone; others only if allocated."""
    made = {**RANDOMISED, **design}
    assert by_role == reference_arms(_trial({"a": NEW, "b": OLD}, design=made))
    kind = "randomised" if by_contrast else "unadjusted"
    bare = _trial({"a": BARE, "b": BARE}, [("a", "b")], made, kind)
    assert by_contrast == reference_arms(bare)


def test_contrasts_of_several_arms():
    """A contrast of pooled arms names no partner."""
    sets = {"both": analysis_set(["a", "b"]), "c": analysis_set("c")}
    printed = report(sets, [estimate(of="c")], contrasts=[contrast("both", "c")])
    arms = {name: arm("doxorubicin") for name in "abc"}
    base = base_of(trial(design=RANDOMISED, arms=arms, reports={"smith-2020": printed}))
    assert {} == reference_arms(base["alpha"])


PLACEBO = {"drug": "placebo", "role": "placebo"}
G_CSF = {"drug": "pegfilgrastim", "role": "supportive"}
CHOICE = {"one_of": [[{"drug": "doxorubicin"}], [{"drug": "ifosfamide"}]]}


@pytest.mark.parametrize(
    ("parts", "name", "words"),
    [
        (["doxorubicin", PLACEBO], "Control", "doxorubicin + placebo"),
        ([PLACEBO, "doxorubicin", G_CSF], "Control", "placebo + doxorubicin"),
        (["doxorubicin", "doxorubicin"], "Control", "doxorubicin"),
        ([PLACEBO], "Placebo", "placebo"),
        ([G_CSF], "Best supportive care", "best supportive care"),
        ([G_CSF], "BSC alone", "BSC alone"),
        ([CHOICE], "Investigator's choice", "investigator's choice"),
    ],
)
def test_given(parts, name, words):
    """Drugs and placebo in the order of the record; without an active drug, or of a choice, a name."""
    base = base_of(trial(arms={"one": {**arm(*parts), "name": name}}))
    assert words == given(base["alpha"], "one", base.vocabulary)


@pytest.mark.parametrize(("crossover", "said"), [(True, True), (False, False), (None, False)])
def test_crossover(crossover, said):
    """Crossover is allowed where it is printed so, also of a regimen that is another arm's."""
    one = arm("doxorubicin")
    if crossover is not None:
        one["regimen"]["crossover"] = crossover
    two = {"name": "The same", "regimen": {"same_as": "one"}}
    found = base_of(trial(arms={"one": one, "two": two}), vocabulary=VOCABULARY)["alpha"]
    assert [said, said] == [crossover_allowed(found, name) for name in ("one", "two")]
