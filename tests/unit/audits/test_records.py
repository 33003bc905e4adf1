"""Rules that look at records: several reports, doses, schedules, flow, errata, acknowledgements."""

from copy import deepcopy
from typing import Any

import pytest

from builders import VOCABULARY, analysis_set, arm, contrast, estimate, report, trial

NEWS = {"container": "News", "year": 2021}


def _two(own, theirs, **more):
    """A paper with one number of 40 patients, and a news item that passes it on with another."""
    second = {"read": "news", "citation": NEWS, "relays": {"report": "smith-2020"}, **more}
    reports = {
        "smith-2020": report(estimates=[own]),
        "news-2021": report(estimates=[theirs], **second),
    }
    return trial(reports=reports)


def _one(**more):
    return trial(reports={"smith-2020": report(**more)})


def _given(drug, **dose):
    return {"drug": drug, "dose": dose}


def _flow(*steps):
    return [{"locator": "p1", **step} for step in steps]


def test_nothing_to_say(found):
    """A plain record has no findings."""
    assert [] == found(trial())


def test_reports_of_one_release_conflict(found):
    """A news item that quotes another percent is reported against the paper it relays."""
    own, theirs = estimate(events=10, value="25"), estimate(events=12, value="30")
    message = "ORR: 30 % against 25 %; 12 events against 10 in smith-2020, which is nearer to the primary source (full-text)"
    assert [("alpha/news-2021/one/orr/proportion", "report-conflict", "warning", message)] == found(
        _two(own, theirs)
    )


def test_rounding_is_no_conflict(found):
    """A report that rounds what the other prints in full agrees with it."""
    assert [] == found(_two(estimate("pfs", value="7.4"), estimate("pfs", value="7")))


def test_other_cuts_are_no_conflict(found):
    """Two data cuts of one trial may differ, also inside one release."""
    own, theirs = estimate("pfs", value="7.4"), estimate("pfs", value="9.1")
    cut = {"data_cut": "2021-05-01", "relays": {"report": "smith-2020"}}
    changed = _two(own, theirs, **cut)
    changed["reports"]["smith-2020"]["data_cut"] = "2019-05-01"
    assert [] == found(changed)
    del changed["reports"]["news-2021"]["relays"], changed["reports"]["smith-2020"]["data_cut"]
    assert [] == found(changed)


def test_one_stated_cut_is_one_cut(found):
    """Two reports that state one data cut are compared, whatever they relay."""
    changed = _two(estimate("pfs", value="7.4"), estimate("pfs", value="9.1"), data_cut="2019-05")
    changed["reports"]["smith-2020"]["data_cut"] = "2019-05-01"
    del changed["reports"]["news-2021"]["relays"]
    assert ["report-conflict"] == [rule for _, rule, _, _ in found(changed)]


def test_other_assessor_is_no_conflict(found):
    """A number by another assessor is another number."""
    words = deepcopy(VOCABULARY)
    words["assessors"]["central"] = {"name": "Central review"}
    own = estimate("pfs", value="7.4", assessment={"assessor": "investigator"})
    theirs = estimate("pfs", value="9.1", assessment={"assessor": "central"})
    assert [] == found(_two(own, theirs), vocabulary=words)


def test_other_n_is_a_note(found):
    """The same percent out of another number of patients is a note."""
    changed = _two(estimate(events=10, value="25"), estimate(events=10, value="25"))
    changed["reports"]["news-2021"]["analysis_sets"]["one"]["n"] = 41
    del changed["reports"]["news-2021"]["estimates"][0]["events"]
    changed["reports"]["news-2021"]["estimates"][0]["approximation"] = "about"
    message = "ORR: n = 41 here, 40 in smith-2020"
    assert [("alpha/news-2021/one/orr/proportion", "report-conflict", "note", message)] == found(
        changed
    )


def test_majority_among_equals(found):
    """Of three news items about one paper the odd one is reported, with the slip."""
    items = {
        f"news-{year}": report(
            estimates=[estimate("pfs", measure="landmark", at={"months": 12}, value=value)],
            read="news", citation={"container": "News", "year": year},
            relays={"doi": "10.1000/1"},
        )
        for year, value in ((2020, "29.6"), (2021, "26.9"), (2022, "26.9"))
    }  # fmt: skip
    paper = {"smith-2020": report(estimates=[])}
    message = "PFS: 29.6 % against 26.9 % (two digits swapped?) in news-2021"
    assert [
        ("alpha/news-2020/one/pfs/landmark@12mo", "report-conflict", "warning", message)
    ] == found(trial(reports=paper | items))


