"""JSON out and back, its schema, and consent in front of every way out."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from report_cases import case, figure, rich_result

from genoai_desktop.domain.case import Consent, Scope
from genoai_desktop.domain.errors import UserError
from genoai_desktop.report import (
    content_sha256,
    document_to_result,
    read_json,
    result_document,
    write_json,
)
from genoai_desktop.report.document import canonical
from genoai_desktop.report.schema import schema

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
SCHEMA = json.loads((RESOURCES / "schema/result.schema.json").read_text(encoding="utf-8"))


def test_document_fits_the_schema_of_the_repository() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(result_document(rich_result()), SCHEMA)


def test_schema_file_is_what_the_program_derives() -> None:
    assert schema() == SCHEMA, (
        "run: python -m genoai_desktop.report.schema resources/schema/result.schema.json"
    )


def test_result_survives_the_round_trip(tmp_path: Path) -> None:
    result = rich_result()
    write_json(result, tmp_path / "result.json")
    assert read_json(tmp_path / "result.json") == result
    assert not list(tmp_path.glob(".writing*"))


def test_other_and_damaged_files_are_refused(tmp_path: Path) -> None:
    for document in ({}, {**result_document(rich_result()), "format_version": 99}):
        with pytest.raises(UserError):
            document_to_result(document)
    damaged = result_document(rich_result())
    del damaged["case"]["persons"]
    with pytest.raises(UserError):
        document_to_result(damaged)
    broken = tmp_path / "x.json"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(UserError):
        read_json(broken)


def test_content_hash_follows_the_content() -> None:
    first, second = rich_result(), rich_result(created="2026-03-06T00:00:00")
    assert content_sha256(first) == content_sha256(rich_result())
    assert content_sha256(first) != content_sha256(second)


def test_not_a_number_becomes_null() -> None:
    result = rich_result()
    assert result.risk is not None
    odd = replace(result.risk, figures=(figure(low=float("nan")),))
    document = result_document(rich_result(risk=odd))
    assert document["risk"]["figures"][0]["low"] is None


@pytest.mark.parametrize(
    ("scope", "secrets"),
    [
        (Scope.SECONDARY, ("BRCA1", "Hereditary breast")),
        (Scope.CARRIER, ("CFTR", "Cystic fibrosis")),
        (Scope.PGX, ("CYP2C19", "DPYD is not phased", "omeprazole")),
        (Scope.POLYGENIC, ("PGS000018",)),
        (Scope.PRIMARY, ("Pfeiffer", "FGFR2")),
    ],
)
def test_what_is_declined_is_in_no_export(scope: Scope, secrets: tuple[str, ...]) -> None:
    result = rich_result(case=case(consent=Consent(frozenset(Scope) - {scope})), coverage=())
    words = json.dumps(result_document(result))
    assert scope.value in result_document(result)["withheld"]
    for secret in secrets:
        assert secret not in words


def test_failed_write_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        write_json(rich_result(), tmp_path / "missing" / "result.json")
    target = tmp_path / "folder"
    target.mkdir()
    with pytest.raises(OSError):
        write_json(rich_result(), target)
    assert list(tmp_path.iterdir()) == [target]


def test_a_field_at_its_default_does_not_change_what_is_signed() -> None:
    text = canonical(rich_result()).decode()
    assert '"withheld"' not in text
    assert '"options"' not in text
    assert '"Pfeiffer syndrome"' in text
