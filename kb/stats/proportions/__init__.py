"""Counts out of n: intervals, two groups, tests, and which counts a printed percent admits."""
