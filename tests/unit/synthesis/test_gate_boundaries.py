"""Each reason of the gate just inside, where rows pass, and just outside, where they are refused."""

from copy import deepcopy
from pathlib import Path

import pytest

import kb
from builders import VOCABULARY, arm, base_of, randomised, trial
from kb.rows.row import Row
from kb.store.knowledge_base import KnowledgeBase
from kb.synthesis.gate.likeness import TREATMENT_STARTS
from kb.synthesis.gate.reasons import REASONS, passed


def _trial(name, *drugs, timing="prospective", **more):
    design = {"allocation": "single-arm", "timing": timing}
    return trial(name, arms={"one": arm(*drugs)}, design=design, **more)


OVERLAP = [{"sets": ["smith-2020/one", "dox/smith-2020/one"], "patients": "some"}]
WORDS = deepcopy(VOCABULARY)
WORDS["endpoints"]["dor"] = {**WORDS["endpoints"]["pfs"], "of": "responders"}
BASE = base_of(
    _trial("dox", "doxorubicin"),
    _trial("epi", "epirubicin"),
    _trial("dox-ifo", "doxorubicin", "ifosfamide"),
    _trial("anlo", "anlotinib"),
    _trial("anlo-dox", "anlotinib", "doxorubicin"),
    _trial("late", "doxorubicin", timing="retrospective"),
    _trial("later", "doxorubicin", timing="retrospective"),
    _trial("unsaid", "doxorubicin", timing="not-stated"),
    _trial("beside", "doxorubicin", overlaps=OVERLAP),
    randomised("ifo-v-dox", arm("doxorubicin", "ifosfamide"), arm("doxorubicin")),
    randomised("ifo-v-placebo", arm("ifosfamide", "doxorubicin"), arm("doxorubicin", "placebo")),
    randomised("dox-v-ifo", arm("doxorubicin"), arm("doxorubicin", "ifosfamide")),
    randomised("anlo-v-dox", arm("anlotinib"), arm("doxorubicin")),
    randomised("dox-v-nothing", arm("doxorubicin"), arm("placebo")),
    vocabulary=WORDS,
)


KINDS = {
    "anlo": "antiangiogenic", "anlo-dox": "antiangiogenic+chemotherapy", "dox-v-nothing": "",
}  # fmt: skip
"""The classes of the trials whose numbers are of no chemotherapy alone."""


def _row(name="dox", **more):
    printed = {
        "address": name, "endpoint": "orr", "measure": "proportion", "arm": "one", "set": "one",
        "report": "smith-2020", "line": "first", "analysis_set": "treated", "read": "full-text",
        "drugs": name, "regimen_classes": KINDS.get(name, "chemotherapy"),
    }  # fmt: skip
    return Row(trial=name, **(printed | more))


def _ratio(name="ifo-v-dox", **more):
    printed = {
        "measure": "hazard-ratio", "endpoint": "pfs", "versus": "two", "contrast_kind": "randomised",
        "value": "0.80", "interval_source": "reported", "level": 95.0, "low": "0.6", "high": "1.07",
    }  # fmt: skip
    return _row(name, **(printed | more))


def _rows(*each):
    """A row of `dox`, of `late` … for each case: what is said of it."""
    names = ("dox", "epi", "third", "fourth", "fifth", "sixth", "seventh")
    return [_row(name, **one) for name, one in zip(names, each, strict=False)]


def _by(field, *values):
    return _rows(*({field: value} for value in values))


def _responding(*subgroups):
    """Durations of response of these subgroups; the vocabulary says they are of responders."""
    return _rows(*({"endpoint": "dor", "subgroup": one} for one in subgroups))


def _arms(*pairs):
    """Rows of a table: of these arms of these studies."""
    return [_row(study, arm=arm, set=arm, address=f"{study}/{arm}") for study, arm in pairs]


