"""Every rule of records: a record with one fault, and the complete list of what is found."""

from typing import Any

import pytest

from builders import VOCABULARY, analysis_set, arm, contrast, estimate, randomised, report, trial
from kb import checks
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
    """The vocabulary of the tests, with some of its files replaced."""
    files = VOCABULARY | changed
    return Vocabulary(
        {
            kind: {
                term_id: MODELS[kind].model_validate(_read(body))
                for term_id, body in files[name].items()
            }
            for kind, (name, _) in KINDS.items()
        }
    )


def _rules(data):
    """The rules that one record breaks, each with the end of its path."""
    found = checks.run(Trial.model_validate(_read(data)), _words())
    return [(one.rule, *one.path[-2:]) for one in found]


def _reported(sets=None, estimates=None, **more):
    return trial(reports={"smith-2020": report(sets, estimates, **more)})


def _compared(one, **more):
    """A randomised trial whose report has one contrast."""
    design = {"allocation": "randomised", "timing": "prospective", "comparative": True}
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    reports = {"smith-2020": report(sets, [], contrasts=[one])}
    arms = (arm("doxorubicin"), arm("ifosfamide"))
    told: dict[str, Any] = {"reports": reports, "design": design}
    return randomised("alpha", *arms, **(told | more))


def _percent(**more):
    return _reported(estimates=[estimate(value="25.0", **more)])


def _interval(low, high, **more):
    return {"interval": {"level": 95, "low": low, "high": high, **more}}


PARTS = {"one": analysis_set(n=40), "part": analysis_set(n=41, of="one")}
ENROLLED = [{"arm": "one", "step": "enrolled", "count": 39, "locator": "p1"}]
WHOLE = {"at": "estimates/one/orr", "printed": "25.0"}

