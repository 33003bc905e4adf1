"""The dictionary of the flat fields: every one explained, none that is not there."""

from typing import get_args

import pytest

from kb.model import words
from kb.printed.state import STATES
from kb.printed.time import UNITS
from kb.rows.columns import MEANINGS, OF_NUMBERS, columns
from kb.rows.row import FIELDS, Row


def test_every_field_is_explained():
    """Each field has its type and a sentence, in the order of files, and nothing else has."""
    found = columns()
    assert list(FIELDS) == [one.name for one in found]
    assert set(FIELDS) == set(MEANINGS)
    assert set(OF_NUMBERS) <= set(FIELDS)
    assert all(one.meaning.endswith(".") for one in found)


def test_types_and_units():
    """A field is of the type of what it holds where the source is silent, or of numbers."""
    types = {one.name: one.type for one in columns()}
    silent = Row("a", "b").as_dict()
    for name, value in silent.items():
        expected = {str: "text", bool: "true or false"}.get(type(value))
        assert types[name] == expected or (expected is None and types[name].endswith("or null"))
    assert {"year", "events", "n"} == {name for name, one in types.items() if "integer" in one}
    units = {one.name: one.unit for one in columns()}
    assert ("months", "percent", "patients", "") == tuple(
        units[name] for name in ("value_months", "level", "n", "endpoint")
    )
    meanings = {one.name: one.meaning for one in columns()}
    assert f"`{', '.join(UNITS)}`." == meanings["at_unit"] == meanings["by_unit"]


WORDS = {
    "read": get_args(words.Read), "analysis_set": get_args(words.PopulationName),
    "p_sides": get_args(words.Sides), "interval_sides": get_args(words.IntervalSides),
    "estimator": get_args(words.Estimator), "approximation": get_args(words.Approximation),
    "allocation": get_args(words.Allocation), "value_state": tuple(STATES),
    "low_state": tuple(STATES), "high_state": tuple(STATES), "at_unit": tuple(UNITS),
}  # fmt: skip


@pytest.mark.parametrize("name", list(WORDS))
def test_words_of_a_field(name):
    """A field that takes one of a few words lists them all, as records do."""
    assert f"`{', '.join(WORDS[name])}`" in MEANINGS[name]
