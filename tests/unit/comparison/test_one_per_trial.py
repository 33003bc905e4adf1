"""Which row of a trial is preferred: one thing at a time, whichever comes first."""

from dataclasses import replace
from typing import Any

import pytest

from builders import arm, base_of, randomised
from kb.comparison.one_per_trial import left_out, preference
from kb.rows.row import Row

BASE = base_of(randomised("alpha", arm("doxorubicin", "ifosfamide"), arm("doxorubicin")))
ROW = Row(
    "x", "alpha", arm="one", endpoint="orr", measure="proportion", analysis_set="treated", n=40,
    assessor="central", criteria="recist-1.1", confirmed="unconfirmed",
)  # fmt: skip
BOUND = {"formula": "PR 9; CR not printed", "value_source": "computed", "approximation": "at-least"}
PREFERRED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "the whole": ({}, {"subgroup": "age=old", "n": 400}),
    "no control": ({}, {"arm": "two", "analysis_set": "intention-to-treat"}),
    "a whole control before a subgroup": ({"arm": "two"}, {"subgroup": "age=old"}),
    "a number before a lower bound": ({}, {**BOUND, "analysis_set": "intention-to-treat"}),
    "a whole that is a bound before a subgroup": (BOUND, {"subgroup": "age=old"}),
    "all who were allocated": ({"analysis_set": "intention-to-treat"}, {"assessor": "bicr"}),
    "treated before safety": ({}, {"analysis_set": "safety"}),
    "evaluable before per protocol": (
        {"analysis_set": "response-evaluable"}, {"analysis_set": "per-protocol"},
    ),
    "a stated set": ({"analysis_set": "per-protocol"}, {"analysis_set": "not-stated"}),
    "blinded readers": ({"assessor": "bicr"}, {}),
    "central readers": ({}, {"assessor": "investigator"}),
    "a stated reader": ({"assessor": "investigator"}, {"assessor": "not-stated"}),
    "readers before criteria": ({"criteria": "choi"}, {"assessor": "investigator"}),
    "RECIST": ({}, {"criteria": "choi"}),
    "stated criteria": ({"criteria": "choi"}, {"criteria": "not-stated"}),
    "criteria before confirmation": ({}, {"criteria": "choi", "confirmed": "confirmed"}),
    "confirmed": ({"confirmed": "confirmed"}, {"n": 400}),
    "unconfirmed before unsaid": ({}, {"confirmed": "not-stated"}),
    "the larger set": ({"n": 41}, {}),
    "a printed n": ({}, {"n": None}),
}  # fmt: skip


@pytest.mark.parametrize("case", list(PREFERRED))
@pytest.mark.parametrize("turned", [False, True], ids=["first", "last"])
def test_what_is_preferred(case, turned):
    """The better row stands for the other, and the reason names it."""
    better, worse = (replace(ROW, **one) for one in PREFERRED[case])
    better, worse = replace(better, address="better"), replace(worse, address="worse")
    assert preference(better, BASE) < preference(worse, BASE)
    rows = [worse, better] if turned else [better, worse]
    assert {"worse": "one row per trial: better is shown"} == left_out(rows, BASE)


@pytest.mark.parametrize(
    "more",
    [{"trial": "beta"}, {"endpoint": "dcr"}, {"measure": "landmark"}, {"at_value": "6", "at_unit": "months"},
     {"definition": "stable-disease-for=16 weeks"}],
    ids=lambda more: next(iter(more)),
)  # fmt: skip
def test_what_stays_beside(more):
    """Another trial and another quantity have a row of their own."""
    assert {} == left_out([ROW, replace(ROW, address="y", **more)], BASE)


def test_alike_rows():
    """Of rows that are alike in everything the first of the record stays."""
    assert ["y"] == list(left_out([ROW, replace(ROW, address="y")], BASE))
    assert {} == left_out([], BASE)
