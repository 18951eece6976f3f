"""Each analysis made to fail in turn: the others are as ever, and every way out says which one failed."""

import csv
import io
import json
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from test_consent_everywhere import everything, text_of

from genoai_desktop import app, report
from genoai_desktop.analysis import pharmacogenomics, quality, rare_disease, risk
from genoai_desktop.app import documents, parts, reanalyse
from genoai_desktop.app.casebook import document
from genoai_desktop.app.casebook.changes import version_changes
from genoai_desktop.app.casebook.ledger import collect
from genoai_desktop.app.consent import narrowed
from genoai_desktop.app.letters import gate
from genoai_desktop.app.request import OpenCase
from genoai_desktop.cli import main
from genoai_desktop.domain.case import Consent, Scope
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import Cancelled, KnowledgeError, UserError
from genoai_desktop.domain.failed import CODE, Part, part_words
from genoai_desktop.domain.findings import Severity
from genoai_desktop.domain.letters import Document, DocumentKind
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.report.outcome import OutcomeKind, outcome
from genoai_desktop.report.phrases import LANGUAGES, phrases

sys.path.insert(0, str(Path(__file__).parents[1] / "casebook"))
from ledger_cases import knowledge

SECRET = "Zebulon Quirke 10:123256215"
PLACES: dict[Part, tuple[Any, str]] = {
    Part.QUALITY: (quality, "measure"),
    Part.RARE: (rare_disease, "rank"),
    Part.ANCESTRY: (parts, "estimate"),
    Part.PGX: (pharmacogenomics, "analyse"),
    Part.RISK: (risk, "analyse"),
    Part.CLASSIFICATION: (parts, "classified"),
}
EVERY = pytest.mark.parametrize("part", Part)
"""Each analysis in turn."""


def broken(part: Part, error: BaseException) -> OpenCase:
    """The demo family, analysed while one analysis raises ``error``."""

    def fail(*_: object, **__: object) -> Any:
        raise error

    full = everything()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(*PLACES[part], fail)
        return reanalyse(full, full.case, knowledge(), Silent())


@cache
def without(part: Part) -> OpenCase:
    opened = broken(part, RuntimeError(SECRET))
    return replace(opened, ledger=collect(opened, knowledge()))


@cache
def whole() -> CaseResult:
    full = everything()
    return reanalyse(full, full.case, knowledge(), Silent()).result


def comparable(result: CaseResult, failed: Part) -> dict[str, Any]:
    """What an analysis found, without what rests on the failed one and is said to in a note."""
    rare, pgx, chances = result.rare, result.pgx, result.risk
    named = failed in (Part.CLASSIFICATION, Part.QUALITY)
    if rare is not None:
        found = tuple(replace(one, variants=()) for one in rare.candidates) if named else rare.candidates
        rare = replace(rare, candidates=found, notes=(), versions=())
    if pgx is not None:
        pgx = replace(pgx, notes=())
    findings: tuple[Any, ...] = ()
    if chances is not None:
        kept = [one for one in chances.findings if one.scope == Scope.SECONDARY.value or failed != Part.RARE]
        findings = tuple(replace(one, variants=() if named else one.variants) for one in kept)
    return {"quality": result.quality, "rare": rare, "pgx": pgx, "findings": findings}


TAKES: dict[Part, set[str]] = {
    Part.QUALITY: {"quality"},
    Part.RARE: {"rare"},
    Part.ANCESTRY: set(),
    Part.PGX: {"pgx"},
    Part.RISK: {"findings"},
    Part.CLASSIFICATION: set(),
}
"""The parts of the result that go with an analysis."""


@EVERY
def test_the_other_analyses_are_those_of_an_unbroken_run(part: Part) -> None:
    expected, found = comparable(whole(), part), comparable(without(part).result, part)
    differing = {name for name, value in expected.items() if value != found[name]}
    assert differing == TAKES[part]


@EVERY
def test_the_failure_is_named_by_its_place_and_never_by_the_words_of_the_exception(part: Part) -> None:
    result = without(part).result
    assert [one.part for one in result.failed] == [part]
    (finding,) = [one for one in result.findings if one.code == CODE]
    assert finding.severity is Severity.ERROR
    assert part_words(part) in finding.text
    assert "RuntimeError at app/parts.py:" in finding.text
    assert "Quirke" not in str(result.failed) + str(result.findings)
    assert "123256215" not in str(result.failed) + str(result.findings)


def test_a_user_error_is_said_in_its_own_words() -> None:
    error = KnowledgeError("The table “pgx_pairs” is damaged.", remedy="Install the program again.")
    (failed,) = broken(Part.PGX, error).result.failed
    assert failed.reason == "The table “pgx_pairs” is damaged. Install the program again."


def test_two_failures_are_two_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> Any:
        raise ZeroDivisionError

    for part in (Part.PGX, Part.RISK):
        monkeypatch.setattr(*PLACES[part], fail)
    full = everything()
    result = reanalyse(full, full.case, knowledge(), Silent()).result
    assert {one.part for one in result.failed} == {Part.PGX, Part.RISK}
    assert sum(one.code == CODE for one in result.findings) == 2
    assert result.rare is not None


@EVERY
@pytest.mark.parametrize("stop", [Cancelled, KeyboardInterrupt, MemoryError])
def test_stopping_still_stops(part: Part, stop: type[BaseException]) -> None:
    with pytest.raises(stop):
        broken(part, stop())


def test_an_interruption_that_a_library_made_an_error_of_still_stops() -> None:
    error = RuntimeError("interrupted")
    error.__cause__ = KeyboardInterrupt()
    with pytest.raises(RuntimeError):
        broken(Part.RARE, error)


