"""One test per caveat: when it speaks, and that it is silent otherwise."""

import pytest

import kb
from builders import analysis_set, arm, base_of, contrast, estimate, randomised, report, trial
from kb.comparison.caveats import RULES

POPULATION = {"histologies": ["soft-tissue-sarcoma"], "line": "first", "from": "smith-2020"}


def _with(trial_id, set_more=None, estimate_more=None, report_more=None, **more):
    own = report(
        {"one": analysis_set(**(set_more or {}))},
        [estimate(**(estimate_more or {}))],
        **(report_more or {}),
    )
    return trial(trial_id, reports={"smith-2020": own}, **more)


def _caveats(*trials, endpoint="orr", **options):
    found = kb.compare(base_of(*trials), endpoint, **options)
    return {one.rule: one.message for one in found.caveats}


PLAIN = _with("alpha")
ALWAYS = {"designs-not-randomised"}


def test_equal_rows_have_no_difference():
    """Two trials that are alike in everything have only the caveat of their design."""
    assert ALWAYS == set(_caveats(PLAIN, _with("beta")))


DIFFERENCES = {
    "lines-differ": (
        _with("beta", population={**POPULATION, "line": "second"}),
        "first line (alpha); second line (beta)",
    ),
    "histologies-differ": (
        _with("beta", population={**POPULATION, "histologies": ["liposarcoma"]}),
        "Soft-tissue sarcoma (alpha); Liposarcoma (beta)",
    ),
    "designs-differ": (
        _with("beta", design={"allocation": "single-arm", "timing": "retrospective"}),
        "single-arm (alpha); single-arm, retrospective (beta)",
    ),
    "analysis-sets-differ": (
        _with("beta", {"population": "response-evaluable"}),
        "intention to treat (alpha); response evaluable (beta)",
    ),
    "criteria-differ": (
        _with("beta", report_more={"assessment": {"criteria": "recist-1.1"}}),
        "not stated (alpha); RECIST 1.1 (beta)",
    ),
    "assessors-differ": (
        _with("beta", report_more={"assessment": {"assessor": "investigator"}}),
        "not stated (alpha); Investigator (beta)",
    ),
    "confirmation-differs": (
        _with("beta", report_more={"assessment": {"confirmed": "confirmed"}}),
        "not stated (alpha); confirmed (beta)",
    ),
    "maturity-differs": (
        _with("beta", report_more={"follow_up": {"months": "12.0", "statistic": "median"}}),
        "not stated (alpha); median 12.0 months (beta)",
    ),
    "levels-differ": (
        _with(
            "beta",
            estimate_more={
                "value": "25.0",
                "interval": {"level": 90, "low": "14.2", "high": "38.7"},
            },
        ),
        "ORR: 95 % (alpha); 90 % (beta)",
    ),
    "interval-methods-differ": (
        _with(
            "beta",
            estimate_more={
                "value": "25.0",
                "interval": {"level": 95, "low": "12.7", "high": "41.2"},
            },
        ),
        "printed by the source (beta); computed here by clopper-pearson (alpha)",
    ),
    "read-second-hand": (
        _with("beta", report_more={"read": "news"}),
        "1 of 2 reports were read second-hand (beta)",
    ),
    "value-approximate": (
        _with("beta", estimate_more={"value": "25", "approximation": "about"}),
        "printed as approximate (beta)",
    ),
}


@pytest.mark.parametrize("rule", list(DIFFERENCES))
def test_difference(rule):
    """A single difference gives its caveat, with its words, and no other but that of the design."""
    other, message = DIFFERENCES[rule]
    found = _caveats(PLAIN, other)
    assert message == found.pop(rule)
    assert set(found) <= {
        *ALWAYS,
        *({"interval-methods-differ"} if rule == "levels-differ" else ()),
    }


def test_definitions_differ():
    """Disease control with a minimum duration is not the same as without."""
    weeks = {"definition": {"stable-disease-for": {"weeks": 16}}, "events": 20}
    data = [
        _with(
            name, estimate_more={"endpoint": "dcr", "measure": "proportion", "events": 20, **more}
        )
        for name, more in (("alpha", {}), ("beta", weeks))
    ]
    found = _caveats(*data, endpoint="dcr")
    assert (
        "Disease control rate: not stated (alpha); stable for 16 weeks (beta)"
        == found["definitions-differ"]
    )
    unstated = _caveats(data[0], {**data[0], "id": "gamma"}, endpoint="dcr")
    assert (
        "Disease control rate: no row states how long disease had to be stable"
        == (unstated["definitions-differ"])
    )