OF_TABLES = ("arms-of-one-study",)
"""Reasons that look at the rows of a reviewer's own table alone."""
NO_TRIAL = KnowledgeBase.empty(Path("own.csv"), BASE.vocabulary)
FROM_P = {
    "interval_source": "",
    "level": None,
    "low": "",
    "high": "",
    "p": ".04",
    "p_sides": "not-stated",
}
CASES = {
    "quantities-differ": [
        (_rows({}, {"definition": "not-stated"}), _rows({}, {"definition": "x=y"}),
         "different quantities: orr not-stated proportion (dox); orr x=y proportion (epi)"),
        (_rows({"by_value": "2", "by_unit": "years"}, {"by_value": "24", "by_unit": "months"}),
         _rows({"by_value": "24", "by_unit": "weeks"}, {"by_value": "24", "by_unit": "months"}),
         "different quantities: orr not-stated proportion 168 days (dox); orr not-stated proportion "
         "24 months (epi)"),
        (_by("endpoint", "orr", "orr"), _by("endpoint", *"abcdef"),
         "; ".join(f"{e} not-stated proportion ({t})" for e, t in zip("abcdef", (
             "dox", "epi", "third", "fourth", "fifth", "sixth"), strict=True))),
        (_by("measure", "landmark", "landmark"), _by("endpoint", *"abcdefg"), "; and 2 more"),
    ],
    "regimens-unlike": [
        ([_row("dox"), _row("epi")], [_row("dox"), _row("anlo")],
         "no regimen class is shared by dox, anlo"),
        ([_row("anlo-dox"), _row("anlo-dox", address="x")], [_row("dox"), _row("anlo-dox"), _row("anlo")],
         "no regimen class is shared by dox, anlo-dox, anlo"),
        ([_row("dox"), _row("nowhere")], [_row("anlo"), _row("dox"), _row("nowhere")],
         "no regimen class is shared by anlo, dox"),
        ([_ratio("ifo-v-dox"), _ratio("anlo-v-dox")],
         [_row("dox"), _row("dox-v-nothing", arm="two", drugs="")],
         "no regimen class is shared by dox, no active drug"),
    ],
    "arms-of-one-study": [
        (_arms(("t", "a"), ("u", "b"), ("v", "")), _arms(("t", "a"), ("t", "b"), ("u", "a")), "t: a, b"),
        ([*_arms(("t", "a")), _ratio("t", arm="b")], _arms(("t", "a"), ("t", "b"), ("u", "c"), ("u", "d")),
         "t: a, b; u: c, d"),
        (_arms(("t", "")), _arms(*((study, arm) for study in "pqrst" for arm in "ab")),
         "p: a, b; q: a, b; r: a, b; s: a, b; and 1 more"),
    ],
    "treatments-differ": [
        ([_ratio("ifo-v-dox"), _ratio("ifo-v-placebo")], [_ratio("ifo-v-dox"), _ratio("anlo-v-dox")],
         "different comparisons: doxorubicin+ifosfamide v doxorubicin (ifo-v-dox); "
         "anlotinib v doxorubicin (anlo-v-dox)"),
        ([_row("dox"), _ratio("ifo-v-dox")],
         [_ratio(str(n), arm=str(n), versus="z") for n in range(4)],
         "different comparisons: 0 v z (0); 1 v z (1); 2 v z (2); 3 v z (3)"),
        ([_ratio("q", arm="a", versus="b"), _ratio("r", arm="a", versus="b")],
         [_ratio(str(n), arm=str(n), versus="z") for n in range(5)],
         "different comparisons: 0 v z (0); 1 v z (1); 2 v z (2); 3 v z (3) and 1 more"),
    ],
    "arms-reversed": [
        ([_ratio("ifo-v-dox"), _ratio("anlo-v-dox")], [_ratio("ifo-v-dox"), _ratio("dox-v-ifo")],
         "doxorubicin v doxorubicin+ifosfamide (dox-v-ifo) and "
         "doxorubicin+ifosfamide v doxorubicin (ifo-v-dox)"),
        ([_ratio("q", arm="a", versus="a")], [_ratio("q", arm="a", versus="b"), _ratio("r", arm="b", versus="a")],
         "a v b (q) and b v a (r)"),
    ],
    "patients-shared": [
        ([_row("dox"), _row("dox", address="x", set="two", arm="two")],
         [_row("dox"), _row("dox", address="x", set="two")], "both are about arm one of dox"),
        ([_row("dox"), _row("beside")],
         [_row("dox"), _row("beside", overlaps="dox/smith-2020/one=some")],
         "dox/smith-2020/one and beside/smith-2020/one share patients (some)"),
        ([_row("dox"), _row("beside", overlaps="dox/smith-2020/other=some")],
         [_row("beside", overlaps="dox/smith-2020/one=all"), _row("dox")],
         "beside/smith-2020/one and dox/smith-2020/one share patients (all)"),
        ([_row("q"), _row("r")], [_row("q"), _row("q", address="x"), _row("q", address="y")],
         "both are about q/smith-2020/one"),
    ],
    "read-second-hand": [
        (_by("read", "conference", "registry"), _by("read", "conference", "news"), "read second-hand (epi)"),
        (_by("read", "abstract"), _by("relays", "", "X"), "read second-hand (epi)"),
    ],
    "sets-mixed": [
        (_by("analysis_set", "intention-to-treat", "intention-to-treat"),
         _by("analysis_set", "intention-to-treat", "not-stated"),
         "intention to treat (dox) with not stated (epi)"),
        (_by("analysis_set", "response-evaluable", "per-protocol", "not-stated"),
         _by("analysis_set", "response-evaluable", "treated"), "response evaluable (dox) with treated (epi)"),
        (_by("analysis_set", "treated", "safety", "not-stated"), _by("analysis_set", "per-protocol", "safety"),
         "per protocol (dox) with safety (epi)"),
        (_by("analysis_set", "intention-to-treat"),
         _by("analysis_set", "treated", "intention-to-treat", "safety"),
         "intention to treat (epi) with treated, safety (dox, third)"),
    ],
    "lines-mixed": [
        (_by("line", "first", "anthracycline-naive"), _by("line", "first", "second"),
         "first line (dox) with second (epi)"),
        (_by("line", "second", "previously-treated", "mixed", "not-stated", ""),
         _by("line", "anthracycline-naive", "not-stated"), "anthracycline naive (dox) with not stated (epi)"),
        *((_by("line", one, one), _by("line", "second", one), f"{one} (epi) with second (dox)")
          for one in ("maintenance", "neoadjuvant", "adjuvant")),
        (_by("line", "adjuvant", "adjuvant"), _by("line", "adjuvant", "neoadjuvant"),
         "neoadjuvant (epi) with adjuvant (dox)"),
    ],
    "subgroups-mixed": [
        (_by("subgroup", "", "histology=liposarcoma"), _by("subgroup", "", "age=old"), "old (epi); dox whole"),
        (_by("subgroup", "age=old", "age=old;histology=x"), _by("subgroup", "age=old", "biomarker=PD-L1 >=5 %"),
         "old (dox); PD-L1 >=5 % (epi)"),
        (_by("subgroup", "age=old;other=fit", "age=old;other=fit"), _by("subgroup", "age=old;other=fit", "age=old"),
         "old and fit (dox); old (epi)"),
        (_by("subgroup", "", ""), _by("subgroup", *(f"age={one}" for one in "abcd")),
         "a (dox); b (epi); c (third); d (fourth)"),
        (_by("subgroup", "", "line=x"), _by("subgroup", "", *(f"age={one}" for one in "abcde")),
         "a (epi); b (third); c (fourth); d (fifth); 1 more; dox whole"),
        (_responding("responders=objective", "responders=confirmed", "responders=not-stated", ""),
         _responding("responders=objective", "responders=choi-partial"),
         "partial responders by Choi (epi); dox whole"),
        (_responding("responders=objective", "responders=confirmed;histology=liposarcoma"),
         _responding("responders=objective;age=old", "responders=objective"), "old (dox); epi whole"),
        (_by("subgroup", "responders=objective", "responders=objective"),
         _by("subgroup", "", "responders=objective"), "objective responders (epi); dox whole"),
    ],
    "criteria-mixed": [
        (_by("criteria", "recist-1.0", "recist-1.1", "not-stated", ""), _by("criteria", "recist-1.1", "choi"),
         "recist (dox) with choi (epi)"),
        (_by("criteria", "choi", "", "choi"), _by("criteria", "irrc", "", "choi"), "irrc (dox) with choi (third)"),
    ],
    "confirmation-mixed": [
        (_by("confirmed", "confirmed", "", "not-stated"), _by("confirmed", "confirmed", "unconfirmed"),
         "confirmed (dox) with unconfirmed (epi)"),
    ],
    "origins-mixed": [
        (_by("origin", *TREATMENT_STARTS, "", "not-stated"), _by("origin", "first-dose", "diagnosis"),
         "from treatment (dox) with from diagnosis (epi)"),
        (_by("origin", "surgery", "surgery"), _by("origin", "surgery", "maintenance-start"),
         "from surgery (dox) with from maintenance start (epi)"),
        *((_by("origin", one, "randomisation"), _by("origin", one, "response"),
           "from treatment (dox) with from response (epi)") for one in TREATMENT_STARTS),
    ],
    "adjusted-mixed": [
        ([_ratio(adjusted_for="age"), _ratio("q", adjusted_for="grade")], [_ratio(adjusted_for="age"), _ratio("q")],
         "adjusted (ifo-v-dox) with not adjusted (q)"),
        ([_ratio(adjusted_for="age"), _row("dox")], [_ratio("q"), _ratio(adjusted_for="age")],
         "adjusted (ifo-v-dox) with not adjusted (q)"),
    ],
    "timing-mixed": [
        ([_row("dox"), _row("unsaid")], [_row("dox"), _row("late")],
         "prospective trials with retrospective series (late)"),
        ([_row("late"), _row("later")], [_row("late"), _row("later"), _row("unsaid")],
         "prospective trials with retrospective series (late, later)"),
        ([_row("late"), _row("nowhere")], [_row("late"), _row("dox")],
         "prospective trials with retrospective series (late)"),
    ],
    "erratum-on-row": [
        (_by("erratum", "", ""), _by("erratum", "", "printed 10"), "an erratum stands at epi"),
    ],
    "p-sides": [
        ([_ratio(**{**FROM_P, "p_sides": "two"}), _ratio("q", **{**FROM_P, "p_sides": "one"})],
         [_ratio(**FROM_P)], "one or two sides of p not stated (ifo-v-dox)"),
        ([_ratio(p=".04", p_sides="not-stated")], [_ratio(**{**FROM_P, "p_sides": ""})],
         "one or two sides of p not stated (ifo-v-dox)"),
        ([_row(p=".04", p_sides="not-stated")], [_ratio(p=".04", p_sides="not-stated", level=None)],
         "one or two sides of p not stated (ifo-v-dox)"),
        ([_ratio(**{**FROM_P, "p": ""})], [_ratio(p=".04", p_sides="not-stated", low="", low_state="not-given")],
         "one or two sides of p not stated (ifo-v-dox)"),
    ],
    "histologies-mixed": [
        ([_ratio(histologies="leiomyosarcoma"), _ratio(histologies="liposarcoma;osteosarcoma")],
         [_ratio(histologies="leiomyosarcoma"), _ratio("ifo-v-placebo", address="2", histologies="osteosarcoma")],
         "soft-tissue sarcoma (ifo-v-dox) with osteosarcoma (ifo-v-placebo)"),
        ([_ratio(histologies="sarcoma"), _ratio("ifo-v-placebo", address="2", histologies="osteosarcoma")],
         [_ratio(histologies="soft-tissue-sarcoma"), _ratio("ifo-v-placebo", address="2", histologies="osteosarcoma")],
         "osteosarcoma (ifo-v-placebo)"),
        ([_ratio(histologies="leiomyosarcoma"), _ratio("q", histologies="osteosarcoma", arm="x", versus="y")],
         [_ratio(histologies="leiomyosarcoma"), _ratio("q", histologies="osteosarcoma", arm="doxorubicin", versus="y")],
         "osteosarcoma (q)"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "inside", "outside", "said"),
    [(reason, *case) for reason, cases in CASES.items() for case in cases],
)
def test_boundary(reason, inside, outside, said):
    """The nearest rows that are alike pass; one step further they are refused, and may be accepted."""
    base = NO_TRIAL if reason in OF_TABLES else BASE
    assert "" == REASONS[reason](inside, base)
    assert said in REASONS[reason](outside, base)
    with pytest.raises(kb.NotComparableError) as raised:
        passed(outside, base, set(REASONS) - {reason})
    assert {reason} == set(raised.value.reasons)
    accepted = passed(outside, base, REASONS)
    assert raised.value.reasons[reason] == accepted[reason]
    assert reason not in passed(outside, base, REASONS, without=(reason,))


def test_every_reason_has_a_boundary():
    """A reason that is added gets its case just inside and just outside."""
    assert list(REASONS) == list(CASES)
    assert 18 == len(REASONS)


def test_what_was_accepted():
    """Only what is found is named, whatever else is accepted; spaces and empty words count nothing."""
    assert {} == passed([_row()], BASE, REASONS)
    assert {} == passed([_row()], BASE, ["", " "])
    rows = _by("confirmed", "confirmed", "unconfirmed")
    assert {"confirmation-mixed"} == set(passed(rows, BASE, [" confirmation-mixed "]))
    with pytest.raises(ValueError, match="'mixed' is not a reason; there are quantities-differ"):
        passed(rows, BASE, ["mixed"])


def test_every_refusal_at_once():
    """All reasons that were not accepted come together, each with its sentence."""
    rows = [_row("dox", line="second"), _row("late", confirmed="x"), _row("epi", confirmed="y")]
    with pytest.raises(kb.NotComparableError) as raised:
        passed(rows, BASE, ["timing-mixed"])
    assert ["lines-mixed", "confirmation-mixed"] == list(raised.value.reasons)


def test_p_of_a_table_without_sides(tmp_path):
    """A table that does not say the sides of a p-value is asked, as a record is."""
    path = tmp_path / "own.csv"
    text = "study,arm,versus,endpoint,measure,value,p,sides\nA,x,y,pfs,HR,0.8,.04,{}\n"
    for sides, refused in (("", True), ("two", False), ("one", False), ("not-stated", True)):
        path.write_text(text.format(sides), encoding="utf-8")
        found = kb.compare(
            kb.table(path, vocabulary=BASE.vocabulary), "pfs", measure="hazard-ratio"
        )
        if refused:
            with pytest.raises(kb.NotComparableError, match="p-sides"):
                kb.pool(found)
        assert 1 == kb.pool(found, accept=["p-sides"]).k
