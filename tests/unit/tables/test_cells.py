"""What cells say: the table below is the specification of the words and signs that are read."""

from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from kb.printed.number import is_number
from kb.printed.p_value import read as read_p
from kb.tables.cells import KINDS, Said, comma_is_decimal, said

Table = dict[str, dict[str, Any] | None]
COUNT: Table = {
    "": {},
    "52": {"events": "52"},
    "0": {"events": "0"},
    "007": {"events": "7"},
    "16.0": {"events": "16"},
    "1,016": {"events": "1016"},
    "1 016": {"events": "1016"},
    "1\u2009016": {"events": "1016"},
    "1'016": {"events": "1016"},
    "12,345,678": {"events": "12345678"},
    "123456789": {"events": "123456789"},
    "n=52": {"events": "52"},
    "N = 52": {"events": "52"},
    "n = 1,016": {"events": "1016"},
    "52 patients": {"events": "52"},
    "52 pts": {"events": "52"},
    "16 events": {"events": "16"},
    "52*": {"events": "52", "marks": "*"},
    "52†‡": {"events": "52", "marks": "†‡"},
    "52ᵃ": {"events": "52", "marks": "ᵃ"},
    "52²": {"events": "52", "marks": "²"},
    "52a": {"events": "52", "marks": "a"},
    "52a,b": {"events": "52", "marks": "a,b"},
    "52^a": {"events": "52", "marks": "^a"},
    "52 [1]": {"events": "52", "marks": "[1]"},
    "52 (a)": {"events": "52", "marks": "(a)"},
    "16/52": {"events": "16", "n": "52"},
    "16 / 52": {"events": "16", "n": "52"},
    "16 of 52": {"events": "16", "n": "52"},
    "16 out of 52 patients": {"events": "16", "n": "52"},
    "0/112": {"events": "0", "n": "112"},
    "16/1,016": {"events": "16", "n": "1016"},
    "16/52 (30.8%)": {"events": "16", "n": "52", "value": "30.8", "percent": True},
    "16/52 (30.8)": {"events": "16", "n": "52", "value": "30.8"},
    "16/52, 30.8%": {"events": "16", "n": "52", "value": "30.8", "percent": True},
    "16/52* (30.8%)": {"events": "16", "n": "52", "value": "30.8", "percent": True, "marks": "*"},
    "16 (30.8%)": {"events": "16", "value": "30.8", "percent": True},
    "16 (30.8 %)": {"events": "16", "value": "30.8", "percent": True},
    "16 (30.8)": {"events": "16", "value": "30.8"},
    "16 (31%)": {"events": "16", "value": "31", "percent": True},
    "16 [30.8%]": {"events": "16", "value": "30.8", "percent": True},
    "16 (100.0)": {"events": "16", "value": "100.0"},
    "30.8% (16/52)": {"events": "16", "n": "52", "value": "30.8", "percent": True},
    "0% (0/112)": {"events": "0", "n": "112", "value": "0", "percent": True},
    "22.1%": {"value": "22.1", "percent": True},
    "16 (30.8%) [18.7–45.1]": {
        "events": "16", "value": "30.8", "percent": True, "low": "18.7", "high": "45.1"},
    "16/52 (30.8) [18.7–45.1]": {
        "events": "16", "n": "52", "value": "30.8", "low": "18.7", "high": "45.1"},
    "16/52 (30.8%; 18.7-45.1)": {
        "events": "16", "n": "52", "value": "30.8", "percent": True, "low": "18.7", "high": "45.1"},
    "16/52 (30.8%, 95% CI 18.7–45.1)": {
        "events": "16", "n": "52", "value": "30.8", "percent": True, "low": "18.7", "high": "45.1",
        "level": "95"},
    "NR": {"value_state": "not-given"},
    "NA": {"value_state": "not-given"},
    "ND": {"value_state": "not-given"},
    "NE": {"value_state": "not-estimable"},
    "—": {"value_state": "not-given"},
    "-": {"value_state": "not-given"},
    ".": {"value_state": "not-given"},
    "not reported": {"value_state": "not-given"},
    "see earlier report": None,
    "16,5": None,
    "16.5": None,
    "1,16": None,
    "16 52": None,
    "2-5": None,
    "2–5": None,
    "-3": None,
    "~50": None,
    ">50": None,
"16 (31)": {"events": "16", "value": "31"},
    "16 (130.8)": None,
    "16 (-3.0)": None,
    "6.2 (0.4)": None,
    "16 ± 3": None,
    "1234567890": None,
    "٥٢": None,
    "½": None,
    "16/52/3": None,
    "five": None,
    "*": None,
    "16; 17": None,
    "x" * 300: None,
}  # fmt: skip
NUMBER: Table = {
    "30.8": {"value": "30.8"},
    "30.80": {"value": "30.80"},
    ".02": {"value": ".02"},
    "-5.1": {"value": "-5.1"},
    "−5.1": {"value": "-5.1"},
    "30·8": {"value": "30.8"},
    "30.8%": {"value": "30.8", "percent": True},
    "30.8 %": {"value": "30.8", "percent": True},
    "30.8 percent": {"value": "30.8", "percent": True},
    "1,016": {"value": "1016"},
    "1,016.5": {"value": "1016.5"},
    "1e-4": {"value": "0.0001"},
    "1.5E1": {"value": "15"},
    "0.3076923076923077": {"value": "0.307692307692"},
    "30.8a": {"value": "30.8", "marks": "a"},
    "30.8*": {"value": "30.8", "marks": "*"},
    "30.8¹": {"value": "30.8", "marks": "¹"},
    "30.8 [1]": {"value": "30.8", "marks": "[1]"},
    "30.8%b": {"value": "30.8", "percent": True, "marks": "b"},
    "29.8+": {"value": "29.8", "approximation": "at-least"},
    "29.8+ months": {"value": "29.8", "approximation": "at-least", "unit": "months"},
    ">50": {"value": "50", "approximation": "over"},
    "> 50%": {"value": "50", "approximation": "over", "percent": True},
    "≥50": {"value": "50", "approximation": "at-least"},
    ">=50": {"value": "50", "approximation": "at-least"},
    "<5": {"value": "5", "approximation": "under"},
    "≤5": {"value": "5", "approximation": "up-to"},
    "~30": {"value": "30", "approximation": "about"},
    "≈30": {"value": "30", "approximation": "about"},
    "approx. 30%": {"value": "30", "approximation": "about", "percent": True},
    "at least 12": {"value": "12", "approximation": "at-least"},
    "6.2 mo": {"value": "6.2", "unit": "months"},
    "6.2 mos.": {"value": "6.2", "unit": "months"},
    "6.2 months": {"value": "6.2", "unit": "months"},
    "27 wk": {"value": "27", "unit": "weeks"},
    "12 weeks": {"value": "12", "unit": "weeks"},
    "12 weeks*": {"value": "12", "unit": "weeks", "marks": "*"},
    "1.5 yrs": {"value": "1.5", "unit": "years"},
    "16/52": {"events": "16", "n": "52"},
    "16/52 (30.8%)": {"events": "16", "n": "52", "value": "30.8", "percent": True},
    "16 (30.8)": {"events": "16", "value": "30.8"},
    "30.8 (16/52)": {"events": "16", "n": "52", "value": "30.8"},
    "30.8% (16 of 52)": {"events": "16", "n": "52", "value": "30.8", "percent": True},
    "30.8 (18.7–45.1)": {"value": "30.8", "low": "18.7", "high": "45.1"},
    "30.8 (18.7-45.1)": {"value": "30.8", "low": "18.7", "high": "45.1"},
    "30.8(18.7—45.1)": {"value": "30.8", "low": "18.7", "high": "45.1"},
    "30.8\n(18.7–45.1)": {"value": "30.8", "low": "18.7", "high": "45.1"},
    "30.8* (18.7–45.1)": {"value": "30.8", "low": "18.7", "high": "45.1", "marks": "*"},
    "30.8a (18.7–45.1)": {"value": "30.8", "low": "18.7", "high": "45.1", "marks": "a"},
    "30.8 (18.7–45.1)†": {"value": "30.8", "low": "18.7", "high": "45.1", "marks": "†"},
    "30.8 [18.7; 45.1]": {"value": "30.8", "low": "18.7", "high": "45.1"},
    "30.8 (18.7 to 45.1)": {"value": "30.8", "low": "18.7", "high": "45.1"},
    "30.8 (18.7, 45.1)": {"value": "30.8", "low": "18.7", "high": "45.1"},
    "30.8 (18.7,45.1)": {"value": "30.8", "low": "18.7", "high": "45.1"},
    "0.73 (0.59, 0.91)": {"value": "0.73", "low": "0.59", "high": "0.91"},
    ".73 (.59-.91)": {"value": ".73", "low": ".59", "high": ".91"},
    "30.8 (18, 45)": {"value": "30.8", "low": "18", "high": "45"},
    "-5.1 (-10.2, -0.1)": {"value": "-5.1", "low": "-10.2", "high": "-0.1"},
    "−5.1 (−10.2 – −0.1)": {"value": "-5.1", "low": "-10.2", "high": "-0.1"},
    "-5.1 (-10.2--0.1)": {"value": "-5.1", "low": "-10.2", "high": "-0.1"},
    "30.8% (95% CI, 18.7%–45.1%)": {
        "value": "30.8", "percent": True, "low": "18.7", "high": "45.1", "level": "95"},
    "30.8 (95% CI 18.7–45.1)": {"value": "30.8", "low": "18.7", "high": "45.1", "level": "95"},
    "30.8 (95% CI: 18.7–45.1)": {"value": "30.8", "low": "18.7", "high": "45.1", "level": "95"},
    "30.8, 95% CI 18.7–45.1": {"value": "30.8", "low": "18.7", "high": "45.1", "level": "95"},
    "30.8; 90% CI [18.7, 45.1]": {"value": "30.8", "low": "18.7", "high": "45.1", "level": "90"},
    "30.8 (CI 95% 18.7–45.1)": {"value": "30.8", "low": "18.7", "high": "45.1", "level": "95"},
    "30.8 (18.7–45.1)%": {"value": "30.8", "percent": True, "low": "18.7", "high": "45.1"},
    "30.8 (18.7%–45.1%)": {"value": "30.8", "percent": True, "low": "18.7", "high": "45.1"},
    "6.2 (2.62–11.17)": {"value": "6.2", "low": "2.62", "high": "11.17"},
    "6.2 (2.62–11.17) months": {
        "value": "6.2", "low": "2.62", "high": "11.17", "unit": "months"},
    "6.2 months (2.62–11.17)": {
        "value": "6.2", "low": "2.62", "high": "11.17", "unit": "months"},
    "6.2 mo (95% CI 2.62 to 11.17 mo)": {
        "value": "6.2", "low": "2.62", "high": "11.17", "unit": "months", "level": "95"},
    "4.9 (2.7–NR)": {"value": "4.9", "low": "2.7", "high_state": "not-reached"},
    "4.9 (2.7-not reached)": {"value": "4.9", "low": "2.7", "high_state": "not-reached"},
    "4.9 (2.7, NE)": {"value": "4.9", "low": "2.7", "high_state": "not-estimable"},
    "4.9 (2.7–NA)": {"value": "4.9", "low": "2.7", "high_state": "not-given"},
    "NR (5.2–NR)": {"value_state": "not-reached", "low": "5.2", "high_state": "not-reached"},
    "not reached (95% CI, 5.2–NE)": {
        "value_state": "not-reached", "low": "5.2", "high_state": "not-estimable", "level": "95"},
    "NE (NE–NE)": {
        "value_state": "not-estimable", "low_state": "not-estimable", "high_state": "not-estimable"},
    "0.73 (0.59–0.91); P = .004": {"value": "0.73", "low": "0.59", "high": "0.91", "p": ".004"},
    "0.73 (0.59–0.91) p=0.004": {"value": "0.73", "low": "0.59", "high": "0.91", "p": "0.004"},
    "0.73 (95% Cl 0.59–0.91)": {"value": "0.73", "low": "0.59", "high": "0.91", "level": "95"},
    "0.73 (0.59–0.91, p<0.001)": {"value": "0.73", "low": "0.59", "high": "0.91", "p": "<0.001"},
    "NR": {"value_state": "not-reached"},
    "not reached": {"value_state": "not-reached"},
    "Not yet reached": {"value_state": "not-reached"},
    "NR*": {"value_state": "not-reached", "marks": "*"},
    "NE": {"value_state": "not-estimable"},
    "NC": {"value_state": "not-estimable"},
    "NA": {"value_state": "not-given"},
    "N/A": {"value_state": "not-given"},
    "#N/A": {"value_state": "not-given"},
    "ND": {"value_state": "not-given"},
    "—": {"value_state": "not-given"},
    "–": {"value_state": "not-given"},
    "-": {"value_state": "not-given"},
    "...": {"value_state": "not-given"},
    "not available": {"value_state": "not-given"},
    "30,8": None,
    "0,123": None,
    "12-15": None,
    "12–15": None,
    "18.7–45.1": None,
    "16 (31)": None,
    "24 (18)": None,
    "6.2 (0.4)": None,
    "6.2 (52)": None,
    "6.2 ± 0.4": None,
    "6.2 (range 1–20)": None,
    "6.2 (IQR, 1–20)": None,
    "30 (18,45)": None,
    "16 (18,451)": None,
    "4.9 (2,7–8,1)": None,
    "6.2 (2.7–)": None,
    "6.2 months (2–3 weeks)": None,
    "30.8 (10% CI 18.7–45.1)": None,
    ">29.8+": None,
    "30.8% months": None,
    "NS": None,
    "***": None,
    "+": None,
    "%": None,
    "n = 5, 6": None,
    "1234567890123": None,
    "30.8 40.1": None,
    "30.8/40.1": None,
    "#DIV/0!": None,
    "2020-02-05": None,
    "３０": None,
    "1e99": None,
}  # fmt: skip
BOUND: Table = {
    "18.7": {"value": "18.7"},
    "18.7%": {"value": "18.7", "percent": True},
    "11.17 mo": {"value": "11.17", "unit": "months"},
    "29.8+": {"value": "29.8", "approximation": "at-least"},
    "NR": {"value_state": "not-reached"},
    "NE": {"value_state": "not-estimable"},
    "18.7–45.1": {"low": "18.7", "high": "45.1"},
    "(18.7, 45.1)": {"low": "18.7", "high": "45.1"},
    "18.7, 45.1": {"low": "18.7", "high": "45.1"},
    "18.7 to NR": {"low": "18.7", "high_state": "not-reached"},
    "95% CI 18.7–45.1": {"low": "18.7", "high": "45.1", "level": "95"},
    "18,45": None,
    "30.8 (18.7–45.1)": None,
    "16/52": None,
    "low": None,
}  # fmt: skip
P: Table = {
    ".02": {"p": ".02"},
    "0.02": {"p": "0.02"},
    "0·02": {"p": "0.02"},
    "<0.001": {"p": "<0.001"},
    "< 0.001": {"p": "<0.001"},
    "≤.05": {"p": "≤.05"},
    "=0.02": {"p": "0.02"},
    "P = .02": {"p": ".02"},
    "p<.05": {"p": "<.05"},
    "p-value 0.02": {"p": "0.02"},
    "P > .99": {"p": ">.99"},
    "1e-4": {"p": "0.0001"},
    "1.5E-05": {"p": "0.000015"},
    "2.2e-16": {"p": "2.2 x 10^-16"},
    "<2.2e-16": {"p": "<2.2 x 10^-16"},
    "6.5 x 10^-4": {"p": "6.5 x 10^-4"},
    "6.5×10⁻⁴": {"p": "6.5×10^-4"},
    "6.5*10^-4": {"p": "6.5 x 10^-4"},
    "0.02*": {"p": "0.02", "marks": "*"},
    "0.02a": {"p": "0.02", "marks": "a"},
    "0.02 (one-sided)": {"p": "0.02", "sides": "one"},
    ".0085 (1-sided)": {"p": ".0085", "sides": "one"},
    ".04 two-sided": {"p": ".04", "sides": "two"},
    "0.04, 2-tailed": {"p": "0.04", "sides": "two"},
    "one-sided P = .02": {"p": ".02", "sides": "one"},
    "(one-sided) 0.02": {"p": "0.02", "sides": "one"},
    "0.02 (log-rank)": {"p": "0.02"},
    "0.02 (one-sided, stratified log-rank test)": {"p": "0.02", "sides": "one"},
    "NS": {"p": "NS"},
    "n.s.": {"p": "NS"},
    "not significant": {"p": "NS"},
    "NS (two-sided)": {"p": "NS", "sides": "two"},
    "NR": {"value_state": "not-given"},
    "NA": {"value_state": "not-given"},
    "—": {"value_state": "not-given"},
    "1": {"p": "1"},
    "1.2": None,
    "-0.1": None,
    "2%": None,
    "0.02; 0.03": None,
    "0,02": None,
    "one-sided": None,
    "0.02 one-sided two-sided": None,
    "significant": None,
    "16/52": None,
}  # fmt: skip
LEVEL: Table = {
    "95": {"level": "95"},
    "95%": {"level": "95"},
    "95 %": {"level": "95"},
    "95.0": {"level": "95.0"},
    "97.5%": {"level": "97.5"},
    "95 % CI": {"level": "95"},
    "95%-KI": {"level": "95"},
    "CI 95%": {"level": "95"},
    "0.95": {"level": "95"},
    ".90": {"level": "90"},
    "0.975": {"level": "97.5"},
    "not stated": {"value_state": "not-given"},
    "0.95%": None,
    "5": None,
    "100": None,
    "99.995": None,
    "0.05": None,
    "CI": None,
}  # fmt: skip
TIME: Table = {
    "6": {"value": "6"},
    "6 months": {"value": "6", "unit": "months"},
    "6-month": {"value": "6", "unit": "months"},
    "6-mo": {"value": "6", "unit": "months"},
    "6 mo.": {"value": "6", "unit": "months"},
    "12 wk": {"value": "12", "unit": "weeks"},
    "12w": {"value": "12", "unit": "weeks"},
    "at 1 year": {"value": "1", "unit": "years"},
    "1.5 y": {"value": "1.5", "unit": "years"},
    "90 days": {"value": "90", "unit": "days"},
    "NR": {"value_state": "not-given"},
    "6m": None,
    "6-12 months": None,
    "-6": None,
    "end of treatment": None,
    "1234567890123": None,
}  # fmt: skip
TABLES: dict[str, Table] = {
    "count": COUNT,
    "number": NUMBER,
    "bound": BOUND,
    "p": P,
    "level": LEVEL,
    "time": TIME,
}
CASES = [(kind, text) for kind, table in TABLES.items() for text in table]


