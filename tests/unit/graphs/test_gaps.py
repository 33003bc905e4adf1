"""The matrix of regimen classes and endpoints, with the cells where nothing is known."""

import pytest

from builders import (
    VOCABULARY,
    analysis_set,
    arm,
    base_of,
    contrast,
    estimate,
    part,
    randomised,
    report,
    response_words,
    trial,
)
from kb.errors import UnknownTermError
from kb.graphs.gaps import MOST_COLUMNS, Cell, gaps
from kb.graphs.neighbours import reporting

DOUBLET = arm("doxorubicin", "ifosfamide")


def _cell(found, regimen_class, endpoint):
    return found.row(regimen_class)[found.endpoints.index(endpoint)]


def _facts(cell):
    return cell.trials, cell.patients, cell.unsized


def test_every_class_meets_every_endpoint():
    """Rows are the named classes and the families that arms have, columns every endpoint."""
    found = gaps(base_of(trial("alpha", arms={"one": arm("anlotinib", "pembrolizumab")})))
    assert (
        "chemotherapy-doublet",
        "single-agent-chemotherapy",
        "antiangiogenic-plus-chemotherapy",
        "antiangiogenic+checkpoint-inhibitor",
    ) == found.regimen_classes
    assert ("orr", "dcr", "pfs", "os") == found.endpoints
    assert 16 == len(found.cells)
    assert 1 == len(found)
    assert 15 == len(found.empty)


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        (["cr 2", "pr 7"], (("alpha",), 40, ())),
        (["pr 7"], ((), 0, ())),
        (["cr 2"], ((), 0, ())),
    ],
    ids=["both parts", "a lower bound", "another one"],
)
def test_sums_of_parts(parts, found):
    """An endpoint whose count follows from its parts is reported; a lower bound is no evidence."""
    body = report({"one": analysis_set("one")}, [part(one) for one in parts])
    data = trial("alpha", arms={"one": DOUBLET}, reports={"smith-2020": body})
    base = base_of(data, vocabulary=response_words())
    assert found == _facts(_cell(gaps(base), "chemotherapy-doublet", "orr"))
    told = reporting(base, "orr", regimen_class="chemotherapy-doublet")
    assert list(found[0]) == [one.trial for one in told.arms]


def test_counts_of_a_cell():
    """A cell counts the trials with an arm of the class that report the endpoint, and patients."""
    base = base_of(
        trial("alpha", arms={"one": DOUBLET}),
        trial("beta", arms={"one": DOUBLET}),
        trial("gamma", arms={"one": arm("doxorubicin")}),
    )
    found = gaps(base)
    assert (("alpha", "beta"), 80, ()) == _facts(_cell(found, "chemotherapy-doublet", "orr"))
    assert ((), 0, ()) == _facts(_cell(found, "chemotherapy-doublet", "pfs"))


def test_reports_and_cuts_are_not_summed():
    """Two reports of one arm are its patients once, with the larger n."""
    later = report({"one": analysis_set(n=55)}, [estimate()])
    base = base_of(
        trial("alpha", arms={"one": DOUBLET}, reports={"smith-2020": report(), "late-2022": later})
    )
    assert (("alpha",), 55, ()) == _facts(_cell(gaps(base), "chemotherapy-doublet", "orr"))


def test_a_contrast_is_evidence_for_both_arms():
    """A hazard ratio alone fills the cells of both arms, each with its own patients."""
    sets = {"one": analysis_set("one", 50), "two": analysis_set("two", 48)}
    body = {**report(sets, []), "contrasts": [contrast()]}
    base = base_of(randomised("alpha", DOUBLET, arm("doxorubicin"), reports={"smith-2020": body}))
    found = gaps(base)
    assert (("alpha",), 50, ()) == _facts(_cell(found, "chemotherapy-doublet", "pfs"))
    assert (("alpha",), 48, ()) == _facts(_cell(found, "single-agent-chemotherapy", "pfs"))


def test_arms_together_are_evidence_for_what_they_share():
    """A set of two arms counts for the classes that both have, not for those of one."""
    sets = {"all": analysis_set(["one", "two"], 90)}
    arms = {"one": DOUBLET, "two": arm("doxorubicin")}
    base = base_of(
        trial("alpha", arms=arms, reports={"smith-2020": report(sets, [estimate(of="all")])})
    )
    found = gaps(base)
    assert (("alpha",), 90, ()) == _facts(_cell(found, "chemotherapy", "orr"))
    assert ((), 0, ()) == _facts(_cell(found, "chemotherapy-doublet", "orr"))


def test_trials_without_n_are_said():
    """A trial that prints no n is counted as a trial, its patients are said to be unknown."""
    body = report({"one": analysis_set(n=None)}, [estimate("pfs")])
    base = base_of(trial("alpha", arms={"one": DOUBLET}, reports={"smith-2020": body}))
    assert (("alpha",), 0, ("alpha",)) == _facts(_cell(gaps(base), "chemotherapy-doublet", "pfs"))


