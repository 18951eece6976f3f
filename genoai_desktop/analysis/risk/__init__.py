"""Risk: chances for this person and this family."""

from genoai_desktop.analysis.risk.analysis import analyse
from genoai_desktop.analysis.risk.breast import asks_family
from genoai_desktop.analysis.risk.couple import Partner, couple

__all__ = ["Partner", "analyse", "asks_family", "couple"]
