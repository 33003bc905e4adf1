"""Sums of printed parts: each condition just inside, where a number follows, and just outside."""

from copy import deepcopy

import pytest

from builders import analysis_set, arm, base_of, part, report, response_words, trial
from kb.rows.from_records import printed_rows, rows_of
from kb.rows.intervals import with_interval
from kb.rows.sums import computed_sum, lower_bound
from kb.vocabulary import Vocabulary

RATE = {"definition": "As named.", "measures": ["proportion", "risk-ratio"], "better": "higher"}
WORDS = response_words()
RECIST, CHOI = ({"assessment": {"criteria": one}} for one in ("recist-1.1", "choi"))
CENTRAL, LOCAL = ({"assessment": {"assessor": one}} for one in ("central", "investigator"))
SURE, UNSURE = ({"assessment": {"confirmed": one}} for one in ("confirmed", "unconfirmed"))
MONTHS = {"definition": {"stable-disease-for": {"months": 6}}}
TWICE = {"id": "unconfirmed", "assessment": {"confirmed": "unconfirmed"}}


def _base(parts, n=20, **more):
    read = [part(one) if isinstance(one, str) else part(one[0], **one[1]) for one in parts]
    body = report({"one": analysis_set("one", n=n)}, read, **more)
    return base_of(trial("alpha", reports={"smith-2020": body}), vocabulary=WORDS)


def _found(base):
    rows = [row for row in rows_of(base["alpha"], base.vocabulary) if computed_sum(row)]
    return {row.endpoint: ("≥" if lower_bound(row) else row.events, row.formula) for row in rows}


