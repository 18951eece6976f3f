"""Doses, a conversion and a caution that the tests of window and report share."""

from genoai_desktop.domain.pgx import Concern, DoseAdvice, DrugCaution, PhenoConversion

WARFARIN = DoseAdvice(
    "warfarin", "maintenance dose", 26.3, 16.0, 38.4, "mg/week", "GenoAI warfarin 1", "IWPC 2009",
    warnings=("Less exact in this group.",), why="Our own model, because it was more exact.",
)  # fmt: skip
NO_WEIGHT = DoseAdvice(
    "tacrolimus", "starting dose", None, None, None, "", "", "CPIC 2015", reason="Weight is needed."
)
PREGNANCY = DrugCaution(
    "warfarin", Concern.AVOID, "Pregnancy: warfarin can harm the unborn child.", "approved label", True
)
PAROXETINE = PhenoConversion(
    "CYP2D6", "Normal Metabolizer", "Poor Metabolizer", ("paroxetine",), ("Cicali 2021",), "2.0"
)
