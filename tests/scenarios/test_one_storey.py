"""Faults of one kind each, as a person met them: what is seen now, and why it cannot come back."""

import csv
import json

import pytest

import kb
from builders import analysis_set, arm, base_of, contrast, estimate, randomised, report, trial
from kb.rendering.figures.network_plot import network_plot

ARMS = (arm("doxorubicin", "anlotinib"), arm("doxorubicin"))


def _counts(x1, n1, x2, n2, name="alpha", **more):
    """A randomised trial whose two arms print a response rate each."""
    sets = {"one": analysis_set("one", n1), "two": analysis_set("two", n2)}
    numbers = [estimate(of="one", events=x1), estimate(of="two", events=x2)]
    return randomised(name, *ARMS, reports={"smith-2020": report(sets, numbers, **more)})


def _ratio(name, value="0.80", low="0.60", high="1.07", **more):
    """A randomised trial that prints one contrast."""
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    interval = {"level": 95, "low": low, "high": high}
    number = contrast(value=value, interval=interval, **more)
    both = report(sets, [estimate(of="one"), estimate(of="two")], contrasts=[number])
    return randomised(name, *ARMS, reports={"smith-2020": both})


def _subgroup(**restriction):
    sets = {"all": analysis_set(n=40), "part": analysis_set(n=11, of="all", subgroup=restriction)}
    return trial(reports={"smith-2020": report(sets, [estimate(of="part", events=5)])})


@pytest.mark.parametrize("measure", ["odds-ratio", "risk-ratio", "risk-difference"])
@pytest.mark.parametrize("counts", [(0, 12, 5, 10), (5, 10, 0, 12), (0, 12, 0, 10), (9, 9, 5, 10)])
def test_an_empty_cell_is_shown_and_drawn(measure, counts, tmp_path):
    """Infinite and undefined ratios have a printed form in every output."""
    found = kb.compare(base_of(_counts(*counts)), "orr", measure=measure)
    assert 1 == len(found)
    for form in ("text", "markdown", "html", "latex"):
        assert "inf" not in kb.render(found, form).replace("information", "")
    kb.forest(found, tmp_path / "forest.svg")
    kb.export(found, tmp_path / "rows.json")
    row = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))["rows"][0]
    undefined = 0 in counts or (measure == "odds-ratio" and counts[0] == counts[1])
    expected = undefined and measure != "risk-difference"
    assert expected == ("not-estimable" in (row["high_state"], row["value_state"]))


def test_tau2_without_bounds_is_shown(tmp_path):
    """Arms of none and of all have no finite tau²: the table says ∞, and no number is made up."""
    pooled = kb.pool(kb.compare(base_of(_counts(0, 12, 12, 12)), "orr"), accept=["regimens-unlike"])
    assert "tau² = ∞" in kb.render(pooled)
    kb.forest(pooled, tmp_path / "forest.svg")


def test_the_gate_and_the_row_agree_on_errata():
    """A number has an erratum for the gate exactly where its row says so."""
    errata = [{"at": "estimates/one/orr", "printed": "10", "should_read": "11"}]
    found = kb.compare(base_of(_counts(10, 40, 4, 40, errata=errata)), "orr")
    noted = [row.address for row in found.answers if row.erratum]
    with pytest.raises(kb.NotComparableError) as refused:
        kb.pool(found)
    assert ["alpha/smith-2020/one/orr/proportion"] == noted
    assert f"an erratum stands at {noted[0]}" == refused.value.reasons["erratum-on-row"]


@pytest.mark.parametrize("level", [80, 90, 95])
def test_an_interval_travels_with_its_level(level, tmp_path):
    """Bounds at 80 or 90 % never stand under another level."""
    base = base_of(trial("alpha"), trial("beta"))
    found = kb.compare(base, "orr", level=level)
    assert f" {level}% CI\n" in kb.render(kb.across(found, level=level))
    drawn = kb.forest(kb.pool(found, level=level), tmp_path / "forest.svg")
    assert f"Estimate ({level}% CI)" in drawn.read_text(encoding="utf-8")
    assert level == kb.pool(found, level=level).level


def test_a_forest_of_several_levels_says_so(tmp_path):
    """Rows at 95 % beside a diamond at 80 % are headed by no level; each says its own."""
    base = base_of(trial("alpha"), trial("beta"))
    drawn = kb.forest(kb.pool(kb.compare(base, "orr"), level=80), tmp_path / "forest.svg")
    text = drawn.read_text(encoding="utf-8")
    assert "Estimate (CI)" in text
    assert "(80% CI, " in text
    assert "(95% CI, " in text


def test_decimals_come_from_the_measure():
    """A risk ratio of counts has two decimals, wherever it comes from."""
    found = kb.compare(base_of(_counts(19, 53, 17, 54)), "orr", measure="risk-ratio")
    assert "RR v two: 1.14" in kb.render(found)


