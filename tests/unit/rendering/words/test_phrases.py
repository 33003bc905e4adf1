"""Every kind of piece of a record as a phrase."""

import pytest
from pydantic import Field

from kb.base import Duration, Flag, Model
from kb.model.citation import Citation, Relays
from kb.model.estimate import Definition, Interval, P, Spread
from kb.model.notes import Limitation, RegimenNote
from kb.model.regimen import Alternatives, Amount, Component, Dose, Infusion, Phase
from kb.model.span import Span
from kb.rendering.words.phrases import (
    amount,
    component,
    given,
    interval,
    locator,
    parts,
    phase_lines,
    phrase,
    span,
)


class _Piece(Model):
    """A piece of a record of no kind that has words of its own."""

    noun = "a piece"
    known: Flag | None = None
    from_: str | None = Field(None, alias="from")
    two_words: tuple[str, ...] = ()
    locator: str | None = None


def _made(kind, **fields):
    return kind.model_validate({name.rstrip("_"): value for name, value in fields.items()})


DAYS = Duration.model_validate({"days": "21"})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ((), ""),
        (True, "yes"),
        (False, "no"),
        (DAYS, "21 days"),
        (_made(Citation, title="T"), "T"),
        (_made(Relays, report="a-2020"), "report a-2020"),
        (_made(Relays, same_as="b-2021", title="T"), "the same as b-2021, T"),
        (_made(Span, number="6"), "6"),
        (_made(Interval, level="95", low="1", high="2"), "95% CI 1–2"),
        (_made(Spread, low="2.1", high="19.1", high_mark="+"), "2.1–19.1+"),
        (_made(Spread, low="2.1", low_mark="+"), "2.1+–"),
        (_made(Dose, amount="40", unit="mg", per="m2"), "40 mg/m2"),
        (_made(Infusion, text="as a bolus"), "as a bolus"),
        (_made(Infusion, minutes="30"), "30 min"),
        (_made(Infusion, hours="24"), "24 h"),
        (_made(Infusion, days="4"), "4 d"),
        (_made(P, printed=".19"), "P .19"),
        (_made(P, printed="<.001", sides="two"), "P <.001 (two-sided)"),
        (Definition.model_validate({"stable-disease-for": {"weeks": "16"}}),
         "stable disease for 16 weeks"),
        (_made(Component, drug="ifosfamide"), "ifosfamide"),
        (_made(_Piece, known="true", locator="p1"), "known yes"),
        (["a", "b"], "a, b"),
        (("a", DAYS), "a, 21 days"),
        ({"one": "a", "two": ("b", "c")}, "one: a; two: b, c"),
        ("text", "text"),
        (7, "7"),
    ],
)  # fmt: skip
def test_phrase(value, text):
    """Each kind of value in the words that belong to it."""
    assert text == phrase(value)


def test_alternatives():
    """Alternatives are joined by or, the drugs of one by an ampersand."""
    either = Alternatives.model_validate(
        {"one_of": [[{"drug": "a"}, {"drug": "b"}], [{"drug": "c", "route": "oral"}]]}
    )
    assert "a & b or c oral" == phrase(either)


def test_parts():
    """Fields in their order by the key that records write, given ones only, locators aside."""
    piece = _made(_Piece, two_words=["a", "b"], from_="x", known="false", locator="p1")
    assert [("known", "no"), ("from", "x"), ("two words", "a, b")] == parts(piece)
    assert [("two words", "a, b")] == parts(piece, ("known", "from"))
    assert [] == parts(_made(_Piece))


def test_a_field_without_words_is_no_part():
    """An empty list that a record gives is nothing to show."""
    assert [] == parts(_made(_Piece, two_words=[]))


