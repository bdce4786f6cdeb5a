"""Declared documents: what a printed value looks like, where it stands, and how a whole document is read."""
