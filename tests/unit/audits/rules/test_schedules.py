"""What the reports of a trial say was given, against each other."""

from builders import arm, report, trial

DOSE = {"amount": "75", "unit": "mg", "per": "m2"}
GIVEN = {"drug": "doxorubicin", "dose": DOSE, "days": ["1"], "every": {"weeks": 3}}


def _noted(*notes, given=GIVEN, phases=None, paper="full-text", **more):
    """A paper that gives doxorubicin in an arm, and a registry entry that says it otherwise."""
    own = arm(*([given] if isinstance(given, dict) else given))
    if phases is not None:
        own["regimen"]["phases"] = phases
    printed = [{"drug": "doxorubicin", "locator": "p1", **note} for note in notes]
    printed = [{key: value for key, value in note.items() if value} for note in printed]
    entry = {"read": "registry", "citation": {"container": "Registry", "year": 2019}, **more}
    reports = {
        "smith-2020": report(read=paper),
        "registry-2019": report(estimates=[], regimens={"one": printed}, **entry),
    }
    return [trial(arms={"one": own}, reports=reports)]


def _phase(name, *components, **more):
    """A phase of treatment."""
    return {"phase": name, "components": list(components), **more}


ONCE = {"drug": "doxorubicin", "days": ["1"]}


WEEKLY = [("warning", "doxorubicin in one: every 1 weeks, against every 3 weeks in smith-2020.")]

