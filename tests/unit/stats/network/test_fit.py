"""The network estimate and tau² against netmeta, metafor and generalised least squares.

`nma.json` holds netmeta 3.3.1: common and DL agree to 1e-8. Its REML and ML of networks with
multi-arm studies leave out the sampling covariance between the contrasts of one study, which a
test here shows by doing the same; they are therefore pinned on metafor's rma.mv with the whole
covariance (`pooling_extra.json`, 1e-6).
"""

import json
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import scipy.linalg
import scipy.optimize

from kb.stats.network.contrasts import parts, read
from kb.stats.network.fit import between_studies, reduced, solved, within_designs

FOLDER = Path(__file__).parents[3] / "reference"
REFERENCE, EXTRA = (
    json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    for name in ("nma", "pooling_extra")
)
CASES = pytest.mark.parametrize("case", REFERENCE["cases"], ids=lambda case: case["id"])
COLUMNS = ("studlab", "treat1", "treat2", "TE", "seTE")
RESTRICTED = {case["id"]: case for case in EXTRA["network_reml"]}


def part_of(case):
    """Read the only part of a reference network."""
    table = case["input_contrasts"]
    studies = read(zip(*(table[name] for name in COLUMNS), strict=True), tolerance=0.01)
    (part,) = parts(studies)
    return part


def matrices(part, solution, treatments):
    """Arrange differences and their standard errors as the reference does."""
    order = [part.treatments.index(name) for name in treatments]
    own, cov = solution.estimates[order], solution.covariance[np.ix_(order, order)]
    variance = np.diag(cov)[:, None] + np.diag(cov) - 2 * cov
    return own[:, None] - own, np.sqrt(np.maximum(variance, 0))


def basic_contrasts(part, *, covariances):
    """Return y, X and V(tau²) of every arm against the first of its study."""
    values, rows, blocks, ones = [], [], [], []
    for study in part.contrasts:
        arms = sorted({end for row in study for end in (row.a, row.b)})
        effect = {(row.a, row.b): row.value for row in study}
        effect |= {(row.b, row.a): -row.value for row in study}
        variance = {frozenset((row.a, row.b)): row.se**2 for row in study}
        size = len(arms) - 1
        block = np.zeros((size, size))
        for i, arm in enumerate(arms[1:]):
            values.append(effect[arm, arms[0]])
            rows.append([(t == arm) - (t == arms[0]) for t in part.treatments[1:]])
            block[i, i] = variance[frozenset((arm, arms[0]))]
        if covariances:
            for i, j in combinations(range(size), 2):
                pair = variance[frozenset((arms[i + 1], arms[j + 1]))]
                block[i, j] = block[j, i] = (block[i, i] + block[j, j] - pair) / 2
        blocks.append(block)
        ones.append((np.eye(size) + 1) / 2)
    full, extra = scipy.linalg.block_diag(*blocks), scipy.linalg.block_diag(*ones)
    return np.array(values), np.array(rows, float), lambda tau2: full + tau2 * extra


def restricted_maximum(part, *, covariances):
    """Maximise the restricted likelihood written out with matrices."""
    y, X, V = basic_contrasts(part, covariances=covariances)

    def minus(tau2):
        inverse = np.linalg.inv(V(tau2))
        information = X.T @ inverse @ X
        gaps = y - X @ np.linalg.solve(information, X.T @ inverse @ y)
        logs = np.linalg.slogdet(V(tau2))[1] + np.linalg.slogdet(information)[1]
        return (logs + gaps @ inverse @ gaps) / 2

    return scipy.optimize.minimize_scalar(
        minus, bounds=(0, 1), method="bounded", options={"xatol": 1e-11}
    ).x


def test_the_grid_of_reference_cases_has_not_shrunk():
    """Four networks, two of them with exact REML of our own, are still compared."""
    assert ["Senn2013", "Dong2013", "Woods2010", "onc_star_pfs_hr"] == [
        case["id"] for case in REFERENCE["cases"]
    ]
    assert {"Senn2013", "Dong2013"} == set(RESTRICTED)


@CASES
def test_tau2_and_q_equal_netmeta(case):
    """Generalised DL, Q and its split into within and between designs are netmeta's."""
    part = part_of(case)
    assert case["tau2"] == pytest.approx(between_studies("dl", part), rel=1e-8)
    total = solved(part, 0.0).q
    within, df = within_designs(part)
    assert [case["Q"], case["Q_heterogeneity"]] == pytest.approx([total, within], rel=1e-8)
    assert case["df_Q_heterogeneity"] == df
    assert case["df_Q_inconsistency"] == part.df - df
    assert case["Q_inconsistency"] == pytest.approx(total - within, abs=1e-8)