def test_weeks_quoted_as_months(found):
    """The number of one unit with another, and the factor between two units, are unit slips.

    Months that are longer than 97 % of those published are noted as well.
    """

    def slips(record):
        return [one for one in found(record) if one[1] != "median-implausible"]

    weeks = _two(estimate("pfs", value="23.3", unit="weeks"), estimate("pfs", value="23.3"))
    message = "PFS: 23.3 months here, 23.3 weeks in smith-2020; 23.3 weeks would agree"
    assert [("alpha/news-2021/one/pfs/median", "unit-slip", "warning", message)] == slips(weeks)
    months = _two(estimate("pfs", value="5.4"), estimate("pfs", value="23.5"))
    message = "PFS: 23.5 months here, 5.4 months in smith-2020; 23.5 weeks would agree"
    assert [("alpha/news-2021/one/pfs/median", "unit-slip", "warning", message)] == slips(months)


def test_follow_up_shorter(found):
    """Longest follow-up before a median is an error, median follow-up before it a note."""
    median = estimate("pfs", value="12.0")
    short = {"months": "9.0", "statistic": "median", "range": {"low": "1", "high": "30"}}
    address = "alpha/smith-2020/one/pfs/median"
    note = "PFS: median 12.0 months, but median follow-up is 9.0 months"
    assert [(address, "follow-up-shorter", "note", note)] == found(
        _one(estimates=[median], follow_up=short)
    )
    error = "PFS: median 12.0 months, but the longest follow-up is 10 months"
    ended = short | {"range": {"low": "1", "high": "10"}}
    assert [(address, "follow-up-shorter", "error", error)] == found(
        _one(estimates=[median], follow_up=ended)
    )
    assert [] == found(
        _one(estimates=[median], follow_up={"months": "14.0", "statistic": "median"})
    )


OTHERS = [
    trial("beta", arms={"one": arm(_given("ifosfamide", amount="2.0", unit="g", per="m2"))}),
    trial("gamma", arms={"one": arm(_given("ifosfamide", amount="2500", unit="mg", per="m2"))}),
]


@pytest.mark.parametrize(
    ("dose", "expected"),
    [
        ({"amount": "2", "unit": "g", "per": "m2"}, []),
        ({"amount": "9", "unit": "g", "per": "m2"}, []),
        ({"amount": "2000", "unit": "g", "per": "m2"},
         [("dose-out-of-range", "warning", "ifosfamide 2000 g/m²: other trials of this base give 2000 to 2500 mg/m²; 2000 mg would be like theirs")]),
        ({"amount": "2", "unit": "mg"},
         [("dose-out-of-range", "warning", "ifosfamide 2 mg: other trials of this base give 2000 to 2500 mg/m²; 2 g would be like theirs")]),
        ({"amount": "2500", "unit": "mg"},
         [("dose-unit-missing", "warning", "ifosfamide 2500 mg: other trials of this base give 2000 to 2500 mg/m²")]),
        ({"amount": "2500", "per": "m2"},
         [("dose-unit-missing", "note", "ifosfamide 2500 (no unit)/m²: no unit is printed")]),
        ({"amount": "2", "unit": "mg", "per": "m2", "approximation": "about"}, []),
    ],
)  # fmt: skip
def test_doses(found, dose, expected):
    """A dose is held against those of the other trials."""
    own = trial(arms={"one": arm(_given("ifosfamide", **dose))})
    assert [("alpha/smith-2020", *one) for one in expected] == found(own, *OTHERS)


def test_doses_need_other_trials(found):
    """One other trial is no usual range."""
    own = trial(arms={"one": arm(_given("ifosfamide", amount="2", unit="mg", per="m2"))})
    assert [] == found(own, OTHERS[0])


