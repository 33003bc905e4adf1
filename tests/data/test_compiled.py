"""The compiled copy of the whole corpus answers exactly as the records do."""

import os
import time

import pytest

import kb
from kb.store import compiled
from kb.store.layout import packaged
from kb.vocabulary.kinds import KINDS

QUESTIONS = [
    {"reports": "all", "measure": "all"},
    {},
    {"histology": "leiomyosarcoma", "line": "first"},
    {"drug": "doxorubicin", "year": "2015-", "interval": "wilson"},
    {"drug_class": "anthracycline", "allocation": "randomised", "measure": "hazard-ratio"},
    {"trial": ["saint", "anlo-ai"]},
]


@pytest.fixture(scope="module")
def bases(tmp_path_factory):
    """The corpus read from its files, and from a copy of which no file was read."""
    folder = tmp_path_factory.mktemp("cache")
    before = os.environ.get("KB_CACHE")
    os.environ["KB_CACHE"] = str(folder)
    root = folder / "base"
    root.mkdir()
    for path in packaged().rglob("*.yaml"):
        copy = root / path.relative_to(packaged())
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
        os.utime(copy, (time.time() - 3600,) * 2)
    read = kb.load(root)
    kb.compare(read, "orr")
    fast = kb.load(root)
    assert compiled.load(root, compiled.signature(root)) is not None
    yield read, fast
    os.environ.pop("KB_CACHE")
    if before is not None:
        os.environ["KB_CACHE"] = before


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_comparisons_are_equal(bases, question):
    """Rows, what is set aside, caveats and the text are the same."""
    endpoints = list(bases[0].vocabulary.endpoints)
    read, fast = (kb.compare(base, endpoints, **question) for base in bases)
    assert len(read) > 3
    assert read.rows == fast.rows
    assert read.set_aside == fast.set_aside
    assert read.caveats == fast.caveats
    assert kb.render(read) == kb.render(fast)


def test_selections_are_equal(bases):
    """Arms are found alike, by facets that were kept and by facets of the records."""
    read, fast = bases
    for trial_id in read:
        assert read.facets(trial_id) == fast.facets(trial_id)


def test_terms_are_equal(bases):
    """Every field of every term is there, also those that a file does not mention."""
    read, fast = (base.vocabulary for base in bases)
    for kind in KINDS:
        assert list(read[kind]) == list(fast[kind])
        for term_id, term in read[kind].items():
            other = fast[kind][term_id]
            for name in type(term).model_fields:
                left, right = getattr(term, name), getattr(other, name)
                if hasattr(type(left), "model_fields"):
                    fields = type(left).model_fields
                    left = {one: getattr(left, one) for one in fields}
                    right = {one: getattr(right, one) for one in fields}
                assert left == right, (kind, term_id, name)
