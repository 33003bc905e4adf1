"""Tables to text, one module a format; writers know nothing but tables."""