def _schedules(**note):
    own = [{"drug": "doxorubicin", "dose": {"amount": "75", "unit": "mg", "per": "m2"},
            "days": ["1"], "every": {"weeks": 3}},
           {"drug": "anlotinib", "every": {"weeks": 12}}]  # fmt: skip
    notes = {"one": [{"drug": "doxorubicin", "locator": "p1"} | note]}
    reports = {"smith-2020": report(), "registry-2019": report(
        estimates=[], read="registry", citation={"container": "Registry", "year": 2019},
        regimens=notes)}  # fmt: skip
    return trial(arms={"one": arm(*own)}, reports=reports)


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ({"every": {"days": 21}}, []),
        ({"days": ["1"]}, []),
        ({"every": {"weeks": 4}},
         [("schedule-conflict", "warning", "doxorubicin in one: every 4 weeks, against every 3 weeks in smith-2020")]),
        ({"days": ["1-3"]},
         [("schedule-conflict", "warning", "doxorubicin in one: on days 1-3, against 1 in smith-2020")]),
        ({"every": {"weeks": 4}, "cycles": {"from": "4"}}, []),
        ({"dose": {"amount": "0.075", "unit": "g", "per": "m2"}}, []),
        ({"dose": {"amount": "60", "unit": "mg", "per": "m2"}},
         [("dose-conflict", "warning", "doxorubicin in one: 60 mg/m², against 75 mg/m² in smith-2020")]),
        ({"dose": {"amount": "75", "unit": "mg"}},
         [("dose-conflict", "note", "doxorubicin in one: 75 mg, against 75 mg/m² in smith-2020")]),
    ],
)  # fmt: skip
def test_regimens(found, note, expected):
    """What a registry says of a drug is held against the arm's regimen."""
    assert [("alpha/registry-2019", *one) for one in expected] == found(_schedules(**note))


def test_swapped_schedules(found):
    """Two drugs with each other's rhythm are said to be swapped."""
    changed = _schedules(every={"weeks": 12})
    changed["reports"]["registry-2019"]["regimens"]["one"].append(
        {"drug": "anlotinib", "every": {"weeks": 3}, "locator": "p1"}
    )
    swapped = "has that rhythm there, so the two may be swapped"
    assert [
        f"doxorubicin in one: every 12 weeks, against every 3 weeks in smith-2020; anlotinib {swapped}",
        f"anlotinib in one: every 3 weeks, against every 12 weeks in smith-2020; doxorubicin {swapped}",
    ] == [message for _, _, _, message in found(changed)]


def test_drug_names(found):
    """A printed name that is almost a drug is noted; a drug, a class and other words are not."""
    printed = [
        "Doxorubicin",
        "ifosfamid",
        "ifosphamide plus checkpoint inhibitors",
        "surgery alone",
    ]
    statement = {"standard": {"drugs_printed": printed, "locator": "p1"}}
    message = "prints 'ifosphamide', which is no drug; Ifosfamide is close"
    assert [
        ("alpha/smith-2020", "drug-misspelt", "note", "prints 'ifosfamid', which is no drug; Ifosfamide is close"),
        ("alpha/smith-2020", "drug-misspelt", "note", message),
    ] == found(_one(statements=statement))  # fmt: skip


def _arms(*steps, **more):
    arms = {"one": arm("doxorubicin"), "two": arm("ifosfamide")}
    return trial(arms=arms, reports={"smith-2020": report(flow=_flow(*steps), **more)})


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([{"step": "randomised", "count": 103}, {"arm": "one", "step": "randomised", "count": 51},
          {"arm": "two", "step": "randomised", "count": 52}], []),
        ([{"step": "randomised", "count": 103}, {"arm": "one", "step": "randomised", "count": 53},
          {"arm": "two", "step": "randomised", "count": 52}],
         [("arm-arithmetic", "error", "randomised: 53 (one) + 52 (two) = 105, and 103 in all")]),
        ([{"step": "randomised", "count": 103}, {"arm": "one", "step": "randomised", "count": 50},
          {"arm": "two", "step": "randomised", "count": 52}],
         [("arm-arithmetic", "warning", "randomised: 50 (one) + 52 (two) = 102, and 103 in all")]),
        ([{"step": "randomised", "count": 103}, {"arm": "one", "step": "randomised", "count": 50}], []),
        ([{"arm": "one", "step": "treated", "count": 80}, {"arm": "one", "step": "evaluable", "count": 83}],
         [("step-order", "warning", "one: 83 evaluable, but 80 treated")]),
        ([{"arm": "one", "step": "randomised", "count": 50}, {"arm": "one", "step": "alive", "count": 30},
          {"arm": "one", "step": "died", "count": 25}],
         [("deaths-over-patients", "error", "one: 30 alive and 25 dead, of 50 patients")]),
        ([{"arm": "one", "step": "treated", "count": 80, "approximation": "about"},
          {"arm": "one", "step": "evaluable", "count": 83}], []),
    ],
)  # fmt: skip
def test_flow(found, steps, expected):
    """Arms add up to their total, and steps do not grow."""
    assert [("alpha/smith-2020", *one) for one in expected] == found(_arms(*steps))


