"""Which rows share patients, and why."""

import pytest

import kb
from builders import analysis_set, base_of, estimate, report, trial
from kb.rows.identity import shared_patients

SETS = {
    "one": analysis_set(),
    "evaluable": analysis_set(population="response-evaluable"),
    "lms": analysis_set(n=10, subgroup={"histology": "leiomyosarcoma"}),
    "lps": analysis_set(n=10, subgroup={"histology": "liposarcoma"}),
    "sts": analysis_set(n=10, subgroup={"histology": "soft-tissue-sarcoma"}),
    "old": analysis_set(n=10, subgroup={"age": "over 65"}),
    "young": analysis_set(n=10, subgroup={"age": "under 65"}),
}
OWN = report(SETS, [estimate(of=name, events=5) for name in SETS])
OVERLAP = {"sets": ["smith-2020/one", "beta/smith-2020/one"], "patients": "some"}
BASE = base_of(
    trial("alpha", reports={"smith-2020": OWN}, overlaps=[OVERLAP]), trial("beta"), trial("gamma")
)
ROWS = {f"{row.trial} {row.set}": row for row in kb.compare(BASE, "orr").rows}


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("alpha one", "alpha one", "both are about alpha/smith-2020/one"),
        ("alpha one", "alpha evaluable", "both are about arm one of alpha"),
        (
            "alpha one",
            "alpha lms",
            "alpha/smith-2020/lms is a part of alpha/smith-2020/one",
        ),
        (
            "alpha lms",
            "alpha one",
            "alpha/smith-2020/lms is a part of alpha/smith-2020/one",
        ),
        (
            "alpha one",
            "beta one",
            "alpha/smith-2020/one and beta/smith-2020/one share patients (some)",
        ),
        ("alpha one", "gamma one", ""),
        ("alpha lms", "alpha lps", ""),
        ("alpha lms", "alpha sts", "both are parts of arm one of alpha"),
        ("alpha old", "alpha young", ""),
        ("alpha old", "alpha lms", "both are parts of arm one of alpha"),
    ],
)
def test_shared_patients(one, other, why):
    """One set, one arm, a part and its whole, declared overlaps; not what excludes each other."""
    assert why == shared_patients(ROWS[one], ROWS[other], BASE)
