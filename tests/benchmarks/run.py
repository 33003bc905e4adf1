"""Ratios of our running times to those of other packages; not a test, run it on a quiet machine.

    pip install -e '.[test]' && pip install statsmodels pymare && python tests/benchmarks/run.py

Each line is the median of the ratio other / ours over pairs run in turn, so above 1 we are faster.
Whole commands are given the other way round: how many times longer they take than what is named.
Packages that are not installed are left out and named. R with metafor is timed inside R.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

import kb

PAIRS = 7
RANDOM = np.random.default_rng(20261125)


def seconds(call: Callable[[], object]) -> float:
    """Processor time of one call."""
    start = time.process_time()
    call()
    return time.process_time() - start


def ratio(name: str, ours: Callable[[], object], other: Callable[[], object]) -> None:
    """Print how many times longer the other takes."""
    ours(), other()
    pairs = [(seconds(ours), seconds(other)) for _ in range(PAIRS)]
    ratios = [b / max(a, 1e-9) for a, b in pairs]
    print(
        f"{name:58} {statistics.median(ratios):8.2f} x   ours {statistics.median(a for a, _ in pairs):.4f} s"
    )


def proportions() -> None:
    """A million pairs, as a corpus has them (few distinct) and all different."""
    from statsmodels.stats.proportion import proportion_confint

    n = RANDOM.integers(5, 400, 1_000_000)
    x = (n * RANDOM.random(1_000_000)).astype(int)
    for method, name in (("clopper-pearson", "beta"), ("wilson", "wilson")):
        ratio(
            f"{method}, 10^6 pairs v statsmodels",
            lambda: kb.proportion_interval(x, n, method=method),
            lambda: proportion_confint(x, n, method=name),
        )
    few = slice(0, 2_000)
    ratio(
        "clopper-pearson, 2,000 pairs v statsmodels one by one",
        lambda: kb.proportion_interval(x[few], n[few]),
        lambda: [
            proportion_confint(int(a), int(b), method="beta")
            for a, b in zip(x[few], n[few], strict=True)
        ],
    )


def effects() -> None:
    """DerSimonian–Laird at three sizes."""
    from statsmodels.stats.meta_analysis import combine_effects

    for k in (10, 100, 1000):
        variances = RANDOM.uniform(0.01, 0.2, k)
        values = RANDOM.normal(0.2, np.sqrt(variances + 0.05))
        errors = np.sqrt(variances)
        ratio(
            f"DerSimonian–Laird, k = {k} v statsmodels",
            lambda: kb.pool_effects(values, errors, tau2="dl"),
            lambda: combine_effects(values, variances, method_re="dl"),
        )


def against_pymare() -> None:
    """DerSimonian–Laird and REML at three sizes, with the summary that holds the interval."""
    pymare = importlib.import_module("pymare")
    estimators = importlib.import_module("pymare.estimators")

    for k in (10, 100, 1000):
        v = RANDOM.uniform(0.01, 0.2, k)
        y = RANDOM.normal(0.2, np.sqrt(v + 0.05))
        error, data = np.sqrt(v), pymare.Dataset(y[:, None], v[:, None])
        for tau2, name, make in (
            ("dl", "DerSimonian–Laird", estimators.DerSimonianLaird),
            ("reml", "REML", lambda: estimators.VarianceBasedLikelihoodEstimator("reml")),
        ):
            ratio(
                f"{name}, k = {k} v PyMARE",
                lambda: kb.pool_effects(y, error, tau2=tau2),
                lambda: make().fit_dataset(data).summary().get_fe_stats(),
            )


def processes() -> None:
    """Whole commands from start to end, as multiples of a bare interpreter and of pydantic."""
    command = [sys.executable, "-m", "kb"]
    timed = {
        "kb --help": [*command, "--help"],
        "kb compare orr,dcr,pfs anlo-ai saint": [
            *command, "compare", "orr,dcr,pfs", "anlo-ai", "saint",
        ],
        "kb compare orr,dcr,pfs": [*command, "compare", "orr,dcr,pfs"],
    }  # fmt: skip
    bare = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "import pydantic": [sys.executable, "-c", "from pydantic import BaseModel"],
    }
    found: dict[str, list[float]] = {name: [] for name in (*timed, *bare)}
    for _ in range(PAIRS + 1):
        for name, arguments in (timed | bare).items():
            before = os.times()
            subprocess.run(arguments, stdout=subprocess.DEVNULL, check=True)
            after = os.times()
            found[name].append(
                after.children_user + after.children_system
                - before.children_user - before.children_system
            )  # fmt: skip
    for name in timed:
        for other in bare:
            pairs = zip(found[name][1:], found[other][1:], strict=True)
            print(f"{name + ' / ' + other:58} {statistics.median(a / b for a, b in pairs):8.2f}")


def networks() -> None:
    """Networks of 10, 100 and 500 treatments against the pseudo-inverse of the Laplacian."""
    for size in (10, 100, 500):
        a = RANDOM.integers(0, size, 6 * size)
        b = (a + RANDOM.integers(1, size, 6 * size)) % size
        a, b = np.concatenate([a, np.arange(size - 1)]), np.concatenate([b, np.arange(1, size)])
        se = RANDOM.uniform(0.1, 0.4, len(a))
        value = RANDOM.normal(0, se)
        rows = [
            (f"s{i}", f"t{p}", f"t{q}", float(v), float(s))
            for i, (p, q, v, s) in enumerate(zip(a, b, value, se, strict=True))
        ]

        def inverted(a=a, b=b, value=value, se=se, size=size):
            design = np.zeros((len(a), size))
            design[np.arange(len(a)), a], design[np.arange(len(a)), b] = 1, -1
            weights = 1 / se**2
            return (
                np.linalg.pinv(design.T @ (weights[:, None] * design))
                @ design.T
                @ (weights * value)
            )

        ratio(
            f"network of {size}, all that is reported v one pseudo-inverse",
            lambda: kb.network_effects(rows, model="common"),
            inverted,
        )


R_CODE = """
suppressPackageStartupMessages(library(metafor)); set.seed(1)
k <- %d; n <- sample(10:200, k, TRUE); x <- rbinom(k, n, plogis(rnorm(k, -1, 0.6)))
t1 <- system.time(for (i in 1:5) rma(measure="PLO", xi=x, ni=n, method="REML"))[["user.self"]] / 5
t2 <- system.time(rma.glmm(measure="PLO", xi=x, ni=n))[["user.self"]]
cat(sprintf('{"n": [%%s], "x": [%%s], "reml": %%f, "glmm": %%f}', paste(n, collapse=","), paste(x, collapse=","), t1, t2))
"""


def against_r() -> None:
    """REML and the logistic mixed model against metafor, on the same counts."""
    for k in (10, 50, 200):
        done = subprocess.run(
            ["Rscript", "-e", R_CODE % k], capture_output=True, text=True, check=True
        )
        found = json.loads(done.stdout)
        events, sizes = np.array(found["x"]), np.array(found["n"])
        fits: dict[str, dict[str, Any]] = {
            "reml": {"method": "logit", "tau2": "reml"},
            "glmm": {"method": "glmm"},
        }
        for name, options in fits.items():
            kb.pool_proportions(events, sizes, **options)
            ours = statistics.median(
                seconds(lambda: kb.pool_proportions(events, sizes, **options)) for _ in range(PAIRS)
            )
            print(
                f"{name}, k = {k} v metafor in R{'':32} {found[name] / max(ours, 1e-9):8.2f} x   ours {ours:.4f} s"
            )


def main() -> None:
    """Run what can be run."""
    if importlib.util.find_spec("statsmodels"):
        proportions()
        effects()
    else:
        print("statsmodels is not installed: left out", file=sys.stderr)
    if importlib.util.find_spec("pymare"):
        against_pymare()
    else:
        print("PyMARE is not installed: left out", file=sys.stderr)
    networks()
    processes()
    if shutil.which("Rscript"):
        against_r()
    else:
        print("R is not installed: left out", file=sys.stderr)


if __name__ == "__main__":
    main()
