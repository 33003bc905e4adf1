"""Statistics: numbers in, numbers out; no trials, no records."""
