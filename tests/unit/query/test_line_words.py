"""Words for lines of treatment."""

from typing import get_args

import pytest

from builders import base_of, trial
from kb.errors import UnknownTermError
from kb.model.words import Line
from kb.query.filters import FILTERS
from kb.query.line_words import LINES, NEAR

RESOLVE = next(one.resolve for one in FILTERS if one.name == "line")
BASE = base_of(trial())


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("first", "first"), ("1L", "first"), ("First-Line", "first"), ("front-line", "first"),
        ("2l", "second"), ("second line", "second"), ("2L+", "previously-treated"),
        ("2L plus", "previously-treated"), ("Pre-treated", "previously-treated"),
        ("anthracycline-naïve", "anthracycline-naive"), ("neo-adjuvant", "neoadjuvant"),
        ("not stated", "not-stated"),
    ],
)  # fmt: skip
def test_lines(word, line):
    """A line is found by what people call it; `2L+` is not `2L`."""
    assert line == RESOLVE(BASE, word)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("3L", "did you mean 'previously-treated'"), ("frist", "did you mean 'first'"),
        ("xyz", "known are first, anthracycline-naive"), ("first+", "did you mean 'first'"),
    ],
)  # fmt: skip
def test_words_that_are_no_line(word, said):
    """A word that no record uses is answered with the nearest, or with all there are."""
    with pytest.raises(UnknownTermError, match=said):
        RESOLVE(BASE, word)


def test_synonyms_are_of_lines():
    """Every entry stands for a line of the record format."""
    assert set(LINES) | set(NEAR) <= set(get_args(Line))
