# ruff: noqa: E501 - tables of cases
"""FHIR against the guide's own profiles, CSV, and the medicines card."""

import csv
import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from pdf_reading import pages_of, words_of
from report_cases import candidate, case, many_variants, pgx, rare, rich_result, variant

from genoai_desktop.domain.case import Consent, Scope
from genoai_desktop.domain.errors import UserError
from genoai_desktop.report import Signature, content_sha256
from genoai_desktop.report.card import pgx_card_pdf
from genoai_desktop.report.fhir import fhir_bundle
from genoai_desktop.report.tables import VARIANT_COLUMNS, variants_csv

SHARED = Path(__file__).resolve().parents[2] / "../shared/data"
PROFILES = SHARED / "knowledge/fhir/genomics_reporting_stu4_compiled.tar.gz"


def _profiles() -> dict[str, Any]:
    found = {}
    with tarfile.open(PROFILES) as archive:
        for member in archive:
            if "/StructureDefinition-" in member.name:
                file = archive.extractfile(member)
                assert file is not None
                document = json.load(file)
                found[document["url"]] = document
    return found


def _holds(value: Any, pattern: Any) -> bool:
    if isinstance(pattern, dict):
        return isinstance(value, dict) and all(_holds(value.get(k), v) for k, v in pattern.items())
    if isinstance(pattern, list):
        return isinstance(value, list) and all(any(_holds(v, p) for v in value) for p in pattern)
    return bool(value == pattern)


def _problems(resource: dict[str, Any], profile: dict[str, Any]) -> list[str]:
    """Cardinalities and patterns of the first level, and codes, patterns and value types of components."""
    problems, slices = [], {}
    for element in profile["snapshot"]["element"]:
        parts = element["id"].split(".")
        if len(parts) == 2 and ":" not in parts[1]:
            name = parts[1].removesuffix("[x]")
            values = [
                resource[key]
                for key in resource
                if key == name or ("[x]" in parts[1] and key.startswith(name))
            ]
            count = len(values[0]) if values and isinstance(values[0], list) else len(values)
            if count < element.get("min", 0):
                problems.append(f"{element['id']} is missing")
            pattern = element.get("patternCodeableConcept")
            if pattern and not _holds(resource.get(name), pattern):
                problems.append(f"{element['id']} is not {pattern}")
        if len(parts) == 3 and parts[1].startswith("component:"):
            slices.setdefault(parts[1], {})[parts[2]] = element
    for component in resource.get("component", []):
        known = [
            rules
            for rules in slices.values()
            if _holds(component["code"], rules["code"].get("patternCodeableConcept", {"no": 1}))
        ]
        if not known:
            problems.append(f"component {component['code']} is not of the profile")
            continue
        types = {
            "value" + t["code"][0].upper() + t["code"][1:]
            for t in known[0].get("value[x]", {}).get("type", [])
        }
        used = {key for key in component if key.startswith("value")}
        if types and not used <= types:
            problems.append(f"component {component['code']} has {used}, not {types}")
    return problems


@pytest.mark.real_data
@pytest.mark.skipif(not PROFILES.exists(), reason="../shared/data is absent")
def test_bundle_fits_the_profiles_of_the_guide() -> None:
    profiles = _profiles()
    bundle = fhir_bundle(rich_result())
    checked = 0
    for entry in bundle["entry"]:
        for url in entry["resource"].get("meta", {}).get("profile", []):
            assert _problems(entry["resource"], profiles[url]) == []
            checked += 1
    assert checked >= 10


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
