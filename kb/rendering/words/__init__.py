"""Pieces of text: numbers, phrases of a record, citations."""
