"""Views to things to look at."""
