"""Filters that choose among rows: just inside, just outside, and how their words are read."""

import copy
from typing import Any

import pytest

import kb
from builders import VOCABULARY, analysis_set, arm, base_of, contrast, estimate, report, trial
from kb.query.criteria import resolved
from kb.query.filters import AMONG_ROWS, FILTERS, worded
from kb.query.row_words import cut_within, defines, is_one_of, is_part

WORDS = copy.deepcopy(VOCABULARY)
WORDS["criteria"] |= {
    "choi": {"name": "Choi"}, "mrecist": {"name": "mRECIST"}, "recist-1.0": {"name": "RECIST 1.0"},
    "recist-not-specified": {"name": "RECIST, version not stated", "synonyms": ["RECIST"]},
}  # fmt: skip
WORDS["assessors"] |= {
    "bicr": {"name": "Blinded independent central review", "synonyms": ["BIRC"]},
    "central": {"name": "Central review", "synonyms": ["independent review"]},
}


def _judged(name, criteria=None, assessor=None, confirmed=None, **more):
    words = {"criteria": criteria, "assessor": assessor, "confirmed": confirmed}
    said = {key: value for key, value in words.items() if value}
    return estimate(id=name, **({"assessment": said} if said else {}), **more)


def _trials():
    sets = {
        "one": analysis_set(),
        "seen": analysis_set(n=30, population="response-evaluable"),
        "given": analysis_set(n=38, population="treated"),
        "lipo": analysis_set(n=9, subgroup={"histology": "liposarcoma"}),
        "two": analysis_set("two", 41),
    }
    printed = [
        _judged("recist", "recist-1.1", "bicr", "confirmed"),
        _judged("old", "recist-1.0", "central", "unconfirmed"),
        _judged("modified", "mrecist", "investigator"),
        _judged("choi", "choi"),
        _judged("silent"),
        _judged("seen", of="seen"),
        _judged("given", of="given"),
        _judged("lipo", of="lipo", events=2),
        estimate("dcr", events=20, definition={"stable-disease-for": {"weeks": 16}}, id="long"),
        estimate("dcr", events=30, definition="not-stated", id="any"),
        estimate("dcr", events=31, id="unsaid"),
        estimate(of="two", id="two"),
    ]
    body = report(sets, printed, data_cut="2022-04")
    body["contrasts"] = [contrast("one", "two", kind="unadjusted")]
    arms = {"one": arm("doxorubicin"), "two": {**arm("anlotinib"), "role": "control"}}
    plain = report(read="news", citation={"year": 2024})
    lipo = {"histologies": ["liposarcoma"], "line": "first", "from": "smith-2020"}
    return (
        trial("a", acronym="ALFA", arms=arms, reports={"smith-2020": body}),
        trial("b", reports={"smith-2020": report(data_cut="2023-01-15"), "news-2024": plain}),
        trial("c", population=lipo),
        trial("d", reports={"smith-2020": report(estimates=[])}),
    )


BASE = base_of(*_trials(), vocabulary=WORDS)


def _rows(endpoint="orr", base=BASE, **criteria):
    """The ids of the rows of `a` and the trials of the others, in their order."""
    found = kb.compare(base, endpoint, **{"measure": "all", **criteria})
    return " ".join(row.id or row.trial for row in found.rows)


