"""Harms as tables: by set, by event, and one alone."""

import json

import pytest

import kb
from builders import analysis_set, arm, base_of, report, trial, write_base
from kb.errors import UnknownTermError
from kb.rendering.tables.trial import shown
from kb.rendering.views import render, table_of


def harm(event, of="safety", **more):
    """A harm of the safety set."""
    return {**({"set": of} if of else {}), "event": event, "locator": "Table 3", **more}


HARMS = [
    harm("nausea", grade="any", relation="treatment-related", value="60.0"),
    harm("neutropenia", grade="3-4", relation="any", value="30.0"),
    harm("neutropenia", grade="any", relation="any", events=20),
    harm("any", outcome="death", events=0),
    harm("discontinuation-for-toxicity", events=2, note="both for nausea"),
    harm("any", grade=">=3", relation="treatment-related", value="55"),
    harm("any", severity="severe", events=5),
    harm("any", grade="any", share="all"),
    harm("fatigue", rank="most-frequent", grade="1-2"),
    harm("rash"),
    harm("sepsis", grade="5", events=1),
]
SETS = {
    "safety": analysis_set(n=40) | {"population": "safety"},
    "old": analysis_set(n=None, of="safety", subgroup={"age": ["over 65"]})
    | {"population": "not-stated"},
}
DATA = trial(
    "alpha", acronym="ALPHA",
    reports={"smith-2020": report(SETS, [], harms=[*HARMS, harm("rash", of="old", value="5"), harm("cough", of="", value="3")])},
)  # fmt: skip
BASE = base_of(DATA)


def test_by_set():
    """Overall events first, then deaths, who stopped, then events by their frequency and grade."""
    table = table_of(kb.harms(BASE))
    assert "Harms · 1 trial, 3 analysis sets" == table.title
    safety, old, unnamed = sorted(
        table.sections, key=lambda one: one.heading.rpartition("n =")[0] == ""
    )
    assert "ALPHA (alpha) · Doxorubicin · safety, n = 40 · smith-2020 (full text)" == safety.heading
    assert [
        ("any event", "any", "all of 40", "–"),
        ("any event", "≥3", "55% of 40", "related"),
        ("any event, fatal", "–", "0/40 (0.0%†)", "–"),
        ("discontinuation for toxicity", "–", "2/40 (5.0%†)", "–"),
        ("any event, severe", "–", "5/40 (12.5%†)", "–"),
        ("nausea", "any", "60.0% of 40", "related"),
        ("neutropenia", "any", "20/40 (50.0%†)", "any cause"),
        ("neutropenia", "3–4", "30.0% of 40", "any cause"),
        ("sepsis", "5", "1/40 (2.5%†)", "–"),
    ] == list(safety.lines)
    headings = {old.heading, unnamed.heading}
    assert {
        "ALPHA (alpha) · Doxorubicin · set not stated, over 65, n not stated · smith-2020 (full text)",
        "ALPHA (alpha) · Doxorubicin · no set named · smith-2020 (full text)",
    } == headings


def test_notes():
    """Marks, events without a number, and caveats stand below."""
    notes = {note.heading: note.lines for note in table_of(kb.harms(BASE)).notes}
    assert ["Marks", "Named without a number", "Caveats"] == list(notes)
    assert (
        "† not printed: computed here from the count and n",
        "– the source does not say (grade, attribution)",
        "alpha/smith-2020: discontinuation for toxicity: both for nausea",
    ) == notes["Marks"]
    assert ("ALPHA (smith-2020): fatigue (grade 1–2, most frequent), rash",) == notes[
        "Named without a number"
    ]


def test_by_event():
    """Where events were asked for, arms stand below each; a fatal event stands with the deaths."""
    table = table_of(kb.harms(BASE, event="neutropenia,death,any,rash", grade=None))
    assert (
        "Harms · event neutropenia or death or any or rash · 1 trial, 2 analysis sets"
        == table.title
    )
    lines = {section.heading: section.lines for section in table.sections}
    assert {
        "neutropenia", "deaths", "any event of grade 3 or more", "serious or severe events",
        "any event", "rash",
    } == set(lines)  # fmt: skip
    assert [
        ("ALPHA\n  smith-2020, full text", "–", "0/40 (0.0%†)", "–"),
        ("ALPHA\n  sepsis\n  smith-2020, full text", "5", "1/40 (2.5%†)", "–"),
    ] == list(lines["deaths"])
    assert "ALPHA: over 65\n  smith-2020, full text" == lines["rash"][0][0]
    assert "any event, severe" in lines["serious or severe events"][0][0]


