"""From lines to their order: rows, columns, paragraphs, plain text, and the values beside printed labels."""