def test_origins_differ():
    """A clock from maintenance is not a clock from randomisation."""
    found = _caveats(
        _with("alpha", estimate_more={"endpoint": "pfs", "origin": "maintenance-start"}),
        _with("beta", estimate_more={"endpoint": "pfs"}),
        endpoint="pfs",
    )
    assert "maintenance start (alpha); not stated (beta)" == found["origins-differ"]


def test_unit_converted():
    """Weeks are shown in months with a caveat."""
    found = _caveats(
        _with("alpha", estimate_more={"endpoint": "pfs", "unit": "weeks"}), endpoint="pfs"
    )
    assert "weeks shown in months as ≈, days / 30.4375 (alpha)" == found["unit-converted"]


def test_subgroup_beside_whole():
    """A subgroup shown next to its whole is said to be so, and is no difference of reports."""
    own = report(
        {
            "one": analysis_set(),
            "lms": analysis_set(n=9, of="one", subgroup={"histology": ["leiomyosarcoma"]}),
        },
        [estimate(), estimate(of="lms", events=2)],
    )
    found = _caveats(trial(reports={"smith-2020": own}))
    assert (
        "subgroups stand next to the set that contains them (alpha)"
        == found["subgroup-beside-whole"]
    )
    assert "shared-patients" not in found


def test_shared_patients():
    """Declared overlaps and several reports of one arm are named."""
    own = report({"one": analysis_set()}, [estimate()])
    data = trial(
        reports={"smith-2020": own, "late-2022": {**own, "citation": {"year": 2022}}},
        overlaps=[{"sets": ["smith-2020/one", "late-2022/one"], "patients": "all"}],
    )
    found = _caveats(data, reports="all")
    assert "shared-patients" in found
    assert "shared-patients" not in _caveats(data)


def test_contrast_not_comparative():
    """A contrast that is no treatment effect is never shown without saying so."""
    both = report(
        {"one": analysis_set("one"), "two": analysis_set("two")},
        [],
        contrasts=[contrast(kind="non-comparative")],
    )
    data = randomised("alpha", arm("doxorubicin"), arm("ifosfamide"), reports={"smith-2020": both})
    found = _caveats(data, endpoint="pfs", measure="hazard-ratio")
    assert (
        "non-comparative contrasts are no treatment effects (alpha)"
        == found["contrast-not-comparative"]
    )


def test_counts():
    """One count that fits is reconstructed; several or none are listed."""
    percent = {"value": "25.0", "events": 10}
    exact = _with("alpha", estimate_more={**percent})
    del exact["reports"]["smith-2020"]["estimates"][0]["events"]
    assert "count-reconstructed" in _caveats(exact)
    loose = _with("alpha", {"n": 300}, {"value": "25", "events": 75})
    del loose["reports"]["smith-2020"]["estimates"][0]["events"]
    assert "alpha: 25 % of 300 fits 74 or 75 or 76 (ORR)" == _caveats(loose)["count-ambiguous"]


@pytest.mark.parametrize(
    ("set_more", "estimate_more"),
    [
        ({}, {"value": "not-given"}),
        ({"approximation": "about"}, {"value": "25"}),
        ({}, {"value": "25", "approximation": "over"}),
        ({"n": None}, {"value": "25"}),
    ],
)
def test_no_count_is_looked_for(set_more, estimate_more):
    """A percent that is not printed, or about an unsettled number of patients, claims no count."""
    data = _with("alpha", set_more, estimate_more)
    del data["reports"]["smith-2020"]["estimates"][0]["events"]
    assert {"count-ambiguous", "count-reconstructed"}.isdisjoint(_caveats(data))


def test_a_percent_that_no_count_gives():
    """That no count fits is said, also of a percent over 100 that is printed so."""
    for value, n in (("25.1", 40), ("130", 40)):
        data = _with("alpha", {"n": n}, {"value": value, "as_printed": True})
        del data["reports"]["smith-2020"]["estimates"][0]["events"]
        assert f"alpha: {value} % of 40 fits no count (ORR)" == _caveats(data)["count-ambiguous"]


