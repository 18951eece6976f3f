"""Which rare disease explains this patient: phenotype and variants, ranked and explained."""

from genoai_desktop.analysis.rare_disease.ranking import fate, rank

__all__ = ["fate", "rank"]
