"""Lines of a width: broken between words only, and not at every space."""

import pytest

from kb.rendering.words.lines import cut, longest, pieces, width, wrapped


@pytest.mark.parametrize(
    "held",
    [
        "6.2 mo", "23.7 wk", "12 months", "95% CI", "P = .19", "P < 0.0001", "p <0.001", "n = 52",
        "tau² = 0.118", "0.21 to 0.44", "18.7% to 45.1%", "-3.1 to -0.2", "SD ≥ 16 weeks", "24.7 %",
        "40 mg", "181 trials", "1 trial", "p .04",
    ],
)  # fmt: skip
def test_what_no_line_breaks(held):
    """A number with its unit, an interval, a p-value, a comparison with a sign is one piece."""
    assert ["before", held, "behind"] == pieces(f"before {held} behind")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("30.8% (16/52)", ["30.8%", "(16/52)"]),
        ("23.7 wk (≈5.4 mo)", ["23.7 wk", "(≈5.4 mo)"]),
        ("36 · 4320+", ["36", "·", "4320+"]),
        ("phase 2 design", ["phase", "2", "design"]),
        ("from 2 to many", ["from", "2", "to", "many"]),
        ("doxorubicin + ifosfamide", ["doxorubicin", "+", "ifosfamide"]),
        ("gem-doc/one-two, 0.67–1.99", ["gem-doc/one-two,", "0.67–1.99"]),
        ("└ Synovial sarcoma", ["└ Synovial", "sarcoma"]),
        ("12 mosaics", ["12", "mosaics"]),
    ],
)
def test_where_lines_may_break(text, parts):
    """Other spaces part a text; hyphens and slashes never do."""
    assert parts == pieces(text)


@pytest.mark.parametrize(("columns", "lines"), [(13, 1), (12, 2)])
def test_a_line_is_as_long_as_it_may_be(columns, lines):
    """A text of thirteen letters fits in thirteen columns and no fewer."""
    assert lines == len(wrapped("30.8% (16/52)", columns))


def test_later_lines_hang():
    """Indents are kept, later lines stand further in, line breaks of the text stay."""
    assert ["  one two", "    three", "  four"] == wrapped("  one two three\n  four", 10, hanging=2)


def test_nothing_hangs_where_a_word_would_then_not_fit():
    """A word that just fits a line is not pushed out of it by the indent of later lines."""
    assert ["one", "abcdefgh"] == wrapped("one abcdefgh", 8, hanging=2)
    assert ["one", "  abcdefgh"] == wrapped("one abcdefgh", 10, hanging=2)


def test_a_word_longer_than_a_line_stays_whole():
    """A long id has a line of its own; words that a space holds together are parted at last."""
    assert ["the", "gem-doc-lms-first-line", "trial"] == wrapped(
        "the gem-doc-lms-first-line trial", 9
    )
    assert ["P = .19"] == wrapped("P = .19", 7)
    assert ["P =", ".19"] == wrapped("P = .19", 5)


def test_widths():
    """Wide letters count twice, combining marks not at all; an indent counts with its word."""
    assert [0, 2, 2, 1] == [width(one) for one in ("", "安", "ab", "e\u0301")]
    assert [0, 5, 7] == [longest(one) for one in ("", "one three\nfour", "a\n  three")]


def test_a_command_that_goes_on_stays_a_command():
    """The sign by which a shell goes on is not parted from the last word of its line."""
    assert ["an/address/of/a/row \\"] == wrapped("an/address/of/a/row \\", 20, hanging=2)


@pytest.mark.parametrize(
    ("text", "columns", "short"),
    [
        ("aldoxorubicin", 13, "aldoxorubicin"),
        ("aldoxorubicin", 12, "aldoxorubic…"),
        ("aldoxorubicin", 1, "…"),
        ("LEADER, expansion", 14, "LEADER, expan…"),
        ("anlo-ai, Synovial sarcoma", 12, "anlo…, Syno…"),
        ("one, two, three", 5, "one…"),
        ("HR v investigators-choice: 0.62; P = .0070", 24, "HR v i…: 0.62; P = .0070"),
        ("at 12 wk, choi: 77.8% (7/9)", 25, "at…, choi: 77.8% (7/9)"),
        ("at 12 wk: 77.8%", 14, "at…: 77.8%"),
        ("final: 77.8%", 9, "f…: 77.8%"),
        ("final: 77.8%", 8, "final…"),
    ],
)
def test_cut_short(text, columns, short):
    """A text that is too long ends in …; both its parts begin, and no number is cut."""
    assert short == cut(text, columns)
    assert columns >= width(cut(text, columns))
