"""Each filter just inside and just outside, and how its words are read."""

from typing import Any

import pytest

import kb
from builders import analysis_set, arm, base_of, estimate, randomised, report, trial
from kb.model.trial import PHASES
from kb.query.criteria import meets, resolved, years_match
from kb.query.filters import FILTERS, Criteria, worded


def _year(year, **more):
    cited = {"citation": {"year": year}} if year else {"citation": {"container": "X"}}
    return report(**cited, **more)


def _population(line="first", histology="soft-tissue-sarcoma"):
    return {"histologies": [histology], "line": line, "from": "smith-2020"}


PART = {"one": analysis_set(), "part": analysis_set(n=9, line="second", subgroup={"histology": "leiomyosarcoma"})}  # fmt: skip
BASE = base_of(
    trial("a", acronym="ALFA", registrations=["NCT01"], reports={"smith-2020": _year(2019)}),
    trial("b", phase="1b/2", population=_population("second", "liposarcoma"),
          reports={"smith-2020": _year(2020), "late-2024": _year(2024)}),
    trial("c", phase="2/3", design={"allocation": "parallel-cohorts", "timing": "prospective"},
          arms={"one": arm("anlotinib", "epirubicin")}, reports={"smith-2020": _year(2025)}),
    randomised("d", arm("doxorubicin", "ifosfamide"), arm("doxorubicin", "placebo"), phase="1b"),
    trial("e", phase="not-stated", arms={"one": arm("pembrolizumab")},
          population={"histologies": ["osteosarcoma"], "from": "smith-2020"},
          reports={"smith-2020": _year(None)}),
    trial("f", phase="2a", reports={"smith-2020": report(PART, [estimate(), estimate(of="part", events=2)])}),
)  # fmt: skip
EVERY = "a b c d/one d/two e f"


def _found(**criteria):
    """The selected arms, by trial; arms of the randomised one each."""
    return " ".join(
        f"{one.trial_id}/{one.arm_id}" if one.trial_id == "d" else one.trial_id
        for one in kb.select(BASE, **criteria)
    )


CASES: dict[str, list[tuple[str | int | list[str], str]]] = {
    "trial": [("a", "a"), ("alfa", "a"), ("NCT01", "a"), (["d", "a"], "a d/one d/two"), ([], EVERY)],
    "drug": [
        ("ifosfamide", "d/one"), ("Adriamycin", "a b d/one d/two f"),
        (["doxorubicin", "ifosfamide"], "d/one"), (["ifosfamide", "anlotinib"], ""),
        ("placebo", "d/two"), ("axitinib", ""),
    ],
    "drug_class": [
        ("vegfr-tki", "c"), ("antiangiogenic", "c"), ("anthracycline", "a b c d/one d/two f"),
        (["vegfr-tki", "checkpoint-inhibitor"], "c e"), ("alkylating-agent", "d/one"),
    ],
    "regimen_class": [
        ("chemotherapy-doublet", "d/one"), ("single-agent-chemotherapy", "a b d/two f"),
        ("antiangiogenic+chemotherapy", "c"), ("chemotherapy + antiangiogenic", "c"),
        (["chemotherapy-doublet", "antiangiogenic-plus-chemotherapy"], "c d/one"),
        ("chemotherapy+chemotherapy", "a b d/one d/two f"),
    ],
    "histology": [
        ("liposarcoma", "b"), ("LMS", "f"), ("soft-tissue-sarcoma", "a b c d/one d/two f"),
        ("sarcoma", EVERY), (["osteosarcoma", "liposarcoma"], "b e"),
    ],
    "line": [
        ("second", "b f"), ("First", "a c d/one d/two f"), (["first", "second"], "a b c d/one d/two f"),
        ("maintenance", ""), ("not-stated", ""),
    ],
    "phase": [
        ("2", "a b c f"), ("1b", "b d/one d/two"), ("1", "b d/one d/two"), ("1b/2", "b"), ("3", "c"),
        ("2/3", "c"), ("II", "a b c f"), ("phase Ib", "b d/one d/two"), ("Ib/II", "b"), ("2a", "f"),
        ("2b", ""), ("4", ""), ("1/2", ""), (["3", "1b"], "b c d/one d/two"), ("not-stated", "e"),
    ],
    "allocation": [
        ("single-arm", "a b e f"), ("Randomised", "d/one d/two"), ("parallel cohorts", "c"),
        (["randomised", "parallel-cohorts"], "c d/one d/two"),
    ],
    "year": [
        ("2020", "b d/one d/two f"), (2020, "b d/one d/two f"), ("2020-", "b c d/one d/two f"),
        ("2021-", "b c"), ("2025-", "c"), ("2026-", ""), ("-2019", "a"), ("-2018", ""),
        ("-2020", "a b d/one d/two f"), ("2020-2024", "b d/one d/two f"), ("2021-2023", ""),
        ("2024-2025", "b c"), ("2019-2019", "a"), (["2019", "2025"], "a c"), (["-2019", "2025-"], "a c"),
    ],
}  # fmt: skip


