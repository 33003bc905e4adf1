"""Each caveat just inside, where rows go without a word, and just outside, where it speaks."""

import pytest

from builders import base_of, trial
from kb.comparison.caveats import RULES, caveats_of
from kb.rows.row import Row

BASE = base_of(trial("alpha"))
PLAIN = {
    "endpoint": "orr", "measure": "proportion", "line": "first", "report": "r", "set": "s",
    "arm": "one", "design": "randomised", "allocation": "randomised", "read": "full-text",
    "analysis_set": "treated", "histologies": "sarcoma",
}  # fmt: skip
OF_OTHERS = (
    "histology_mixed", "crossover_allowed", "control_not_compared", "level_assumed",
    "unit_not_stated", "not_testable",
)  # fmt: skip
"""Rules that look into records or tables; their cases are those of `test_of_controls` and
`test_of_tables`."""


def _row(trial_id="a", **more):
    """A row whose address is its trial's id unless told otherwise; the design asks for no word."""
    address = more.pop("address", trial_id)
    return Row(address, trial_id, **(PLAIN | more))


def _pair(one, other):
    return [_row("a", **one), _row("b", **other)]


def _differing(field, *pairs, measure="proportion", more=()):
    """Cases of a rule that says which value stands in which trials, and some more."""
    found = []
    for one, other, words in pairs:
        kind = {"measure": measure}
        same, different = {**kind, field: one}, {**kind, field: other}
        message = f"{words[0]} (a); {words[1]} (b)"
        found.append((_pair(same, same), _pair(same, different), message))
    return [*found, *more]


def _of_n(value, **more):
    """A percent printed beside 9 of 40, unless told otherwise."""
    printed = {"events": 9, "events_source": "reported", "n": 40, "value_source": "reported"}
    return _row(**({"value": value} | printed | more))


RATE = {"measure": "landmark", "estimator": "kaplan-meier"}
TIME = {"measure": "median", "unit": "months"}
DCR = {"endpoint": "dcr"}
OVERLAP = {"overlaps": "b/r/s=some"}
PRINTED = {"interval_source": "reported", "level": 95.0}
COMPUTED = {"interval_source": "computed", "level": 95.0, "interval_method": "wilson"}