@pytest.mark.parametrize(
    ("restriction", "label"),
    [
        ({"biomarker": "PD-L1 tumour proportion score >=5 %"}, "PD-L1 tumour proportion score >=5 %"),
        ({"biomarker": "IGF-1"}, "IGF-1"),
        ({"other": "tumours over 5 cm; no surgery"}, "tumours over 5 cm; no surgery"),
        ({"histology": "leiomyosarcoma"}, "Leiomyosarcoma"),
        ({"drug-received": "anlotinib"}, "Anlotinib"),
    ],
    ids=["with an equals sign", "with a hyphen", "with a semicolon", "a histology", "a drug"],
)  # fmt: skip
def test_a_restriction_is_labelled_as_it_is_written(restriction, label, tmp_path):
    """Free text is shown whole, and words of the vocabulary by their names."""
    found = kb.compare(base_of(_subgroup(**restriction)), "orr")
    assert f"└ {label}" in kb.render(found)
    text = kb.forest(found, tmp_path / "forest.svg").read_text(encoding="utf-8")
    assert label.replace(">", "&gt;") in text


def test_python_and_the_command_line_ask_for_the_same_rows():
    """Ratios of counts are rows of the comparison, not of one verb."""
    base = base_of(_counts(10, 40, 4, 40), _counts(12, 50, 6, 48, "beta"))
    found = kb.compare(base, "orr", measure="risk-ratio")
    assert 2 == len(found) == kb.pool(found).k
    assert {"computed"} == {row.value_source for row in found.rows}


def test_results_that_are_lists_are_views(tmp_path):
    """Findings, variants, problems and terms are lists that are rendered and exported."""
    base = base_of(_counts(10, 40, 4, 40))
    findings = kb.audit(base)
    assert isinstance(findings, list)
    for view in (findings, kb.multiverse([1, 2], [9, 9]), kb.terms(base, "drug"), kb.terms(base)):
        assert kb.render(view, "html").startswith('<div class="kb">')
        kb.export(view, tmp_path / "view.csv")
        assert view._repr_html_() == kb.render(view, "html")


def test_findings_are_written_by_the_one_writer_of_csv(tmp_path):
    """A study whose name a spreadsheet would run as a formula is written as text."""
    path = tmp_path / "own.csv"
    path.write_text("study,endpoint,events,n,value\n=1+2,orr,8,32,27\n", encoding="utf-8")
    kb.export(kb.table(path), tmp_path / "rows.csv")
    kb.export(kb.audit_table(path), tmp_path / "findings.csv")
    with (tmp_path / "rows.csv").open(encoding="utf-8") as file:
        assert ["'=1+2"] == [row["trial"] for row in csv.DictReader(file)]
    with (tmp_path / "findings.csv").open(encoding="utf-8") as file:
        assert ["1"] == [row["rows"] for row in csv.DictReader(file)]


def test_a_figure_refuses_by_sentence(tmp_path):
    """What cannot be drawn so says what can."""
    base = base_of(_ratio("alpha"), _ratio("beta"))
    view = kb.network(kb.compare(base, "pfs", measure="hazard-ratio"))
    with pytest.raises(ValueError, match="of a comparison or a pooled estimate, not of a Network"):
        kb.forest(view, tmp_path / "forest.svg")
    assert network_plot(view, tmp_path / "network.svg").exists()


@pytest.mark.parametrize(
    ("value", "problems"), [("25", []), ("24", ["value-outside-interval"]), ("24.9", ["value-outside-interval"])]
)  # fmt: skip
def test_check_and_audit_mean_the_same(value, problems, tmp_path):
    """25 may be 25.4, for the check as for the audit; 24 and 24.9 may not."""
    from builders import write_base

    interval = {"level": 95, "low": "25.1", "high": "43.4"}
    number = estimate(value=value, interval=interval)
    del number["events"]
    root = write_base(tmp_path / "base", trial(reports={"smith-2020": report(estimates=[number])}))
    assert problems == [one.rule for one in kb.check(root)]
    table = tmp_path / "own.csv"
    table.write_text(f"study,endpoint,value,low,high\nA,orr,{value},25.1,43.4\n", encoding="utf-8")
    assert problems == [one.rule for one in kb.audit_table(table)]


def test_one_reader_of_p():
    """A p of 6.5 x 10^-4 is legal in a record, heard by the audit, and gives pooling its error."""
    found = _ratio("alpha", value="0.50", p={"printed": "6.5 x 10^-4", "sides": "two"})
    del found["reports"]["smith-2020"]["contrasts"][0]["interval"]
    pooled = kb.pool(kb.compare(base_of(found, _ratio("beta")), "pfs", measure="hazard-ratio"))
    assert 2 == pooled.k
    rows = [
        {"study": "A", "arm": "x", "versus": "y", "endpoint": "pfs", "measure": "HR",
         "value": "0.50", "low": "0.34", "high": "0.74", "level": "95", "p": p, "sides": "two"}
        for p in ("6.5 x 10^-4", "6.5 x 10^-2")
    ]  # fmt: skip
    assert [] == [one.rule for one in kb.audit_table(rows[:1])]
    assert [] != [one.rule for one in kb.audit_table(rows[1:])]


