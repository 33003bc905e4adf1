"""Adverse events in words."""

import pytest

from kb.rendering.words.harms import attribution_text, event_text, frequency_text, grade_text
from kb.rows.harm import HarmRow


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"events": 12, "n": 52, "value": "23.1", "value_source": "reported"}, "12/52 (23.1%)"),
        ({"events": 12, "n": 52, "value": "23.07692308", "value_source": "computed"}, "12/52 (23.1%†)"),
        ({"events": 12}, "12/?"),
        ({"value": "25", "n": 92}, "25% of 92"),
        ({"value": "90", "approximation": "over"}, ">90%"),
        ({"share": "all", "n": 52}, "all of 52"),
        ({"share": "most"}, "most"),
        ({"value_state": "not-given"}, "not given"),
        ({"events": 2, "counted": "episodes", "n": 42}, "2 episodes, n 42"),
        ({"events": 2, "counted": "episodes"}, "2 episodes"),
        ({"events": 2, "counted": "not-stated"}, "2 patients or events"),
        ({"value": "8", "counted": "cycles", "low": "3", "high": "16"}, "8% of cycles [CI, 3–16]"),
        ({"value": "8", "n": 40, "low": "3", "high": "16", "level": 95.0}, "8% of 40 [95% CI, 3–16]"),
        ({"value": "8", "p": "<0.001"}, "8%; P < 0.001"),
    ],
)  # fmt: skip
def test_frequencies(more, text):
    """A count, a percent or a word, of how many, and what is printed beside it."""
    assert text == frequency_text(HarmRow("a", "alpha", **more))


@pytest.mark.parametrize(
    ("grade", "text"), [("", "–"), ("3-4", "3–4"), (">=3", "≥3"), ("<=2", "≤2"), ("any", "any")]
)
def test_grades(grade, text):
    """A grade with the signs of print."""
    assert text == grade_text(HarmRow("a", "alpha", grade=grade))


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"relation": "treatment-related"}, "related"),
        ({"relation": "any"}, "any cause"),
        ({"relation": "not-stated"}, "–"),
        ({"relation": "treatment-related", "drug": "bevacizumab"}, "related: bevacizumab"),
    ],
)
def test_attributions(more, text):
    """To what an event is attributed; a dash where the source is silent."""
    assert text == attribution_text(HarmRow("a", "alpha", **more))


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"event": "any"}, "any event"),
        ({"event": "any", "severity": "more-severe"}, "any event, more severe"),
        ({"event": "hepatic-failure", "outcome": "death"}, "hepatic failure, fatal"),
        ({"event": "rash", "outcome": "recovered"}, "rash, recovered"),
    ],
)
def test_events(more, text):
    """An event by its name, its severity and what came of it."""
    assert text == event_text(HarmRow("a", "alpha", **more))
