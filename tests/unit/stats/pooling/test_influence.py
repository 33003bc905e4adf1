"""Case diagnostics against metafor's influence()."""

import json
from pathlib import Path

import pytest

from kb.stats.pooling.influence import influence
from kb.stats.pooling.pool import pool_effects

REFERENCE = json.loads(
    (Path(__file__).parents[3] / "reference" / "ratio_meta.json").read_text(encoding="utf-8")
)
CASES = [case for case in REFERENCE["cases"] if "influence_REML" in case]


def test_the_grid_of_reference_cases_has_not_shrunk():
    """Three sets of effects are still compared."""
    assert 3 == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_diagnostics_equal_metafor(case):
    """Residual, dffits, Cook's distance, weight and tau² without are metafor's under REML."""
    rows, fit = influence(case["yi"], case["sei"]), case["influence_REML"]
    for theirs, ours in (
        ("rstudent", "residual"),
        ("dffits", "dffits"),
        ("cooks_d", "cooks_distance"),
        ("hat", "weight"),
        ("tau2_del", "tau2_without"),
    ):
        assert fit[theirs] == pytest.approx([getattr(r, ours) for r in rows], rel=1e-6, abs=1e-9)


def test_weights_add_up_and_labels_travel():
    """The weights of all studies are 1; without one, tau² is that of the others."""
    data = [0.1, 0.9, 0.3], [0.1, 0.2, 0.1]
    rows = influence(*data, labels=["A", "B", "C"], tau2="dl")
    assert 1.0 == pytest.approx(sum(row.weight for row in rows))
    assert "B" == rows[1].label
    assert pool_effects([0.1, 0.3], [0.1, 0.1], tau2="dl").tau2 == rows[1].tau2_without


def test_two_studies_are_too_few():
    """Without one of two, nothing varies."""
    with pytest.raises(ValueError, match="at least three studies, not 2"):
        influence([0.1, 0.2], [0.1, 0.1])
