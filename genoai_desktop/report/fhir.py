"""HL7 FHIR R4 bundle after the Genomics Reporting implementation guide (STU4).

Profiles used: genomic-report, variant, genotype, diagnostic-implication, therapeutic-implication. Codes are
LOINC's; coordinates are 1-based. Nothing that consent does not cover is in it.
"""

import uuid
from pathlib import Path
from typing import Any

from genoai_desktop.domain.acmg import AcmgClass
from genoai_desktop.domain.failed import FailedAnalysis, part_words
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.pgx import DrugAdvice, GeneCall
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.variant import ReportedVariant, Zygosity
from genoai_desktop.report import steps
from genoai_desktop.report.atomic import write_atomic
from genoai_desktop.report.document import DECISION_SUPPORT, content_sha256, indented
from genoai_desktop.report.outcome import besides, listed_notes, outcome, standing
from genoai_desktop.report.permitted import permitted
from genoai_desktop.report.sections.common import CANDIDATES_SHOWN
from genoai_desktop.report.signature import Signature

_GUIDE = "http://hl7.org/fhir/uv/genomics-reporting"
_LOINC, _TBD = "http://loinc.org", f"{_GUIDE}/CodeSystem/tbd-codes-cs"
_ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, _GUIDE)
_ASSEMBLY = {Build.GRCH37: ("LA14029-5", "GRCh37"), Build.GRCH38: ("LA26806-2", "GRCh38")}
_STATE = {
    Zygosity.HETEROZYGOUS: ("LA6706-1", "Heterozygous"),
    Zygosity.HOMOZYGOUS: ("LA6705-3", "Homozygous"),
    Zygosity.HEMIZYGOUS: ("LA6707-9", "Hemizygous"),
}
_CLASS = {
    AcmgClass.PATHOGENIC: "LA6668-3",
    AcmgClass.LIKELY_PATHOGENIC: "LA26332-9",
    AcmgClass.UNCERTAIN: "LA26333-7",
    AcmgClass.LIKELY_BENIGN: "LA26334-5",
    AcmgClass.BENIGN: "LA6675-8",
}
_CHROMOSOMES = {
    "1": "LA21254-0",
    "2": "LA21255-7",
    "3": "LA21256-5",
    "4": "LA21257-3",
    "5": "LA21258-1",
    "6": "LA21259-9",
    "7": "LA21260-7",
    "8": "LA21261-5",
    "9": "LA21262-3",
    "10": "LA21263-1",
    "11": "LA21264-9",
    "12": "LA21265-6",
    "13": "LA21266-4",
    "14": "LA21267-2",
    "15": "LA21268-0",
    "16": "LA21269-8",
    "17": "LA21270-6",
    "18": "LA21271-4",
    "19": "LA21272-2",
    "20": "LA21273-0",
    "21": "LA21274-8",
    "22": "LA21275-5",
    "X": "LA21276-3",
    "Y": "LA21277-1",
}
"""LOINC answers to 48000-4 (list LL2938-0), as the variant profile requires; none for mitochondria."""
Resource = dict[str, Any]


def write_fhir(result: CaseResult, path: Path | str, *, signature: Signature | None = None) -> None:
    """Write ``fhir_bundle`` as JSON, whole or not at all."""
    write_atomic(path, indented(fhir_bundle(result, signature)))


def fhir_bundle(result: CaseResult, signature: Signature | None = None) -> Resource:
    """A collection bundle; its report is ``preliminary`` until signed over this content, then ``final``.

    With an analysis that failed it is ``partial``, says so, and holds an observation without a value for it.
    """
    allowed = permitted(result)
    signed = signature is not None and signature.content_sha256 == content_sha256(allowed)
    builder = _Builder(allowed, "final" if signed else "preliminary")
    return builder.bundle()


