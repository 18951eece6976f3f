"""CSV exports for spreadsheets and laboratory systems."""

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.spreadsheet import cell
from genoai_desktop.domain.variant import ReportedVariant
from genoai_desktop.report import steps
from genoai_desktop.report.atomic import write_atomic
from genoai_desktop.report.outcome import besides, listed_notes, outcome
from genoai_desktop.report.permitted import permitted

VARIANT_COLUMNS = (
    "source", "condition", "gene", "transcript", "hgvs_c", "hgvs_p", "hgvs_g", "chromosome", "position",
    "ref", "alt",
    "build", "zygosity", "inheritance", "consequence", "consequence_source", "region", "frequency_kind",
    "frequency_highest", "frequency_source", "classification", "acmg_codes", "clinvar_id", "clinvar_class",
    "clinvar_stars", "clinvar_release", "depth", "genotype_quality", "alt_fraction", "remarks", "origin",
)  # fmt: skip


def write_variants_csv(result: CaseResult, path: Path | str) -> None:
    """Every variant of every permitted candidate and finding, one row each; UTF-8, RFC 4180.

    A secondary finding that is the answer to the question has its rows as the candidate, which say so.
    An analysis that failed has a row of its own, without a variant: its absence here is no result.
    ``position`` is 1-based. A text that a spreadsheet would run as a formula gets a leading apostrophe.
    """
    write_atomic(path, variants_csv(result).encode("utf-8"))


def variants_csv(result: CaseResult) -> str:
    """The text of ``write_variants_csv``."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(VARIANT_COLUMNS)
    allowed = permitted(result)
    for source, condition, variant in _mentioned(allowed):
        steps.check()
        writer.writerow([cell(one) for one in (source, condition, *_cells(variant))])
    blank = [None] * (len(VARIANT_COLUMNS) - 2)
    for failed in allowed.failed:
        writer.writerow([f"failed analysis: {failed.part.value}", cell(failed.words), *blank])
    return buffer.getvalue()


def _mentioned(result: CaseResult) -> Iterable[tuple[str, str, ReportedVariant]]:
    answer = outcome(result)
    notes = listed_notes(result, answer)
    for candidate in result.rare.candidates if result.rare else ():
        for variant in candidate.variants:
            note = notes.get(variant.key, ()) if candidate == answer.candidate else ()
            noted = replace(variant, remarks=(*variant.remarks, *note))
            yield f"candidate {candidate.rank}", candidate.disease_name, noted
    for finding in besides(result, answer):
        for variant in finding.variants:
            yield finding.scope, finding.condition, variant


def _cells(one: ReportedVariant) -> tuple[object, ...]:
    key, seen, entry = one.key, one.frequency, one.clinvar
    return (
        one.gene, one.transcript, one.hgvs_c, one.hgvs_p, one.hgvs_g, key.chromosome, key.position,
        key.ref, key.alt,
        key.build.value, one.zygosity.value, one.inheritance, one.consequence, one.consequence_source,
        one.region,
        seen.kind.value, seen.highest, seen.source, one.classification, ";".join(one.acmg_codes),
        entry.variation_id if entry else None, entry.classification if entry else None,
        entry.stars if entry else None, entry.release if entry else None, one.depth, one.genotype_quality,
        one.alt_fraction, " | ".join(one.remarks), one.origin,
    )  # fmt: skip
