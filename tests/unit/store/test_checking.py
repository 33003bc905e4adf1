"""Which problems belong to what a person named."""

import pytest

from builders import text, trial, write_base
from kb.errors import RootNotFoundError
from kb.store.checking import problems_of, rounds


@pytest.fixture
def root(tmp_path):
    """A base with a sound record, a broken one, and a broken one in a folder."""
    root = write_base(tmp_path / "base", trial("alpha"))
    (root / "trials" / "bad.yaml").write_text("id: [\n")
    (root / "trials" / "deep").mkdir()
    (root / "trials" / "deep" / "worse.yaml").write_text("id: {\n")
    return root


def _found(*paths, records=None):
    checked = problems_of(paths, records)
    return len(checked.problems), checked.files


def test_a_whole_base(root):
    """Without paths the base that is chosen is checked, all of it."""
    assert (2, 3) == _found(records=root)
    assert "" == problems_of([], root).note


def test_named_files_and_folders(root):
    """A file, a folder and a whole base are looked at, each problem once."""
    trials = root / "trials"
    assert (0, 1) == _found(trials / "alpha.yaml")
    assert (1, 1) == _found(trials / "deep")
    assert (1, 1) == _found(trials / "deep", trials / "deep" / "worse.yaml")
    assert (2, 2) == _found(trials / "bad.yaml", trials / "deep")
    assert (2, 11) == _found(root)
    assert (0, 1) == _found(root / "vocabulary" / "drugs.yaml")


def test_a_record_outside_every_base(root, tmp_path):
    """A loose file is read by the words of the base that is chosen."""
    loose = tmp_path / "loose.yaml"
    loose.write_text(text(trial("loose", phase="9")))
    assert (1, 1) == _found(loose, records=root)


def test_nothing_there(root, tmp_path):
    """A path that does not exist, and a folder without records, are refused by name."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(RootNotFoundError, match="there is no file or folder"):
        _found(tmp_path / "nobody", records=root)
    with pytest.raises(RootNotFoundError, match="there is no record under"):
        _found(tmp_path / "empty", records=root)


@pytest.mark.parametrize("by_file", [True, False])
def test_rounds_follow_changes(root, by_file):
    """One round at once, then one for each change: of a whole base, or of that of a named file."""
    path = root / "trials" / "alpha.yaml"
    found = rounds([path] if by_file else [], None if by_file else root, every=0.01)
    for text_added in ("# once\n", "# twice\n"):
        assert next(found) is None
        with path.open("a", encoding="utf-8") as file:
            file.write(text_added)
    assert next(found) is None
