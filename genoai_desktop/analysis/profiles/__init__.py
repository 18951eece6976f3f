"""A case's profile among published cases and this clinic's own: neighbours, groups, outliers."""

from genoai_desktop.analysis.profiles.neighbours import neighbours
from genoai_desktop.analysis.profiles.space import Space

__all__ = ["Space", "neighbours"]