def test_locator():
    """Where in the source, empty where the piece does not say."""
    assert ["p3", "", ""] == [
        locator(one)
        for one in (
            _made(Limitation, slug="small", locator="p3"), _made(Limitation, slug="small"), DAYS,
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"number": "6", "unit": "cycles"}, "6 cycles"),
        ({"from": "4", "to": "6"}, "4 to 6"),
        ({"to": "6"}, "up to 6"),
        ({"from": "18", "unit": "years"}, "from 18 years"),
        ({"from": "0", "to": "1", "scale": "ecog"}, "ECOG 0 to 1"),
        ({"number": "6", "unit": "cycles", "statistic": "median"}, "6 cycles median"),
    ],
)
def test_span(fields, text):
    """A number or the ends of a range, either of which may be open."""
    assert text == span(Span.model_validate(fields))


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"level": "95", "low": "18.7", "high": "45.1"}, "95% CI 18.7–45.1"),
        ({"level": "not-stated", "low": "1", "high": "2"}, "level not stated, CI 1–2"),
        ({"level": "90", "low": "18.7", "sides": "lower"}, "90% CI ≥18.7"),
        ({"level": "90", "high": "45.1", "sides": "upper"}, "90% CI ≤45.1"),
        ({"level": "95", "low": "1", "high": "not-reached"}, "95% CI 1–not-reached"),
        (
            {"level": "95", "low": ".27", "high": ".68", "unit": "proportion"},
            "95% CI .27–.68 (proportion)",
        ),
        (
            {"level": "95", "low": "1", "high": "2", "level_from": "first"},
            "95% CI 1–2, level printed with the first",
        ),
    ],
)
def test_interval(fields, text):
    """The level, and both bounds or the one there is."""
    assert text == interval(Interval.model_validate(fields))


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"amount": "40", "unit": "mg", "per": "m2"}, "40 mg/m2"),
        ({"low": "10", "high": "20", "unit": "mg"}, "10–20 mg"),
        ({"low": "10", "unit": "mg"}, "10– mg"),
        ({"high": "20", "unit": "mg"}, "–20 mg"),
        ({"amount": "5"}, "5"),
        ({"amount": "9", "unit": "g", "total": "true"}, "9 g in total"),
        ({"amount": "9", "unit": "g", "total": "false"}, "9 g"),
        ({"amount": "9", "unit": "g", "approximation": "about"}, "~9 g"),
        ({"low": "5", "high": "9", "unit": "g", "approximation": "up-to"}, "≤5–9 g"),
        ({"unit": "mg"}, ""),
    ],
)
def test_amount(fields, text):
    """A number or range with its unit, per what, and whether it is for all days."""
    assert text == amount(Amount.model_validate(fields))


def test_amount_with_more():
    """What else is printed of an amount follows it."""
    note = RegimenNote.model_validate(
        {"later": {"amount": "8", "unit": "mg", "days": ["1"], "who": "the frail"}, "locator": "p1"}
    )
    assert "8 mg, days 1, who the frail" == amount(note.later)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"dose": {"amount": "12", "unit": "mg"}, "route": "oral", "times": "once daily"},
         "12 mg, oral, once daily"),
        ({"days": ["1"]}, "day 1"),
        ({"days": ["1", "8"]}, "days 1, 8"),
        ({"days": ["1-14"]}, "days 1-14"),
        ({"every": {"days": "21"}}, "every 21 days"),
        ({"dose_levels": [{"amount": "1", "level": "one"}, {"amount": "2"}]},
         "levels 1, level one; 2"),
        ({"who": "all", "cycles": "6", "starts": {"day": "8"}}, "starts day 8, cycles 6, who all"),
        ({"titration": {"from": "8", "to": "12"}}, "titration from 8, to 12"),
    ],
)  # fmt: skip
def test_given(fields, text):
    """Dose, route, days and rhythm first, then whatever else is printed."""
    assert text == given(Component.model_validate({"drug": "x", **fields}))


def test_component():
    """A drug with its role where it is not active."""
    plain = {"drug": "x", "route": "oral"}
    assert "x oral" == component(Component.model_validate(plain))
    assert "x (supportive) oral" == component(
        Component.model_validate({**plain, "role": "supportive"})
    )


def test_phase_lines():
    """A phase by name with what holds for all of it, then its components and alternatives."""
    whole = Phase.model_validate(
        {
            "phase": "induction",
            "cycles": "6",
            "components": [
                {"drug": "a", "route": "oral"},
                {"one_of": [[{"drug": "b"}, {"drug": "c"}], [{"drug": "d"}], [{"drug": "e"}]]},
            ],
        }
    )
    assert [
        ("induction", "cycles 6"),
        ("  component", "a oral"),
        ("  one of", "b & c"),
        ("  or", "d"),
        ("  or", "e"),
    ] == phase_lines(whole)


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({}, []),
        ({"phase": "induction"}, [("induction", "")]),
        ({"every": {"days": "21"}, "until": ["progression"]},
         [("regimen", "every 21 days, until progression")]),
    ],
)  # fmt: skip
def test_head_of_a_phase(fields, lines):
    """A phase without a name is the regimen; without anything to say it has no line."""
    phase = Phase.model_validate({**fields, "components": [{"drug": "a"}]})
    assert [*lines, ("  component", "a")] == phase_lines(phase)
