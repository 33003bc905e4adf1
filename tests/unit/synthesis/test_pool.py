"""Pooling and networks of records: the arithmetic is that of the statistics on the rows' numbers."""

import json
import shutil
import subprocess
from math import exp, log

import pytest

import kb
from builders import analysis_set, arm, base_of, contrast, estimate, randomised, report, trial
from kb.exporters import text_of

COUNTS = {"alpha": (10, 40), "beta": (5, 25), "gamma": (0, 12)}


def _single(trial_id, events, n, **more):
    own = report({"one": analysis_set(n=n)}, [estimate(events=events)])
    return trial(trial_id, reports={"smith-2020": own}, **more)


SINGLES = base_of(*(_single(name, *counts) for name, counts in COUNTS.items()))
FOUND = kb.compare(SINGLES, "orr")


def test_proportions_are_pooled_from_counts():
    """The pooled number is that of `pool_proportions` on the counts, arms without responders included."""
    events, sizes = zip(*COUNTS.values(), strict=True)
    pooled, expected = kb.pool(FOUND), kb.pool_proportions(events, sizes)
    assert (expected.value, expected.low, expected.tau2) == (pooled.value, pooled.low, pooled.tau2)
    assert "proportion" == pooled.scale
    assert 3 == len(pooled.rows)


def test_options_are_passed_on():
    """Options of the statistics work as there."""
    expected = kb.pool_proportions(
        [10, 5, 0], [40, 25, 12], method="freeman-tukey", tau2="dl", adjust="hksj"
    )
    assert expected.high == kb.pool(FOUND, method="freeman-tukey", tau2="dl", adjust="hksj").high


def test_groups_leave_one_out_and_cumulative():
    """Sensitivity estimates come with their labels."""
    by = kb.pool(FOUND, by="line")
    assert ["first"] == [part.label for part in by.parts]
    assert ["alpha", "beta", "gamma"] == [
        part.label for part in kb.pool(FOUND, leave_one_out=True).parts
    ]
    assert [1, 2, 3] == [part.k for part in kb.pool(FOUND, cumulative=True).parts]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"by": "line", "leave_one_out": True}, "one of by, leave_one_out at a time"),
        ({"by": "lines"}, "'lines' is no field of a row; did you mean 'line'"),
        ({"shared_tau2": True}, "shared_tau2 is of groups"),
    ],
)
def test_further_estimates_are_refused(options, said):
    """What does not go together is refused, not dropped."""
    with pytest.raises(ValueError, match=said):
        kb.pool(FOUND, **options)


def test_the_row_that_carries_heterogeneity_is_named():
    """Leaving out each row says which one tau² comes from."""
    base = base_of(_single("low", 4, 40), _single("same", 5, 40), _single("high", 35, 40))
    found = kb.pool(kb.compare(base, "orr"), leave_one_out=True)
    assert "high carries most heterogeneity: without it tau² is 0.000" in found.parts_are


def test_a_part_says_what_became_of_its_whole():
    """A subgroup of a whole that has no count is set aside, and does not say that it is used."""
    sets = {
        "one": analysis_set(n=None),
        "lms": analysis_set(n=9, of="one", subgroup={"histology": ["leiomyosarcoma"]}),
    }
    own = report(sets, [estimate(value="20"), estimate(of="lms", events=2)])
    del own["estimates"][0]["events"]
    found = kb.pool(
        kb.compare(base_of(trial("part", reports={"smith-2020": own}), _single("a", 9, 40)), "orr")
    )
    assert [
        "n is not printed",
        "a part of smith-2020/one, which is set aside itself",
    ] == [one.why for one in found.rows_set_aside]


def _counted(trial_id, *counts, **more):
    sets = {"one": analysis_set("one", n=counts[1]), "two": analysis_set("two", n=counts[3])}
    own = report(sets, [estimate(of="one", events=counts[0]), estimate(of="two", events=counts[2])])
    arms = (
        arm("doxorubicin", "ifosfamide", role="experimental"),
        arm("doxorubicin", role="control"),
    )
    return randomised(trial_id, *arms, reports={"smith-2020": own}, **more)


@pytest.mark.parametrize("measure", ["odds-ratio", "risk-ratio"])
def test_ratios_of_counts(measure):
    """Arms of randomised trials become ratios by their counts, experimental against control."""
    base = base_of(_counted("a", 16, 52, 10, 50), _counted("b", 0, 20, 3, 20))
    found = kb.pool(kb.compare(base, "orr"), ratio=measure)
    direct = {"odds-ratio": kb.odds_ratio, "risk-ratio": kb.risk_ratio}[measure]
    assert direct(16, 52, 10, 50).value == pytest.approx(exp(found.value), rel=1e-9)
    assert ["a cell of its 2×2 is zero, so its log ratio has no error"] == [
        one.why for one in found.rows_set_aside
    ]
    assert "from counts: a" in kb.render(found)


