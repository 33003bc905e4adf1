"""What print says, and what it admits; no records, no trials."""