@CASES
@pytest.mark.parametrize("model", ["common", "random_DL", "random_REML", "random_ML"])
def test_estimates_equal_netmeta_at_its_tau2(case, model):
    """Whoever estimated tau², the league table and its standard errors are netmeta's at it."""
    part, fit = part_of(case), case[model]
    tau2 = {"common": 0.0, "random_DL": case["tau2"]}.get(model, fit.get("tau2"))
    effects, errors = matrices(part, solved(part, tau2), case["trts"])
    assert np.array(fit["TE"], float) == pytest.approx(effects, abs=1e-8)
    assert np.array(fit["seTE"], float) == pytest.approx(errors, abs=1e-8)


@CASES
def test_reduced_weights_equal_netmeta(case):
    """The adjusted standard errors of multi-arm contrasts are netmeta's."""
    part, ours = part_of(case), {}
    for model, tau2 in (("common", 0.0), ("random", case["tau2"])):
        weights = reduced(part, tau2).plain
        for row, weight in enumerate(weights):
            ends = frozenset((part.treatments[part.a[row]], part.treatments[part.b[row]]))
            ours[part.contrasts[part.study[row]][0].study, ends] = weight**-0.5
        table = case["seTE_adj_rows"]
        keys = zip(table["studlab"], table["treat1"], table["treat2"], strict=True)
        found = [ours[study, frozenset((a, b))] for study, a, b in keys]
        assert case[f"seTE_adj_{model}"] == pytest.approx(found, rel=1e-8)


@CASES
def test_restricted_likelihood_is_highest_at_reml(case):
    """REML is where the likelihood written out with matrices peaks, and metafor's value."""
    part = part_of(case)
    tau2 = between_studies("reml", part)
    assert restricted_maximum(part, covariances=True) == pytest.approx(tau2, abs=1e-7)
    if case["id"] not in RESTRICTED:
        assert case["random_REML"]["tau2"] == pytest.approx(tau2, abs=1e-9)
        return
    fit = RESTRICTED[case["id"]]
    assert fit["tau2"] == pytest.approx(tau2, rel=1e-6)
    effects, errors = matrices(part, solved(part, tau2), (fit["against"], *fit["treatments"]))
    assert fit["te"] == pytest.approx(effects[1:, 0], abs=1e-7)
    assert fit["se"] == pytest.approx(errors[1:, 0], abs=1e-7)


def test_netmeta_reml_leaves_out_the_covariance_of_multi_arm_studies():
    """Without that covariance the likelihood peaks where netmeta says, with it elsewhere."""
    senn = REFERENCE["cases"][0]
    part = part_of(senn)
    assert senn["random_REML"]["tau2"] == pytest.approx(
        restricted_maximum(part, covariances=False), abs=1e-7
    )
    assert senn["random_REML"]["tau2"] != pytest.approx(between_studies("reml", part), rel=0.01)


@CASES
@pytest.mark.parametrize("tau2", [0.0, 0.05, 0.5])
def test_estimates_equal_generalised_least_squares(case, tau2):
    """Reduced weights give the estimate and covariance of the whole covariance matrix."""
    part = part_of(case)
    y, X, V = basic_contrasts(part, covariances=True)
    inverse = np.linalg.inv(V(tau2))
    covariance = np.linalg.inv(X.T @ inverse @ X)
    expected = covariance @ X.T @ inverse @ y
    found = solved(part, tau2)
    assert expected == pytest.approx(found.estimates[1:], abs=1e-9)
    assert covariance == pytest.approx(found.covariance[1:, 1:], abs=1e-9)
    gaps = y - X @ expected
    assert gaps @ inverse @ gaps == pytest.approx(found.q, rel=1e-9)


def test_nothing_left_gives_no_tau2():
    """Without degrees of freedom, and where all agree, tau² in the weights is 0."""
    (chain,) = parts(read([("S", "A", "B", 1, 1), ("T", "B", "C", 1, 1)], tolerance=0.01))
    assert 0.0 == between_studies("dl", chain)
    (same,) = parts(read([("S", "A", "B", 0, 1), ("T", "A", "B", 0, 1)], tolerance=0.01))
    assert 0.0 == between_studies("reml", same)
