"""Views to figures, drawn with the extra plots."""
