"""Words for adverse events."""

import pytest

from kb.printed.adverse_event import SYNONYMS, meaning, spelled


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("neutropenia", "neutrophil-count-decreased"),
        ("anemia", "anaemia"),
        ("Diarrhea", "diarrhoea"),
        ("hand-foot-syndrome", "Palmar plantar erythrodysesthesia"),
        ("any", "adverse events"),
        ("discontinuation", "discontinuation-for-toxicity"),
        ("deaths", "death"),
        ("oedema", "edema"),
    ],
)
def test_words_for_one_event(one, other):
    """Spellings and synonyms of one event have one meaning."""
    assert meaning(one) == meaning(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("neutropenia", "febrile-neutropenia"),
        ("nausea", "nausea-or-vomiting"),
        ("alt-increased", "ast-increased"),
        ("pneumonitis", "pneumonia"),
    ],
)
def test_words_for_two_events(one, other):
    """An event is not another whose name holds its word."""
    assert meaning(one) != meaning(other)


def test_no_word_means_two_events():
    """Every word of the table is looked up as the event that it stands beside."""
    for name, others in SYNONYMS.items():
        assert {spelled(name)} == {meaning(one) for one in (name, *others)}
