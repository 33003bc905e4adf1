"""Why a question has no answer: different causes, different sentences."""

import pytest

import kb
from builders import analysis_set, arm, base_of, contrast, estimate, randomised, report, trial
from kb.comparison.emptiness import no_arm

SECOND = {"histologies": ["liposarcoma"], "line": "second", "from": "smith-2020"}
TIMES = [
    estimate("pfs"),
    estimate("pfs", id="central", value="7.0"),
    estimate("pfs", measure="landmark", at={"months": 6}, value="40"),
]
BASE = base_of(
    trial("alpha"),
    trial("beta", arms={"one": arm("anlotinib")}, population=SECOND),
    trial("gamma", reports={"smith-2020": report(estimates=TIMES)}),
)


def _why(endpoint="orr", base=BASE, **options):
    found = kb.compare(base, endpoint, **options)
    assert 0 == len(found)
    return found.why_empty


def test_nothing_is_said_of_an_answer():
    """A comparison with a row has no reason to be empty."""
    assert "" == kb.compare(BASE, "orr").why_empty


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"histology": "osteosarcoma"}, "no arm has histology osteosarcoma"),
        (
            {"drug": "anlotinib", "line": "first"},
            "no arm has drug anlotinib and line first together; "
            "without drug anlotinib there is 1 arm with orr; "
            "without line first there is 1 arm with orr (second 1)",
        ),
        (
            {"drug": ["anlotinib", "doxorubicin"]},
            "no arm has drug anlotinib and doxorubicin together; "
            "without drug anlotinib there is 1 arm with orr; "
            "without drug doxorubicin there is 1 arm with orr",
        ),
        (
            {"histology": "osteosarcoma", "line": "first", "year": 1999},
            "no arm has histology osteosarcoma, line first and year 1999 together; "
            "without histology osteosarcoma and year 1999 there is 1 arm with orr",
        ),
        (
            {"line": "maintenance", "histology": "osteosarcoma", "measure": "median"},
            "no arm has line maintenance and histology osteosarcoma together",
        ),
        (
            {"drug": "anlotinib", "line": "first", "measure": "median"},
            "no arm has drug anlotinib and line first together; "
            "without drug anlotinib there are 2 arms; "
            "without line first there is 1 arm (second 1)",
        ),
        (
            {"histology": "osteosarcoma", "only_histology": True, "drug": "anlotinib"},
            "no arm has histology osteosarcoma, only histology and drug anlotinib together; "
            "without histology osteosarcoma there is 1 arm with orr",
        ),
    ],
    ids=[
        "one filter",
        "two",
        "all of a filter",
        "a pair",
        "hopeless",
        "hopeless measure",
        "a flag",
    ],
)
def test_no_arm(options, why):
    """What the filters leave out, and the fewest of them whose absence gives an answer."""
    assert why == _why(**options)


@pytest.mark.parametrize(
    ("endpoint", "measure", "why"),
    [
        ("pfs", "proportion", "pfs has 2 medians and 1 landmark here, no proportion: add --measure median"),
        ("pfs", "hazard-ratio", "pfs has 2 medians and 1 landmark here, no hazard ratio"),
        (
            "orr,pfs", "hazard-ratio",
            "orr has 2 proportions here; pfs has 2 medians and 1 landmark here, no hazard ratio",
        ),
        (
            "orr", "risk-ratio",
            "orr has 2 proportions here, no risk ratio: "
            "no randomised trial prints the counts of an arm and its reference arm",
        ),
        ("orr", "median", "orr has 2 proportions here, no median: add --measure proportion"),
        ("os", None, "3 arms recorded, none with os; printed are orr (2), pfs (1)"),
    ],
)  # fmt: skip
def test_another_measure(endpoint, measure, why):
    """Of each endpoint what there is of it; what to add is what there is most of."""
    assert why == _why(endpoint, measure=measure)


def _contrasts(*printed):
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    made = report(sets, [], contrasts=list(printed))
    return base_of(
        randomised("alpha", arm("doxorubicin"), arm("ifosfamide"), reports={"smith-2020": made})
    )


def _bare(**more):
    found = contrast(measure="not-stated", p={"printed": ".04", "sides": "two"}, **more)
    del found["value"], found["interval"]
    return found


@pytest.mark.parametrize(
    ("printed", "measure", "why"),
    [
        (
            [contrast()], None,
            "pfs has 1 hazard ratio here, no proportion, median or landmark: add --measure hazard-ratio",
        ),
        (
            [contrast(), _bare(), _bare(id="b")], "median",
            "pfs has 1 hazard ratio here, no median: add --measure all",
        ),
        (
            [_bare()], "median",
            "pfs has 1 contrast without a number here, no median: add --measure all",
        ),
        ([contrast()], "odds-ratio", "pfs has 1 hazard ratio here, no odds ratio: add --measure hazard-ratio"),
    ],
    ids=["no estimate", "mostly without a number", "without a number", "another ratio"],
)  # fmt: skip
def test_contrasts_alone(printed, measure, why):
    """Contrasts without a number are named where there is nothing else; a ratio is met by a ratio."""
    assert why == _why("pfs", _contrasts(*printed), measure=measure)


def test_sets_that_do_not_meet_the_filters():
    """Arms are found by one of their sets, and another prints the endpoint."""
    sets = {"one": analysis_set(), "late": analysis_set(of="one", n=20, line="second")}
    base = base_of(trial(reports={"smith-2020": report(sets, [estimate()])}))
    assert (
        "1 arm matches drug doxorubicin and line second, but no set that prints orr does; "
        "without line second there is 1 arm with orr (first 1, second 1)"
    ) == _why(base=base, drug="doxorubicin", line="second")
    alone = "1 arm matches line second, but no set that prints orr does"
    assert alone == _why(base=base, line="second")


def test_arms_without_the_endpoint():
    """Arms match and print other endpoints: those are named, with what a filter leaves out."""
    assert "1 arm matches trial gamma, none with orr; printed are pfs (1)" == _why(trial="gamma")
    assert (
        "1 arm matches trial gamma and drug doxorubicin, none with orr; printed are pfs (1); "
        "without trial gamma there is 1 arm with orr"
    ) == _why(trial="gamma", drug="doxorubicin")


def test_a_list_of_arms():
    """A list counts arms, whatever they print."""
    assert (
        "no arm has drug anlotinib and line first together; without drug anlotinib there are 2 arms; "
        "without line first there is 1 arm (second 1)"
    ) == no_arm(BASE, {"drug": "anlotinib", "line": "first"})
    assert "no arm is recorded" == no_arm(base_of(), {})


def test_a_table(tmp_path):
    """A table of one's own says what it holds instead."""
    path = tmp_path / "own.csv"
    path.write_text("study,endpoint,measure,events,n\nA,orr,proportion,3,10\n", encoding="utf-8")
    own = kb.table(path)
    assert "orr has 1 proportion here, no median: add --measure proportion" == _why(
        base=own, measure="median"
    )
    assert "there is no row of os" == _why("os", own)


@pytest.mark.parametrize(
    ("use", "said"),
    [
        (kb.pool, "nothing is left to pool"),
        (kb.network, "no randomised ratio can be used"),
        (lambda found: kb.forest(found, "never.svg"), "there is nothing to draw"),
    ],
    ids=["pool", "network", "forest"],
)
def test_what_uses_an_empty_answer(use, said):
    """Whatever would use an answer that is empty says why it is."""
    found = kb.compare(BASE, "orr", year=1999)
    with pytest.raises(ValueError, match=f"{said}: no arm has year 1999"):
        use(found)