def test_set_over_arm(found):
    """A set with more patients than were allocated is an error, than in the arms' sets a warning."""
    sets = {"one": analysis_set("one", 40), "every": analysis_set("one", 55)}
    marked = {"errata": [{"at": "analysis_sets/every/n", "printed": "55"}]}
    error = "55 patients in a set of one, with 50 allocated"
    assert ("alpha/smith-2020/every", "set-over-arm", "error", error) in found(
        _arms({"arm": "one", "step": "enrolled", "count": 50}, sets=sets, **marked)
    )
    pooled = {"one": analysis_set("one", 9), "two": analysis_set("two", 79),
              "safety": analysis_set(["one", "two"], 92)}  # fmt: skip
    warning = "92 patients in a set of one and two, with 88 in their own sets"
    assert [("alpha/smith-2020/safety", "set-over-arm", "warning", warning)] == found(
        _arms(sets=pooled, estimates=[])
    )


def test_arm_size_conflict(found):
    """Another number of randomised patients in a second report is a note."""
    both = trial(reports={
        "smith-2020": report(flow=_flow({"arm": "one", "step": "randomised", "count": 43})),
        "news-2021": report(estimates=[], read="news", citation=NEWS,
                            flow=_flow({"arm": "one", "step": "randomised", "count": 42})),
    })  # fmt: skip
    message = "one: 42 randomised here, 43 in smith-2020"
    assert [("alpha/news-2021", "arm-size-conflict", "note", message)] == found(both)


def test_subgroup_of_a_stated_set(found):
    """A subgroup is held against the set that it is said to be a part of, also by way of another."""
    sets = {
        "every": analysis_set("one", 40),
        "evaluable": analysis_set("one", 30, of="every"),
        "women": analysis_set("one", 20, of="evaluable", subgroup={"other": ["women"]}),
        "old": analysis_set("one", 9, of="women", subgroup={"other": ["women over 65"]}),
    }
    events = {"every": 9, "evaluable": 3, "women": 4, "old": 4}
    numbers = [estimate(of=name, events=count) for name, count in events.items()]
    over = "has 4 events, the whole has 3"
    assert [
        ("alpha/smith-2020/women/orr/proportion", "subgroup-over-whole", "error", f"ORR: the subgroup other=women {over}"),
        ("alpha/smith-2020/old/orr/proportion", "subgroup-over-whole", "error", f"ORR: the subgroup other=women over 65 {over}"),
    ] == found(_one(sets=sets, estimates=numbers))[:2]  # fmt: skip


def test_landmark_beyond_follow_up(found):
    """A rate beyond the longest follow-up is an error."""
    rate = estimate("pfs", measure="landmark", at={"years": 2}, value="40")
    ended = {"months": "9.0", "statistic": "median", "range": {"low": "1", "high": "20"}}
    message = "PFS: a rate at 2 years, but the longest follow-up is 20 months"
    address = "alpha/smith-2020/one/pfs/landmark@2y"
    assert [(address, "follow-up-shorter", "error", message)] == found(
        _one(estimates=[rate], follow_up=ended)
    )


def test_alternatives_have_doses(found):
    """The doses of alternatives inside an arm are judged, and are doses of the base."""
    choice = {
        "one_of": [[_given("ifosfamide", amount="2", unit="mg", per="m2")], [{"drug": "anlotinib"}]]
    }
    rules = [rule for _, rule, _, _ in found(trial(arms={"one": arm(choice)}), *OTHERS)]
    assert ["dose-out-of-range"] == rules


def test_planned_sizes(found):
    """More patients than planned is a note, and a percent without n is held against the plan."""
    planned = [{"arm": "one", "step": "planned", "count": 30, "locator": "p1"}]
    message = "one: 40 patients here, 30 planned"
    assert [("alpha/smith-2020", "arm-over-planned", "note", message)] == found(_one(flow=planned))
    design = {"allocation": "single-arm", "timing": "prospective", "planned_n": "12"}
    own = report({"one": analysis_set("one", None)}, [estimate(events=None, value="28.6")])
    del own["estimates"][0]["events"]
    message = "ORR: 28.6 % is no count out of 12, the size planned; it fits n = 7, 14, 21"
    assert [
        ("alpha/smith-2020/one/orr/proportion", "percent-against-cohort-size", "note", message)
    ] == found(trial(design=design, reports={"smith-2020": own}))


