"""Consequences, population frequencies and ClinVar for the variants of a table."""

from genoai_desktop.analysis.annotation.annotated import Annotated, annotate, reported

__all__ = ["Annotated", "annotate", "reported"]
