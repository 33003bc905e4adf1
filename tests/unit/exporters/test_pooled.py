"""What stands beside rows in JSON: pooled estimates, networks, findings; null for the unknown."""

import csv
import io
import json
from math import inf, nan

import pytest

import kb
from builders import VOCABULARY, arm, base_of, randomised, trial
from kb.audits.finding import Finding, Findings
from kb.exporters import text_of
from kb.exporters.csv import FORMULA, cell, write as write_csv
from kb.exporters.json import write
from kb.exporters.pooled import number

WORDS = base_of(trial(), vocabulary=VOCABULARY).vocabulary
RATES = "study,arm,endpoint,events,n\nS,A,orr,4,20\nT,B,orr,9,30\nU,A,orr,,30\n"
RATIOS = (
    "study,arm,versus,endpoint,measure,value,low,high,level\n"
    "Alpha,A,B,os,hazard-ratio,0.80,0.60,1.07,95\n"
    "Beta,B,C,os,hazard-ratio,0.90,0.70,1.16,95\n"
    "Beta,B,C,os,hazard-ratio,0.95,0.70,1.26,95\n"
)


def _compared(folder, text, endpoint="orr", **options):
    path = folder / "own.csv"
    path.write_text(text, encoding="utf-8")
    return kb.compare(kb.table(path, vocabulary=WORDS), endpoint, **options)


@pytest.mark.parametrize(
    ("value", "said"), [(nan, None), (inf, None), (-inf, None), (0.0, 0.0), (3, 3), ("nan", "nan")]
)
def test_number(value, said):
    """What JSON cannot hold is null; everything else stays."""
    assert said == number(value)


def test_pooled(tmp_path):
    """The rows that were pooled, and beside them the estimate, its parts and what was set aside."""
    text = RATES.replace("U,A,orr,,30", "U,A,orr,3,")
    view = kb.pool(_compared(tmp_path, text), by="arm")
    data = json.loads(write(view))
    assert ["rows", "pooled", "parts", "parts_are", "single", "accepted", "set_aside"] == list(data)
    assert ["S", "T"] == [one["trial"] for one in data["rows"]]
    assert (view.value, "proportion", "orr", 2, None) == tuple(
        data["pooled"][one] for one in ("value", "scale", "endpoint", "k", "prediction_low")
    )
    assert isinstance(data["pooled"]["notes"], list)
    assert ["A", "B"] == [one["label"] for one in data["parts"]]
    assert [{"address": "3", "why": "n is not printed"}] == data["set_aside"]
    assert 2 == len(write_csv(view).splitlines()) - 1


def test_network(tmp_path):
    """Every pair of each part with its log ratio, once."""
    text = RATIOS + "Omega,X,Y,os,hazard-ratio,1.50,1.00,2.25,95\n"
    view = kb.network(_compared(tmp_path, text, "os", measure="hazard-ratio"))
    data = json.loads(write(view))
    first, second = data["network"]["parts"]
    assert [("A", "B"), ("A", "C"), ("B", "C")] == [(x["a"], x["b"]) for x in first["effects"]]
    assert view.effect("A", "C").value == first["effects"][1]["value"]
    assert (["X", "Y"], ["Omega"], None) == (
        second["treatments"], second["trials"], second["tau2"],
    )  # fmt: skip
    assert ["3: the same arms"] == [
        f"{one['address']}: {one['why'][:13]}" for one in data["set_aside"]
    ]
    assert ["1", "2", "4"] == [one["address"] for one in data["rows"]]


def _finding(**more):
    return Finding("a/b", "rule", "note", "It is so.", "a", "b", **more)


def test_findings_of_records():
    """A finding of a record has its address, also where there is none at all."""
    assert [
        {"address": "a/b", "trial": "a", "report": "b", "rule": "rule", "severity": "note",
         "message": "It is so."}
    ] == json.loads(text_of(Findings([_finding()]), "json"))  # fmt: skip
    assert "address,trial,report,rule,severity,message\n" == text_of(Findings(), "csv")
    assert "[]\n" == text_of(Findings(), "json")


