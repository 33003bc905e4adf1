"""Rows of harms from records: addresses, denominators, percents and what they are about."""

from typing import Any

import pytest

import kb
from builders import analysis_set, arm, base_of, report, trial
from kb.rows.cached import harms_by_trial
from kb.rows.harm import HARM_FIELDS, HarmRow
from kb.rows.harms import harms_of


def harm(event="neutropenia", of="one", **more):
    """A harm of a set with a locator."""
    return {**({"set": of} if of else {}), "event": event, "locator": "p1", **more}


def rows_of_harms(*harms: dict[str, Any], sets=None, **more):
    """The rows of a trial whose only report prints these harms."""
    body = report(sets, harms=list(harms), **more.pop("report", {}))
    base = base_of(trial("alpha", reports={"smith-2020": body}, **more))
    return list(harms_of(base["alpha"], base.vocabulary))


def one_row(**more):
    """The row of one harm."""
    return rows_of_harms(harm(**more))[0]


@pytest.mark.parametrize(
    ("more", "tail"),
    [
        ({}, "neutropenia"),
        ({"grade": "3-4"}, "neutropenia@3-4"),
        ({"grade": ">=3"}, "neutropenia@from-3"),
        ({"grade": "≥3"}, "neutropenia@from-3"),
        ({"grade": "<=2"}, "neutropenia@to-2"),
        ({"relation": "treatment-related"}, "neutropenia#treatment-related"),
        ({"relation": "not-stated"}, "neutropenia"),
        (
            {"grade": "5", "relation": "any", "severity": "serious", "drug": "doxorubicin"},
            "neutropenia@5#any+serious+doxorubicin",
        ),
        ({"outcome": "Treatment discontinued"}, "neutropenia#treatment-discontinued"),
    ],
)
def test_addresses(more, tail):
    """An address names the event, its grade, and whatever tells it from another of that name."""
    assert f"alpha/smith-2020/one/harm/{tail}" == one_row(**more).address


def test_no_two_rows_share_an_address():
    """The second entry of one kind gets a number, the third the next."""
    found = rows_of_harms(harm(events=1), harm(events=2), harm(events=3), harm("nausea"))
    tails = [row.address.rpartition("/")[2] for row in found]
    assert ["neutropenia", "neutropenia.2", "neutropenia.3", "nausea"] == tails


def test_addresses_of_the_corpus():
    """Every harm of the records has an address of its own, with a band for every printed grade."""
    rows = [row for own in harms_by_trial(kb.load()).values() for row in own]
    assert len(rows) == len({row.address for row in rows})
    assert [] == [row.address for row in rows if row.grade and row.band is None]


@pytest.mark.parametrize(
    ("more", "value", "source"),
    [
        ({"events": 10}, "25", "computed"),
        ({"events": 1}, "2.5", "computed"),
        ({"events": 40}, "100", "computed"),
        ({"events": 41}, "", ""),
        ({"events": 0}, "0", "computed"),
        ({"events": 10, "value": "25.0"}, "25.0", "reported"),
        ({"value": "8.70"}, "8.70", "reported"),
        ({"events": 10, "counted": "patients"}, "25", "computed"),
        ({"events": 10, "counted": "episodes"}, "", ""),
        ({"events": 10, "counted": "not-stated"}, "", ""),
        ({"events": 10, "approximation": "about"}, "", ""),
        ({"events": 10, "value": "not-given"}, "", "reported"),
        ({"share": "all"}, "", ""),
    ],
)
def test_percents(more, value, source):
    """A percent is printed, or follows from a count of patients that lies in n; else there is none."""
    row = one_row(**more)
    assert (value, source) == (row.value, row.value_source)


def test_no_percent_of_an_approximate_n():
    """Of about 40 patients no percent follows."""
    sets = {"one": analysis_set(approximation="about")}
    assert "" == rows_of_harms(harm(events=10), sets=sets)[0].value


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("harms/neutropenia", "printed 12, should read 10"),
        ("harms/one/neutropenia/events", "printed 12, should read 10"),
        ("harms/one/nausea", ""),
        ("harms/two/neutropenia", ""),
        ("estimates/neutropenia", ""),
    ],
)
def test_errata(at, said):
    """An erratum that leads to the event is said, and no percent is computed under it."""
    errata = [{"at": at, "printed": "12", "should_read": "10", "why": "the text says ten"}]
    row = rows_of_harms(harm(events=10), report={"errata": errata})[0]
    assert said == row.erratum
    assert ("" if said else "25") == row.value


def test_an_erratum_without_a_remedy():
    """What should be read may not be known."""
    errata = [{"at": "harms/neutropenia", "printed": "12", "why": "it cannot be"}]
    assert "printed 12" == rows_of_harms(harm(), report={"errata": errata})[0].erratum


TWO = {
    "arms": {"one": arm("doxorubicin"), "two": arm("doxorubicin", "ifosfamide")},
    "design": {"allocation": "randomised", "timing": "prospective"},
}


def test_a_set_that_is_not_named():
    """Without a set there is no n, and the event may be of any arm."""
    row = rows_of_harms(harm(of=""), **TWO)[0]
    assert ("", "not-stated", None) == (row.set, row.analysis_set, row.n)
    assert ("one", "two") == row.arms
    assert "alpha/smith-2020/not-stated/harm/neutropenia" == row.address
    assert "first" == row.line


