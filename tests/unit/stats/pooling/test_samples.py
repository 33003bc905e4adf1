"""Studies and options that can be pooled, and the messages for those that cannot."""

import pytest

from kb.stats.pooling.samples import Options, effects, proportions


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"method": "peto"}, "method is one of glmm, logit, freeman-tukey, arcsine.*'peto'"),
        ({"model": "fixed"}, "model is one of random, common, not 'fixed'"),
        ({"method": "logit", "tau2": "sj"}, "tau2 is one of .*dl, reml, pm, ml, not 'sj'"),
        ({"adjust": "adhoc"}, "adjust is one of none, hksj, not 'adhoc'"),
        ({"continuity": "half"}, "continuity is one of zero-only, all, none, not 'half'"),
        ({"prediction": "z"}, "prediction is one of k-1, k-2, not 'z'"),
        ({"level": 0.95}, "level is a percent.*0.95"),
        ({"continuity": "all"}, "glmm takes no continuity correction"),
        ({"method": "arcsine", "continuity": "all"}, "arcsine takes no continuity correction"),
        ({"tau2": "reml"}, "glmm estimates tau² by ml, not 'reml'"),
        ({"adjust": "hksj"}, "glmm has a Wald interval and no adjustment 'hksj'"),
        ({"shown": abs}, "notes of glmm print proportions, so shown is for effects"),
    ],
    ids=lambda value: "-".join(map(str, value.values())) if isinstance(value, dict) else "",
)
def test_options_that_make_no_sense_are_refused(options, message):
    """Every message names the word that was given."""
    with pytest.raises(ValueError, match=message):
        Options(**options)


def test_the_estimator_follows_the_method():
    """Unnamed, tau² is ML under the exact likelihood and REML beside it."""
    assert "ml" == Options().estimator
    assert "reml" == Options(method="logit").estimator
    assert "dl" == Options(method="logit", tau2="dl").estimator


@pytest.mark.parametrize(
    ("events", "n", "message"),
    [
        ([3], [2], "events must lie between 0 and n = 2, not 3"),
        ([-1], [2], "not -1"),
        ([1.5], [2], "events must be a whole number, not 1.5"),
        ([1], [0], "n must be at least 1, not 0"),
        ([float("nan")], [4], "whole number, not nan"),
        ([1, 2], [4], "events and n are two lists of one length"),
        ([], [], "two lists of one length"),
        ([[1, 2]], [[3, 4]], "two lists of one length"),
    ],
)
def test_impossible_counts_are_refused(events, n, message):
    """Counts must be whole, within n, and as many as there are n."""
    with pytest.raises(ValueError, match=message):
        proportions(events, n, Options())


@pytest.mark.parametrize(
    ("values", "errors", "message"),
    [
        ([0.1, float("inf")], [0.1, 0.1], "values must be finite, not inf"),
        ([0.1], [0.0], "standard errors must be positive, not 0.0"),
        ([0.1], [float("nan")], "standard errors must be positive, not nan"),
        ([0.1, float("nan")], [0.1, 0.1], "values must be finite, not nan"),
        ([0.1, 1.1e50], [0.1, 0.1], r"values must be finite, not 1.1e\+50, and up to ±1e\+50"),
        ([-1.1e50], [0.1], r"not -1.1e\+50"),
        ([0.1], [1.1e50], r"standard errors must be positive, not 1.1e\+50, from 1e-50 to 1e\+50"),
        ([0.1], [0.9e-50], "not 9e-51"),
        ([0.1], [-1], "standard errors must be positive, not -1.0"),
        ([], [], "two lists of one length"),
        ([[0.1]], [[0.1]], "two lists of one length"),
        ([0.1, 0.2], [0.1], "values and standard errors are two lists"),
    ],
)
def test_impossible_effects_are_refused(values, errors, message):
    """Values must be finite and standard errors positive."""
    with pytest.raises(ValueError, match=message):
        effects(values, errors)


def test_effects_are_no_method_for_counts():
    """The method of effects is not one for proportions."""
    with pytest.raises(ValueError, match="'effects' is for values with standard errors"):
        proportions([1], [2], Options(method="effects"))


@pytest.mark.parametrize(
    ("continuity", "corrected", "first"),
    [("zero-only", 1, 1 / 0.5 + 1 / 10.5), ("all", 3, 1 / 0.5 + 1 / 10.5)],
)
def test_the_logit_adds_a_half_where_asked(continuity, corrected, first):
    """½ goes to events and others of the arms that the option names, and is counted."""
    sample = proportions([0, 3, 5], [10, 10, 10], Options(method="logit", continuity=continuity))
    assert corrected == sample.corrected
    middle = 1 / 3 + 1 / 7 if continuity == "zero-only" else 1 / 3.5 + 1 / 7.5
    assert [first, middle] == pytest.approx(list(sample.block[1][:2]))


def test_the_logit_refuses_zero_cells_without_a_correction():
    """Asked to add nothing, the logit names the arm that needs it."""
    options = Options(method="logit", continuity="none")
    with pytest.raises(ValueError, match="10 of 10 has no logit"):
        proportions([3, 10], [10, 10], options)
    assert 0 == proportions([3, 4], [10, 10], options).corrected


def test_effects_at_the_bounds_are_pooled():
    """Values up to 1e50 and standard errors from 1e-50 to 1e50 are taken."""
    assert 3 == len(effects([1e50, -1e50, 0], [1e50, 1e-50, 1]))
    assert 1 == len(effects(0.1, 0.2))
