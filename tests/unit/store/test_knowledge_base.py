"""Finding trials and numbers in a base."""

import pytest

from builders import base_of, trial
from kb.errors import UnknownTermError

BASE = base_of(trial("alpha"), trial("beta", acronym="BETA-1", registrations=["NCT00000001"]))


@pytest.mark.parametrize("word", ["beta", "BETA-1", "beta-1", "nct00000001"])
def test_trial_by_any_of_its_names(word):
    """An id, an acronym and a registration name a trial, whatever their case."""
    assert "beta" == BASE.trial(word).id


@pytest.mark.parametrize("word", ["", " ", "nobody"])
def test_no_trial(word):
    """What names no trial is refused; nothing is not the acronym of a trial without one."""
    with pytest.raises(UnknownTermError, match="is not a known trial"):
        BASE.trial(word)


def test_repr():
    """A base says how many trials it has, and where."""
    assert "<KnowledgeBase of 2 trials at nowhere>" == repr(BASE)
    assert "Test base" == BASE.title
