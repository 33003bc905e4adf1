"""Which arms a question is about."""
