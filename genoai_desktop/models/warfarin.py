"""The project's own warfarin dose model: a linear model of the square root of the weekly dose.

The artefact is a JSON file of numbers (``models/warfarin/warfarin.json``) whose SHA-256 lies beside it;
nothing in it is run. Trained by ``models/warfarin/train.py`` on patients of the IWPC cohort;
see the model card.
"""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr

GROUPS = ("White", "Asian", "Black or African American", "Unknown")
POPULATIONS = ("Japanese", "Korean", "Chinese", "Malay", "Indian", "Intermediate")
INDICATIONS = tuple("12345678")
"""IWPC codes: 1 deep vein thrombosis, 2 pulmonary embolism, 3 atrial fibrillation or flutter, 4 heart valve,
5 cardiomyopathy, 6 stroke, 7 post-orthopaedic, 8 other."""
FLAGS = ("smoker", "simvastatin", "atorvastatin", "aspirin", "diabetes", "heart_failure", "valve",
         "sulfonamide", "azole", "macrolide")  # fmt: skip


@dataclass(frozen=True, slots=True)
class WarfarinPatient:
    """What the dose equations need. ``age_decades``: 6 for 60 to 69 years.

    ``vkorc1_a``: copies of the A allele of rs9923231 (-1639), None when not known. ``cyp2c9``: two star
    alleles, None when not known. ``group``: one of ``GROUPS``; ``population``: one of ``POPULATIONS`` or
    empty.
    """

    age_decades: float
    height_cm: float
    weight_kg: float
    male: bool
    group: str = "Unknown"
    population: str = ""
    vkorc1_a: int | None = None
    cyp2c9: tuple[str, str] | None = None
    amiodarone: bool = False
    inducer: bool = False
    indications: frozenset[str] = frozenset()
    target_inr: float = 2.5
    flags: frozenset[str] = field(default_factory=frozenset)
    fully_asked: bool = True
    """Indication, population and all of ``FLAGS`` were asked, so that absence means no. Otherwise the own
    model, which was trained on answers, has no place (``asked.json`` beside it)."""


@dataclass(frozen=True, slots=True)
class WarfarinEstimate:
    """A weekly maintenance dose in mg with its 80 % prediction interval, and the model that gave it."""

    mg_week: float
    low: float
    high: float
    model: str
    warnings: tuple[str, ...] = ()


def features(patient: WarfarinPatient) -> dict[str, float]:
    """The model's inputs by name; unknown genotypes have a column of their own."""
    age, height, weight = patient.age_decades, patient.height_cm, patient.weight_kg
    bsa = math.sqrt(height * weight / 3600)
    copies = patient.vkorc1_a or 0
    two, three, other = (_count(patient.cyp2c9, name) for name in ("*2", "*3", ""))
    group = {name: float(patient.group == name) for name in GROUPS}
    asian, black, unknown = group["Asian"], group["Black or African American"], group["Unknown"]
    found = {
        "age": age, "height": height, "weight": weight, "bsa": bsa, "male": float(patient.male),
        "vkorc1_ag": float(patient.vkorc1_a == 1), "vkorc1_aa": float(patient.vkorc1_a == 2),
        "vkorc1_unknown": float(patient.vkorc1_a is None), "cyp2c9_2": two, "cyp2c9_3": three,
        "cyp2c9_23": two * three, "cyp2c9_33": float(three == 2),
        "cyp2c9_unknown": float(patient.cyp2c9 is None),
        "cyp2c9_other": other, "asian": asian, "black": black, "unknown": unknown,
        "amiodarone": float(patient.amiodarone), "inducer": float(patient.inducer), "inr": patient.target_inr,
    }  # fmt: skip
    found |= {f"indication_{code}": float(code in patient.indications) for code in INDICATIONS}
    found |= {name: float(name in patient.flags) for name in FLAGS}
    found |= {f"population_{name}": float(patient.population == name) for name in POPULATIONS}
    variants = two + three
    return found | {
        "bsa*vkorc1": bsa * copies, "age*vkorc1": age * copies, "asian*vkorc1": asian * copies,
        "black*vkorc1": black * copies, "unknown*vkorc1": unknown * copies, "age*cyp2c9": age * variants,
        "weight*amiodarone": weight * patient.amiodarone, "bsa2": bsa * bsa, "age2": age * age,
        "cyp2c9*vkorc1": variants * copies, "male*age": age * patient.male,
    }  # fmt: skip


