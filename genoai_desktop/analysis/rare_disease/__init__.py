"""Which rare disease explains this patient: phenotype and variants, ranked and explained."""
