"""What every figure shares: size in inches, colours that colour-blind people tell apart, saving."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kb.errors import MissingExtraError, UnknownFormatError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence

INK: Final = "#1a1a1a"
MUTED: Final = "#8c8c8c"
SMALL: Final = "#4d4d4d"
"""For small letters, dark enough to be read in print."""
RATIO_TICKS: Final = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10, 20, 50)
SHAPE: Final = "#0072b2"  # blue of Okabe & Ito, safe in every kind of colour blindness
SECOND: Final = "#d55e00"
INCHES_PER_CHARACTER: Final = 0.068
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


def ratio_ticks(axes: Any, low: float, high: float) -> None:
    """Mark ratios on a logarithmic axis of `low` to `high`, every second where they are many."""
    from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

    ticks = [one for one in RATIO_TICKS if low <= one <= high]
    if len(ticks) > 9:
        ticks = [one for one in ticks if one not in (0.02, 0.3, 0.7, 1.5, 3)]
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))


def sized_figure(width: float, height: float) -> Any:
    """An empty matplotlib figure of that many inches; MissingExtraError without matplotlib."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingExtraError("matplotlib", "plots") from None
    return Figure(figsize=(width, height))


def save(figure: Any, path: Path) -> None:
    """Write a figure; the same figure gives the same bytes."""
    import matplotlib as mpl

    settings: dict[Any, Any] = {
        "svg.hashsalt": "kb",
        "svg.fonttype": "none",
        "pdf.fonttype": 42,
        "font.family": "DejaVu Sans",
    }
    metadata = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(path.suffix[1:])
    with mpl.rc_context(settings):
        figure.savefig(path, dpi=300, metadata=metadata, facecolor="white")