ALL = "recist old modified choi silent seen given lipo two b c"
CASES: list[tuple[dict[str, Any], str]] = [
    ({}, ALL),
    ({"criteria": "recist-1.1"}, "recist"),
    ({"criteria": "RECIST"}, "recist old"),
    ({"criteria": "Choi"}, "choi"),
    ({"criteria": ["choi", "mRECIST"]}, "modified choi"),
    ({"criteria": "not-stated"}, "silent seen given lipo two b c"),
    ({"assessor": "bicr"}, "recist"),
    ({"assessor": "BICR"}, "recist"),
    ({"assessor": "independent"}, "recist old"),
    ({"assessor": "independent review"}, "old"),
    ({"assessor": "investigator"}, "modified"),
    ({"confirmed": "confirmed"}, "recist"),
    ({"confirmed": True}, "recist"),
    ({"confirmed": ["confirmed", "unconfirmed"]}, "recist old"),
    ({"analysis_set": "treated"}, "given"),
    ({"analysis_set": "ITT"}, "recist old modified choi silent lipo two b c"),
    ({"analysis_set": ["evaluable", "treated"]}, "seen given"),
    ({"read": "news"}, "b"),
    ({"read": "full text"}, ALL),
    ({"cut": "2022"}, "recist old modified choi silent seen given lipo two"),
    ({"cut": "2023-"}, "b"),
    ({"cut": "not stated"}, "b c"),
    ({"exclude": "a"}, "b c"),
    ({"exclude": ["ALFA", "c"]}, "b"),
    ({"exclude": "a/smith-2020/one"}, "seen given lipo two b c"),
    ({"exclude": "a/smith-2020/one/orr/proportion#choi"}, ALL.replace(" choi", "")),
    ({"exclude": "b/news-2024"}, ALL),
    ({"exclude": ["a", "b", "c"]}, ""),
    ({"histology": "liposarcoma"}, "lipo c"),
    ({"histology": "liposarcoma", "only_histology": True}, "lipo c"),
    ({"only_histology": False}, ALL),
    ({"one_per_trial": True}, "recist b c"),
    ({"one_per_trial": True, "criteria": "choi"}, "choi"),
    ({"criteria": "recist", "assessor": "investigator"}, ""),
]


@pytest.mark.parametrize(("criteria", "rows"), CASES, ids=str)
def test_rows(criteria, rows):
    """Exactly the rows that meet the filters are compared."""
    assert rows == _rows(**criteria)


@pytest.mark.parametrize(
    ("word", "rows"),
    [
        ("16wk", "long"), ("16 weeks", "long"), ("112 days", "long"), ("≥16-week", "long"),
        ("stable-disease-for=16 weeks", "long"), ("not-stated", "any unsaid"), ("24 weeks", ""),
        (["16wk", "not stated"], "long any unsaid"),
    ],
    ids=str,
)  # fmt: skip
def test_definitions(word, rows):
    """A length is read as people write it; what is silent is not stated."""
    assert rows == _rows("dcr", definition=word)


def test_a_definition_is_asked_of_what_has_several():
    """Endpoints of one definition stay beside; alone they have no use for the filter."""
    assert {"long", *ALL.split()} == set(_rows("orr,dcr", definition="16wk").split())
    with pytest.raises(ValueError, match="a definition is asked of dcr; orr has one"):
        _rows("orr", definition="16wk")


def test_filters_come_before_the_newest_report():
    """The paper is shown though newer news exist; without the filter the news are."""
    shown = {
        read: [row.report for row in kb.compare(BASE, "orr", trial="b", read=read).rows]
        for read in ("full-text", "news", None)
    }
    assert {"full-text": ["smith-2020"], "news": ["news-2024"], None: ["news-2024"]} == shown


MIXED = {"histologies": ["liposarcoma", "leiomyosarcoma"], "line": "first", "from": "smith-2020"}


def test_mixed_histology_is_counted():
    """Rows of which others are a part are left out with the flag, and the comparison holds them."""
    base = base_of(*_trials(), trial("mixed", population=MIXED), vocabulary=WORDS)
    asked = {"histology": "liposarcoma"}
    assert "lipo c mixed" == _rows(base=base, **asked)
    found = kb.compare(base, "orr", **asked, only_histology=True)
    assert (["mixed"], ["a", "c"]) == (
        [row.trial for row in found.mixed], [row.trial for row in found.rows],
    )  # fmt: skip
    assert "1 row of mixed histology left out" in kb.render(found)
    both = kb.compare(base, "orr", histology=["liposarcoma", "LMS"], only_histology=True)
    assert ["a", "c", "mixed"] == [row.trial for row in both.rows]


def test_what_stays_of_one_per_trial():
    """The others are set aside with what stands for them."""
    found = kb.compare(BASE, "orr", trial="a", one_per_trial=True)
    assert 8 == len(found.set_aside)
    assert {"one row per trial: a/smith-2020/one/orr/proportion#recist is shown"} == {
        row.set_aside for row in found.set_aside
    }
    with pytest.raises(ValueError, match="reports cannot be all"):
        kb.compare(BASE, "orr", one_per_trial=True, reports="all")


