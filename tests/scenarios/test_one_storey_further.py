"""More of the kinds of `test_one_storey`: differences in networks, computed contrasts, tables."""

import json
import re

import pytest

import kb
from builders import (
    analysis_set,
    arm,
    base_of,
    contrast,
    estimate,
    randomised,
    report,
    trial,
    write_base,
)
from kb.printed.measure import MEASURES, Measure
from kb.rows.flat import paired, pairs

ARMS = (arm("doxorubicin", "anlotinib"), arm("doxorubicin"))
SETS = {"one": analysis_set("one"), "two": analysis_set("two")}


@pytest.fixture
def compared(tmp_path):
    """A comparison of a table that was typed as CSV."""

    def found(text, endpoint, measure):
        path = tmp_path / "table.csv"
        path.write_text(text, encoding="utf-8")
        return kb.compare(kb.table(path), endpoint, measure=measure)

    return found


def _words(path):
    return re.findall(r"<text[^>]*>(.*?)</text>", path.read_text(encoding="utf-8"))


def _both(*numbers, contrasts=(), name="alpha", **more):
    both = report(SETS, list(numbers), contrasts=list(contrasts), **more)
    return randomised(name, *ARMS, reports={"smith-2020": both})


def _counts(one, two, endpoint="orr", **more):
    return [
        estimate(endpoint, of="one", events=one, **more),
        estimate(endpoint, of="two", events=two, **more),
    ]


def test_a_network_of_differences_is_on_their_scale(compared, tmp_path):
    """Differences are no logarithms: the network of one pair says what pooling says."""
    view = compared(
        "study,arm,versus,endpoint,measure,value,low,high,level,unit,at,at_unit\n"
        "a,A,C,pfs,restricted-mean-difference,1.7,0.5,2.9,95,months,12,months\n"
        "b,A,C,pfs,restricted-mean-difference,6,1,11,95,weeks,12,months\n",
        "pfs",
        "restricted-mean-difference",
    )
    network, pooled = kb.network(view, accept=["patients-shared"]), kb.pool(view)
    assert network.effect("A", "C").value == pytest.approx(pooled.value, abs=1e-6)
    assert "1.5 mo (0.7–2.4)" in kb.render(network)
    kb.export(network, tmp_path / "network.json")
    said = json.loads((tmp_path / "network.json").read_text(encoding="utf-8"))["network"]
    assert ("difference", 95, "higher") == (said["scale"], said["level"], said["better"])
    kb.export(network, tmp_path / "network.R")
    assert "sm = 'MD'" in (tmp_path / "network.R").read_text(encoding="utf-8")


def test_risk_differences_in_a_network_are_percents():
    """40 of 100 points against 25 are fifteen points, not their exponential."""
    base = base_of(_both(*_counts(16, 10)))
    view = kb.network(kb.compare(base, "orr", measure="risk-difference"))
    assert "15.0% (" in kb.render(view)


@pytest.mark.parametrize("counted", ["", "woolf"])
def test_a_ratio_that_came_last_is_audited(monkeypatch, counted):
    """The interval and the p-value of any ratio are held against each other."""
    late = Measure("win ratio", "WR", contrast=True, scale="log", null=1, decimals=2,
                   synonyms=("wr",), counted=counted)  # fmt: skip
    monkeypatch.setitem(MEASURES, "win-ratio", late)
    monkeypatch.setattr("kb.audits.study.RATIOS", ("win-ratio",))
    row = {"study": "a", "arm": "A", "versus": "B", "endpoint": "pfs", "measure": "win-ratio",
           "value": "1.40", "low": "1.10", "high": "1.78", "level": "95", "p": ".6"}  # fmt: skip
    assert ["p-against-interval"] == [one.rule for one in kb.audit_table([row])]


def test_a_printed_contrast_hides_only_what_it_answers():
    """Another endpoint keeps its contrast from counts; the same one is not computed again."""
    printed = contrast(endpoint="orr", measure="odds-ratio", value="1.90",
                       interval={"level": 95, "low": "0.75", "high": "4.90"})  # fmt: skip
    base = base_of(_both(*_counts(16, 10), *_counts(30, 20, "dcr"), contrasts=[printed]))
    found = kb.compare(base, "orr,dcr", measure="odds-ratio")
    assert [("orr", "reported"), ("dcr", "computed")] == [
        (row.endpoint, row.value_source or "reported") for row in found.rows
    ]


