"""What stands beside an experimental arm: its control arm and the contrasts with it."""

import json
from typing import Any

import pytest

import kb
from builders import analysis_set, arm, base_of, contrast, estimate, randomised, report, trial

NEW, OLD = (
    arm("doxorubicin", "anlotinib"),
    arm("doxorubicin", {"drug": "placebo", "role": "placebo"}),
)
BOTH = [estimate(of="one"), estimate(of="two", events=5)]
SETS = {"one": analysis_set("one"), "two": analysis_set("two")}


def _base(estimates=BOTH, sets=SETS, contrasts=(), reports=None, **more):
    """One randomised trial of doxorubicin + anlotinib against doxorubicin + placebo."""
    printed = {"smith-2020": report(sets, list(estimates), contrasts=list(contrasts))}
    return base_of(randomised("alpha", NEW, OLD, reports=printed | (reports or {}), **more))


def _beside(base, endpoint="orr", drug="anlotinib", **options):
    """The rows of a question that finds the experimental arm only, as (beside, arm, measure)."""
    found = kb.compare(base, endpoint, **({"drug": drug} if drug else {}), **options)
    return [(row.beside, row.arm, row.measure) for row in found.rows]


ANSWER = ("", "one", "proportion")
CONTROL = ("control", "two", "proportion")
DIFFERENCE = ("contrast", "one", "risk-difference")


def test_control_and_difference():
    """The control stands behind the arm, and a risk difference where no contrast is printed."""
    assert [ANSWER, CONTROL, DIFFERENCE] == _beside(_base())
    row = kb.compare(_base(), "orr", drug="anlotinib").rows[-1]
    direct = kb.risk_difference(10, 40, 5, 40)
    assert pytest.approx(100 * direct.value) == float(row.value)
    assert ("computed", "computed", "two") == (row.value_source, row.interval_source, row.versus)


@pytest.mark.parametrize(
    ("options", "rows"),
    [
        ({"controls": False}, [ANSWER]),
        ({"measure": "proportion"}, [ANSWER, CONTROL, DIFFERENCE]),
        ({"measure": "all"}, [ANSWER]),
        ({"measure": "risk-ratio"}, []),
        ({"reports": "all"}, [ANSWER, CONTROL, DIFFERENCE]),
        ({"drug": "doxorubicin"}, [ANSWER, DIFFERENCE, ("", "two", "proportion")]),
        ({"regimen_class": "single-agent-chemotherapy", "drug": None}, [("", "two", "proportion")]),
        ({"line": "second"}, []),
    ],
    ids=["no controls", "proportion", "all", "contrasts", "all reports", "both", "control", "none"],
)
def test_when(options, rows):
    """Only beside an experimental arm, once, and never where contrasts are the answer."""
    assert rows == _beside(_base(), **({"drug": "anlotinib"} | options))


@pytest.mark.parametrize(
    ("more", "rows"),
    [
        ({"design": {"allocation": "single-arm", "timing": "prospective"}}, [ANSWER]),
        (
            {"design": {"allocation": "randomised", "timing": "prospective", "comparative": False}},
            [ANSWER, CONTROL],
        ),
    ],
    ids=["single-arm", "not comparative"],
)
def test_designs(more, rows):
    """Arms that are not to be compared stand side by side without a computed contrast."""
    assert rows == _beside(_base(**more))


RATIO = contrast(endpoint="orr", measure="odds-ratio")
P_ALONE: dict[str, Any] = {
    "endpoint": "orr",
    "measure": "not-stated",
    "p": {"printed": ".04", "sides": "two"},
}


def _p_alone(**more):
    found = contrast(**P_ALONE, **more)
    del found["value"], found["interval"]
    return found


@pytest.mark.parametrize(
    ("contrasts", "measures"),
    [
        ([RATIO], ["odds-ratio"]),
        ([_p_alone()], ["not-stated", "risk-difference"]),
        ([RATIO | {"experimental": "two", "reference": "one"}], ["odds-ratio"]),
        ([RATIO | {"kind": "unadjusted"}], ["odds-ratio"]),
        ([RATIO | {"kind": "prognostic"}], ["risk-difference"]),
        ([RATIO | {"kind": "interaction"}], ["risk-difference"]),
        ([contrast()], ["risk-difference"]),
    ],
    ids=[
        "printed", "a p alone", "the other way round", "unadjusted", "prognostic", "interaction",
        "another endpoint",
    ],
)  # fmt: skip
def test_contrasts(contrasts, measures):
    """Printed contrasts of the two arms; a difference is computed where none has a value."""
    found = kb.compare(_base(contrasts=contrasts), "orr", drug="anlotinib").rows
    assert measures == [row.measure for row in found if row.beside == "contrast"]
    assert [] == [row for row in found if row.beside not in ("", "control", "contrast")]


