"""The names that `kb.stats` offers beside those of `kb`."""

import inspect
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import kb
import kb.stats

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "use-the-statistics.md"
# Steps inside a family, which take arrays already checked, or parts that a result is made of.
INTERNAL = {
    *("Tau2Estimator", "NetworkEstimator", "StudyContrast", "Multi", "Part", "read", "parts"),
    *("Weights", "Solution", "reduced"),
    *("solved", "pair_variance", "between_studies", "within_designs", "p_scores", "split"),
    *("root", "described", "notes", "uniform_note", "as_text", "between_arms", "mean_given"),
    *("mean_error", "likelihood_ratio", "wald_q", "uniform", "MedianArm", "printed_arms"),
    *("cochran_q", "i_squared", "i_squared_interval", "precision", "between_variance"),
    *("degrees_of_freedom", "dersimonian_laird", "paule_mandel", "maximum_likelihood"),
    *("restricted_maximum_likelihood", "tau2_interval", "most_likely", "Fit", "weighted_mean"),
    *("quantile", "chi_square_tail", "pooled", "Options", "Between", "Sample", "effects"),
    *("proportions", "between", "fitted", "columns", "Scale", "logit", "logistic"),
    *("freeman_tukey", "freeman_tukey_inverse", "arcsine", "arcsine_inverse", "harmonic_mean"),
    *("array_interval", "Method", "checked_counts", "ArmCounts", "RiskInterval"),
    *("cut_into_intervals", "checked_events", "checked_times"),
    # `proportion_interval` names these by method
    *("clopper_pearson", "wilson", "wilson_cc", "agresti_coull", "jeffreys", "wald", "mid_p"),
    # numeric/special.py: functions of mathematics
    *("tail_of", "normal_quantile", "critical_value", "normal_tail", "binomial_probability"),
    *("beta_density", "beta_cdf", "beta_cdf_below", "beta_quantile", "beta_start", "invert"),
    *("crossing", "hypergeometric"),
}


@pytest.mark.parametrize("name", kb.stats.__all__)
def test_every_name_resolves_and_says_what_it_is(name):
    """Each name leads to something of that name with a docstring of its own."""
    found = getattr(kb.stats, name)
    assert name == found.__name__
    assert found.__doc__
    assert not found.__doc__.startswith(f"{name}(")


def test_the_surface_lists_itself():
    """`dir()` shows the public names, each once."""
    assert sorted(kb.stats.__all__) == dir(kb.stats)
    assert len(kb.stats.__all__) == len(set(kb.stats.__all__))


def test_an_unknown_name_is_refused():
    """What is not there raises AttributeError, as of any module."""
    with pytest.raises(AttributeError, match=r"module 'kb\.stats' has no attribute 'nothing'"):
        kb.stats.nothing  # noqa: B018


def test_nothing_public_is_without_a_door():
    """Every function and class of the statistics is in `kb`, in `kb.stats`, or named internal."""
    found = set()
    for module in walk_packages(kb.stats.__path__, "kb.stats."):
        for name, one in vars(import_module(module.name)).items():
            own = getattr(one, "__module__", "") == module.name
            if (
                own
                and not name.startswith("_")
                and (inspect.isfunction(one) or inspect.isclass(one))
            ):
                found.add(name)
    assert found == (found & {*kb.__all__, *kb.stats.__all__}) | INTERNAL
    assert set() == INTERNAL & set(kb.stats.__all__)


def test_importing_the_statistics_loads_nothing():
    """Neither numpy nor scipy is loaded before a name is used, and numpy when one is."""
    program = (
        "import sys, kb.stats\n"
        "print('numpy' in sys.modules, 'scipy' in sys.modules)\n"
        "kb.stats.fisher\n"
        "print('numpy' in sys.modules)\n"
        "kb.stats.influence\n"
        "print('numpy' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert "False False\nFalse\nTrue\n" == done.stdout


def test_every_function_is_shown_in_use():
    """The page about the statistics uses each function once at least."""
    page = PAGE.read_text(encoding="utf-8")
    functions = [name for name in kb.stats.__all__ if name[0].islower()]
    assert [] == [name for name in functions if f"stats.{name}(" not in page]