def test_interval_equals_range(found):
    """An interval that another report prints as the range is a warning, as is one in one number."""
    bounds: dict[str, Any] = {"interval": {"level": 95, "low": "4.1", "high": "9.9"}}
    spread: dict[str, Any] = {"range": {"low": "4.1", "high": "9.9"}}
    message = "PFS median 6.0 months: 4.1 to 9.9 is printed as a range too"
    assert [("alpha/smith-2020/one/pfs/median", "interval-equals-range", "warning", message)] == (
        found(_one(estimates=[estimate("pfs", **bounds, **spread)]))
    )
    two = _two(estimate("pfs", **spread), estimate("pfs", **bounds))
    assert [("alpha/news-2021/one/pfs/median", "interval-equals-range", "warning", f"{message} by smith-2020")] == found(two)  # fmt: skip


def test_further_interval(found):
    """A second interval of one number is judged too."""
    own = estimate(events=8, value="20", also=[{"level": 90, "low": "30", "high": "40"}],
                   interval={"level": 95, "low": "9", "high": "36"}, as_printed=True)  # fmt: skip
    rules = [rule for _, rule, _, _ in found(_one(estimates=[own]))]
    assert ["value-outside-interval", "interval-against-count"] == rules


def test_further_interval_in_fractions(found):
    """A second interval is held against the value in the unit of the value."""
    also = [{"level": 95, "low": "0.09", "high": "0.36", "unit": "proportion"}]
    own = estimate(events=8, value="20", also=also)
    assert "value-outside-interval" not in [rule for _, rule, _, _ in found(_one(estimates=[own]))]


def test_named_method(found):
    """A method that the source names and that does not give the bounds is a warning."""
    sets = {"one": analysis_set("one", 32)}
    named = {"level": 95, "low": "12.1", "high": "43.8", "method": "exact (Clopper–Pearson)"}
    own = estimate(events=8, value="25", interval=named)
    message = "ORR: 25 % (95 % interval 12.1 to 43.8) is said to be exact (Clopper–Pearson), and is that of wilson-cc"
    address = "alpha/smith-2020/one/orr/proportion"
    assert [(address, "interval-method-contradicted", "warning", message)] == found(
        _one(sets=sets, estimates=[own])
    )


def test_harms_and_baseline_are_counted(found):
    """Percents of harms, characteristics and flow are held against their counts, as warnings."""
    harm = {
        "set": "one",
        "event": "fatigue",
        "grade": "3-4",
        "events": 4,
        "value": "12",
        "locator": "p1",
    }
    trait = {
        "set": "one",
        "characteristic": "sex",
        "category": "female",
        "value": "51",
        "locator": "p1",
    }
    step = {
        "set": "one",
        "step": "discontinued",
        "count": 9,
        "of": 30,
        "value": "30",
        "locator": "p1",
    }
    place = "alpha/smith-2020/one"
    assert [
        (place, "percent-against-count", "warning", "fatigue (grade 3-4): 12 % is printed for 4 of 40, which is 10 %; 4 of 33 or 34 would print so"),
        (place, "percent-without-count", "warning", "sex female: no count out of 40 prints as 51 %; 20 of 40 is 50 %; it would fit n = 37, 39 or 41"),
    ] == found(_one(harms=[harm], baseline=[trait], flow=[step]))  # fmt: skip


def test_approximations_are_not_judged(found):
    """A number printed as about, and an n printed as about, are held against nothing."""
    about = estimate(events=10, value="27", approximation="about")
    assert [] == found(_one(estimates=[about]))
    sets = {"one": analysis_set("one", 40, approximation="about")}
    assert [] == found(_one(sets=sets, estimates=[estimate(events=10, value="27")]))


