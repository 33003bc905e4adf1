"""The least and the greatest of some whole numbers."""

from __future__ import annotations


class Span:
    """From the least to the greatest of the numbers taken in."""

    def __init__(self) -> None:
        self.least, self.most = 0, -1

    def reach(self, number: int) -> None:
        """Take a number in."""
        if self.most < self.least:
            self.least = self.most = number
        elif number > self.most:
            self.most = number
        elif number < self.least:
            self.least = number

    @property
    def length(self) -> int:
        """How many whole numbers lie from the least to the greatest."""
        return self.most - self.least + 1