def test_lines_of_a_set_that_is_not_named():
    """Arms of two lines are mixed; where none is printed there is none."""
    own = {"population": {"histologies": ["osteosarcoma"], "line": "second", "from": "smith-2020"}}
    arms = {"one": arm("doxorubicin"), "two": arm("ifosfamide", **own)}
    assert "mixed" == rows_of_harms(harm(of=""), **{**TWO, "arms": arms})[0].line
    silent = {"histologies": ["osteosarcoma"], "from": "smith-2020"}
    assert "" == rows_of_harms(harm(of=""), population=silent)[0].line


def test_a_set_of_several_arms():
    """Such a set has the classes that each of its arms has, and the drugs of all."""
    sets = {"one": analysis_set(), "both": analysis_set(["one", "two"], n=80)}
    row = rows_of_harms(harm(of="both"), sets=sets, **TWO)[0]
    assert "doxorubicin;doxorubicin+ifosfamide" == row.drugs
    assert "chemotherapy" in row.regimen_classes
    assert "single-agent-chemotherapy" not in row.regimen_classes
    assert "Doxorubicin and Doxorubicin + ifosfamide" == row.arm_name


def test_a_subgroup():
    """A subgroup has its own histology, and says what restricts it."""
    part = analysis_set(n=9, of="one", subgroup={"histology": ["liposarcoma"], "age": ["over 65"]})
    row = rows_of_harms(harm(of="part"), sets={"one": analysis_set(), "part": part})[0]
    assert (("histology", "liposarcoma"), ("age", "over 65")) == row.restrictions
    assert ("liposarcoma",) == row.studied


def test_intervals_and_p():
    """What else is printed of an event travels with it; a level that is not stated is none."""
    row = one_row(
        value="8", interval={"level": "not-stated", "low": "3", "high": "16"},
        p={"printed": "<0.001", "sides": "two", "against": "two"},
    )  # fmt: skip
    assert ("3", "16", None) == (row.low, row.high, row.level)
    assert ("<0.001", "two", "two") == (row.p, row.p_sides, row.p_against)
    assert 95.0 == one_row(value="8", interval={"level": 95, "low": "3", "high": "16"}).level
    assert ("", "<0.001") == (one_row(p="<0.001").p_against, one_row(p="<0.001").p)


@pytest.mark.parametrize(
    ("relays", "said", "second"),
    [
        (None, "", False),
        ({"doi": "10.1000/x"}, "10.1000/x", True),
        ({"doi": "not-stated", "meeting": "ASCO 2020"}, "ASCO 2020", True),
        ({"doi": "not-stated"}, "not stated", True),
    ],
)
def test_relays(relays, said, second):
    """A report that passes on results says whose."""
    more = {"relays": relays} if relays else {}
    row = rows_of_harms(harm(), report=more)[0]
    assert (said, second) == (row.relays, row.second_hand)


def test_data_cut():
    """The cut of the report is that of its harms."""
    assert "2019-01" == rows_of_harms(harm(), report={"data_cut": "2019-01"})[0].data_cut


@pytest.mark.parametrize(
    ("more", "block", "fatal"),
    [
        ({"event": "any"}, "any", False),
        ({"event": "any", "grade": "any"}, "any", False),
        ({"event": "any", "grade": "1-2"}, "any", False),
        ({"event": "any", "grade": ">=3"}, "severe", False),
        ({"event": "any", "grade": "3"}, "severe", False),
        ({"event": "any", "grade": "4-5"}, "severe", False),
        ({"event": "any", "grade": "5"}, "death", True),
        ({"event": "any", "outcome": "death"}, "death", True),
        ({"event": "any", "outcome": "recovered"}, "any", False),
        ({"event": "death"}, "death", True),
        ({"event": "any", "severity": "serious", "grade": "3"}, "serious", False),
        ({"event": "discontinuation-for-toxicity", "grade": "any"}, "discontinuation-for-toxicity", False),
        ({"event": "sepsis", "grade": "5"}, "named", True),
        ({"event": "sepsis", "outcome": "death", "grade": "4-5"}, "named", False),
        ({"event": "neutropenia", "grade": "3-4"}, "named", False),
    ],
)  # fmt: skip
def test_blocks(more, block, fatal):
    """Events stand in the block that a table of harms has for them."""
    row = HarmRow("a", "alpha", **more)
    assert (block, fatal) == (row.block, row.fatal)


@pytest.mark.parametrize(
    ("more", "numbered"),
    [
        ({}, False), ({"rank": "most-frequent"}, False), ({"events": 0}, True),
        ({"value": "1"}, True), ({"value_state": "not-given"}, True), ({"share": "some"}, True),
    ],
)  # fmt: skip
def test_numbered(more, numbered):
    """A count of 0 and a word that stands for a number are numbers; a rank is none."""
    assert numbered is HarmRow("a", "alpha", **more).numbered


def test_as_dict():
    """A row as its fields by name, in order."""
    assert HARM_FIELDS == tuple(HarmRow("a", "alpha").as_dict())


def test_a_set_of_one_phase():
    """An event of a set that covers the maintenance is of the drugs of the maintenance."""
    phases = [
        {"phase": "induction", "components": [{"drug": "doxorubicin"}]},
        {"phase": "maintenance", "components": [{"drug": "anlotinib"}]},
    ]
    one = {**arm("doxorubicin"), "regimen": {"from": "smith-2020", "phases": phases}}
    sets = {"one": analysis_set(), "maintained": analysis_set(n=20, covers="maintenance")}
    whole, part = rows_of_harms(harm(), harm(of="maintained"), sets=sets, arms={"one": one})
    assert ("doxorubicin..anlotinib", "anlotinib") == (whole.drugs, part.drugs)
    assert "antiangiogenic" in part.regimen_classes.split(";")
    assert "chemotherapy..antiangiogenic" == whole.regimen_classes
