"""Which rare disease explains this patient: phenotype and variants, ranked and explained."""

from genoai_desktop.analysis.rare_disease.in_house import InHouse
from genoai_desktop.analysis.rare_disease.ranking import fate, rank
from genoai_desktop.analysis.rare_disease.weighing import Memory

__all__ = ["InHouse", "Memory", "fate", "rank"]
