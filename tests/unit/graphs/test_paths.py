"""How two regimens are connected: directly, indirectly, not at all, and how regimens are typed."""

import pytest

from builders import analysis_set, arm, base_of, estimate, randomised, report, trial
from kb.errors import UnknownTermError
from kb.graphs.paths import path, treatment_asked

DOX = arm("doxorubicin")
IFO = arm("ifosfamide", "doxorubicin")
ANLO = arm("anlotinib", "doxorubicin")


@pytest.fixture(scope="module")
def base():
    """Doxorubicin in the middle, two combinations around it, epirubicin beyond one, one apart."""
    choice = arm("anlotinib", {"one_of": [[{"drug": "epirubicin"}], [{"drug": "ifosfamide"}]]})
    return base_of(
        randomised("ifo-dox", IFO, DOX, acronym="IFODOX"),
        randomised("anlo-dox", ANLO, arm("doxorubicin", "placebo")),
        randomised("anlo-dox-2", arm("doxorubicin"), ANLO),
        randomised("epi-ifo", arm("epirubicin"), IFO),
        trial("single", arms={"one": arm("pembrolizumab")}),
        trial("choice", arms={"one": choice}),
    )


def _steps(found):
    return [
        [(step.start, step.end, [head.trial for head in step.heads]) for step in route]
        for route in found.routes
    ]


def test_direct(base):
    """Two arms of one randomised trial are compared directly; every such trial is named."""
    found = path(base, "doxorubicin + anlotinib", "Adriamycin")
    assert "direct" == found.connection
    assert [[("anlotinib+doxorubicin", "doxorubicin", ["anlo-dox", "anlo-dox-2"])]] == _steps(found)


def test_heads_are_read_from_the_side_asked_first(base):
    """Each comparison names the arm on the side of its start, whatever the record's order."""
    (step,) = path(base, "anlotinib+doxorubicin", "doxorubicin").routes[0]
    assert [("one", "two"), ("two", "one")] == [(head.arm, head.versus) for head in step.heads]


def test_indirect(base):
    """Without a trial of both, the shared comparator and the arms of each trial are named."""
    found = path(base, "anlotinib+doxorubicin", "doxorubicin+ifosfamide")
    assert "indirect" == found.connection
    assert ("doxorubicin",) == found.shared_comparators
    assert [
        [
            ("anlotinib+doxorubicin", "doxorubicin", ["anlo-dox", "anlo-dox-2"]),
            ("doxorubicin", "doxorubicin+ifosfamide", ["ifo-dox"]),
        ]
    ] == _steps(found)


def test_longer_chain(base):
    """A chain may be longer than one shared comparator."""
    found = path(base, "epirubicin", "anlotinib+doxorubicin")
    assert "indirect" == found.connection
    assert () == found.shared_comparators
    assert 3 == len(found.routes[0])


def test_every_shortest_route(base):
    """Two shared comparators make two routes."""
    more = [
        randomised("x", arm("epirubicin"), ANLO),
        *(randomised(f"y{i}", *arms) for i, arms in enumerate([(IFO, DOX), (ANLO, DOX)])),
        randomised("z", arm("epirubicin"), IFO),
    ]
    found = path(base_of(*more), "doxorubicin+ifosfamide", "anlotinib+doxorubicin")
    assert ("doxorubicin", "epirubicin") == found.shared_comparators
    assert ["doxorubicin", "epirubicin"] == [route[0].end for route in found.routes]


def test_not_connected(base):
    """A regimen of single-arm trials is not connected; each side says what it is connected to."""
    found = path(base, "pembrolizumab", "doxorubicin")
    assert "none" == found.connection
    assert () == found.routes
    assert (("single/one",), (), ()) == (found.a.arms, found.a.compared_with, found.a.reachable)
    assert ("anlotinib+doxorubicin", "doxorubicin+ifosfamide") == found.b.compared_with
    assert ("epirubicin",) == found.b.reachable


def test_regimen_that_no_arm_gives(base):
    """Known drugs in a combination that no arm gives: no node, no arm, not connected."""
    found = path(base, "pembrolizumab+doxorubicin", "doxorubicin")
    assert ("none", (), ()) == (found.connection, found.a.arms, found.a.treatments)


def test_same(base):
    """Two spellings of one regimen are the same regimen."""
    assert "same" == path(base, "doxorubicin", "Adriamycin+placebo").connection


def test_alternative(base):
    """A regimen that is one alternative of an arm stands for that arm, and says so."""
    found = path(base, "anlotinib+epirubicin", "doxorubicin")
    assert found.a.as_alternative
    assert ("choice/one",) == found.a.arms
    assert "none" == path(base, "anlotinib+epirubicin", "anlotinib+ifosfamide").connection


def test_endpoint(base):
    """An endpoint that the trials do not report for both arms leaves nothing connected."""
    assert (
        "direct" == path(base, "doxorubicin", "ifosfamide+doxorubicin", endpoint="ORR").connection
    )
    assert "none" == path(base, "doxorubicin", "ifosfamide+doxorubicin", endpoint="pfs").connection


@pytest.mark.parametrize(
    ("text", "treatment"),
    [
        ("ifosfamide+doxorubicin", "doxorubicin+ifosfamide"),
        (" Adriamycin + Ifosfamide ", "doxorubicin+ifosfamide"),
        ("doxorubicin+placebo", "doxorubicin"),
        ("placebo", "no-active-drug"),
        ("no-active-drug", "no-active-drug"),
        ("anlo-dox/two", "doxorubicin"),
        ("IFODOX/one", "doxorubicin+ifosfamide"),
        ("arm:anlo-dox/two", "doxorubicin"),
        ("anlotinib+ifosfamide/epirubicin", "anlotinib+epirubicin/ifosfamide"),
        ("doxorubicin&ifosfamide/epirubicin", "doxorubicin&ifosfamide/epirubicin"),
    ],
)
def test_regimens_as_typed(base, text, treatment):
    """Drugs in any order, synonyms, alternatives and addresses of arms name a treatment."""
    assert treatment == treatment_asked(base, text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("doxorubicine", "'doxorubicine' is not a known drug; did you mean 'doxorubicin'?"),
        ("doxorubicin+", "'' is not a known drug"),
        ("", "'' is not a known drug"),
        ("anlo-dox/tow", "'anlo-dox/tow' is not a known arm; did you mean 'anlo-dox/two'?"),
    ],
)
def test_unknown_words(base, text, message):
    """A word that the base lacks is named, with near ones."""
    with pytest.raises(UnknownTermError) as caught:
        path(base, text, "doxorubicin")
    assert message == str(caught.value)


def test_unknown_endpoint(base):
    """An endpoint that the vocabulary lacks is named."""
    with pytest.raises(UnknownTermError, match="'pfss' is not a known endpoint"):
        path(base, "doxorubicin", "epirubicin", endpoint="pfss")


def test_only_randomised_pairs_of_the_endpoint_connect():
    """A trial that reports the endpoint for one arm only is no comparison of it."""
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    printed = report(sets, [estimate("pfs", "one"), estimate("orr", "one"), estimate("orr", "two")])
    base = base_of(randomised("alpha", IFO, DOX, reports={"smith-2020": printed}))
    assert "none" == path(base, "doxorubicin", "doxorubicin+ifosfamide", endpoint="pfs").connection
