"""Rows in an order that was asked for: arms whole, what is missing last, and how many are left."""

import pytest

import kb
from builders import analysis_set, arm, base_of, estimate, report, trial
from kb.comparison.arranged import NUMBERS, WORDS, arranged, direction


def _trial(name, n, events, year, *, subgroup=None):
    sets = {"one": analysis_set(n=n)}
    numbers = [estimate(events=events)]
    if subgroup:
        sets["part"] = analysis_set(
            n=subgroup[1], of="one", subgroup={"histology": ["leiomyosarcoma"]}
        )
        numbers.insert(0, estimate(of="part", events=subgroup[0]))
    body = report(sets, numbers, citation={"year": year})
    return trial(name, reports={"smith-2020": body})


BASE = base_of(
    _trial("alpha", 50, 10, 2019),
    _trial("beta", 20, 8, 2021, subgroup=(4, 5)),
    _trial("gamma", 100, 30, 2015),
)
"""Values 20, 40 (with a part of 80) and 30 percent; n 50, 20, 100; years 2019, 2021, 2015."""
FOUND = kb.compare(BASE, "orr")


def _trials(sort, limit=None):
    return list(dict.fromkeys(row.trial for row in arranged(FOUND, sort, limit)[0].rows))


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("value", "beta gamma alpha"),
        ("value:asc", "alpha gamma beta"),
        ("value:desc", "beta gamma alpha"),
        ("orr", "beta gamma alpha"),
        ("n", "gamma alpha beta"),
        ("n:asc", "beta alpha gamma"),
        ("events", "gamma alpha beta"),
        ("year", "beta alpha gamma"),
        ("low", "gamma beta alpha"),
        ("high", "beta gamma alpha"),
        ("trial", "alpha beta gamma"),
        ("trial:desc", "gamma beta alpha"),
        ("", "alpha beta gamma"),
    ],
)
def test_order(sort, order):
    """Numbers from the largest, words from A, either turned by a direction."""
    assert order.split() == _trials(sort)


def test_an_arm_goes_where_its_whole_set_goes():
    """A subgroup of 80 % does not lift its arm above one of 40 %, and stays with it."""
    beta = base_of(_trial("beta", 20, 4, 2021, subgroup=(4, 5)), _trial("gamma", 100, 30, 2015))
    rows = arranged(kb.compare(beta, "orr"), "value")[0].rows
    assert ["gamma", "beta", "beta"] == [row.trial for row in rows]


def test_what_has_no_value_goes_last():
    """Without the field, or without the endpoint, an arm is last in either direction."""
    bare = trial(
        "alpha", reports={"smith-2020": report({"one": analysis_set()}, [estimate("pfs")])}
    )
    found = kb.compare(base_of(bare, _trial("beta", 20, 8, 2021)), "orr,pfs")
    for sort in ("value", "value:asc", "orr:asc", "events"):
        assert ["beta", "alpha"] == [row.trial for row in arranged(found, sort)[0].rows]
    assert ["alpha", "beta"] == [row.trial for row in arranged(found, "pfs")[0].rows]


def test_a_state_is_no_value():
    """A median that was not reached has no place among numbers."""
    late = report({"one": analysis_set()}, [estimate("pfs", value="not-reached")])
    early = report({"one": analysis_set()}, [estimate("pfs", value="4")])
    weeks = report({"one": analysis_set()}, [estimate("pfs", value="30", unit="weeks")])
    base = base_of(
        *(trial(name, reports={"smith-2020": one})
          for name, one in (("alpha", late), ("beta", early), ("gamma", weeks)))
    )  # fmt: skip
    rows = arranged(kb.compare(base, "pfs"), "value")[0].rows
    assert ["gamma", "beta", "alpha"] == [row.trial for row in rows]  # 30 weeks are 6.9 months


