"""What fields take, in words."""

import pytest

from kb.model import Trial
from kb.model.estimate import Estimate
from kb.model.patients import AnalysisSet, Harm
from kb.model.report import Report
from kb.model.trial import Arm, Design
from kb.store.field_words import field_of, fields_of, takes


@pytest.mark.parametrize(
    ("model", "name", "said"),
    [
        (Design, "allocation", "one of single-arm, parallel-cohorts, randomised"),
        (Design, "comparative", "true or false: false where arms were randomised but not to be compared"),
        (Design, "alpha", "a number as printed: planned type I error, as printed"),
        (Trial, "phase", "one of 1, 1a, 1b, 1/2, 1b/2, 2, 2a, 2b, 2/3, 3, 4, not-applicable, not-stated"),
        (Trial, "registrations", "a list, each text"),
        (Trial, "arms", ""),
        (Trial, "overlaps", "a list, each a map of sets, patients, note"),
        (Harm, "drug", "a drug of the vocabulary (kb terms drug): the drug blamed, if printed"),
        (Harm, "events", "a whole number"),
        (Estimate, "primary", "true or false: a primary endpoint of the trial"),
        (Estimate, "at", "a duration such as {weeks: 12}: the time point of a landmark"),
        (
            Estimate, "value",
            "a number as printed, or not-reached, not-estimable, not-given: percent, or time in "
            "`unit`; may be a state",
        ),
        (AnalysisSet, "of", "an id of lower-case letters, digits and hyphens: the set of which this is a part"),
        (Report, "data_cut", "a map of date, locator"),
    ],
)  # fmt: skip
def test_takes(model, name, said):
    """A field says its values, its kind of term or text, and what its description adds."""
    assert said == takes(field_of(model, name))


def test_fields():
    """Fields go by the names that records use; there is none of another name."""
    assert ["name", "role", "part", "cohort", "population", "regimen", "note"] == fields_of(Arm)
    assert "from" in fields_of(Design)
    assert field_of(Arm, "rol") is None
    assert field_of(Design, "from_") is None