def test_words_for_one_event_stand_together():
    """The printed word is said where the heading has another."""
    harms = [harm("neutrophil-count-decreased", value="9"), harm("neutropenia", value="8"),
             harm("neutropenia", grade="5", value="7")]  # fmt: skip
    base = base_of(trial(reports={"smith-2020": report(SETS, [], harms=harms)}))
    (section,) = table_of(kb.harms(base, event="neutropenia")).sections
    assert "neutropenia" == section.heading
    assert ["alpha\n  neutrophil count decreased\n  smith-2020, full text"] == [
        line[0] for line in section.lines if "count" in line[0]
    ]


def test_arms_of_a_trial():
    """Sections follow the arms of the record; a set of both comes first, and no set names the arms."""
    sets = {"two": analysis_set("two"), "both": analysis_set(["one", "two"])}
    harms = [harm("rash", of="two", value="1"), harm("rash", of="both", value="2"), harm("rash", of="", value="3")]  # fmt: skip
    base = base_of(
        trial(
            arms={"one": arm("doxorubicin"), "two": arm("ifosfamide")},
            design={"allocation": "parallel-cohorts", "timing": "prospective"},
            reports={"smith-2020": report(sets, [], harms=harms)},
        )
    )
    headings = [section.heading for section in table_of(kb.harms(base)).sections]
    assert "Ifosfamide" in headings[-1]
    assert any("no set named (arms one, two) · smith-2020" in one for one in headings)
    (section,) = table_of(kb.harms(base, event="rash", grade="not-stated")).sections
    assert ["alpha: two", "alpha: one and two", "alpha"] == [
        line[0].partition("\n")[0] for line in section.lines
    ]


def test_filters_and_set_aside():
    """The title names filters and grades; reports that are not shown are listed with the reason."""
    old = report(SETS, [], harms=[harm("rash", value="5")], citation={"year": 2019})
    base = base_of(
        trial(
            reports={
                "smith-2020": report(SETS, [], harms=[harm("rash", value="6")]),
                "old-2019": old,
            }
        )
    )
    table = table_of(kb.harms(base, drug="doxorubicin"))
    assert "Harms · drug doxorubicin · 1 trial, 1 analysis set" == table.title
    (note,) = (one for one in table.notes if one.heading.startswith("Set aside"))
    assert (
        "alpha/old-2019 (rash): an earlier release than smith-2020 (2019, before 2020)",
    ) == note.lines
    assert "grade any" in table_of(kb.harms(BASE, grade="any")).title


def test_one_harm(tmp_path):
    """An address shows one event with its place in the file; an unknown one names near ones."""
    base = kb.load(write_base(tmp_path / "base", DATA))
    table = shown(base, "ALPHA/smith-2020/safety/harm/neutropenia@any#any")
    assert "alpha/smith-2020/safety/harm/neutropenia@any#any" == table.title
    assert ("event", "neutropenia", "Table 3") == table.lines[0]
    assert ("patients", "20/40 (50.0%†)", "") == table.lines[1]
    assert ["Marks", "Record"] == [note.heading for note in table.notes]
    assert "alpha.yaml:" in table.notes[-1].lines[0]
    named = shown(base, "alpha/smith-2020/safety/harm/rash")
    assert ("patients", "named without a number", "") == named.lines[1]
    with pytest.raises(UnknownTermError, match="did you mean 'alpha/smith-2020/safety/harm/rash'"):
        shown(base, "alpha/smith-2020/safety/harm/rush")


@pytest.mark.parametrize("form", ["text", "markdown", "html", "latex"])
def test_every_format(form):
    """Harms are written in each format of tables."""
    assert "55" in render(kb.harms(BASE), form)


def test_rows(tmp_path):
    """As JSON and CSV they are rows, with their caveats beside them."""
    kb.export(kb.harms(BASE), tmp_path / "harms.json")
    found = json.loads((tmp_path / "harms.json").read_text(encoding="utf-8"))
    assert ["rows", "caveats"] == list(found)
    assert "treatment-related" == found["rows"][0]["relation"]
    assert {"rule", "rows", "message"} == set(found["caveats"][0])
    kb.export(kb.harms(BASE), tmp_path / "harms.csv")
    lines = (tmp_path / "harms.csv").read_text(encoding="utf-8").splitlines()
    assert 1 + len(kb.harms(BASE)) == len(lines)
