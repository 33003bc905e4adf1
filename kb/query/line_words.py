"""Words that people use for a line of treatment, by the word of the records that they mean."""

from __future__ import annotations

from typing import Final

LINES: Final = {
    "first": ("1L", "1st", "1st line", "first line", "front line", "upfront", "treatment naive",
              "treatment naïve", "untreated", "previously untreated"),
    "second": ("2L", "2nd", "2nd line", "second line"),
    "previously-treated": ("2L+", "2L plus", "second line or later", "later line", "later lines",
                           "pretreated", "pre-treated"),
    "anthracycline-naive": ("anthracycline naïve",),
    "maintenance": ("maintenance therapy", "maintenance treatment"),
    "neoadjuvant": ("preoperative", "pre-operative"),
    "adjuvant": ("postoperative", "post-operative"),
    "not-stated": ("unknown", "unspecified"),
}  # fmt: skip
"""Spellings need no entry: case, spaces and hyphens are no difference; `2L+` is not `2L`."""
NEAR: Final = {"previously-treated": ("3L", "third line", "3rd line", "4L", "fourth line")}
"""Words that no record uses, with the word that comes nearest."""
