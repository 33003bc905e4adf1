"""Which rows are one quantity, which share patients, and why."""

import pytest

import kb
from builders import analysis_set, base_of, estimate, report, trial
from kb.model.trial import Overlap
from kb.rows.identity import (
    agree,
    arm_of,
    declared_overlaps,
    judged,
    patients,
    patients_named,
    quantity,
    set_addresses,
    shared_patients,
    whole_of,
)
from kb.rows.row import Row

SETS = {
    "one": analysis_set(),
    "evaluable": analysis_set(population="response-evaluable"),
    "lms": analysis_set(n=10, subgroup={"histology": "leiomyosarcoma"}),
    "lps": analysis_set(n=10, subgroup={"histology": "liposarcoma"}),
    "sts": analysis_set(n=10, subgroup={"histology": "soft-tissue-sarcoma"}),
    "old": analysis_set(n=10, subgroup={"age": "over 65"}),
    "young": analysis_set(n=10, subgroup={"age": "under 65"}),
}
OWN = report(SETS, [estimate(of=name, events=5) for name in SETS])
OVERLAP = {"sets": ["smith-2020/one", "beta/smith-2020/one"], "patients": "some"}
BASE = base_of(
    trial("alpha", reports={"smith-2020": OWN}, overlaps=[OVERLAP]), trial("beta"), trial("gamma")
)
ROWS = {f"{row.trial} {row.set}": row for row in kb.compare(BASE, "orr").rows}


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("alpha one", "alpha one", "both are about alpha/smith-2020/one"),
        ("alpha one", "alpha evaluable", "both are about arm one of alpha"),
        (
            "alpha one",
            "alpha lms",
            "alpha/smith-2020/lms is a part of alpha/smith-2020/one",
        ),
        (
            "alpha lms",
            "alpha one",
            "alpha/smith-2020/lms is a part of alpha/smith-2020/one",
        ),
        (
            "alpha one",
            "beta one",
            "alpha/smith-2020/one and beta/smith-2020/one share patients (some)",
        ),
        ("alpha one", "gamma one", ""),
        ("alpha lms", "alpha lps", ""),
        ("alpha lms", "alpha sts", "both are parts of arm one of alpha"),
        ("alpha old", "alpha young", ""),
        ("alpha old", "alpha lms", "both are parts of arm one of alpha"),
    ],
)
def test_shared_patients(one, other, why):
    """One set, one arm, a part and its whole, declared overlaps; not what excludes each other."""
    assert why == shared_patients(ROWS[one], ROWS[other], BASE)


def _row(**more):
    return Row("1", **({"trial": "alpha", "endpoint": "orr", "measure": "proportion"} | more))


QUANTITIES = [
    ({}, {}, True),
    ({}, {"trial": "beta", "arm": "x", "n": 9, "value": "1"}, True),
    ({}, {"endpoint": "dcr"}, False),
    ({}, {"measure": "landmark"}, False),
    ({}, {"definition": "not-stated"}, True),
    ({}, {"definition": "stable-disease-for=16 weeks"}, False),
    ({}, {"timing": "best"}, True),
    ({}, {"timing": "at-last-assessment"}, False),
    ({"by_value": "16", "by_unit": "weeks"}, {}, False),
    ({"by_value": "16", "by_unit": "weeks"}, {"at_value": "16", "at_unit": "weeks"}, False),
    ({"by_value": "12", "by_unit": "weeks"}, {"by_value": "84", "by_unit": "days"}, True),
    ({"at_value": "24", "at_unit": "months"}, {"at_value": "2", "at_unit": "years"}, True),
    ({"at_value": "24", "at_unit": "months"}, {"at_value": "104", "at_unit": "weeks"}, False),
    ({"at_value": "6"}, {"at_value": "6", "at_unit": "months"}, False),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "same"), QUANTITIES)
def test_quantity(one, other, same):
    """Endpoint, definition, measure, times and timing make a quantity, and nothing else does."""
    assert same is (quantity(_row(**one)) == quantity(_row(**other)))


@pytest.mark.parametrize(
    ("key", "told", "untold"),
    [
        (patients, ("trial", "arm", "subgroup", "versus"), ("report", "set", "endpoint", "n")),
        (
            whole_of,
            ("trial", "arm", "versus", "endpoint", "measure"),
            ("subgroup", "report", "set", "definition"),
        ),
        (arm_of, ("trial", "arm"), ("subgroup", "versus", "report", "endpoint")),
        (judged, ("criteria", "assessor", "confirmed"), ("trial", "arm", "endpoint")),
    ],
    ids=["patients", "whole_of", "arm_of", "judged"],
)
def test_keys(key, told, untold):
    """Each key tells rows apart by its own fields, and by no other."""
    assert all(key(_row()) != key(_row(**{name: "x"})) for name in told)
    assert all(key(_row()) == key(_row(**{name: "x"})) for name in untold)


