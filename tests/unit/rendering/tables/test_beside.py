"""How a table shows what stands beside an arm: control lines, contrast lines, marks and doses."""

from typing import Any

import pytest

import kb
from builders import analysis_set, arm, base_of, contrast, estimate, randomised, report, trial
from kb.rendering.tables.comparison import table_of

PLACEBO = {"drug": "placebo", "role": "placebo"}
DOSED = {"drug": "doxorubicin", "dose": {"amount": "75", "unit": "mg", "per": "m2"}, "days": ["1"]}
NEW, OLD = arm(DOSED, "anlotinib"), arm(DOSED, PLACEBO)
SETS = {"one": analysis_set("one"), "two": analysis_set("two", n=38)}
RATIO = contrast(p={"printed": ".58", "sides": "two"})


def _base(contrasts=(RATIO,), sets=SETS, numbers=None, **more):
    found = numbers or [estimate("pfs"), estimate("pfs", of="two", value="4.0")]
    printed = report(sets, found, contrasts=list(contrasts))
    return base_of(
        randomised("alpha", NEW, OLD, reports={"smith-2020": printed}, acronym="LMS-4", **more)
    )


def _table(base, endpoint="pfs", **options):
    return table_of(kb.compare(base, endpoint, **options))


def _lines(base, endpoint="pfs", **options):
    """Label, n and first cell of each line."""
    return [tuple(line[:3]) for line in _table(base, endpoint, **options).lines]


def test_control_and_contrast_under_their_arm():
    """One section: the arm, its control by what it was given, the contrast without an n."""
    table = _table(_base(), drug="anlotinib")
    assert 1 == len(table.sections)
    assert [
        ("intention to treat", "40", "6.0 mo"),
        ("control: doxorubicin + placebo\nintention to treat", "38", "4.0 mo"),
        ("v control", "", "HR: 0.80; P = .58\n0.60–1.07"),
    ] == [tuple(line[:3]) for line in table.lines]
    assert table.title.endswith("1 trial, 1 analysis set")


def test_contrast_of_arms_that_were_both_found():
    """Each arm has its section; the control says whose it is, and is not repeated."""
    table = _table(_base())
    assert ["v control"] == [one[0] for one in table.lines if one[0].startswith("v ")]
    assert [1, 0] == [one.heading.count("control arm of") for one in reversed(table.sections)]
    assert table.sections[1].heading.endswith("· control arm of LMS-4")


def test_the_acronym_of_a_control_arm():
    """A trial without an acronym goes by its id."""
    base = base_of(randomised("alpha", NEW, OLD))
    assert _table(base, "orr").sections[1].heading.endswith("· control arm of alpha")


@pytest.mark.parametrize(
    ("ratio", "roles", "label"),
    [
        (contrast("one", "two"), ("experimental", "control"), "v control"),
        (contrast("two", "one"), ("experimental", "control"), "control v doxorubicin + anlotinib"),
        (contrast("one", "two"), (None, None), "v doxorubicin + placebo"),
    ],
    ids=["as printed", "the other way round", "no roles"],
)
def test_label_of_a_contrast(ratio, roles, label):
    """A contrast names what the arm is set against, and the printed direction where it is another."""
    arms = {
        name: {**one, **({"role": role} if role else {})}
        for name, one, role in zip(("one", "two"), (NEW, OLD), roles, strict=True)
    }
    assert label == _lines(_base([ratio], arms=arms), drug="anlotinib")[-1][0]


def test_control_that_is_not_to_be_compared():
    """The line of the control says that it was not meant to be compared."""
    design = {"allocation": "randomised", "timing": "prospective", "comparative": False}
    lines = _lines(_base((), design=design), drug="anlotinib")
    said = "control: doxorubicin + placebo; randomised, not to be compared\nintention to treat"
    assert [said] == [label for label, _, _ in lines if label.startswith("control")]


