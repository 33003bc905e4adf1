"""Questions about connections: neighbours, treatment networks, missing evidence."""
