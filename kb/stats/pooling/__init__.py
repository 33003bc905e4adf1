"""Several studies to one estimate, and what it hangs on."""
