"""Neighbours of a trial: each reason by itself, ranking, filters, and arms that share an endpoint."""

import pytest

from builders import analysis_set, arm, base_of, estimate, randomised, report, trial
from kb.errors import UnknownTermError
from kb.graphs.neighbours import related, reporting

DOX, DOUBLET, ANLO = arm("doxorubicin"), arm("doxorubicin", "ifosfamide"), arm("anlotinib")
BONE = {"histologies": ["osteosarcoma"], "from": "smith-2020"}


def _reasons(*trials, of="alpha", **criteria):
    """Kind, shared ids and sentence of every reason, by neighbour."""
    found = related(base_of(*trials), of, **criteria)
    return {
        one.trial: [(reason.kind, reason.shared, reason.message) for reason in one.reasons]
        for one in found.neighbours
    }


def _apart(trial_id, **more):
    """A trial that shares nothing with a trial of doxorubicin in soft-tissue sarcoma."""
    return trial(trial_id, **{"arms": {"one": ANLO}, "population": BONE} | more)


def test_nothing_in_common():
    """Trials of other drugs in other histologies are no neighbours."""
    assert {} == _reasons(trial("alpha"), _apart("beta"))


def test_overlapping_patients():
    """Sets that a record says share patients make neighbours of their trials."""
    overlap = {"sets": ["smith-2020/one", "alpha/smith-2020/one"], "patients": "some"}
    found = _reasons(trial("alpha"), _apart("beta", overlaps=[overlap]))
    names = ("alpha/smith-2020/one", "beta/smith-2020/one")
    sentence = "beta/smith-2020/one and alpha/smith-2020/one share patients (some)"
    assert {"beta": [("overlapping-patients", names, sentence)]} == found


def test_shared_registration():
    """Trials under one registration are neighbours."""
    found = _reasons(
        trial("alpha", registrations=["NCT01"], shares_registration_with=["beta"]),
        _apart("beta", registrations=["NCT01"], shares_registration_with=["alpha"]),
    )
    sentence = "both are registered as NCT01"
    assert {"beta": [("shared-registration", ("NCT01",), sentence)]} == found


def test_shared_publication():
    """One publication that a report is, and another report passes on, has results of both."""
    cited = {"title": "Pooled", "container": "Journal", "year": 2020, "doi": "10.1000/pooled"}
    passing = {**report(), "read": "news", "relays": {"doi": "10.1000/pooled"}}
    found = _reasons(
        trial("alpha", reports={"smith-2020": report(citation=cited)}),
        _apart("beta", reports={"smith-2020": passing}),
    )
    sentence = "one publication has results of both: doi:10.1000/pooled"
    assert {"beta": [("shared-publication", ("doi:10.1000/pooled",), sentence)]} == found


def test_shared_document():
    """One news report that covers both is a reason, and no shared publication."""
    news = {"container": "Outlet", "year": 2020, "url": "https://example.org/both"}
    both = {"smith-2020": report(citation=news, read="news")}
    found = _reasons(trial("alpha", reports=both), _apart("beta", reports=both))
    sentence = "one document covers both: Outlet"
    assert {"beta": [("shared-document", ("https://example.org/both",), sentence)]} == found


def test_same_regimen():
    """Arms of the same active drugs are the same regimen; what it implies is not repeated."""
    found = _reasons(trial("alpha"), _apart("beta", arms={"one": arm("placebo", "doxorubicin")}))
    assert {"beta": [("same-regimen", ("doxorubicin",), "both give Doxorubicin")]} == found


def test_shared_comparator():
    """A regimen that both randomise against links their other arms."""
    found = _reasons(
        randomised("alpha", arm("doxorubicin", "ifosfamide"), DOX),
        randomised("beta", ANLO, DOX, population=BONE),
    )
    sentence = "both compare with Doxorubicin at random"
    assert {"beta": [("shared-comparator", ("doxorubicin",), sentence)]} == found


def test_experimental_in_both_is_no_comparator():
    """A regimen that is experimental in both is the same regimen, not a comparator."""
    found = _reasons(
        randomised("alpha", DOUBLET, DOX), randomised("beta", DOUBLET, ANLO, population=BONE)
    )
    sentence = "both give Doxorubicin + Ifosfamide"
    assert {"beta": [("same-regimen", ("doxorubicin+ifosfamide",), sentence)]} == found


def test_class_drug_and_drug_class():
    """Different doublets share their class, a drug, and the class of the drugs that differ."""
    found = _reasons(
        trial("alpha", arms={"one": DOUBLET}),
        _apart("beta", arms={"one": arm("epirubicin", "ifosfamide")}),
    )
    assert {
        "beta": [
            ("shared-drug", ("ifosfamide",), "both give Ifosfamide in another combination"),
            (
                "shared-regimen-class",
                ("chemotherapy-doublet",),
                "both have an arm of Chemotherapy doublet",
            ),
            (
                "shared-drug-class",
                ("anthracycline",),
                "both give a drug of the class Anthracycline",
            ),
        ]
    } == found


