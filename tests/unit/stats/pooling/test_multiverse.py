"""Every reasonable model of the same arms, and whose default it is."""

from kb.stats.pooling.multiverse import multiverse
from kb.stats.pooling.pool import pool_proportions

ARMS = [3, 12, 0, 7], [17, 41, 12, 20]


def test_every_combination_appears_once_with_its_own_answer():
    """Exact likelihood twice, and three scales × (common + four tau² × two intervals)."""
    rows = multiverse(*ARMS)
    assert 2 + 3 * (1 + 4 * 2) == len({row[:4] for row in rows}) == len(rows)
    for row in rows:
        alone = pool_proportions(
            *ARMS,
            method=row.method,
            model=row.model,
            tau2=row.tau2 or None,
            adjust=row.adjust,
        )
        assert (alone.value, alone.low, alone.high) == (
            row.pooled.value,
            row.pooled.low,
            row.pooled.high,
        )
        assert (row.tau2 == "") == (row.model == "common")


def test_defaults_are_named_only_where_a_manual_says_so():
    """rma.glmm and metaprop for the exact likelihood, REML and DL by version, nothing adjusted."""
    defaults = {row[:4]: row.default_of for row in multiverse(*ARMS)}
    assert (
        "meta::metaprop(x, n) since 4.9-6",
        'metafor::rma.glmm(measure="PLO")',
    ) == defaults["glmm", "random", "ml", "none"]
    assert 'metafor::rma(measure="PFT")' in defaults["freeman-tukey", "random", "reml", "none"]
    assert ('meta::metaprop(method="Inverse") before 5.0-0',) == (
        defaults["logit", "random", "dl", "none"]
    )
    assert {"none"} == {adjust for (*_, adjust), named in defaults.items() if named}


def test_the_level_reaches_every_row():
    """At 80% every interval is inside that at 95%."""
    for narrow, wide in zip(multiverse(*ARMS, level=80), multiverse(*ARMS), strict=True):
        assert wide.pooled.low <= narrow.pooled.low
        assert narrow.pooled.high <= wide.pooled.high
