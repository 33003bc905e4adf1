"""Which phases a number covers: its clock, `covers`, and drugs received outside the regimen."""

import pytest

from builders import analysis_set, arm, base_of, estimate, report, trial
from kb.rows.cached import rows_by_trial


def _rows(phases, *, figure=None, chosen=None):
    """The one row of a trial whose arm has these phases."""
    one = {**arm("doxorubicin"), "regimen": {"from": "smith-2020", "phases": phases}}
    made = trial(
        arms={"one": one},
        reports={
            "smith-2020": report(
                {"one": analysis_set(**(chosen or {}))}, [estimate(**(figure or {}))]
            )
        },
    )
    return rows_by_trial(base_of(made))["alpha"]


def _stretch(name, *drugs, **more):
    return {"phase": name, "components": [{"drug": drug, **more} for drug in drugs]}


INDUCTION = _stretch("induction", "doxorubicin", "ifosfamide")
MAINTENANCE = _stretch("maintenance", "anlotinib")
FOR_SOME = _stretch("maintenance", "anlotinib", who="responders")
THEN = "doxorubicin+ifosfamide..anlotinib"

COVERED = [
    ([INDUCTION, MAINTENANCE], {}, {}, THEN, "every phase"),
    ([INDUCTION, FOR_SOME], {}, {}, "anlotinib+doxorubicin+ifosfamide", "a phase for some"),
    ([INDUCTION, MAINTENANCE], {"covers": "induction"}, {}, "doxorubicin+ifosfamide", "figure"),
    ([INDUCTION, MAINTENANCE], {}, {"covers": ["maintenance"]}, "anlotinib", "set"),
    (
        [INDUCTION, MAINTENANCE], {"covers": "induction"}, {"covers": "maintenance"},
        "doxorubicin+ifosfamide", "the figure is nearer",
    ),
    ([INDUCTION, FOR_SOME], {}, {"covers": "maintenance"}, "anlotinib", "named though for some"),
    (
        [INDUCTION, MAINTENANCE], {"origin": "maintenance-start"}, {}, "anlotinib",
        "clock of maintenance",
    ),
    ([INDUCTION], {"origin": "maintenance-start"}, {}, "doxorubicin+ifosfamide", "no such phase"),
    (
        [INDUCTION], {}, {"subgroup": {"drug-received": ["anlotinib"]}}, "anlotinib",
        "went over to another drug",
    ),
    (
        [INDUCTION], {}, {"subgroup": {"drug-received": ["doxorubicin"]}},
        "doxorubicin+ifosfamide", "a drug of the regimen",
    ),
    (
        [INDUCTION], {}, {"subgroup": {"drug-received": ["doxorubicin", "anlotinib"]}},
        THEN, "the regimen, then another drug",
    ),
    (
        [INDUCTION], {}, {"subgroup": {"drug-received": ["doxorubicin", "pegfilgrastim"]}},
        "doxorubicin+ifosfamide", "a supportive drug outside the regimen",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("phases", "figure", "chosen", "drugs"),
    [one[:4] for one in COVERED],
    ids=[one[4] for one in COVERED],
)
def test_treatment_of_a_number(phases, figure, chosen, drugs):
    """A number is about the phases that it covers."""
    assert [drugs] == [row.drugs for row in _rows(phases, figure=figure, chosen=chosen)]


@pytest.mark.parametrize("origin", ["diagnosis", "earlier-therapy"])
def test_a_clock_before_treatment_has_no_class(origin):
    """What was given before the first phase is not recorded, so the number has no class."""
    assert [()] == [row.classes for row in _rows([INDUCTION], figure={"origin": origin})]


def test_a_clock_before_treatment_has_the_classes_of_what_it_covers():
    """The phases that a number names are recorded, wherever its clock starts."""
    named = {"origin": "earlier-therapy", "covers": ["induction", "maintenance"]}
    (row,) = _rows([_stretch("induction", "doxorubicin"), MAINTENANCE], figure=named)
    assert ("chemotherapy..antiangiogenic",) == row.classes
    (of_set,) = _rows(
        [INDUCTION, MAINTENANCE],
        figure={"origin": "earlier-therapy"},
        chosen={"covers": "maintenance"},
    )
    assert () == of_set.classes


def test_received_combination():
    """Of alternatives, those who received two drugs are about the one that has both."""
    either = {
        "components": [
            {
                "one_of": [
                    [{"drug": "pembrolizumab"}],
                    [{"drug": "pembrolizumab"}, {"drug": "axitinib"}],
                    [{"drug": "doxorubicin"}],
                ]
            }
        ]
    }
    both = _rows([either], chosen={"subgroup": {"drug-received": ["axitinib", "pembrolizumab"]}})
    assert ["axitinib&pembrolizumab"] == [row.drugs for row in both]
    one = _rows([either], chosen={"subgroup": {"drug-received": ["pembrolizumab"]}})
    assert ["axitinib&pembrolizumab/pembrolizumab"] == [row.drugs for row in one]
    apart = _rows([either], chosen={"subgroup": {"drug-received": ["axitinib", "doxorubicin"]}})
    assert ["axitinib&pembrolizumab/doxorubicin"] == [row.drugs for row in apart]


def test_received_alternative():
    """Those who received one of several alternatives are about that one."""
    either = {"components": [{"one_of": [[{"drug": "doxorubicin"}], [{"drug": "anlotinib"}]]}]}
    whole = _rows([either])
    part = _rows([either], chosen={"subgroup": {"drug-received": ["anlotinib"]}})
    assert ["anlotinib/doxorubicin"] == [row.drugs for row in whole]
    assert ["anlotinib"] == [row.drugs for row in part]
    assert "antiangiogenic" in part[0].classes
    assert () == whole[0].classes


def test_several_arms_share_their_classes():
    """A set of two arms has the classes that both have."""
    made = trial(
        arms={"one": arm("doxorubicin"), "two": arm("doxorubicin", "ifosfamide")},
        reports={"smith-2020": report({"one": analysis_set(arm=["one", "two"])}, [estimate()])},
    )
    (row,) = rows_by_trial(base_of(made))["alpha"]
    assert ("chemotherapy",) == row.classes
    assert ("doxorubicin", "doxorubicin+ifosfamide") == row.treatments
