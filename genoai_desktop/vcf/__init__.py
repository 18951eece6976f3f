"""Files in: sniff, check, normalise -> a columnar VariantTable and a list of Findings."""