def test_an_erratum_of_either_arm_is_one_of_the_contrast():
    """The count of the control that should read otherwise stops pooling as that of the regimen."""
    for side in ("one", "two"):
        wrong = {"at": f"estimates/{side}/orr", "printed": "10", "should_read": "12"}
        base = base_of(
            _both(*_counts(10, 10), errata=[wrong]), _both(*_counts(12, 10), name="beta")
        )
        found = kb.compare(base, "orr", measure="risk-ratio")
        assert ["printed 10, should read 12", ""] == [row.erratum for row in found.rows]
        with pytest.raises(kb.NotComparableError, match="erratum-on-row"):
            kb.pool(found)


def test_contrasts_of_one_pair_have_an_address_each():
    """Two judgements of the same arms are two numbers, by name too."""
    numbers = [*_counts(16, 10, id="inv", assessment={"assessor": "investigator"}),
               *_counts(12, 9, id="irc")]  # fmt: skip
    found = kb.compare(base_of(_both(*numbers)), "orr", measure="risk-ratio")
    start = "alpha/smith-2020/one:two/orr/risk-ratio"
    assert {f"{start}#inv", f"{start}#irc"} == {row.address for row in found.rows}


def test_text_of_a_table_is_never_cut(compared, tmp_path):
    """`A; then B` is one arm for the gate, the table and the figure."""
    view = compared(
        "study,arm,versus,endpoint,measure,value,low,high,level\n"
        "a,A; then B,C,orr,OR,4.0,2.0,8.0,95\n"
        "b,A; then D,C,orr,OR,3.0,1.0,9.0,90\n",
        "orr",
        "odds-ratio",
    )
    with pytest.raises(kb.NotComparableError, match="A; then B v C"):
        kb.pool(view)
    assert "OR v C: 4.0" in kb.render(view)
    kb.forest(view, tmp_path / "forest.svg")
    assert "A; then B" in _words(tmp_path / "forest.svg")


@pytest.mark.parametrize("text", ["CD-8=high;er=neg", "high;tmb=10", "tmb;high=yes", "a; b=c"])
def test_a_value_that_looks_like_a_list_of_pairs_is_one(text):
    """It comes back whole, with a space where another pair would begin."""
    assert (("biomarker", re.sub(r";(?! )", "; ", text)),) == pairs(paired([("biomarker", text)]))


def test_a_difference_of_medians_says_that_it_is_one(tmp_path):
    """It stands beside medians as what it is, against what, on an axis with zero."""
    gap = contrast(measure="median-difference", value="1.7", unit="months",
                   interval={"level": 95, "low": "0.5", "high": "2.9"})  # fmt: skip
    base = base_of(_both(estimate("pfs"), estimate("pfs", of="two"), contrasts=[gap]))
    assert "difference v two: 1.7 mo" in kb.render(kb.compare(base, "pfs", measure="all"))
    found = kb.compare(base, "pfs", measure="median-difference")
    assert "Versus" in _words(kb.forest(found, tmp_path / "forest.svg"))


@pytest.mark.parametrize(
    ("level", "mark"), [("not-stated", " (level not stated)"), (90, " (90%)"), (80, "")]
)
def test_an_interval_of_another_level_is_marked(level, mark):
    """Under a heading of 80 % an interval of 90 %, or of no stated level, says so."""
    number = estimate(events=None, value="25.0", measure="proportion", interval={
        "level": level, "low": "15.0", "high": "37.0"})  # fmt: skip
    del number["events"]
    base = base_of(*(trial(name, reports={"smith-2020": report(estimates=[number])})
                     for name in ("alpha", "beta")))  # fmt: skip
    text = kb.render(kb.pool(kb.compare(base, "orr"), level=80))
    assert f"15.0%–37.0%{mark} " in text
    assert "80% interval" in text


