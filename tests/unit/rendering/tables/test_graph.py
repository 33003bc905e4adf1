"""Neighbours, paths and gaps as tables: what a reader sees."""

import pytest

from builders import analysis_set, arm, base_of, estimate, randomised, report, trial
from kb.graphs.gaps import gaps
from kb.graphs.neighbours import related, reporting
from kb.graphs.paths import path
from kb.rendering.views import table_of

DOX = arm("doxorubicin")
CHOICE = arm("anlotinib", {"one_of": [[{"drug": "epirubicin"}], [{"drug": "ifosfamide"}]]})
BASE = base_of(
    randomised("ifo", arm("doxorubicin", "ifosfamide"), DOX, acronym="IFO", phase="3"),
    randomised("anlo", arm("doxorubicin", "anlotinib"), DOX),
    randomised("epi", arm("epirubicin"), arm("doxorubicin", "ifosfamide")),
    trial("single", arms={"one": arm("pembrolizumab")}),
    trial("choice", arms={"one": CHOICE}),
)


def _notes(table):
    return {note.heading: note.lines for note in table.notes}


def test_related():
    """A neighbour has its regimens and one sentence per reason; the others are named."""
    table = table_of(related(BASE, "IFO", most=1))
    assert "Neighbours of ifo (IFO): 4 trials" == table.title
    ((name, regimens, why),) = table.lines
    assert ("anlo", "Anlotinib + Doxorubicin\nDoxorubicin") == (name, regimens)
    assert "both compare with Doxorubicin at random" == why.split("\n")[0]
    assert {"3 more, described with --most": ("epi, choice, single",)} == _notes(table)


def test_related_without_rest():
    """Nothing is said of a rest where there is none."""
    assert {} == _notes(table_of(related(BASE, "ifo")))


def test_reporting():
    """Arms that report an endpoint, with what was asked in the title."""
    table = table_of(reporting(BASE, "orr", regimen_class="chemotherapy-doublet"))
    assert "Objective response rate · regimen class chemotherapy-doublet · 2 arms" == table.title
    assert [
        ("ifo/one", "Doxorubicin + Ifosfamide", "first", "40", "1"),
        ("epi/two", "Doxorubicin + Ifosfamide", "first", "40", "1"),
    ] == table.lines


def test_path_through_a_comparator():
    """An indirect path has a section per route, a line per trial, and the shared comparator."""
    table = table_of(path(BASE, "anlotinib+doxorubicin", "ifosfamide+doxorubicin"))
    assert (
        "Anlotinib + Doxorubicin and Doxorubicin + Ifosfamide: connected indirectly" == table.title
    )
    (section,) = table.sections
    assert "Anlotinib + Doxorubicin → Doxorubicin → Doxorubicin + Ifosfamide" == section.heading
    assert [
        (
            "Anlotinib + Doxorubicin vs Doxorubicin", "anlo", "one vs two",
            "first", "Soft-tissue sarcoma", "ORR",
        ),
        (
            "Doxorubicin vs Doxorubicin + Ifosfamide", "ifo (IFO)", "two vs one",
            "first", "Soft-tissue sarcoma", "ORR",
        ),
    ] == table.lines  # fmt: skip
    assert {"Both are compared with": ("Doxorubicin",)} == _notes(table)


def test_direct_path_and_endpoint():
    """The title says how, and for which endpoint."""
    table = table_of(path(BASE, "doxorubicin", "anlotinib+doxorubicin", endpoint="orr"))
    assert (
        "Doxorubicin and Anlotinib + Doxorubicin: compared directly for Objective response rate"
        == table.title
    )


def test_same_regimen():
    """Two spellings of one regimen are said to be one."""
    assert (
        "Doxorubicin: both are this regimen" == table_of(path(BASE, "Adriamycin", "ifo/two")).title
    )


@pytest.mark.parametrize(
    ("asked", "lines"),
    [
        ("pembrolizumab", ("Pembrolizumab: in no randomised comparison; given in single/one",)),
        ("axitinib", ("Axitinib: no arm of the knowledge base gives it",)),
        (
            "anlotinib+epirubicin",
            (
                "Anlotinib + Epirubicin: given as one alternative in choice/one",
                "Anlotinib + Epirubicin: in no randomised comparison",
            ),
        ),
    ],
)
def test_not_connected(asked, lines):
    """Each side says what it is connected to, and what is beyond that."""
    table = table_of(path(BASE, asked, "epirubicin"))
    assert table.title.endswith("not connected by randomised comparisons")
    assert {
        "What each side is connected to": (
            *lines,
            "Epirubicin: compared with Doxorubicin + Ifosfamide",
            "Epirubicin: through these with Anlotinib + Doxorubicin; Doxorubicin",
        )
    } == _notes(table)


def test_alternative_in_a_connected_path():
    """A side that is one alternative of an arm says so, also where a path exists."""
    base = base_of(randomised("alpha", CHOICE, DOX))
    table = table_of(path(base, "anlotinib+epirubicin", "doxorubicin"))
    line = "Anlotinib + Epirubicin: given as one alternative in alpha/one"
    assert (line,) == _notes(table)["Alternatives"]


def test_gaps():
    """Cells say trials and patients, 0 where nothing is known, + where a trial prints no n."""
    silent = report({"one": analysis_set(n=None)}, [estimate()])
    base = base_of(
        trial("alpha", arms={"one": arm("anlotinib", "pembrolizumab")}),
        trial("beta"),
        trial("gamma", reports={"smith-2020": silent}),
    )
    table = table_of(gaps(base))
    assert "Trials · patients; 2 of 5 cells are empty" == table.title
    assert ["Regimen class", "ORR"] == [column.heading for column in table.columns]
    assert ["Regimen classes", "Families"] == [section.heading for section in table.sections]
    assert {
        ("Chemotherapy doublet", "0"),
        ("Single-agent chemotherapy", "2 · 40+"),
        ("Antiangiogenic + chemotherapy", "0"),
        ("Antiangiogenic agent + Checkpoint inhibitor", "1 · 40"),
        ("Cytotoxic chemotherapy", "2 · 40+"),
    } == set(table.lines)
    notes = _notes(table)["Notes"]
    assert "+: further trials that do not print how many patients" in notes
    assert "not reported by any trial: DCR, PFS, OS" in notes


def test_gaps_without_any_evidence():
    """A matrix without evidence keeps a column, so that its zeros are seen."""
    table = table_of(gaps(BASE, endpoint="pfs", regimen_class="chemotherapy-doublet"))
    assert [("Chemotherapy doublet", "0")] == table.lines


def test_endpoints_of_a_comparison():
    """What both arms report stands in one cell, by short names, parted by commas."""
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    numbers = [estimate(name, of=one) for name in ("pfs", "orr") for one in sets]
    body = {"smith-2020": report(sets, numbers)}
    base = base_of(randomised("alpha", arm("doxorubicin", "ifosfamide"), DOX, reports=body))
    (line,) = table_of(path(base, "doxorubicin", "doxorubicin+ifosfamide")).lines
    assert "ORR, PFS" == line[-1]