def test_sets_that_share_patients(found):
    """A declared overlap is a note at its first set; so is a shared registration without one."""
    sets = {"one": analysis_set("one", 40), "expansion": analysis_set("one", 12)}
    declared = [
        {"sets": ["smith-2020/one", "smith-2020/expansion"], "patients": "some", "note": "cohort 2"}
    ]
    own = trial(reports={"smith-2020": report(sets)}, overlaps=declared)
    message = "shares patients (some) with alpha/smith-2020/expansion (cohort 2)"
    assert [("alpha/smith-2020/one", "overlap", "note", message)] == found(own)
    pair = [trial(name, registrations=["NCT01234567"], shares_registration_with=[other])
            for name, other in (("alpha", "beta"), ("beta", "alpha"))]  # fmt: skip
    assert [
        ("alpha", "overlap", "note", "has a registration in common with beta, and no overlap is declared"),
        ("beta", "overlap", "note", "has a registration in common with alpha, and no overlap is declared"),
    ] == found(*pair)  # fmt: skip


def test_misprints(found):
    """An erratum is listed with what it should read and by whom."""
    erratum = {"at": "title", "printed": "docetaxel", "should_read": "doxorubicin",
               "authority": [{"report": "smith-2020", "locator": "p1"}], "why": "so in the text"}  # fmt: skip
    message = (
        "at title: printed 'docetaxel'; should read 'doxorubicin'; by smith-2020; so in the text"
    )
    assert [("alpha/smith-2020", "misprint", "note", message)] == found(_one(errata=[erratum]))


@pytest.mark.parametrize("at", ["alpha/smith-2020/one/orr/proportion", "alpha/smith-2020", "alpha"])
def test_acknowledged(found, at):
    """An acknowledgement at the address or above it silences a finding of its rule."""
    own = _one(estimates=[estimate(events=10, value="27")])
    assert ["percent-against-count"] == [rule for _, rule, _, _ in found(own)]
    seen = [{"finding": "percent-against-count", "at": at, "note": "so in the table"}]
    assert [] == found(own | {"acknowledged": seen})


def test_stale_acknowledgement(found):
    """An acknowledgement that silences nothing is a warning, and does not silence another rule."""
    seen = [{"finding": "percent-truncated", "at": "alpha", "note": "so in the table"}]
    message = "percent-truncated is acknowledged at alpha, and there is no such finding"
    stale = ("alpha", "stale-acknowledgement", "warning", message)
    own = _one(estimates=[estimate(events=10, value="27")])
    rules = [rule for _, rule, _, _ in found(own | {"acknowledged": seen})]
    assert ["percent-against-count", "stale-acknowledgement"] == rules
    assert [stale] == found(trial(acknowledged=seen))


def test_as_printed_is_reported(found):
    """What the curator has marked as printed is silent in the check and a finding here."""
    marked: dict[str, Any] = {
        "as_printed": True,
        "interval": {"level": 95, "low": "9.0", "high": "7.0"},
    }
    message = "PFS: the interval runs from 9.0 down to 7.0"
    assert [("alpha/smith-2020/one/pfs/median", "interval-order", "error", message)] == found(
        _one(estimates=[estimate("pfs", **marked)])
    )


def test_only_what_was_asked(found):
    """Criteria choose trials; the doses of the whole base stay the measure."""
    from builders import base_of
    from kb.audits import audit

    bad = trial(arms={"one": arm(_given("ifosfamide", amount="2", unit="mg"))})
    base = base_of(bad, *OTHERS)
    assert ["alpha"] == [one.trial for one in audit(base, trial="alpha")]
    assert [] == audit(base, trial="beta")
    with pytest.raises(ValueError, match="'zeta' is not a known trial"):
        audit(base, trial="zeta")


def test_contrast_of_records(found):
    """A hazard ratio is found by its sets: its direction is held against their medians."""
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    numbers = [estimate("pfs", "one", value="4.0"), estimate("pfs", "two", value="9.0")]
    ratio = contrast(value="0.50", interval={"level": 95, "low": "0.30", "high": "0.83"})
    own = trial(
        design={"allocation": "randomised", "timing": "prospective", "comparative": True},
        arms={"one": arm("doxorubicin"), "two": arm("ifosfamide")},
        reports={"smith-2020": report(sets, numbers, contrasts=[ratio])},
    )
    message = "PFS: hazard ratio 0.50, but the median is 4.0 months in one and 9.0 in two; the curves cross, or the arms are the other way round (2.00)"
    address = "alpha/smith-2020/one:two/pfs/hazard-ratio"
    assert [(address, "direction-against-medians", "warning", message)] == found(own)
