"""Cells of a comparison: nothing is printed for what the source does not give."""

import pytest

import kb
from builders import (
    analysis_set,
    arm,
    base_of,
    contrast,
    estimate,
    part,
    randomised,
    report,
    response_words,
    trial,
)
from kb.rendering.tables.brief import table_of as brief
from kb.rendering.tables.comparison import styled, table_of


def _cell(data, endpoint="orr", **options):
    table = table_of(kb.compare(base_of(data), endpoint, **options))
    return table.sections[0].lines[0][2].splitlines()[0]


def _one(number, n=40):
    return trial(reports={"smith-2020": report({"one": analysis_set(n=n)}, [number])})


@pytest.mark.parametrize(
    ("number", "n", "shown"),
    [
        (estimate(), 40, "25.0% (10/40)"),
        (estimate(), None, "10/?"),
        (estimate(measure="proportion", value="25"), None, "25%"),
        (estimate(measure="proportion", value="24.5"), 40, "24.5%"),
    ],
)
def test_value_and_count(number, n, shown):
    """A value, a count, or both."""
    assert shown == _cell(_one(number, n))


def test_p_without_a_value():
    """A p-value alone stands after its label."""
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    test = contrast(kind="interaction", id="sex", p=".24")
    del test["value"]
    own = report(sets, [], contrasts=[test])
    pair = (arm("doxorubicin"), arm("ifosfamide"))
    data = randomised("alpha", *pair, reports={"smith-2020": own})
    assert _cell(data, "pfs", measure="all").endswith(", sex: P = .24")


def _table(*trials, **options):
    return table_of(kb.compare(base_of(*trials), "orr", **options))


def _responses(*parts):
    data = trial(reports={"smith-2020": report({"one": analysis_set("one", 43)}, list(parts))})
    return table_of(kb.compare(base_of(data, vocabulary=response_words()), "orr"))


def test_a_computed_sum():
    """Its count is marked, and the mark and the caveat say how it follows."""
    table = _responses(part("cr 2"), part("pr 7"))
    assert table.sections[0].lines[0][2].startswith("20.9% (9‡/43)\n")
    notes = _notes(table)
    assert any(line.startswith("‡ not printed: computed here") for line in notes["Marks"])
    assert (
        "sum-computed: alpha/smith-2020/one/orr/proportion = 9 of 43: CR 2 + PR 7"
        in notes["Caveats"]
    )


@pytest.mark.parametrize(
    ("more", "shown"),
    [({}, "≥ 9/43: PR, CR not printed"), ({"id": "choi"}, "choi: ≥ 9/43: PR, CR not printed")],
    ids=["plain", "labelled"],
)
def test_a_lower_bound(more, shown):
    """It has a sentence for a number, no interval, and no mark."""
    table = _responses(part("pr 9", **more))
    assert shown == table.sections[0].lines[0][2]
    assert "Marks" not in _notes(table)
    assert any(line.startswith("sum-at-least: ") for line in _notes(table)["Caveats"])


def _notes(table):
    return {note.heading: note.lines for note in table.notes}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("first", "first line"), ("second", "second line"), ("mixed", "mixed lines"),
        ("not-stated", "line not stated"), ("previously-treated", "previously treated"),
        ("anthracycline-naive", "anthracycline naive"),
    ],
)  # fmt: skip
def test_heading_of_an_arm(line, said):
    """An arm is headed by its trial, its name, its line and how patients were allocated."""
    people = {"histologies": ["sarcoma"], "line": line, "from": "smith-2020"}
    table = _table(trial("alpha", acronym="ALPHA", population=people))
    assert f"ALPHA (alpha) · Doxorubicin · {said} · single-arm" == table.sections[0].heading


def test_title_of_a_comparison():
    """Endpoints, filters and how many trials and sets; one is no plural."""
    assert "Objective response rate · 1 trial, 1 analysis set" == _table(trial("alpha")).title
    two = _table(trial("alpha"), trial("beta"), drug="doxorubicin", trial=["alpha", "beta"])
    assert "Objective response rate · drug doxorubicin · 2 trials, 2 analysis sets" == two.title


