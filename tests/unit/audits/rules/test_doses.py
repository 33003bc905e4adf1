"""Doses against those of the other trials."""

from builders import arm, report, trial


def _given(trial_id, *doses, drug="ifosfamide", **more):
    """A trial that gives a drug at these doses, `2.0 g /m2`, each in an arm of its own."""
    arms = {}
    for name, dose in zip(("one", "two", "three"), doses, strict=False):
        arms[name] = arm({"drug": drug, "dose": _dose(dose), **more})
    return trial(trial_id, arms=arms)


def _dose(text):
    """`2.0 g /m2` as data; `_` for a unit that is not printed."""
    number, unit, *per = text.split()
    size = {} if unit == "_" else {"unit": unit}
    low, dash, high = number.partition("-")
    amount = {"low": low, "high": high} if dash else {"amount": number}
    return {**amount, **size, **({"per": per[0].removeprefix("/")} if per else {})}


TWO_GRAMS = _given("beta", "2.0 g /m2")
MORE = _given("gamma", "2500 mg /m2")
"""Two other trials, which give 2000 and 2500 mg/m²."""
OTHERS = [TWO_GRAMS, MORE]


def _against(dose, *others, **more):
    """A trial with this dose, and the others."""
    return [_given("alpha", dose, **more), *(others or OTHERS)]


def _about(**more):
    """A trial with a dose that is far too small, printed as about unless told otherwise."""
    dose = {"amount": "2", "unit": "mg", "per": "m2", **more}
    return [trial(arms={"one": arm({"drug": "ifosfamide", "dose": dose})}), *OTHERS]


def _noted(**note):
    """A trial whose registry entry prints something of the drug otherwise."""
    own = _given("alpha", "2.0 g /m2")
    own["reports"]["registry-2019"] = report(
        estimates=[], read="registry", citation={"container": "Registry", "year": 2019},
        regimens={"one": [{"locator": "p1", **note}]},
    )  # fmt: skip
    return [own, *OTHERS]


LIKE = "other trials of this base give 2000 to 2500 mg/m²"

BOUNDARIES = {
    # A tenth of 2000 is 200, ten times 2500 is 25000; a third of 2000 is 666.7, three times 2500 7500.
    "dose-out-of-range": [
        ("more than a tenth", _against("200.1 mg /m2"), []),
        ("a tenth", _against("200 mg /m2"), [("warning", f"ifosfamide 200 mg/m²: {LIKE}.")]),
        ("less than ten times", _against("24999 mg /m2"), []),
        ("ten times", _against("25000 mg /m2"), [("warning", f"ifosfamide 25000 mg/m²: {LIKE}.")]),
        ("ten times in another unit", _against("25 g /m2"), [("warning", f"ifosfamide 25 g/m²: {LIKE}.")]),
        ("in micrograms", _against("2000 mcg /m2"), [("warning", f"{LIKE}; 2000 mg would be like theirs.")]),
        ("as grams like theirs", _against("7.5 mg /m2"), [("warning", f"{LIKE}; 7.5 g would be like theirs.")]),
        ("as grams too much", _against("7.6 mg /m2"), [("warning", f"{LIKE}.")]),
        ("as grams the least like theirs", _against("0.667 mg /m2"), [("warning", "0.667 g would be")]),
        ("as grams too little", _against("0.666 mg /m2"), [("warning", f"{LIKE}.")]),
        ("as milligrams like theirs", _against("2000 g /m2"), [("warning", "2000 mg would be like")]),
        ("one other trial", _against("2 mg /m2", TWO_GRAMS), []),
        ("one other trial with two doses", _against("2 mg /m2", _given("beta", "2.0 g /m2", "2.5 g /m2")), []),
        ("three other trials", _against("2 mg /m2", *OTHERS, _given("delta", "3 g /m2")), [("warning", "other trials of this base give 2000 to 3000 mg/m²")]),
        ("two trials with one dose", _against("2 mg /m2", TWO_GRAMS, _given("gamma", "2 g /m2")), [("warning", "other trials of this base give 2000 mg/m²;")]),
        ("the middle of several doses", _against("200.1 mg /m2", TWO_GRAMS, _given("gamma", "1 mg /m2", "2500 mg /m2", "3000 mg /m2")), [("warning", "ifosfamide 1 mg/m²: other trials")]),
        ("per kg", _against("2 mg /kg"), []),
        ("nothing that it is per, a tenth", _against("200 mg"), [("warning", f"ifosfamide 200 mg: {LIKE}.")]),
        ("nothing that it is per, more", _against("200.1 mg"), []),
        ("nothing that it is per, ten times", _against("25000 mg"), []),
        ("nothing that it is per, of a drug given per kg", _against("2 mg", _given("beta", "20 mg /kg"), _given("gamma", "30 mg /kg")), [("warning", "give 20 to 30 mg/kg")]),
        ("nothing that it is per, like other trials", _against("2 mg", *OTHERS, _given("delta", "20 mg"), _given("epsilon", "30 mg")), [("warning", "give 20 to 30 mg.")]),
        ("another drug", _against("2 mg /m2", drug="doxorubicin"), []),
        ("a unit that does not convert", _against("2 IU /m2"), []),
        ("a unit that does not convert, in all", _against("2 IU /m2", _given("beta", "20 IU /m2"), _given("gamma", "30 IU /m2")), [("warning", "give 20 to 30 IU/m².")]),
        ("the ends of a range", _against("200-25000 mg /m2"), [("warning", "ifosfamide 200 mg/m²"), ("warning", "ifosfamide 25000 mg/m²")]),
        ("nothing", _against("0 mg /m2"), []),
        ("the same dose in two arms", [_given("alpha", "2 mg /m2", "2 mg /m2"), *OTHERS], [("warning", "2 mg/m²")]),
        ("a level of an escalation", _against("2 g /m2", dose_levels=[_dose("2 mg /m2")]), [("warning", "ifosfamide 2 mg/m²")]),
        ("in another report", _noted(drug="ifosfamide", dose=_dose("2 mg /m2")), [("warning", "ifosfamide 2 mg/m²")]),
        ("of no drug in another report", _noted(dose=_dose("2 mg /m2")), []),
        ("printed as about", _about(approximation="about"), []),
        ("printed as it is", _about(), [("warning", "2 g would be like theirs")]),
    ],
    "dose-unit-missing": [
        ("a unit", _against("2000 mg /m2"), []),
        ("no unit", _against("2000 _ /m2"), [("note", "ifosfamide 2000 (no unit)/m²: no unit is printed.")]),
        ("no unit in a base of one", [_given("alpha", "2000 _")], [("note", "ifosfamide 2000 (no unit): no unit is printed.")]),
        ("nothing that it is per, three times theirs", _against("7500 mg"), [("warning", f"ifosfamide 7500 mg: {LIKE}.")]),
        ("nothing that it is per, more", _against("7501 mg"), []),
        ("nothing that it is per, a third of theirs", _against("666.7 mg"), [("warning", LIKE)]),
        ("nothing that it is per, less", _against("666.6 mg"), []),
        ("nothing that it is per, in grams", _against("2 g"), [("warning", "ifosfamide 2 g: other trials")]),
        ("per patient in another trial", _against("2000 mg", *OTHERS, _given("delta", "60 mg")), []),
        ("one other trial", _against("2000 mg", TWO_GRAMS), []),
        ("per kg in others", _against("25 mg", _given("beta", "20 mg /kg"), _given("gamma", "30 mg /kg")), [("warning", "give 20 to 30 mg/kg.")]),
        ("per fraction", _against("2 Gy /fraction"), []),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)