CASES = {
    "lines-differ": _differing(
        "line", ("first", "second", ("first line", "second line")),
        ("first", "maintenance", ("first line", "maintenance")),
        ("second", "", ("second line", "not stated")),
        ("not-stated", "mixed", ("not stated", "mixed")),
        more=[(_pair({"line": ""}, {"line": "not-stated"}), _pair({"line": ""}, {"line": "adjuvant"}),
          "not stated (a); adjuvant (b)")]),
    "histologies-differ": _differing(
        "histologies", ("sarcoma", "liposarcoma", ("Sarcoma", "Liposarcoma")),
        ("sarcoma;osteosarcoma", "", ("Sarcoma + Osteosarcoma", "not stated")),
        ("a;b;c;d", "a;b;c;d;e", ("a + b + c + d", "a + b + c + d …")),
    ),
    "designs-differ": _differing(
        "design", ("randomised", "single-arm", ("randomised", "single-arm")),
        ("randomised", "randomised, not comparative", ("randomised", "randomised, not comparative")),
    ),
    "designs-not-randomised": [
        (_pair({}, {}), _pair(*[{"design": "single-arm"}] * 2),
         "single-arm in every trial: what differs between them may be the patients"),
        ([_row(design="single-arm", address="x"), _row(design="single-arm", address="y")],
         _pair(*[{"design": "randomised, not comparative"}] * 2),
         "randomised, not comparative in every trial: what differs between them may be the patients"),
    ],
    "analysis-sets-differ": _differing(
        "analysis_set", ("treated", "response-evaluable", ("treated", "response evaluable")),
        ("treated", "not-stated", ("treated", "not stated")),
    ),
    "criteria-differ": _differing(
        "criteria", ("recist-1.1", "", ("RECIST 1.1", "not stated")),
        ("choi", "recist-1.1", ("choi", "RECIST 1.1")),
        more=[(_pair({}, {"criteria": "not-stated"}), _pair({}, {"criteria": "recist-1.1"}),
          "not stated (a); RECIST 1.1 (b)")]),
    "assessors-differ": _differing(
        "assessor", ("investigator", "", ("Investigator", "not stated")),
        more=[(_pair({}, {"assessor": "not-stated"}), _pair({}, {"assessor": "investigator"}),
          "not stated (a); Investigator (b)")]),
    "confirmation-differs": _differing(
        "confirmed", ("confirmed", "unconfirmed", ("confirmed", "unconfirmed")),
        more=[
        (_pair({}, {"confirmed": "not-stated"}), _pair({}, {"confirmed": "confirmed"}),
         "not stated (a); confirmed (b)"),
        (_pair({**RATE, "confirmed": "confirmed"}, RATE), _pair({"confirmed": "confirmed"}, {}),
         "confirmed (a); not stated (b)"),
        ]),
    "definitions-differ": [
        (_pair(*[{**DCR, "definition": "stable-disease-for=16 weeks"}] * 2),
         _pair({**DCR, "definition": "stable-disease-for=16 weeks"}, DCR),
         "Disease control rate: stable for 16 weeks (a); not stated (b)"),
        ([_row(**DCR, address="x"), _row(**DCR, address="y")], _pair(DCR, DCR),
         "Disease control rate: no row states how long disease had to be stable"),
        (_pair({}, {"definition": "not-stated"}), _pair(DCR, {**DCR, "definition": "not-stated"}),
         "Disease control rate: no row states how long disease had to be stable"),
        (_pair({**DCR, "measure": "odds-ratio"}, {**DCR, "measure": "odds-ratio", "definition": "x"}),
         _pair(DCR, {**DCR, "definition": "well-known"}),
         "Disease control rate: not stated (a); well known (b)"),
        (_pair(DCR, {}), _pair(DCR, {**DCR, "definition": "stable-disease-for=8 weeks;x=y"}),
         "Disease control rate: not stated (a); stable for 8 weeks and stable for y (b)"),
    ],
    "origins-differ": _differing(
        "origin", ("first-dose", "randomisation", ("first dose", "randomisation")),
        ("first-dose", "", ("first dose", "not stated")), measure="median",
        more=[
        (_pair({"origin": "first-dose"}, {}), _pair({**RATE, "origin": "first-dose"}, RATE),
         "first dose (a); not stated (b)"),
        (_pair(TIME, {**TIME, "origin": "not-stated"}), _pair(TIME, {**TIME, "origin": "surgery"}),
         "not stated (a); surgery (b)"),
        ]),
    "maturity-differs": _differing(
        "follow_up", ("median 9 months", "", ("median 9 months", "not stated")),
        ("median 9 months", "median 9.0 months", ("median 9 months", "median 9.0 months")),
    ),
    "levels-differ": [
        (_pair(PRINTED, PRINTED), _pair(PRINTED, {**PRINTED, "level": 90.0}),
         "ORR: 95 % (a); 90 % (b)"),
        (_pair(PRINTED, {"level": 90.0}), _pair(PRINTED, {**PRINTED, "level": None}),
         "ORR: 95 % (a); level not stated (b)"),
        (_pair(PRINTED, {**PRINTED, "level": 90.0, "endpoint": "pfs"}),
         _pair({**PRINTED, "endpoint": "os"}, {**PRINTED, "level": 97.5, "endpoint": "os"}),
         "OS: 95 % (a); 97.5 % (b)"),
    ],
    "interval-methods-differ": [
        (_pair(PRINTED, PRINTED), _pair(PRINTED, COMPUTED),
         "printed by the source (a); computed here by wilson (b)"),
        (_pair(COMPUTED, COMPUTED), _pair(COMPUTED, PRINTED),
         "printed by the source (b); computed here by wilson (a)"),
        (_pair({**PRINTED, "measure": "median"}, COMPUTED), _pair(PRINTED, COMPUTED),
         "printed by the source (a); computed here by wilson (b)"),
        (_pair(PRINTED, {}), _pair(PRINTED, COMPUTED),
         "printed by the source (a); computed here by wilson (b)"),
    ],
    "contrast-not-comparative": [
        ([_row(measure="hazard-ratio", contrast_kind="randomised")],
         [_row(measure="hazard-ratio", contrast_kind=kind)],
         f"{kind} contrasts are no treatment effects (a)")
        for kind in ("non-comparative", "observational", "prognostic", "unadjusted", "interaction")
    ],
    "subgroup-beside-whole": [
        ([_row(), _row(arm="two", subgroup="age=old", address="x", set="p")],
         [_row(), _row(subgroup="age=old", address="x", set="p")],
         "subgroups stand next to the set that contains them (a)"),
        ([_row(), _row(subgroup="age=old", address="x", set="p", endpoint="dcr")],
         [_row(report="r"), _row(subgroup="age=old", address="x", set="p", report="q")],
         "subgroups stand next to the set that contains them (a)"),
        ([_row(subgroup="age=old"), _row(subgroup="age=young", address="x", set="p")],
         [_row(), _row(subgroup="age=young", address="x", set="p")],
         "subgroups stand next to the set that contains them (a)"),
        ([_row(), _row("b", subgroup="age=old")], [_row(), _row(subgroup="age=old", address="x")],
         "subgroups stand next to the set that contains them (a)"),
    ],
    "shared-patients": [
        (_pair({"overlaps": "b/r/t=some"}, {}), _pair(OVERLAP, {}),
         "a/r/s and b/r/s share patients (some)"),
        (_pair({"overlaps": "c/r/s=some"}, {}), _pair(OVERLAP, {"overlaps": "a/r/s=some"}),
         "a/r/s and b/r/s share patients (some)"),
        ([_row(), _row(address="x", endpoint="dcr", report="q", definition="y")],
         [_row(), _row(address="x", report="q")],
         "several reports of the same patients are shown (a)"),
        ([_row(), _row(address="x", report="q", arm="two")], [_row(), _row(address="x", report="q", set="t")],
         "several reports of the same patients are shown (a)"),
        ([_row(), _row(address="x", set="t")], [_row(subgroup="z"), _row(address="x", report="q", subgroup="z")],
         "several reports of the same patients are shown (a)"),
    ],
    "read-second-hand": [
        (_pair({}, {"read": "conference"}), _pair({}, {"read": "news"}),
         "1 of 2 reports were read second-hand (b)"),
        (_pair({}, {"read": "registry"}), _pair({}, {"read": "registry", "relays": "X"}),
         "1 of 2 reports were read second-hand (b)"),
        (_pair({}, {}), [_row(read="review-table"), _row(address="x", endpoint="os", read="review-table")],
         "1 of 1 reports were read second-hand (a)"),
    ],
    "unit-converted": [
        ([_row(**TIME, value_months=6.0)], [_row(measure="median", unit="weeks", value_months=6.0)],
         "weeks shown in months as ≈, days / 30.4375 (a)"),
        ([_row(measure="median", unit="weeks", value_state="not-reached")],
         _pair({"measure": "median", "unit": "years", "value_months": 6.0},
               {"measure": "median", "unit": "days", "value_months": 0.0}),
         "days, years shown in months as ≈, days / 30.4375 (a, b)"),
        ([_row(**PRINTED, low="27", high="68", printed_low="27", printed_high="68")],
         [_row(**PRINTED, low="27", high="68", printed_low="0.27", printed_high="0.68")],
         "bounds printed in another unit than the value are shown in its own (a: 0.27 to 0.68)"),
    ],
    "count-ambiguous": [
        ([_row(value="25", n=40, events=10)], [_row(value="25", n=300, counts="74;75")],
         "a: 25 % of 300 fits 74 or 75 (ORR)"),
        ([_row(value="25")], [_row(value="25.1", n=40, counts="none", endpoint="pfs")],
         "a: 25.1 % of 40 fits no count (PFS)"),
    ],
    "percent-of-another-n": [
        ([_of_n("22.5")], [_of_n("20.9")], "a: 20.9 % is printed beside 9 of 40 and is not that (ORR)"),
        ([_of_n("22")], [_of_n("24")], "a: 24 % is printed beside 9 of 40 and is not that (ORR)"),
        ([_of_n("23")], [_of_n("22.3")], "a: 22.3 % is printed beside 9 of 40 and is not that (ORR)"),
        ([_of_n("20.9", approximation="about")], [_of_n("20.9", n=41)], "a: 20.9 % is printed beside 9 of 41 and is not that (ORR)"),
        ([_of_n("20.9", n=43)], [_of_n("20.9", endpoint="pfs")], "a: 20.9 % is printed beside 9 of 40 and is not that (PFS)"),
        ([_of_n("20.9", n=None), _of_n("20.9", events=None, events_source="")], [_of_n("20.9", n=42)],
         "a: 20.9 % is printed beside 9 of 42 and is not that (ORR)"),
    ],
    "count-reconstructed": [
        (_pair({"events_source": "reported"}, {}), _pair({"events_source": "reconstructed"}, {}),
         "events follow from percent and n, they are not printed (a)"),
    ],
    "sum-computed": [
        ([_row(value_source="computed", n=9, events=2)],
         [_row(value_source="computed", n=9, events=2, formula="CR 0 + PR 2", address="a/b")],
         "a/b = 2 of 9: CR 0 + PR 2"),
        ([_row(value_source="computed", n=9, formula="PR 2; CR not printed",
               approximation="at-least")],
         [_row(value_source="computed", n=9, events=0, formula="CR 0 + PR 0", address="a/b")],
         "a/b = 0 of 9: CR 0 + PR 0"),
        ([_row(value_source="computed", measure="risk-ratio")],
         [_row(value_source="computed", measure="risk-ratio", formula="s: CR 0 + PR 2",
               address="a/b")],
         "a/b: s: CR 0 + PR 2"),
    ],
    "sum-at-least": [
        ([_row(value_source="computed", value="25", n=40, events=10)],
         [_row(value_source="computed", value="25", n=40, approximation="at-least",
               formula="PR 10; CR not printed")],
         "lower bounds, as not all parts of the sum are printed (a)"),
    ],
    "landmark-estimator": [
        ([_row(**RATE)], [_row(**{**RATE, "estimator": "not-stated"})],
         "not stated whether rates are Kaplan–Meier estimates (a)"),
        ([_row(estimator="not-stated")], [_row(measure="landmark")],
         "not stated whether rates are Kaplan–Meier estimates (a)"),
    ],
    "value-approximate": [
        ([_row()], [_row(approximation="about")], "printed as approximate (a)"),
    ],
    "rate-pooled": [
        ([_row(estimator="not-stated")], [_row(estimator="meta-analysis")],
         "pooled over several studies by the source (a)"),
    ],
    "erratum-noted": [
        ([_row()], [_row(erratum="printed 1, should read 2", address="a/b")],
         "a/b: printed 1, should read 2"),
    ],
}  # fmt: skip