OF_ROWS = (
    "criteria", "assessor", "confirmed", "analysis_set", "read", "definition", "cut", "exclude",
    "only_histology", "one_per_trial",
)  # fmt: skip
"""Filters that choose among rows; their cases stand in `test_row_filters`."""


@pytest.mark.parametrize(
    ("name", "words", "arms"),
    [(name, *case) for name, cases in CASES.items() for case in cases],
)
def test_filter(name, words, arms):
    """Exactly the arms that meet one filter, several words included."""
    assert arms == _found(**{name: words})


def test_every_filter_has_a_case():
    """A filter that is added has its cases, is read, is typed, and has an option of its own."""
    names = [one.name for one in FILTERS]
    assert names == [*CASES, *OF_ROWS] == list(Criteria.__annotations__)
    assert len(FILTERS) == len({one.option for one in FILTERS})
    assert all(one.option.startswith("--") and one.help.endswith(".") for one in FILTERS)
    assert ["drug"] == [one.name for one in FILTERS if one.all_of]


@pytest.mark.parametrize("name", list(CASES))
def test_how_a_filter_is_worded(name):
    """Words of drugs are joined by and, those of any other filter by or."""
    joined = "and" if name == "drug" else "or"
    assert [f"{name.replace('_', ' ')} x {joined} y"] == worded({name: ("x", "y")})
    assert [] == worded({})


def test_filters_together():
    """Every filter that is set must be met."""
    assert "b f" == _found(line="second", drug="doxorubicin")
    assert "b" == _found(line="second", phase="2", year="2020", histology="liposarcoma")
    assert "" == _found(line="second", histology="osteosarcoma")
    assert EVERY == _found() == _found(drug=None, line=[], year=())


@pytest.mark.parametrize("phase", PHASES)
def test_phases_are_read_as_they_are_written(phase):
    """Every phase of a record stands for itself, also behind the word and in capitals."""
    asked = (phase, phase.upper(), f"Phase {phase}")
    assert {phase} == {resolved(BASE, {"phase": word})["phase"][0] for word in asked}


@pytest.mark.parametrize(
    ("word", "phase"),
    [("I", "1"), ("II", "2"), ("iii", "3"), ("IV", "4"), ("Ia", "1a"), ("IIb", "2b"), ("I/II", "1/2"),
     ("II/III", "2/3"), ("phase iii", "3")],
)  # fmt: skip
def test_roman_phases(word, phase):
    """Roman numerals are read, with their letter and combined."""
    assert {"phase": (phase,)} == resolved(BASE, {"phase": word})