BOUNDARIES = {
    "schedule-conflict": [
        ("the same rhythm", _noted({"every": {"weeks": 3}}), []),
        ("the same rhythm in days", _noted({"every": {"days": 21}}), []),
        ("another rhythm", _noted({"every": {"weeks": 1}}), WEEKLY),
        ("a day more", _noted({"every": {"days": 22}}), [("warning", "every 22 days, against every 3 weeks")]),
        ("months and weeks", _noted({"every": {"months": 1}}, given={**GIVEN, "every": {"weeks": 4}}), [("warning", "every 1 months, against every 4 weeks")]),
        ("years and months", _noted({"every": {"years": 1}}, given={**GIVEN, "every": {"months": 12}}), []),
        ("no rhythm in the entry", _noted({"days": ["1"]}), []),
        ("no rhythm in the arm", _noted({"every": {"weeks": 1}}, given=ONCE), []),
        ("the rhythm of the cycle", _noted({"every": {"weeks": 1}}, phases=[_phase("induction", ONCE, every={"weeks": 3})]), WEEKLY),
        ("its own rhythm before that of the cycle", _noted({"every": {"weeks": 3}}, phases=[_phase("induction", GIVEN, every={"weeks": 6})]), []),
        ("the same days", _noted({"days": ["1"]}), []),
        ("other days", _noted({"days": ["1", "8"]}), [("warning", "doxorubicin in one: on days 1, 8, against 1 in smith-2020.")]),
        ("days as a range", _noted({"days": ["1-3"]}, given={**GIVEN, "days": ["1", "2", "3"]}), []),
        ("days as a range with a dash", _noted({"days": ["1 – 3"]}, given={**GIVEN, "days": ["1", "2", "3"]}), []),
        ("days as a range, one day short", _noted({"days": ["1-2"]}, given={**GIVEN, "days": ["1", "2", "3"]}), [("warning", "on days 1-2, against 1, 2, 3")]),
        ("days in words", _noted({"days": ["1 and 8"]}), []),
        ("days in words in the arm", _noted({"days": ["8"]}, given={**GIVEN, "days": ["1", "as needed"]}), []),
        ("rhythm and days", _noted({"every": {"weeks": 1}, "days": ["8"]}), [*WEEKLY, ("warning", "on days 8, against 1")]),
        ("of some cycles", _noted({"every": {"weeks": 1}, "cycles": {"from": "4"}}), []),
        ("of some patients", _noted({"every": {"weeks": 1}, "who": "over 65"}), []),
        ("of a titration", _noted({"every": {"weeks": 1}, "titration": {"from": "50", "to": "75"}}), []),
        ("with a later change", _noted({"every": {"weeks": 1}, "later": {"amount": "60"}}), []),
        ("of some patients in the arm", _noted({"every": {"weeks": 1}}, given={**GIVEN, "who": "over 65"}), []),
        ("said twice", _noted({"every": {"weeks": 1}}, {"every": {"weeks": 2}}), []),
        ("given twice", _noted({"every": {"weeks": 1}}, phases=[_phase("induction", GIVEN), _phase("maintenance", GIVEN)]), []),
        ("given twice, and one named", _noted({"every": {"weeks": 1}, "phase": "induction"}, phases=[_phase("induction", GIVEN), _phase("maintenance", {**GIVEN, "every": {"weeks": 1}})]), WEEKLY),
        ("given twice, and the other named", _noted({"every": {"weeks": 1}, "phase": "maintenance"}, phases=[_phase("induction", GIVEN), _phase("maintenance", {**GIVEN, "every": {"weeks": 1}})]), []),
        ("given once, and another phase named", _noted({"every": {"weeks": 1}, "phase": "maintenance"}, phases=[_phase("induction", GIVEN)]), WEEKLY),
        ("of another drug", _noted({"every": {"weeks": 1}, "drug": "ifosfamide"}), []),
        ("of no drug", _noted({"every": {"weeks": 1}, "drug": None}), []),
        ("of an alternative", _noted({"every": {"weeks": 1}}, given=[{"one_of": [[GIVEN], [{"drug": "ifosfamide"}]]}]), WEEKLY),
        ("the paper is as far as the entry", _noted({"every": {"weeks": 1}}, read="full-text"), WEEKLY),
        ("the paper is the further one", _noted({"every": {"weeks": 1}}, paper="news"), [("warning", "doxorubicin in one: every 3 weeks, against every 1 weeks in registry-2019.")]),
        ("second-hand is further, however it was read", _noted({"every": {"weeks": 1}}, paper="news", read="full-text", relays={"doi": "10.1000/1"}), WEEKLY),
        ("two drugs with each other's rhythm",
         _noted({"every": {"weeks": 12}}, {"drug": "anlotinib", "every": {"weeks": 3}}, given=[GIVEN, {"drug": "anlotinib", "every": {"weeks": 12}}]),
         [("warning", "every 12 weeks, against every 3 weeks in smith-2020; anlotinib has that rhythm there, so the two may be swapped."),
          ("warning", "every 3 weeks, against every 12 weeks in smith-2020; doxorubicin has that rhythm there, so the two may be swapped.")]),
        ("two drugs, one with the other's rhythm",
         _noted({"every": {"weeks": 12}}, {"drug": "anlotinib", "every": {"weeks": 12}}, given=[GIVEN, {"drug": "anlotinib", "every": {"weeks": 12}}]),
         [("warning", "every 12 weeks, against every 3 weeks in smith-2020.")]),
        ("two drugs with other rhythms",
         _noted({"every": {"weeks": 12}}, {"drug": "anlotinib", "every": {"weeks": 3}}, given=[GIVEN, {"drug": "anlotinib", "every": {"weeks": 6}}]),
         [("warning", "every 12 weeks, against every 3 weeks in smith-2020."), ("warning", "every 3 weeks, against every 6 weeks in smith-2020; doxorubicin has that rhythm there")]),
    ],
    "dose-conflict": [
        ("the same dose", _noted({"dose": DOSE}), []),
        ("the same dose in grams", _noted({"dose": {**DOSE, "amount": "0.075", "unit": "g"}}), []),
        ("another dose", _noted({"dose": {**DOSE, "amount": "76"}}), [("warning", "doxorubicin in one: 76 mg/m², against 75 mg/m² in smith-2020.")]),
        ("no unit", _noted({"dose": {"amount": "75", "per": "m2"}}), []),
        ("no unit, another number", _noted({"dose": {"amount": "76", "per": "m2"}}), [("warning", "76 /m², against 75 mg/m²")]),
        ("nothing that it is per", _noted({"dose": {"amount": "75", "unit": "mg"}}), [("note", "75 mg, against 75 mg/m² in smith-2020.")]),
        ("nothing that it is per, another number", _noted({"dose": {"amount": "60", "unit": "mg"}}), [("warning", "60 mg, against 75 mg/m²")]),
        ("flat, as of the least surface", _noted({"dose": {"amount": "112.5", "unit": "mg"}}), [("note", "112.5 mg, against 75 mg/m² in smith-2020; alike in a patient of 1.5 m².")]),
        ("flat, of less", _noted({"dose": {"amount": "112", "unit": "mg"}}), [("warning", "112 mg, against 75 mg/m² in smith-2020.")]),
        ("flat, as of the largest surface", _noted({"dose": {"amount": "157.5", "unit": "mg"}}), [("note", "alike in a patient of 2.1 m².")]),
        ("flat, of more", _noted({"dose": {"amount": "158", "unit": "mg"}}), [("warning", "158 mg, against 75 mg/m² in smith-2020.")]),
        ("flat in grams", _noted({"dose": {"amount": "0.15", "unit": "g"}}), [("note", "alike in a patient of 2 m².")]),
        ("flat in a unit that does not convert", _noted({"dose": {"amount": "150", "unit": "IU"}}), [("warning", "150 IU, against 75 mg/m²")]),
        ("flat in the arm, per kg here", _noted({"dose": {"amount": "3", "unit": "mg", "per": "kg"}}, given={**GIVEN, "dose": {"amount": "240", "unit": "mg"}}), [("note", "3 mg/kg, against 240 mg in smith-2020; alike in a patient of 80 kg.")]),
        ("flat in the arm, too much per kg here", _noted({"dose": {"amount": "5", "unit": "mg", "per": "kg"}}, given={**GIVEN, "dose": {"amount": "240", "unit": "mg"}}), [("warning", "5 mg/kg, against 240 mg in smith-2020.")]),
        ("per kg", _noted({"dose": {**DOSE, "per": "kg"}}), [("note", "75 mg/kg, against 75 mg/m²")]),
        ("a unit that does not convert", _noted({"dose": {**DOSE, "unit": "IU"}}), [("warning", "75 IU/m², against 75 mg/m²")]),
        ("units that do not convert, alike", _noted({"dose": {**DOSE, "unit": "IU"}}, given={**GIVEN, "dose": {**DOSE, "unit": "IU"}}), []),
        ("a range", _noted({"dose": {"low": "60", "high": "75", "unit": "mg", "per": "m2"}}), []),
        ("a range in the arm", _noted({"dose": {**DOSE, "amount": "60"}}, given={**GIVEN, "dose": {"low": "60", "high": "75", "unit": "mg"}}), []),
        ("no dose", _noted({"days": ["1"]}), []),
        ("no dose in the arm", _noted({"dose": DOSE}, given=ONCE), []),
        ("a level of an escalation in the arm", _noted({"dose": {**DOSE, "amount": "60"}}, given={**GIVEN, "dose_levels": [{**DOSE, "amount": "60"}]}), []),
        ("printed as about", _noted({"dose": {**DOSE, "amount": "60", "approximation": "about"}}), []),
        ("printed as about in the arm", _noted({"dose": {**DOSE, "amount": "60"}}, given={**GIVEN, "dose": {**DOSE, "approximation": "about"}}), []),
        ("the paper is the further one", _noted({"dose": {**DOSE, "amount": "60"}}, paper="news"), [("warning", "75 mg/m², against 60 mg/m² in registry-2019.")]),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)
