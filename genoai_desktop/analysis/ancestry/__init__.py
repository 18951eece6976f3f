"""Genetic ancestry by projection on the 1000 Genomes people."""

from genoai_desktop.analysis.ancestry.estimate import estimate
from genoai_desktop.analysis.ancestry.evaluation import LeaveOneOut, leave_one_out

__all__ = ["LeaveOneOut", "estimate", "leave_one_out"]
