"""Files in: sniff, check, normalise -> a columnar VariantTable and a list of Findings."""

from genoai_desktop.vcf.loader import CheckReport, check, fetch, load
from genoai_desktop.vcf.merge import merge
from genoai_desktop.vcf.pedigree import read_ped

__all__ = ["CheckReport", "check", "fetch", "load", "merge", "read_ped"]
