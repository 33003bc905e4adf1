"""The words of the vocabulary, and how many arms use each."""

import pytest

import kb
from builders import VOCABULARY, analysis_set, arm, base_of, estimate, randomised, report, trial
from kb.query.terms import Kinds, Terms, terms, uses
from kb.vocabulary.kinds import KINDS

BASE = base_of(
    trial(
        "alpha",
        reports={
            "smith-2020": report(
                {"one": analysis_set(assessment={"assessor": "investigator"})},
                [estimate(), estimate("pfs")],
                assessment={"criteria": "recist-1.1", "assessor": "not-stated"},
            )
        },
    ),
    randomised("beta", arm("doxorubicin", "ifosfamide"), arm("anlotinib", "pegfilgrastim")),
)


def _terms(*asked):
    """Terms of one kind, which are no list of kinds."""
    found = terms(BASE, *asked)
    assert isinstance(found, Terms)
    return found


def _found(*asked):
    return {one.id: one.arms for one in _terms(*asked)}


def test_kinds():
    """Without a kind there are the kinds, each with its file and the number of its terms."""
    found = terms(BASE)
    assert isinstance(found, Kinds)
    assert [(kind, name) for kind, (name, _) in KINDS.items()] == [one[:2] for one in found]
    assert ("assessor", "assessors", 2) in found


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_kind_by_its_name_and_by_its_file(kind):
    """A kind is known in the singular and by the name of its file."""
    found = terms(BASE, kind)
    assert isinstance(found, Terms)
    assert kind == found.kind
    assert found == terms(BASE, KINDS[kind].file)
    assert set(BASE.vocabulary[kind]) == {one.id for one in found}
    assert all(one.term is BASE.vocabulary[kind][one.id] for one in found)


def test_those_that_most_arms_use_come_first():
    """Drugs are counted by arm, supportive ones too, and equal ones stand by their id."""
    assert {
        "doxorubicin": 2, "anlotinib": 1, "ifosfamide": 1, "pegfilgrastim": 1,
        "axitinib": 0, "epirubicin": 0, "pembrolizumab": 0, "placebo": 0,
    } == _found("drug")  # fmt: skip
    assert ["doxorubicin", "anlotinib", "ifosfamide", "pegfilgrastim", "axitinib"] == [
        one.id for one in _terms("drug")
    ][:5]


def test_what_lies_under_a_term_counts_for_it():
    """An arm that uses a class uses what stands above it."""
    assert {
        "chemotherapy": 2, "anthracycline": 2, "alkylating-agent": 1, "antiangiogenic": 1,
        "vegfr-tki": 1, "checkpoint-inhibitor": 0,
    } == _found("drug-class")  # fmt: skip
    assert {"sarcoma": 3, "soft-tissue-sarcoma": 3, "osteosarcoma": 0}.items() <= _found(
        "histology"
    ).items()
    assert {"chemotherapy-doublet": 1, "single-agent-chemotherapy": 1}.items() <= _found(
        "regimen-class"
    ).items()


def test_endpoints_criteria_and_assessors():
    """An arm uses the endpoints of its numbers, and the words of its report and of its sets."""
    assert {"orr": 3, "pfs": 1, "dcr": 0, "os": 0} == _found("endpoint")
    assert {"recist-1.1": 1, "not-stated": 0} == _found("criteria")
    assert {"investigator": 1, "not-stated": 1} == _found("assessor")
    assert ("criteria", "investigator") not in uses(BASE)


@pytest.mark.parametrize(
    ("kind", "word", "found"),
    [
        (
            "histology",
            "soft-tissue-sarcoma",
            {"soft-tissue-sarcoma", "leiomyosarcoma", "liposarcoma"},
        ),
        ("histology", "LMS", {"leiomyosarcoma"}),
        ("drug-class", "antiangiogenic", {"antiangiogenic", "vegfr-tki"}),
        ("drug", "Adriamycin", {"doxorubicin"}),
        ("endpoint", "orr", {"orr"}),
    ],
)
def test_a_term_and_those_under_it(kind, word, found):
    """With a word there is its term and what lies under it; drugs have nothing under them."""
    assert found == {one.id for one in _terms(kind, word)}


def test_a_drug_that_bears_the_name_of_a_class():
    """A drug has nothing under it, also where a class of drugs has its id."""
    namesake = {"name": "Namesake", "class": "checkpoint-inhibitor"}
    drugs = {**VOCABULARY["drugs"], "checkpoint-inhibitor": namesake}
    base = base_of(trial(), vocabulary={**VOCABULARY, "drugs": drugs})
    found = terms(base, "drug", "checkpoint-inhibitor")
    assert isinstance(found, Terms)
    assert ["checkpoint-inhibitor"] == [one.id for one in found]


def test_what_stands_above():
    """A term shows its parents, a drug its classes."""
    above = {one.id: one.above for one in _terms("histology")}
    assert ((), ("sarcoma",)) == (above["sarcoma"], above["osteosarcoma"])
    assert ("anthracycline",) == _terms("drug", "doxorubicin")[0].above


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("drugz",), "'drugz' is not a known kind of term; did you mean 'drug'"),
        (("q",), "'q' is not a known kind of term; known are drug, drug-class"),
        (("drug", "doxorubicine"), "'doxorubicine' is not a known drug; did you mean 'doxorubicin'"),
        (("drugs", ""), "'' is not a known drug"),
    ],
)  # fmt: skip
def test_what_there_is_not(asked, said):
    """A kind or a word that there is not is refused with near ones."""
    with pytest.raises(kb.UnknownTermError, match=said):
        terms(BASE, *asked)