class _Builder:
    def __init__(self, result: CaseResult, status: str) -> None:
        self.result, self.status = result, status
        self.entries: list[Resource] = []
        self.patient = self._add("Patient", self._patient())

    def bundle(self) -> Resource:
        for source, condition, inheritance, variant in self._variants():
            self._variant(source, condition, inheritance, variant)
        for call in self.result.pgx.calls if self.result.pgx else ():
            if call.diplotype:
                self._genotype(call)
        for failed in self.result.failed:
            self._failed(failed)
        self._add("DiagnosticReport", self._report())
        return {
            "resourceType": "Bundle",
            "type": "collection",
            "entry": self.entries,
        }

    def _variants(self) -> list[tuple[str, str, str, ReportedVariant]]:
        rare, answer = self.result.rare, outcome(self.result)
        notes = listed_notes(self.result, answer)
        found = [
            (
                f"Candidate {one.rank}"
                + "".join(
                    f", {note}" for note in (notes.get(variant.key, ()) if one == answer.candidate else ())
                ),
                one.disease_name,
                ", ".join(one.inheritance),
                variant,
            )
            for one in (rare.candidates[:CANDIDATES_SHOWN] if rare else ())
            for variant in one.variants
        ]
        found += [
            (f"{one.scope.capitalize()} finding", one.condition, one.inheritance, variant)
            for one in besides(self.result, answer)
            for variant in one.variants
        ]
        return found

    def _add(self, kind: str, body: Resource) -> Resource:
        steps.check()
        identifier = str(
            uuid.uuid5(_SPACE, f"{self.result.case.id}/{self.result.created}/{len(self.entries)}")
        )
        self.entries.append(
            {
                "fullUrl": f"urn:uuid:{identifier}",
                "resource": {"resourceType": kind, "id": identifier, **body},
            }
        )
        return {"reference": f"urn:uuid:{identifier}"}

    def _patient(self) -> Resource:
        person = self.result.case.index
        body: Resource = {"identifier": [{"value": person.id}], "gender": person.sex.value}
        return {**body, "name": [{"text": person.name}]} if person.name else body

    def _observation(
        self, profile: str, code: Resource, components: list[Resource], **more: object
    ) -> Resource:
        body: Resource = {
            "meta": {"profile": [f"{_GUIDE}/StructureDefinition/{profile}"]},
            "status": self.status,
            "category": [
                _concept("laboratory", "http://terminology.hl7.org/CodeSystem/observation-category"),
                _concept("GE", "http://terminology.hl7.org/CodeSystem/v2-0074"),
            ],
            "code": code,
            "subject": self.patient,
            "effectiveDateTime": self.result.created[:10],
            **more,
            "component": [one for one in components if one],
        }
        return self._add("Observation", body)

    def _variant(self, source: str, condition: str, inheritance: str, one: ReportedVariant) -> None:
        seen = self._observation(
            "variant",
            _concept("69548-6", _LOINC, "Genetic variant assessment"),
            _variant_components(one),
            valueCodeableConcept=_concept("LA9633-4", _LOINC, "Present"),
        )
        level = standing(one)
        components = [
            _part("53037-8", _concept(_CLASS[level], _LOINC, level.value)) if level else {},
            _part("81259-4", {"text": condition}),
            _part("condition-inheritance", {"text": inheritance}, _TBD) if inheritance else {},
            _said("conclusion-string", f"{source}. {DECISION_SUPPORT}", _TBD),
        ]
        code = _concept("diagnostic-implication", _TBD)
        self._observation("diagnostic-implication", code, components, derivedFrom=[seen])

    def _genotype(self, call: GeneCall) -> None:
        notes = [f"Status: {call.status.value}", f"phenotype: {call.phenotype}", *call.notes]
        if call.alternatives:
            notes.append("also possible: " + "; ".join(call.alternatives))
        if call.positions_missing:
            notes.append("not seen: " + ", ".join(one.name for one in call.positions_missing))
        seen = self._observation(
            "genotype",
            _concept("84413-4", _LOINC, "Genotype display name"),
            [_part("48018-6", {"text": call.gene}), _said("conclusion-string", "; ".join(notes), _TBD)],
            valueCodeableConcept={"text": f"{call.gene} {call.diplotype}"},
        )
        pgx = self.result.pgx
        for advice in pgx.advice if pgx else ():
            if advice.genes and advice.genes[0] == call.gene:
                self._advice(advice, seen)

    def _advice(self, advice: DrugAdvice, genotype: Resource) -> None:
        words = " ".join(part for part in (advice.implication, advice.action, str(advice.guideline)) if part)
        components = [
            _part("51963-7", {"text": advice.drug}),
            _part("therapeutic-implication", {"text": advice.implication or advice.concern.value}, _TBD),
            _part("93044-6", {"text": advice.strength}) if advice.strength else {},
            _said("conclusion-string", words, _TBD),
        ]
        code = _concept("therapeutic-implication", _TBD)
        self._observation("therapeutic-implication", code, components, derivedFrom=[genotype])

    def _failed(self, failed: FailedAnalysis) -> None:
        """An observation that was not completed, for want of the analysis."""
        body: Resource = {
            "status": "cancelled",
            "category": [
                _concept("laboratory", "http://terminology.hl7.org/CodeSystem/observation-category")
            ],
            "code": {"text": part_words(failed.part)},
            "subject": self.patient,
            "effectiveDateTime": self.result.created[:10],
            "dataAbsentReason": _concept("error", _ABSENT, "Error"),
            "note": [{"text": failed.words}],
        }
        self._add("Observation", body)

    def _report(self) -> Resource:
        results = [
            {"reference": entry["fullUrl"]}
            for entry in self.entries
            if entry["resource"]["resourceType"] == "Observation"
        ]
        return {
            "meta": {"profile": [f"{_GUIDE}/StructureDefinition/genomic-report"]},
            "status": "partial" if self.result.failed else self.status,
            "category": [_concept("GE", "http://terminology.hl7.org/CodeSystem/v2-0074")],
            "code": _concept("51969-4", _LOINC, "Genetic analysis report"),
            "subject": self.patient,
            "effectiveDateTime": self.result.created[:10],
            "conclusion": " ".join([*(one.words for one in self.result.failed), str(DECISION_SUPPORT)]),
            **({"result": results} if results else {}),
        }


