"""The closed word lists of the record format: words that code relies on, unlike the vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from kb.base import Word, term
from kb.printed import reading, time, unit

Allocation = Literal["single-arm", "parallel-cohorts", "randomised"]
Timing = Literal["prospective", "retrospective", "not-stated"]
Masking = Literal["open-label", "single-blind", "double-blind", "not-stated"]
Line = Literal[
    "first",
    "anthracycline-naive",
    "second",
    "previously-treated",
    "maintenance",
    "neoadjuvant",
    "adjuvant",
    "mixed",
    "not-stated",
]
Extent = Literal[
    "localised", "locally-advanced", "unresectable", "recurrent", "metastatic", "advanced"
]
Read = reading.Read
PopulationName = Literal[
    "intention-to-treat", "treated", "response-evaluable", "per-protocol", "safety", "not-stated"
]
Confirmed = Literal["confirmed", "unconfirmed", "not-stated"]
Estimator = Literal["kaplan-meier", "meta-analysis", "not-stated"]
Approximation = Literal["about", "just-under", "under", "over", "up-to", "at-least"]
Origin = Literal[
    "randomisation",
    "enrolment",
    "first-dose",
    "maintenance-start",
    "earlier-therapy",
    "diagnosis",
    "response",
    "surgery",
    "not-stated",
]
ContrastKind = Literal[
    "randomised", "non-comparative", "observational", "prognostic", "unadjusted", "interaction"
]
Sides = Literal["one", "two", "not-stated"]
IntervalSides = Literal["two", "lower", "upper"]
Relation = Literal["treatment-related", "any", "not-stated"]
FlowStep = Literal[
    "planned",
    "screened",
    "enrolled",
    "included",
    "randomised",
    "lead-in",
    "treated",
    "evaluable",
    "analysed",
    "excluded",
    "ineligible",
    "discontinued",
    "maintenance-started",
    "maintenance-not-started",
    "completed",
    "crossed-over",
    "dose-reduced",
    "dose-delayed",
    "subsequent-therapy",
    "ongoing",
    "followed-up",
    "lost-to-follow-up",
    "withdrawn",
    "surgery",
    "progressed",
    "alive",
    "died",
    "other",
]
SubgroupKey = Literal[
    "histology", "biomarker", "prior-therapy", "drug-received", "age", "responders", "other"
]
Responders = Literal["objective", "confirmed", "choi-partial", "not-stated"]
Unit = time.UnitName
if TYPE_CHECKING:
    IntervalUnit = str
else:
    IntervalUnit = Literal[unit.UNITS_OF_BOUNDS]
ChosenBy = Literal["investigator", "patient", "site", "stratum"]
Role = Literal["experimental", "control"]
Unnamed = Literal["one", "some"]
ComponentRole = Literal["active", "supportive", "placebo"]

DrugId = Annotated[Word, term("drug")]
HistologyId = Annotated[Word, term("histology")]
EndpointId = Annotated[Word, term("endpoint")]
CriteriaId = Annotated[Word, term("criteria")]
AssessorId = Annotated[Word, term("assessor")]
