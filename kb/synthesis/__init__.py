"""From comparisons to pooled estimates: the gate first, then the arithmetic."""