def test_order_of_subgroups():
    """The whole arm with its control comes first, then each subgroup with its own control."""
    part: dict[str, Any] = {"subgroup": {"histology": ["liposarcoma"]}, "n": 20}
    young: dict[str, Any] = {"subgroup": {"age": ["under 40"]}, "n": 20}
    sets = {
        "young": analysis_set("one", of="one", **young), **SETS,
        "part": analysis_set("one", of="one", **part),
        "part-two": analysis_set("two", of="two", **part),
        "young-two": analysis_set("two", of="two", **young),
    }  # fmt: skip
    numbers = [estimate("pfs", of=name) for name in sets]
    assert [
        "intention to treat", "control: doxorubicin + placebo\nintention to treat", "v control",
        "└ under 40", "└ control: doxorubicin + placebo\nunder 40",
        "└ Liposarcoma", "└ control: doxorubicin + placebo\nLiposarcoma",
    ] == [one[0] for one in _lines(_base(sets=sets, numbers=numbers), drug="anlotinib")]  # fmt: skip


def test_mixed_histologies_are_marked():
    """A line of more histologies than the one asked for says how many patients are of it."""
    mixed = {
        "histologies": ["leiomyosarcoma", "liposarcoma"],
        "line": "first",
        "from": "smith-2020",
    }
    nine = {
        "set": "one", "characteristic": "histology", "category": "liposarcoma", "count": 9,
        "locator": "p1",
    }  # fmt: skip
    base = base_of(trial(population=mixed, reports={"smith-2020": report(baseline=[nine])}))
    label, n, _ = _lines(base, "orr", histology="liposarcoma")[0]
    said = "intention to treat\n9 of 40 liposarcoma"
    assert (f"{said}, no number of their own", "40") == (label, n)
    assert "intention to treat" == _lines(base, "orr")[0][0]
    part = analysis_set(n=9, of="one", subgroup={"histology": ["liposarcoma"]})
    both = report({"one": analysis_set(), "part": part}, [estimate(), estimate(of="part", events=2)],
                  baseline=[nine])  # fmt: skip
    base = base_of(trial(population=mixed, reports={"smith-2020": both}))
    assert [said, "└ Liposarcoma"] == [
        line[0] for line in _lines(base, "orr", histology="liposarcoma")
    ]


def test_doses_on_request():
    """Doses, days and cycles stand under the heading of the arm, those of its control marked."""
    assert "\n" not in _table(_base(), drug="anlotinib").sections[0].heading
    heading = _table(_base(), drug="anlotinib", doses=True).sections[0].heading.split("\n")
    assert [
        "  doxorubicin 75 mg/m2, day 1", "  anlotinib, dose not stated",
        "  control: doxorubicin 75 mg/m2, day 1", "  control: placebo (placebo)",
    ] == heading[1:]  # fmt: skip


def test_doses_of_phases_and_of_several_arms():
    """A phase says its cycles, a choice its alternatives; an arm of a set over several is named."""
    phases = [{"phase": "induction", "cycles": "6", "components": [{"drug": "doxorubicin"}]}]
    two = {**arm("ifosfamide"), "regimen": {"from": "smith-2020", "phases": phases}}
    sets = {"both": analysis_set(["one", "two"])}
    base = base_of(
        trial(
            arms={"one": arm({"one_of": [[DOSED], [{"drug": "ifosfamide"}]]}), "two": two},
            reports={"smith-2020": report(sets, [estimate(of="both")])},
        )
    )
    heading = _table(base, "orr", doses=True).sections[0].heading.split("\n")
    assert [
        "  one: one of doxorubicin 75 mg/m2, day 1", "  one: or ifosfamide",
        "  two: induction: cycles 6", "  two: doxorubicin, dose not stated",
    ] == heading[1:]  # fmt: skip


def test_an_empty_comparison_says_why():
    """A comparison without a row has the reason as its note."""
    table = _table(_base(), measure="proportion")
    assert [
        (
            "No row answers",
            ("pfs has 2 medians and 1 hazard ratio here, no proportion: add --measure median",),
        )
    ] == [(note.heading, note.lines) for note in table.notes]


def test_doses_of_a_table_of_ones_own(tmp_path):
    """A table of one's own has no doses, and a control of it is not known."""
    path = tmp_path / "own.csv"
    path.write_text("study,arm,endpoint,events,n\nA,doxorubicin,orr,3,10\n", encoding="utf-8")
    (section,) = _table(kb.table(path), "orr", doses=True).sections
    assert "\n" not in section.heading
    assert "control arm" not in section.heading