@pytest.mark.parametrize(
    ("name", "word", "said"),
    [
        ("phase", "5", "'5' is not a known phase"),
        ("phase", "v", "'v' is not a known phase"),
        ("phase", "1/3", "'1/3' is not a known phase; did you mean"),
        ("phase", "", "'' is not a known phase; known are 1, 1a"),
        ("year", "20", "'20' is not a known year; did you mean '2024', '2020-2024' or '2020-'"),
        ("year", "20200", "'20200' is not a known year"),
        ("year", "2020-20", "'2020-20' is not a known year"),
        ("year", "-", "'-' is not a known year"),
        ("year", "", "'' is not a known year"),
        ("year", "2020-2019", "did you mean '2019-2020'"),
        ("line", "", "'' is not a known line; known are first"),
        ("regimen_class", "chemotherapy+unheard", "'chemotherapy.unheard' is not a known regimen-class"),
        ("regimen_class", "chemotherapy+", "is not a known regimen-class"),
        ("drug_class", "", "'' is not a known drug-class"),
    ],
)  # fmt: skip
def test_words_that_are_refused(name, word, said):
    """A word that no filter knows is refused with what was probably meant, or with all there are."""
    asked: Any = {name: word}
    with pytest.raises(kb.UnknownTermError, match=said):
        resolved(BASE, asked)


@pytest.mark.parametrize(
    ("asked", "inside", "outside"),
    [
        (["2020"], [2020], [2019, 2021]),
        (["2020-"], [2020, 9999], [2019]),
        (["-2020"], [0, 2020], [2021]),
        (["2020-2024"], [2020, 2024], [2019, 2025]),
        (["2019", "2021-"], [2019, 2021], [2018, 2020]),
        ([], [], [2020]),
    ],
)
def test_years(asked, inside, outside):
    """The ends of a range belong to it; a report without a year is in none."""
    assert all(years_match(asked, year) for year in inside)
    assert not any(years_match(asked, year) for year in outside)
    assert not years_match(asked, None)


@pytest.mark.parametrize(
    ("criteria", "met"),
    [
        ({}, True),
        ({"line": ("first",)}, True), ({"line": ("second",)}, False), ({"line": ("second", "first")}, True),
        ({"year": ("2020",)}, True), ({"year": ("2021-",)}, False),
        ({"histology": ("sarcoma",)}, True), ({"histology": ("leiomyosarcoma",)}, True),
        ({"histology": ("liposarcoma",)}, False), ({"histology": ("liposarcoma", "sarcoma")}, True),
        ({"line": ("first",), "year": ("1999",)}, False),
        ({"line": ("first",), "histology": ("osteosarcoma",)}, False),
        ({"drug": ("anlotinib",)}, True),
    ],
)  # fmt: skip
def test_sets(criteria, met):
    """Line, year and histology are asked of each set, a histology with all that stands above it."""
    found = meets(
        criteria, BASE.vocabulary, line="first", year=2020, histologies=["leiomyosarcoma"]
    )
    assert met is found
    nobody = meets({"histology": ("sarcoma",)}, BASE.vocabulary, line="", year=None, histologies=[])
    assert nobody is False


def _sets(**criteria):
    """The sets of the rows that are compared."""
    found = kb.compare(BASE, "orr", **criteria)
    return [f"{row.trial}/{row.report}/{row.set}" for row in found.rows]


def test_rows_of_selected_arms():
    """A set of a selected arm that fails line, year or histology gives no row."""
    found = {
        word: _sets(**{name: word})
        for name, word in (("line", "second"), ("year", "2024"), ("histology", "leiomyosarcoma"))
    }  # fmt: skip
    assert {
        "second": ["b/late-2024/one", "f/smith-2020/part"],
        "2024": ["b/late-2024/one"],
        "leiomyosarcoma": ["f/smith-2020/part"],
    } == found


def test_a_selection():
    """A selection is the sequence of its arms, and names each trial once."""
    chosen = kb.select(BASE, trial=["d", "a"])
    assert (3, ("a", "d"), ("a", "d")) == (
        len(chosen), chosen.trial_ids, tuple(one.id for one in chosen.trials),
    )  # fmt: skip
    assert {"trial": ("d", "a")} == chosen.criteria
    found, arm_id = next(iter(chosen))
    assert ("a", "one") == (found.id, arm_id)
