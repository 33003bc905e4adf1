"""Questions about connections: neighbours, networks of treatments, and where evidence is missing."""