def test_a_bibliography_of_a_table_is_refused(compared, tmp_path):
    """A table cites nothing, and that is a sentence."""
    view = compared("study,arm,endpoint,events,n\na,A,orr,5,20\n", "orr", "proportion")
    for name in ("o.ris", "o.bib", "o.csl.json"):
        with pytest.raises(kb.UnknownFormatError, match="a table cites no reports"):
            kb.export(view, tmp_path / name)


@pytest.mark.parametrize(("approximation", "rules"), [(None, ["set-over-arm"]), ("about", [])])
def test_a_set_of_about_so_many_is_no_contradiction(approximation, rules, tmp_path):
    """The check and the audit rule of one name ask the same of `about 41` of 40."""
    size = analysis_set(n=41, **({"approximation": approximation} if approximation else {}))
    flow = [{"step": "enrolled", "arm": "one", "count": 40, "locator": "p1"}]
    one = trial(reports={"smith-2020": report({"one": size}, flow=flow)})
    root = write_base(tmp_path / "base", one)
    assert rules == [problem.rule for problem in kb.check(root)]


@pytest.mark.parametrize(
    ("by", "heading"), [("events", "events: 10"), ("level", "level: 95"), ("primary", "primary: no"),
                        ("low_months", "low months: not stated")],
)  # fmt: skip
def test_groups_are_named_in_words(by, heading, tmp_path):
    """An empty field is `not stated`, and no group is called None, False or 95.0."""
    found = kb.compare(base_of(trial()), "orr")
    assert heading in _words(kb.forest(found, tmp_path / "forest.svg", by=by))
    for name in ("kind", "as_dict", "nothing"):
        with pytest.raises(ValueError, match=f"'{name}' is no column"):
            kb.forest(found, tmp_path / "forest.svg", by=name)


@pytest.mark.parametrize(
    ("printed", "computed"),
    [
        ({}, 0),
        ({"assessment": {"assessor": "investigator"}}, 0),
        ({"assessment": {"confirmed": "confirmed"}}, 1),
        ({"measure": "risk-ratio"}, 1),
        ({"endpoint": "dcr"}, 1),
    ],
)
def test_which_printed_contrast_answers_the_question(printed, computed):
    """One judged otherwise, of another measure or endpoint hides none; one that is silent does."""
    judged = {"assessment": {"assessor": "investigator", "confirmed": "unconfirmed"}}
    given = {"endpoint": "orr", "measure": "odds-ratio", "value": "1.90",
             "interval": {"level": 95, "low": "0.75", "high": "4.90"}} | printed  # fmt: skip
    base = base_of(_both(*_counts(16, 10, **judged), contrasts=[contrast(**given)]))
    found = kb.compare(base, "orr", measure="odds-ratio", reports="all")
    assert computed == sum(row.value_source == "computed" for row in found.rows)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [(None, None, ""), ("about", None, "about"), (None, "at-least", "about"), ("over", None, "about")],
)  # fmt: skip
def test_a_contrast_of_approximate_counts_is_about_so_much(one, two, expected):
    """At least five of the control make the ratio no larger: it is about so much, not at least."""
    numbers = [
        estimate(of=arm_id, events=10, **({"approximation": word} if word else {}))
        for arm_id, word in (("one", one), ("two", two))
    ]
    found = kb.compare(base_of(_both(*numbers)), "orr", measure="risk-ratio")
    assert [expected] == [row.approximation for row in found.rows]


@pytest.mark.parametrize("control", ["C", "C|D", "C; D"])
@pytest.mark.parametrize("subgroup", ["", "liposarcoma"])
def test_what_a_ratio_of_a_table_is_set_against(compared, control, subgroup):
    """The arm as it was typed, and nothing of what tells its sets apart."""
    view = compared(
        "study,arm,versus,subgroup,endpoint,measure,value,low,high,level\n"
        f"a,A,{control},{subgroup},orr,OR,4.0,2.0,8.0,95\n",
        "orr",
        "odds-ratio",
    )
    assert f"OR v {control}: 4.0" in kb.render(view)