SUBGROUP: dict[str, Any] = {"subgroup": {"histology": ["liposarcoma"]}, "of": "one"}


@pytest.mark.parametrize(
    ("sets", "contrasts", "theirs"),
    [
        ({}, (), []),
        ({"part-two": analysis_set("two", **(SUBGROUP | {"of": "two"}))}, (), ["part-two"]),
        (
            {
                "part-two": analysis_set("two", **(SUBGROUP | {"of": "two"})),
                "evaluable": analysis_set(
                    "two", **(SUBGROUP | {"of": "two", "population": "response-evaluable"})
                ),
            },
            (), ["part-two"],
        ),
        (
            {
                "evaluable": analysis_set(
                    "two", **(SUBGROUP | {"of": "two", "population": "response-evaluable"})
                ),
            },
            (), ["evaluable"],
        ),
        (
            {"others": analysis_set("two", of="two", subgroup={"other": ["fat"]})},
            [RATIO | {"experimental": "part", "reference": "others"}], ["others"],
        ),
    ],
    ids=["none", "the same", "the same kind of set", "another kind of set", "by a contrast"],
)  # fmt: skip
def test_subgroups(sets, contrasts, theirs):
    """A subgroup meets the set of its contrast, else the same subgroup of the control, else none."""
    every = {**SETS, "part": analysis_set("one", **SUBGROUP), **sets}
    numbers = [estimate(of=name) for name in ("part", "two", *sets)]
    base = _base(numbers, every, contrasts)
    found = kb.compare(base, "orr", drug="anlotinib", histology="liposarcoma").rows
    assert theirs == [row.set for row in found if row.beside == "control"]


def test_same_report():
    """The control is of the report that is shown, though another one prints it as well."""
    later = report(SETS, [estimate(of="one", events=12)], citation={"title": "B", "year": 2022})
    base = _base(reports={"jones-2022": later})
    found = kb.compare(base, "orr", drug="anlotinib")
    assert [("jones-2022", "")] == [(row.report, row.beside) for row in found.rows]
    both = report(
        SETS,
        [estimate(of="one", events=12), estimate(of="two")],
        citation={"title": "B", "year": 2022},
    )
    found = kb.compare(_base(reports={"jones-2022": both}), "orr", drug="anlotinib")
    assert {"jones-2022"} == {row.report for row in found.rows}
    assert ["", "control", "contrast"] == [row.beside for row in found.rows]


def test_contrast_of_another_report():
    """A contrast that the report shown does not print is taken from the newest that does."""
    old = report(SETS, [], contrasts=[contrast(value="0.9")], citation={"title": "A", "year": 2018})
    base = _base([estimate("pfs")], reports={"jones-2018": old})
    found = kb.compare(base, "pfs", drug="anlotinib").rows
    assert [("", "smith-2020"), ("contrast", "jones-2018")] == [(r.beside, r.report) for r in found]
    base = _base([estimate("pfs")], contrasts=[contrast()], reports={"jones-2018": old})
    found = kb.compare(base, "pfs", drug="anlotinib").rows
    assert [("", "smith-2020"), ("contrast", "smith-2020")] == [(r.beside, r.report) for r in found]
    assert 3 == len(kb.compare(base, "pfs", drug="anlotinib", reports="all").rows)


@pytest.mark.parametrize(("measure", "ratios"), [(None, 1), ("proportion", 0)])
def test_contrast_of_an_endpoint_without_an_answer(measure, ratios):
    """A ratio stands beside an arm that answers otherwise, unless a measure was asked for."""
    base = _base([estimate()], contrasts=[contrast()])
    found = kb.compare(base, "orr,pfs", drug="anlotinib", measure=measure).rows
    assert ratios == len([row for row in found if row.beside])


def test_contrasts_meet_the_filters_of_sets():
    """A contrast of a report outside the years that were asked for does not stand beside."""
    old = report(SETS, [], contrasts=[contrast(value="0.9")], citation={"title": "A", "year": 2018})
    base = _base([estimate("pfs")], reports={"jones-2018": old})
    assert [("", "one", "median")] == _beside(base, "pfs", year=2020)


def test_judged_alike():
    """A number by central review meets the control's by central review, not by investigators."""
    by: dict[str, Any] = {"investigator": {"assessor": "investigator"}, "silent": {}}
    numbers = [
        estimate(of=of, id=name, events=10 + place, **({"assessment": one} if one else {}))
        for of in ("one", "two")
        for place, (name, one) in enumerate(by.items())
    ]
    other = estimate(of="two", id="other", events=1, by={"weeks": "6"})
    found = kb.compare(_base([*numbers, other]), "orr", drug="anlotinib").rows
    theirs = [row.id for row in found if row.beside == "control"]
    assert ["investigator", "silent"] == theirs