ARMS: list[tuple[dict[str, Any], str]] = [
    ({}, "a/one a/two b/one c/one d/one"),
    ({"criteria": "choi"}, "a/one"),
    ({"criteria": "not-stated"}, "a/one a/two b/one c/one"),
    ({"read": "news"}, "b/one"),
    ({"analysis_set": "treated", "criteria": "choi"}, ""),
    ({"exclude": "a"}, "b/one c/one d/one"),
    ({"exclude": ["a/smith-2020", "c/smith-2020/one"]}, "b/one d/one"),
    ({"exclude": "a/smith-2020/two"}, "a/one b/one c/one d/one"),
    ({"histology": "liposarcoma", "only_histology": True}, "a/one c/one"),
    ({"histology": "soft-tissue-sarcoma", "only_histology": True}, "a/one a/two b/one c/one"),
    ({"one_per_trial": True}, "a/one b/one c/one d/one"),
    ({"one_per_trial": True, "drug": "anlotinib"}, "a/two"),
]


@pytest.mark.parametrize(("criteria", "arms"), ARMS, ids=str)
def test_arms(criteria, arms):
    """An arm is found by one of its numbers that meets all filters at once."""
    found = kb.select(BASE, **criteria)
    assert arms == " ".join(f"{one.trial_id}/{one.arm_id}" for one in found)


def test_gaps_count_what_meets():
    """A cell holds the trials whose numbers meet the filters, each endpoint by itself."""

    def reported(**criteria: Any):
        return {one: n for one, n in kb.gaps(BASE, **criteria).reported.items() if n}

    assert {"orr": 3, "dcr": 1, "pfs": 1} == reported()
    assert {"orr": 1} == reported(criteria="choi")
    assert {"orr": 2} == reported(exclude="a")


@pytest.mark.parametrize(
    "asks",
    [kb.gaps, kb.audit, kb.graph, lambda base, **more: kb.related(base, "a", **more),
     lambda base, **more: kb.reporting(base, "orr", **more)],
    ids=["gaps", "audit", "graph", "related", "reporting"],
)  # fmt: skip
def test_one_per_trial_is_of_rows(asks):
    """What counts whole trials has no use for it, and says so."""
    with pytest.raises(ValueError, match="one_per_trial chooses among rows, and "):
        asks(BASE, one_per_trial=True)
    asks(BASE, one_per_trial=False)


@pytest.mark.parametrize(
    ("name", "word", "said"),
    [
        ("criteria", "chois", "'chois' is not a known criteria; did you mean 'choi'"),
        ("assessor", "investigators", "did you mean 'investigator'"),
        ("confirmed", "maybe", "not a known confirmation; known are confirmed"),
        ("analysis_set", "treatd", "not a known population of a set; did you mean 'treated'"),
        ("read", "full-txt", "did you mean 'full-text'"),
        ("definition", "16", "'16' is not a known definition"),
        ("definition", "16 fortnights", "is not a known definition"),
        ("definition", "response-for=16 weeks", "did you mean 'stable-disease-for=16 weeks'"),
        ("cut", "yesterday", "'yesterday' is not a known data cut; did you mean '2022-04'"),
        ("cut", "-", "not a known data cut"),
        ("cut", "..", "not a known data cut"),
        ("cut", "2024-2020", "did you mean '2020..2024'"),
        ("exclude", "nobody", "'nobody' is not a known trial"),
        ("exclude", "a/smith-202", "not a known report of a; did you mean 'smith-2020'"),
        ("exclude", "a/smith-2020/ones", "not a known set of a/smith-2020; did you mean 'one'"),
        ("exclude", "a/smith-2020/one:nobody", "'nobody' is not a known set"),
        ("exclude", "a/smith-2020/one/os", "is not a known address"),
    ],
)
def test_unknown_words(name, word, said):
    """What no filter knows is refused with what was probably meant."""
    asked: Any = {name: word}
    with pytest.raises(kb.UnknownTermError, match=said):
        resolved(BASE, asked)


def test_flags_are_yes_or_no():
    """A flag takes no word, and one of them needs a histology."""
    with pytest.raises(ValueError, match="yes or no, got 'perhaps'"):
        resolved(BASE, {"one_per_trial": "perhaps"})
    with pytest.raises(ValueError, match="say which"):
        resolved(BASE, {"only_histology": True})
    assert {} == resolved(BASE, {"only_histology": False, "one_per_trial": False})
    assert {"one_per_trial": ("yes",)} == resolved(BASE, {"one_per_trial": True})


