"""GA4GH Phenopackets v2 (ISO 4454:2022): read what is used, report what is not; write a case."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from genoai_desktop.app.tables import write_bytes
from genoai_desktop.domain.case import Case, ObservedTerm, Sex
from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.findings import Finding, Severity, Where
from genoai_desktop.domain.genome import Build, VariantKey, chromosome_code, chromosome_name
from genoai_desktop.domain.reasons import reason_of
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.variant import Zygosity

LARGEST = 20_000_000
"""Bytes; a phenopacket of one person is a few kilobytes."""
SEXES = {"MALE": Sex.MALE, "FEMALE": Sex.FEMALE}
ZYGOSITIES = {
    "GENO:0000135": Zygosity.HETEROZYGOUS,
    "GENO:0000136": Zygosity.HOMOZYGOUS,
    "GENO:0000134": Zygosity.HEMIZYGOUS,
}
ASSEMBLIES = {"hg38": "GRCh38", "grch38": "GRCh38", "hg19": "GRCh37", "grch37": "GRCh37"}
UNDERSTOOD = {"id", "subject", "phenotypicFeatures", "interpretations", "diseases", "metaData"}
PERIOD = re.compile(
    r"P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T.*)?"
)


@dataclass(frozen=True, slots=True)
class PacketVariant:
    """A variant that a phenopacket names, with its zygosity and gene."""

    key: VariantKey
    zygosity: Zygosity
    gene: str


@dataclass(frozen=True, slots=True)
class Packet:
    """What was understood of a phenopacket. Diagnoses are kept apart: no analysis may read them."""

    id: str
    terms: tuple[ObservedTerm, ...]
    sex: Sex
    age_years: float | None
    variants: tuple[PacketVariant, ...]
    findings: tuple[Finding, ...]
    diagnoses: tuple[tuple[str, str], ...] = ()


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.findings: dict[tuple[str, str], int] = {}

    def odd(self, field: str, text: str) -> None:
        """Remember what was not understood; the same thing twice is counted."""
        self.findings[field, text] = self.findings.get((field, text), 0) + 1

    def finish(self) -> tuple[Finding, ...]:
        """Everything odd as Findings."""
        return tuple(
            Finding(
                Severity.WARNING, "phenopacket.not-understood", Where(self.name, field=field), text, count
            )
            for (field, text), count in self.findings.items()
        )

    def mapping(self, value: Any, field: str) -> dict[str, Any]:
        """The value as an object; reported and empty when it is something else."""
        if value is None:
            return {}
        if isinstance(value, dict):
            return value
        self.odd(field, tr("An object was expected here."))
        return {}

    def items(self, value: Any, field: str) -> list[dict[str, Any]]:
        """The value as a list of objects."""
        if value is None:
            return []
        if not isinstance(value, list):
            self.odd(field, tr("A list was expected here."))
            return []
        return [self.mapping(item, field) for item in value]


def read_phenopacket(path: Path) -> Packet:
    """Terms (observed and excluded, onset, severity), sex, age and variants of a phenopacket.

    Raises:
        UserError: the file cannot be read, is no JSON, or is no phenopacket.
    """
    document = _document(path)
    if "phenopacket" in document and isinstance(document["phenopacket"], dict):
        document = document["phenopacket"]
    if "phenotypicFeatures" not in document and "subject" not in document:
        raise _refused(
            path, tr("This is not a phenopacket: it has neither a subject nor phenotypic features.")
        )
    reader = _Reader(path.name)
    for field in sorted(set(document) - UNDERSTOOD):
        if document[field]:
            reader.odd(field, tr("This part of the phenopacket is not used."))
    subject = reader.mapping(document.get("subject"), "subject")
    terms = [
        _term(item, reader) for item in reader.items(document.get("phenotypicFeatures"), "phenotypicFeatures")
    ]
    return Packet(
        str(document.get("id", "")),
        tuple(dict.fromkeys(term for term in terms if term is not None)),
        _sex(subject, reader),
        _age(subject.get("timeAtLastEncounter"), reader),
        tuple(_variants(document, reader)),
        reader.finish(),
        tuple(_diagnoses(document, reader)),
    )


def _document(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST:
            raise _refused(path, tr("The file is far too large for a phenopacket."))
        value = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _refused(path, tr("The file cannot be read ({reason}).", reason=reason_of(error))) from error
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise UserError(
            tr("The file is not readable as JSON."),
            where=file_where(path, line),
            remedy=tr("Export the phenopacket again as JSON (version 2)."),
        ) from error
    if not isinstance(value, dict):
        raise _refused(path, tr("The file is JSON, but not a phenopacket."))
    return value


def _refused(path: Path, what: str) -> UserError:
    return UserError(
        what, where=file_where(path), remedy=tr("Choose a GA4GH phenopacket, version 2, as JSON.")
    )


def _term(item: dict[str, Any], reader: _Reader) -> ObservedTerm | None:
    kind = reader.mapping(item.get("type"), "phenotypicFeatures.type")
    identifier = str(kind.get("id", ""))
    if not re.fullmatch(r"HP:\d{7}", identifier):
        reader.odd(
            "phenotypicFeatures.type.id",
            tr("{term} is not an HPO term and was not used.", term=identifier or "?"),
        )
        return None
    for field in sorted(set(item) - {"type", "excluded", "onset", "severity", "evidence", "description"}):
        reader.odd(f"phenotypicFeatures.{field}", tr("This detail of a term is not used."))
    severity = reader.mapping(item.get("severity"), "phenotypicFeatures.severity").get("id")
    return ObservedTerm(
        identifier,
        excluded=item.get("excluded") is True,
        onset=_onset(item.get("onset"), reader),
        severity=str(severity) if severity else None,
    )


def _onset(value: Any, reader: _Reader) -> str | None:
    onset = reader.mapping(value, "phenotypicFeatures.onset")
    if not onset:
        return None
    chosen = reader.mapping(onset.get("ontologyClass"), "phenotypicFeatures.onset.ontologyClass").get("id")
    if chosen:
        return str(chosen)
    years = _age(onset, reader)
    return None if years is None else onset_term(years)


def onset_term(years: float) -> str:
    """The HPO onset class of an age in years (HP:0003674 and its children)."""
    bounds = ((28 / 365.25, "HP:0003623"), (1, "HP:0003593"), (5, "HP:0011463"), (16, "HP:0003621"))
    later = ((40, "HP:0011462"), (60, "HP:0003596"), (200, "HP:0003584"))
    return next((term for bound, term in (*bounds, *later) if years < bound), "HP:0003584")


def _sex(subject: dict[str, Any], reader: _Reader) -> Sex:
    stated = str(subject.get("sex", "UNKNOWN_SEX"))
    if stated not in SEXES and stated != "UNKNOWN_SEX":
        reader.odd("subject.sex", tr("The sex “{value}” is treated as unknown.", value=stated))
    return SEXES.get(stated, Sex.UNKNOWN)


def _age(value: Any, reader: _Reader) -> float | None:
    """Years, from an ISO 8601 period; the middle of a range."""
    holder = reader.mapping(value, "age")
    if "ageRange" in holder:
        parts = reader.mapping(holder["ageRange"], "age.ageRange")
        ends = [_age({"age": parts.get(end)}, reader) for end in ("start", "end")]
        known = [end for end in ends if end is not None]
        return sum(known) / len(known) if known else None
    text = str(reader.mapping(holder.get("age"), "age").get("iso8601duration", ""))
    if not text:
        return None
    match = PERIOD.fullmatch(text)
    if not match or not any(match.groups()):
        reader.odd("age", tr("An age is not written as an ISO 8601 period."))
        return None
    years, months, weeks, days = (float(part or 0) for part in match.groups())
    return years + months / 12 + (weeks * 7 + days) / 365.25


def _variants(document: dict[str, Any], reader: _Reader) -> list[PacketVariant]:
    found = []
    for interpretation in reader.items(document.get("interpretations"), "interpretations"):
        diagnosis = reader.mapping(interpretation.get("diagnosis"), "interpretations.diagnosis")
        for genomic in reader.items(diagnosis.get("genomicInterpretations"), "genomicInterpretations"):
            outer = reader.mapping(genomic.get("variantInterpretation"), "variantInterpretation")
            described = reader.mapping(outer.get("variationDescriptor"), "variationDescriptor")
            variant = _variant(described, reader)
            if variant is not None:
                found.append(variant)
    return found


def _variant(described: dict[str, Any], reader: _Reader) -> PacketVariant | None:
    record = reader.mapping(described.get("vcfRecord"), "vcfRecord")
    build = ASSEMBLIES.get(str(record.get("genomeAssembly", "")).lower())
    code = chromosome_code(str(record.get("chrom", "")))
    ref, alt = str(record.get("ref", "")).upper(), str(record.get("alt", "")).upper()
    position = str(record.get("pos", ""))
    if build is None or not code or not position.isdigit() or not re.fullmatch("[ACGTN]+", ref) or not alt:
        reader.odd("vcfRecord", tr("A variant has no VCF record that can be placed and was not used."))
        return None
    state = str(reader.mapping(described.get("allelicState"), "allelicState").get("id", ""))
    gene = reader.mapping(described.get("geneContext"), "geneContext").get("symbol", "")
    key = VariantKey(chromosome_name(code), int(position), ref, alt, Build(build))
    return PacketVariant(key, ZYGOSITIES.get(state, Zygosity.UNKNOWN), str(gene))


def _diagnoses(document: dict[str, Any], reader: _Reader) -> list[tuple[str, str]]:
    found = []
    for disease in reader.items(document.get("diseases"), "diseases"):
        term = reader.mapping(disease.get("term"), "diseases.term")
        if term.get("id"):
            found.append((str(term["id"]), str(term.get("label", ""))))
    return found


def write_phenopacket(
    case: Case, path: Path, label: Callable[[str], str], hpo_version: str, *, created: datetime | None = None
) -> None:
    """Write the proband's phenotype as a phenopacket, whole or not at all. No names, no diagnosis.

    ``label`` gives the name of an HPO identifier.

    Raises:
        UserError: the file cannot be written.
    """
    person = case.index
    subject: dict[str, Any] = {"id": person.id, "sex": _SEX_WORDS[person.sex]}
    if person.age_years is not None:
        months = round(person.age_years * 12)
        text = f"P{months // 12}Y{months % 12}M" if months % 12 else f"P{months // 12}Y"
        subject["timeAtLastEncounter"] = {"age": {"iso8601duration": text}}
    moment = (created or datetime.now(UTC)).astimezone(UTC)
    document = {
        "id": case.id,
        "subject": subject,
        "phenotypicFeatures": [_feature(term, label) for term in case.terms],
        "metaData": {
            "created": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "createdBy": "GenoAI Desktop",
            "resources": [_hpo_resource(hpo_version)],
            "phenopacketSchemaVersion": "2.0.2",
        },
    }
    write_bytes((json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode(), path)


_SEX_WORDS = {Sex.MALE: "MALE", Sex.FEMALE: "FEMALE", Sex.UNKNOWN: "UNKNOWN_SEX"}


def _feature(term: ObservedTerm, label: Callable[[str], str]) -> dict[str, Any]:
    feature: dict[str, Any] = {"type": {"id": term.id, "label": label(term.id)}}
    if term.excluded:
        feature["excluded"] = True
    if term.severity:
        feature["severity"] = {"id": term.severity, "label": label(term.severity)}
    if term.onset:
        feature["onset"] = {"ontologyClass": {"id": term.onset, "label": label(term.onset)}}
    return feature


def _hpo_resource(version: str) -> dict[str, str]:
    return {
        "id": "hp",
        "name": "Human Phenotype Ontology",
        "url": "http://purl.obolibrary.org/obo/hp.owl",
        "version": version,
        "namespacePrefix": "HP",
        "iriPrefix": "http://purl.obolibrary.org/obo/HP_",
    }
