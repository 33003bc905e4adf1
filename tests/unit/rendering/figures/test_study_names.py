"""What studies are called in figures: acronyms, authors and years, and no two alike."""

import pytest

import kb
from builders import base_of, report, trial
from kb.rendering.figures.study_names import study_names, surname
from kb.rows.row import Row


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Smith J", "Smith"),
        ("Smith", "Smith"),
        ("D'Angelo SP", "D'Angelo"),
        ("Attia, S.", "Attia"),
        ("Tap, W. D.", "Tap"),
        ("Jean-Yves Blay", "Blay"),
        ("Markus K Schuler", "Schuler"),
        ("Brian A Van Tine", "Van Tine"),
        ("Winette T. A. van der Graaf", "van der Graaf"),
        ("Van Tine BA", "Van Tine"),
        ("Robin L. Jones, MD", "Jones"),
        ("J-Y Blay", "Blay"),
        ("WANG, Yitian", "Wang"),
        ("Xie L", "Xie"),
        ("WANG Y", "Wang"),
        ("Le Cesne", "Le Cesne"),
    ],
)
def test_surname(author, name):
    """Before the comma, before initials, else the last word with its particles."""
    assert name == surname(author)


@pytest.mark.parametrize(
    ("author", "report_id", "name"),
    [
        ("Van Tine Brian Andrew", "van-tine-2021", "Van Tine"),
        ("Xie Lu", "xie-2020-a", "Xie"),
        ("WANG Yitian", "wang-2025", "Wang"),
        ("Jean-Yves Blay", "blay-undated", "Blay"),
        ("Jean-Yves Blay", "onclive-2020", "Blay"),
    ],
)
def test_surname_that_an_id_begins_with(author, report_id, name):
    """Which of several words is the family name is told by the id of the report."""
    assert name == surname(author, report_id)


def _named(*trials):
    found = kb.compare(base_of(*trials), "orr")
    return study_names(found.rows, found.base)


def _cited(trial_id, **citation):
    body = {**report(), "citation": {"title": "A trial", **citation}}
    return trial(trial_id, reports={"smith-2020": body})


@pytest.mark.parametrize(
    ("citation", "name"),
    [
        ({"authors": ["Smith J", "Jones A"], "year": 2020}, "Smith 2020"),
        ({"first_author": "Jones A", "date": "2021-03-04"}, "Jones 2021"),
        ({"first_author": "Jones A"}, "Jones undated"),
        ({"container": "Journal", "year": 2020}, "Journal 2020"),
        ({"meeting": "ESMO Congress 2024", "year": 2024}, "ESMO Congress 2024"),
        ({"container": "Journal", "pmid": "123"}, "PMID 123"),
        ({"pmcid": "PMC123"}, "PMC123"),
        ({"container": "Journal"}, "Journal undated"),
        ({}, "Smith 2020"),
    ],
)
def test_author_and_year(citation, name):
    """Of a trial without an acronym; else what is printed of where it appeared, else its id."""
    assert {"alpha": name} == _named(_cited("alpha", **citation))


def test_acronym():
    """An acronym goes before the author."""
    assert {"alpha": "ALPHA-1"} == _named(trial("alpha", acronym="ALPHA-1"))


def test_author_of_another_report():
    """Where the document of a row prints no author, what it relays does, or another report."""
    anonymous = {**report(), "citation": {"title": "News", "container": "News", "year": 2022}}
    other = {**report(None, []), "citation": {"authors": ["Jones A"], "year": 2019}}
    relaying = {**anonymous, "relays": {"first_author": "Kim B", "year": 2021}}
    both = {"smith-2020": anonymous, "jones-2019": other}
    assert {"alpha": "Jones 2019"} == _named(trial("alpha", reports=both))
    both["smith-2020"] = relaying
    assert {"alpha": "Kim 2021"} == _named(trial("alpha", reports=both))


def test_equal_names():
    """Author-years get letters in the order of their ids; other names the id behind them."""
    assert {"beta": "Smith 2020b", "alpha": "Smith 2020a", "gamma": "Gamma"} == _named(
        trial("beta"), trial("alpha"), trial("gamma", acronym="Gamma")
    )
    assert {"alpha": "Jones undated (alpha)", "beta": "Jones undated (beta)"} == _named(
        _cited("alpha", first_author="Jones A"), _cited("beta", first_author="Jones B")
    )
    many = [trial(f"t{number:02d}") for number in range(27)]
    assert "Smith 2020 (t26)" == _named(*many)["t26"]


def test_studies_of_a_table():
    """A study without a record is called what its table calls it."""
    rows = [Row("1", "Study X"), Row("2", "Study Y", acronym="Y")]
    assert {"Study X": "Study X", "Study Y": "Y"} == study_names(rows, None)
    assert {"Study X": "Study X", "Study Y": "Y"} == study_names(rows, base_of(trial()))
