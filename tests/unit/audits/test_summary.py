"""What an audit says it looked at."""

import json

import pytest

from builders import base_of, estimate, report, trial
from kb.audits import audit, audit_table
from kb.audits.families import FAMILIES, SET, among, column_of, family_of
from kb.audits.finding import Audited, Finding, Findings
from kb.audits.needs import NEEDS
from kb.audits.summary import Summary
from kb.exporters import text_of
from kb.rendering.tables.looked_at import told
from kb.rendering.views import render


def _cells(line):
    return dict(part.split("=", 1) for part in line.split())


@pytest.fixture
def looked(words):
    """The summary of an audit of a table, given as one line per row."""

    def run(*lines):
        return audit_table([_cells(line) for line in lines], vocabulary=words).summary

    return run


def test_rows_and_studies(looked):
    """Rows that say something are read, those of one study are one study, and all is counted."""
    found = looked("study=A endpoint=orr events=8 n=32", "study= endpoint= n=", "study=B n=9")
    assert (2, 2) == (found.rows, found.studies)


@pytest.mark.parametrize(
    ("lines", "rules"),
    [
        (["endpoint=orr events=8 n=32"], {"events-over-n"}),
        (["endpoint=orr value=25"], {"percent-out-of-range", "fraction-for-percent"}),
        (["endpoint=pfs measure=median value=6 unit=months low=4 high=9"],
         {"interval-order", "value-outside-interval", "median-implausible",
          "median-against-interval", "median-equals-bound", "median-interval-symmetric"}),
    ],
)  # fmt: skip
def test_checks_of_one_row(looked, lines, rules):
    """A check is a rule for a row that has what the rule needs; a rule that needs a second row is none."""
    assert len(rules) == looked(*lines).checks


def test_checks_of_two_rows(looked):
    """What needs another row of the set is applied to both, and to neither alone or in two arms."""
    orr, dcr = "arm=a endpoint=orr events=8 n=32", "arm=a endpoint=dcr events=9 n=32"
    alone = looked(orr).checks
    assert 2 * alone == looked(orr, dcr.replace("arm=a", "arm=b")).checks
    beside = {rule for rule, needs in NEEDS.items()
              if needs.beside and needs.of == "proportions" and among(rule) == SET
              and set(needs.fields) <= {"events", "n", "events|value", "arm"}}  # fmt: skip
    assert 2 * (alone + len(beside)) == looked(orr, dcr).checks


def test_checks_of_a_contrast(looked):
    """A contrast is set against its sides only where both are there."""
    ratio = "arm=a versus=b endpoint=orr measure=or value=1.5"
    sides = ["arm=a endpoint=orr events=8 n=32", "arm=b endpoint=orr events=9 n=30"]
    one = looked(ratio, sides[0]).checks - looked(sides[0]).checks
    both = looked(ratio, *sides).checks - looked(*sides).checks
    beside = [
        rule
        for rule, needs in NEEDS.items()
        if needs.of in ("contrasts", "ratios")
        and needs.beside
        and among(rule) == SET
        and set(needs.fields) <= {"value", "arm"}
    ]
    assert len(beside) == both - one


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("endpoint=orr events=8", "no n"),
        ("endpoint=orr value=25", "no n"),
        ("endpoint=orr n=32", "no number"),
        ("endpoint=os measure=median unit=months value=NR", "no number (not reached)"),
        ("endpoint=os measure=median value=12", "no unit"),
        ("endpoint=os measure=landmark value=40", "no interval"),
        ("endpoint=pfs versus=b arm=a p=.2", "nothing beside it"),
    ],
)
def test_rows_with_nothing_to_check(looked, line, why):
    """A number that nothing can be set against is named with what is missing."""
    (one,) = looked(line).as_dict()["unchecked"]
    assert {"row": 1, "why": why} == one


def test_rows_with_something_to_check(looked):
    """A count with its n, and an interval with its value, have something to be set against."""
    assert () == looked("endpoint=orr events=8 n=32", "endpoint=os unit=mo value=6 low=4").unchecked


def test_level_that_is_assumed(looked):
    """An interval without a level is taken as one of 95 %; no interval is taken as none."""
    lines = [f"measure=hr versus=b endpoint=os value=.8 low=.6 high=1.1 {more}"
             for more in ("", "", "level=90")]  # fmt: skip
    found = looked(*lines, "endpoint=orr measure=proportion events=8 n=32")
    assert {"what": "level", "taken": "95 %", "rows": 2} in found.as_dict()["assumed"]


def test_measure_that_is_assumed(looked):
    """Without a column `measure` it is said what each number was taken for."""
    lines = ["study=A endpoint=orr events=8 n=32", "study=A endpoint=os unit=mo value=6"]
    found = {one.what: one for one in looked(*lines).assumed}
    assert ("proportion in 1 and median in 1", 2) == (found["measure"].taken, found["measure"].rows)
    assert "measure" not in {one.what for one in looked(f"{lines[0]} measure=proportion").assumed}


def test_time_that_is_no_percent(looked):
    """A lone number of an endpoint that is only timed is held against no percent."""
    found = looked("endpoint=pfs value=250")
    assert 0 == found.checks
    assert ["measure not stated"] == [one.why for one in found.unchecked]
    assert [("kind of number", 1)] == [(one.what, one.rows) for one in found.untested[-1:]]


