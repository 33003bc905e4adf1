"""Views to tables, one module a view."""