def test_a_job_cancelled_meanwhile_is_cancelled_and_not_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    context = Silent()

    def fail(*_: object, **__: object) -> Any:
        context.cancel()
        raise RuntimeError

    monkeypatch.setattr(*PLACES[Part.PGX], fail)
    with pytest.raises(Cancelled):
        reanalyse(everything(), everything().case, knowledge(), context)


@EVERY
def test_the_report_says_it_at_a_glance_and_where_its_section_would_be(part: Part) -> None:
    said = " ".join(text_of(report.clinician_pdf(without(part).result)).split())
    assert said.count("failed in the program") >= (3 if TAKES[part] else 2)
    assert "Quirke" not in said


def test_the_report_is_complete_in_german() -> None:
    said = " ".join(text_of(report.clinician_pdf(without(Part.PGX).result, language="de")).split())
    assert "im Programm gescheitert" in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", [Part.RARE, Part.CLASSIFICATION])
def test_a_letter_without_the_search_draws_no_conclusion(part: Part, language: str) -> None:
    result, words = without(part).result, phrases(language)
    told = report.letter(result, Document(DocumentKind.LETTER, language)).text()
    assert outcome(result).kind is OutcomeKind.FAILED
    assert words("failed_means") in told
    assert words("rel_failed") in told
    for key in ("negative_result", "only_carrier_result", "none_result", "carrier_head", "rel_negative"):
        assert words(key) not in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("part", "key"), [(Part.PGX, "failed_pgx"), (Part.RISK, "failed_risk")])
def test_a_letter_says_what_else_could_not_be_done(part: Part, key: str, language: str) -> None:
    result, words = without(part).result, phrases(language)
    told = report.letter(result, Document(DocumentKind.LETTER, language)).text()
    assert words(key) in told
    assert words("failed_again") in told
    assert words("pgx_none") not in told


@EVERY
def test_a_letter_of_part_of_a_result_is_signed_with_a_reason_only(part: Part) -> None:
    held = gate(without(part).result, Document(DocumentKind.LETTER))
    assert held.asks
    assert without(part).result.failed[0].words in held.words
    assert not gate(whole(), Document(DocumentKind.LETTER)).failed


@EVERY
def test_json_says_it_and_reads_back(part: Part) -> None:
    result = without(part).result
    said = report.result_document(result)
    assert [one["part"] for one in said["failed"]] == [part.value]
    assert report.document_to_result(said).failed == result.failed


def test_a_document_of_before_opens() -> None:
    said = report.result_document(whole())
    del said["failed"]
    assert report.document_to_result(said).failed == ()


@EVERY
def test_the_table_of_variants_has_a_row_for_it(part: Part) -> None:
    rows = list(csv.DictReader(io.StringIO(report.variants_csv(without(part).result))))
    told = [row for row in rows if row["source"] == f"failed analysis: {part.value}"]
    assert [row["condition"] for row in told] == [without(part).result.failed[0].words]
    assert None not in rows[-1]


@EVERY
def test_a_bundle_is_partial_and_holds_what_is_absent(part: Part) -> None:
    resources = [entry["resource"] for entry in report.fhir_bundle(without(part).result)["entry"]]
    (made,) = [one for one in resources if one["resourceType"] == "DiagnosticReport"]
    (absent,) = [one for one in resources if "dataAbsentReason" in one]
    assert made["status"] == "partial"
    assert without(part).result.failed[0].words in made["conclusion"]
    assert absent["dataAbsentReason"]["coding"][0]["code"] == "error"


def test_the_card_says_that_the_analysis_failed_and_not_that_consent_is_missing() -> None:
    with pytest.raises(UserError, match="failed in"):
        report.pgx_card_pdf(without(Part.PGX).result)


@pytest.mark.parametrize(
    ("part", "scope"), [(Part.RARE, Scope.PRIMARY), (Part.PGX, Scope.PGX)], ids=["rare", "pgx"]
)
def test_what_is_declined_afterwards_is_declined_and_not_failed(part: Part, scope: Scope) -> None:
    opened = without(part)
    case = replace(opened.case, consent=Consent(frozenset(Scope) - {scope}))
    known = knowledge()
    left = narrowed(opened, case, known.genes.secondary_findings, known.dominant_genes).result
    for result in (left, document_of(replace(opened.result, case=case))):
        assert result.failed == ()
        assert not [one for one in result.findings if one.code == CODE]


def document_of(result: CaseResult) -> CaseResult:
    return report.document_to_result(report.result_document(result))


def test_the_store_knows_it_and_compares_nothing_with_it() -> None:
    full = everything()
    first = document.of_opening("1", full.request, full.case, whole())
    then = document.with_result(first, without(Part.PGX).result)
    assert then.analyses[-1].failed == ("pgx",)
    told = version_changes(document.write(first), document.write(then))
    assert [line for line in told if "failed in the program" in line]
    assert not [line for line in told if "is gone" in line]


def test_an_analysis_of_before_reads_without_the_field() -> None:
    full = everything()
    written = document.write(document.of_opening("1", full.request, full.case, whole()))
    for run in written["analyses"]:
        del run["failed"]
    assert document.read("1", 1, written).analyses[-1].failed == ()


def test_the_command_ends_with_one_and_says_it_on_standard_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(app, "analyse", lambda *_, **__: without(Part.PGX))
    status = main(["demo", "--out", str(tmp_path / "out"), "--quiet"])
    said = capsys.readouterr()
    assert status == 1
    assert without(Part.PGX).result.failed[0].words in said.err
    assert json.loads((tmp_path / "out/result.json").read_text())["failed"][0]["part"] == "pgx"


def test_documents_offer_the_table_although_no_variant_could_be_reported() -> None:
    bare = replace(without(Part.RARE).result, risk=None)
    assert DocumentKind.VARIANTS in {one.document.kind for one in documents.offers(bare)}
