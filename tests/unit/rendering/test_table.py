"""Tables to be looked at: columns by name, an order, the first lines."""

import pytest

from kb.rendering.table import Column, Section, Table

TABLE = Table(
    "T",
    (Column("Trial/arm"), Column("ORR (95% CI)"), Column("Largest n", "right")),
    (
        Section("a", (("one", "12.5% (1/8)", "8"), ("two", "30%", "10"), ("three", "", "–"))),
        Section("b", (("Four", "NR", "7"), ("eight", "5%", "11"))),
    ),
)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("trial-arm", 0), ("Trial/arm", 0), ("trial", 0), ("orr", 1), ("ORR (95% CI)", 1),
        ("largest-n", 2), (" Largest n ", 2), ("n", 2),
    ],
)  # fmt: skip
def test_names_of_columns(name, place):
    """A column goes by its name, its heading, or a word that is in one name only."""
    assert place == TABLE.position(name)


@pytest.mark.parametrize("name", ["phase", "", "95%"])
def test_unknown_columns(name):
    """Another word is refused, and the names that there are listed."""
    with pytest.raises(ValueError, match=r"no column of this table; it has trial-arm, orr, large"):
        TABLE.position(name)


def test_words_of_several_columns():
    """A word that two columns share names neither."""
    table = Table.plain("", ("Direct n", "All n"), [("1", "2")])
    with pytest.raises(ValueError, match=r"^'n' is no column"):
        table.position("n")


def test_only_some_columns():
    """Columns stand in the order in which they were asked for; sections stay."""
    found = TABLE.only(["n", "trial"])
    assert ["Largest n", "Trial/arm"] == [one.heading for one in found.columns]
    assert [("8", "one"), ("10", "two"), ("–", "three")] == list(found.sections[0].lines)
    assert "b" == found.sections[1].heading


@pytest.mark.parametrize(
    ("name", "descending", "first", "second"),
    [
        ("n", None, "two one three", "eight Four"),
        ("n", False, "one two three", "Four eight"),
        ("orr", None, "two one three", "eight Four"),
        ("trial", None, "one three two", "eight Four"),
        ("trial", True, "two three one", "Four eight"),
    ],
)
def test_sorted_tables(name, descending, first, second):
    """Each section by itself: numbers from the largest, words from A, empty cells last."""
    found = TABLE.sorted_by(name, descending=descending)
    assert [first.split(), second.split()] == [
        [line[0] for line in section.lines] for section in found.sections
    ]


@pytest.mark.parametrize(("most", "sizes"), [(1, [1]), (3, [3]), (4, [3, 1]), (9, [3, 2])])
def test_first_lines(most, sizes):
    """The first lines over all sections; a section of which none is left is gone."""
    assert sizes == [len(one.lines) for one in TABLE.first(most).sections]