SUMS = {
    "both parts": (["cr 2", "pr 7"], {"orr": (9, "CR 2 + PR 7")}),
    "none of both": (["cr 0", "pr 0"], {"orr": (0, "CR 0 + PR 0")}),
    "all three": (
        ["cr 2", "pr 7", "sd 4"], {"orr": (9, "CR 2 + PR 7"), "dcr": (13, "ORR 9 + SD 4")}),
    "a printed response rate": (["orr 9", "sd 4"], {"dcr": (13, "ORR 9 + SD 4")}),
    "parts fill n": (
        ["pr 5", "sd 6", "pd 9"],
        {"orr": (5, "PR 5; CR 0, as PR 5 + SD 6 + PD 9 = n 20"),
         "dcr": (11, "n 20 − PD 9 (parts fill n)")}),
    "parts fill n with those not evaluable": (
        ["pr 5", "sd 6", "pd 8", "ne 1"],
        {"orr": (5, "PR 5; CR 0, as PR 5 + SD 6 + PD 8 + NE 1 = n 20"),
         "dcr": (11, "n 20 − PD 8 − NE 1 (parts fill n)")}),
    "parts fill n without stable disease": (
        ["pr 5", "pd 15"],
        {"orr": (5, "PR 5; CR 0, as PR 5 + SD – + PD 15 = n 20"),
         "dcr": (5, "n 20 − PD 15 (parts fill n)")}),
    "a printed response rate and progression fill n": (
        ["orr 5", "pd 15"], {"dcr": (5, "n 20 − PD 15 (parts fill n)")}),
    "parts leave one patient": (["pr 5", "sd 6", "pd 8"], {"orr": ("≥", "PR 5; CR not printed")}),
    "parts make one too many": (["pr 5", "sd 6", "pd 10"], {"orr": ("≥", "PR 5; CR not printed")}),
    "no progression is printed": (["pr 5", "sd 15"], {"orr": ("≥", "PR 5; CR not printed")}),
    "no partial response": (["sd 6", "pd 9"], {}),
    "no partial response, though all fill n": (["sd 11", "pd 9"], {}),
    "only complete responses beside what fills n": (
        ["cr 5", "sd 6", "pd 9"], {"orr": ("≥", "CR 5; PR not printed")}),
    "printed parts over n": (
        ["cr 2", "pr 7", "sd 6", "pd 6"],
        {"orr": (9, "CR 2 + PR 7; the printed parts make 21 of 20"),
         "dcr": (15, "ORR 9 + SD 6; the printed parts make 21 of 20")}),
    "printed parts just n": (
        ["cr 2", "pr 7", "sd 6", "pd 5"],
        {"orr": (9, "CR 2 + PR 7"), "dcr": (15, "ORR 9 + SD 6")}),
    "the sum itself over n": (["cr 10", "pr 11"], {}),
    "the sum itself all of n": (["cr 10", "pr 10"], {"orr": (20, "CR 10 + PR 10")}),
    "disease control closes": (
        ["pr 5", "sd 6", "dcr 11"], {"orr": (5, "PR 5; CR 0, as PR 5 + SD 6 = DCR 11")}),
    "disease control leaves one": (
        ["pr 5", "sd 6", "dcr 12"], {"orr": ("≥", "PR 5; CR not printed")}),
    "disease control without stable disease": (
        ["pr 5", "dcr 5"], {"orr": ("≥", "PR 5; CR not printed")}),
    "disease control of another definition": (
        ["pr 5", ("sd 6", MONTHS), "dcr 11"], {"orr": ("≥", "PR 5; CR not printed")}),
    "disease control of the same definition": (
        ["pr 5", ("sd 6", MONTHS), ("dcr 11", MONTHS)],
        {"orr": (5, "PR 5; CR 0, as PR 5 + SD 6 = DCR 11")}),
    "disease control from a percent": (
        ["pr 5", "sd 6", "dcr 55%"], {"orr": ("≥", "PR 5; CR not printed")}),
    "percents that fill n": (
        ["pr 25%", "sd 30%", "pd 45%"],
        {"orr": (5, "PR 5; CR 0, as PR 5 + SD 6 + PD 9 = n 20"),
         "dcr": (11, "n 20 − PD 9 (parts fill n)")}),
    "percents that leave one": (["cr 10%", "pr 25%", "sd 30%", "pd 30%"], {}),
    "a percent beside a count": (["cr 2", "pr 35%"], {}),
    "a response rate from a percent": (["orr 45%", "sd 4"], {}),
    "a response rate from a percent that its printed parts make": (
        ["orr 45%", "pr 9", "sd 4"], {"dcr": (13, "ORR 9 + SD 4")}),
    "a response rate from a percent that they do not make": (["orr 45%", "pr 8", "sd 4"], {}),
    "a response rate from a percent, parts fill n": (
        ["orr 45%", "sd 4", "pd 7"], {"dcr": (13, "ORR 9 + SD 4")}),
    "a part stands twice": (["cr 2", "pr 7", ("pr 1", TWICE)], {}),
    "a part of the printed sum stands twice": (
        ["orr 9", "cr 2", "pr 7", ("pr 1", TWICE), "sd 4"], {}),
    "a part stands twice, in other criteria": (
        [("cr 2", RECIST), ("pr 7", RECIST), ("pr 8", {"id": "choi", **CHOI})],
        {"orr": (9, "CR 2 + PR 7")}),
    "parts by two assessors": ([("cr 2", CENTRAL), ("pr 7", LOCAL)], {}),
    "parts at two times": (["cr 2", ("pr 7", {"at": {"months": 3}})], {}),
    "parts by two times": (["cr 2", ("pr 7", {"by": {"months": 3}})], {}),
    "parts of two ids": (["cr 2", ("pr 7", {"id": "second"})], {}),
    "one part at the last assessment": (["cr 2", ("pr 7", {"timing": "at-last-assessment"})], {}),
    "parts at one time": (
        [("cr 2", {"at": {"months": 3}}), ("pr 7", {"at": {"months": 3}})],
        {"orr": (9, "CR 2 + PR 7")}),
    "percents that are those of the counts": (
        ["cr 2 10%", "pr 7 35%"], {"orr": (9, "CR 2 + PR 7")}),
    "an approximate part": (["cr 2", ("pr 35%", {"approximation": "about"})], {}),
    "an approximate count": (["cr 2", ("pr 7", {"approximation": "about"})], {}),
    "only an approximate count": ([("pr 7", {"approximation": "about"})], {}),
    "confirmed and unconfirmed responses": (
        [("cr 2", SURE), ("pr 7", SURE), ("pr 1", {"id": "second", **UNSURE})], {}),
    "the sum is printed of unconfirmed responses": (
        [("cr 2", SURE), ("pr 7", SURE), ("orr 11", {"id": "second", **UNSURE})], {}),
    "the sum is printed": (["cr 2", "pr 7", "orr 9"], {}),
    "the sum is printed as a percent": (["cr 2", "pr 7", "orr 45%"], {}),
    "the sum is printed by a time": (["cr 2", "pr 7", ("orr 9", {"by": {"months": 6}})], {}),
    "the sum is printed at a time": (["cr 2", "pr 7", ("orr 9", {"at": {"months": 6}})], {}),
    "the sum is printed under an id": (["cr 2", "pr 7", ("orr 9", {"id": "second"})], {}),
    "the sum is printed in other criteria under an id": (
        [("cr 2", RECIST), ("pr 7", RECIST), ("orr 9", {"id": "choi", **CHOI})],
        {"orr": (9, "CR 2 + PR 7")}),
    "the sum is printed in other criteria under its address": (
        [("cr 2", RECIST), ("pr 7", RECIST), ("orr 9", CHOI)], {}),
    "stable disease of a length": (
        ["cr 2", "pr 7", ("sd 4", MONTHS)],
        {"orr": (9, "CR 2 + PR 7"), "cbr": (13, "ORR 9 + SD 4")}),
    "stable disease of a length, clinical benefit printed": (
        ["cr 2", "pr 7", ("sd 4", MONTHS), ("cbr 13", MONTHS)], {"orr": (9, "CR 2 + PR 7")}),
    "stable disease of a length, disease control printed": (
        ["cr 2", "pr 7", ("sd 4", MONTHS), "dcr 15"], {"orr": (9, "CR 2 + PR 7")}),
    "stable disease of any length, clinical benefit printed": (
        ["cr 2", "pr 7", "sd 4", ("cbr 12", MONTHS)],
        {"orr": (9, "CR 2 + PR 7"), "dcr": (13, "ORR 9 + SD 4")}),
    "stable disease of a length fills n": (
        ["pr 5", ("sd 6", MONTHS), "pd 9"],
        {"orr": (5, "PR 5; CR 0, as PR 5 + SD 6 + PD 9 = n 20"),
         "cbr": (11, "n 20 − PD 9 (parts fill n)")}),
    "minor responses, parts leave one": (["cr 2", "pr 7", "mr 1", "pd 10"], {}),
    "minor responses, parts fill n": (
        ["cr 2", "pr 7", "mr 1", "sd 1", "pd 10"],
        {"orr": (9, "CR 2 + PR 7"), "dcr": (10, "ORR 9 + SD 1")}),
    "minor responses in other criteria": (
        [("cr 2", RECIST), ("pr 7", RECIST), ("mr 1", CHOI)], {"orr": (9, "CR 2 + PR 7")}),
    "only partial responses": (["pr 7"], {"orr": ("≥", "PR 7; CR not printed")}),
    "only complete responses": (["cr 1"], {"orr": ("≥", "CR 1; PR not printed")}),
    "no complete response": (["cr 0"], {}),
    "no partial response at all": (["pr 0"], {}),
    "only a percent of partial responses": (["pr 35%"], {"orr": ("≥", "PR 7; CR not printed")}),
    "only stable disease": (["sd 4"], {}),
    "partial and unconfirmed partial responses": (["pr 7", ("pr 1", TWICE)], {}),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "expected"), SUMS.values(), ids=SUMS)
