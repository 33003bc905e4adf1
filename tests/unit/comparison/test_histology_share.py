"""How many patients of a row have the histology that was asked for."""

import pytest

import kb
from builders import analysis_set, base_of, estimate, report, trial
from kb.comparison.histology_share import counted, share

MIXED = {"histologies": ["leiomyosarcoma", "liposarcoma"], "line": "first", "from": "smith-2020"}


def _baseline(category, count, of="one", **more):
    return {
        "set": of, "characteristic": "histology", "category": category, "count": count,
        "locator": "p1", **more,
    }  # fmt: skip


def _said(baseline=(), asked=("liposarcoma",), population=MIXED, endpoint="orr", **of):
    sets = {"one": analysis_set(**of)}
    printed = report(sets, [estimate(endpoint)], baseline=list(baseline))
    base = base_of(trial(population=population, reports={"smith-2020": printed}))
    (row,) = kb.compare(base, endpoint).rows
    return share(row, base, asked)


NINE = _baseline("liposarcoma", 9)


@pytest.mark.parametrize(
    ("baseline", "words"),
    [
        ([NINE], "9 of 40 liposarcoma"),
        ([NINE, _baseline("leiomyosarcoma", 31)], "9 of 40 liposarcoma"),
        ([NINE, NINE | {"count": 7, "locator": "p2"}], "9 of 40 liposarcoma"),
        ([_baseline("liposarcoma", 0)], "0 of 40 liposarcoma"),
        ([], "some liposarcoma, n not stated"),
        ([_baseline("leiomyosarcoma", 31)], "some liposarcoma, n not stated"),
        ([_baseline("fat, mostly", 9)], "some liposarcoma, n not stated"),
        ([NINE | {"characteristic": "grade"}], "some liposarcoma, n not stated"),
    ],
)
def test_counts_of_the_baseline(baseline, words):
    """The count is the printed one of the set itself; without one it is not stated."""
    assert words == _said(baseline)


def test_a_set_without_n():
    """A set whose size is not printed gives the count alone."""
    base = base_of(
        trial(
            population=MIXED,
            reports={
                "smith-2020": report(
                    {"one": analysis_set(n=None)},
                    [estimate("pfs")],
                    baseline=[NINE],
                )
            },
        )
    )
    (row,) = kb.compare(base, "pfs").rows
    assert "9 liposarcoma" == share(row, base, ["liposarcoma"])


@pytest.mark.parametrize("asked", [(), ("soft-tissue-sarcoma",), ("liposarcoma", "leiomyosarcoma")])
def test_nothing_where_all_patients_are(asked):
    """Nothing is said where no histology was asked for, or all patients are of it."""
    assert not _said([NINE], asked)


@pytest.mark.parametrize(
    ("counts", "asked", "total"),
    [
        ({"liposarcoma": 9}, ["liposarcoma"], 9),
        ({"liposarcoma": 9, "leiomyosarcoma": 4}, ["soft-tissue-sarcoma"], 13),
        ({"soft-tissue-sarcoma": 20, "liposarcoma": 9}, ["soft-tissue-sarcoma"], 20),
        ({"osteosarcoma": 9}, ["soft-tissue-sarcoma"], None),
        ({}, ["liposarcoma"], None),
    ],
)
def test_a_kind_under_another_counts_once(counts, asked, total):
    """Kinds under the one asked for are added up, those under a counted one are part of it."""
    assert total == counted(counts, asked, base_of(trial()).vocabulary)
