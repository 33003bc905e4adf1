"""Harms side by side: which events, grades, arms and reports are shown."""

import pytest

import kb
from builders import analysis_set, arm, base_of, randomised, report, trial
from kb.comparison.harms import every_harm
from kb.errors import UnknownTermError


def harm(event="neutropenia", of="one", **more):
    """A harm of a set with a locator, and ten patients unless something else is printed."""
    number = {} if {"value", "share", "rank", "events"} & set(more) else {"events": 10}
    return {**({"set": of} if of else {}), "event": event, "locator": "p1", **number, **more}


def base(*harms, trial_id="alpha", **more):
    """A base of one trial whose only report prints these harms."""
    return base_of(trial(trial_id, reports={"smith-2020": report(harms=list(harms), **more)}))


GRADED = base(
    harm(grade="any", value="90"), harm(grade="3-4", value="30"), harm(grade=">=3", value="31"),
    harm(grade="3", value="20"), harm(grade="5", value="1"), harm(value="50"),
    harm("nausea", grade="1-2", value="40"), harm("any", outcome="death", value="2"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("grade", "found"),
    [
        (None, ["90", "30", "31", "20", "1", "50", "40", "2"]),
        ("any", ["90"]),
        ("ALL", ["90"]),
        ("3-4", ["30", "20"]),
        (">=3", ["30", "31", "20", "1", "2"]),
        ("3+", ["30", "31", "20", "1", "2"]),
        ("3", ["20"]),
        ("5", ["1", "2"]),
        ("<=2", ["40"]),
        ("not-stated", ["50"]),
        ("3,5", ["20", "1", "2"]),
        (["3", "any"], ["90", "20"]),
    ],
)
def test_grades(grade, found):
    """A grade finds the rows whose grades all lie in it; any grade is found by `any` alone."""
    assert found == [row.value for row in kb.harms(GRADED, grade=grade)]


@pytest.mark.parametrize("grade", ["0", "6", "severe", "3-6"])
def test_what_is_no_grade(grade):
    """A word that is no grade is refused with what one looks like."""
    with pytest.raises(ValueError, match=f"a grade is 1 to 5, .* got '{grade}'"):
        kb.harms(GRADED, grade=grade)


NAMED = base(
    harm("neutropenia"), harm("neutrophil-count-decreased"), harm("febrile-neutropenia", grade="5"),
    harm("anaemia"), harm("any", grade="5"), harm("any", severity="serious"),
    harm("any", severity="severe"), harm("discontinuation-for-toxicity"),
    harm("hepatic-failure", severity="serious", outcome="death"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("event", "found"),
    [
        ("neutropenia", ["neutropenia", "neutrophil-count-decreased"]),
        ("Neutropaenia", ["neutropenia", "neutrophil-count-decreased"]),
        ("febrile neutropenia", ["febrile-neutropenia"]),
        ("anemia", ["anaemia"]),
        ("neutropenia,anaemia", ["neutropenia", "neutrophil-count-decreased", "anaemia"]),
        (["anaemia", "discontinuation"], ["anaemia", "discontinuation-for-toxicity"]),
        ("death", ["febrile-neutropenia", "any", "hepatic-failure"]),
        ("serious", ["any", "hepatic-failure"]),
        ("any", ["any", "any", "any"]),
        ("hand-foot-syndrome", []),
    ],
)
def test_events(event, found):
    """Words that are one event find it; a fatal event is a death too, whatever it is called."""
    assert found == [row.event for row in kb.harms(NAMED, event=event)]


def test_an_unknown_event():
    """A word that neither the records nor the table of words has is refused with near ones."""
    with pytest.raises(UnknownTermError, match="adverse event; did you mean 'anaemia'"):
        kb.harms(NAMED, event="anaemie")


def test_reports_that_are_none():
    """Only the newest release, or all reports."""
    with pytest.raises(ValueError, match="reports is one of latest, all, got 'both'"):
        kb.harms(NAMED, reports="both")


def _reports(**reports):
    named = {name.replace("_", "-"): one for name, one in reports.items()}
    return base_of(trial("alpha", reports={"smith-2020": report(harms=[]), **named}))


def _of(year=2021, *, read="abstract", value="25", more=None, **harms):
    number = {"value": value} if value else {}
    one = {"set": "one", "event": "neutropenia", "locator": "p1", **number, **harms}
    return report(harms=[one], citation={"year": year}, read=read, **(more or {}))


RELAYED = {"relays": {"report": "a-2021"}}


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (_of(2022), _of(2021), "an earlier release than a-2021 (2021, before 2022)"),
        (
            _of(2021), _of(2021, read="news", more=RELAYED),
            "the same release as a-2021, which was read as abstract",
        ),
        (
            _of(2021), _of(2021, value="25.0", more=RELAYED, rank="most-frequent"),
            "the same release as b-2021",
        ),
        (_of(2021), _of(2022, read="review-table"), "a review table; a-2021 prints it"),
        (_of(2021), _of(2022, value=""), "names it without a number; a-2021 prints one"),
        (_of(2021), _of(2021, read="news"), "a release of the same date as a-2021"),
    ],
)  # fmt: skip
def test_one_report_of_each_event(one, other, reason):
    """The newest release that prints a number is shown; what is not says why."""
    found = kb.harms(_reports(a_2021=one, b_2021=other))
    assert 1 == len(found)
    assert [reason] == [row.set_aside for row in found.set_aside]
    every = kb.harms(_reports(a_2021=one, b_2021=other), reports="all")
    assert (2, ()) == (len(every), every.set_aside)