def age_band(decades: float) -> str:
    """The age group of the audit; ``decades`` 6 for 60 to 69 years."""
    return "under 50" if decades < 5 else "50 to 69" if decades < 7 else "70 and over"


def _count(alleles: tuple[str, str] | None, name: str) -> float:
    if alleles is None:
        return 0.0
    if name:
        return float(alleles.count(name))
    return float(sum(allele not in ("*1", "*2", "*3") for allele in alleles))


class WarfarinModel:
    """Coefficients, residual quantiles and the cross-validated error by ancestry group."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._intercept = float(document["intercept"])
        self._coefficients = {str(k): float(v) for k, v in document["coefficients"].items()}
        self._bins = [(float(b["upto"]), float(b["low"]), float(b["high"])) for b in document["intervals"]]
        self._bands = document.get("dose_bands", ())
        self._band_error: Mapping[str, Mapping[str, Mapping[str, float]]] = document.get("error_by_band", {})
        self._iwpc_bins = [
            (float(b["upto"]), float(b["low"]), float(b["high"])) for b in document.get("iwpc_intervals", ())
        ]
        self._worse: Mapping[str, list[str]] = document.get("served_worse", {})
        self.version = str(document["version"])
        self.error: Mapping[str, Mapping[str, float]] = document["error_mg_week"]

    def beats_iwpc(self, group: str, iwpc_mg_week: float | None = None) -> bool:
        """Whether its cross-validated error is below that of IWPC 2009 in the patient's group.

        With ``iwpc_mg_week`` also in the band of doses that IWPC gives the patient (within the group where
        enough patients judge it, otherwise over all groups).
        """
        error = self.error.get(group)
        if not error or not error["own"] < error["iwpc"]:
            return False
        if iwpc_mg_week is None or not self._bands:
            return True
        name = next(band["name"] for band in self._bands if iwpc_mg_week <= band["upto"])
        cell = self._band_error[group].get(name) or self._band_error["all"][name]
        return bool(cell["own"] < cell["iwpc"])

    def iwpc_range(self, mg_week: float) -> tuple[float, float] | None:
        """The 80 % interval around a dose that IWPC gives, from its residuals in the cohort; None without."""
        root = math.sqrt(mg_week)
        found = next(((low, high) for upto, low, high in self._iwpc_bins if root <= upto), None)
        return (max(root + found[0], 0.5) ** 2, (root + found[1]) ** 2) if found else None

    def served_worse(self, patient: WarfarinPatient) -> tuple[str, ...]:
        """Names of the groups of the patient that the audit found to be served worse than others."""
        mine = {
            "ancestry": patient.group, "sex": "male" if patient.male else "female",
            "age": age_band(patient.age_decades),
        }  # fmt: skip
        return tuple(name for by, name in mine.items() if name in self._worse.get(by, ()))

    def predict(self, patient: WarfarinPatient) -> WarfarinEstimate:
        """The dose and its 80 % interval. Limits of the inputs are the caller's to enforce."""
        row = features(patient)
        root = self._intercept + sum(weight * row[name] for name, weight in self._coefficients.items())
        root = max(root, 1.0)
        low, high = next((lo, hi) for upto, lo, hi in self._bins if root <= upto)
        return WarfarinEstimate(
            root**2, max(root + low, 0.5) ** 2, (root + high) ** 2, f"GenoAI warfarin {self.version}"
        )


def load_warfarin(folder: Path) -> WarfarinModel:
    """Read and verify the artefact in ``folder``.

    Raises:
        UserError: the artefact is missing, damaged, or not what its checksum says.
    """
    try:
        data = (folder / "warfarin.json").read_bytes()
        stated = (folder / "warfarin.json.sha256").read_text(encoding="ascii").split()[0]
        if hashlib.sha256(data).hexdigest() != stated:
            raise ValueError("checksum")
        return WarfarinModel(json.loads(data))
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise UserError(
            tr("The warfarin model cannot be used: its file is missing or damaged."),
            remedy=tr("Install the program again."), code="model.broken",
        ) from error  # fmt: skip
