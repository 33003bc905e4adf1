"""The odd cases of the corpus: which arm stands beside which, and what is never computed."""

import pytest

import kb
from kb.comparison.reference_arms import given, reference_arms
from kb.store.layout import packaged

BASE = kb.load(packaged())
ENDPOINTS = "orr,dcr,pfs,os,efs"

REFERENCES = {
    "announce-2": {
        "olaratumab-naive": "placebo-naive", "olaratumab-pretreated": "placebo-pretreated",
    },
    "regobone": {
        "osteosarcoma-regorafenib": "osteosarcoma-placebo", "ewing-regorafenib": "ewing-placebo",
    },
    "sarc024": {"osteosarcoma-regorafenib": "osteosarcoma-placebo"},
    "conatumumab-dox": {"conatumumab": "placebo"},
    "olaratumab-phase-2": {"olaratumab-doxorubicin": "doxorubicin"},
    "vit-0910": {"vit": "vi"},
    "reecur": {"ifosfamide": "topotecan-cyclophosphamide"},
    "vi-rms-cog": {"vi-prolonged": "vi-short"},
    "sarc002": {"gemcitabine-docetaxel": "gemcitabine"},
    "congrats": {"nivolumab-relatlimab": "nivolumab"},
    "a091401": {},
    "envasarc": {},
    "gem-pazo-gem-doc": {},
    "nivo-ipi-neoadjuvant-roland": {},
    "saint": {},
}  # fmt: skip


@pytest.mark.parametrize("trial", list(REFERENCES))
def test_reference_arms(trial):
    """By part and role; without roles by a printed contrast; never of a part with one arm."""
    assert REFERENCES[trial] == reference_arms(BASE[trial])


def test_arms_of_randomised_trials():
    """Every arm of a randomised trial is a control, has one reference arm, or is known to have none."""
    none = {
        trial.id
        for trial in BASE.values()
        if trial.design.allocation == "randomised"
        for name, arm in trial.arms.items()
        if arm.role != "control" and name not in reference_arms(trial)
    }
    assert {
        "a091401", "a091902", "conatumumab-dox", "dapper", "envasarc", "gem-pazo-gem-doc",
        "nivo-ipi-neoadjuvant-roland", "olaratumab-phase-2", "reecur", "sarc024", "vi-rms-cog",
    } == none  # fmt: skip


@pytest.mark.parametrize(
    ("trial", "arm", "words"),
    [
        ("gog-0250", "gemcitabine-docetaxel-placebo", "gemcitabine + docetaxel + placebo"),
        ("anlo-epi-phase-3", "placebo-epirubicin", "placebo + epirubicin"),
        ("t-sar", "best-supportive-care", "best supportive care"),
        ("palette", "placebo", "placebo"),
        ("aldoxorubicin-phase-3", "investigators-choice", "investigator's choice"),
    ],
)
def test_what_the_comparator_was(trial, arm, words):
    """Drugs with placebo; a name where there is a choice or no active drug."""
    assert words == given(BASE[trial], arm, BASE.vocabulary)


def _beside(trial, drug, endpoints=ENDPOINTS):
    """What stands beside the arms of a trial with a drug: (mark, arm, versus)."""
    found = kb.compare(BASE, endpoints, trial=trial, drug=drug)
    return {(row.beside, row.arm, row.versus) for row in found.rows if row.beside}


@pytest.mark.parametrize(
    ("trial", "drug", "beside"),
    [
        (
            "sarc024", "regorafenib",
            {
                ("control", "osteosarcoma-placebo", ""),
                ("contrast", "osteosarcoma-regorafenib", "osteosarcoma-placebo"),
            },
        ),
        ("vit-0910", "temozolomide", {("control", "vi", ""), ("contrast", "vi", "vit")}),
        (
            "reecur", "ifosfamide",
            {
                ("control", "topotecan-cyclophosphamide", ""),
                ("contrast", "ifosfamide", "topotecan-cyclophosphamide"),
            },
        ),
        ("reecur", "topotecan", set()),
        ("congrats", "relatlimab", {("control", "nivolumab", "")}),
        (
            "regobone", "regorafenib",
            {("control", "osteosarcoma-placebo", ""), ("control", "ewing-placebo", "")},
        ),
        ("gem-pazo-gem-doc", "pazopanib", set()),
        ("papagemo", "pazopanib", {("contrast", "pazopanib-gemcitabine", "pazopanib")}),
        (
            "papagemo", "gemcitabine",
            {("control", "pazopanib", ""), ("contrast", "pazopanib-gemcitabine", "pazopanib")},
        ),
    ],
)  # fmt: skip
def test_beside(trial, drug, beside):
    """Controls only beside an experimental arm, once, and none found by itself is repeated."""
    assert beside == _beside(trial, drug)


def test_nothing_beside_a_control():
    """A question about single-agent pazopanib is not turned into one about the combination."""
    found = kb.compare(
        BASE, ENDPOINTS, trial="papagemo", regimen_class="single-agent-antiangiogenic"
    )
    assert {"pazopanib"} == {row.arm for row in found.rows}


def test_every_class_of_the_vocabulary():
    """Of no class does a row beside repeat an answer, is computed without comparison, or lacks one."""
    for one in BASE.vocabulary.regimen_classes:
        found = kb.compare(BASE, ENDPOINTS, regimen_class=one)
        answers = {row.address for row in found.answers}
        addresses = [row.address for row in found.rows]
        assert len(set(addresses)) == len(addresses)
        reports = {(row.trial, row.report) for row in found.answers}
        for row in found.rows:
            if row.beside:
                assert row.trial in {name for name, _ in reports}
                assert row.address not in answers
            if row.beside == "control":
                assert (row.trial, row.report) in reports
                assert "control" == BASE[row.trial].arms[row.arm].role or row.trial in (
                    "reecur", "vi-rms-cog",
                )  # fmt: skip
            if row.beside == "contrast" and row.value_source == "computed":
                assert BASE[row.trial].design.is_comparative


def test_crossover():
    """Overall survival of a control that could cross over has its caveat."""
    found = kb.compare(BASE, "os", trial="sarc024", drug="regorafenib")
    assert ["OS: the control arm was allowed to cross over (sarc024)"] == [
        one.message for one in found.caveats if one.rule == "crossover-allowed"
    ]


def test_mixed_histology():
    """LEADER is marked by its printed count."""
    found = kb.compare(BASE, "orr", trial="leader", histology="liposarcoma")
    assert ["leader 9 of 30 liposarcoma, no number of their own"] == [
        one.message for one in found.caveats if one.rule == "histology-mixed"
    ]
