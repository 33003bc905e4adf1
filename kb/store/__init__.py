"""Files on disk to objects in memory, with the place of every problem."""
