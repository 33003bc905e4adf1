"""What consistent studies and planted slips have in common, whatever the numbers are."""

from hypothesis import assume, given, strategies as st

import audit_rates
from audit_slips import RECORD_SLIPS, SLIPS, spoil
from audit_studies import others, record, seeded, study
from builders import base_of
from kb.audits import audit, audit_table

WORDS = audit_rates.words()
SEEDS = st.integers(0, 10**9)
TRUE_OF_ALL = {*audit_rates.DESCRIBING, *audit_rates.PLAUSIBLE, "wald-at-border"}
"""Rules that describe or that notes of plausibility come from; the made-up tables use Wald's
interval here and there."""
MISSABLE = {
    "an 80 or 90 % interval sold as 95 %", "± one standard error sold as 95 %",
    "a percent of a cohort of another size", "a ratio or its bound mistyped",
    "a p-value from elsewhere", "a one-sided p, sides not stated", "a one-sided bound off by 4 points",
    "an 80 % interval of a ratio sold as 95 %", "weeks sold as months", "a bound mistyped",
    "the rate with the event sold as the rate without",
}  # fmt: skip
"""Slips that rounding, another level or another order may hide."""


@given(SEEDS)
def test_no_alarm_about_consistent_tables(seed):
    """A table that agrees with itself has no finding but what is true of it."""
    found = audit_table(study(seeded(seed)), vocabulary=WORDS)
    assert [] == [one for one in found if one.rule not in TRUE_OF_ALL]


@given(SEEDS)
def test_no_alarm_about_consistent_records(seed):
    """A record that agrees with itself has no finding."""
    random = seeded(seed)
    assert [] == audit(base_of(record(random), *others(random)))


@given(st.sampled_from([slip for slip in SLIPS if slip.words not in MISSABLE]), SEEDS)
def test_slips_in_tables_are_caught(slip, seed):
    """A slip that cannot hide is seen by a rule made for it, at a row that it touched."""
    rows, touched = audit_rates.plant(slip, seed)
    assert audit_rates.caught_by(slip, rows, touched, WORDS), (slip.words, touched)


@given(st.sampled_from(RECORD_SLIPS), SEEDS)
def test_slips_in_records_are_caught(kind, seed):
    """A slip in a record is seen by the rule made for it."""
    random = seeded(seed)
    spoiled, rules = spoil(record(random), kind)
    assert set(rules) & {one.rule for one in audit(base_of(spoiled, *others(random)))}


@given(SEEDS, st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(seed, random):
    """The same rows in another order give the same findings about the same rows."""
    rows = study(seeded(seed))
    touched = SLIPS[seed % len(SLIPS)].plant(seeded(seed), rows)
    assume(touched)
    shuffled = list(enumerate(rows, start=1))
    random.shuffle(shuffled)
    number = {new: old for new, (old, _) in enumerate(shuffled, start=1)}

    def said(findings, own):
        return sorted((one.rule, one.severity, sorted(map(own, one.rows))) for one in findings)

    before = audit_table(rows, vocabulary=WORDS)
    after = audit_table([row for _, row in shuffled], vocabulary=WORDS)
    assert said(before, int) == said(after, number.get)