def test_trials_that_share_patients_count_once():
    """A declared overlap of two trials leaves the larger of them."""
    bigger = report({"one": analysis_set(n=60)}, [estimate()])
    base = base_of(
        trial("alpha", arms={"one": DOUBLET}),
        trial(
            "beta",
            arms={"one": DOUBLET},
            reports={"smith-2020": bigger},
            overlaps=[{"sets": ["smith-2020/one", "alpha/smith-2020/one"], "patients": "some"}],
        ),
    )
    cell = _cell(gaps(base), "chemotherapy-doublet", "orr")
    assert (("alpha", "beta"), 60, ()) == _facts(cell)


def test_filters_hold_for_sets():
    """A histology counts the patients of that histology, not those of the arm around them."""
    sets = {
        "one": analysis_set("one", 40),
        "lms": analysis_set("one", 12, subgroup={"histology": "leiomyosarcoma"}, of="one"),
    }
    body = report(sets, [estimate(), estimate("pfs"), estimate(of="lms", events=3)])
    base = base_of(trial("alpha", arms={"one": DOUBLET}, reports={"smith-2020": body}))
    found = gaps(base, histology="LMS")
    assert (("alpha",), 12, ()) == _facts(_cell(found, "chemotherapy-doublet", "orr"))
    assert ((), 0, ()) == _facts(_cell(found, "chemotherapy-doublet", "pfs"))


def test_classes_and_endpoints_asked_for():
    """Classes asked for are the rows, endpoints asked for the columns, synonyms resolved."""
    found = gaps(
        base_of(trial()),
        endpoint="PFS,orr",
        regimen_class=["chemotherapy-doublet", "chemotherapy + antiangiogenic"],
    )
    assert ("chemotherapy-doublet", "antiangiogenic+chemotherapy") == found.regimen_classes
    assert ("pfs", "orr") == found.endpoints
    assert 0 == len(found)


@pytest.mark.parametrize("asked", [{"endpoint": "prs"}, {"regimen_class": "dublet"}])
def test_unknown_words(asked):
    """A word that the vocabulary lacks is named."""
    with pytest.raises(UnknownTermError, match="not a known"):
        gaps(base_of(trial()), **asked)


def test_views_show_what_is_most_reported():
    """Without a question only endpoints with evidence are columns; asked ones all are."""
    base = base_of(trial("alpha", arms={"one": DOUBLET}))
    assert ("orr",) == gaps(base).columns
    assert ("orr", "pfs") == gaps(base, endpoint="pfs,orr").columns
    assert {"orr", "dcr", "pfs", "os"} == set(gaps(base, endpoint="all").columns)


def test_classes_with_evidence_come_first():
    """Views list the classes of most trials first, those without evidence last."""
    base = base_of(trial("alpha", arms={"one": arm("doxorubicin")}))
    assert "single-agent-chemotherapy" == gaps(base).ordered_classes[0]


def _printed(endpoint):
    """A number of an endpoint."""
    if endpoint in ("orr", "pfs", "os"):
        return estimate(endpoint)
    return estimate(endpoint, measure="proportion", events=30)


def _many(*endpoints):
    """As many trials as endpoints: the first reports all of them, each further one fewer."""
    return [
        trial(
            f"t{number}",
            reports={"smith-2020": report(None, [_printed(one) for one in endpoints[:reported]])},
        )
        for number, reported in enumerate(range(len(endpoints), 0, -1))
    ]


def test_columns_are_the_most_reported():
    """Unless endpoints are asked for, those that trials report are columns, most reported first."""
    found = gaps(base_of(*_many("pfs", "orr")))
    assert {"orr": 1, "dcr": 0, "pfs": 2, "os": 0} == found.reported
    assert ("pfs", "orr") == found.columns
    assert ("pfs", "dcr") == gaps(base_of(*_many("pfs", "orr")), endpoint="dcr,pfs").columns
    assert ("pfs", "orr", "dcr", "os") == gaps(
        base_of(*_many("pfs", "orr")), endpoint="all"
    ).columns


def test_at_most_eight_columns():
    """Of nine reported endpoints the eight most reported are columns."""
    words = {f"e{number}": {
        "name": f"Endpoint {number}", "definition": "As named.", "measures": ["proportion"],
        "better": "higher",
    } for number in range(9)}  # fmt: skip
    vocabulary = {**VOCABULARY, "endpoints": words}
    base = base_of(
        *[
            trial(f"t{trials}", reports={"smith-2020": report(None, [
                estimate(f"e{number}", measure="proportion", events=30)
                for number in range(trials, 9)
            ])})
            for trials in range(9)
        ],
        vocabulary=vocabulary,
    )  # fmt: skip
    assert MOST_COLUMNS == 8 == len(gaps(base).columns)
    assert tuple(f"e{number}" for number in range(8, 0, -1)) == gaps(base).columns


def test_no_evidence_keeps_a_column():
    """Where no trial reports anything one endpoint stays, so that there is a matrix."""
    assert ("orr",) == gaps(base_of(trial()), year="1900").columns


def test_classes_of_most_trials_first():
    """Classes stand by how many trials they have in the shown columns."""
    base = base_of(trial("alpha"), trial("beta"), trial("gamma", arms={"one": DOUBLET}))
    assert (
        "chemotherapy",
        "single-agent-chemotherapy",
        "chemotherapy-doublet",
    ) == gaps(base).ordered_classes[:3]


def test_an_empty_cell():
    """A cell of which nothing is known has no trial and no patient."""
    assert ((), 0, ()) == _facts(Cell("a", "orr"))
