"""Rows of the IWPC cohort's table as patients. The dose column is read by ``stated_dose`` alone."""

from collections.abc import Mapping

from genoai_desktop.models.warfarin import GROUPS, WarfarinPatient

_FLAGS = {
    "smoker": "Smoker", "simvastatin": "Simvastatin", "atorvastatin": "Atorvastatin", "aspirin": "Aspirin",
    "diabetes": "Diabetes", "heart_failure": "Heart.probs", "valve": "Valve",
    "sulfonamide": "Sulfonamide.Antibiotics", "azole": "Anti.fungal.Azoles",
    "macrolide": "Macrolide.Antibiotics",
}  # fmt: skip
_POPULATIONS = {"Japanese": "Japanese", "Korean": "Korean", "Han Chinese": "Chinese", "Chinese": "Chinese",
                "Malay": "Malay", "Indian": "Indian", "Intermediate": "Intermediate"}  # fmt: skip
_SPREADSHEET_AGE = "19-Oct"
"""What a spreadsheet made of the range 10 - 19."""
_IMPUTED = (("VKORC1.3_consensus", {"C/C": 0, "C/T": 1, "T/T": 2}, True),
            ("VKORC1.6_consensus", {"C/C": 0, "C/T": 1, "T/T": 2}, False),
            ("VKORC1.4_consensus", {"G/G": 0, "C/G": 1, "C/C": 2}, False))  # fmt: skip
"""Stand-ins of rs9923231 as IWPC 2009 (appendix S1): rs9934438 in all; rs2359612 and rs8050894 where the
ancestry is known and not Black."""


def patient_of(row: Mapping[str, str]) -> WarfarinPatient | None:
    """The patient of a row; None when age, height or weight is not given."""
    cells = {key.strip(): (value or "").strip() for key, value in row.items()}
    age, height, weight = _age(cells.get("Age", "")), _number(cells, "Height"), _number(cells, "Weight")
    if age is None or height is None or weight is None:
        return None
    group = cells.get("Race.OMB", "")
    group = group if group in GROUPS else "Unknown"
    inducers = ("Carbamazepine", "Phenytoin", "Rifam")
    return WarfarinPatient(
        age, height, weight, cells.get("Gender") == "male", group,
        _POPULATIONS.get(cells.get("Race.Reported", ""), ""), _vkorc1(cells, group), _cyp2c9(cells),
        cells.get("Amiodarone") == "1", any(cells.get(name) == "1" for name in inducers),
        _indications(cells.get("Indication", "")), _number(cells, "Target.INR") or 2.5,
        frozenset(name for name, column in _FLAGS.items() if cells.get(column) == "1"),
    )  # fmt: skip


def stated_dose(row: Mapping[str, str]) -> float | None:
    """Stable weekly dose in mg, None where it is not given or was not reached."""
    cells = {key.strip(): (value or "").strip() for key, value in row.items()}
    return _number(cells, "Therapeutic.Dose") if cells.get("Reached.Stable.Dose") == "1" else None


def _number(cells: Mapping[str, str], name: str) -> float | None:
    try:
        return float(cells.get(name, ""))
    except ValueError:
        return None


def _age(text: str) -> float | None:
    if text == _SPREADSHEET_AGE:
        return 1.0
    return float(int(text[:2]) // 10) if text[:2].isdigit() else None


def _vkorc1(cells: Mapping[str, str], group: str) -> int | None:
    known = {"G/G": 0, "A/G": 1, "A/A": 2}.get(cells.get("VKORC1.1_consensus", ""))
    for column, table, in_all in _IMPUTED:
        if known is None and (in_all or group in ("White", "Asian")):
            known = table.get(cells.get(column, ""))
    return known


def _cyp2c9(cells: Mapping[str, str]) -> tuple[str, str] | None:
    first, _, second = cells.get("CYP2C9_consensus", "").partition("/")
    return (first, second) if second else None


def _indications(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.replace("or", ";").split(";") if part.strip())
