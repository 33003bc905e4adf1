"""What a record says: pydantic models of trials, arms, reports and numbers."""

from kb.model.address import Address
from kb.model.citation import Citation
from kb.model.estimate import Assessment, Contrast, Estimate, Interval
from kb.model.patients import AnalysisSet, Subgroup
from kb.model.population import Population
from kb.model.regimen import Alternatives, Component, Phase, Regimen
from kb.model.report import Report
from kb.model.trial import Arm, Design, Trial

__all__ = [
    "Address",
    "Alternatives",
    "AnalysisSet",
    "Arm",
    "Assessment",
    "Citation",
    "Component",
    "Contrast",
    "Design",
    "Estimate",
    "Interval",
    "Phase",
    "Population",
    "Regimen",
    "Report",
    "Subgroup",
    "Trial",
]
