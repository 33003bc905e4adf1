"""The dictionary of the flat fields: every one explained, none that is not there."""

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
