"""Pharmacogenomics: diplotypes, phenotypes, advice and doses."""

from genoai_desktop.analysis.pharmacogenomics.advice import advise, for_everybody
from genoai_desktop.analysis.pharmacogenomics.analysis import analyse, call_all
from genoai_desktop.analysis.pharmacogenomics.calling import call_genes
from genoai_desktop.analysis.pharmacogenomics.concerns import (
    ConcernEntry,
    Relation,
    concern_list,
    conversions_with,
    matching_drugs,
    what_if,
)
from genoai_desktop.analysis.pharmacogenomics.outside import read_outside
from genoai_desktop.analysis.pharmacogenomics.provisional import advise_seen
from genoai_desktop.domain.outside import OutsideCall

__all__ = [
    "ConcernEntry",
    "OutsideCall",
    "Relation",
    "advise",
    "advise_seen",
    "analyse",
    "call_all",
    "call_genes",
    "concern_list",
    "conversions_with",
    "for_everybody",
    "matching_drugs",
    "read_outside",
    "what_if",
]
