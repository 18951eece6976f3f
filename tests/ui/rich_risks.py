"""A case with everything that the Risks page can show."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from sample_case import sample_case

from genoai_desktop.app.request import CaseRequest
from genoai_desktop.domain.breast import BreastFactors
from genoai_desktop.domain.case import CasePartner, Consent, Scope, Sex
from genoai_desktop.domain.provenance import Coverage
from genoai_desktop.domain.risk import ChildRisk, CoupleGene, CoupleResult, RelativeChance, RiskFigure

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "report"))

from drawing_cases import SOURCE, curve, parts, places, score

CARRIER = Consent(frozenset({Scope.CARRIER}))


def couple() -> CoupleResult:
    """One joint gene, one of one partner, five that cannot be answered for."""
    joint = CoupleGene(
        "CFTR", "Cystic fibrosis", "AR", (1.0, 1.0), ChildRisk(0.25, 0.25, 0.25), (), (), "Both."
    )
    single = CoupleGene("SMN1", "Atrophy", "AR", (1.0, None), None, (), (), "Not known.")
    line = Coverage("Carrier genes of the couple", "genes", 2730, 1, "A separate test.", ("FMR1: repeats",))
    return CoupleResult((joint,), (single,), (line,))


def rich(**changes: Any) -> Any:
    """The sample case with everything that the page can show."""
    made = sample_case()
    risk = made.result.risk
    assert risk is not None
    figure = RiskFigure(
        "Chance of breast cancer, all parts together", 0.2107, 0.15, 0.3, 0.0951, "women of the same age",
        "by age 80", SOURCE, ("Not BOADICEA.",), parts=parts(), say="Of 100 women about 21 get it.",
        model="combined-breast", options=("To talk about: yearly MRI (NCCN 2024).",),
    )  # fmt: skip
    risk = replace(
        risk,
        figures=(figure,),
        curves=(replace(curve(), model="combined-breast", title="Combined"), curve()),
        polygenic=(
            replace(score(), warning="Built in EUR.", effect_share=0.6, sites_fitted=300),
            score(None),
        ),
        relatives=(
            RelativeChance("MOTHER", "BRCA2", 0.5, 0.8, "secondary", "Tells most."),
            RelativeChance("FATHER", "BRCA2", 0.002, 0.1, "secondary"),
        ),
        couple=couple(),
        ancestry_map=places(),
    )
    risk = replace(risk, **changes)
    partner = CasePartner("DAD", Sex.MALE, CARRIER)
    case = replace(made.case, partner=partner, breast=BreastFactors(population=1))
    request = CaseRequest(Path("family.vcf"), sample="CHILD")
    return replace(made, request=request, case=case, result=replace(made.result, case=case, risk=risk))