def test_many_trials():
    """The first few trials are named, and the others counted."""
    many = [_with(f"trial-{n}", report_more={"read": "news"}) for n in range(7)]
    assert (
        "7 of 7 reports were read second-hand (trial-0, trial-1, trial-2, trial-3 and 3 more)"
        == _caveats(*many)["read-second-hand"]
    )


def test_maturity_of_a_set():
    """A follow-up of another set, and one without a length, say nothing of this one."""
    lengths = [{"set": "two", "months": "9"}, {"statistic": "median"}, {"weeks": "30"}]
    sets = {"one": analysis_set(), "two": analysis_set()}
    data = trial("alpha", reports={"smith-2020": report(sets, follow_up=lengths)})
    found = _caveats(data, _with("beta"))["maturity-differs"]
    assert "unspecified 30 weeks (alpha); not stated (beta)" == found


def test_a_line_that_is_not_stated():
    """A record that says its line is not stated is no other than one that says nothing."""
    silent = _with("beta", population={"from": "smith-2020", "histologies": ["sarcoma"]})
    unsaid = {**POPULATION, "histologies": ["sarcoma"], "line": "not-stated"}
    assert "lines-differ" not in _caveats(_with("alpha", population=unsaid), silent)


def test_read_second_hand():
    """News, review tables and whatever else passes on the results of others are second-hand."""
    news = _with("alpha", report_more={"read": "news"})
    passed_on = _with("beta", report_more={"read": "conference", "relays": {"meeting": "X 2020"}})
    own = _with("gamma", report_more={"read": "conference"})
    assert (
        "2 of 3 reports were read second-hand (alpha, beta)"
        == _caveats(news, passed_on, own)["read-second-hand"]
    )


def test_landmark_estimator():
    """A rate at a time without a named estimator may be a plain count."""
    rate = {"endpoint": "pfs", "measure": "landmark", "at": {"months": 6}, "value": "40"}
    assert "landmark-estimator" in _caveats(_with("alpha", estimate_more=rate), endpoint="pfs")
    known = {**rate, "estimator": "kaplan-meier"}
    assert "landmark-estimator" not in _caveats(_with("alpha", estimate_more=known), endpoint="pfs")


def test_erratum_noted():
    """An erratum about a number travels with it."""
    data = _with(
        "alpha",
        report_more={
            "errata": [{"at": "estimates/one/orr/proportion", "printed": "10", "should_read": "11"}]
        },
    )
    assert (
        "alpha/smith-2020/one/orr/proportion: printed 10, should read 11"
        == _caveats(data)["erratum-noted"]
    )


@pytest.mark.parametrize(
    ("at", "noted"),
    [
        ("estimates/one/orr", True),
        ("estimates/one", True),
        ("estimates/orr", True),
        ("estimates/orr/proportion/value", True),
        ("estimates/one/orr/proportion/interval/low", True),
        ("estimates/one/orr/median", False),
        ("estimates/someone/orr/proportion", False),
        ("estimates/one/dcr", False),
        ("contrasts/pfs", False),
        ("analysis_sets/one", False),
        ("citation/title", False),
    ],
)
def test_where_an_erratum_points(at, noted):
    """An erratum that names a group of numbers is about each of them; one that looks alike is not."""
    data = _with("alpha", report_more={"errata": [{"at": at, "printed": "10"}]})
    assert noted == ("erratum-noted" in _caveats(data))


def test_rate_pooled():
    """The result of a meta-analysis is said to be one, and no count is worked out from it."""
    pooled = {"measure": "proportion", "value": "25", "estimator": "meta-analysis"}
    data = _with("alpha", estimate_more=pooled)
    assert "pooled over several studies by the source (alpha)" == _caveats(data)["rate-pooled"]
    (row,) = kb.compare(base_of(data), "orr").rows
    assert (None, "") == (row.events, row.interval_source)


def test_drug_is_alternative():
    """A drug that only a part of the arm got is said to be so."""
    either = arm({"one_of": [[{"drug": "doxorubicin"}], [{"drug": "epirubicin"}]]})
    found = _caveats(_with("alpha", arms={"one": either}), drug="epirubicin")
    assert "only a part of these arms got epirubicin (alpha)" == found["drug-is-alternative"]


def test_every_rule_has_a_docstring():
    """A rule's docstring is its page."""
    assert all(rule.__doc__ for rule in RULES)