def test_findings_of_a_table():
    """A finding of a table has the number of its row, and of all where it is about several."""
    found = Findings([_finding(rows=(2,)), _finding(rows=(3, 5))])
    said = {"rule": "rule", "severity": "note", "message": "It is so."}
    assert [
        {"row": 2, "cell": "", **said},
        {"row": 3, "rows": [3, 5], "cell": "", **said},
    ] == json.loads(text_of(found, "json"))
    assert [
        "rows,rule,severity,message", "2,rule,note,It is so.", "3;5,rule,note,It is so.",
    ] == text_of(found, "csv").splitlines()  # fmt: skip


def test_changes():
    """A change has its address, kind, field and both values; none is a header."""
    base, other = base_of(trial("alpha")), base_of(trial("beta"))
    rows = json.loads(text_of(kb.diff(base, other), "json"))["rows"]
    assert {"address", "kind", "field", "old", "new"} == set(rows[0])
    assert {"added", "removed"} == {one["kind"] for one in rows}
    assert "address,kind,field,old,new\n" == text_of(kb.diff(base, base), "csv")


def test_own_table(tmp_path):
    """A table of one's own is its rows with every field, and nothing beside them."""
    path = tmp_path / "own.csv"
    path.write_text(RATES, encoding="utf-8")
    data = json.loads(text_of(kb.table(path, vocabulary=WORDS), "json"))
    assert (["rows"], ["S", "T", "U"]) == (list(data), [one["trial"] for one in data["rows"]])


def test_sections_are_a_column():
    """Of a table with sections each row says in which it stands."""
    rows = json.loads(text_of(kb.across(kb.compare(base_of(trial()), "orr")), "json"))["rows"]
    assert [] == rows
    found = json.loads(text_of(base_of(trial("alpha"))["alpha"], "json"))
    assert ["section", "column 1", "What", "Where in the source"] == list(found["rows"][0])
    assert "Trial" == found["rows"][0]["section"]


def _graph():
    pair = (arm("doxorubicin", "ifosfamide"), arm("doxorubicin"))
    return base_of(randomised("alpha", *pair), trial("beta"))


@pytest.mark.parametrize(
    "make",
    [
        lambda base: kb.compare(base, "orr"),
        kb.select,
        kb.gaps,
        kb.graph,
        lambda base: kb.related(base, "alpha"),
        lambda base: kb.reporting(base, "orr"),
        lambda base: kb.path(base, "doxorubicin", "doxorubicin+ifosfamide"),
        lambda base: kb.diff(base, base_of(trial("beta"))),
        lambda base: kb.pool(kb.compare(base, "orr", trial="beta")),
        kb.terms,
        lambda base: base["beta"],
    ],
    ids=["comparison", "arms", "gaps", "graph", "related", "reporting", "path", "changes",
         "pooled", "kinds", "trial"],
)  # fmt: skip
def test_csv_and_json_have_the_same_rows(make):
    """A row has the same fields and cells in both, in the same order."""
    view = make(_graph())
    header, *lines = csv.reader(io.StringIO(text_of(view, "csv")))
    if hasattr(view, "is_multigraph"):
        edges = json.loads(text_of(view, "json"))["edges"]
        rows = [{one: edge[one] for one in ("source", "relation", "target")} for edge in edges]
    else:
        rows = json.loads(text_of(view, "json"))["rows"]
    assert rows
    assert {tuple(header)} == {tuple(one) for one in rows}
    assert lines == [[cell(value) for value in one.values()] for one in rows]


@pytest.mark.parametrize("sign", FORMULA)
def test_formulas(sign):
    """Each sign with which a spreadsheet begins a formula gets an apostrophe before it."""
    assert f"'{sign}cmd|x" == cell(f"{sign}cmd|x")
    assert f"x{sign}" == cell(f"x{sign}")


@pytest.mark.parametrize(
    "number_", ["-5", "+3", "1e-5", "-1e-5", "+1.5E+10", "-0.5", "-.5", "5", "-100.25"]
)
def test_numbers_are_no_formulas(number_):
    """A number with a sign stays a number."""
    assert number_ == cell(number_)


@pytest.mark.parametrize(
    "text", ["-5 to 3", "+", "-", "-5%", "+3e", "--5", "-1e", "-5.", "-∞", "-inf", "=5", "-5;3"]
)
def test_what_only_begins_like_a_number(text):
    """Anything behind a number makes a text of it."""
    assert f"'{text}" == cell(text)


def test_every_sign_of_a_formula():
    """The signs that spreadsheets act on are those of the guidance on CSV injection (OWASP)."""
    assert {"=", "+", "-", "@", "\t", "\r"} == set(FORMULA)
