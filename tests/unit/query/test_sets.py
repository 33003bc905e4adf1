"""Analysis sets that meet filters, with the endpoints that are printed of them."""

import pytest

from builders import analysis_set, arm, base_of, contrast, estimate, report, trial
from kb.query.select import select
from kb.query.sets import evidence_of

SETS = {
    "one": analysis_set("one", 40),
    "lms": analysis_set(
        "one", 12, subgroup={"histology": "leiomyosarcoma"}, of="one", line="second"
    ),
    "two": analysis_set("two", 30),
    "silent": analysis_set("two", 20),
}


def _found(**criteria):
    printed = [estimate(), estimate("pfs"), estimate(of="lms", events=2)]
    body = {**report(SETS, printed), "contrasts": [contrast("one", "two", kind="unadjusted")]}
    arms = {"one": arm("anlotinib"), "two": arm("doxorubicin")}
    base = base_of(trial("alpha", arms=arms, reports={"smith-2020": body}))
    return {one.set_id: set(one.endpoints) for one in evidence_of(select(base, **criteria))}


@pytest.mark.parametrize(
    ("criteria", "sets"),
    [
        ({}, {"one": {"orr", "pfs"}, "lms": {"orr"}, "two": {"pfs"}}),
        ({"drug": "doxorubicin"}, {"two": {"pfs"}}),
        ({"histology": "leiomyosarcoma"}, {"lms": {"orr"}}),
        (
            {"histology": "soft-tissue-sarcoma"},
            {"one": {"orr", "pfs"}, "lms": {"orr"}, "two": {"pfs"}},
        ),
        ({"line": "second"}, {"lms": {"orr"}}),
        ({"line": "first"}, {"one": {"orr", "pfs"}, "two": {"pfs"}}),
        ({"year": "2021-"}, {}),
        ({"year": "2020"}, {"one": {"orr", "pfs"}, "lms": {"orr"}, "two": {"pfs"}}),
    ],
)
def test_sets_that_meet_filters(criteria, sets):
    """Sets are kept by arm, histology, line and year; a set of which nothing is printed is not."""
    assert sets == _found(**criteria)