def test_a_shared_control_stands_once():
    """Two experimental arms share a control: it stands behind the first, contrasts behind each."""
    sets = {name: analysis_set(name) for name in ("one", "other", "two")}
    printed = report(
        sets,
        [estimate("pfs", of=name) for name in sets],
        contrasts=[contrast("one", "two"), contrast("other", "two")],
    )
    arms = {
        "one": {**NEW, "role": "experimental"},
        "other": {**arm("anlotinib"), "role": "experimental"},
        "two": {**OLD, "role": "control"},
    }
    base = base_of(randomised("alpha", NEW, OLD, arms=arms, reports={"smith-2020": printed}))
    expected = [
        ("", "one", "median"), ("control", "two", "median"), ("contrast", "one", "hazard-ratio"),
        ("", "other", "median"), ("contrast", "other", "hazard-ratio"),
    ]  # fmt: skip
    assert expected == _beside(base, "pfs")


def test_one_row_per_trial_keeps_its_control():
    """A control that the filters find too stands beside the one row of its trial, once."""
    found = kb.compare(_base(), "orr", one_per_trial=True)
    rows = [(row.beside, row.arm, row.measure) for row in found.rows]
    assert [ANSWER, CONTROL, DIFFERENCE] == rows
    assert () == found.set_aside


def test_arms_found_together():
    """Arms that are no control of each other show the contrast between them, if both were found."""
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    printed = report(sets, [estimate("pfs"), estimate("pfs", of="two")], contrasts=[contrast()])
    arms = {"one": {**NEW, "role": "experimental"}, "two": {**OLD, "role": "experimental"}}
    base = base_of(randomised("alpha", NEW, OLD, arms=arms, reports={"smith-2020": printed}))
    assert [("", "one", "median")] == _beside(base, "pfs")
    assert 3 == len(_beside(base, "pfs", drug=None))


def test_a_set_of_several_arms():
    """A set over experimental arms of one control meets it; one that holds the control does not."""
    sets = {
        "both": analysis_set(["one", "other"]),
        "all": analysis_set(["one", "two"]),
        "two": analysis_set("two"),
    }
    printed = report(sets, [estimate("pfs", of=name) for name in sets])
    arms = {
        "one": {**NEW, "role": "experimental"},
        "other": {**arm("anlotinib"), "role": "experimental"},
        "two": {**OLD, "role": "control"},
    }
    base = base_of(randomised("alpha", NEW, OLD, arms=arms, reports={"smith-2020": printed}))
    expected = [
        ("", "one;other", "median"),
        ("control", "two", "median"),
        ("", "one;two", "median"),
    ]
    assert expected == _beside(base, "pfs")


def test_nothing_beside_is_counted():
    """What stands beside is no answer: pooling, contrasts of counts and differences leave it out."""
    base = base_of(
        randomised("alpha", NEW, OLD, reports={"smith-2020": report(SETS, BOTH)}),
        trial("beta", arms={"one": NEW}),
    )
    found = kb.compare(base, "orr", drug="anlotinib")
    assert (4, 2) == (len(found.rows), len(found.answers))
    assert 2 == kb.pool(found).k
    assert [("alpha", "beta")] == [
        (one.one.trial, one.other.trial) for one in kb.across(found).differences
    ]


def test_caveats_are_of_answers():
    """A control in another set or with another interval makes no difference between answers."""
    sets = {"one": analysis_set("one"), "two": analysis_set("two", population="treated")}
    base = base_of(
        randomised("alpha", NEW, OLD, reports={"smith-2020": report(sets, BOTH)}),
        randomised("beta", NEW, OLD, reports={"smith-2020": report(sets, BOTH)}),
    )
    found = kb.compare(base, "orr", drug="anlotinib")
    assert "control" in {row.beside for row in found.rows}
    assert "analysis-sets-differ" not in {one.rule for one in found.caveats}


def test_what_is_drawn(tmp_path):
    """A forest of a comparison draws its answers; rows beside would share no axis with them."""
    found = kb.compare(_base(), "orr", drug="anlotinib")
    drawn = kb.forest(found, tmp_path / "forest.svg").read_text(encoding="utf-8")
    alone = kb.forest(
        kb.compare(_base(), "orr", drug="anlotinib", controls=False), tmp_path / "alone.svg"
    )
    assert alone.read_text(encoding="utf-8").count("<use ") == drawn.count("<use ")


def test_files_carry_what_stands_beside(tmp_path):
    """A file of rows has them all, each with its mark."""
    path = tmp_path / "rows.json"
    kb.export(kb.compare(_base(), "orr", drug="anlotinib"), path)
    rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
    assert ["", "control", "contrast"] == [row["beside"] for row in rows]


def test_a_base_is_exported_once():
    """The estimates of a base are its printed numbers: nothing stands beside them."""
    from kb.exporters.estimates import estimates

    assert {""} == {row.beside for row in estimates(_base(contrasts=[RATIO])).rows}