@pytest.mark.parametrize(
    ("measure", "value", "first"),
    [("odds-ratio", "4.0", "one"), ("odds-ratio", "0.25", "two"),
     ("risk-ratio", "2.0", "one"), ("risk-ratio", "0.50", "two")],
)  # fmt: skip
def test_the_better_treatment_scores_higher(measure, value, first):
    """An odds ratio of 4 for a response is good: its P-score is near 1, not near 0."""
    low, high = (f"{float(value) * factor:.2f}" for factor in (0.7, 1.5))
    number = _ratio("alpha", value, low, high, endpoint="orr", measure=measure)
    view = kb.network(kb.compare(base_of(number), "orr", measure=measure))
    scores = view.p_scores(better=view.better)
    best = {"one": "anlotinib+doxorubicin", "two": "doxorubicin"}[first]
    assert best == max(scores, key=scores.__getitem__)


def test_a_hazard_ratio_below_one_scores_higher():
    """A hazard is of the event that ends what is good."""
    base = base_of(_ratio("alpha", "0.50", "0.30", "0.83"))
    view = kb.network(kb.compare(base, "pfs", measure="hazard-ratio"))
    scores = view.p_scores(better=view.better)
    assert "anlotinib+doxorubicin" == max(scores, key=scores.__getitem__)


@pytest.mark.parametrize("kind", ["prognostic", "unadjusted", "observational", "interaction"])
def test_what_is_no_effect_is_in_favour_of_nothing(kind, tmp_path):
    """Only randomised contrasts carry the words "in favour of the regimen"."""
    base = base_of(_ratio("alpha", kind=kind))
    found = kb.compare(base, "pfs", measure="hazard-ratio")
    text = kb.forest(found, tmp_path / "forest.svg").read_text(encoding="utf-8")
    assert "is in favour of the regimen" not in text
    assert f"in favour of nothing: {kind} contrasts (alpha)" in text


def test_a_grouped_forest_names_a_part_beside_its_own_whole_only(tmp_path):
    """A subgroup in another group than its whole bears the name of its trial."""
    sets = {
        "all": analysis_set(n=40),
        "part": analysis_set(n=11, of="all", line="second", subgroup={"histology": "liposarcoma"}),
    }
    numbers = [estimate(of="all", events=10), estimate(of="part", events=5)]
    base = base_of(
        trial("alpha", reports={"smith-2020": report(sets, numbers)}),
        trial("beta", population={"histologies": ["liposarcoma"], "line": "second", "from": "smith-2020"}),
    )  # fmt: skip
    found = kb.compare(base, "orr")
    alone = kb.forest(found, tmp_path / "alone.svg").read_text(encoding="utf-8")
    grouped = kb.forest(found, tmp_path / "by.svg", by="line").read_text(encoding="utf-8")
    assert "    Liposarcoma" in alone
    assert "Smith 2020a, Liposarcoma" not in alone
    assert "Smith 2020a, Liposarcoma" in grouped


def test_a_driver_is_named_only_where_the_numbers_differ(tmp_path):
    """No sentence says "without it tau² is 0.770, with it 0.770" for a difference of 10⁻¹⁶."""
    path = tmp_path / "own.csv"
    path.write_text(
        "study,arm,versus,endpoint,measure,value,low,high,level\n"
        "g,B,C,pfs,HR,1.47,0.90,2.41,95\ns0,A,B,pfs,HR,2.06,1.53,2.77,95\n"
        "s1,A,B,pfs,HR,0.58,0.37,0.91,95\n",
        encoding="utf-8",
    )
    view = kb.network(kb.compare(kb.table(path), "pfs", measure="hazard-ratio"))
    least = min(one.tau2_without for one in view.influence())
    assert pytest.approx(view.tau2, abs=1e-12) == least
    assert "drives heterogeneity" not in kb.render(view)


def test_ratios_are_spoken_of_as_ratios():
    """A note about pooled ratios gives ratios, not their logarithms."""
    trials = [_ratio(name, "0.80", "0.60", "1.07") for name in ("alpha", "beta", "gamma")]
    found = kb.compare(base_of(*trials), "pfs", measure="hazard-ratio")
    notes = " ".join(kb.pool(found, adjust="hksj").notes)
    assert "-0." not in notes


def test_medians_of_an_own_table_are_pooled(tmp_path):
    """Rows of a table have what rows of records have: bounds in months among it."""
    path = tmp_path / "own.csv"
    path.write_text(
        "study,arm,endpoint,measure,value,low,high,level,unit\n"
        "A,x,pfs,median,6.2,4.1,8.9,95,months\nB,x,pfs,median,23.7,15.0,30.2,95,weeks\n",
        encoding="utf-8",
    )
    found = kb.compare(kb.table(path), "pfs", measure="median")
    assert 2 == kb.pool(found, method="inverse-variance", accept=["lines-mixed"]).k
    assert pytest.approx(15 * 7 / 30.4375) == found.rows[1].low_months
