"""Look-up by id, name, synonym and code; ancestors; near words; regimen classes."""

import pytest

from builders import VOCABULARY, base_of, trial
from kb.errors import UnknownTermError
from kb.vocabulary import regimens
from kb.vocabulary.terms import RegimenClass
from kb.vocabulary.vocabulary import Vocabulary, nearest

BASE = base_of(trial())
WORDS = BASE.vocabulary


@pytest.mark.parametrize("word", ["doxorubicin", "Doxorubicin", "ADRIAMYCIN", "adria-mycin"])
def test_words_resolve(word):
    """Ids, names and synonyms resolve, whatever their case, hyphens and spaces."""
    assert "doxorubicin" == WORDS.resolve("drug", word)


def test_unknown_word_offers_near_ones():
    """An unknown word is refused with the nearest ids."""
    with pytest.raises(UnknownTermError, match="did you mean 'anlotinib'") as raised:
        WORDS.resolve("drug", "anlotinb")
    assert ("anlotinib",) == raised.value.nearest
    assert isinstance(raised.value, ValueError)


def test_far_words_are_not_offered():
    """Nothing is offered where nothing is near."""
    assert [] == nearest("xyzzy", ["doxorubicin"])


def test_records_use_ids_only():
    """A synonym in a record is a problem that names the id."""
    assert WORDS.explain("drug", "doxorubicin") is None
    assert "'Adriamycin' is not a drug of the vocabulary; did you mean 'doxorubicin'?" == (
        WORDS.explain("drug", "Adriamycin")
    )


def test_ancestors():
    """A drug has its classes and theirs above it; a histology itself and its parents."""
    assert {"anthracycline", "chemotherapy"} == WORDS.ancestors("drug", "doxorubicin")
    assert {"leiomyosarcoma", "soft-tissue-sarcoma", "sarcoma"} == (
        WORDS.ancestors("histology", "leiomyosarcoma")
    )
    assert "leiomyosarcoma" in WORDS.descendants("histology", "sarcoma")


def _named(*drugs):
    return set(regimens.named_classes(frozenset(drugs), WORDS))


def test_exactly_means_one_to_one():
    """A doublet is two drugs, no more and no fewer."""
    assert {"chemotherapy-doublet"} == _named("doxorubicin", "ifosfamide")
    assert set() == _named("doxorubicin", "ifosfamide", "epirubicin")
    assert {"single-agent-chemotherapy"} == _named("doxorubicin")


def test_covers_means_any_number():
    """A class that covers takes any number of drugs under its components, none outside."""
    both = "antiangiogenic-plus-chemotherapy"
    assert {both} == _named("anlotinib", "doxorubicin", "ifosfamide")
    assert both not in _named("anlotinib", "doxorubicin", "pembrolizumab")
    assert both not in _named("doxorubicin", "ifosfamide")


def test_families_are_sorted_and_joined():
    """A family id is made of the families of its drugs, each once."""
    drugs = ["ifosfamide", "anlotinib", "doxorubicin"]
    assert "antiangiogenic+chemotherapy" == regimens.family(drugs, WORDS)


def test_pairing_finds_a_way():
    """A drug that fits two components leaves the narrow one to the drug that needs it."""
    words = Vocabulary(
        {
            "drug": {one: WORDS.drugs[one] for one in ("doxorubicin", "ifosfamide")},
            "drug-class": WORDS["drug-class"],
            "regimen-class": {
                "x": RegimenClass(name="x", components=["chemotherapy", "anthracycline"]),
            },
        }
    )
    assert {"x"} == regimens.named_classes(frozenset({"doxorubicin", "ifosfamide"}), words)


def test_vocabulary_is_complete_for_tests():
    """The words of the test base check clean."""
    assert set(VOCABULARY) >= {"drugs", "drug-classes", "histologies", "endpoints"}
