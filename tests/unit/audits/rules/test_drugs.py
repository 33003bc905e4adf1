"""Printed drug names that are no drug."""

from builders import report, trial


def _printed(*names):
    """A record of a report that prints these names of other treatment."""
    statement = {"standard": {"drugs_printed": list(names), "locator": "p1"}}
    return [trial(reports={"smith-2020": report(statements=statement)})]


def _close(word, drug):
    """What is said of a word that is almost a drug."""
    return [("note", f"prints {word!r}, which is no drug; {drug} is close.")]


BOUNDARIES = {
    # Six of the seven letters of placebo in a word of seven are 12/14 = 0.857 alike; eleven of the
    # thirteen of pembrolizumab in a word of thirteen are 22/26 = 0.846, twelve 24/26.
    "drug-misspelt": [
        ("a drug", _printed("doxorubicin"), []),
        ("a drug in capitals", _printed("DOXORUBICIN"), []),
        ("a synonym", _printed("adriamycin"), []),
        ("a class", _printed("anthracycline"), []),
        ("a class in the plural", _printed("anthracyclines"), []),
        ("a drug in the plural, misspelt", _printed("doxorubicines"), _close("doxorubicines", "Doxorubicin")),
        ("a letter lost", _printed("ifosfamid"), _close("ifosfamid", "Ifosfamide")),
        ("seven letters, one of them another", _printed("placibo"), _close("placibo", "Placebo")),
        ("six letters", _printed("placeb"), []),
        ("one letter of thirteen", _printed("pembralizumab"), _close("pembralizumab", "Pembrolizumab")),
        ("two letters of thirteen", _printed("pembralizumib"), []),
        ("one of two words", _printed("placibo or doxorubicin"), _close("placibo", "Placebo")),
        ("two words", _printed("placibo", "ifosfamid"), [*_close("placibo", "Placebo"), *_close("ifosfamid", "Ifosfamide")]),
        ("words that are like no drug", _printed("surgery and radiotherapy"), []),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)
