"""Bibliographies of any text: what a format acts on is escaped, a record stays one record."""

import json

import pytest

from builders import base_of, report, trial
from kb.exporters import bibtex, csl, ris
from kb.exporters.references import entries


def _cited(**citation):
    return base_of(trial(reports={"smith-2020": report(citation=citation)}))


@pytest.mark.parametrize(("sign", "set_"), [(chr(one), two) for one, two in bibtex.SPECIAL.items()])
def test_signs_of_bibtex(sign, set_):
    """Each sign that TeX acts on is set by a command of its own, and braces stay in pairs."""
    text = bibtex.write(_cited(title=f"a{sign}b", container="J"))
    assert f"title = {{{{a{set_}b}}}}," in text
    assert text.replace(r"\{", "").count("{") == text.replace(r"\}", "").count("}")


def test_every_sign_of_tex_is_known():
    """All ten signs that TeX acts on."""
    assert set(r"\&%$#_{}~^") == {chr(one) for one in bibtex.SPECIAL}


@pytest.mark.parametrize(
    ("fields", "kind", "ris_kind", "csl_kind"),
    [
        ({"container": "J"}, "article", "JOUR", "article-journal"),
        ({"title": "T"}, "misc", "GEN", "document"),
        ({"title": "T", "meeting": "M"}, "inproceedings", "CONF", "paper-conference"),
    ],
)
def test_kinds(fields, kind, ris_kind, csl_kind):
    """What stands in a journal is an article, at a meeting a paper of it, else a document."""
    base = _cited(**fields)
    assert bibtex.write(base).startswith(f"@{kind}{{alpha_smith-2020,\n")
    assert ris.write(base).startswith(f"TY  - {ris_kind}\n")
    assert csl_kind == json.loads(csl.write(base))[0]["type"]


@pytest.mark.parametrize(
    ("read", "kind", "ris_kind", "csl_kind"),
    [
        ("registry", "misc", "ELEC", "webpage"),
        ("news", "misc", "NEWS", "webpage"),
        ("conference", "inproceedings", "CONF", "paper-conference"),
        ("review-table", "article", "JOUR", "article-journal"),
    ],
)
def test_kinds_as_read(read, kind, ris_kind, csl_kind):
    """How it was read decides before where it stands."""
    body = report(citation={"title": "T", "container": "J"}, read=read)
    base = base_of(trial(reports={"smith-2020": body}))
    assert bibtex.write(base).startswith(f"@{kind}{{")
    assert ris.write(base).startswith(f"TY  - {ris_kind}\n")
    assert csl_kind == json.loads(csl.write(base))[0]["type"]
    assert f"read: {read}" in ris.write(base)


@pytest.mark.parametrize(
    ("pages", "first", "last", "dashed"),
    [
        ("7-9", "7", "9", "7--9"),
        ("7–9", "7", "9", "7–9"),
        ("7 - 9", "7", "9", "7 -- 9"),
        ("e12", "e12", "", "e12"),
        ("7-9, 12", "7-9, 12", "", "7--9, 12"),
    ],
)
def test_pages(pages, first, last, dashed):
    """Two pages are parted where there are two; anything else is a first page as it stands."""
    base = _cited(title="T", container="J", pages=pages)
    text = ris.write(base)
    assert f"SP  - {first}\n" in text
    assert (f"EP  - {last}\n" in text) is bool(last)
    assert f"pages = {{{dashed}}}" in bibtex.write(base)


@pytest.mark.parametrize(
    ("date", "day", "parts"),
    [("2020", "", [2020]), ("2020-03", "2020/03//", [2020, 3]),
     ("2020-03-09", "2020/03/09/", [2020, 3, 9])],
)  # fmt: skip
def test_dates(date, day, parts):
    """A date goes as far as it is printed."""
    base = _cited(title="T", date=date, accessed=date)
    text = ris.write(base)
    assert "PY  - 2020\n" in text
    assert (f"DA  - {day}\n" in text) is bool(day)
    assert ("DA  - " in text) is bool(day)
    assert f"Y2  - {date.replace('-', '/')}\n" in text
    (item,) = json.loads(csl.write(base))
    assert ({"date-parts": [parts]}, {"date-parts": [parts]}) == (item["issued"], item["accessed"])
    assert ("month = {03}," in bibtex.write(base)) is ("-" in date)


def test_undated():
    """Without a date there is none."""
    base = _cited(title="T")
    assert "issued" not in json.loads(csl.write(base))[0]
    assert "PY  - " not in ris.write(base)
    assert "year" not in bibtex.write(base)


def test_silence_is_left_out():
    """Identifiers that a record says are not stated are in no format."""
    base = _cited(title="T", doi="not-stated", pmid="not-stated")
    for module in (bibtex, ris, csl):
        assert "not-stated" not in module.write(base)
    assert "eprinttype" not in bibtex.write(base)


def test_what_else_is_printed():
    """Free text of a citation is a note before how it was read."""
    assert "note = {In press; read: full-text}," in bibtex.write(_cited(title="T", text="In press"))


def test_two_authors_in_one_name():
    """A group whose name holds `and` is one author."""
    assert "author = {{Us and Them}}," in bibtex.write(_cited(authors=["Us and Them"]))


def test_documents_of_several_trials():
    """Reports of one identifier in several trials are one document, other reports their own."""
    shared = {"doi": "10.1000/x", "title": "Shared"}
    both = report(citation=shared, read="review-table")
    news = report(citation={**shared, "pmid": "5"}, read="news", relays={"pmid": "77"})
    base = base_of(
        trial("alpha", reports={"smith-2020": both, "own-2021": report()}),
        trial("beta", reports={"smith-2020": news}),
    )
    first, second = entries(base)
    assert ("alpha_smith-2020", ("alpha", "beta"), "Shared") == (
        first.key, first.trials, first.citation.title,
    )  # fmt: skip
    assert "read: review-table, news; passes on results of: pmid:77" == first.note
    assert ("5", "alpha_own-2021") == (first.citation.pmid, second.key)
    assert 2 == ris.write(base).count("ER  - \n")


@pytest.mark.parametrize(
    ("relays", "said"),
    [
        ({"report": "smith-2020", "doi": "10.1000/y"}, "smith-2020"),
        ({"doi": "10.1000/y", "pmid": "7"}, "doi:10.1000/y"),
        ({"doi": "not-stated", "pmid": "7"}, "pmid:7"),
        ({"meeting": "CTOS 2016", "container": "J"}, "CTOS 2016"),
        ({"same_as": "smith-2020", "container": "J"}, "smith-2020"),
        ({"container": "J", "first_author": "Smith J"}, "J"),
        ({"first_author": "Smith J"}, "Smith J"),
        ({"title": "T"}, "not stated"),
    ],
)
def test_what_is_passed_on(relays, said):
    """Whose results a document passes on, by the best name that is known."""
    body = report(citation={"title": "N"}, read="news", relays=relays)
    base = base_of(trial("alpha", reports={"smith-2020": report(), "news": body}))
    assert f"passes on results of: {said}" in entries(base)[1].note
