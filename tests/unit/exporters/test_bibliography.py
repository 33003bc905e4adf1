"""Bibliographies: the same documents in BibTeX, RIS and CSL-JSON."""

import json

import pytest

from builders import base_of, report, trial
from kb.comparison.compare import compare
from kb.exporters import bibtex, csl, ris
from kb.exporters.references import Name, entries
from kb.query.select import select

PAPER = {
    "authors": ["Le Cesne, Axel", "Smith J-P", "O'Neil AB", "The X_Study Group and Friends"],
    "title": "100% of {A} & B_1: 5–10 µg",
    "container": "Lancet Oncology",
    "date": "2022-08",
    "year": "2022",
    "volume": "23",
    "issue": "8",
    "pages": "1044-1054",
    "doi": "10.1016/S1470-2045(22)00380-1",
    "pmid": "35835135",
    "pmcid": "PMC7669707",
    "url": "https://example.org/a_b",
}
NEWS = {
    "container": "Outlet",
    "year": 2022,
    "accessed": "2026-11-25",
    "url": "https://example.org/n",
}
TALK = {"first_author": "Smith J", "title": "Talk", "meeting": "CTOS 2016", "abstract": "P2 94"}


def _base(**citations):
    reports = {
        name: {**report(citation=cited), **more} for name, (cited, more) in citations.items()
    }
    return base_of(trial("alpha", reports={"smith-2020": report(), **reports}))


@pytest.fixture(scope="module")
def base():
    """One paper, one news report that passes it on, one talk."""
    return _base(
        paper=(PAPER, {}),
        news=(NEWS, {"read": "news", "relays": {"report": "paper"}}),
        talk=(TALK, {"read": "conference"}),
    )


def test_bibtex(base):
    """Special characters are escaped, capitals kept, what is unknown is left out."""
    assert r"""@article{alpha_paper,
  author = {Le Cesne, Axel and Smith, J-P and O'Neil, AB and {The X\_Study Group and Friends}},
  title = {{100\% of \textbraceleft{}A\textbraceright{} \& B\_1: 5–10 µg}},
  journal = {Lancet Oncology},
  year = {2022},
  month = {08},
  volume = {23},
  number = {8},
  pages = {1044--1054},
  doi = {10.1016/S1470-2045(22)00380-1},
  eprint = {35835135},
  eprinttype = {pubmed},
  url = {https://example.org/a_b},
  keywords = {alpha},
  note = {read: full-text},
}

@misc{alpha_news,
  howpublished = {Outlet},
  year = {2022},
  url = {https://example.org/n},
  urldate = {2026-11-25},
  keywords = {alpha},
  note = {read: news; passes on results of: paper},
}

@inproceedings{alpha_talk,
  author = {Smith, J and others},
  title = {{Talk}},
  booktitle = {CTOS 2016},
  number = {P2 94},
  keywords = {alpha},
  note = {read: conference},
}
""" == bibtex.write(base).partition("\n\n")[2].lstrip("\n")


def test_ris(base):
    """Every record opens with its type and closes with ER; pages are split."""
    assert (
        "TY  - JOUR\nID  - alpha_paper\n"
        "AU  - Le Cesne, Axel\nAU  - Smith, J-P\nAU  - O'Neil, AB\n"
        "AU  - The X_Study Group and Friends\n"
        "TI  - 100% of {A} & B_1: 5–10 µg\nT2  - Lancet Oncology\n"
        "PY  - 2022\nDA  - 2022/08//\nVL  - 23\nIS  - 8\nSP  - 1044\nEP  - 1054\n"
        "DO  - 10.1016/S1470-2045(22)00380-1\nAN  - 35835135\nC2  - PMC7669707\n"
        "UR  - https://example.org/a_b\nKW  - alpha\nN1  - read: full-text\nER  - \n"
    ) == ris.write(base).split("\n\n")[1] + "\n"
    records = ris.write(base).split("\n\n")
    assert ["JOUR", "JOUR", "NEWS", "CONF"] == [one[6:10] for one in records]


