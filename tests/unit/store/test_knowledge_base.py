"""Finding trials and numbers in a base."""

from pathlib import Path

import pytest

import kb
from builders import base_of, trial, write_base
from kb.errors import UnknownTermError
from kb.model import Estimate

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


def test_an_address_by_acronym(tmp_path):
    """An address may name its trial by acronym; one that is not there has near ones."""
    base = kb.load(write_base(tmp_path / "base", trial("beta", acronym="BETA-1")))
    figure, place = base.find("BETA-1/smith-2020/one/orr/proportion")
    assert isinstance(figure, Estimate)
    assert (10, "beta.yaml") == (figure.events, Path(place.path).name)
    with pytest.raises(UnknownTermError, match="did you mean 'beta/smith-2020/one/orr/proportion'"):
        base.find("beta/smith-2020/one/orr/proportions")
    with pytest.raises(ValueError, match="is not an address"):
        base.find("beta/orr")


def test_repr():
    """A base says how many trials it has, and where."""
    assert "<KnowledgeBase of 2 trials at nowhere>" == repr(BASE)
    assert "Test base" == BASE.title
