"""The gate: rows are pooled only if they are the same thing, or if somebody says otherwise."""
