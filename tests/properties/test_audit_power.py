"""How sharp the audit is, held to floors; and the page that says so."""

import csv
from pathlib import Path

import pytest

import audit_power
import kb
from audit_plants import KINDS
from audit_power import PAGE, RECORDS, WHOLE, Bench, alarms, measure
from audit_rates import DESCRIBING
from audit_slips import RECORD_SLIPS
from kb.audits import NUMBER_RULES

PLANTED = 20
with Path(__file__).with_name("audit_floors.csv").open(encoding="utf-8", newline="") as file:
    FLOORS = list(csv.DictReader(file))
"""Percents caught and loud, of slips in tables with every column, a tenth below what was measured
when the page was written."""


@pytest.fixture(scope="module")
def bench():
    """The tables of the records and the made-up ones."""
    return Bench(kb.load(audit_power.ROOT / "records"))


@pytest.fixture(scope="module")
def found(bench):
    """A short run over tables with every column."""
    return measure(bench, PLANTED, (WHOLE,))


@pytest.mark.parametrize("floor", FLOORS, ids=lambda row: f"{row['slip']}, {row['tables']}")
def test_sharpness_does_not_fall(found, floor):
    """Of every kind of slip at least as many are caught, and loud, as its floor says."""
    one = found[floor["slip"], floor["tables"], WHOLE]
    assert int(floor["caught"]) <= 100 * one.caught / one.planted
    assert int(floor["loud"]) <= 100 * one.loud / one.planted


def test_every_slip_has_a_floor(found):
    """Every kind of slip that has a place in some tables is held to a floor there."""
    held = {(row["slip"], row["tables"]) for row in FLOORS}
    assert held == {(words, source) for (words, source, _), one in found.items() if one.planted}


def test_few_consistent_tables_alarm(bench):
    """Of tables that agree with themselves at most 5 % have a loud finding."""
    for name, sheets in bench.sources.items():
        if name != RECORDS:
            one = alarms(bench, sheets[:120], WHOLE)
            assert 5 >= 100 * one.loud / one.tables, (name, one.rules)


def test_page_lists_everything():
    """The page has a line for every slip, in the tables and in records, and for every rule."""
    page = PAGE.read_text(encoding="utf-8")
    for kind in KINDS:
        for source in kind.sources:
            assert 2 == page.count(f"| {kind.words} | {source} |")
    for words in RECORD_SLIPS:
        assert f"| {words} |" in page
    for rule in (rule.__name__.replace("_", "-") for rule in NUMBER_RULES):
        assert rule in DESCRIBING or f"| `{rule}` |" in page


def test_page_is_current(bench):
    """The rates of three slips on the page are those measured now."""
    page = PAGE.read_text(encoding="utf-8")
    words = ("a percent with its point moved", "weeks for months, PFS beside OS",
             "± one standard error of a ratio sold as 95 %")  # fmt: skip
    kinds = [kind for kind in KINDS if kind.words in words]
    for (kind, source, _), one in measure(bench, forms=(WHOLE,), kinds=kinds).items():
        caught, loud = (f"{100 * part / one.planted:.0f} %" for part in (one.caught, one.loud))
        assert f"| {kind} | {source} | {one.planted} | {caught} | {loud} |" in page
