"""Views to files for other programs: one module per format, each with one function `write`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kb.errors import UnknownFormatError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable


class FileFormat(NamedTuple):
    """A format: its name, the suffix of its files, and the module that writes it."""

    name: str
    suffix: str
    module: str


FORMATS: Final = (
    FileFormat("csv", ".csv", "kb.exporters.csv"),
    FileFormat("csl-json", ".csl.json", "kb.exporters.csl"),
    FileFormat("json", ".json", "kb.exporters.json"),
    FileFormat("graphml", ".graphml", "kb.exporters.graphml"),
    FileFormat("bibtex", ".bib", "kb.exporters.bibtex"),
    FileFormat("ris", ".ris", "kb.exporters.ris"),
    FileFormat("r", ".R", "kb.exporters.r"),
)


def export(view_or_base: Any, path: str | os.PathLike[str], *, format: str | None = None) -> None:  # noqa: A002  (the public name)
    """Write a view, a graph or a whole base to a file, in `format` or as the suffix says.

    A base is written as its estimates in csv and json, as its graph in graphml, and as the reports
    it cites in bibtex, ris and csl-json. UnknownFormatError names the formats that there are.
    """
    name = format or format_of(path)
    Path(path).write_text(text_of(view_or_base, name), encoding="utf-8", newline="\n")


def format_of(path: str | os.PathLike[str], others: Iterable[str] = ()) -> str:
    """The format that a file's suffix stands for; UnknownFormatError if for none.

    The message names `others` too: suffixes that the caller writes by itself.
    """
    for one in FORMATS:
        if Path(path).name.endswith(one.suffix):
            return one.name
    suffixes = ", ".join(dict.fromkeys([*others, *(one.suffix for one in FORMATS)]))
    if Path(path).suffix in (".svg", ".png", ".pdf"):
        suffixes += "; figures are drawn by kb forest and by --plot, --forest and --funnel"
    raise UnknownFormatError(f"{str(path)!r} ends in no known suffix; known are {suffixes}")


def text_of(view: Any, format: str) -> str:  # noqa: A002  (as `export` calls it)
    """A view as the text of a file; UnknownFormatError where the format cannot hold it."""
    for one in FORMATS:
        if one.name == format:
            text: str = import_module(one.module).write(view)
            return text
    names = ", ".join(one.name for one in FORMATS)
    raise UnknownFormatError(f"{format!r} is not a format of export; known are {names}")
