"""Selections, terms, changes, findings, differences across trials and own tables as tables."""

import pytest

import kb
from builders import VOCABULARY, analysis_set, arm, base_of, estimate, randomised, report, trial
from kb.audits.finding import Finding, Findings
from kb.comparison.changes import diff
from kb.query.select import select
from kb.query.terms import terms
from kb.rendering.tables.findings import summary, text_of
from kb.rendering.views import table_of
from kb.synthesis.unanchored import across

CODED = {
    **VOCABULARY,
    "histologies": {
        **VOCABULARY["histologies"],
        "leiomyosarcoma": {
            "name": "Leiomyosarcoma",
            "parents": ["soft-tissue-sarcoma"],
            "synonyms": ["LMS", "Leiomyo"],
            "codes": {"icdo": "8890/3"},
        },
    },
}
MANY = {
    "histologies": ["leiomyosarcoma", "liposarcoma", "osteosarcoma"], "from": "smith-2020",
}  # fmt: skip
PLAIN = report({"one": analysis_set(n=None)}, [estimate()])
BASE = base_of(
    randomised("alpha", arm("doxorubicin", "ifosfamide"), arm("doxorubicin"), acronym="ALPHA"),
    trial("beta", population=MANY, reports={"smith-2020": PLAIN, "late-2021": PLAIN}),
    vocabulary=CODED,
)


def test_arms():
    """An arm alone in its trial goes by the trial; n is a dash where none is printed."""
    table = table_of(select(BASE))
    assert [
        "Trial/arm",
        "Acronym",
        "Drugs",
        "Line",
        "Phase",
        "Histologies",
        "Largest n",
        "Reports",
    ] == [one.heading for one in table.columns]
    assert "3 arms of 2 trials" == table.title
    assert [
        ("alpha/one", "ALPHA", "doxorubicin + ifosfamide", "first", "2", "Soft-tissue sarcoma",
         "40", "1"),
        ("alpha/two", "ALPHA", "doxorubicin", "first", "2", "Soft-tissue sarcoma", "40", "1"),
        ("beta", "", "doxorubicin", "not-stated", "2", "Leiomyosarcoma, Liposarcoma +1", "–", "2"),
    ] == table.lines  # fmt: skip


def test_one_arm():
    """One is no plural."""
    assert "1 arm of 1 trial" == table_of(select(BASE, trial="beta")).title


def test_kinds():
    """Each kind with its file and how many terms it has."""
    table = table_of(terms(BASE))
    assert "Kinds of terms" == table.title
    assert ("drug", "drugs", str(len(VOCABULARY["drugs"]))) == table.lines[0]
    assert "right" == table.columns[2].align


def test_terms():
    """A term with what stands above it, its synonyms, its codes, and how many arms use it."""
    table = table_of(terms(BASE, "histology"))
    assert ["Id", "Name", "Under", "Synonyms", "Codes", "Arms"] == [
        one.heading for one in table.columns
    ]
    assert "5 histologies" == table.title
    line = next(one for one in table.lines if one[0] == "leiomyosarcoma")
    assert (
        "leiomyosarcoma", "Leiomyosarcoma", "soft-tissue-sarcoma", "LMS, Leiomyo",
        "icdo:8890/3", "1",
    ) == line  # fmt: skip
    assert "" == next(one for one in table.lines if one[0] == "sarcoma")[4]


@pytest.mark.parametrize(
    ("kind", "word", "title"),
    [
        ("drug", "ifosfamide", "1 drug"),
        ("endpoint", "orr", "1 endpoint"),
        ("regimen-class", None, "3 regimen classes"),
        ("regimen-class", "chemotherapy-doublet", "1 regimen class"),
    ],
)
def test_terms_are_counted_in_words(kind, word, title):
    """A kind is words without a hyphen, and one of it no plural."""
    assert title == table_of(terms(BASE, kind, word)).title


def test_changes():
    """Changes stand by trial, and the title counts numbers, not fields."""
    later = base_of(
        trial("beta", reports={"smith-2020": report({"one": analysis_set(n=41)}, [estimate()])}),
        trial("gamma"),
    )
    table = table_of(diff(BASE, later))
    assert ["alpha", "beta", "gamma"] == [section.heading for section in table.sections]
    assert "Numbers: 1 added, 3 removed, 1 changed" == table.title
    assert ("gamma/smith-2020/one/orr/proportion", "added", "value", "", "25") in table.lines


def _finding(trial_id, severity="note", rows=(), address="a/b"):
    return Finding(address, "some-rule", severity, "It is 5 % of something.", trial_id, "", rows)


