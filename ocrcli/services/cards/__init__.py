"""Cards and certificates."""
