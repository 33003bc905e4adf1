"""Functions of mathematics that the families share: roots, tails, quantiles."""
