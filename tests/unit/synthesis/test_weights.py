"""What each row weighs in a pooled estimate: the weights give the estimate back."""

from dataclasses import replace
from math import inf, log, nan

import numpy as np
import pytest

import kb
from builders import analysis_set, arm, base_of, contrast, estimate, randomised, report, trial
from kb.stats.pooling.transforms import SCALES
from kb.synthesis.carried import carried
from kb.synthesis.weights import weights

COUNTS = ((10, 40), (4, 30), (0, 25), (9, 12))


def _rates(counts=COUNTS, **more):
    trials = []
    for number, (events, n) in enumerate(counts):
        sets = {"one": analysis_set(n=n)}
        body = report(sets, [estimate(events=events)])
        trials.append(trial(f"t{number}", reports={"smith-2020": body}, **more))
    return kb.compare(base_of(*trials), "orr")


def _ratios():
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    pair = (arm("doxorubicin", "ifosfamide"), arm("doxorubicin"))
    numbers = (("0.80", "0.60", "1.07"), ("0.50", "0.30", "0.83"), ("1.10", "0.95", "1.27"))
    bodies = [
        report(sets, [], contrasts=[contrast(value=value, interval={"level": 95, "low": low, "high": high})])
        for value, low, high in numbers
    ]  # fmt: skip
    base = base_of(
        *[randomised(f"t{number}", *pair, reports={"smith-2020": body}) for number, body in enumerate(bodies)]
    )  # fmt: skip
    return kb.compare(base, "pfs", measure="hazard-ratio")


@pytest.mark.parametrize("model", ["random", "common"])
def test_weights_of_ratios(model):
    """The weighted mean of the logarithms is the pooled logarithm."""
    view = kb.pool(_ratios(), model=model)
    found = weights(view)
    assert 1 == pytest.approx(sum(found.shares))
    mean = sum(
        share * log(float(row.value)) for share, row in zip(found.shares, view.rows, strict=True)
    )
    assert view.value == pytest.approx(mean)
    assert found.how == ("inverse variance with tau²" if model == "random" else "inverse variance")
    assert (view.tau2 > 0) is (model == "random")


@pytest.mark.parametrize("method", ["logit", "freeman-tukey", "arcsine"])
def test_weights_of_proportions(method):
    """On each scale of inverse variance the weighted mean is the pooled value."""
    view = kb.pool(_rates(), method=method)
    events, sizes = (np.array(one, float) for one in zip(*COUNTS, strict=True))
    zero = (events == 0) / 1.0 if method == "logit" else np.zeros(4)
    values, _ = SCALES[method].forward(events + zero / 2, sizes + zero)
    mean = float(values @ np.array(weights(view).shares))
    back = SCALES[method].back(mean, 4 / float(np.sum(1 / sizes)))
    assert view.value == pytest.approx(back)


def test_weights_of_a_logistic_model():
    """Arms of one size are alike; larger ones weigh more, by the information at the pooled rate."""
    assert (0.5, 0.5) == pytest.approx(weights(kb.pool(_rates([(3, 20), (9, 20)]))).shares)
    view = kb.pool(_rates())
    parts = [1 / (view.tau2 + 1 / (n * view.value * (1 - view.value))) for _, n in COUNTS]
    assert [part / sum(parts) for part in parts] == pytest.approx(weights(view).shares)


def test_weights_where_nobody_responds():
    """Without any response there is no information but the number of patients."""
    found = weights(kb.pool(_rates([(0, 10), (0, 30)])))
    assert (0.25, 0.75) == pytest.approx(found.shares)
    assert "n" == found.how[0]


def _medians(**options):
    numbers = [("4.0", "3.0", "6.0", 20), ("8.0", "6.0", "11.0", 60)]
    trials = []
    for number, (value, low, high, n) in enumerate(numbers):
        one = estimate("pfs", value=value, interval={"level": 95, "low": low, "high": high})
        body = report({"one": analysis_set(n=n)}, [one])
        trials.append(trial(f"t{number}", reports={"smith-2020": body}))
    return kb.pool(kb.compare(base_of(*trials), "pfs", measure="median"), **options)


def test_weights_of_medians():
    """A weighted median weighs by n; medians by inverse variance show no weights here."""
    assert (0.25, 0.75) == pytest.approx(weights(_medians()).shares)
    assert weights(_medians(method="inverse-variance")) is None


@pytest.mark.parametrize("changed", [{"value": nan}, {"tau2": inf}])
def test_no_weights(changed):
    """Without an estimate, or with a spread without end, nothing has a weight."""
    assert weights(replace(kb.pool(_ratios()), **changed)) is None


def test_no_weights_of_an_infinite_variance():
    """An arm alone without responders has no variance on the logit scale."""
    assert weights(kb.pool(_rates([(0, 20)]), method="logit")) is None


def test_no_weights_without_every_n():
    """A weighted median of arms whose n is unknown weighs none of them."""
    view = _medians()
    assert weights(replace(view, rows=tuple(replace(row, n=None) for row in view.rows))) is None
    assert weights(replace(view, k=1)) is None


def test_caveats_are_carried():
    """A pooled estimate has the caveats of the rows that it was made of."""
    view = kb.pool(_rates(), accept=["timing-mixed"])
    assert [] == [one.rule for one in carried(view) if one.rule == "designs-differ"]
    late = trial("late", design={"allocation": "single-arm", "timing": "retrospective"})
    mixed = kb.pool(kb.compare(base_of(trial("early"), late), "orr"), accept=["timing-mixed"])
    assert "designs-differ" in {one.rule for one in carried(mixed)}
    assert () == carried(replace(mixed, comparison=None))
