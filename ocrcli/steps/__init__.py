"""What may follow the reading of a document: comparing with a list, copies named or sorted by what was read."""
