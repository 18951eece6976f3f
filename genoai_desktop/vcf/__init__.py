"""Files in: sniff, check, normalise -> a columnar VariantTable and a list of Findings."""

from genoai_desktop.vcf.loader import CheckReport, check, load
from genoai_desktop.vcf.pedigree import read_ped

__all__ = ["CheckReport", "check", "load", "read_ped"]