def test_sums(parts, expected):
    """What follows from printed parts of twenty patients, and what does not."""
    assert expected == _found(_base(parts))


def test_a_percent_of_another_n():
    """A part whose printed percent is not that of its count of n is not added; one beside is."""
    fits = _base(["cr 2 10%", "pr 7 35%"])
    slip = _base(["cr 2 10%", ("pr 7 36%", {"as_printed": True})])
    over = _base(["cr 2 10%", ("pr 7 350%", {"as_printed": True})])
    alone = _base([("pr 7 36%", {"as_printed": True})])
    assert [{"orr": (9, "CR 2 + PR 7")}, {}, {}, {}] == list(map(_found, (fits, slip, over, alone)))


@pytest.mark.parametrize("pointing", ["estimates/one/pr", "estimates/pr/proportion/events"])
def test_an_erratum_on_apart(pointing):
    """A part that should read otherwise is not added, and leaves no lower bound either."""
    why = {"at": pointing, "printed": "7", "should_read": "8", "why": "as the table has it"}
    assert {} == _found(_base(["cr 2", "pr 7"], errata=[why]))
    assert {} == _found(_base(["pr 7"], errata=[why]))
    elsewhere = {**why, "at": "estimates/one/sd"}
    assert {"orr": (9, "CR 2 + PR 7"), "dcr": (13, "ORR 9 + SD 4")} == _found(
        _base(["cr 2", "pr 7", "sd 4"], errata=[{**why, "at": "estimates/one/pd"}])
    )
    assert {"orr": (9, "CR 2 + PR 7")} == _found(
        _base(["cr 2", "pr 7", "sd 4"], errata=[elsewhere])
    )