@pytest.mark.parametrize(
    ("kind", "text"), CASES, ids=[f"{kind}: {text[:40]}" for kind, text in CASES]
)
def test_cells(kind, text):
    """Everything that a cell says, and nothing else; what is not understood is quoted."""
    expected, found = TABLES[kind][text], said(text, kind)
    if expected is None:
        quotes = text if len(text) <= 60 else f"{text[:59]}…"
        assert found.problem.startswith(f'"{" ".join(quotes.split())}" ')
        assert Said(problem=found.problem) == found
    else:
        assert Said(**expected) == found


COMMAS: dict[tuple[str, str], dict[str, Any] | None] = {
    ("30,8", "number"): {"value": "30.8"},
    ("0,123", "number"): {"value": "0.123"},
    (",02", "p"): {"p": ".02"},
    ("P = 0,02", "p"): {"p": "0.02"},
    ("30,8 %", "number"): {"value": "30.8", "percent": True},
    ("1.016,5", "number"): {"value": "1016.5"},
    ("1 016,5", "number"): {"value": "1016.5"},
    ("1.016", "count"): {"events": "1016"},
    ("16/52 (30,8%)", "count"): {"events": "16", "n": "52", "value": "30.8", "percent": True},
    ("4,9 (2,7–8,1)", "number"): {"value": "4.9", "low": "2.7", "high": "8.1"},
    ("4,9 (2,7; 8,1)", "number"): {"value": "4.9", "low": "2.7", "high": "8.1"},
    ("4,9 (2,7, 8,1)", "number"): {"value": "4.9", "low": "2.7", "high": "8.1"},
    ("4,9 (95 % KI 2,7–8,1)", "number"): {
        "value": "4.9", "low": "2.7", "high": "8.1", "level": "95"},
    ("4,9 (2,7,8,1)", "number"): None,
    ("16,5", "count"): None,
}  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), COMMAS, ids=[text for text, _ in COMMAS])
def test_decimal_commas(text, kind):
    """In a column of decimal commas the comma is a point, and a point sets off thousands."""
    expected, found = COMMAS[text, kind], said(text, kind, comma=True)
    assert bool(found.problem) if expected is None else Said(**expected) == found


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["30,8"], True),
        (["30,8", "12,75", "NR", "", "7"], True),
        (["0,123"], True),
        ([",02"], True),
        (["30,8 (18,7–45,1)", "7"], True),
        (["1.016,5", "30,8"], True),
        (["p < 0,001"], True),
        (["30,8", "1,016"], True),
        (["1,016"], False),
        (["1,016", "2,345,678", "12"], False),
        (["30,8", "30.8"], False),
        (["30,8", "30·8"], False),
        (["1,016.5"], False),
        (["30 (18,45)", "25 (10,40)"], False),
        (["0.73 (0.59,0.91)"], False),
        (["30 (18, 45)"], False),
        (["Smith, 2020", "RECIST 1,1"], False),
        ([], False),
    ],
)
def test_comma_is_decimal(texts, expected):
    """One comma that sets off no thousands and no point among the numbers of a column."""
    assert expected is comma_is_decimal(iter(texts))


