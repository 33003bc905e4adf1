"""Each check just inside, where it is silent, and just outside, where it blocks."""

from collections.abc import Sequence

import pytest

from builders import (
    VOCABULARY,
    Data,
    analysis_set,
    arm,
    contrast,
    estimate,
    randomised,
    report,
    trial,
)
from kb import checks
from kb.checks.references import MOST_NAMED
from kb.checks.terms import LINKS
from kb.model import Trial
from kb.vocabulary import Vocabulary
from kb.vocabulary.kinds import KINDS
from kb.vocabulary.terms import MODELS


def _read(data):
    """Data as the reader gives them: every scalar is text."""
    if isinstance(data, dict):
        return {key: _read(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_read(value) for value in data]
    return str(data).lower() if isinstance(data, bool) else str(data)


def _words(**changed):
    """The vocabulary of the tests, with single terms of its files added or replaced."""
    return Vocabulary(
        {
            kind: {
                term_id: MODELS[kind].model_validate(_read(body))
                for term_id, body in (VOCABULARY[name] | changed.get(name, {})).items()
            }
            for kind, (name, _) in KINDS.items()
        }
    )


TIMED = {**VOCABULARY["endpoints"]["orr"], "requires": ["at"]}
WITHIN = {**VOCABULARY["endpoints"]["dcr"], "requires": ["by"]}
OF_RESPONDERS = {**VOCABULARY["endpoints"]["pfs"], "of": "responders"}
OF_CONTROLLED = {**VOCABULARY["endpoints"]["pfs"], "of": "controlled"}
WORDS = _words(endpoints={"pfr": TIMED, "cbr": WITHIN, "dor": OF_RESPONDERS, "dodc": OF_CONTROLLED})


def _leads(data, path):
    """Whether a path of keys and places leads somewhere in data; one entry may stand alone."""
    for step in path:
        if isinstance(step, int):
            entries = data if isinstance(data, list) else [data]
            if step >= len(entries):
                return False
            data = entries[step]
        elif isinstance(data, dict) and step in data:
            data = data[step]
        else:
            return False
    return True


def _messages(data):
    return [one.message for one in checks.run(Trial.model_validate(_read(data)), WORDS)]


def _one(estimates=None, sets=None, **more):
    return trial(reports={"smith-2020": report(sets, estimates, **more)})


def _phased(estimates=None, sets=None):
    """A trial whose arm has one phase with a name and one without."""
    one = arm("doxorubicin")
    phases = [{"phase": "induction", **one["regimen"]["phases"][0]}, one["regimen"]["phases"][0]]
    named = {**one, "regimen": {"from": "smith-2020", "phases": phases}}
    return trial(arms={"one": named}, reports={"smith-2020": report(sets, estimates)})


def _two(one, design=None, **more):
    """A randomised trial with one contrast."""
    design = design or {"allocation": "randomised", "timing": "prospective", "comparative": True}
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    reports = {"smith-2020": report(sets, [], contrasts=[one])}
    return randomised(
        "alpha", arm("doxorubicin"), arm("ifosfamide"), reports=reports, design=design, **more
    )


def _percent(value=None, low=None, high=None, **more):
    interval = {"interval": {"level": 95, "low": low, "high": high}} if low is not None else {}
    printed = {"measure": "proportion", **interval, **more}
    return _one([estimate(**printed, **({} if value is None else {"value": value}))])


def _median(value, low="1.0", high="99"):
    return _one([estimate("pfs", value=value, interval={"level": 95, "low": low, "high": high})])


def _median_in(interval_unit, value="6", low="4", high="8", unit="months"):
    """A median whose bounds may be printed in another unit of time."""
    interval = {"level": 95, "low": low, "high": high}
    interval |= {} if interval_unit is None else {"unit": interval_unit}
    return _one([estimate("pfs", value=value, unit=unit, interval=interval)])


def _shares(value, low, high, unit="proportion", **more):
    """A percent whose bounds are printed as fractions."""
    interval = {"level": 95, "low": low, "high": high, "unit": unit}
    return _one([estimate(measure="proportion", value=value, interval=interval, **more)])


def _responders(subgroup, endpoint="dor", **more):
    """A duration of response on a set with this subgroup, of 40 patients as its whole has."""
    own = analysis_set(**({} if subgroup is None else {"subgroup": subgroup}))
    number = {"measure": "median", "unit": "months", "value": "6", "events": None}
    return _one([estimate(endpoint, **(number | more))], {"one": own})


def _lasting(kind, endpoint="dor", one="objective", two="objective"):
    """A contrast of durations between sets of responders, or of whole arms."""
    told: dict[str, Data] = {"one": {}, "two": {}}
    for name, word in (("one", one), ("two", two)):
        if word:
            told[name] = {"subgroup": {"responders": word}}
    sets = {name: analysis_set(name, **more) for name, more in told.items()}
    reports = {"smith-2020": report(sets, [], contrasts=[contrast(endpoint=endpoint, kind=kind)])}
    return randomised("alpha", arm("doxorubicin"), arm("ifosfamide"), reports=reports)


def _ratio(value, low, high):
    return _two(contrast(value=value, interval={"level": 95, "low": low, "high": high}))


def _difference(measure, **more):
    wide = {"level": 95, "low": "-50", "high": "50"}
    return _two(contrast(measure=measure, value="-5", interval=wide, **more))


def _parts(whole, part):
    return {"one": analysis_set(n=whole), "part": analysis_set(n=part, of="one")}


def _flow(*entries):
    return [{"step": "enrolled", "locator": "p1", **one} for one in entries]


def _arms_of(first, second):
    """A trial of two arms whose set of both has 80 patients, and whose arms had these."""
    both = {"both": analysis_set(["one", "two"], n=80)}
    own = report(both, [], flow=_flow({"arm": "one", "count": first}, *second))
    return trial(
        arms={"one": arm("doxorubicin"), "two": arm("anlotinib")}, reports={"smith-2020": own}
    )


def _addressed(*ids):
    return _one([estimate(**({"id": one} if one else {})) for one in ids])


def _named_reports(**more):
    return trial(population={"from": "smith-2020", "histologies": ["sarcoma"]} | more)


def _bare():
    """A record without anything that another report could be named in."""
    data = trial()
    del data["population"]
    return data


_NOT_ON = (
    "dor is of responders only, and set '%s' is not; it needs a set with "
    "`subgroup: {responders: objective}`, its n only where it is printed"
)

# A rule, a record that it lets pass, and the nearest one that it blocks, with what it says.
BOUNDARIES = {
    "unknown-report": [
        (_named_reports(), _named_reports(**{"from": "smith-2021"}),
         "this record has no report 'smith-2021'; did you mean 'smith-2020'?"),
        (_bare(), trial(arms={"one": arm("doxorubicin") | {"population": {"from": "zzz"}}}),
         "this record has no report 'zzz'; it has smith-2020"),
        (_one(relays={"same_as": "smith-2020"}, read="news"), _one(relays={"same_as": "qqq"}, read="news"),
         "this record has no report 'qqq'; it has smith-2020"),
        (_one(errata=[{"at": "x", "printed": "y", "authority": [{"trial": "alpha", "report": "smith-2020"}]}]),
         _one(errata=[{"at": "x", "printed": "y", "authority": [{"trial": "alpha", "report": "qqq"}]}]),
         "this record has no report 'qqq'; it has smith-2020"),
    ],
    "unknown-arm": [
        (_one(sets={"one": analysis_set("one")}), _one(sets={"one": analysis_set("on")}),
         "this trial has no arm 'on'; did you mean 'one'?"),
        (_one(populations={"trial": {"locator": "p1"}}), _one(populations={"trail": {"locator": "p1"}}),
         "this trial has no arm 'trail'; it has one"),
        (trial(arms={"one": arm("doxorubicin"), "two": {"name": "B", "regimen": {"same_as": "one"}}}),
         trial(arms={"one": arm("doxorubicin"), "two": {"name": "B", "regimen": {"same_as": "xyz"}}}),
         "this trial has no arm 'xyz'; it has one, two"),
    ],
    "unknown-set": [
        (_one([estimate(of="one")]), _one([estimate(of="all")]),
         "this record has no set 'all'; it has one"),
        (_one(follow_up={"set": "one", "months": 9}), _one(follow_up={"set": "ones", "months": 9}),
         "this record has no set 'ones'; did you mean 'one'?"),
        (_one(harms=[{"set": "one", "event": "x", "locator": "p1"}]),
         _one(harms=[{"set": "xyz", "event": "x", "locator": "p1"}]),
         "this record has no set 'xyz'; it has one"),
        (_one(baseline=[{"set": "one", "characteristic": "age", "value": "50", "locator": "p1"}]),
         _one(baseline=[{"set": "xyz", "characteristic": "age", "value": "50", "locator": "p1"}]),
         "this record has no set 'xyz'; it has one"),
        (_one(flow=_flow({"set": "one", "count": 40})), _one(flow=_flow({"set": "xyz", "count": 40})),
         "this record has no set 'xyz'; it has one"),
    ],
    "unknown-phase": [
        (_phased([estimate(covers="induction")]), _phased([estimate(covers="maintenance")]),
         "this record has no phase 'maintenance'; it has induction"),
        (_phased(sets={"one": analysis_set(covers=["induction"])}),
         _phased(sets={"one": analysis_set(covers=["inductio"])}),
         "this record has no phase 'inductio'; did you mean 'induction'?"),
    ],
    "circular-reference": [
        (trial(arms={"one": arm("doxorubicin"),
                     "two": {"name": "B", "regimen": {"same_as": "three"}},
                     "three": {"name": "C", "regimen": {"same_as": "one"}}}),
         trial(arms={"one": arm("doxorubicin"),
                     "two": {"name": "B", "regimen": {"same_as": "two"}}}),
         "the regimen of 'two' is said to be the same as itself"),
        (_one(sets={"one": analysis_set(), "part": analysis_set(of="one"), "rest": analysis_set(of="part")}),
         _one(sets={"one": analysis_set(of="one")}),
         "set 'one' is said to be a part of itself"),
    ],
    "unknown-address": [
        (trial(acknowledged=[{"finding": "x", "at": "alpha", "note": "n"}]),
         trial(acknowledged=[{"finding": "x", "at": "alpha/one", "note": "n"}]),
         "this record has no address 'alpha/one'; did you mean 'alpha' or 'alpha/smith-2020/one'?"),
        (trial(acknowledged=[{"finding": "x", "at": "alpha/smith-2020", "note": "n"}]),
         trial(acknowledged=[{"finding": "x", "at": "zzzzz", "note": "n"}]),
         "this record has no address 'zzzzz'; it has alpha, alpha/smith-2020, "
         "alpha/smith-2020/one, alpha/smith-2020/one/orr/proportion"),
    ],
    "duplicate-address": [
        (_addressed("", "bicr"), _addressed("bicr", "bicr"),
         "alpha/smith-2020/one/orr/proportion#bicr is the address of two numbers; give each an `id`"),
    ],
    "n-of-zero": [
        (_one([estimate(events=0)], {"one": analysis_set(n=1)}),
         _one([estimate(events=0)], {"one": analysis_set(n=0)}),
         "set 'one' has n = 0 and yet estimates"),
    ],
    "events-over-n": [
        (_one([estimate(events=40)]), _one([estimate(events=41)]),
         "41 events are more than the 40 patients of 'one'"),
        (_one([estimate(events=41)], {"one": analysis_set(n=None)}),
         _one([estimate(events=2)], {"one": analysis_set(n=1)}),
         "2 events are more than the 1 patients of 'one'"),
    ],
    "part-over-whole": [
        (_one(sets=_parts(40, 40)), _one(sets=_parts(40, 41)),
         "41 patients in 'part' are more than the 40 of 'one'"),
        (_one(sets=_parts(None, 41)), _one([estimate(events=1)], _parts(1, 2)),
         "2 patients in 'part' are more than the 1 of 'one'"),
    ],
    "set-over-arm": [
        (_one(flow=_flow({"arm": "one", "count": 40})), _one(flow=_flow({"arm": "one", "count": 39})),
         "40 patients in 'one' are more than the 39 allocated"),
        (_one(flow=_flow({"arm": "one", "count": 39}, {"arm": "one", "count": 40, "step": "randomised"})),
         _one(flow=_flow({"arm": "one", "count": 39}, {"arm": "one", "count": 38, "step": "randomised"})),
         "40 patients in 'one' are more than the 39 allocated"),
        (_one(flow=_flow({"arm": "one", "count": 39, "approximation": "about"})),
         _one(flow=_flow({"set": "one", "count": 39})),
         "40 patients in 'one' are more than the 39 allocated"),
        (_arms_of(40, [{"arm": "two", "count": 40}]), _arms_of(39, [{"arm": "two", "count": 40}]),
         "80 patients in 'both' are more than the 79 allocated"),
        (_arms_of(39, []), _arms_of(40, [{"arm": "two", "count": 39}]),
         "80 patients in 'both' are more than the 79 allocated"),
    ],
    "percent-out-of-range": [
        (_percent("100", events=None), _percent("100.1"), "value (100.1) is a percent and lies between 0 and 100"),
        (_percent("0.0"), _percent("-0.1"), "value (-0.1) is a percent and lies between 0 and 100"),
        (_percent("50", "0", "100"), _percent("50", "-0.1", "100"), "low (-0.1) is a percent and lies between 0 and 100"),
        (_percent("50", "0", "100.0"), _percent("50", "0", "100.01"), "high (100.01) is a percent and lies between 0 and 100"),
        (_difference("risk-difference", endpoint="orr"), _percent("101"), "value (101) is a percent and lies between 0 and 100"),
        (_median("101", high="200"), _percent("50", "0", "101"), "high (101) is a percent and lies between 0 and 100"),
        (_shares("50", "0.4", "1.00"), _shares("50", "0.4", "1.01"), "high (101) is a percent and lies between 0 and 100"),
    ],
    "negative": [
        (_median("0", "0"), _median("-0.1", "-0.1"), "value is -0.1; a time is not below 0"),
        (_ratio("0.01", "0", "1.07"), _ratio("0", "0", "1.07"), "value is 0; a ratio lies above 0"),
        (_ratio("0.01", "0.00", "1.07"), _ratio("0.01", "-0.01", "1.07"), "low is -0.01; a ratio lies above 0"),
        (_ratio("0.01", "0", "0.01"), _ratio("0.01", "0", "0"), "high is 0; a ratio lies above 0"),
        (_difference("median-difference", unit="months"), _median("1", "-1"), "low is -1; a time is not below 0"),
    ],
    "interval-order": [
        (_percent("41.2", "41.2", "41.2"), _percent("41.2", "41.3", "41.2"), "low (41.3) is above high (41.2)"),
        (_percent("41.2", "41.2", "not-reached"), _percent("9", "9.1", "9"), "low (9.1) is above high (9)"),
    ],
    "value-outside-interval": [
        (_percent("25", "26.0", "41.2"), _percent("25", "26.1", "41.2"), "value (25) lies outside its interval (26.1 to 41.2)"),
        (_percent("25.0", "25.1", "41.2"), _percent("25.0", "25.2", "41.2"), "value (25.0) lies outside its interval (25.2 to 41.2)"),
        (_percent("25", "12.7", "24.5"), _percent("25", "12.7", "24.3"), "value (25) lies outside its interval (12.7 to 24.3)"),
        (_percent("25", "30.0", "41.2", approximation="about"), _percent("25", "30.0", "41.2"), "value (25) lies outside its interval (30.0 to 41.2)"),
        (_percent(None, "30.0", "41.2"), _percent("29", "30.1", "41.2"), "value (29) lies outside its interval (30.1 to 41.2)"),
        (_ratio("0.80", "0.80", "0.80"), _ratio("0.80", "0.82", "0.90"), "value (0.80) lies outside its interval (0.82 to 0.90)"),
        (_percent("25", also=[{"level": 90, "low": "25.9", "high": "30"}]), _percent("25", also=[{"level": 90, "low": "26.1", "high": "30"}]),
         "value (25) lies outside its interval (26.1 to 30)"),
        (_shares("42.90", "0.27", "0.68"), _percent("42.90", "0.27", "0.68"),
         "value (42.90) lies outside its interval (0.27 to 0.68); if the bounds are printed in proportion, say `unit: proportion` in the interval"),
        (_shares("42.90", "0.428", "0.68"), _shares("42.90", "0.431", "0.68"), "value (42.90) lies outside its interval (43.1 to 68)"),
        (_percent("42.90", "0.27", "0.68", as_printed=True), _percent("42.90", "1", "1.2"), "value (42.90) lies outside its interval (1 to 1.2)"),
        (_median_in("weeks", low="17.4", high="34.8"), _median_in(None, low="17.4", high="34.8"),
         "value (6) lies outside its interval (17.4 to 34.8); if the bounds are printed in weeks, say `unit: weeks` in the interval"),
        (_median_in("months", "12", "2.0", "3.0", "weeks"), _median_in("months", "12", "3.0", "4.0", "weeks"),
         "value (12) lies outside its interval (13.04464286 to 17.39285714)"),
    ],
    "measure-not-allowed": [
        (_one([estimate("pfs")]), _one([estimate("orr", measure="median", unit="months", value="6", events=None)]),
         "orr has no median; it is given as proportion, odds-ratio, risk-ratio, risk-difference"),
        (_difference("median-difference", unit="months"), _difference("median-difference", unit="months", endpoint="orr"),
         "orr has no median-difference; it is given as proportion, odds-ratio, risk-ratio, risk-difference"),
        (_two(contrast(endpoint="orr", measure="not-stated", p=".04", value=None, interval=None)),
         _two(contrast(endpoint="orr", measure="hazard-ratio")),
         "orr has no hazard-ratio; it is given as proportion, odds-ratio, risk-ratio, risk-difference"),
        (_one([estimate("unheard", measure="median", unit="months", value="6", events=None)]),
         _one([estimate("os", measure="proportion", value="6")]),
         "os has no proportion; it is given as median, landmark, hazard-ratio"),
    ],
    "definition-not-allowed": [
        (_one([estimate("dcr", definition={"stable-disease-for": {"weeks": 6}})]),
         _one([estimate("orr", definition={"stable-disease-for": {"weeks": 6}})]),
         "orr varies in no key, not in stable-disease-for"),
        (_one([estimate("unheard", definition={"stable-disease-for": {"weeks": 6}})]),
         _one([estimate("pfs", definition={"stable-disease-for": {"weeks": 6}})]),
         "pfs varies in no key, not in stable-disease-for"),
    ],
    "missing-time": [
        (_one([estimate("pfr", at={"months": 6})]), _one([estimate("pfr")]), "pfr needs `at`, its time"),
        (_one([estimate("cbr", by={"weeks": 16})]), _one([estimate("cbr", at={"weeks": 16})]), "cbr needs `by`, its time"),
    ],
    "duration-not-on-responders": [
        (_responders({"responders": "objective"}), _responders(None), _NOT_ON % "one"),
        (_responders({"responders": "not-stated"}), _responders({"other": ["responders"]}), _NOT_ON % "one"),
        (_responders({"responders": "confirmed", "histology": ["liposarcoma"]}), _responders({"histology": ["liposarcoma"]}),
         _NOT_ON % "one"),
        (_responders(None, as_printed=True), _responders(None, as_printed=False), _NOT_ON % "one"),
        (_responders(None, endpoint="dodc"), _responders(None), _NOT_ON % "one"),
        (_lasting("unadjusted"), _lasting("unadjusted", two=None), _NOT_ON % "two"),
        (_lasting("randomised", "pfs", None, None), _lasting("unadjusted", one=None), _NOT_ON % "one"),
    ],
    "contrast-of-responders": [
        (_lasting("unadjusted"), _lasting("randomised"), "dor is of responders only, who were not randomised; kind is unadjusted, or another that is true"),
        (_lasting("randomised", "pfs"), _lasting("randomised", "dodc"), "dodc is of controlled patients only, who were not randomised; kind is unadjusted, or another that is true"),
    ],
    "contrast-not-comparative": [
        (_two(contrast()), _two(contrast(), {"allocation": "parallel-cohorts", "timing": "prospective"}),
         "kind is randomised, but the allocation is parallel-cohorts"),
        (_two(contrast(), {"allocation": "randomised", "timing": "not-stated"}),
         _two(contrast(), {"allocation": "randomised", "timing": "prospective", "comparative": False}),
         "kind is randomised, but the design says comparative: false"),
        (_two(contrast(kind="unadjusted"), {"allocation": "single-arm", "timing": "retrospective"}),
         _two(contrast(), {"allocation": "randomised", "timing": "retrospective"}),
         "kind is randomised, but the design is retrospective"),
    ],
}  # fmt: skip


def _without_none(data):
    """A record without the keys that a case has taken away."""
    if isinstance(data, dict):
        return {key: _without_none(value) for key, value in data.items() if value is not None}
    return [_without_none(one) for one in data] if isinstance(data, list) else data


@pytest.mark.parametrize(
    ("rule", "inside", "outside", "said"),
    [(rule, *case) for rule, cases in BOUNDARIES.items() for case in cases],
)
def test_boundary(rule, inside, outside, said):
    """Just inside nothing is said; just outside the rule says what is wrong and where, no other."""
    outside = _without_none(outside)
    assert [] == _messages(_without_none(inside))
    found = list(checks.run(Trial.model_validate(_read(outside)), WORDS))
    assert all(_leads(outside, one.path) and _leads(outside, one.other) for one in found)
    assert said in [one.message for one in found]
    assert {rule} == {one.rule for one in found}


def test_an_estimate_without_its_set():
    """A set that there is not has no n, so nothing is said of how many events it has."""
    found = _messages(_one([estimate(of="xyz", events=999)]))
    assert ["this record has no set 'xyz'; it has one"] == found


@pytest.mark.parametrize(("arms", "listed"), [(MOST_NAMED, True), (MOST_NAMED + 1, False)])
def test_names_that_are_listed(arms, listed):
    """Up to eight names are listed where none is near; of more none is."""
    many = {f"q{number}": arm("doxorubicin") for number in range(arms)}
    (said,) = _messages(trial(arms=many, reports={"smith-2020": report({}, [], regimens={
        "zzzzz": {"locator": "p1"}})}))  # fmt: skip
    assert listed is ("it has q0, q1" in said)


def test_an_address_that_is_taken():
    """The second of two numbers is at fault, and the first is shown beside it."""
    data = _one([estimate(id="x"), estimate(), estimate(events=11)])
    (fault,) = checks.run(Trial.model_validate(_read(data)), WORDS)
    assert ("reports", "smith-2020", "estimates", 2) == fault.path
    assert ("reports", "smith-2020", "estimates", 1) == fault.other


def _across(*trials, unread=()):
    read = {one["id"]: Trial.model_validate(_read(one)) for one in trials}
    return [(trial_id, one.rule, one.message) for trial_id, one in checks.across(read, unread)]


def _overlap(*sets, **more):
    return trial(overlaps=[{"sets": list(sets), "patients": "all"}], **more)


TWINS = (trial(registrations=["NCT01"]), trial("beta", registrations=["nct-01"]))
ACROSS: dict[str, list[tuple[Sequence[Data], Sequence[Data], str]]] = {
    "shared-registration": [
        ([TWINS[0], trial("beta", registrations=["NCT02"])], TWINS,
         "NCT01 is also the registration of 'beta'; are they one trial? "
         "If not, both say so under `shares_registration_with`"),
        ([trial(registrations=["NCT01", "NCT01"])], (TWINS[1], trial(registrations=["x", "NCT01"])),
         "nct-01 is also the registration of 'alpha'; are they one trial? "
         "If not, both say so under `shares_registration_with`"),
    ],
    "unknown-trial": [
        ([trial(shares_registration_with="beta"), trial("beta")],
         [trial(shares_registration_with="betta"), trial("beta")],
         "there is no trial 'betta'; did you mean 'beta'?"),
    ],
    "unknown-overlap": [
        ([_overlap("smith-2020/one", "beta/smith-2020/one"), trial("beta")],
         [_overlap("smith-2020/one", "beta/smith-2020/two"), trial("beta")],
         "there is no set 'beta/smith-2020/two'; write report/set or trial/report/set"),
        ([_overlap("smith-2020/one", "alpha/smith-2020/one")],
         [_overlap("smith-2020/one", "smith-2021/one")],
         "there is no set 'smith-2021/one'; write report/set or trial/report/set"),
        ([_overlap("smith-2020/one", "smith-2020/one")], [_overlap("smith-2020/one", "one")],
         "there is no set 'one'; write report/set or trial/report/set"),
        ([_overlap("smith-2020/one", "smith-2020/one")],
         [_overlap("smith-2020/one", "gamma/smith-2020/one")],
         "there is no set 'gamma/smith-2020/one'; write report/set or trial/report/set"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "inside", "outside", "said"),
    [(rule, *case) for rule, cases in ACROSS.items() for case in cases],
)
def test_boundary_across_trials(rule, inside, outside, said):
    """Just inside nothing is said of several trials; just outside the rule says what is wrong."""
    assert [] == _across(*inside)
    found = _across(*outside)
    assert said in [message for _, _, message in found]
    records = {one["id"]: one for one in outside}
    read = {one["id"]: Trial.model_validate(_read(one)) for one in outside}
    assert all(_leads(records[at], one.path) for at, one in checks.across(read))
    assert {rule} == {one for _, one, _ in found}


def test_records_that_cannot_be_read():
    """Nothing is said of what stands in a record that has problems of its own."""
    named = _overlap("smith-2020/one", "gamma/x/y", shares_registration_with=["gamma"])
    assert [] == _across(named, unread={"gamma"})
    assert 2 == len(_across(named, unread={"delta"}))
    assert 1 == len(_across(_overlap("smith-2020/one", "gamma/x"), unread={"gamma"}))


def _orr(**more):
    return {"endpoints": {"orr": {**VOCABULARY["endpoints"]["orr"], **more}}}


TERMS: dict[str, list[tuple[Data, Data, str]]] = {
    "unknown-parent": [
        ({"drugs": {"x": {"name": "X", "class": "vegfr-tki"}}},
         {"drugs": {"x": {"name": "X", "class": ["vegfr-tki", "vegfr"]}}},
         "'vegfr' is no drug-class"),
        ({"drug-classes": {"x": {"name": "X", "parents": "chemotherapy"}}},
         {"drug-classes": {"x": {"name": "X", "parents": "doxorubicin"}}},
         "'doxorubicin' is no drug-class"),
        ({"regimen-classes": {"x": {"name": "X", "components": ["doxorubicin", "chemotherapy"]}}},
         {"regimen-classes": {"x": {"name": "X", "components": ["sarcoma"]}}},
         "'sarcoma' is no drug-class or drug"),
        ({"histologies": {"x": {"name": "X", "parents": "sarcoma"}}},
         {"histologies": {"x": {"name": "X", "parents": "doxorubicin"}}},
         "'doxorubicin' is no histology"),
        *(({**_orr(**{key: ["dcr"]})}, {**_orr(**{key: ["zzz"]})}, "'zzz' is no endpoint")
          for key in ("sum_of", "when_defined", "apart_from", "completes", "not_below",
                      "not_above")),
    ],
    "circular-term": [
        ({"histologies": {"x": {"name": "X", "parents": ["sarcoma", "liposarcoma"]}}},
         {"histologies": {"x": {"name": "X", "parents": ["sarcoma", "x"]}}},
         "'x' is among its own ancestors"),
        ({"drug-classes": {"x": {"name": "X", "parents": ["y"]}, "y": {"name": "Y"}}},
         {"drug-classes": {"x": {"name": "X", "parents": ["y"]}, "y": {"name": "Y", "parents": "x"}}},
         "'y' is among its own ancestors"),
    ],
    "ambiguous-word": [
        ({"drugs": {"x": {"name": "X", "class": "vegfr-tki", "synonyms": ["x", "X"]}}},
         {"drugs": {"x": {"name": "X", "class": "vegfr-tki", "synonyms": ["adria mycin"]}}},
         "'adria mycin' means 'doxorubicin' as well as 'x'"),
        ({"histologies": {"x": {"name": "Doxorubicin"}}}, {"histologies": {"x": {"name": "Sarcoma"}}},
         "'Sarcoma' means 'sarcoma' as well as 'x'"),
    ],
    "drug-without-family": [
        ({"drugs": {"x": {"name": "X", "kind": "placebo"}}}, {"drugs": {"x": {"name": "X"}}},
         "'x' reaches no drug class that is a family"),
        ({"drugs": {"x": {"name": "X", "class": "anthracycline"}}},
         {"drugs": {"x": {"name": "X", "class": "lone"}}, "drug-classes": {"lone": {"name": "L"}}},
         "'x' reaches no drug class that is a family"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "inside", "outside", "said"),
    [(rule, *case) for rule, cases in TERMS.items() for case in cases],
)
def test_boundary_of_terms(rule, inside, outside, said):
    """Just inside nothing is said of the vocabulary; just outside the rule says what is wrong."""
    assert [] == list(checks.of_vocabulary(_words(**inside)))
    kinds = list(checks.of_vocabulary(_words(**outside)))
    found = [one for _, one in kinds]
    for kind, one in kinds:
        name = KINDS[kind].file
        assert _leads(VOCABULARY[name] | outside.get(name, {}), one.path)
    assert any(one.message.startswith(said) for one in found)
    if rule != "unknown-parent":
        assert {rule} == {one.rule for one in found}
    else:
        assert all(one.rule.startswith("unknown-") for one in found)


def test_every_link_of_terms_has_a_case():
    """A way in which terms are linked that is added gets a case above."""
    assert len(LINKS) == len(TERMS["unknown-parent"])


def test_every_check_has_a_boundary():
    """A check that is added gets its case just inside and just outside."""
    for registry, cases in (
        (checks.RULES, BOUNDARIES), (checks.ACROSS, ACROSS), (checks.VOCABULARY_RULES, TERMS),
    ):  # fmt: skip
        assert [rule.__name__.replace("_", "-") for rule in registry] == list(cases)
        assert all(rule.__doc__ for rule in registry)