def _variant_components(one: ReportedVariant) -> list[Resource]:
    key = one.key
    state = _STATE.get(one.zygosity)
    hgvs, chromosome = "http://varnomen.hgvs.org", _CHROMOSOMES.get(key.chromosome.removeprefix("chr"))
    return [
        _part("48018-6", {"text": one.gene}) if one.gene else {},
        _part("62374-4", _concept(_ASSEMBLY[key.build][0], _LOINC, _ASSEMBLY[key.build][1])),
        _part("48000-4", _concept(chromosome, _LOINC, f"Chromosome {key.chromosome}")) if chromosome else {},
        _part("48004-6", _concept(f"{one.transcript}:{one.hgvs_c}", hgvs))
        if one.hgvs_c and one.transcript
        else {},
        _part("48005-3", _concept(one.hgvs_p, hgvs)) if one.hgvs_p else {},
        _part("81290-9", _concept(one.hgvs_g, hgvs)) if one.hgvs_g else {},
        _part("51958-7", _concept(one.transcript, "http://www.ncbi.nlm.nih.gov/refseq"))
        if one.transcript
        else {},
        _part("92822-6", _concept("LA30102-0", _LOINC, "1-based character counting")),
        {"code": _concept("81254-5", _LOINC), "valueRange": {"low": {"value": key.position}}},
        _said("69547-8", key.ref),
        _said("69551-0", key.alt),
        _part("53034-5", _concept(state[0], _LOINC, state[1])) if state else {},
    ]


def _concept(code: str, system: str, display: str = "") -> Resource:
    coding = {"system": system, "code": code, **({"display": display} if display else {})}
    return {"coding": [coding]}


def _part(code: str, value: Resource, system: str = _LOINC) -> Resource:
    return {"code": _concept(code, system), "valueCodeableConcept": value}


def _said(code: str, value: str, system: str = _LOINC) -> Resource:
    return {"code": _concept(code, system), "valueString": value}
