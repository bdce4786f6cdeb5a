"""Tables: by rules, by a model, by how words stand; their cells and texts. `finding.py` holds the order."""
