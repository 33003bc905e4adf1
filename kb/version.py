"""The version: a calendar month, since users cite the state of the evidence."""

from typing import Final

VERSION: Final = "2026.11"
