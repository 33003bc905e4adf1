"""The rules of the audit, one module a family; each is a generator whose docstring is its page."""
