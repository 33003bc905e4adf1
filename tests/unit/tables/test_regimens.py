"""Which drugs the text of an arm names, and what is left open."""

import pytest

from kb.store.layout import packaged
from kb.store.reader import read_vocabulary
from kb.tables.regimens import regimen

WORDS = read_vocabulary(packaged())[0]

TEXTS = {
    "doxorubicin": "doxorubicin",
    "Doxorubicin": "doxorubicin",
    "Adriamycin": "doxorubicin",
    "doxorubicin + ifosfamide": "doxorubicin+ifosfamide",
    "ifosfamide and doxorubicin": "doxorubicin+ifosfamide",
    "ipilimumab/nivolumab": "ipilimumab+nivolumab",
    "nivolumab plus ipilimumab": "ipilimumab+nivolumab",
    "gemcitabine, docetaxel": "docetaxel+gemcitabine",
    "gemcitabine with docetaxel": "docetaxel+gemcitabine",
    "doxorubicin 75 mg/m2 + ifosfamide 10 g/m²": "doxorubicin+ifosfamide",
    "nivolumab (3 mg/kg q2w)": "nivolumab",
    "gemcitabine 900 mg/m2 d1, d8 + docetaxel 100 mg/m2 d8": "docetaxel+gemcitabine",
    "doxorubicin + placebo": "doxorubicin",
    "anlotinib 12 mg qd": "anlotinib",
}


@pytest.mark.parametrize(("text", "treatment"), TEXTS.items())
def test_drugs_are_known(text, treatment):
    """Every drug of the text is one of the vocabulary; doses, schedules and placebo are none."""
    found = regimen(text, WORDS)
    assert (treatment, ()) == (found.treatment, found.unknown)
    assert found.classes


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("wonderine", ("wonderine",)),
        ("doxorubicin + wonderine", ("wonderine",)),
        ("B", ("B",)),
        ("arm 1", ("arm 1",)),
    ],
)
def test_drugs_are_not_known(text, unknown):
    """One unknown part leaves the whole arm without a class, under the text that it has."""
    assert (text, (), unknown) == regimen(text, WORDS)


def test_no_active_drug():
    """Placebo alone is a treatment without a class, and so is an arm without a text."""
    assert ("placebo", (), ()) == regimen("Placebo", WORDS)
    assert ("", (), ()) == regimen("", WORDS)