def test_single_arms_have_no_ratio():
    """Counts of arms that were not randomised against each other give no ratio."""
    with pytest.raises(ValueError, match="nothing is left to pool"):
        kb.pool(FOUND, ratio="odds-ratio")


def _ratio(trial_id, one, two, value, low, high):
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    own = contrast(value=value, interval={"level": 95, "low": low, "high": high})
    return randomised(
        trial_id, arm(*one), arm(*two), reports={"smith-2020": report(sets, [], contrasts=[own])}
    )


RATIOS = base_of(
    _ratio("a", ["doxorubicin", "ifosfamide"], ["doxorubicin"], "0.80", "0.60", "1.07"),
    _ratio("b", ["doxorubicin", "ifosfamide"], ["doxorubicin"], "0.90", "0.70", "1.16"),
    _ratio("c", ["doxorubicin", "anlotinib"], ["doxorubicin", "placebo"], "0.50", "0.35", "0.71"),
)
CONTRASTS = kb.compare(RATIOS, "pfs", measure="hazard-ratio")


def test_ratios_are_pooled_on_the_log_scale():
    """Two hazard ratios are pooled from their intervals."""
    found = kb.pool(
        kb.compare(RATIOS, "pfs", measure="hazard-ratio", trial=["a", "b"]), model="common"
    )
    errors = [(log(1.07) - log(0.60)) / 3.919928, (log(1.16) - log(0.70)) / 3.919928]
    expected = kb.pool_effects([log(0.8), log(0.9)], errors, model="common")
    assert exp(expected.value) == pytest.approx(exp(found.value), abs=1e-6)
    assert "log-ratio" == found.scale


def test_network_joins_through_the_shared_comparator():
    """Doxorubicin + placebo is doxorubicin, so the two combinations meet there."""
    found = kb.network(CONTRASTS, model="common")
    assert ("anlotinib+doxorubicin", "doxorubicin", "doxorubicin+ifosfamide") == found.treatments
    direct = found.effect("anlotinib+doxorubicin", "doxorubicin")
    assert log(0.5) == pytest.approx(direct.value, abs=1e-12)
    indirect = found.effect("anlotinib+doxorubicin", "doxorubicin+ifosfamide")
    other = found.effect("doxorubicin+ifosfamide", "doxorubicin")
    assert direct.value - other.value == pytest.approx(indirect.value, abs=1e-12)
    assert "lower" == found.better


def test_differences_across_trials_are_labelled():
    """Across trials there is a difference with its label, and no p-value."""
    found = kb.across(FOUND)
    assert 3 == len(found.differences)
    assert "unadjusted and unanchored" in found.label
    assert kb.risk_difference(10, 40, 5, 25).value == found.differences[0].effect.value
    assert "P" not in kb.render(found).replace("Progression", "")


def test_medians():
    """Medians are pooled in months, those not reached carried along."""

    def one(trial_id, **more):
        own = report({"one": analysis_set()}, [estimate("pfs", **more)])
        return trial(trial_id, reports={"smith-2020": own})

    base = base_of(
        one("a", value="6.0"), one("b", value="26", unit="weeks"), one("c", value="not-reached")
    )
    found = kb.pool(kb.compare(base, "pfs", measure="median"))
    assert "months" == found.scale
    assert 6.0 == pytest.approx(found.value, abs=0.05)


@pytest.mark.parametrize(
    "view",
    [kb.pool(FOUND, leave_one_out=True), kb.network(CONTRASTS), kb.across(FOUND)],
    ids=["pool", "network", "across"],
)
def test_every_format(view):
    """Pooled views are written in every text format."""
    for form in ("text", "markdown", "html", "latex"):
        assert kb.render(view, form)


def test_json_holds_no_nan():
    """JSON of a pooled view has the rows, the estimate and what was accepted."""
    found = json.loads(text_of(kb.pool(FOUND), "json"))
    assert {"rows", "pooled", "parts", "parts_are", "accepted", "set_aside", "single"} == set(found)
    assert 3 == found["pooled"]["k"]
    assert "NaN" not in json.dumps(found)
    network = json.loads(text_of(kb.network(CONTRASTS), "json"))
    assert 3 == len(network["network"]["parts"][0]["effects"])


