"""Times to an event: curves, rates at a time, hazards."""
