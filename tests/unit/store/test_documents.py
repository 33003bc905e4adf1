"""Shelves: documents come back as they were put, one by one, and nothing else passes for one."""

import pytest

from kb.store.documents import Documents, write


def test_documents_come_back(tmp_path):
    """Head and documents are what was written, text of any alphabet included."""
    path = tmp_path / "new" / "one.documents"
    put = {"a": {"name": "Zoë\n≥ 3"}, "b": [1, None, "2.0"], "": {}}
    write(path, {"of": "x"}, put)
    documents = Documents(path)
    assert "x" == documents.head["of"]
    assert put == dict(documents)
    assert ("a" in documents, "c" in documents, 3) == (True, False, len(documents))
    assert [path] == list(path.parent.iterdir())


def test_a_missing_document(tmp_path):
    """What is not on the documents is a KeyError."""
    write(tmp_path / "one", {}, {})
    with pytest.raises(KeyError):
        Documents(tmp_path / "one")["a"]


@pytest.mark.parametrize("text", ["", "{", "[]\n", "{}\n", "3\n"])
def test_no_shelf(tmp_path, text):
    """Anything else is a ValueError."""
    (tmp_path / "one").write_text(text)
    with pytest.raises(ValueError):
        Documents(tmp_path / "one")
