"""A reviewer\'s own file as rows."""
