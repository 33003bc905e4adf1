"""One printed number with all that travels with it."""
