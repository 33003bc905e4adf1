"""Records to rows: one thing changed in a record, and the fields of its row that say so."""

from typing import Any

import pytest

from builders import analysis_set, arm, base_of, contrast, estimate, report, trial
from kb.rows.from_records import rows_of

POPULATION = {"histologies": ["soft-tissue-sarcoma"], "line": "first", "from": "smith-2020"}


def _rows(*trials):
    base = base_of(*trials)
    return list(rows_of(base["alpha"], base.vocabulary))


def _row(set_more=None, figure=None, report_more=None, **more):
    """The only row of a trial with one report."""
    own = report(
        {"one": analysis_set(**(set_more or {}))}, [figure or estimate()], **(report_more or {})
    )
    (row,) = _rows(trial("alpha", reports={"smith-2020": own}, **more))
    return row


def _fields(row, expected):
    return {name: getattr(row, name) for name in expected}


def _relaying(**more):
    return {"read": "news", "relays": more}


TRIALS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "plain": (
        {},
        {
            "address": "alpha/smith-2020/one/orr/proportion", "trial": "alpha", "acronym": "",
            "report": "smith-2020", "year": 2020, "read": "full-text", "doi": "", "arm": "one",
            "drugs": "doxorubicin", "regimen_classes": "chemotherapy;single-agent-chemotherapy",
            "line": "first", "histologies": "soft-tissue-sarcoma", "subgroup": "",
            "analysis_set": "intention-to-treat", "set": "one", "n": 40, "events": 10,
            "events_source": "reported", "value": "25", "value_source": "computed",
            "unit": "percent", "part": "", "arm_name": "Doxorubicin", "allocation": "single-arm",
            "design": "single-arm", "release": "smith-2020", "release_date": "2020",
            "primary": False, "overlaps": "", "registrations": "", "data_cut": "", "relays": "",
            "extraction": "", "versus": "", "contrast_kind": "", "interval_source": "",
        },
    ),
    "named": (
        {"acronym": "SAINT", "registrations": ["NCT01", "NCT02"]},
        {"acronym": "SAINT", "registrations": "NCT01;NCT02"},
    ),
    "randomised": (
        {"design": {"allocation": "randomised", "timing": "prospective"}},
        {"allocation": "randomised", "design": "randomised"},
    ),
    "randomised in order to be compared": (
        {"design": {"allocation": "randomised", "timing": "prospective", "comparative": True}},
        {"design": "randomised"},
    ),
    "randomised, not compared": (
        {"design": {"allocation": "randomised", "timing": "prospective", "comparative": False}},
        {"allocation": "randomised", "design": "randomised, not comparative"},
    ),
    "cohorts that are not compared": (
        {"design": {"allocation": "parallel-cohorts", "timing": "prospective", "comparative": False}},
        {"design": "parallel-cohorts"},
    ),
    "looked back upon": (
        {"design": {"allocation": "randomised", "timing": "retrospective", "comparative": False}},
        {"design": "randomised, not comparative, retrospective"},
    ),
    "timing not stated": (
        {"design": {"allocation": "single-arm", "timing": "not-stated"}},
        {"design": "single-arm"},
    ),
    "arm of a part": (
        {"arms": {"one": arm("anlotinib", part="part-2", name="The arm")}},
        {"part": "part-2", "drugs": "anlotinib", "arm_name": "The arm"},
    ),
    "nobody said who": ({"population": None}, {"histologies": "", "line": ""}),
    "citation": (
        {"report_more": {"citation": {"doi": "10.1000/A", "pmid": "12", "url": "https://x.org",
                                      "date": "2021-05"}}},
        {"doi": "10.1000/A", "pmid": "12", "url": "https://x.org", "year": 2021,
         "release_date": "2021-05"},
    ),
    "data cut and extraction": (
        {"report_more": {"data_cut": "2019-06",
                         "extraction": {"status": "double", "date": "2024-01"}}},
        {"data_cut": "2019-06", "extraction": "double", "release_date": "2019-06"},
    ),
    "relays a DOI": (
        {"report_more": _relaying(doi="10.1000/a", pmid="1", url="https://x.org")},
        {"relays": "10.1000/a", "read": "news"},
    ),
    "relays a DOI that is not stated": (
        {"report_more": _relaying(doi="not-stated", pmid="1", meeting="ASCO")}, {"relays": "1"},
    ),
    "relays a meeting": (
        {"report_more": _relaying(meeting="ASCO", url="https://x.org")}, {"relays": "ASCO"},
    ),
    "relays an address": (
        {"report_more": _relaying(url="https://x.org", container="X")}, {"relays": "https://x.org"},
    ),
    "relays a journal": ({"report_more": _relaying(container="X")}, {"relays": "X"}),
    "relays something": ({"report_more": _relaying(title="X")}, {"relays": "not stated"}),
    "set": (
        {"set_more": {"population": "treated", "line": "second", "n": 30}},
        {"analysis_set": "treated", "line": "second", "n": 30, "subgroup": ""},
    ),
    "set of unknown size": (
        {"set_more": {"n": None}}, {"n": None, "events": 10, "value": "", "value_source": ""},
    ),
    "subgroup": (
        {"set_more": {"subgroup": {"histology": ["leiomyosarcoma", "liposarcoma"],
                                   "biomarker": "PD-L1 >=5 %", "prior-therapy": "none"}}},
        {"histologies": "leiomyosarcoma;liposarcoma",
         "subgroup": "histology=leiomyosarcoma;histology=liposarcoma;"
                     "biomarker=PD-L1 >=5 %;prior-therapy=none"},
    ),
    "subgroup of every kind": (
        {"set_more": {"subgroup": {"age": "over 65"}}},
        {"histologies": "soft-tissue-sarcoma", "subgroup": "age=over 65"},
    ),
    "follow-up": (
        {"report_more": {"follow_up": {"months": "29.9", "statistic": "median"}}},
        {"follow_up": "median 29.9 months"},
    ),
    "follow-up of the set": (
        {"report_more": {"follow_up": [{"set": "one", "years": "2"}, {"days": "9"}]}},
        {"follow_up": "unspecified 2 years"},
    ),
    "follow-up of the first length": (
        {"report_more": {"follow_up": {"weeks": "8", "days": "56", "months": "2"}}},
        {"follow_up": "unspecified 56 days"},
    ),
    "follow-up without a length": (
        {"report_more": {"follow_up": {"statistic": "median"}}}, {"follow_up": ""},
    ),
    "erratum": (
        {"report_more": {"errata": [
            {"at": "estimates/one/orr", "printed": "16", "should_read": "15"},
            {"at": "estimates/orr/proportion", "printed": "40"},
            {"at": "estimates/one/dcr", "printed": "7"}]}},
        {"erratum": "printed 16, should read 15; printed 40"},
    ),
    "percent over an approximate n": (
        {"set_more": {"approximation": "about"}, "figure": {"events": None, "value": "25.0"}},
        {"events": None, "counts": "", "value": "25.0", "value_source": "reported"},
    ),
    "percent over n": (
        {"figure": {"events": None, "value": "25.0"}},
        {"events": 10, "events_source": "reconstructed", "counts": ""},
    ),
    "percent under an erratum": (
        {"report_more": {"errata": [{"at": "estimates/one/orr", "printed": "25.0"}]},
         "figure": {"events": None, "value": "25.0"}},
        {"events": None, "events_source": "", "counts": "", "value": "25.0"},
    ),
    "percent beside an erratum": (
        {"report_more": {"errata": [{"at": "estimates/one/orr/proportion/interval", "printed": "1"}]},
         "figure": {"events": None, "value": "25.0"}},
        {"events": 10, "events_source": "reconstructed", "erratum": "printed 1"},
    ),
    "percent over an n under an erratum": (
        {"report_more": {"errata": [{"at": "analysis_sets/one/n", "printed": "40"}]},
         "figure": {"events": None, "value": "25.0"}},
        {"events": None, "events_source": "", "counts": ""},
    ),
    "percent of a set whose name is misprinted": (
        {"report_more": {"errata": [{"at": "analysis_sets/one", "printed": "Won"}]},
         "figure": {"events": None, "value": "25.0"}},
        {"events": 10, "events_source": "reconstructed"},
    ),
    "percent of another n": (
        {"figure": {"events": None, "value": "25.0", "percent_of": "44"}},
        {"events": None, "events_source": "", "counts": "none", "n": 40},
    ),
    "percent of the n of its set": (
        {"figure": {"events": None, "value": "25.0", "percent_of": "40"}},
        {"events": 10, "events_source": "reconstructed", "counts": ""},
    ),
    "responders": (
        {"set_more": {"subgroup": {"age": "over 65", "responders": "objective"}}},
        {"subgroup": "age=over 65;responders=objective"},
    ),
    "value that is a state": (
        {"figure": {"value": "not-given"}},
        {"value": "", "value_state": "not-given", "value_source": "reported"},
    ),
    "everything about a number": (
        {"figure": {"id": "bicr", "primary": True, "approximation": "about", "p": ".04",
                    "timing": "best", "estimator": "not-stated", "locator": "p2"}},
        {"id": "bicr", "primary": True, "approximation": "about", "p": ".04",
         "p_sides": "not-stated", "timing": "best", "estimator": "not-stated", "locator": "p2",
         "address": "alpha/smith-2020/one/orr/proportion#bicr"},
    ),
    "times of a number": (
        {"figure": {"by": {"weeks": "16"}, "origin": "first-dose"}},
        {"by_value": "16", "by_unit": "weeks", "origin": "first-dose", "at_value": "", "at_unit": ""},
    ),
    "interval": (
        {"figure": {"interval": {"level": "95", "low": "12.70", "high": "41.2", "method": "exact"}}},
        {"low": "12.70", "high": "41.2", "level": 95.0, "interval_source": "reported",
         "interval_method": "exact", "interval_sides": "two", "printed_low": "12.70",
         "printed_high": "41.2", "printed_level": 95.0, "low_state": "", "high_state": ""},
    ),
    "interval in fractions of one": (
        {"figure": {"value": "42.90",
                    "interval": {"level": "95", "low": "0.27", "high": "0.680", "unit": "proportion"}}},
        {"low": "27", "high": "68.0", "printed_low": "0.27", "printed_high": "0.680",
         "interval_source": "reported", "unit": "percent", "bounds_converted": True},
    ),
    "interval in percent, said to be so": (
        {"figure": {"interval": {"level": "95", "low": "12.70", "high": "not-given", "unit": "percent"}}},
        {"low": "12.70", "high_state": "not-given", "printed_low": "12.70", "bounds_converted": False},
    ),
    "level of the first interval": (
        {"figure": {"interval": {"level": "95", "low": "1", "high": "50", "level_from": "first"}}},
        {"level": 95.0, "printed_level": 95.0},
    ),
    "interval of one side": (
        {"figure": {"interval": {"level": "not-stated", "low": "12.7", "sides": "lower"}}},
        {"low": "12.7", "high": "", "high_state": "", "level": None, "printed_level": None,
         "interval_sides": "lower", "printed_high": ""},
    ),
    "interval of states": (
        {"figure": {"interval": {"level": "95", "low": "not-given", "high": "not-reached"}}},
        {"low": "", "high": "", "low_state": "not-given", "high_state": "not-reached",
         "printed_low": "not-given", "printed_high": "not-reached", "interval_source": "reported"},
    ),
    "range": (
        {"figure": {"range": {"low": "1.2", "high": "30", "high_mark": "+"}}},
        {"range_low": "1.2", "range_high": "30+"},
    ),
    "range with one end": (
        {"figure": {"range": {"high": "30", "low_mark": "+"}}},
        {"range_low": "+", "range_high": "30"},
    ),
    "judged at the number": (
        {"figure": {"assessment": {"assessor": "investigator"}},
         "set_more": {"assessment": {"confirmed": "confirmed"}},
         "report_more": {"assessment": {"criteria": "recist-1.1", "confirmed": "unconfirmed"}}},
        {"assessor": "investigator", "confirmed": "confirmed", "criteria": "recist-1.1"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", list(TRIALS))
def test_fields(case):
    """What a record says of a number stands in the fields of its row, and nowhere else."""
    changed, expected = TRIALS[case]
    changed = dict(changed)
    if "figure" in changed:
        told = {**estimate(), **changed["figure"]}
        changed["figure"] = {name: value for name, value in told.items() if value is not None}
    if "population" in changed and changed["population"] is None:
        bare = {**trial(), "reports": {"smith-2020": report()}}
        del bare["population"]
        (row,) = _rows(bare)
    else:
        row = _row(**changed)
    assert expected == _fields(row, expected)


@pytest.mark.parametrize(
    ("more", "definition"),
    [
        ({}, ""),
        ({"definition": "not-stated"}, "not-stated"),
        ({"definition": {"stable-disease-for": {"weeks": "16"}}}, "stable-disease-for=16 weeks"),
        ({"definition": {}}, ""),
    ],
)
def test_definition(more, definition):
    """A definition is what it states, `not-stated` where the record says so, else nothing."""
    own = report(estimates=[estimate("dcr", events=20, **more)])
    assert definition == _rows(trial("alpha", reports={"smith-2020": own}))[0].definition


def test_a_time_and_a_rate():
    """A median has the unit that is printed, and a rate at a time is a percent."""
    rate = {"endpoint": "pfs", "measure": "landmark", "value": "40", "set": "one", "locator": "p1"}
    own = report(
        estimates=[
            estimate("pfs", value="23.7", unit="weeks"),
            {**rate, "at": {"months": "6.0"}, "estimator": "kaplan-meier"},
        ]
    )
    median, landmark = _rows(trial("alpha", reports={"smith-2020": own}))
    assert ("weeks", "23.7", pytest.approx(23.7 * 7 / 30.4375)) == (
        median.unit, median.value, median.value_months,
    )  # fmt: skip
    assert ("percent", "6.0", "months", "kaplan-meier", None) == (
        landmark.unit, landmark.at_value, landmark.at_unit, landmark.estimator,
        landmark.value_months,
    )  # fmt: skip
    assert "alpha/smith-2020/one/pfs/landmark@6.0mo" == landmark.address


def test_bounds_in_another_unit_of_time():
    """Weeks beside a median in months are shown in months, ten digits; the print is kept."""
    interval = {"level": "95", "low": "17", "high": "not-reached", "unit": "weeks"}
    (row,) = _rows(
        trial(
            "alpha", reports={"smith-2020": report(estimates=[estimate("pfs", interval=interval)])}
        )
    )
    assert (f"{17 * 7 / 30.4375:.10g}", "17", "not-reached", "not-reached") == (
        row.low, row.printed_low, row.high_state, row.printed_high,
    )  # fmt: skip
    assert pytest.approx(17 * 7 / 30.4375) == row.low_months


ARMS = {
    "one": arm("anlotinib", "doxorubicin", part="a"),
    "two": arm("doxorubicin", part="b"),
    "three": arm("placebo", part="a", population={"from": "smith-2020", "line": "second",
                                                  "histologies": ["liposarcoma"]}),
}  # fmt: skip
WIDE = {"level": 95, "low": "-10", "high": "10"}
SETS = {
    "one": analysis_set("one"),
    "both": analysis_set(["one", "two"]),
    "late": analysis_set(["three", "two"]),
}


def test_rows_of_contrasts_and_of_several_arms():
    """Arms, drugs, parts and histologies are joined once each, in the order of the set."""
    numbers = [
        contrast("both", "late", adjusted_for=["age", "grade"], id="x", p={"printed": ".04", "sides": "one"}),
        contrast("one", "both", measure="median-difference", unit="weeks", value="4", kind="unadjusted", interval=WIDE),
        contrast("one", "both", endpoint="orr", measure="risk-difference", value="-5.0", interval=WIDE),
    ]  # fmt: skip
    design = {"allocation": "randomised", "timing": "prospective", "comparative": True}
    own = report(SETS, [], contrasts=numbers)
    ratio, difference, points = _rows(
        trial("alpha", design=design, arms=ARMS, reports={"smith-2020": own})
    )
    expected = {
        "address": "alpha/smith-2020/both:late/pfs/hazard-ratio#x",
        "arm": "one;two", "versus": "three;two", "set": "both", "versus_set": "late",
        "drugs": "anlotinib+doxorubicin;doxorubicin", "part": "a;b",
        "arm_name": "Anlotinib + doxorubicin and Doxorubicin", "histologies": "soft-tissue-sarcoma",
        "contrast_kind": "randomised", "adjusted_for": "age;grade", "unit": "", "value": "0.80",
        "low": "0.60", "p": ".04", "p_sides": "one", "events": None, "n": 40, "line": "first",
    }  # fmt: skip
    assert expected == _fields(ratio, expected)
    assert () == ratio.classes, "a combination and a single agent share no class"
    assert ("antiangiogenic+chemotherapy", "antiangiogenic-plus-chemotherapy") == difference.classes
    assert ("weeks", "unadjusted", pytest.approx(28 / 30.4375)) == (
        difference.unit, difference.contrast_kind, difference.value_months,
    )  # fmt: skip
    assert ("percent", "-5.0") == (points.unit, points.value)


def test_a_set_of_unlike_arms():
    """Arms of different lines are mixed, and the drugs of placebo are none."""
    design = {"allocation": "randomised", "timing": "prospective"}
    own = report(SETS, [estimate(of="late")])
    (row,) = _rows(trial("alpha", design=design, arms=ARMS, reports={"smith-2020": own}))
    assert ("mixed", "doxorubicin", "liposarcoma;soft-tissue-sarcoma") == (
        row.line, row.drugs, row.histologies,
    )  # fmt: skip


def test_overlaps_and_releases():
    """Each set carries those that share its patients; a repeated number is of what it repeats."""
    both = [analysis_set(), analysis_set(n=10), analysis_set(n=5)]
    sets = dict(zip(("one", "part", "rest"), both, strict=True))
    own = report(sets, [estimate(), estimate(of="part", events=2), estimate(of="rest", events=1)])
    late = report(estimates=[estimate(repeats="smith-2020")], citation={"year": 2024})
    overlaps = [
        {"sets": ["smith-2020/one", "smith-2020/part", "beta/smith-2020/one"], "patients": "some"},
        {"sets": ["smith-2020/part", "late-2024/one"], "patients": "all"},
    ]
    reports = {"smith-2020": own, "late-2024": late}
    one, part, rest, again = _rows(
        trial("alpha", reports=reports, overlaps=overlaps), trial("beta")
    )
    assert "alpha/smith-2020/part=some;beta/smith-2020/one=some" == one.overlaps
    assert (
        "alpha/smith-2020/one=some;beta/smith-2020/one=some;alpha/late-2024/one=all"
        == part.overlaps
    )
    assert "" == rest.overlaps
    assert ("smith-2020", "smith-2020", "2020", "late-2024") == (
        again.repeats, again.release, again.release_date, again.report,
    )  # fmt: skip


def test_follow_up_of_another_set():
    """A length that is said of one set is not that of another."""
    sets = {"one": analysis_set(), "part": analysis_set(n=9)}
    lengths = [{"set": "part", "months": "9"}, {"months": "12"}]
    own = report(sets, [estimate(), estimate(of="part", events=2)], follow_up=lengths)
    assert ["unspecified 12 months", "unspecified 9 months"] == [
        row.follow_up for row in _rows(trial("alpha", reports={"smith-2020": own}))
    ]
