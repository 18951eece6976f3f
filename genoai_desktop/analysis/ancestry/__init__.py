"""Genetic ancestry by projection on the 1000 Genomes people."""

from genoai_desktop.analysis.ancestry.estimate import estimate
from genoai_desktop.analysis.ancestry.evaluation import LeaveOneOut, leave_one_out
from genoai_desktop.analysis.ancestry.map import ancestry_map

__all__ = ["LeaveOneOut", "ancestry_map", "estimate", "leave_one_out"]