def test_r_script_holds_the_numbers():
    """The R script carries the counts, the call and the number computed here."""
    script = text_of(kb.pool(FOUND), "r")
    assert 'metafor::rma.glmm(measure = "PLO"' in script
    assert '"gamma/smith-2020/one/orr/proportion"' in script
    assert f"# Computed here: {kb.pool(FOUND).value:.10g}" in script
    assert "netmeta::netmeta" in text_of(kb.network(CONTRASTS), "r")


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
@pytest.mark.parametrize(
    ("view", "options"),
    [
        (FOUND, {}),
        (FOUND, {"method": "freeman-tukey", "tau2": "dl", "prediction": "k-2"}),
        (FOUND, {"method": "arcsine", "adjust": "hksj"}),
        (FOUND, {"method": "logit", "continuity": "all"}),
    ],
    ids=["glmm", "freeman-tukey", "arcsine", "logit"],
)
def test_r_gives_the_same_numbers(tmp_path, view, options):
    """The script, run by R, prints the mean and the prediction interval computed here."""
    pooled = kb.pool(view, **options)
    script = tmp_path / "pooled.R"
    kb.export(pooled, script)
    done = subprocess.run(
        [str(shutil.which("Rscript")), str(script)], capture_output=True, text=True, check=False
    )
    if "no package called" in done.stderr:
        pytest.skip("metafor is not installed")
    assert 0 == done.returncode, done.stderr
    predicted = done.stdout.rpartition("df:")[2].split()
    expected = (pooled.prediction_low, pooled.prediction_high)
    assert expected == pytest.approx([float(one) for one in predicted], abs=1e-4)
    assert f"{pooled.value:.4f}" in done.stdout


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf"])
def test_figures(tmp_path, suffix):
    """Every figure is written, the same bytes each time, zero responders included."""
    from kb.graphs.gaps import gaps
    from kb.rendering.figures.funnel import funnel
    from kb.rendering.figures.gap_map import gap_map
    from kb.rendering.figures.network_plot import network_plot

    pooled = kb.pool(FOUND, by="line")
    draw = {
        "forest": lambda path: kb.forest(pooled, path, columns=("label", "line", "count")),
        "plain": lambda path: kb.forest(FOUND, path),
        "ratios": lambda path: kb.forest(CONTRASTS, path),
        "funnel": lambda path: funnel(pooled, path),
        "network": lambda path: network_plot(kb.network(CONTRASTS), path),
        "gaps": lambda path: gap_map(gaps(SINGLES), path),
    }
    for name, make in draw.items():
        first, second = tmp_path / f"{name}-1.{suffix}", tmp_path / f"{name}-2.{suffix}"
        make(first)
        make(second)
        assert first.read_bytes() == second.read_bytes(), name


def test_figure_text_is_there(tmp_path):
    """A forest plot in SVG holds its labels and numbers as text."""
    path = kb.forest(kb.pool(FOUND), tmp_path / "f.svg")
    text = path.read_text(encoding="utf-8")
    for piece in ("Smith 2020a", "10/40", "Pooled, k = 3", "Objective response rate", "tau² ="):
        assert piece in text


def test_figures_say_what_was_accepted(tmp_path):
    """Every figure of something pooled names the reasons that were accepted."""
    from kb.rendering.figures.funnel import funnel

    late = _single("late", 4, 30, design={"allocation": "single-arm", "timing": "retrospective"})
    pooled = kb.pool(kb.compare(base_of(_single("a", 9, 40), late), "orr"), accept=["timing-mixed"])
    for draw in (kb.forest, funnel):
        text = draw(pooled, tmp_path / "f.svg").read_text(encoding="utf-8")
        assert "Pooled in spite of timing-mixed" in text


def test_landmarks_say_when(tmp_path):
    """A rate at a time carries its time, for one figure may hold several."""
    rows = [
        estimate("pfs", measure="landmark", at={"months": at}, value="40", estimator="not-stated")
        for at in (3, 6)
    ]
    for row in rows:
        row.pop("unit", None)
    base = base_of(trial(reports={"smith-2020": report({"one": analysis_set()}, rows)}))
    path = kb.forest(kb.compare(base, "pfs", measure="landmark"), tmp_path / "f.svg")
    text = path.read_text(encoding="utf-8")
    assert "at 3 mo<" in text
    assert "at 6 mo<" in text


def test_a_part_stands_beneath_its_whole(tmp_path):
    """A subgroup beneath its whole is named without its trial; rows of one name are told apart."""
    sets = {
        "one": analysis_set(),
        "lms": analysis_set(n=9, of="one", subgroup={"histology": ["leiomyosarcoma"]}),
    }
    rows = [
        estimate(),
        estimate(id="bicr", events=8, assessment={"assessor": "investigator"}),
        estimate(of="lms", events=2),
    ]
    base = base_of(trial(reports={"smith-2020": report(sets, rows)}))
    path = kb.forest(kb.compare(base, "orr"), tmp_path / "f.svg")
    text = path.read_text(encoding="utf-8")
    assert ">    Leiomyosarcoma<" in text
    assert ">Smith 2020, bicr<" in text


def test_figure_refusals(tmp_path):
    """An unknown suffix, several endpoints and an unknown column are refused by name."""
    with pytest.raises(kb.UnknownFormatError, match=r"'\.bmp' is no figure"):
        kb.forest(FOUND, tmp_path / "f.bmp")
    with pytest.raises(ValueError, match="'colour' is no column"):
        kb.forest(FOUND, tmp_path / "f.svg", columns=["colour"])
