"""Patients are counted once: per arm, per part, per group of trials that share them."""

import pytest

from builders import analysis_set, arm, base_of, estimate, report, trial
from kb.graphs.patients import largest_n, patients_of, patients_of_all

ARMS = {
    "one": arm("doxorubicin"),
    "two": arm("ifosfamide"),
    "more": {**arm("anlotinib"), "part": "expansion"},
}


def _trial(sets, flow=()):
    body = {**report(sets, [estimate(of=next(iter(sets)), events=1)]), "flow": list(flow)}
    return base_of(trial("alpha", arms=ARMS, reports={"smith-2020": body}))["alpha"]


def _counted(sets, flow=()):
    found = _trial(sets, flow)
    return patients_of(found, [one for _, _, one in found.each_set()])


@pytest.mark.parametrize(
    ("sets", "patients"),
    [
        ({"a": analysis_set("one", 40), "b": analysis_set("one", 35)}, 40),
        ({"a": analysis_set("one", 40), "b": analysis_set("two", 35)}, 75),
        ({"a": analysis_set("one", 40), "b": analysis_set("more", 30)}, 40),
        ({"a": analysis_set("one", 20), "b": analysis_set("more", 30)}, 30),
        ({"a": analysis_set(["one", "two"], 90), "b": analysis_set("one", 40)}, 90),
        ({"a": analysis_set(["one", "two"], 30), "b": analysis_set("one", 40)}, 40),
        ({"a": analysis_set("one", None)}, None),
        ({"a": analysis_set(["one", "two"], None)}, None),
    ],
    ids=[
        "one arm twice", "two arms", "two parts", "the larger part", "arms together",
        "arms together but fewer", "nothing printed", "nothing printed of several",
    ],
)  # fmt: skip
def test_patients_of_a_trial(sets, patients):
    """The largest n per arm counts; arms of a part are summed, parts and reports are not."""
    assert patients == _counted(sets)


def test_whole_arm_without_n():
    """Where a set of a whole arm prints no n, the largest that is printed for the arm stands in."""
    flow = [{"arm": "one", "step": "randomised", "count": 44, "locator": "p1"}]
    assert 44 == _counted({"a": analysis_set("one", None)}, flow)


def test_subgroup_without_n():
    """The size of an arm says nothing of a subgroup that prints no n."""
    found = _trial(
        {
            "a": analysis_set("one", 40),
            "b": analysis_set("one", None, subgroup={"histology": "leiomyosarcoma"}, of="a"),
        }
    )
    assert patients_of(found, [found.reports["smith-2020"].analysis_sets["b"]]) is None


def test_planned_patients_are_nobody():
    """Planned and screened patients are not in the arm."""
    flow = [{"arm": "one", "step": "planned", "count": 100, "locator": "p1"}]
    assert 40 == largest_n(_trial({"a": analysis_set("one", 40)}, flow), "one")
    assert largest_n(_trial({"a": analysis_set("one", 40)}), "two") is None


def test_trials_that_share_patients_count_once():
    """Of trials linked by overlaps the largest counts, also through a third; others are summed."""
    sizes = {"a": 10, "b": 30, "c": 20, "d": 5}
    assert 65 == patients_of_all(sizes, [])
    assert 35 == patients_of_all(sizes, [frozenset("ab"), frozenset("bc")])
    assert 55 == patients_of_all(sizes, [frozenset("ab"), frozenset({"b", "elsewhere"})])
    assert 0 == patients_of_all({}, [])
