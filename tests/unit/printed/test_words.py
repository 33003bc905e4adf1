"""States that stand where a number is missing, and how directly a report was read."""

import pytest

from kb.printed.reading import DIRECTNESS, LAST_RESORT, directness, distance, second_hand
from kb.printed.state import STATES, short, state_named

NAMED = {
    "not-reached": (
        "NR",
        ["NR", "nr", "Not reached", "not-reached", "N.R.", "not yet reached", "NYR"],
    ),
    "not-estimable": (
        "NE",
        ["NE", "n.e.", "not estimable", "Not-Estimable", "NC", "not evaluable", "not calculable"],
    ),
    "not-given": (
        "not given",
        [
            "n/a",
            "NA",
            "not given",
            "Not given",
            "ND",
            "not reported",
            "not available",
            "Not applicable",
            "not done",
            "not determined",
            "no data",
            "not stated",
            "missing",
            "unknown",
            "NaN",
        ],
    ),
}


@pytest.mark.parametrize("state", list(STATES))
def test_states(state):
    """A state is known by its name and its short spellings, and tables write it in one way."""
    written, spellings = NAMED[state]
    assert {state} == {state_named(word) for word in spellings}
    assert written == short(state)
    assert STATES[state].note.startswith(written)


@pytest.mark.parametrize("word", ["", "-", "NRR", "reached", "none", "12"])
def test_no_state(word):
    """A word that is no state is none, and a table writes it as it is."""
    assert "" == state_named(word)
    assert word == short(word)


SECOND_HAND = {
    "full-text": False, "abstract": False, "registry": False, "conference": False,
    "news": True, "review-table": True,
}  # fmt: skip


@pytest.mark.parametrize("read", list(DIRECTNESS))
def test_second_hand(read):
    """News and review tables always pass results on; any other document where it says what."""
    assert SECOND_HAND[read] is second_hand(read, None)
    assert SECOND_HAND[read] is second_hand(read, "")
    assert second_hand(read, "not stated") is True


def test_directness():
    """The full text is the most direct reading, and a review table the last resort."""
    assert list(range(6)) == [directness(read) for read in SECOND_HAND]
    assert "review-table" == LAST_RESORT
    assert (False, 1) == distance("abstract", "")
    assert (True, 4) == distance("news", "smith-2020")
