"""Which errata speak of a number and which of a set."""

import pytest

from builders import analysis_set, base_of, estimate, report, trial
from kb.model.address import Address
from kb.model.errata import errata_of, errata_of_n, errata_of_set, errata_of_value


def _report(at):
    own = report(
        {"one": analysis_set(), "someone": analysis_set()},
        [estimate(), estimate("pfs"), estimate(of="someone")],
        errata=[{"at": at, "printed": "x"}],
    )
    return base_of(trial(reports={"smith-2020": own}))["alpha"].reports["smith-2020"]


NUMBER = Address("alpha", "smith-2020", "one", "orr", "proportion")


@pytest.mark.parametrize(
    ("at", "number", "of_set"),
    [
        ("estimates/one/orr/proportion", True, False),
        ("estimates/one", True, False),
        ("estimates", True, False),
        ("estimates/orr", True, False),
        ("estimates/one/orr/proportion/interval/high", True, False),
        ("estimates/someone/orr", False, False),
        ("estimates/one/pfs", False, False),
        ("estimates/one/orr/median", False, False),
        ("analysis_sets/one", False, True),
        ("analysis_sets/one/n", False, True),
        ("analysis_sets/someone/n", False, False),
        ("analysis_sets", False, False),
        ("baseline/one", False, False),
        ("citation/title", False, False),
    ],
)
def test_where_an_erratum_leads(at, number, of_set):
    """An erratum is about a number that its path leads to, into or past, and about no other."""
    own = _report(at)
    assert number is bool(errata_of(own, NUMBER))
    assert of_set is bool(errata_of_set(own, "one"))


@pytest.mark.parametrize(
    ("at", "value", "n"),
    [
        ("estimates/one/orr/proportion", True, False),
        ("estimates/one/orr/proportion/value", True, False),
        ("estimates/one", True, False),
        ("estimates/orr", True, False),
        ("estimates", False, False),
        ("estimates/one/orr/proportion/interval", False, False),
        ("estimates/one/orr/proportion/interval/low", False, False),
        ("estimates/one/orr/proportion/also", False, False),
        ("estimates/one/orr/proportion/p", False, False),
        ("estimates/one/pfs", False, False),
        ("analysis_sets/one/n", False, True),
        ("analysis_sets/one", False, False),
        ("analysis_sets/someone/n", False, False),
    ],
)
def test_what_an_erratum_leaves_open(at, value, n):
    """An erratum of an interval, a p or a whole block leaves the value; one of an n is of no other."""
    own = _report(at)
    assert value is bool(errata_of_value(own, NUMBER))
    assert n is bool(errata_of_n(own, "one"))
