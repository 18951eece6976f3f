"""The bundled demo case: synthetic, and labelled so wherever it appears."""

import json
from pathlib import Path

from genoai_desktop.app.request import CaseRequest
from genoai_desktop.domain.case import Consent, Medicine, Scope, Sex
from genoai_desktop.knowledge.locations import resources


def demo_folder() -> Path:
    """Where the demo case's files lie."""
    return resources() / "demo"


def demo_request() -> CaseRequest:
    """The request that opens the demo case, as its ``case.json`` describes it."""
    folder = demo_folder()
    facts = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    return CaseRequest(
        vcf=folder / facts["vcf"],
        ped=folder / facts["ped"],
        sample=facts["sample"],
        observed=tuple(facts["observed"]),
        excluded=tuple(facts["excluded"]),
        sex=Sex(facts["sex"]),
        age=facts["age"],
        consent=Consent(frozenset(Scope(scope) for scope in facts["consent"])),
        medicines=tuple(Medicine(**medicine) for medicine in facts["medicines"]),
        name=facts["name"],
        indication=facts["indication"],
        synthetic=True,
    )