def test_no_n():
    """Without a printed n nothing is summed; what is printed of one part is still a bound."""
    assert {} == _found(_base(["cr 2", "pr 7"], n=None))
    for parts, value, events, formula in (
        (["pr 7 35%"], "35", None, "PR 7; CR not printed"),
        (["pr 7"], "", 7, "PR 7; CR not printed"),
        (["pr 35%"], "35", None, "PR 35 %; CR not printed"),
    ):
        base = _base(parts, n=None)
        (row,) = filter(lower_bound, rows_of(base["alpha"], base.vocabulary))
        assert (value, events, None, formula) == (row.value, row.events, row.n, row.formula)
        assert ("at-least", "") == (row.approximation, row.interval_source)


@pytest.mark.parametrize(
    ("printed", "n", "leaves"),
    [
        ("pr 0", None, False), ("pr 1", None, True), ("pr 0%", None, False),
        ("pr 0.1%", None, True), ("pr 10%", 200, True), ("pr 11%", 20, False),
    ],
    ids=["none", "one", "no percent", "a percent", "several counts fit", "no count fits"],
)  # fmt: skip
def test_what_leaves_a_lower_bound(printed, n, leaves):
    """A count above zero, or a percent above zero that a count of its set could have."""
    assert leaves == ("orr" in _found(_base([printed], n=n)))


def test_a_bound_of_several_counts_has_none():
    """Of a percent that several counts print as, the bound is the printed percent."""
    base = _base(["pr 10%"], n=200)
    (row,) = filter(lower_bound, rows_of(base["alpha"], base.vocabulary))
    assert ("10", None, "PR 10 %; CR not printed") == (row.value, row.events, row.formula)


@pytest.mark.parametrize(
    ("whole", "sums"),
    [(20, {"orr": (9, "CR 2 + PR 7")}), (21, {})],
    ids=["that of the set", "one more"],
)
def test_a_percent_that_says_of_which_n(whole, sums):
    """A count whose percent is printed of another n is no part, even if it could be the same."""
    assert sums == _found(_base(["cr 2", ("pr 7 35%", {"percent_of": whole})]))
    alone = set(_found(_base([("pr 7 35%", {"percent_of": whole})])))
    assert alone == ({"orr"} if sums else set())


@pytest.mark.parametrize("at", ["analysis_sets/one", "analysis_sets/one/n"])
def test_an_erratum_on_the_set(at):
    """No sum of a set that should read otherwise; an erratum on another set is none on this."""
    why = {"at": at, "printed": "20", "should_read": "19", "why": "as the table has it"}
    other = {**why, "at": "analysis_sets/two"}
    sets = {"one": analysis_set("one", n=20), "two": analysis_set("one", n=21)}
    parts = [part("cr 2"), part("pr 7")]
    found = [
        _found(base_of(trial("alpha", reports={"smith-2020": report(sets, parts, errata=[each])}),
                       vocabulary=WORDS))
        for each in (why, other)
    ]  # fmt: skip
    assert [{}, {"orr": (9, "CR 2 + PR 7")}] == found