@pytest.mark.parametrize(
    ("limit", "rows", "left"),
    [(1, 1, "3 of 4 analysis sets"), (3, 3, "1 of 4 analysis sets"), (4, 4, ""), (9, 4, "")],
)
def test_limit(limit, rows, left):
    """The first analysis sets are kept, and how many were left out is said."""
    found, said = arranged(FOUND, "trial", limit)
    assert (rows, left) == (len(found.rows), said)
    trials = {row.trial for row in found.rows}
    assert trials >= {address.split("/")[0] for one in found.caveats for address in one.rows}
    assert bool(left) is (FOUND.caveats != found.caveats)


def test_what_is_said_is_said_of_what_is_left():
    """After a limit caveats are those of the rows shown, and reports set aside those of their arms."""
    older = {
        "smith-2020": report(citation={"year": 2020}),
        "jones-2015": report(citation={"year": 2015}),
    }
    found = kb.compare(base_of(trial("alpha", reports=older), trial("beta", reports=older)), "orr")
    assert ["alpha", "beta"] == [row.trial for row in found.set_aside]
    left = arranged(found, "trial", 1)[0]
    assert ["alpha"] == [row.trial for row in left.set_aside]
    assert found.set_aside == arranged(found, "trial", 2)[0].set_aside


def test_what_stands_beside_stays_with_its_trial():
    """Rows beside others are not counted, and are kept or left with their trial."""
    from dataclasses import replace

    beside = replace(FOUND.rows[0], trial="alpha", arm="control", beside="control", set="other")
    view = replace(FOUND, rows=(*FOUND.rows, beside))
    kept = arranged(view, "n:asc", 3)[0].rows
    assert ["beta", "beta", "alpha", "alpha"] == [row.trial for row in kept]
    assert ["", "control"] == [row.beside for row in kept[2:]]
    assert not any(row.beside for row in arranged(view, "n:asc", 2)[0].rows)


def test_what_cannot_be_asked():
    """A field, a direction and a limit that are none are refused in words."""
    with pytest.raises(ValueError, match=r"^'rank' is nothing to sort by; known are n, events"):
        arranged(FOUND, "rank")
    with pytest.raises(ValueError, match=r"^a direction is asc or desc, got 'up'$"):
        arranged(FOUND, "n:up")
    with pytest.raises(ValueError, match=r"^a limit is 1 or more, got 0$"):
        arranged(FOUND, "", 0)
    assert [("n", None), ("n", False), ("n", True)] == [
        direction(one) for one in ("n", "n:asc", "n:desc")
    ]


@pytest.mark.parametrize("field", [*NUMBERS, *WORDS])
def test_every_field_sorts(field):
    """No field loses a row."""
    assert set(FOUND.rows) == set(arranged(FOUND, field)[0].rows)


def _strata():
    """A randomised trial of two strata, each an arm with its control."""
    sets, arms = {}, {}
    for stratum, (new, old) in {"naive": (20, 5), "treated": (10, 4)}.items():
        for role, events in (("experimental", new), ("control", old)):
            name = f"{stratum}-{role}"
            sets[name] = (analysis_set(name), estimate(of=name, events=events))
            drugs = ("doxorubicin", "anlotinib") if role == "experimental" else ("doxorubicin",)
            arms[name] = arm(*drugs, role=role, part=stratum)
    printed = report(
        {name: one for name, (one, _) in sets.items()}, [one for _, one in sets.values()]
    )
    design = {"allocation": "randomised", "timing": "prospective"}
    return base_of(trial(design=design, arms=arms, reports={"smith-2020": printed}))


@pytest.mark.parametrize(
    ("sort", "limit", "arms"),
    [
        ("value", None, "naive-experimental naive-control treated-experimental treated-control"),
        (
            "value:asc",
            None,
            "treated-experimental treated-control naive-experimental naive-control",
        ),
        ("value:asc", 1, "treated-experimental treated-control"),
    ],
)
def test_what_stands_beside_goes_with_its_arm(sort, limit, arms):
    """Controls and contrasts follow the arm they stand beside, and leave with it."""
    found = arranged(kb.compare(_strata(), "orr", drug="anlotinib"), sort, limit)[0]
    assert arms.split() == list(dict.fromkeys(row.arm for row in found.rows))
    marks = ["", "control", "contrast"] * (1 if limit else 2)
    assert marks == [row.beside for row in found.rows]