@pytest.mark.parametrize(
    ("found", "text"),
    [
        ([], "0 errors, 0 warnings, 0 notes in 0 trials"),
        ([_finding("a", "error")], "1 error, 0 warnings, 0 notes in 1 trial"),
        (
            [_finding("a"), _finding("a", "warning"), _finding("b", "warning")],
            "0 errors, 2 warnings, 1 note in 2 trials",
        ),
        ([_finding("a", rows=(1,))], "0 errors, 0 warnings, 1 note in 1 study"),
        (
            [_finding("a", rows=(1,)), _finding("b", rows=(2,))],
            "0 errors, 0 warnings, 2 notes in 2 studies",
        ),
    ],
)
def test_summary(found, text):
    """Findings by severity, in trials, or in studies where they are of a table."""
    assert text == summary(found)


def test_summary_of_a_table():
    """A table of one's own has studies, also where nothing was found in it."""
    assert "0 errors, 0 warnings, 0 notes in 0 studies" == summary([], own=True)


def test_text_of_findings():
    """Trial by trial, each finding with its place and its sentence, no percent parted."""
    long = Finding("a/b", "rule", "error", "word " * 30 + "5 %", "a")
    found = [_finding("a"), long, _finding("", rows=(3,)), _finding("", rows=(3, 4))]
    text = text_of(found)
    assert [
        "a",
        "  note     some-rule  a/b",
        "           It is 5 % of something.",
        "  error    rule  a/b",
    ] == text.splitlines()[:4]
    assert "\n\n(no study named)\n  note     some-rule  row 3\n" in text
    assert "  note     some-rule  rows 3, 4\n" in text
    assert max(map(len, text.splitlines())) <= 100
    assert [" " * 11 + "word"] * 2 == [line[:15] for line in text.splitlines()[4:6]]
    assert "5 %" in text
    assert "\N{NO-BREAK SPACE}" not in text


def test_table_of_findings():
    """A section a trial, a line a finding."""
    table = table_of(Findings([_finding("a"), _finding("b", "error", (2, 5))]))
    assert ["a", "b"] == [section.heading for section in table.sections]
    assert ("error", "some-rule", "rows 2, 5", "It is 5 % of something.") == table.lines[1]


@pytest.mark.parametrize(("level", "heading"), [(95, "95% CI"), (80, "80% CI"), (99.5, "99.5% CI")])
def test_across(level, heading):
    """Differences in percentage points under their own level, with the warning beneath."""
    body = report({"one": analysis_set(n=20)}, [estimate(events=10)])
    base = base_of(trial("beta"), trial("gamma", reports={"smith-2020": body}))
    view = across(kb.compare(base, "orr"), level=level)
    table = table_of(view)
    assert heading == table.columns[4].heading
    ((endpoint, one, other, difference, interval),) = table.lines
    assert ("ORR", "beta", "gamma", "-25.0") == (endpoint, one, other, difference)
    effect = kb.risk_difference(10, 40, 10, 20, method="newcombe", level=level)
    assert f"{100 * effect.low:.1f} to {100 * effect.high:.1f}" == interval
    assert "unanchored" in table.notes[0].lines[0]


def test_own_table(tmp_path):
    """One line a row with its number; a contrast names both arms."""
    path = tmp_path / "own.csv"
    path.write_text(
        "study,arm,versus,endpoint,measure,events,n,value,low,high,level\n"
        "Alpha,A,,orr,proportion,8,32,25.0,,,\n"
        "Alpha,A,B,os,hazard-ratio,,,0.80,0.60,1.07,95\n",
        encoding="utf-8",
    )
    table = table_of(kb.table(path, vocabulary=BASE.vocabulary))
    assert "own.csv: 2 rows" == table.title
    assert [
        ("1", "Alpha", "A", "orr", "proportion", "8/32", "25.0%"),
        ("2", "Alpha", "A v B", "os", "hazard-ratio", "", "0.80 (95% CI, 0.60–1.07)"),
    ] == table.lines


def test_comparison_of_an_own_table(tmp_path):
    """Rows without a record are headed by what their file says, with nothing empty in between."""
    path = tmp_path / "own.csv"
    path.write_text("study,arm,endpoint,events,n,report\nS,A,orr,8,32,\nT,A,orr,3,30,T 2020\n")
    table = table_of(kb.compare(kb.table(path, vocabulary=BASE.vocabulary), "orr"))
    assert ["S · A · line not stated", "T · A · line not stated"] == [
        section.heading for section in table.sections
    ]
    assert ["", "T 2020"] == [line[-1] for line in table.lines]