def test_an_n_of_about_so_much():
    """No sum of a set whose n is printed as approximate."""
    body = report({"one": analysis_set("one", n=20, approximation="about")}, [
        part("cr 2"), part("pr 7"),
    ])  # fmt: skip
    assert {} == _found(base_of(trial("alpha", reports={"smith-2020": body}), vocabulary=WORDS))


def test_fields_of_a_computed_row():
    """It is marked computed, has the parts' places, and keeps nothing of them that is not its."""
    parts = [("cr 2", {"locator": "p1"}),
             ("pr 7 35%", {"locator": "Table 2", "p": {"printed": ".03", "sides": "two"},
                           "interval": {"level": 95, "low": "15.4", "high": "59.2"}})]  # fmt: skip
    base = _base(parts)
    *_, row = rows_of(base["alpha"], base.vocabulary)
    assert "alpha/smith-2020/one/orr/proportion" == row.address
    assert (9, "computed", "45", "computed", "percent") == (
        row.events, row.events_source, row.value, row.value_source, row.unit)  # fmt: skip
    assert "p1; Table 2" == row.locator
    assert ("", "", "", None, "", False) == (
        row.low, row.high, row.interval_source, row.level, row.p, row.primary)  # fmt: skip
    assert computed_sum(row)
    assert not lower_bound(row)


def test_fields_of_a_lower_bound():
    """At least so many percent, no count, and no interval by any method."""
    base = _base(["pr 7"])
    *_, row = rows_of(base["alpha"], base.vocabulary)
    assert ("at-least", "35", "computed") == (row.approximation, row.value, row.value_source)
    assert (None, "", "", "") == (row.events, row.low, row.high, row.interval_source)
    for interval in ("reported", "wilson"):
        assert row == with_interval(row, interval=interval, method="wilson", level=95)


@pytest.mark.parametrize(
    ("more", "tail"),
    [({}, ""), ({"at": {"months": 3}}, "@3mo"), ({"id": "choi"}, "#choi"),
     ({"at": {"weeks": 12}, "id": "choi"}, "@12wk#choi")],
    ids=["plain", "time", "id", "both"],
)  # fmt: skip
def test_addresses(more, tail):
    """The address of a sum has the time and the id of its parts."""
    base = _base([("cr 2", more), ("pr 7", more)])
    *_, row = rows_of(base["alpha"], base.vocabulary)
    assert f"alpha/smith-2020/one/orr/proportion{tail}" == row.address


def test_the_definition_of_a_sum():
    """Clinical benefit has the definition of its stable disease, a response rate has none."""
    base = _base(["pr 5", ("sd 6", MONTHS), "pd 9"])
    found = {row.endpoint: row.definition for row in rows_of(base["alpha"], base.vocabulary)}
    assert ("", "stable-disease-for=6 months") == (found["orr"], found["cbr"])


def test_stable_disease_of_a_length_without_a_word_for_the_sum():
    """A vocabulary that has no endpoint for it gets no sum, least of all disease control."""
    words = deepcopy(WORDS)
    del words["endpoints"]["dcr"]["when_defined"]
    body = report({"one": analysis_set("one", n=20)}, [part("orr 9"), part("sd 4", **MONTHS)])
    assert {} == _found(base_of(trial("alpha", reports={"smith-2020": body}), vocabulary=words))


def _two_reports(first, second, **more):
    sets = {"one": analysis_set("one", n=20), "part": analysis_set("one", n=5, of="one", subgroup={"histology": ["leiomyosarcoma"]})}  # fmt: skip
    reports = {"smith-2020": report(sets, first), "jones-2021": report(sets, second, **more)}
    return base_of(trial("alpha", reports=reports), vocabulary=WORDS)


