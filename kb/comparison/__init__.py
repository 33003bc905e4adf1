"""Side by side: rows of numbers, which report is shown, and what makes them hard to compare."""
