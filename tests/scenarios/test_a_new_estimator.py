"""An estimator of tau² that came last: one entry beside the others, known to every door."""

import pytest

import kb
from builders import base_of, trial
from kb.exporters import text_of
from kb.stats.network.fit import ESTIMATORS as OF_NETWORKS
from kb.stats.pooling import heterogeneity
from kb.stats.pooling.heterogeneity import ESTIMATORS, Tau2Estimator

EVENTS, N = [3, 9, 20], [30, 31, 40]


def hedges(*blocks):
    """Hedges 1983, Psychol Bull 93:388: the variance of the values less the mean of theirs."""
    (values, variances), *_ = blocks
    return max(0.0, float(values.var(ddof=1) - variances.mean()))


@pytest.fixture(autouse=True)
def _added(monkeypatch):
    monkeypatch.setitem(ESTIMATORS, "he", Tau2Estimator(hedges, "Hedges", "HE"))


def test_it_is_estimated_and_named():
    """The pooled proportion uses it and says so; an unknown one is refused with its name."""
    found = kb.pool_proportions(EVENTS, N, method="logit", tau2="he")
    assert "tau² by Hedges" in found.method
    assert found.tau2 != kb.pool_proportions(EVENTS, N, method="logit", tau2="dl").tau2
    with pytest.raises(ValueError, match=r"dl.*, he"):
        kb.pool_proportions(EVENTS, N, method="logit", tau2="sj")


def test_it_is_a_variant():
    """The multiverse has it with every method, with and without the adjustment."""
    asked = [(one.method, one.adjust) for one in kb.multiverse(EVENTS, N) if one.tau2 == "he"]
    assert 6 == len(asked) == len(set(asked))


def test_its_script_asks_metafor_for_it():
    """The script for R estimates tau² as the view does."""
    base = base_of(*(trial(name) for name in ("a", "b", "c")))
    view = kb.pool(kb.compare(base, "orr"), method="logit", tau2="he")
    assert 'method = "HE"' in text_of(view, "r")


def test_names_are_entries():
    """Every estimator, of arms and of networks, is one entry with all that is said of it."""
    assert all(one.name and one.metafor and callable(one.estimate) for one in ESTIMATORS.values())
    assert all(one.name and callable(one.estimate) for one in OF_NETWORKS.values())
    assert not hasattr(heterogeneity, "NAMES")
