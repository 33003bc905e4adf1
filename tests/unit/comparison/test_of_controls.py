"""Caveats about control arms and about mixed histologies."""

import pytest

import kb
from builders import analysis_set, arm, base_of, estimate, randomised, report, trial

NEW = arm("doxorubicin", "anlotinib")
SETS = {"one": analysis_set("one"), "two": analysis_set("two")}


def _base(crossover=None, endpoint="os", crossed="two", **more):
    arms = {"one": arm("doxorubicin", "anlotinib"), "two": arm("doxorubicin")}
    if crossover is not None:
        arms[crossed]["regimen"]["crossover"] = crossover
    printed = report(SETS, [estimate(endpoint), estimate(endpoint, of="two")])
    return base_of(
        randomised("alpha", arms["one"], arms["two"], reports={"smith-2020": printed}, **more)
    )


def _said(base, rule, endpoint="os", **criteria):
    found = kb.compare(base, endpoint, **criteria)
    return [(one.message, one.rows) for one in found.caveats if one.rule == rule]


CROSSED = [
    ("OS: the control arm was allowed to cross over (alpha)", ("alpha/smith-2020/two/os/median",))
]


@pytest.mark.parametrize(
    ("options", "criteria", "said"),
    [
        ({"crossover": True}, {"drug": "anlotinib"}, CROSSED),
        ({"crossover": True}, {}, CROSSED),
        ({"crossover": True}, {"drug": "anlotinib", "controls": False}, []),
        ({"crossover": False}, {}, []),
        ({}, {}, []),
        ({"crossover": True, "endpoint": "pfs"}, {}, []),
        ({"crossover": True, "crossed": "one"}, {}, []),
    ],
    ids=[
        "beside",
        "found",
        "not shown",
        "not allowed",
        "silent",
        "before progression",
        "other arm",
    ],
)
def test_crossover_allowed(options, criteria, said):
    """Crossover of a control arm is a caveat on an endpoint that goes on after it."""
    base = _base(**options)
    endpoint = options.get("endpoint", "os")
    assert said == _said(base, "crossover-allowed", endpoint, **criteria)


@pytest.mark.parametrize(("comparative", "said"), [(True, 0), (False, 1)])
def test_control_not_compared(comparative, said):
    """A control beside an arm with which it is not to be compared says so."""
    design = {"allocation": "randomised", "timing": "prospective", "comparative": comparative}
    base = _base(design=design)
    found = _said(base, "control-not-compared", drug="anlotinib")
    assert said == len(found)
    if said:
        assert "randomised, not to be compared (alpha)" == found[0][0]
    assert [] == _said(base, "control-not-compared")


MIXED = {"histologies": ["leiomyosarcoma", "liposarcoma"], "line": "first", "from": "smith-2020"}
NINE = {
    "set": "one", "characteristic": "histology", "category": "liposarcoma", "count": 9,
    "locator": "p1",
}  # fmt: skip
PART = {
    "one": analysis_set(),
    "part": analysis_set(of="one", n=19, subgroup={"histology": ["liposarcoma"]}),
}


@pytest.mark.parametrize(
    ("sets", "of", "asked", "said"),
    [
        (
            {"one": analysis_set()},
            ["one"],
            "liposarcoma",
            "alpha 9 of 40 liposarcoma, no number of their own",
        ),
        (PART, ["one", "part"], "liposarcoma", "alpha 9 of 40 liposarcoma"),
        (PART, ["part"], "liposarcoma", None),
        ({"one": analysis_set()}, ["one"], "soft-tissue-sarcoma", None),
        ({"one": analysis_set()}, ["one"], None, None),
    ],
    ids=["mixed", "with a part", "a part alone", "all of it", "not asked"],
)
def test_histology_mixed(sets, of, asked, said):
    """A row that holds others too says how many are of the histology, and whether they have a row."""
    printed = report(sets, [estimate(of=one) for one in of], baseline=[NINE])
    base = base_of(trial(population=MIXED, reports={"smith-2020": printed}))
    found = _said(base, "histology-mixed", "orr", **({"histology": asked} if asked else {}))
    assert ([said] if said else []) == [message for message, _ in found]