def test_a_number_elsewhere_needs_no_bound():
    """A lower bound gives way to any number of the same arm and subgroup, printed or computed."""
    bound = {"orr": ("≥", "PR 7; CR not printed")}
    assert {} == _found(_two_reports([part("pr 7")], [part("orr 9")]))
    assert {"orr": (9, "CR 2 + PR 7")} == _found(
        _two_reports([part("pr 7")], [part("cr 2"), part("pr 7")])
    )
    assert bound == _found(_two_reports([part("pr 7")], [part("orr 3", set="part")]))
    assert bound == _found(_two_reports([part("pr 7")], [part("sd 3")]))


def test_a_sum_of_another_report_stays():
    """A sum that another report prints is computed all the same; which is shown is chosen later."""
    found = _found(_two_reports([part("cr 2"), part("pr 7")], [part("orr 9")]))
    assert {"orr": (9, "CR 2 + PR 7")} == found


def test_order_of_rows():
    """What follows from a report stands behind what it prints, before the next report."""
    base = _two_reports([part("cr 2"), part("pr 7")], [part("sd 4")])
    assert ["cr", "pr", "orr", "sd"] == [
        row.endpoint for row in rows_of(base["alpha"], base.vocabulary)
    ]
    assert ["cr", "pr", "sd"] == [
        row.endpoint for row in printed_rows(base["alpha"], base.vocabulary)
    ]


def test_other_endpoints_add_up_too():
    """What adds up is said by the vocabulary, whatever the endpoints are called."""
    words = deepcopy(WORDS)
    words["endpoints"] = {
        "excellent": {"name": "Excellent", **RATE},
        "good": {"name": "Good", **RATE},
        "satisfied": {"name": "Satisfied", **RATE, "sum_of": ["excellent", "good"]},
    }
    body = report({"one": analysis_set("one", n=20)}, [part("excellent 2"), part("good 7")])
    base = base_of(trial("alpha", reports={"smith-2020": body}), vocabulary=words)
    assert {"satisfied": (9, "excellent 2 + GOOD 7")} == _found(base)


def test_a_vocabulary_without_sums():
    """Without words nothing adds up, and every printed row is there."""
    base = _base(["cr 2", "pr 7"])
    assert ["cr", "pr"] == [row.endpoint for row in rows_of(base["alpha"], Vocabulary({}))]


def test_an_endpoint_that_the_vocabulary_does_not_know():
    """What is printed of it stands as a row, and is no part of anything."""
    base, words = _base(["cr 2", "pr 7", "pd 9"]), deepcopy(WORDS)
    del words["endpoints"]["pd"]
    words["endpoints"]["ne"]["completes"] = ["cr", "pr", "sd"]
    rows = rows_of(base["alpha"], base_of(vocabulary=words).vocabulary)
    assert ["cr", "pr", "pd", "orr"] == [row.endpoint for row in rows]


@pytest.mark.parametrize(
    ("other", "read", "sums"),
    [
        ({}, {}, {}),
        ({"subgroup": {"age": "over 65"}}, {}, {"orr": (9, "CR 2 + PR 7")}),
        ({"arm": "two"}, {}, {"orr": (9, "CR 2 + PR 7")}),
        ({}, {"assessment": {"criteria": "choi"}}, {"orr": (9, "CR 2 + PR 7")}),
    ],
    ids=["the same patients", "a subgroup", "another arm", "judged otherwise"],
)
def test_a_sum_that_the_report_prints_of_another_set(other, read, sums):
    """No sum beside the number that the report itself prints of another set of these patients."""
    sets = {"one": analysis_set("one", n=20), "treated": analysis_set(**{"n": 22, **other})}
    stated = {"assessment": {"criteria": "recist-1.1"}}
    parts = [part("cr 2", **stated), part("pr 7", **stated), part("orr 9", of="treated", **read)]
    arms = {"one": arm("doxorubicin"), "two": arm("ifosfamide")}
    made = trial("alpha", arms=arms, reports={"smith-2020": report(sets, parts)})
    assert sums == _found(base_of(made, vocabulary=WORDS))
