"""Which of a computed and a printed number is shown, and what is said of the other."""

import pytest

import kb
from builders import analysis_set, base_of, part, report, response_words, trial

CITED = {"citation": {"container": "News", "year": 2021}}
OLD, NEW = {"data_cut": "2019-05"}, {"data_cut": "2020-01-31"}
AWAY = "computed from parts; jones-2021 prints the number"


def _found(parts, printed, *, own=None, theirs=None, n=20, **asked):
    """What stands in a comparison of response and disease control, and what is set aside."""
    sets = {"one": analysis_set("one", n=20), "part": analysis_set(
        "one", n=5, of="one", subgroup={"histology": ["leiomyosarcoma"]})}  # fmt: skip
    other = {**sets, "one": analysis_set("one", n=n)}
    reports = {
        "smith-2020": report(sets, [part(one) for one in parts], **(own or {})),
        "jones-2021": report(other, printed, **{**CITED, **(theirs or {})}),
    }
    base = base_of(trial("alpha", reports=reports), vocabulary=response_words())
    found = kb.compare(base, "orr,dcr", **asked)
    shown = [(row.report, row.endpoint) for row in found.rows]
    return shown, {(row.report, row.endpoint): row.set_aside for row in found.set_aside}


PARTS = ["cr 2", "pr 7"]
COMPUTED, PRINTED = ("smith-2020", "orr"), ("jones-2021", "orr")
CASES = {
    "nothing is printed": ([part("pd 3")], {}, [COMPUTED], {}),
    "printed": ([part("orr 8")], {}, [PRINTED], {COMPUTED: AWAY}),
    "printed as a percent": ([part("orr 41%")], {}, [PRINTED], {COMPUTED: AWAY}),
    "printed at a time": ([part("orr 8", at={"months": 3})], {}, [PRINTED], {COMPUTED: AWAY}),
    "printed of another n": ([part("orr 8")], {"n": 18}, [PRINTED], {COMPUTED: AWAY}),
    "printed of a subgroup": ([part("orr 2", set="part")], {}, [COMPUTED, PRINTED], {}),
    "printed of the other endpoint": ([part("dcr 12")], {}, [COMPUTED, ("jones-2021", "dcr")], {}),
    "the newer cut is that of the parts": (
        [part("orr 8")], {"own": NEW, "theirs": OLD}, [COMPUTED],
        {PRINTED: "an earlier release than smith-2020 (2019-05, before 2020-01-31)"}),
    "the newer cut is that of the parts beside a review table": (
        [part("orr 8")], {"own": NEW, "theirs": {**OLD, "read": "review-table"}}, [COMPUTED],
        {PRINTED: "a review table; smith-2020 prints its parts"}),
    "the newer cut is that of the printed number": (
        [part("orr 8")], {"own": OLD, "theirs": NEW}, [PRINTED], {COMPUTED: AWAY}),
    "the same cut": ([part("orr 8")], {"own": OLD, "theirs": OLD}, [PRINTED], {COMPUTED: AWAY}),
    "a day of the same month": (
        [part("orr 8")], {"own": {"data_cut": "2019-05-31"}, "theirs": OLD}, [PRINTED],
        {COMPUTED: AWAY}),
    "a cut is stated of the parts only": (
        [part("orr 8")], {"own": NEW}, [PRINTED], {COMPUTED: AWAY}),
    "a cut is stated of the printed number only": (
        [part("orr 8")], {"theirs": OLD}, [PRINTED], {COMPUTED: AWAY}),
    "every report": ([part("orr 8")], {"reports": "all"}, [COMPUTED, PRINTED], {}),
}  # fmt: skip


@pytest.mark.parametrize(("printed", "more", "shown", "aside"), CASES.values(), ids=CASES)
def test_printed_before_computed(printed, more, shown, aside):
    """A printed number of the patients wins unless the cut behind the parts is known to be newer."""
    assert (shown, aside) == _found(PARTS, printed, **more)


def test_the_report_that_is_named():
    """The reason names the newest report that prints the number, a review table only alone."""
    sets = {"one": analysis_set("one", n=20)}
    reports = {
        "smith-2020": report(sets, [part(one) for one in PARTS]),
        "jones-2021": report(sets, [part("orr 8")], **CITED),
        "review-2023": report(sets, [part("orr 9")], read="review-table",
                              citation={"container": "Review", "year": 2023}),
    }  # fmt: skip
    base = base_of(trial("alpha", reports=reports), vocabulary=response_words())
    reasons = {row.report: row.set_aside for row in kb.compare(base, "orr").set_aside}
    assert AWAY == reasons["smith-2020"]


def test_two_computed_sums():
    """Between two computed sums, the newest release is shown as between printed numbers."""
    shown, aside = _found(PARTS, [part("cr 3"), part("pr 7")])
    assert [("jones-2021", "orr")] == shown
    assert [("smith-2020", "orr")] == list(aside)
    assert aside[COMPUTED].startswith("an earlier release than jones-2021")