def test_csl(base):
    """Items carry names in their parts, dates as numbers, identifiers in capitals."""
    items = {item["id"]: item for item in json.loads(csl.write(base))}
    assert {
        "id": "alpha_paper",
        "type": "article-journal",
        "author": [
            {"family": "Le Cesne", "given": "Axel"},
            {"family": "Smith", "given": "J-P"},
            {"family": "O'Neil", "given": "AB"},
            {"literal": "The X_Study Group and Friends"},
        ],
        "title": "100% of {A} & B_1: 5–10 µg",
        "container-title": "Lancet Oncology",
        "issued": {"date-parts": [[2022, 8]]},
        "volume": "23",
        "issue": "8",
        "page": "1044-1054",
        "DOI": "10.1016/S1470-2045(22)00380-1",
        "PMID": "35835135",
        "PMCID": "PMC7669707",
        "URL": "https://example.org/a_b",
        "keyword": "alpha",
        "note": "read: full-text",
    } == items["alpha_paper"]
    assert {"date-parts": [[2026, 11, 25]]} == items["alpha_news"]["accessed"]
    assert ("paper-conference", "CTOS 2016") == (
        items["alpha_talk"]["type"], items["alpha_talk"]["event-title"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Pautier, Patricia", ("Pautier", "Patricia")),
        ("D'Angelo SP", ("D'Angelo", "SP")),
        ("van der Graaf W", ("van der Graaf", "W")),
        ("Smith J-P", ("Smith", "J-P")),
        ("Seth M. Pollack", ("", "")),
        ("Chen", ("", "")),
    ],
)
def test_names(printed, name):
    """Names are split where a comma or trailing initials show how, else left as printed."""
    (entry,) = entries(
        base_of(trial(reports={"smith-2020": report(citation={"authors": [printed]})}))
    )
    assert (Name(printed, *name),) == entry.authors


def test_et_al():
    """`et al` is not a name: further authors are said to exist."""
    body = report(citation={"authors": ["Beatrice Seddon et al"], "title": "T"})
    base = base_of(trial(reports={"smith-2020": body}))
    assert "author = {Beatrice Seddon and others}," in bibtex.write(base)


def test_document_of_two_trials_is_one_entry():
    """A document that stands in two records is cited once, with both trials as keywords."""
    both = {"smith-2020": report(citation=PAPER)}
    base = base_of(trial("alpha", reports=both), trial("beta", reports=both))
    (entry,) = entries(base)
    assert ("alpha_smith-2020", ("alpha", "beta")) == (entry.key, entry.trials)
    assert "KW  - alpha\nKW  - beta\n" in ris.write(base)


def test_selection_and_comparison(base):
    """A selection cites every report of its trials, a comparison those of its rows."""
    assert 4 == len(entries(select(base, trial="alpha")))
    assert ["alpha_smith-2020"] == [
        one.key for one in entries(compare(_base(), "orr", reports="all"))
    ]


def test_text_on_one_line():
    """A line break in a title does not break a RIS record."""
    body = report(citation={"title": "Two\nlines", "doi": "not-stated"})
    text = ris.write(base_of(trial(reports={"smith-2020": body})))
    assert "TI  - Two lines\n" in text
    assert "not-stated" not in text


def test_one_doi_is_one_document():
    """Two reports that cite one DOI are one entry, cited as where most is said of it."""
    brief = report(citation={"doi": "10.1000/x", "year": 2020})
    full = report(citation={"doi": "10.1000/X", "year": 2020, "title": "A review"})
    base = base_of(
        trial("alpha", reports={"smith-2020": brief}), trial("beta", reports={"smith-2020": full})
    )
    (entry,) = entries(base)
    assert ("alpha_smith-2020", "A review", ("alpha", "beta")) == (
        entry.key,
        entry.citation.title,
        entry.trials,
    )
