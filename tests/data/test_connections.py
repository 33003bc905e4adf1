"""Graph, paths, neighbours and exports over the real records; nothing here counts trials."""

import io
import json
import re

import networkx as nx
import pytest

from kb.exporters import FORMATS, text_of
from kb.exporters.references import entries
from kb.graphs.evidence import KINDS, RELATIONS, graph
from kb.graphs.neighbours import related
from kb.graphs.paths import path
from kb.graphs.treatments import heads
from kb.store.knowledge_base import load
from kb.store.layout import packaged


@pytest.fixture(scope="module")
def base():
    """The records that come with the package; what is wrong with one is said by other tests."""
    return load(packaged(), strict=False)


def test_graph_is_plain_and_survives(base):
    """Attributes are text or numbers, kinds and relations known, and GraphML reads back alike."""
    found = graph(base)
    for _, attributes in found.nodes(data=True):
        assert all(isinstance(value, (str, int, float)) for value in attributes.values())
    assert set(KINDS) == {kind for _, kind in found.nodes(data="kind")}
    assert set(RELATIONS) == {relation for *_, relation in found.edges(data="relation")}
    text = text_of(found, "graphml")
    read = nx.read_graphml(io.BytesIO(text.encode()), force_multigraph=True)
    assert dict(found.nodes(data=True)) == dict(read.nodes(data=True))
    assert sorted(found.edges(keys=True)) == sorted(read.edges(keys=True))


def test_two_combinations_through_doxorubicin(base):
    """LMS-04 and GeDDiS link their combinations through the doxorubicin arms of both."""
    found = path(base, "trabectedin+doxorubicin", "gemcitabine+docetaxel")
    assert "indirect" == found.connection
    assert "doxorubicin" in found.shared_comparators
    trials = {head.trial for route in found.routes for step in route for head in step.heads}
    assert {"lms-04", "geddis"} <= trials


def test_placebo_arm_is_doxorubicin(base):
    """ANNOUNCE compares with doxorubicin and placebo, which is doxorubicin."""
    found = path(base, "announce/doxorubicin-olaratumab", "doxorubicin")
    assert "direct" == found.connection
    assert "announce" in {head.trial for head in found.routes[0][0].heads}


def test_non_comparative_trial_is_no_comparison(base):
    """A091401 randomised its arms without meaning to compare them."""
    assert [] == list(heads(base["a091401"]))


def test_olaratumab_trials_are_neighbours(base):
    """Both olaratumab trials give the same regimen and compare with the same one."""
    found = {one.trial: one.reasons for one in related(base, "ANNOUNCE").neighbours}
    kinds = {reason.kind for reason in found["olaratumab-phase-2"]}
    assert {"same-regimen", "shared-comparator"} <= kinds


def test_every_number_is_exported(base):
    """The estimates of the base are its numbers and what follows from them, each once."""
    rows = json.loads(text_of(base, "json"))["rows"]
    printed = sum(
        len(report.figures) for trial in base.values() for report in trial.reports.values()
    )
    assert printed == sum(not row["formula"] for row in rows)
    assert len({row["address"] for row in rows}) == len(rows) > printed


def test_bibliography_is_well_formed(base):
    """Keys differ, braces balance, every RIS record opens and closes."""
    keys = [entry.key for entry in entries(base)]
    assert len(keys) == len(set(keys))
    bibtex = text_of(base, "bibtex")
    assert bibtex.count("{") == bibtex.count("}")
    assert keys == re.findall(r"^@\w+\{(.+),$", bibtex, re.MULTILINE)
    for record in text_of(base, "ris").split("\n\n"):
        tags = [line[:6] for line in record.strip("\n").split("\n")]
        assert ("TY  - ", "ER  - ") == (tags[0], tags[-1])
        assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - ", tag) for tag in tags)


@pytest.mark.parametrize("form", [form.name for form in FORMATS if form.name != "r"])
def test_export_is_repeatable(base, form):
    """The same base gives the same bytes."""
    assert text_of(base, form) == text_of(base, form)
