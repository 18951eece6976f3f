"""The pedigree drawn: layout, symbols, one description, and its writers (SVG, PDF, PNG)."""
