"""Filters: synonyms, hierarchy, several words, and words that are not there."""

import pytest

import kb
from builders import VOCABULARY, analysis_set, arm, base_of, randomised, report, trial
from kb.errors import UnknownTermError
from kb.query.criteria import years_match
from kb.query.filters import worded

BASE = base_of(
    trial("alpha"),
    trial(
        "beta",
        phase="1/2",
        population={"histologies": ["leiomyosarcoma"], "line": "second", "from": "smith-2020"},
    ),
    randomised("gamma", arm("doxorubicin", "ifosfamide"), arm("doxorubicin"), phase="3"),
    trial(
        "delta",
        arms={
            "one": arm(
                {"one_of": [[{"drug": "doxorubicin"}], [{"drug": "epirubicin"}]]},
                "ifosfamide",
                "pegfilgrastim",
            )
        },
    ),
    trial(
        "sub",
        reports={
            "smith-2020": report(
                {
                    "one": analysis_set(),
                    "lms": analysis_set(n=9, of="one", subgroup={"histology": ["leiomyosarcoma"]}),
                },
            )
        },
    ),
)


def _found(**criteria):
    return [f"{one.trial.id}/{one.arm_id}" for one in kb.select(BASE, **criteria)]


def test_no_filter_takes_all():
    """Without filters every arm of every trial is there, in the order of the base."""
    assert ["alpha/one", "beta/one", "gamma/one", "gamma/two", "delta/one", "sub/one"] == _found()


def test_drug_words_are_all_needed():
    """Several drugs: arms that contain all of them."""
    assert ["gamma/one", "delta/one"] == _found(drug=["Adriamycin", "ifosfamide"])


def test_other_words_are_any_of():
    """Several words of another filter: any of them."""
    assert ["beta/one", "gamma/one", "gamma/two"] == _found(phase=["1", "3"])


def test_phase_finds_combined_phases():
    """Phase 2 finds 1/2; roman numerals and the word phase are understood."""
    assert ["alpha/one", "beta/one", "delta/one", "sub/one"] == _found(phase="phase II")


def test_histology_goes_down_the_tree():
    """A histology finds what lies under it, and subgroups that are reported."""
    assert ["beta/one", "sub/one"] == _found(histology="LMS")
    assert len(BASE["gamma"].arms) + 4 == len(_found(histology="sarcoma"))


def test_classes():
    """Named classes and families find arms; a family may be typed in any order."""
    assert ["gamma/one", "delta/one"] == _found(regimen_class="chemotherapy-doublet")
    assert [] == _found(regimen_class="chemotherapy+antiangiogenic")


def test_supportive_drugs_are_found_but_make_no_class():
    """A supportive drug finds its arm and adds nothing to its drugs."""
    assert ["delta/one"] == _found(drug="pegfilgrastim")


def test_years():
    """A year, a range, an open range."""
    assert 6 == len(_found(year="2020"))
    assert 6 == len(_found(year="2019-2021"))
    assert [] == _found(year="2021-")


@pytest.mark.parametrize(
    ("criteria", "message"),
    [
        (
            {"drug": "doxorubicine"},
            "'doxorubicine' is not a known drug; did you mean 'doxorubicin'",
        ),
        ({"line": "frist"}, "'frist' is not a known line; did you mean 'first'"),
        ({"regimen_class": "doublet"}, "'doublet' is not a known regimen-class"),
        ({"allocation": "random"}, "'random' is not a known allocation; did you mean 'randomised'"),
        ({"line": "xyz"}, "'xyz' is not a known line; known are first, anthracycline-naive, "),
        ({"allocation": "rct"}, "known are single-arm, parallel-cohorts, randomised"),
        ({"year": "2024-2020"}, "not a known year; did you mean '2020-2024'"),
        ({"year": "last"}, "'last' is not a known year"),
        ({"year": "２０２０"}, "is not a known year"),
        ({"phase": "vi"}, "'vi' is not a known phase"),
        ({"phase": "9"}, "'9' is not a known phase"),
        ({"trial": ""}, "'' is not a known trial"),
        ({"trial": "alfa"}, "'alfa' is not a known trial; did you mean 'alpha'"),
    ],
)
def test_unknown_words(criteria, message):
    """A word that is not there is refused with near ones."""
    with pytest.raises(kb.UnknownTermError, match=message):
        kb.select(BASE, **criteria)


def test_unknown_filter():
    """A filter that does not exist is a ValueError that lists those that do."""
    with pytest.raises(ValueError, match="'colour' is not a filter; filters are trial, drug"):
        kb.select(BASE, colour="red")  # type: ignore[call-arg]  # no filter, on purpose


def test_several_years():
    """A report of any of the years that are named is found, and one without a year by none."""
    assert 6 == len(_found(year=["1999", 2020]))
    assert not years_match(["2020-"], None)


def test_an_arm_that_was_selected():
    """What is selected is an arm with its trial."""
    one = next(iter(kb.select(BASE, trial="alpha")))
    assert one.arm is one.trial.arms[one.arm_id]


def test_filters_in_words():
    """Words of a filter are joined by how they were applied: drugs by and, others by or."""
    criteria = {"drug": ("doxorubicin", "ifosfamide"), "drug_class": ("vegfr-tki", "anthracycline")}
    assert [
        "drug doxorubicin and ifosfamide",
        "drug class vegfr-tki or anthracycline",
    ] == worded(criteria)


def test_a_class_where_a_drug_is_asked_for():
    """A class that is a drug too where print names none is refused, and its id is not."""
    unnamed = {
        "name": "Anthracycline, drug not stated", "class": "anthracycline", "unnamed": "one",
        "synonyms": ["anthracycline", "some anthracycline"],
    }  # fmt: skip
    drugs = {**VOCABULARY["drugs"], "anthracycline-not-stated": unnamed}
    base = base_of(
        trial("alpha", arms={"one": arm("anthracycline-not-stated")}),
        trial("beta"),
        vocabulary={**VOCABULARY, "drugs": drugs},
    )
    with pytest.raises(UnknownTermError, match="it is a drug class: --drug-class anthracycline; "):
        kb.select(base, drug="Anthracycline")
    for word in ("anthracycline-not-stated", "some anthracycline"):
        assert ["alpha"] == [one.trial.id for one in kb.select(base, drug=word)]
    assert ["alpha", "beta"] == [
        one.trial.id for one in kb.select(base, drug_class="anthracycline")
    ]