def test_family_where_no_named_class_is_shared():
    """Arms that share no named class share their family."""
    found = _reasons(
        trial("alpha", arms={"one": arm("anlotinib", "pembrolizumab")}),
        _apart("beta", arms={"one": arm("axitinib", "pembrolizumab")}),
    )
    sentence = "both have an arm of Antiangiogenic agent + Checkpoint inhibitor"
    reason = ("shared-regimen-class", ("antiangiogenic+checkpoint-inhibitor",), sentence)
    assert reason in found["beta"]


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("leiomyosarcoma", "soft-tissue-sarcoma", ("leiomyosarcoma", "orr")),
        ("soft-tissue-sarcoma", "leiomyosarcoma", ("leiomyosarcoma", "orr")),
        ("liposarcoma", "liposarcoma", ("liposarcoma", "orr")),
    ],
)
def test_histology_and_endpoint(one, other, shared):
    """A histology at or under one of the other trial, with an endpoint of both, is a reason."""

    def studying(histology):
        return {"histologies": [histology], "from": "smith-2020"}

    found = _reasons(
        trial("alpha", population=studying(one)), _apart("beta", population=studying(other))
    )
    assert [("shared-histology-and-endpoint", shared)] == [each[:2] for each in found["beta"]]


def test_siblings_and_other_endpoints_are_no_reason():
    """Two histologies under one parent are not shared, nor is a histology without an endpoint."""
    lipo = {"histologies": ["liposarcoma"], "from": "smith-2020"}
    lms = {"histologies": ["leiomyosarcoma"], "from": "smith-2020"}
    assert {} == _reasons(trial("alpha", population=lms), _apart("beta", population=lipo))
    survival = {"smith-2020": report(estimates=[estimate("pfs")])}
    other = _apart("beta", population=lms, reports=survival)
    assert {} == _reasons(trial("alpha", population=lms), other)


def test_nearest_first():
    """The strongest kind of reason decides, then the next, then the id."""
    found = _reasons(
        trial("alpha", registrations=["NCT01"], shares_registration_with=["omega"]),
        trial("same-and-more"),
        _apart("same", arms={"one": DOX}),
        trial("histology", arms={"one": ANLO}),
        trial("a-histology", arms={"one": ANLO}),
        _apart("omega", registrations=["NCT01"], shares_registration_with=["alpha"]),
    )
    assert ["omega", "same-and-more", "same", "a-histology", "histology"] == list(found)


def test_how_much_is_shared():
    """Two shared drugs go before one."""
    found = _reasons(
        trial("alpha", arms={"one": arm("doxorubicin", "ifosfamide", "pembrolizumab")}),
        _apart("a-one", arms={"one": arm("doxorubicin", "anlotinib")}),
        _apart("two", arms={"one": arm("doxorubicin", "pembrolizumab", "anlotinib")}),
    )
    assert ["two", "a-one"] == list(found)


def test_filters_keep_neighbours():
    """Filters keep the neighbours that meet them."""
    trials = [trial("alpha"), trial("beta"), trial("gamma", phase="3")]
    assert ["gamma"] == list(_reasons(*trials, phase="3"))


def test_trial_by_any_name():
    """A trial is found by acronym and registration; an unknown one is named with near ones."""
    base = base_of(trial("alpha", acronym="First", registrations=["NCT01"]), trial("beta"))
    assert ["alpha", "alpha"] == [related(base, name).trial for name in ("first", "nct01")]
    with pytest.raises(UnknownTermError, match="did you mean 'alpha'"):
        related(base, "alhpa")


def test_arms_that_share_class_and_endpoint():
    """Arms of a class that report an endpoint, each with its largest n and the reports."""
    later = report({"one": analysis_set(n=55)}, [estimate("pfs")])
    base = base_of(
        trial("alpha", arms={"one": DOUBLET}, reports={"smith-2020": report(), "late-2022": later}),
        trial("beta", arms={"one": DOUBLET}),
        trial("gamma", reports={"smith-2020": report(estimates=[estimate("pfs")])}),
    )
    (only,) = reporting(base, "PFS", regimen_class="chemotherapy-doublet").arms
    assert ("alpha", "one", "doxorubicin+ifosfamide", "pfs", 55, ("late-2022",)) == (
        only.trial, only.arm, only.treatment, only.endpoint, only.n, only.reports,
    )  # fmt: skip
    assert 2 == len(reporting(base, "pfs"))


def test_reporting_holds_filters_for_sets():
    """An arm whose subgroup does not report the endpoint is not listed for that histology."""
    sets = {
        "one": analysis_set("one", 40),
        "lms": analysis_set("one", 12, subgroup={"histology": "leiomyosarcoma"}, of="one"),
    }
    body = report(sets, [estimate(), estimate("pfs"), estimate(of="lms", events=3)])
    base = base_of(trial("alpha", reports={"smith-2020": body}))
    assert [12] == [one.n for one in reporting(base, "orr", histology="leiomyosarcoma").arms]
    assert () == reporting(base, "pfs", histology="leiomyosarcoma").arms