@pytest.mark.parametrize(
    ("line", "what", "why"),
    [
        ("arm=a versus=b endpoint=os measure=hr value=.8 low=.6 high=1.1",
         "p-values against intervals", "no column p"),
        ("arm=a versus=b endpoint=os measure=hr value=.8 low=.6 high=1.1 p=",
         "p-values against intervals", "no p"),
        ("endpoint=orr value=25", "percents against n", "no column n"),
        ("endpoint=os measure=median value=6", "units of medians", "not stated"),
        ("arm=a versus=b endpoint=os measure=hr value=.8 low=.6 high=1.1 p=<.001",
         "p-values printed only as a limit", "cannot be tested"),
    ],
)  # fmt: skip
def test_what_was_not_tested(looked, line, what, why):
    """A check that no row admits is named in words, with the column that is missing or blank."""
    assert (what, why) in {(one.what, one.why) for one in looked(line).untested}


def test_what_was_tested_is_not_named(looked):
    """One row with a p-value, and the check was made; a table without ratios lacks no p."""
    ratio = "arm=a versus=b endpoint=os measure=hr value=.8 low=.6 high=1.1 p="
    found = looked(f"{ratio}.2", ratio).untested
    assert "p-values against intervals" not in {one.what for one in found}
    found = looked("endpoint=orr events=8 n=32").untested
    assert "p-values against intervals" not in {one.what for one in found}


def test_families():
    """No rule is in two families, and one that is in none is its own."""
    rules = [rule for listed in FAMILIES.values() for rule in listed]
    assert len(rules) == len(set(rules))
    assert ("counts against n", "new rule") == (family_of("events-over-n"), family_of("new-rule"))
    assert ("events", "at", "") == (
        column_of("events|value"), column_of("at_value"), column_of("range_low"),
    )  # fmt: skip


def _acknowledging():
    """A record with two findings, one of which it acknowledges."""
    at = "alpha/smith-2020/one/orr/proportion"
    numbers = [
        estimate(events=10, value="27", as_printed=True),
        estimate("dcr", events=11, value="27"),
    ]
    seen = [{"finding": "percent-against-count", "at": at, "note": "so in the table"}]
    return trial(reports={"smith-2020": report(estimates=numbers)}, acknowledged=seen)


def test_acknowledged():
    """What a record silences is counted, and listed with its reason."""
    found = audit(base_of(_acknowledging()))
    assert 1 == found.summary.acknowledged
    (one,) = found.acknowledged
    assert ("percent-against-count", "so in the table") == (one.rule, one.note)
    assert one.note == json.loads(text_of(found.acknowledged, "json"))[0]["note"]
    assert "           acknowledged: so in the table\n" in render(found.acknowledged)
    assert "acknowledged: so in the table" in render(found.acknowledged, "markdown")


def test_records_are_counted():
    """In a record rows that nothing is set against have an address."""
    lone = estimate("pfs", measure="landmark", at={"months": 6}, value="40")
    found = audit(base_of(trial(reports={"smith-2020": report(estimates=[lone])}))).summary
    assert (1, 1) == (found.rows, found.studies)
    (one,) = found.as_dict()["unchecked"]
    assert ("alpha/smith-2020/one/pfs/landmark@6mo", "no interval") == (one["address"], one["why"])


def test_json(words):
    """JSON with a summary is an object of findings and the summary, whose keys are those of it."""
    found = audit_table([_cells("endpoint=orr events=10 n=40 value=27")], vocabulary=words)
    data = json.loads(text_of(Audited(found), "json"))
    assert ["findings", "summary"] == list(data)
    assert json.loads(text_of(found, "json")) == data["findings"]
    assert found.summary.as_dict() == data["summary"]
    assert [
        "rows",
        "studies",
        "checks",
        "unchecked",
        "assumed",
        "untested",
        "acknowledged",
    ] == list(data["summary"])
    assert text_of(found, "csv") == text_of(Audited(found), "csv")


def test_made_findings_have_no_summary():
    """Findings that no audit made say nothing of what was looked at."""
    made = Findings([Finding("a", "misprint", "note", "x", "a")])
    assert Summary() == made.summary
    assert "" == told(made.summary)


def test_told(looked):
    """The coverage is one paragraph in the words of the field."""
    lines = ["study=A measure=proportion endpoint=orr events=8 n=32 value=25 p=",
             "study=B measure=proportion endpoint=orr value=25",
             "study=B measure=hr versus=b endpoint=os value=.8 low=.6 high=1.1"]  # fmt: skip
    found = told(looked(*lines))
    assert found.startswith("3 rows of 2 studies read; ")
    assert "1 row had nothing to check (no n); " in found
    assert "level not stated in 1 row: taken as 95 %; " in found
    assert "; not tested, as no row states it: " in found
    assert "p-values against intervals (no p)" in found


def test_told_of_several_reasons(looked):
    """Where rows lack different things each is counted."""
    found = told(looked("endpoint=orr value=25", "study=B endpoint=orr events=8", "study=C n=3"))
    assert "3 rows had nothing to check (no n in 2, no number in 1)" in found


def test_many_rows(words):
    """Thousands of rows of which nothing is known but endpoint and value are one note."""
    rows = [{"study": "X", "endpoint": "orr", "value": str(k % 90 + 5)} for k in range(3000)]
    found = audit_table(rows, vocabulary=words)
    assert [("row-conflict", "note", 3000)] == [
        (one.rule, one.severity, len(one.rows)) for one in found
    ]
    assert "rows 1, 2, 3" in render(found)
    assert "and 2988 more" in render(found)
