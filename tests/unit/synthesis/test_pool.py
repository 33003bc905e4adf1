"""Pooling and networks of records: the arithmetic is that of the statistics on the rows' numbers."""

import json
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
    """Further estimates come with their labels."""
    by = kb.pool(FOUND, by="line")
    assert ["first"] == [part.label for part in by.parts]
    assert ["alpha", "beta", "gamma"] == [
        part.label for part in kb.pool(FOUND, leave_one_out=True).parts
    ]
    assert [1, 2, 3] == [part.k for part in kb.pool(FOUND, cumulative=True).parts]


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
    assert {"rows", "pooled", "parts", "parts_are", "accepted", "set_aside"} == set(found)
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


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf"])
def test_figures(tmp_path, suffix):
    """Every figure is written, the same bytes each time, zero responders included."""
    from kb.graphs.gaps import gaps
    from kb.rendering.funnel import funnel
    from kb.rendering.gap_map import gap_map
    from kb.rendering.network_plot import network_plot

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
    for piece in ("alpha", "10/40", "Pooled, k = 3", "Objective response rate"):
        assert piece in text


def test_figure_refusals(tmp_path):
    """An unknown suffix, several endpoints and an unknown column are refused by name."""
    with pytest.raises(kb.UnknownFormatError, match=r"'\.bmp' is no figure"):
        kb.forest(FOUND, tmp_path / "f.bmp")
    with pytest.raises(ValueError, match="'colour' is no column"):
        kb.forest(FOUND, tmp_path / "f.svg", columns=["colour"])