def test_how_they_are_worded():
    """Flags are named, what is left out is without."""
    asked = {"criteria": ("recist", "choi"), "exclude": ("a", "b"), "one_per_trial": ("yes",)}
    assert ["criteria recist or choi", "without a and b", "one per trial"] == worded(asked)


@pytest.mark.parametrize(
    ("asked", "inside", "outside"),
    [
        ("2022", ["2022", "2022-04", "2022-04-30"], ["2021-12", "2023", ""]),
        ("2022-04", ["2022-04", "2022-04-30"], ["2022", "2022-05", "2022-03-31"]),
        ("2022-04-30", ["2022-04-30"], ["2022-04", "2022-05-01", "2022-04-29"]),
        ("2020..2022", ["2020", "2020-01", "2022-12-31"], ["2019-12", "2023-01"]),
        ("2022-04..", ["2022-04", "2022-04-01", "2024"], ["2022-03-31", "2022", ""]),
        ("..2022-04", ["2022-04", "2020", "2022-04-30"], ["2022-05", "2022", ""]),
        ("not-stated", [""], ["2022"]),
    ],
)
def test_cuts(asked, inside, outside):
    """A date is inside where it surely is: a month that is not printed may be another."""
    assert {True} == {cut_within(asked, said) for said in inside}
    assert {False} == {cut_within(asked, said) for said in outside}


@pytest.mark.parametrize(
    ("begun", "inside", "outside"),
    [
        ("a", ["a/r/s/orr/proportion"], ["aa/r/s/orr/proportion", "b/a/s/orr/proportion"]),
        ("a/r", ["a/r/s/orr/proportion"], ["a/rr/s/orr/proportion"]),
        ("a/r/s", ["a/r/s/orr/proportion", "a/r/s:t/pfs/hazard-ratio", "a/r/t:s/pfs/hazard-ratio"],
         ["a/r/ss/orr/proportion", "a/q/s/orr/proportion"]),
        ("a/r/s/orr", ["a/r/s/orr/proportion#x"], ["a/r/s/dcr/proportion", "a/r/s:t/orr/odds-ratio"]),
        ("a/r/s/orr/proportion", ["a/r/s/orr/proportion"], ["a/r/s/orr/proportion#x"]),
    ],
)  # fmt: skip
def test_beginnings_of_addresses(begun, inside, outside):
    """An address begins step by step; a set begins the contrasts it takes part in."""
    assert {True} == {is_part(begun, one) for one in inside}
    assert {False} == {is_part(begun, one) for one in outside}


@pytest.mark.parametrize(
    ("meets", "asked", "inside", "outside"),
    [
        (is_one_of, "recist", ["recist-1.1", "recist-not-specified"], ["mrecist", ""]),
        (is_one_of, "recist-1.1", ["recist-1.1"], ["recist-1.0", "recist-1.10"]),
        (is_one_of, "not-stated", ["", "not-stated"], ["choi"]),
        (is_one_of, "independent", ["bicr", "central"], ["investigator", ""]),
        (defines, "stable-disease-for=24 months", ["stable-disease-for=2 years"],
         ["stable-disease-for=24 weeks", "", "x=y"]),
        (defines, "not-stated", ["", "not-stated"], ["stable-disease-for=24 weeks"]),
    ],
)  # fmt: skip
def test_what_meets_a_word(meets, asked, inside, outside):
    """A family is what ids begin with; silence is not stated; equal times are equal."""
    assert {True} == {meets(asked, said) for said in inside}
    assert {False} == {meets(asked, said) for said in outside}


def test_filters_of_rows():
    """Each names a field of a row, and only the flags are without words."""
    assert {one.field for one in AMONG_ROWS} <= set(kb.Row.__dataclass_fields__)
    assert ["only_histology", "one_per_trial"] == [one.name for one in FILTERS if one.flag]
    assert ["exclude"] == [one.name for one in FILTERS if one.leaves_out]


def test_estimates_are_exported_with_their_reason():
    """One row per trial leaves nothing out of an export of all estimates: it is a reason."""
    from kb.exporters.estimates import estimates

    found = estimates(BASE, trial="a", one_per_trial=True)
    assert 13 == len(found.rows)
    assert 1 == sum(not row.set_aside for row in found.rows if row.endpoint == "orr")
