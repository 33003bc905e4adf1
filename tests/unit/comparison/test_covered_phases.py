"""Numbers that cover some phases of their arm, found by what those phases are."""

import kb
from builders import analysis_set, arm, base_of, contrast, estimate, randomised, report


def _stretch(name, *drugs):
    return {"phase": name, "components": [{"drug": drug} for drug in drugs]}


def _base():
    """Doxorubicin then pembrolizumab against doxorubicin, with a number of the maintenance."""
    phases = [_stretch("induction", "doxorubicin"), _stretch("maintenance", "pembrolizumab")]
    one = {**arm("doxorubicin"), "regimen": {"from": "smith-2020", "phases": phases}}
    sets = {
        "one": analysis_set("one"),
        "two": analysis_set("two"),
        "maintained": analysis_set("one", 20, covers="maintenance"),
    }
    numbers = [
        estimate("pfs", "one"),
        estimate("pfs", "two"),
        estimate("pfs", "maintained", value="3.0", origin="maintenance-start"),
    ]
    return base_of(
        randomised(
            "alpha",
            one,
            arm("doxorubicin"),
            reports={"smith-2020": report(sets, numbers, contrasts=[contrast()])},
        )
    )


def _sets(regimen_class, **more):
    found = kb.compare(_base(), "pfs", regimen_class=regimen_class, **more)
    return [(row.set, row.measure) for row in found.rows]


def test_a_number_is_found_by_the_phase_that_it_covers():
    """Of all numbers the one of the maintenance is of a checkpoint inhibitor alone.

    Its clock is not that of the reference arm, and the hazard ratio is not of its phase.
    """
    assert [("maintained", "median")] == _sets("checkpoint-inhibitor")


def test_a_number_of_all_phases_has_its_reference_arm_beside_it():
    """The sequence has the reference arm and the hazard ratio beside it, and no maintenance."""
    assert [("one", "median"), ("two", "median"), ("one", "hazard-ratio")] == _sets(
        "chemotherapy..checkpoint-inhibitor"
    )


def test_an_arm_is_selected_by_all_its_phases():
    """An arm has the classes of all its phases, whatever single numbers of it cover."""
    base = _base()
    assert [] == list(kb.select(base, regimen_class="checkpoint-inhibitor"))
    assert ["one"] == [
        one.arm_id for one in kb.select(base, regimen_class="chemotherapy..checkpoint-inhibitor")
    ]


def test_gaps_count_the_phase_that_a_number_covers():
    """The cell of a class holds the number of one phase, asked for by class or not."""
    base = _base()
    for asked in ({}, {"regimen_class": "checkpoint-inhibitor"}):
        cell = next(
            one
            for one in kb.gaps(base, **asked).cells
            if (one.regimen_class, one.endpoint) == ("checkpoint-inhibitor", "pfs")
        )
        assert 20 == cell.patients
        assert ["alpha"] == list(cell.trials)