CASES = {
    "nothing": (trial(), []),
    "report of the design": (
        trial(design={"allocation": "single-arm", "timing": "prospective", "from": "nobody"}),
        [("unknown-report", "design", "from")],
    ),
    "report of an arm's population": (
        trial(arms={"one": arm("doxorubicin", population={"from": "nobody"})}),
        [("unknown-report", "population", "from")],
    ),
    "report that is relayed": (
        _reported(relays={"report": "nobody"}),
        [("unknown-report", "relays", "report")],
    ),
    "report that is repeated": (
        _reported(estimates=[estimate(repeats="nobody")]),
        [("unknown-report", 0, "repeats")],
    ),
    "authority of an erratum": (
        _reported(errata=[{"at": "citation", "printed": "x", "authority": [{"report": "nobody"}]}]),
        [("unknown-report", 0, "report")],
    ),
    "authority in another record": (
        _reported(
            errata=[
                {
                    "at": "citation",
                    "printed": "x",
                    "authority": [{"trial": "beta", "report": "nobody"}],
                }
            ]
        ),
        [],
    ),
    "arm of a set of several": (
        _reported({"one": analysis_set(["one", "nobody"])}),
        [("unknown-arm", "arms", 1)],
    ),
    "arm in the flow": (
        _reported(
            flow=[
                {"arm": "nobody", "step": "treated", "count": 3, "locator": "p1"},
                {"arms": ["one", "none"], "step": "treated", "count": 3, "locator": "p1"},
            ]
        ),
        [("unknown-arm", 0, "arm"), ("unknown-arm", "arms", 1)],
    ),
    "arm in exposure and dose finding": (
        _reported(
            exposure=[{"arm": "nobody", "measure": "cycles", "value": 3, "locator": "p1"}],
            dose_finding=[{"arm": "none", "locator": "p1"}],
        ),
        [("unknown-arm", 0, "arm"), ("unknown-arm", 0, "arm")],
    ),
    "arm of a regimen and a population": (
        _reported(
            regimens={"nobody": {"locator": "p1"}},
            populations={"none": {"locator": "p1"}, "trial": {"locator": "p1"}},
        ),
        [("unknown-arm", "regimens", "nobody"), ("unknown-arm", "populations", "none")],
    ),
    "set that exposure is about": (
        _reported(exposure=[{"set": "nobody", "measure": "cycles", "value": 3, "locator": "p1"}]),
        [("unknown-set", 0, "set")],
    ),
    "sets of a contrast": (
        _compared(contrast("nobody", "none")),
        [("unknown-set", 0, "experimental"), ("unknown-set", 0, "reference")],
    ),
    "set that a set is a part of": (
        _reported({"one": analysis_set(of="nobody")}),
        [("unknown-set", "one", "of")],
    ),
    "arms the same as each other": (
        trial(
            arms={
                "one": {"name": "A", "regimen": {"same_as": "two"}},
                "two": {"name": "B", "regimen": {"same_as": "one"}},
            }
        ),
        [("circular-reference", "regimen", "same_as")] * 2,
    ),
    "sets that are parts of each other": (
        _reported({"one": analysis_set(of="two"), "two": analysis_set(of="one")}),
        [("circular-reference", "one", "of"), ("circular-reference", "two", "of")],
    ),
    "acknowledgement of nothing": (
        trial(
            acknowledged=[
                {"finding": "x", "at": "alpha/smith-2020/one/orr/median", "note": "n"},
                {"finding": "x", "at": "alpha/smith-2020/one/orr/proportion", "note": "n"},
                {"finding": "x", "at": "alpha/smith-2020/one", "note": "n"},
            ]
        ),
        [("unknown-address", 0, "at")],
    ),
    "one address twice": (
        _reported(estimates=[estimate(), estimate(events=11)]),
        [("duplicate-address", "estimates", 1)],
    ),
    "n of zero": (
        _reported({"one": analysis_set(n=0)}, [estimate(events=0)]),
        [("n-of-zero", "one", "n")],
    ),
    "n of zero without a number": (_reported({"one": analysis_set(n=0)}, []), []),
    "events over n": (_reported(estimates=[estimate(events=41)]), [("events-over-n", 0, "events")]),
    "events over n, printed so": (_reported(estimates=[estimate(events=41, as_printed=True)]), []),
    "events over n, with an erratum": (
        _reported(estimates=[estimate(events=41)], errata=[WHOLE]),
        [],
    ),
    "events over n, with an erratum of a set that ends alike": (
        _reported(
            estimates=[estimate(events=41)], errata=[{**WHOLE, "at": "estimates/someone/orr"}]
        ),
        [("events-over-n", 0, "events")],
    ),
    "part over whole": (_reported(PARTS), [("part-over-whole", "part", "n")]),
    "part over whole, printed so": (
        _reported({**PARTS, "part": {**PARTS["part"], "as_printed": True}}),
        [],
    ),
    "part over whole, with an erratum": (
        _reported(PARTS, errata=[{"at": "analysis_sets/part/n", "printed": "41"}]),
        [],
    ),
    "part over whole, with an erratum of another set": (
        _reported(PARTS, errata=[{"at": "analysis_sets/party/n", "printed": "41"}]),
        [("part-over-whole", "part", "n")],
    ),
    "set over arm": (_reported(flow=ENROLLED), [("set-over-arm", "one", "n")]),
    "set over arm, printed so": (
        _reported({"one": analysis_set(as_printed=True)}, flow=ENROLLED),
        [],
    ),
    "percent over 100": (
        _reported(estimates=[estimate(measure="proportion", value="130")]),
        [("percent-out-of-range", 0, "value")],
    ),
    "bound under 0": (
        _percent(**_interval("-0.1", "41.2")),
        [("percent-out-of-range", "interval", "low")],
    ),
    "further bound over 100": (
        _percent(also=[{"level": 90, "low": "14", "high": "101"}]),
        [("percent-out-of-range", 0, "high")],
    ),
    "percent over 100, printed so": (
        _reported(estimates=[estimate(measure="proportion", value="130", as_printed=True)]),
        [],
    ),
    "negative median": (
        _reported(estimates=[estimate("pfs", value="-1")]),
        [("negative", 0, "value")],
    ),
    "ratio of nothing": (
        _compared(contrast(value="0", **_interval("0", "1.07"))),
        [("negative", 0, "value")],
    ),
    "ratio of nothing, printed so": (
        _compared(contrast(value="0", as_printed=True, **_interval("0", "1.07"))),
        [],
    ),
    "negative difference": (
        _compared(
            contrast(endpoint="orr", measure="risk-difference", value="-5", **_interval("-9", "1"))
        ),
        [],
    ),
    "bounds the wrong way round": (
        _percent(**_interval("41.2", "12.7")),
        [("interval-order", "interval", "low")],
    ),
    "value below its interval": (
        _percent(**_interval("26", "41.2")),
        [("value-outside-interval", 0, "value")],
    ),
    "value above its only bound": (
        _percent(interval={"level": 95, "high": "23", "sides": "upper"}),
        [("value-outside-interval", 0, "value")],
    ),
    "bounds that are states": (_percent(**_interval("not-given", "not-estimable")), []),
    "measure of another endpoint": (
        _reported(estimates=[estimate("pfs", measure="proportion", events=3)]),
        [("measure-not-allowed", 0, "measure")],
    ),
    "definition of another endpoint": (
        _reported(estimates=[estimate(definition={"stable-disease-for": {"weeks": 16}})]),
        [("definition-not-allowed", "definition", "stable-disease-for")],
    ),
    "contrast in a single arm": (
        _compared(contrast(), design={"allocation": "parallel-cohorts", "timing": "prospective"}),
        [("contrast-not-comparative", 0, "kind")],
    ),
    "contrast in a design that does not compare": (
        _compared(
            contrast(),
            design={"allocation": "randomised", "timing": "prospective", "comparative": False},
        ),
        [("contrast-not-comparative", 0, "kind")],
    ),
    "contrast that says so": (
        _compared(
            contrast(kind="non-comparative"),
            design={"allocation": "randomised", "timing": "prospective", "comparative": False},
        ),
        [],
    ),
}


