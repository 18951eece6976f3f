"""Pharmacogenomics: diplotypes, phenotypes, advice and doses."""
