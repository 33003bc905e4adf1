"""Which format a file gets, and what a format refuses."""

import pytest

import kb
from builders import base_of, trial
from kb.errors import UnknownFormatError
from kb.exporters import FORMATS, export, format_of, text_of
from kb.graphs.gaps import gaps


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("out.csv", "csv"),
        ("out.json", "json"),
        ("out.csl.json", "csl-json"),
        ("out.graphml", "graphml"),
        ("out.bib", "bibtex"),
        ("out.ris", "ris"),
    ],
)
def test_suffix_decides(name, form):
    """The longest suffix that fits names the format."""
    assert form == format_of(name)


def test_every_format_writes_a_base(tmp_path):
    """Every format takes a whole base and a file gets exactly its text, in UTF-8."""
    base = base_of(trial("alpha", acronym="Ärzte"))
    for form in FORMATS:
        if form.name == "r":  # a script is of something pooled
            continue
        path = tmp_path / f"out{form.suffix}"
        export(base, path)
        assert text_of(base, form.name) == path.read_bytes().decode("utf-8")
        assert "alpha" in path.read_text(encoding="utf-8")


def test_format_overrides_suffix(tmp_path):
    """A format that is named wins over the suffix."""
    export(base_of(trial()), tmp_path / "out.txt", format="ris")
    assert (tmp_path / "out.txt").read_text(encoding="utf-8").startswith("TY  - JOUR\n")


def test_unknown_suffix(tmp_path):
    """A suffix that stands for nothing is refused before anything is written."""
    with pytest.raises(
        UnknownFormatError, match=r"'.*out\.xyz' ends in no known suffix; known are"
    ):
        export(base_of(trial()), tmp_path / "out.xyz")
    assert [] == list(tmp_path.iterdir())


def test_unknown_format():
    """A format that nobody writes is named, with those that are."""
    with pytest.raises(UnknownFormatError, match="'xml' is not a format of export; known are csv"):
        text_of(base_of(trial()), "xml")


@pytest.mark.parametrize("form", ["graphml", "bibtex", "ris", "csl-json"])
def test_what_a_format_cannot_hold(form):
    """A matrix is neither a graph nor a bibliography."""
    with pytest.raises(UnknownFormatError, match="not a Gaps"):
        text_of(gaps(base_of(trial())), form)


def test_failed_export_leaves_the_old_file(tmp_path):
    """A view that cannot be written leaves what was in the file."""
    path = tmp_path / "out.bib"
    path.write_text("before", encoding="utf-8")
    with pytest.raises(UnknownFormatError):
        export(gaps(base_of(trial())), path)
    assert "before" == path.read_text(encoding="utf-8")


def test_public_name():
    """The public function is this one."""
    assert export is kb.export


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.svg", True), ("a.png", True), ("a.pdf", True), ("a.docx", False), ("a", False),
    ],
)  # fmt: skip
def test_figures_are_drawn_elsewhere(name, said):
    """Who asks an export for a figure is told which verbs draw; others are not."""
    with pytest.raises(UnknownFormatError) as refused:
        format_of(name, (".md", ".csv"))
    known = ".md, .csv, .csl.json, .json, .graphml, .bib, .ris, .R"
    drawn = "; figures are drawn by kb forest and by --plot, --forest and --funnel"
    assert f"'{name}' ends in no known suffix; known are {known}{drawn * said}" == str(
        refused.value
    )


def test_formats_have_their_own_suffix():
    """No two formats share a name or a suffix, and each suffix stands for its format."""
    assert (
        len(FORMATS) == len({one.name for one in FORMATS}) == len({one.suffix for one in FORMATS})
    )
    for one in FORMATS:
        assert one.name == format_of(f"folder.csv/a{one.suffix}")