def _found(rows, criteria=None):
    return list(caveats_of(rows, BASE, criteria or {}))


@pytest.mark.parametrize(
    ("rule", "inside", "outside", "message"),
    [(rule, *case) for rule, cases in CASES.items() for case in cases],
)
def test_boundary(rule, inside, outside, message):
    """The nearest rows that are alike go without the caveat; one step further it says why."""
    assert rule not in {one.rule for one in _found(inside)}
    found = {one.rule: one for one in _found(outside)}
    assert message == found[rule].message
    assert set(found[rule].rows) <= {row.address for row in outside}
    assert len(found) == 1 or rule in ("unit-converted", "rate-pooled")


ALTERNATIVES = [
    ("doxorubicin", "epirubicin", None),
    ("doxorubicin/epirubicin", "epirubicin", "only a part of these arms got epirubicin (a)"),
    ("doxorubicin/epirubicin", "doxorubicin", "only a part of these arms got doxorubicin (a)"),
    ("anlotinib+doxorubicin/epirubicin", "anlotinib", None),
    ("anlotinib+doxorubicin/epirubicin", "doxorubicin", "only a part of these arms got doxorubicin (a)"),
    ("doxorubicin&ifosfamide/epirubicin", "ifosfamide", "only a part of these arms got ifosfamide (a)"),
    ("doxorubicin&ifosfamide/epirubicin", "dox", None),
]  # fmt: skip