def test_an_undated_release():
    """A release without any date comes before one that has it, or is undated like another."""
    undated = _of(2021)
    undated["citation"] = {"title": "No date"}
    dated = kb.harms(_reports(a_2021=_of(2021), b_2021=undated))
    assert ["an earlier release than a-2021 (undated, before 2021)"] == [
        row.set_aside for row in dated.set_aside
    ]
    both = kb.harms(_reports(a_2021=undated, b_2021=undated))
    assert ["a release undated like a-2021"] == [row.set_aside for row in both.set_aside]


@pytest.mark.parametrize(
    "other",
    [
        {"grade": "3-4"}, {"relation": "treatment-related"}, {"event": "nausea"},
        {"severity": "serious"}, {"outcome": "recovered"}, {"drug": "doxorubicin"},
    ],
)  # fmt: skip
def test_other_events_are_not_reports_of_one(other):
    """Another grade, attribution, severity, outcome or drug is another row, not an older one."""
    found = kb.harms(_reports(a_2021=_of(2021), b_2021=_of(2022, **other)))
    assert (2, ()) == (len(found), found.set_aside)


def test_spellings_of_a_grade_are_one():
    """`>=3` of one report and `3-5` of another are the same grades."""
    found = kb.harms(_reports(a_2021=_of(2021, grade=">=3"), b_2021=_of(2022, grade="3-5")))
    assert ["b-2021"] == [row.report for row in found]


def test_every_harm():
    """All reports are exported, those that are not shown with the reason."""
    found = every_harm(_reports(a_2021=_of(2021), b_2021=_of(2022)))
    assert ["an earlier release than b-2021 (2021, before 2022)", ""] == [
        row.set_aside for row in found
    ]


def _two_arms(*harms):
    body = report({"one": analysis_set("one"), "two": analysis_set("two")}, [], harms=list(harms))
    pair = (arm("doxorubicin", "ifosfamide"), arm("doxorubicin"))
    return base_of(
        randomised("alpha", *pair, reports={"smith-2020": body}),
        trial("beta", reports={"smith-2020": report(harms=[harm("nausea")])}),
    )


def test_filters():
    """The harms of selected arms only; an event without a set needs every arm of its trial."""
    found = _two_arms(harm(of="one"), harm(of="two"), harm("fatigue", of=""))
    assert ["alpha", "alpha", "alpha", "beta"] == [row.trial for row in kb.harms(found)]
    combination = kb.harms(found, drug="ifosfamide")
    assert [("one",)] == [row.arms for row in combination]
    assert [] == list(kb.harms(found, line="second"))
    assert ["beta", "alpha", "alpha", "alpha"] == [
        row.trial for row in kb.harms(found, trial=["beta", "alpha"])
    ]


def test_it_is_a_view_of_rows():
    """Length and iteration are those of the rows; the words that narrowed it are kept."""
    found = kb.harms(NAMED, event="neutropenia, anaemia", grade="not-stated")
    assert list(found.rows) == list(found)
    assert (("neutropenia", "anaemia"), ("not-stated",)) == (found.events, found.grades)


def _sets(*harms):
    """A trial with a safety set that has harms only, and a news item about it."""
    sets = {"one": analysis_set(), "safe": {**analysis_set(n=38), "population": "safety"}}
    news = report(sets, [], harms=[harm("rash", of="safe", value="5")], read="news",
                  citation={"year": 2021}, data_cut="2021-03")  # fmt: skip
    own = report(sets, harms=list(harms))
    return base_of(trial("alpha", reports={"smith-2020": own, "news-2021": news}), trial("beta"))


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        ({}, ["nausea", "fatigue", "rash"]),
        ({"analysis_set": "safety"}, ["fatigue", "rash"]),
        ({"analysis_set": "treated"}, []),
        ({"read": "news"}, ["rash"]),
        ({"cut": "2021-03"}, ["rash"]),
        ({"exclude": "alpha/news-2021"}, ["nausea", "fatigue"]),
        ({"exclude": "alpha"}, []),
        ({"exclude": "alpha/smith-2020/safe/harm/fatigue"}, ["nausea", "rash"]),
        (
            {"histology": "soft-tissue-sarcoma", "only_histology": True},
            ["nausea", "fatigue", "rash"],
        ),
    ],
)
def test_filters_that_choose_among_events(criteria, found):
    """Sets, reports, cuts and addresses choose among events, whatever results are printed of them."""
    base = _sets(harm("nausea"), harm("fatigue", of="safe"))
    assert found == [row.event for row in kb.harms(base, **criteria)]


@pytest.mark.parametrize(
    ("name", "word", "said"),
    [
        ("criteria", "recist", "an adverse event has none of its own"),
        ("assessor", "investigator", "an adverse event has none of its own"),
        ("confirmed", "confirmed", "an adverse event has none of its own"),
        ("definition", "16wk", "an adverse event has none of its own"),
        ("one_per_trial", True, "every event of a trial is a row of its own"),
    ],
)
def test_filters_that_events_cannot_meet(name, word, said):
    """What asks how a response was judged is refused, not ignored."""
    with pytest.raises(ValueError, match=f"{name} chooses among rows, and {said}"):
        kb.harms(NAMED, **{name: word})


def test_an_event_to_exclude_that_is_not_there():
    """The address of an event that no record has is refused with near ones."""
    with pytest.raises(UnknownTermError, match="did you mean 'alpha/smith-2020/safe/harm/fatigue'"):
        kb.harms(_sets(harm("fatigue", of="safe")), exclude="alpha/smith-2020/safe/harm/fatique")