def test_judged():
    """That it is not stated who judged is no more than silence."""
    assert ("", "", "") == judged(_row())
    assert judged(_row()) == judged(
        _row(criteria="not-stated", assessor="not-stated", confirmed="not-stated")
    )
    assert ("a", "b", "c") == judged(_row(criteria="a", assessor="b", confirmed="c"))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (("a", ""), ("a", "b"), True),
        (("a", "c"), ("", "c"), True),
        (("a", ""), ("b", ""), False),
        (("a", "c"), ("a", "b"), False),
        (("", ""), ("a", "b"), True),
    ],
)
def test_agree(one, other, alike):
    """Descriptions agree unless both say something and it differs."""
    assert alike is agree(one, other)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"arm": "a"}, {"arm": "a;b", "set": "two"}, "both are about arm a of alpha"),
        ({"arm": "a"}, {"arm": "b", "set": "two"}, ""),
        ({"arm": "a"}, {"arm": "a", "trial": "beta"}, ""),
        ({"arm": "a", "versus": "c"}, {"arm": "c", "set": "two", "versus": "a"},
         "both are about arm a of alpha"),
        ({"arm": "a", "versus": "c"}, {"arm": "b", "set": "two", "versus": "c"},
         "both are about arm c of alpha"),
        ({"arm": "a", "versus": "c"}, {"arm": "b", "set": "two", "versus": "d"}, ""),
        ({"arm": "a", "versus": "c"},
         {"arm": "c", "set": "two", "versus": "a", "subgroup": "age=old"}, ""),
        ({"arm": "x", "report": ""}, {"arm": "x", "report": ""}, "both are about x of alpha"),
        (
            {"arm": "a", "subgroup": "histology=liposarcoma;age=old"},
            {"arm": "a", "set": "two", "subgroup": "histology=sarcoma;age=young"},
            "",
        ),
        (
            {"arm": "a", "subgroup": "histology=liposarcoma;age=old"},
            {"arm": "a", "set": "two", "subgroup": "histology=sarcoma;age=old"},
            "both are parts of arm a of alpha",
        ),
        (
            {"arm": "a", "subgroup": "histology=liposarcoma;histology=osteosarcoma"},
            {"arm": "a", "set": "two", "subgroup": "histology=leiomyosarcoma"},
            "",
        ),
        (
            {"arm": "a", "subgroup": "responders=objective"},
            {"arm": "a", "set": "two", "subgroup": "responders=confirmed"},
            "both are parts of arm a of alpha",
        ),
        (
            {"arm": "a", "subgroup": "responders=objective;age=old"},
            {"arm": "a", "set": "two", "subgroup": "responders=confirmed;age=young"},
            "",
        ),
        (
            {"arm": "a", "subgroup": "age=old;age=middle"},
            {"arm": "a", "set": "two", "subgroup": "age=middle;age=young"},
            "both are parts of arm a of alpha",
        ),
        ({"overlaps": "beta/r/s=all"}, {"trial": "beta", "report": "r", "set": "s"},
         "alpha// and beta/r/s share patients (all)"),
        ({}, {"trial": "beta", "report": "r", "set": "s", "overlaps": "alpha//=all"},
         "alpha// and beta/r/s share patients (all)"),
        ({"overlaps": "beta/r/t=all"}, {"trial": "beta", "report": "r", "set": "s"}, ""),
    ],
)  # fmt: skip
def test_shared_patients_of_rows(one, other, why):
    """Arms in common, values that exclude each other under one key, declared overlaps either way."""
    assert why == shared_patients(_row(**one), _row(**other), BASE)


def test_declared_overlaps():
    """Each pair of a declared overlap is said once, sets of its own trial named in full."""
    overlap = {"sets": ["smith-2020/one", "beta/smith-2020/one", "gamma/r/s"], "patients": "12"}
    one = BASE["alpha"].model_copy(update={"overlaps": (Overlap.model_validate(overlap),)})
    names = ["alpha/smith-2020/one", "beta/smith-2020/one", "gamma/r/s"]
    assert names == set_addresses(one, one.overlaps[0])
    assert {
        frozenset({a, b}): f"{a} and {b} share patients (12)"
        for a, b in ((names[0], names[1]), (names[0], names[2]), (names[1], names[2]))
    } == declared_overlaps({"alpha": one, "beta": BASE["beta"]})


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("responders=objective", "responders=confirmed", True),
        ("responders=objective", "responders=not-stated", True),
        ("responders=objective", "responders=choi-partial", False),
        ("responders=objective", "", False),
        ("responders=objective", "other=objective", False),
        ("age=old;responders=objective", "age=old;responders=confirmed", True),
        ("age=old;responders=objective", "responders=objective", False),
        ("age=old", "age=young", False),
    ],
)
def test_patients_with_a_response(one, other, same):
    """Confirmed or not, the responders of an arm are the same patients; by Choi they are others."""
    rows = [Row("1", "alpha", arm="a", subgroup=subgroup) for subgroup in (one, other)]
    assert same is (patients(rows[0]) == patients(rows[1]))


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"arm": "a", "set": "a|"}, True),
        ({"set": "|"}, False),
        ({"subgroup": "age=old", "set": "|age=old"}, False),
        ({}, False),
        ({"set": "everybody"}, True),
    ],
)
def test_patients_are_named_by_an_arm_or_a_set(more, expected):
    """A row of a table without an arm says nothing of whose it is; a set of a record does."""
    assert expected == patients_named(Row("1", "t", **more))
