"""Direct and indirect evidence against netsplit and in networks where one of them is missing."""

import json
from math import erfc, isnan
from pathlib import Path

import pytest

from kb.stats.network.estimate import network_effects

REFERENCE = json.loads(
    (Path(__file__).parents[3] / "reference" / "nma.json").read_text(encoding="utf-8")
)
COLUMNS = ("studlab", "treat1", "treat2", "TE", "seTE")


def number(value):
    return float(value) if value not in ("NA", "NaN") else float("nan")


@pytest.mark.parametrize("model", ["common", "random"])
@pytest.mark.parametrize("case", REFERENCE["cases"], ids=lambda case: case["id"])
def test_back_calculation_equals_netsplit(case, model):
    """Every comparison's direct, indirect and difference, with errors and p, are netmeta's."""
    table, fit = case["input_contrasts"], case["netsplit_back_calculation"]
    network = network_effects(zip(*(table[c] for c in COLUMNS), strict=True), model=model)
    ours = {(row.a, row.b): row for row in network.split()}
    assert len(fit["comparison"]) == len(ours)
    for i, comparison in enumerate(fit["comparison"]):
        a, b = comparison.split(":")
        sign, row = (1, ours[a, b]) if (a, b) in ours else (-1, ours[b, a])
        assert fit["k"][i] == row.k
        assert number(fit[f"prop_{model}"][i]) == pytest.approx(row.proportion, abs=1e-8)
        for name, effect in (
            ("direct", row.direct),
            ("indirect", row.indirect),
            ("diff", row.difference),
        ):
            theirs = fit[f"{name}_{model}"]
            expected = [number(theirs["TE"][i]), number(theirs["seTE"][i])]
            assert expected == pytest.approx(
                [sign * effect.value, effect.se], rel=1e-8, abs=1e-8, nan_ok=True
            )
        p = number(fit[f"diff_{model}"]["p"][i])
        assert p == pytest.approx(row.p, abs=1e-7, nan_ok=True)


def test_a_star_is_all_direct_or_all_indirect():
    """Without loops, comparisons with the centre are direct only and the others indirect only."""
    network = network_effects([("S", "A", "P", 0.1, 0.1), ("T", "B", "P", 0.3, 0.2)])
    rows = {(row.a, row.b): row for row in network.split()}
    assert [("A", "B"), ("A", "P"), ("B", "P")] == list(rows)
    indirect, direct = rows["A", "B"], rows["B", "P"]
    assert (0, 0.0) == (indirect.k, indirect.proportion)
    assert -0.2 == pytest.approx(indirect.indirect.value)
    assert isnan(indirect.direct.value)
    assert 1 == direct.k
    assert 0.3 == pytest.approx(direct.direct.value)
    assert all(map(isnan, (direct.indirect.value, direct.difference.value, direct.z, direct.p)))


def test_a_triangle_is_split_by_its_own_equation():
    """One study per side: indirect is the sum of the other two sides, with their variances."""
    network = network_effects(
        [("S", "A", "B", 0.1, 0.1), ("T", "B", "C", 0.2, 0.2), ("U", "A", "C", 0.9, 0.3)],
        model="common",
    )
    row = next(row for row in network.split() if (row.a, row.b) == ("A", "C"))
    assert (0.9, 0.3) == pytest.approx((row.direct.value, row.direct.se))
    assert (0.3, 0.05**0.5) == pytest.approx((row.indirect.value, row.indirect.se))
    assert 0.6 / 0.14**0.5 == pytest.approx(row.z)
    assert 0.14**0.5 == pytest.approx(row.difference.se)


@pytest.mark.parametrize(("ratio", "known"), [(0.95e-4, False), (1.05e-4, True)])
def test_indirect_evidence_below_a_share_of_1e_8_is_none(ratio, known):
    """A direct error of r times the indirect one is a share of 1/(1 + r²): 1 − 1e-8 is the limit."""
    network = network_effects(
        [
            ("S", "A", "B", 0.5, ratio),
            ("T", "A", "C", 0.2, 0.5**0.5),
            ("U", "C", "B", 0.1, 0.5**0.5),
        ],
        model="common",
    )
    row = network.split()[0]
    assert ("A", "B", 1) == (row.a, row.b, row.k)
    assert known == (not isnan(row.indirect.value)) == (not isnan(row.p))
    assert 1 / (1 + ratio**2) == pytest.approx(row.proportion, abs=1e-15)
    if known:
        assert 0.3 == pytest.approx(row.indirect.value, abs=1e-3)


def test_a_comparison_is_turned_to_the_alphabet():
    """Direct evidence given as B versus A counts with its sign turned as A versus B."""
    network = network_effects(
        [("S", "B", "A", -0.4, 0.1), ("T", "A", "B", 0.2, 0.1), ("U", "B", "C", 0.1, 0.1)],
        model="common",
    )
    row = network.split()[0]
    assert (0.3, 2, 1.0) == pytest.approx((row.direct.value, row.k, row.proportion))
    assert 0.1 / 2**0.5 == pytest.approx(row.direct.se)


def test_the_p_of_a_difference_is_two_sided():
    """The z and the p are those of a normal difference, whichever way it points."""
    for sign in (1, -1):
        network = network_effects(
            [("S", "A", "B", 0.5 * sign, 0.1), ("T", "A", "C", 0, 0.1), ("U", "C", "B", 0, 0.1)],
            model="common",
        )
        row = network.split()[0]
        assert sign * 0.5 / (0.03**0.5) == pytest.approx(row.z)
        assert erfc(abs(row.z) / 2**0.5) == pytest.approx(row.p)
