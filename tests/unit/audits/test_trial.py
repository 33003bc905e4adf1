"""What of a record the rules about numbers look at: harms, baseline, flow, further intervals, plans."""

import pytest

from builders import analysis_set, arm, base_of, contrast, randomised, report, trial
from kb.audits.trial import planned_sizes, study_of

FEMALE = {"characteristic": "sex", "category": "female"}
FATIGUE = {"event": "fatigue"}


def _study(*, n=40, approximation=None, **more):
    """The study of a record of a set of forty patients."""
    about = {} if approximation is None else {"approximation": approximation}
    sets = {"one": analysis_set("one", n, **about), "small": analysis_set("one", 10)}
    base = base_of(trial(reports={"smith-2020": report(sets, [], **more)}))
    return study_of(base["alpha"], base.vocabulary)


@pytest.mark.parametrize(
    ("kind", "entry", "expected"),
    [
        ("harms", {**FATIGUE, "set": "one", "events": 4, "value": "10"}, ("fatigue", 4, 40, "10")),
        ("harms", {**FATIGUE, "set": "one", "grade": "3-4", "value": "10"}, ("fatigue (grade 3-4)", None, 40, "10")),
        ("harms", {**FATIGUE, "set": "small", "value": "10"}, ("fatigue", None, 10, "10")),
        ("harms", {**FATIGUE, "set": "one", "events": 4}, None),
        ("harms", {**FATIGUE, "set": "one", "value": "not-given"}, None),
        ("harms", {**FATIGUE, "value": "10"}, None),
        ("baseline", {**FEMALE, "set": "one", "count": 20, "value": "50"}, ("sex female", 20, 40, "50")),
        ("baseline", {**FEMALE, "set": "one", "value": "50", "unit": "years"}, None),
        ("baseline", {**FEMALE, "set": "one", "value": "50", "measure": "median"}, None),
        ("baseline", {"characteristic": "age", "set": "one", "value": "50"}, None),
        ("flow", {"step": "discontinued", "set": "one", "count": 8, "value": "20"}, ("discontinued", 8, 40, "20")),
        ("flow", {"step": "discontinued", "set": "one", "count": 8, "of": 30, "value": "27"}, ("discontinued", 8, 30, "27")),
        ("flow", {"step": "discontinued", "count": 8, "of": 30, "value": "27"}, ("discontinued", 8, 30, "27")),
        ("flow", {"step": "other", "what": "death", "set": "one", "value": "20"}, ("death", None, 40, "20")),
    ],
)  # fmt: skip
def test_shares(kind, entry, expected):
    """A count or percent that is no estimate is judged where its n is known and a percent printed."""
    found = [
        (one.endpoint, one.events, one.n, one.value)
        for one in _study(**{kind: [{"locator": "p1", **entry}]}).shares
    ]
    assert ([] if expected is None else [expected]) == found


def test_shares_of_about_n():
    """The share of a set whose n is printed as about is not judged, unless its own n is printed."""
    harm = {**FATIGUE, "set": "one", "events": 4, "value": "10", "locator": "p1"}
    step = {"step": "discontinued", "set": "one", "of": 30, "value": "20", "locator": "p1"}
    found = _study(approximation="about", harms=[harm], flow=[step]).shares
    assert ["discontinued"] == [one.endpoint for one in found]


@pytest.mark.parametrize(
    ("planned", "design", "expected"),
    [
        (["one 40"], None, {"one": 40}),
        (["one 40", "one 30"], None, {"one": 40}),
        (["one 30", "one 40"], "50", {"one": 40}),
        ([], "50", {"one": 50}),
        ([], "about 50", {}),
        ([], None, {}),
        (["one 0"], "50", {"one": 50}),
        (["one 40 about"], None, {}),
    ],
)
def test_planned_sizes(planned, design, expected):
    """An arm's plan is the largest that is printed for it; the design's is that of an only arm."""
    flow = []
    for one in planned:
        name, count, *about = one.split()
        more = {"approximation": about[0]} if about else {}
        flow.append({"arm": name, "step": "planned", "count": int(count), "locator": "p1", **more})
    given = {"allocation": "single-arm", "timing": "prospective"}
    given |= {} if design is None else {"planned_n": design}
    base = base_of(trial(design=given, reports={"smith-2020": report(flow=flow)}))
    assert expected == planned_sizes(base["alpha"])


def test_planned_size_of_two_arms():
    """The plan of a trial of two arms is not that of either."""
    design = {"allocation": "parallel-cohorts", "timing": "prospective", "planned_n": "50"}
    base = base_of(randomised("alpha", arm("doxorubicin"), arm("ifosfamide"), design=design))
    assert {} == planned_sizes(base["alpha"])


def test_further_interval():
    """Another interval of a number is a row of its own, with its level and without the p-value."""
    also = [
        {"level": 90, "low": "0.63", "high": "1.02", "method": "profile"},
        {"level": "not-stated", "low": "0.6", "high": "not-reached"},
        {"level": 97.5, "sides": "upper", "high": "1.1"},
    ]
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    own = report(sets, [], contrasts=[contrast(p=".13", also=also)])
    arms = arm("doxorubicin"), arm("ifosfamide")
    base = base_of(randomised("alpha", *arms, reports={"smith-2020": own}))
    assert [
        ("0.60", "1.07", 95, "two", "", ".13"),
        ("0.63", "1.02", 90, "two", "profile", ""),
        ("0.6", "", None, "two", "", ""),
        ("", "1.1", 97.5, "upper", "", ""),
    ] == [
        (row.low, row.high, row.level, row.interval_sides, row.interval_method, row.p)
        for row in study_of(base["alpha"], base.vocabulary).rows
    ]
