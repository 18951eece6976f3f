"""What the window calls the documents of a case, in its own language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genoai_desktop.domain.letters import DocumentKind
from genoai_desktop.domain.text import tr

if TYPE_CHECKING:
    from genoai_desktop.app.documents import Offer


def title(offer: Offer) -> str:
    """The name of a document."""
    if offer.document.kind is DocumentKind.FAMILY:
        return tr("Family letter: {name}", name=offer.name)
    return _names()[offer.document.kind][0]


def about(offer: Offer) -> str:
    """What a document is, in a sentence."""
    if offer.document.kind is DocumentKind.FAMILY:
        return tr("To a relative ({relation}). It never names the patient.", relation=offer.relation)
    return _names()[offer.document.kind][1]


def _names() -> dict[DocumentKind, tuple[str, str]]:
    """Title and sentence by kind."""
    return {
        DocumentKind.CLINICIAN: (
            tr("Clinician report"),
            tr("Everything that was found, with evidence, limits and sources."),
        ),
        DocumentKind.LETTER: (tr("Patient letter"), tr("Two pages in plain words.")),
        DocumentKind.CARD: (tr("PGx card"), tr("Medicines and genes in the size of a bank card.")),
        DocumentKind.ALERTS: (
            tr("Alert list"),
            tr("Every medicine that needs a decision, for whoever prescribes."),
        ),
        DocumentKind.COUPLE: (tr("Couple letter"), tr("What both results mean for children.")),
        DocumentKind.CASCADE: (
            tr("Cascade list (CSV)"),
            tr("Which relatives to offer a test, with the chance that follows from the relation."),
        ),
        DocumentKind.VARIANTS: (
            tr("Variants (CSV)"),
            tr("Every variant of a candidate or finding, one row each, for a spreadsheet."),
        ),
        DocumentKind.JSON: (
            tr("Result (JSON)"),
            tr("The whole result that consent allows, in the form that the bundled schema describes."),
        ),
        DocumentKind.FHIR: (
            tr("FHIR bundle"),
            tr("HL7 FHIR Genomics Reporting, for the hospital's record system."),
        ),
        DocumentKind.PHENOPACKET: (
            tr("Phenopacket"),
            tr("The patient's phenotype (GA4GH Phenopackets 2), without names or diagnoses."),
        ),
    }
