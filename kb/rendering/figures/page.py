"""What every figure shares: size in inches, colours that colour-blind people tell apart, saving."""

from __future__ import annotations

import textwrap
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kb.errors import MissingExtraError, UnknownFormatError

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Sequence

FAMILY: Final = "DejaVu Sans"
INK: Final = "#1a1a1a"
MUTED: Final = "#8c8c8c"
SMALL: Final = "#4d4d4d"
"""For small letters, dark enough to be read in print."""
RATIO_TICKS: Final = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10, 20, 50)
SHAPE: Final = "#0072b2"  # blue of Okabe & Ito, safe in every kind of colour blindness
SECOND: Final = "#d55e00"
TIED: Final = "\N{NO-BREAK SPACE}"
"""A space at which lines are not broken."""
HYPHEN: Final = "-"
MARKS: Final = "-/&+:;"
"""Behind what a word that is too long is broken; elsewhere it gets a hyphen."""
INCHES_PER_CHARACTER: Final = 0.068
DOTS: Final = 300
"""Dots to the inch of a PNG."""
NOTE_INCHES: Final = 0.125
"""From one line of the notes at the foot to the next."""


def figure_path(path: str | os.PathLike[str]) -> Path:
    """Where a figure is written; UnknownFormatError for a suffix nobody writes."""
    target = Path(path)
    if target.suffix not in (".svg", ".png", ".pdf"):
        raise UnknownFormatError(f"{target.suffix!r} is no figure; known are .svg, .png, .pdf")
    return target


def text_width(text: str) -> float:
    """About how many inches a text of 8 points takes."""
    return len(text) * INCHES_PER_CHARACTER


def wrapped(notes: Iterable[str], width: float) -> list[str]:
    """Notes in lines of small letters for a figure of `width` inches."""
    letters = max(30, int((width - 0.3) / (0.86 * INCHES_PER_CHARACTER)))
    return [line for note in notes for line in textwrap.wrap(note, letters, break_on_hyphens=False)]


def put_notes(figure: Any, lines: Sequence[str], foot: float) -> None:
    """Write the lines of notes into the lowest `foot` inches of a figure."""
    width, height = figure.get_size_inches()
    figure.text(
        0.15 / width,
        (foot - 0.05) / height,
        "\n".join(lines),
        fontsize=6.8,
        va="top",
        color=SMALL,
        linespacing=1.3,
    )


def sized_figure(width: float, height: float) -> Any:
    """An empty matplotlib figure of that many inches; MissingExtraError without matplotlib."""
    needs_matplotlib()
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height))


def save(figure: Any, path: Path, dpi: float = DOTS) -> None:
    """Write a figure, with `dpi` dots to the inch; the same figure gives the same bytes."""
    import matplotlib as mpl

    settings: dict[Any, Any] = {
        "svg.hashsalt": "kb",
        "svg.fonttype": "none",
        "pdf.fonttype": 42,
        "font.family": FAMILY,
        "text.hinting": "none",
    }
    metadata = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(path.suffix[1:])
    with mpl.rc_context(settings):
        figure.savefig(path, dpi=dpi, metadata=metadata, facecolor="white")


@cache
def text_inches(text: str, points: float, *, bold: bool = False) -> float:
    """How many inches a line of text takes, measured; MissingExtraError without matplotlib."""
    if not text:
        return 0.0
    needs_matplotlib()
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family=FAMILY, size=points, weight="bold" if bold else "normal")
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return 1.01 * float(width) / 72


def lines_of(
    text: str, inches: float, points: float, *, bold: bool = False, most: int = 99
) -> list[str]:
    """A text in lines of at most `inches`, broken at spaces, then after marks, then anywhere.

    It is never broken at a space that does not break. Spaces in front are kept on every line. A
    text of more than `most` lines ends in `…`.
    """
    indent = text[: len(text) - len(text.lstrip(" "))]
    room = inches - text_inches(indent + "|", points, bold=bold) + text_inches("|", points)

    def fits(part: str) -> bool:
        return text_inches(part, points, bold=bold) <= room

    found: list[str] = []
    line = ""
    for word in filter(None, text.split(" ")):
        if fits(f"{line} {word}" if line else word):
            line = f"{line} {word}" if line else word
            continue
        if line and (fits(word) or len(line) > 3):
            found.append(line)
            line = ""
        rest = f"{line} {word}" if line else word
        while not fits(rest):
            end = _break(rest, fits)
            found.append(rest[:end] + ("" if rest[end - 1] in MARKS else HYPHEN))
            rest = rest[end:]
        line = rest
    found += [line] if line or not found else []
    if len(found) > most:
        last = found[most - 1]
        while last and not fits(f"{last}…"):
            last = last[:-1]
        found = [*found[: most - 1], f"{last.rstrip(' +,')}…"]
    return [indent + one for one in found]


def _break(word: str, fits: Callable[[str], bool]) -> int:
    """Where a word that is too long is broken: behind the last mark that fits, else anywhere.

    One letter at least stands before it, and three behind it where there is room.
    """
    longest = max((end for end in range(1, len(word)) if fits(word[:end] + HYPHEN)), default=1)
    marks = [place + 1 for place in range(longest) if word[place] in MARKS]
    if marks and marks[-1] > 2:
        return marks[-1]
    return max(1, min(longest, len(word) - 3))


def needs_matplotlib() -> None:
    """MissingExtraError where the library that draws is not installed."""
    try:
        import matplotlib.figure  # noqa: F401  (whether it is there is the question)
    except ImportError:
        raise MissingExtraError("matplotlib", "plots") from None


def ready(path: str | os.PathLike[str]) -> Path:
    """Where a figure will be written, before anything is computed or printed for it.

    UnknownFormatError for a suffix nobody writes, MissingExtraError without matplotlib.
    """
    target = figure_path(path)
    needs_matplotlib()
    return target