def test_why():
    """A problem says what is not understood, or what is missing to understand it."""
    assert (
        '"see earlier report" is not understood as a count'
        == said("see earlier report", "count").problem
    )
    assert (
        '"30 (18,45)" holds two bounds or one number with a decimal comma'
        == said("30 (18,45)", "number").problem
    )
    assert (
        '"16 (31)" has two whole numbers: which is the percent is not said'
        == said("16 (31)", "number").problem
    )
    assert "counts more than 9 digits can say" in said("1/1234567890", "count").problem


NUMBERS = st.decimals(-(10**9), 10**9, places=3, allow_nan=False).map(lambda one: f"{one:f}")
SIGNS = ["", "30.8", "16", "/", "52", "(", ")", "[", "]", "–", "-", ",", ".", ";", "%", " ", "NR", "n=", "<", "+", "*",
         "a", "p", "95% CI", "to", "e-4", "x 10^-4", "one-sided", "months", "·", "−", "²", "\n", "1,016", "of"]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(SIGNS), max_size=12).map("".join))


@given(NUMBERS, NUMBERS, NUMBERS)
def test_what_is_printed_here_comes_back(value, low, high):
    """A number, alone, as a percent or with its interval, as tables of this package print it."""
    assert Said(value=value) == said(value, "number") == said(value, "bound")
    assert Said(value=value, percent=True) == said(f"{value}%", "number")
    assert Said(value=value, low=low, high=high) == said(f"{value} ({low}–{high})", "number")
    assert Said(value=value, low=low, high=high, unit="months") == said(
        f"{value} mo ({low} to {high})", "number"
    )


@given(st.integers(0, 10**9 - 1), st.integers(0, 10**9 - 1), NUMBERS)
def test_counts_come_back(events, n, value):
    """Counts, with and without thousands, and a fraction with its percent."""
    assert Said(events=str(events)) == said(str(events), "count") == said(f"{events:,}", "count")
    percent = value.lstrip("-")
    expected = Said(events=str(events), n=str(n), value=percent, percent=True)
    assert expected == said(f"{events}/{n} ({percent}%)", "count")


@settings(max_examples=400)
@given(TEXTS, st.sampled_from(list(KINDS)), st.booleans())
def test_nothing_raises(text, kind, comma):
    """Any text is understood in full or quoted, and what is said are printed numbers."""
    found = said(text, kind, comma=comma)
    assert not found.problem or Said(problem=found.problem) == found
    assert all(not one or is_number(one) for one in (found.value, found.low, found.high))
    assert all(not one or (one.isdigit() and len(one) < 10) for one in (found.events, found.n))
    assert not found.p or read_p(found.p) is not None
    assert comma_is_decimal([text]) in (True, False)
