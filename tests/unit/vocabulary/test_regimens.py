"""The classes of phases: maximal phases, unnamed drugs, alternatives, sequences, treatments."""

import pytest

import kb
from kb.store.layout import packaged
from kb.vocabulary import regimens
from kb.vocabulary.regimens import Given

WORDS = kb.load(packaged()).vocabulary


def _phase(text):
    """`a/b&c + d` as a phase; `*` marks what stands for some drugs, `?` what only some get."""
    return tuple(
        Given(
            tuple(frozenset(one.split("&")) for one in component.strip(" ?*").split("/")),
            frozenset({component.strip(" ?*")}) if "*" in component else frozenset(),
            "?" in component,
        )
        for component in text.split("+")
    )


def _phases(text):
    return tuple(_phase(one) for one in text.split(">"))


def _shown(phases):
    return " > ".join(
        " + ".join("/".join("&".join(sorted(one)) for one in each.choice) for each in phase)
        for phase in phases
    )


MAXIMAL = [
    ("doxorubicin + anlotinib > anlotinib", "doxorubicin + anlotinib", "maintenance"),
    ("anlotinib > doxorubicin + anlotinib", "doxorubicin + anlotinib", "lead-in"),
    ("gemcitabine > gemcitabine", "gemcitabine", "the first of the same drugs"),
    ("doxorubicin > anlotinib", "doxorubicin > anlotinib", "different drugs"),
    (
        "doxorubicin + ifosfamide > doxorubicin + anlotinib",
        "doxorubicin + ifosfamide > doxorubicin + anlotinib",
        "one drug in common",
    ),
    (
        "doxorubicin/epirubicin + anlotinib > epirubicin",
        "doxorubicin/epirubicin + anlotinib",
        "part of an alternative",
    ),
    ("ifosfamide > surgery > chemotherapy-not-stated", "ifosfamide", "unnamed of its class"),
    (
        "pembrolizumab > chemotherapy-not-stated",
        "pembrolizumab > chemotherapy-not-stated",
        "unnamed of another class",
    ),
    (
        "chemotherapy-not-stated > ifosfamide + pembrolizumab",
        "ifosfamide + pembrolizumab",
        "unnamed before",
    ),
    (
        "pazopanib > tyrosine-kinase-inhibitor-not-stated",
        "pazopanib",
        "unnamed with a class that is no family",
    ),
    ("nivolumab > surgery > nivolumab", "nivolumab", "surgery between"),
    ("nivolumab > surgery > radiotherapy", "nivolumab", "radiotherapy after surgery"),
    ("nivolumab > surgery + radiotherapy", "nivolumab", "radiotherapy at surgery"),
    ("radiotherapy > nivolumab", "radiotherapy > nivolumab", "radiotherapy before drugs"),
    ("radiotherapy > surgery", "radiotherapy", "radiotherapy before surgery"),
    (
        "nivolumab > surgery > nivolumab + radiotherapy",
        "nivolumab + radiotherapy",
        "radiotherapy beside a drug after surgery",
    ),
    ("doxorubicin > surgery/radiotherapy", "doxorubicin", "surgery or radiotherapy"),
    ("surgery", "", "surgery alone"),
    (
        "vincristine > vincristine? + irinotecan?",
        "vincristine",
        "given to some patients only",
    ),
    (
        "vincristine > vincristine? + irinotecan",
        "vincristine + irinotecan",
        "one component for all",
    ),
    ("anlotinib? + pazopanib?", "anlotinib + pazopanib", "everything for some"),
]


@pytest.mark.parametrize(
    ("phases", "kept"), [one[:2] for one in MAXIMAL], ids=[one[2] for one in MAXIMAL]
)
def test_maximal_phases(phases, kept):
    """A phase stays unless another holds its drugs, it is surgery, or it is for some only."""
    assert kept == _shown(regimens.maximal(_phases(phases), WORDS))