@pytest.mark.parametrize(("drugs", "asked", "message"), ALTERNATIVES)
def test_drug_is_alternative(drugs, asked, message):
    """A drug that was asked for and is one of several is said to be given to a part only."""
    found = _found([_row(drugs=drugs)], {"drug": (asked,)})
    assert ([message] if message else []) == [one.message for one in found]
    assert [] == _found([_row(drugs=drugs)])


def test_every_caveat_has_a_boundary():
    """A rule that is added gets its case just inside and just outside."""
    names = [rule.__name__.replace("_", "-") for rule in RULES]
    elsewhere = {"drug-is-alternative", *(rule.replace("_", "-") for rule in OF_OTHERS)}
    assert set(names) | {"designs-not-randomised"} == set(CASES) | elsewhere
    assert len(names) == len(set(names))
    assert all(rule.__doc__ for rule in RULES)


def test_order_and_rows_of_caveats():
    """Caveats come in the order of the rules, each with the rows it is about."""
    rows = [_row("a", line="second", approximation="about"), _row("b"), _row("c", read="news")]
    found = _found(rows)
    assert ["lines-differ", "read-second-hand", "value-approximate"] == [one.rule for one in found]
    assert [("a", "b", "c"), ("c",), ("a",)] == [one.rows for one in found]
    assert [] == _found([])
    assert [] == _found([_row()])


def test_rows_of_declared_overlaps():
    """Every shown row of both sets is named, once for each pair."""
    rows = [
        _row("a", **OVERLAP), _row("a", address="a2", endpoint="os", **OVERLAP),
        _row("b", overlaps="a/r/s=some"),
    ]  # fmt: skip
    (found,) = [one for one in _found(rows) if one.rule == "shared-patients"]
    assert ("a", "a2", "b") == found.rows