def test_columns_of_a_comparison():
    """Short endpoints by their id in capitals, longer ones by name."""
    found = table_of(kb.compare(base_of(trial("alpha")), "orr,os"))
    assert ["Analysis set", "n", "ORR (95% CI)", "OS", "Report"] == [
        one.heading for one in found.columns
    ]
    assert ("intention to treat", "40") == found.lines[0][:2]
    assert ("25.0% (10/40)\n12.7%–41.2%†", "") == found.lines[0][2:4]
    assert "smith-2020/one\nfull text" == found.lines[0][4]


def test_sets_of_a_comparison():
    """A subgroup stands beneath its whole by name, a set nobody describes says so."""
    sets = {
        "lms": analysis_set(n=13, of="one", subgroup={"histology": ["leiomyosarcoma"]}),
        "one": analysis_set(n=None, population="not-stated"),
    }
    body = report(sets, [estimate(of="lms", events=3), estimate(measure="proportion", value="25")],
                  data_cut="2021-03")  # fmt: skip
    lines = _table(trial("alpha", reports={"smith-2020": body})).lines
    assert [("set not stated", "–"), ("└ Leiomyosarcoma", "13")] == [line[:2] for line in lines]
    assert "smith-2020/one\nfull text, cut 2021-03" == lines[0][-1]


def test_marks_of_a_comparison():
    """Every mark and state of the table is explained once beneath it, and no other."""

    def body(**number):
        return report({"one": analysis_set()}, [estimate(**number)])

    one = _table(trial("alpha", reports={"smith-2020": body(measure="proportion", value="25.0")}))
    assert (
        "† computed here from the count: clopper-pearson, 95%",
        "* not printed: the only count that fits the printed percent and n",
    ) == _notes(one)["Marks"]
    weeks = trial("alpha", reports={"smith-2020": body(endpoint="pfs", unit="weeks", value="23.7")})
    found = _notes(table_of(kb.compare(base_of(weeks), "pfs")))
    assert ("≈ converted: days / 30.4375, weeks × 7 / 30.4375, years × 12",) == found["Marks"]
    late = trial("alpha", reports={"smith-2020": body(endpoint="pfs", value="not-reached")})
    assert ("NR, not reached",) == _notes(table_of(kb.compare(base_of(late), "pfs")))["Marks"]
    plain = trial("alpha", reports={"smith-2020": body(endpoint="pfs")})
    assert {} == _notes(table_of(kb.compare(base_of(plain), "pfs")))


def test_rows_set_aside():
    """What an earlier release prints is named by report, with the reason why it is not shown."""
    later = report({"one": analysis_set(n=50)}, [estimate(events=15)], citation={"year": 2023})
    table = _table(trial("alpha", reports={"smith-2020": report(), "late-2023": later}))
    (line,) = _notes(table)["Set aside (all reports are shown with --reports all)"]
    assert line.startswith("alpha/smith-2020 (ORR): an earlier release than late-2023")


@pytest.mark.parametrize(("count", "named"), [(7, 7), (8, 6)])
def test_many_rows_set_aside(count, named):
    """Up to seven numbers of a report are named, of more the first six."""
    sets = {"one": analysis_set()}
    early = report(sets, [estimate(id=f"n{number}") for number in range(count)])
    later = report(sets, [estimate(id=f"n{number}") for number in range(count)],
                   citation={"year": 2023})  # fmt: skip
    table = _table(trial("alpha", reports={"smith-2020": early, "late-2023": later}))
    (line,) = _notes(table)["Set aside (all reports are shown with --reports all)"]
    assert named == line.count("ORR n")
    assert (f"and {count - 6} more" in line) is (count > 7)


