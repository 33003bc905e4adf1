"""The classes of arms whose phases or unnamed drugs decide them, worked out arm by arm."""

import csv
from pathlib import Path

import pytest

import kb
from kb.links import regimen_classes, treatment
from kb.store.layout import packaged
from kb.vocabulary.treatment_ids import THEN

BASE = kb.load(packaged())
WORKED_OUT = Path(__file__).parent / "regimen_classes.csv"
"""Arms, the classes that a literal reading of every phase would give besides, and those left."""

with WORKED_OUT.open(encoding="utf-8", newline="") as file:
    ARMS = [(row["arm"], row["lost"], row["left"]) for row in csv.DictReader(file)]


def _classes(address):
    trial_id, _, arm = address.partition("/")
    return regimen_classes(BASE[trial_id], arm, BASE.vocabulary)


@pytest.mark.parametrize(("arm", "lost", "left"), ARMS, ids=[arm for arm, _, _ in ARMS])
def test_classes_of_maximal_phases(arm, lost, left):
    """An arm has the classes of its maximal phases, and none of a part of them."""
    assert set(left.split(";")) - {""} == _classes(arm)
    assert not set(lost.split(";")) & _classes(arm)


def test_no_arm_is_a_sequence():
    """No arm of the corpus is given different drugs one after the other."""
    arms = [(trial, arm) for trial in BASE.values() for arm in trial.arms]
    assert len(arms) > 290
    assert [] == [
        f"{trial.id}/{arm}" for trial, arm in arms if THEN in treatment(trial, arm, BASE.vocabulary)
    ]


def test_a_phase_is_not_its_arm():
    """No combination whose maintenance is an antiangiogenic alone answers for it in first line."""
    found = kb.compare(BASE, "orr", regimen_class="single-agent-antiangiogenic", line="first")
    assert () == found.rows


CHANGED = [
    ("vi-rms-cog/mascarenhas-2010/prolonged-evaluable/orr/proportion", "chemotherapy-doublet"),
    ("sarc024/ascopost-undated-b/crossed-over/os/median", "single-agent-antiangiogenic"),
]


@pytest.mark.parametrize(("address", "regimen_class"), CHANGED, ids=["window", "crossed-over"])
def test_classes_of_what_a_number_covers(address, regimen_class):
    """A window covers the first phase; patients who went over are of the drug they went over to."""
    rows = {row.address: row for row in kb.compare(BASE, "orr,os", reports="all").rows}
    assert regimen_class in rows[address].classes


def test_a_clock_before_the_first_phase_has_no_class():
    """Progression-free survival from the earlier chemotherapy on is no result of maintenance."""
    rows = kb.compare(BASE, "pfs", trial="anlo-switch-maintenance").rows
    from_chemotherapy = [row for row in rows if row.id == "chemotherapy"]
    assert [()] == [row.classes for row in from_chemotherapy]
    assert any("single-agent-antiangiogenic" in row.classes for row in rows)
