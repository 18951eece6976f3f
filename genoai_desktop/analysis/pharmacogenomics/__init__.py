"""Pharmacogenomics: diplotypes, phenotypes, advice and doses."""

from genoai_desktop.analysis.pharmacogenomics.advice import advise
from genoai_desktop.analysis.pharmacogenomics.analysis import analyse, call_all
from genoai_desktop.analysis.pharmacogenomics.calling import call_genes
from genoai_desktop.analysis.pharmacogenomics.outside import OutsideCall, read_outside

__all__ = ["OutsideCall", "advise", "analyse", "call_all", "call_genes", "read_outside"]
