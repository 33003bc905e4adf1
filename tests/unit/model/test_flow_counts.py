"""Patients counted step by step: which entries are plain counts of an arm or of all arms."""

import pytest

from builders import analysis_set, arm, base_of, report, trial
from kb.model.flow_counts import allocated, step_counts

SETS = {
    "one": analysis_set("one", None),
    "both": analysis_set(["one", "two"], None),
    "every": analysis_set(["three", "two", "one"], None),
    "part": analysis_set("one", None, of="one"),
    "old": analysis_set("one", None, subgroup={"age": "over 65"}),
}


def _report(*entries):
    flow = [{"step": "enrolled", "count": 40, "locator": "p1", **one} for one in entries]
    arms = {name: arm("doxorubicin") for name in ("one", "two", "three")}
    own = report(SETS, [], flow=[{k: v for k, v in one.items() if v is not None} for one in flow])
    read = base_of(trial(arms=arms, reports={"smith-2020": own}))["alpha"]
    return read, read.reports["smith-2020"]


@pytest.mark.parametrize(
    ("entry", "counted"),
    [
        ({}, {"": 40}),
        ({"arm": "one"}, {"one": 40}),
        ({"arms": ["one", "two", "three"]}, {"": 40}),
        ({"arms": ["one", "two"]}, {}),
        ({"arms": ["two"]}, {"two": 40}),
        ({"set": "one"}, {"one": 40}),
        ({"set": "every"}, {"": 40}),
        ({"set": "both"}, {}),
        ({"set": "part"}, {}),
        ({"set": "old"}, {}),
        ({"arm": "one", "count": 0}, {"one": 0}),
        ({"arm": "one", "count": None, "value": "50"}, {}),
        ({"arm": "one", "approximation": "about"}, {}),
        ({"arm": "one", "at": {"months": 6}}, {}),
        ({"arm": "one", "what": "surgery"}, {}),
        ({"arm": "one", "of": 52}, {}),
    ],
)
def test_what_counts(entry, counted):
    """A plain count of an arm, or of all arms together; nothing that is more narrowly said."""
    assert counted == step_counts(*_report(entry)).get("enrolled", {})


def test_the_first_of_two_counts():
    """Of two counts of one step and arm the first stands; steps are apart."""
    own = _report(
        {"arm": "one"}, {"arm": "one", "count": 39}, {"arm": "one", "step": "treated", "count": 38}
    )
    assert {"enrolled": {"one": 40}, "treated": {"one": 38}} == step_counts(*own)


@pytest.mark.parametrize(
    ("entries", "patients"),
    [
        ([{"arm": "one"}], {"one": 40}),
        ([{"arm": "one"}, {"arm": "one", "step": "randomised", "count": 41}], {"one": 41}),
        ([{"arm": "one"}, {"arm": "one", "step": "randomised", "count": 39}], {"one": 40}),
        ([{"arm": "one", "count": 0}], {"one": 0}),
        ([{"arm": "one", "step": "treated"}], {}),
        ([{}], {}),
        ([{"set": "every"}, {"arm": "two", "count": 20}], {"two": 20}),
    ],
)
def test_allocated(entries, patients):
    """The larger of those randomised and enrolled, of single arms only."""
    assert patients == allocated(*_report(*entries))
