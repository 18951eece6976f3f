"""ACMG/AMP classification of sequence variants."""

from genoai_desktop.analysis.classification.combining import class_by_points, class_by_rules, classify, points

__all__ = ["class_by_points", "class_by_rules", "classify", "points"]
