"""The dictionary of the fields of harms: every one explained, none that is not there."""

from typing import get_args

import pytest

from kb.model import words
from kb.model.patients import Harm
from kb.rows.columns import MEANINGS
from kb.rows.harm import HARM_FIELDS, HarmRow
from kb.rows.harm_columns import OWN, UNITS, harm_columns


def test_every_field_is_explained():
    """Each field has its type and a sentence, in the order of files, and nothing else has."""
    found = harm_columns()
    assert list(HARM_FIELDS) == [one.name for one in found]
    assert set(OWN) | set(UNITS) <= set(HARM_FIELDS)
    assert set(HARM_FIELDS) <= set(MEANINGS) | set(OWN)
    assert all(one.meaning.endswith(".") for one in found)
    assert ("integer or null", "patients") == next(
        (one.type, one.unit) for one in found if one.name == "n"
    )


def test_types():
    """A field is of the type of what it holds where the source is silent, or of numbers."""
    silent = HarmRow("a", "b").as_dict()
    for one in harm_columns():
        assert one.type == "text" or (silent[one.name] is None and one.type.endswith("or null"))


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("relation", get_args(words.Relation)),
        ("share", get_args(get_args(Harm.model_fields["share"].annotation)[0])),
        ("counted", get_args(get_args(Harm.model_fields["counted"].annotation)[0])[1:]),
    ],
)
def test_words_of_a_field(name, listed):
    """A field that takes one of a few words lists them all, as records do."""
    assert f"`{', '.join(listed)}`" in OWN[name]