CLASSES = [
    (
        "doxorubicin/epirubicin + ifosfamide",
        {
            "anthracycline-based-chemotherapy", "anthracycline-plus-ifosfamide", "chemotherapy",
            "chemotherapy-doublet",
        },
        "alternatives of one kind",
    ),
    ("doxorubicin/anlotinib + ifosfamide", set(), "alternatives of two kinds"),
    (
        "doxorubicin > pembrolizumab",
        {"anthracycline-based-chemotherapy", "chemotherapy..checkpoint-inhibitor"},
        "a sequence has no single agent",
    ),
    (
        "ifosfamide + doxorubicin > pembrolizumab",
        {
            "anthracycline-based-chemotherapy", "anthracycline-plus-ifosfamide",
            "chemotherapy..checkpoint-inhibitor", "chemotherapy-doublet",
        },
        "a sequence keeps what is no single agent",
    ),
    ("surgery", set(), "no phase at all"),
    ("chemotherapy-not-stated*", {"chemotherapy"}, "some drugs match no exact class"),
    (
        "chemotherapy-not-stated* + pazopanib",
        {"antiangiogenic+chemotherapy", "antiangiogenic-plus-chemotherapy"},
        "some drugs match what covers",
    ),
    (
        "pd-1-inhibitor-not-stated",
        {"checkpoint-inhibitor", "single-agent-checkpoint-inhibitor"},
        "one unnamed drug is one",
    ),
    (
        "pembrolizumab + tyrosine-kinase-inhibitor-not-stated",
        {"checkpoint-inhibitor+unspecified-tyrosine-kinase-inhibitor"},
        "an unnamed kinase inhibitor is not of VEGFR",
    ),
    (
        "doxorubicin*",
        {"anthracycline-based-chemotherapy", "chemotherapy"},
        "partners not stated",
    ),
    (
        "doxorubicin* > doxorubicin",
        {"anthracycline-based-chemotherapy", "chemotherapy"},
        "partners not stated of the first phase of one drug",
    ),
    (
        "doxorubicin > surgery > chemotherapy-not-stated*",
        {"anthracycline-based-chemotherapy", "chemotherapy"},
        "some unnamed drugs after one that is named",
    ),
    (
        "doxorubicin > surgery > chemotherapy-not-stated?",
        {
            "anthracycline-based-chemotherapy", "chemotherapy", "single-agent-anthracycline",
            "single-agent-chemotherapy",
        },
        "unnamed drugs of some patients only",
    ),
    (
        "tyrosine-kinase-inhibitor-not-stated > pazopanib",
        {"antiangiogenic"},
        "one unnamed drug before one that is named",
    ),
    (
        "doxorubicin > doxorubicin*",
        {"anthracycline-based-chemotherapy", "chemotherapy"},
        "partners not stated of the later phase of one drug",
    ),
    (
        "doxorubicin > surgery > radiotherapy",
        {
            "anthracycline-based-chemotherapy", "chemotherapy", "single-agent-anthracycline",
            "single-agent-chemotherapy",
        },
        "surgery and radiotherapy after it are no drugs",
    ),
    ("radiotherapy + pembrolizumab",
        {"checkpoint-inhibitor+radiation", "checkpoint-inhibitor-plus-radiotherapy"},
        "radiotherapy beside a drug",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("phases", "found"), [one[:2] for one in CLASSES], ids=[one[2] for one in CLASSES]
)
def test_classes(phases, found):
    """The classes are those of the maximal phases that every alternative has."""
    assert found == regimens.classes(_phases(phases), WORDS)


TREATMENTS = [
    ("doxorubicin + anlotinib > anlotinib", "anlotinib+doxorubicin", "one maximal phase"),
    (
        "nivolumab > surgery > nivolumab + radiotherapy",
        "nivolumab+radiotherapy+surgery",
        "surgery stays",
    ),
    ("epirubicin/doxorubicin&ifosfamide", "doxorubicin&ifosfamide/epirubicin", "alternatives"),
    ("ifosfamide + doxorubicin > pembrolizumab", "doxorubicin+ifosfamide..pembrolizumab", "then"),
    (
        "doxorubicin > surgery > pembrolizumab",
        "doxorubicin+surgery..pembrolizumab",
        "surgery after the phase that it follows",
    ),
    (
        "doxorubicin > pembrolizumab > pembrolizumab + axitinib",
        "doxorubicin..axitinib+pembrolizumab",
        "a lead-in is told with its phase",
    ),
    (
        "surgery > doxorubicin > pembrolizumab",
        "doxorubicin+surgery..pembrolizumab",
        "what comes first stands with the first phase",
    ),
]


@pytest.mark.parametrize(
    ("phases", "named"), [one[:2] for one in TREATMENTS], ids=[one[2] for one in TREATMENTS]
)
def test_treatments(phases, named):
    """A treatment names every active drug once, the phases of a sequence in their order."""
    assert named == regimens.treatment(_phases(phases), WORDS)


def test_a_drug_without_a_term_is_named():
    """A drug that the vocabulary lacks is a drug of no class."""
    assert set() == regimens.classes(_phases("unheard-of"), WORDS)
    assert "unheard-of" == regimens.treatment(_phases("unheard-of"), WORDS)
