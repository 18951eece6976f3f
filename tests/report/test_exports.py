# ruff: noqa: E501 - tables of cases
"""FHIR against the guide's own profiles, CSV, and the medicines card."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fhir_profiles import Guide
from letter_calls import letter_readability, letter_text
from pdf_reading import pages_of, words_of
from report_cases import candidate, case, many_variants, pgx, rare, rich_result, risk, variant

from genoai_desktop.domain.case import Consent, Scope
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build, VariantKey
from genoai_desktop.domain.pgx import CallStatus
from genoai_desktop.domain.text import tr
from genoai_desktop.report import Signature, content_sha256
from genoai_desktop.report.card import alert_list_pdf, pgx_card_pdf
from genoai_desktop.report.clinician import clinician_pdf
from genoai_desktop.report.fhir import fhir_bundle
from genoai_desktop.report.phrases import LANGUAGES, phrases
from genoai_desktop.report.speech import documents_in
from genoai_desktop.report.tables import VARIANT_COLUMNS, variants_csv

SHARED = Path(__file__).resolve().parents[2] / "../shared/data"
PROFILES = SHARED / "knowledge/fhir/genomics_reporting_stu4_compiled.tar.gz"


@pytest.fixture(scope="module")
def guide() -> Guide:
    """The implementation guide as compiled."""
    return Guide(PROFILES)


REAL = (
    pytest.mark.real_data,
    pytest.mark.skipif(not PROFILES.exists(), reason="../shared/data is absent"),
)


def _marked(test: Any) -> Any:
    for mark in REAL:
        test = mark(test)
    return test


@_marked
def test_bundle_fits_the_profiles_of_the_guide(guide: Guide) -> None:
    resources = [entry["resource"] for entry in fhir_bundle(rich_result())["entry"]]
    assert [problem for one in resources for problem in guide.problems(one)] == []
    assert sum("meta" in one for one in resources) >= 10


@_marked
@pytest.mark.parametrize("chromosome", [*map(str, range(1, 23)), "X", "Y", "MT", "chr7"])
def test_a_variant_of_every_chromosome_fits_its_profile(guide: Guide, chromosome: str) -> None:
    one = variant(key=VariantKey(chromosome, 100, "G", "A", Build.GRCH37))
    bundle = fhir_bundle(rich_result(rare=rare((candidate(1, (one,)),))))
    assert [problem for entry in bundle["entry"] for problem in guide.problems(entry["resource"])] == []


@_marked
@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda one: one.pop("category"), "Observation.category is missing"),
        (lambda one: one["category"].pop(), "geCategory is missing"),
        (lambda one: one.update(status="done"), "Observation.status has no code of"),
        (lambda one: one["component"][0].update(valueString="GRCh38"), "may not be valueString"),
        (lambda one: one.pop("code"), "Observation.code is missing"),
        (lambda one: one["component"].append(one["component"][-1]), "times, not"),
    ],
)
def test_the_check_sees_what_does_not_fit(guide: Guide, damage: Any, said: str) -> None:
    bundle = fhir_bundle(rich_result())
    seen = next(e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "Observation")
    seen["component"].sort(key=lambda part: part["code"]["coding"][0]["code"] != "62374-4")
    assert guide.problems(seen) == []
    damage(seen)
    assert any(said in problem for problem in guide.problems(seen))


def test_references_inside_the_bundle_resolve() -> None:
    bundle = fhir_bundle(rich_result())
    known = {entry["fullUrl"] for entry in bundle["entry"]}
    text = json.dumps(bundle)
    for entry in bundle["entry"]:
        for reference in [entry["resource"].get("subject"), *entry["resource"].get("derivedFrom", [])]:
            assert reference is None or reference["reference"] in known
    assert len(known) == len(bundle["entry"])
    assert '"preliminary"' in text
    assert fhir_bundle(rich_result()) == bundle


def test_bundle_is_final_only_when_signed() -> None:
    result = rich_result()
    mark = Signature("Dr. Eva Sign", "Clinical geneticist", "2026-03-06", content_sha256(result))
    assert '"preliminary"' not in json.dumps(fhir_bundle(result, mark))


@pytest.mark.parametrize(
    ("scope", "secret"), [(Scope.SECONDARY, "BRCA1"), (Scope.CARRIER, "CFTR"), (Scope.PGX, "CYP2C19"), (Scope.PRIMARY, "FGFR2")]
)  # fmt: skip
def test_what_is_declined_is_in_no_exchange_format(scope: Scope, secret: str) -> None:
    result = rich_result(case=case(consent=Consent(frozenset(Scope) - {scope})))
    assert secret not in json.dumps(fhir_bundle(result))
    assert secret not in variants_csv(result)


def test_csv_holds_every_variant_and_no_formula() -> None:
    odd = variant("=HYPERLINK", remarks=('a "quoted", line',))
    rows = list(
        csv.DictReader(io.StringIO(variants_csv(rich_result(rare=rare((candidate(variants=(odd,)),))))))
    )
    assert tuple(rows[0]) == VARIANT_COLUMNS
    assert rows[0]["gene"] == "'=HYPERLINK"
    assert rows[0]["remarks"] == 'a "quoted", line'
    assert rows[0]["position"] == "121520163"
    assert len(list(csv.DictReader(io.StringIO(variants_csv(rich_result(rare=many_variants())))))) == 202


def test_card_names_medicines_and_what_is_not_certain() -> None:
    words = words_of(pgx_card_pdf(rich_result()))
    for part in (
        "clopidogrel",
        "not certain: Reference",
        "Could not be read: CYP2D6",
        "DRAFT",
        "on your own",
    ):
        assert part in words


def test_no_card_without_consent() -> None:
    for result in (rich_result(pgx=None), rich_result(case=case(consent=Consent()), pgx=pgx())):
        with pytest.raises(UserError):
            pgx_card_pdf(result)


def test_card_pages_are_numbered() -> None:
    pages = pages_of(pgx_card_pdf(rich_result()))
    assert "page 1 of 1" in pages[0]


UNREAD = replace(
    pgx(), calls=tuple(replace(one, status=CallStatus.NOT_COVERED) for one in pgx().calls), advice=()
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_no_gene_could_be_read_no_document_reassures(language: str) -> None:
    words, result = phrases(language), rich_result(pgx=UNREAD)
    told = letter_text(result, language)
    assert words("pgx_unread") in told
    assert words("pgx_none") not in told
    assert words("rel_pgx") not in told
    alone = rich_result(pgx=UNREAD, rare=None, risk=None, case=case(consent=Consent(frozenset({Scope.PGX}))))
    assert words("only_pgx_unread_result") in letter_text(alone, language)
    assert letter_readability(alone, language).passes
    with documents_in(language):
        unknown = str(tr("No gene could be read: nothing is known about medicines."))
        nothing = str(tr("Nothing is listed here. That does not make a medicine safe."))
    card = " ".join(words_of(pgx_card_pdf(result, language=language)).split())
    assert unknown in card
    assert nothing in card
    assert unknown in " ".join(words_of(alert_list_pdf(result, language=language)).split())


def test_the_clinician_is_told_that_no_gene_for_medicines_could_be_called() -> None:
    said = " ".join(words_of(clinician_pdf(rich_result(pgx=UNREAD))).split())
    assert "no gene could be called, so nothing is known about any medicine" in said


def test_many_findings_are_no_glance_and_the_others_are_pointed_to() -> None:
    one = next(found for found in risk().findings if found.scope == Scope.CARRIER.value)
    many = tuple(replace(one, gene=f"GENE{number}") for number in range(20))
    said = " ".join(words_of(clinician_pdf(rich_result(risk=replace(risk(), findings=many)))).split())
    glance = said.partition("Candidate diagnoses")[0]
    assert "GENE14" in glance
    assert "GENE15" not in glance
    assert "5 more (carrier): see “Secondary and carrier findings, chances”." in glance
    assert "GENE19" in said