@pytest.mark.parametrize("case", list(CASES))
def test_rule(case):
    """A record with one fault gives exactly that fault, at its place."""
    data, expected = CASES[case]
    assert expected == _rules(data)


def test_missing_time():
    """An endpoint that is counted at a time says at which."""
    timed = {**VOCABULARY["endpoints"]["orr"], "requires": ["at"]}
    words = _words(endpoints={**VOCABULARY["endpoints"], "orr": timed})
    found = [one.message for one in checks.run(Trial.model_validate(_read(trial())), words)]
    assert ["orr needs `at`, its time"] == found


def _across(*trials, unread=()):
    read = {one["id"]: Trial.model_validate(_read(one)) for one in trials}
    return [(trial_id, one.rule) for trial_id, one in checks.across(read, unread)]


def test_shared_registration():
    """One registration in two records is a fault of each that does not name the other."""
    alpha, beta = (trial(one, registrations=["NCT01"]) for one in ("alpha", "beta"))
    assert [("alpha", "shared-registration"), ("beta", "shared-registration")] == _across(
        alpha, beta
    )
    alpha["shares_registration_with"] = ["beta"]
    assert [("beta", "shared-registration")] == _across(alpha, beta)
    beta["shares_registration_with"] = ["alpha"]
    assert [] == _across(alpha, beta)


def test_trials_that_are_named():
    """A trial and a set of another record exist; of a record that cannot be read nothing is said."""
    alpha = trial(
        shares_registration_with=["beta"],
        overlaps=[
            {"sets": ["smith-2020/one", "beta/smith-2020/one"], "patients": "all"},
            {"sets": ["smith-2020/one", "smith-2020/nobody", "one"], "patients": "all"},
        ],
    )
    wrong = [("alpha", "unknown-overlap")] * 2
    beta = trial("beta")
    assert wrong == _across(alpha, beta)
    assert [("alpha", "unknown-trial"), ("alpha", "unknown-overlap"), *wrong] == _across(alpha)
    assert wrong == _across(alpha, unread={"beta"})


WORDS = {
    "class that does not exist": (
        {"drugs": {**VOCABULARY["drugs"], "x": {"name": "X", "class": ["anthracycline", "none"]}}},
        [("drug", "unknown-drug-class", ("x", "class", 1))],
    ),
    "circle": (
        {
            "histologies": {
                **VOCABULARY["histologies"],
                "a": {"name": "A", "parents": ["b"]},
                "b": {"name": "B", "parents": ["a"]},
            }
        },
        [
            ("histology", "circular-term", ("a", "parents")),
            ("histology", "circular-term", ("b", "parents")),
        ],
    ),
    "one word for two": (
        {"drugs": {**VOCABULARY["drugs"], "adriamycin": {"name": "X", "class": "anthracycline"}}},
        [("drug", "ambiguous-word", ("adriamycin",))],
    ),
    "drug without a family": (
        {"drugs": {**VOCABULARY["drugs"], "x": {"name": "X"}}},
        [("drug", "drug-without-family", ("x",))],
    ),
}


@pytest.mark.parametrize("case", list(WORDS))
def test_vocabulary_rule(case):
    """A vocabulary with one fault gives exactly that fault."""
    changed, expected = WORDS[case]
    found = checks.of_vocabulary(_words(**changed))
    assert expected == [(kind, one.rule, one.path) for kind, one in found]
