"""Several treatments, compared directly and by way of others."""
