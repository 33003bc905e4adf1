"""The compiled copy: it answers as the files do, and never for files that have changed."""

import os
import time

import pytest

import kb
from builders import text, trial, write_base
from kb.store import compiled
from kb.store.reader import read_base


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A sound base whose files look old, with a cache of its own."""
    root = write_base(tmp_path / "base", trial("alpha"), trial("beta", phase="3"))
    monkeypatch.setenv("KB_CACHE", str(tmp_path / "cache"))
    _age(root)
    return root


def _age(root):
    """Make every file look an hour old, so that a copy written now is trusted."""
    past = time.time() - 3600
    for path in root.rglob("*"):
        os.utime(path, (past, past))


def _copied(root):
    return compiled.load(root, compiled.signature(root))


def test_the_copy_answers_alike(root):
    """The first load writes a copy; a load from it gives the same rows and places."""
    before = kb.load(root)
    assert _copied(root) is not None
    after = kb.load(root)
    assert kb.compare(before, "orr").rows == kb.compare(after, "orr").rows
    address = "beta/smith-2020/one/orr/proportion"
    assert before.find(address)[1] == after.find(address)[1]
    assert list(before) == list(after)


def test_a_changed_file_is_read_again(root):
    """A change of content is seen, even with the same size and modification time to the second."""
    kb.load(root)
    path = root / "trials" / "beta.yaml"
    path.write_text(path.read_text().replace("phase: '3'", "phase: '2'"), encoding="utf-8")
    assert _copied(root) is None
    assert "2" == kb.load(root)["beta"].phase


def test_new_and_removed_files_are_seen(root):
    """A record that appears or goes is seen."""
    kb.load(root)
    (root / "trials" / "gamma.yaml").write_text(text(trial("gamma")), encoding="utf-8")
    assert {"alpha", "beta", "gamma"} == set(kb.load(root))
    (root / "trials" / "alpha.yaml").unlink()
    assert {"beta", "gamma"} == set(kb.load(root))


def test_a_changed_vocabulary_is_seen(root):
    """A change of a term is a change of the base."""
    kb.load(root)
    path = root / "vocabulary" / "drugs.yaml"
    path.write_text(path.read_text().replace("Adriamycin", "Rubex"), encoding="utf-8")
    assert "doxorubicin" == kb.load(root).vocabulary.resolve("drug", "Rubex")


def test_fresh_files_are_not_trusted(root):
    """A file that changed just before the copy was written may have changed after it was read."""
    kb.load(root)
    os.utime(root / "trials" / "beta.yaml")
    kb.load(root)
    assert _copied(root) is None


def test_a_base_with_problems_is_not_copied(root):
    """Only a sound base is compiled."""
    (root / "trials" / "bad.yaml").write_text("id: [", encoding="utf-8")
    _age(root)
    kb.load(root, strict=False)
    assert _copied(root) is None


def test_off_means_off(root, monkeypatch):
    """`KB_CACHE=off` neither reads nor writes."""
    monkeypatch.setenv("KB_CACHE", "off")
    kb.load(root)
    assert compiled.location(root) is None


def test_a_broken_copy_is_ignored(root):
    """A copy that is no JSON is read past."""
    kb.load(root)
    compiled.location(root).write_text("{", encoding="utf-8")
    assert ["alpha", "beta"] == list(kb.load(root))


def test_an_unwritable_cache_is_no_error(root, monkeypatch, tmp_path):
    """A cache that cannot be written is left unwritten."""
    blocked = tmp_path / "file"
    blocked.write_text("x")
    monkeypatch.setenv("KB_CACHE", str(blocked / "inside"))
    assert ["alpha", "beta"] == list(kb.load(root))


@pytest.mark.parametrize("content", ["[]", "{}", "null", '{"files": {}}'])
def test_a_copy_of_another_shape_is_ignored(root, content):
    """JSON that is no copy is written anew."""
    kb.load(root)
    compiled.location(root).write_text(content)
    assert _copied(root) is None
    assert 2 == len(kb.load(root))


def test_a_change_during_reading_is_seen(root):
    """A copy is bound to the files as they were before they were read."""
    files = compiled.signature(root)
    reading = read_base(root)
    path = root / "trials" / "beta.yaml"
    path.write_text(path.read_text().replace("phase: '3'", "phase: '2'"), encoding="utf-8")
    _age(root)
    compiled.save(reading, files)
    assert "2" == kb.load(root)["beta"].phase


def test_a_file_that_vanishes_is_no_error(root):
    """Nothing is known of a base of which a file cannot be seen, so no copy is used or written."""
    (root / "kb.yaml").unlink()
    assert {} == compiled.signature(root)
    compiled.save(read_base(root), {})
    assert not compiled.location(root).exists()


def test_where_copies_lie(root, monkeypatch, tmp_path):
    """Without KB_CACHE they lie in XDG_CACHE_HOME, else in the home of the user."""
    monkeypatch.delenv("KB_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert tmp_path / "xdg" / "sarcoma-kb" == compiled.location(root).parent
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert tmp_path / ".cache" / "sarcoma-kb" == compiled.location(root).parent


def test_a_lazy_mapping(root):
    """Trials of a copy come one by one, and the mapping behaves like one of trials."""
    kb.load(root)
    base = kb.load(root)
    assert ("beta" in base, "gamma" in base, 2) == (True, False, len(base))
    assert base["beta"] is base["beta"]


def test_what_is_derived_belongs_to_its_files(root):
    """Rows are kept beside the copy, and made anew once a file has changed."""
    kb.compare(kb.load(root), "orr")
    kept = compiled.location(root, "rows")
    assert kept.is_file()
    path = root / "trials" / "beta.yaml"
    path.write_text(path.read_text().replace("events: 10", "events: 11"), encoding="utf-8")
    _age(root)
    rows = kb.compare(kb.load(root), "orr", trial="beta").rows
    assert [11] == [row.events for row in rows]


def test_broken_rows_are_ignored(root):
    """Rows that cannot be read are made from the records."""
    before = kb.compare(kb.load(root), "orr").rows
    compiled.location(root, "rows").write_text("{", encoding="utf-8")
    assert before == kb.compare(kb.load(root), "orr").rows


def test_a_compiled_base_is_not_changed(root):
    """A trial of a copy may be set beside it, and none is removed."""
    kb.load(root)
    trials = _copied(root).trials
    trials["beta"] = trials["alpha"]
    assert "alpha" == trials["beta"].id
    with pytest.raises(TypeError, match="not changed"):
        del trials["alpha"]


def test_places_by_trial(root):
    """The files of a copy are known without opening one."""
    kb.load(root)
    sources = _copied(root).sources
    assert (["alpha", "beta"], 2) == (list(sources), len(sources))


def test_rows_are_kept_beside_the_copy(root, monkeypatch):
    """Rows come from the cache the second time, and are the same; what cannot be kept is made."""
    before = kb.compare(kb.load(root), "orr").rows
    assert compiled.location(root, "rows").exists()
    assert before == kb.compare(kb.load(root), "orr").rows
    base = kb.load(root)
    compiled.location(root, "rows").unlink()
    compiled.location(root, "rows").mkdir()
    assert before == kb.compare(base, "orr").rows


def test_old_copies_are_cleared(root):
    """A copy by another version goes after a week; one of another base stays."""
    kb.load(root)
    kept = compiled.location(root)
    base = kept.name.partition("-")[0]
    old, young, other = (
        kept.with_name(name) for name in (f"{base}-1.rows", f"{base}-2.rows", "0-1")
    )
    for path in (old, young, other):
        path.write_text("{}", encoding="utf-8")
    os.utime(old, (time.time() - 8 * 24 * 3600,) * 2)
    os.utime(other, (time.time() - 8 * 24 * 3600,) * 2)
    os.utime(root / "kb.yaml", (time.time() - 1800,) * 2)
    kb.load(root)
    assert [False, True, True, True] == [path.exists() for path in (old, young, other, kept)]
