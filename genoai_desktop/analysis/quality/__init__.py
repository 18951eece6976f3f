"""Quality of a file and its samples: is this the right person, and can the genotypes be trusted?"""

from genoai_desktop.analysis.quality.measure import measure

__all__ = ["measure"]
