"""Templates made from examples: a picture, and the values that stand on it."""
