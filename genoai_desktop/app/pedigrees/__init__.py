"""Families in and out: PED, GEDCOM, CanRisk, Phenopackets, pictures, questionnaire, one relative's view."""
