"""Text, tables, any document."""