@pytest.mark.parametrize(
    ("style", "cell"),
    [
        ("house", "12.7%–41.2%†"),
        ("jama", "(95% CI, 12.7-41.2) computed†"),
        ("jco", "(95% CI, 12.7% to 41.2%) computed†"),
        ("bmc", "(95% CI: 12.7–41.2) computed†"),
    ],
)
def test_styles(style, cell):
    """A table in the style of a journal, and no other style."""
    found = kb.compare(base_of(trial("alpha")), "orr")
    assert cell == styled(found, style).lines[0][2].splitlines()[1]
    with pytest.raises(ValueError, match=r"^'nature' is not a style; known are house, jama, jco"):
        styled(found, "nature")


def test_medians_are_said_to_be_medians():
    """Of what is set aside a median is called one, by its endpoint."""
    later = report({"one": analysis_set()}, [estimate("pfs")], citation={"year": 2023})
    early = report({"one": analysis_set()}, [estimate("pfs")])
    base = base_of(trial("alpha", reports={"smith-2020": early, "late-2023": later}))
    table = table_of(kb.compare(base, "pfs"))
    (line,) = _notes(table)["Set aside (all reports are shown with --reports all)"]
    assert line.startswith("alpha/smith-2020 (median PFS): ")


def _levels(*levels):
    """A comparison of trials with intervals of these levels; None is one that is not stated."""
    trials = []
    for number, level in enumerate(levels):
        bounds = {
            "level": level if level is not None else "not-stated",
            "low": "12.7",
            "high": "41.2",
        }
        body = report({"one": analysis_set()}, [estimate(value="25.0", interval=bounds)])
        trials.append(trial(f"trial-{number}", reports={"smith-2020": body}))
    return table_of(kb.compare(base_of(*trials), "orr"))


@pytest.mark.parametrize(
    ("levels", "heading", "cells"),
    [
        ((95, 95), "ORR (95% CI)", ("", "")),
        ((90, 90), "ORR (90% CI)", ("", "")),
        ((95, 90, 95), "ORR (95% CI)", ("", " (90% CI)", "")),
        ((95, 90), "ORR (95% CI)", ("", " (90% CI)")),
        ((95, None), "ORR (95% CI)", ("", "§")),
        ((None, None), "ORR", ("§", "§")),
    ],
)
def test_the_level_stands_once_in_the_heading(levels, heading, cells):
    """The commonest level heads the column; a cell says its own where it is another or unknown."""
    table = _levels(*levels)
    assert heading == table.columns[2].heading
    assert [f"12.7%–41.2%{tail}" for tail in cells] == [
        line[2].splitlines()[1] for line in table.lines
    ]


def test_reported_intervals_are_said_to_be():
    """Where an interval has no mark, the marks say that the source reported it."""
    assert "intervals without a mark are reported by the source" in _notes(_levels(95))["Marks"]
    assert "§ level not stated" in _notes(_levels(95, None))["Marks"]
    assert "§ level not stated" not in _notes(_levels(95))["Marks"]


@pytest.mark.parametrize(("trials", "told"), [(1, ""), (2, "2 trials; narrow it with --class, ")])
def test_hint_of_a_comparison(trials, told):
    """A comparison of several trials knows how to ask for fewer."""
    found = _table(*(trial(f"trial-{number}") for number in range(trials)))
    assert found.hint.startswith(told)
    assert bool(told) is bool(found.hint)


def test_a_comparison_in_brief():
    """One line a number: trial, arm, n, value, interval, report; several endpoints are named."""
    base = base_of(trial("alpha", acronym="ALPHA"))
    table = brief(kb.compare(base, "orr"))
    assert ["Trial", "Arm", "n", "Value", "95% CI", "Report"] == [
        one.heading for one in table.columns
    ]
    arm_id = kb.compare(base, "orr").rows[0].arm
    assert [("ALPHA", arm_id, "40", "25.0% (10/40)", "12.7%–41.2%†", "smith-2020/one")] == (
        table.lines
    )
    assert "Endpoint" == brief(kb.compare(base, "orr,pfs")).columns[2].heading
    assert table_of(kb.compare(base, "orr")).notes == table.notes
