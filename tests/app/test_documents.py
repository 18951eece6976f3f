"""Documents, wording and signatures as a person works on them; consent on every path."""

import json
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "report"))

from known import bundled_knowledge
from pdf_reading import words_of
from report_cases import coupled, rich_result
from test_letter_edits import logo
from test_signing import PASSPHRASE, mine

from genoai_desktop.app import documents, letters
from genoai_desktop.app.clinic import clinic_texts, letterhead_setting, read_clinic, texts_setting
from genoai_desktop.app.letters import Gate, edited, gate, wording
from genoai_desktop.app.signing import Signing, history, recorded, sign, standing, substance
from genoai_desktop.domain import serial
from genoai_desktop.domain.case import Case, Consent, Scope
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.letters import (
    NO_CLINIC,
    Clinic,
    Document,
    DocumentKind,
    Letterhead,
    SignedDocument,
    with_signatures,
)
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.report.edits import State
from genoai_desktop.report.signing import Seal, verify

LETTER = Document(DocumentKind.LETTER)
WHO = Signing("Eva Sign", "Clinical geneticist", "2026-03-06T09:00:00+01:00")


@cache
def base() -> CaseResult:
    return rich_result()


def declined(*scopes: Scope, result: CaseResult | None = None) -> CaseResult:
    found = result or base()
    consent = Consent(found.case.consent.given - set(scopes))
    return replace(found, case=replace(found.case, consent=consent))


def kinds(result: CaseResult) -> set[DocumentKind]:
    return {offer.document.kind for offer in documents.offers(result)}


def worded(
    result: CaseResult, document: Document = LETTER, clinic: Clinic = NO_CLINIC, **texts: str
) -> CaseResult:
    sections = wording(result, document, clinic).sections
    return replace(result, case=edited(result.case, document, sections, texts, "ada", "2026"))


def test_everything_is_offered_where_everything_is_allowed() -> None:
    assert kinds(base()) == set(DocumentKind) - {DocumentKind.COUPLE}
    assert DocumentKind.COUPLE in kinds(coupled())
    relatives = [one.name for one in documents.offers(base()) if one.document.kind is DocumentKind.FAMILY]
    assert relatives == ["Berta Example", "Carl Example", "Dora Example"]


FORBIDDEN = {
    Scope.PGX: {DocumentKind.CARD, DocumentKind.ALERTS},
    Scope.CARRIER: {DocumentKind.COUPLE},
    Scope.PRIMARY: set[DocumentKind](),
}


@pytest.mark.parametrize("scope", FORBIDDEN)
def test_what_consent_forbids_is_absent_and_refused_on_every_path(scope: Scope, tmp_path: Path) -> None:
    result = declined(scope, result=coupled() if scope is Scope.CARRIER else base())
    assert not kinds(result) & FORBIDDEN[scope]
    for kind in FORBIDDEN[scope]:
        with pytest.raises(UserError):
            documents.make(result, Document(kind))
        with pytest.raises(UserError):
            documents.save(result, tmp_path / "x", Document(kind), NO_CLINIC, None, Silent())  # type: ignore[arg-type]
        with pytest.raises(UserError):
            sign(result, Document(kind), NO_CLINIC, WHO, None, Silent())
    assert not (tmp_path / "x").exists()


def test_a_couple_letter_that_consent_forbids_says_why() -> None:
    with pytest.raises(UserError, match="both need to consent to carrier findings"):
        documents.make(declined(Scope.CARRIER, result=coupled()), Document(DocumentKind.COUPLE))


def test_no_family_letter_without_a_finding_that_may_be_told() -> None:
    result = declined(Scope.PRIMARY, Scope.SECONDARY)
    assert not kinds(result) & {DocumentKind.FAMILY, DocumentKind.CASCADE}
    with pytest.raises(UserError):
        documents.make(result, Document(DocumentKind.FAMILY, relative="P2"))


def test_a_stranger_gets_no_letter() -> None:
    with pytest.raises(UserError):
        documents.make(base(), Document(DocumentKind.FAMILY, relative="P9"))


@pytest.mark.parametrize("kind", sorted(set(DocumentKind) - {DocumentKind.COUPLE, DocumentKind.PHENOPACKET}))
def test_each_document_is_made(kind: DocumentKind) -> None:
    offer = next(one for one in documents.offers(base()) if one.document.kind is kind)
    data = documents.make(base(), offer.document)
    assert data.startswith(b"%PDF") == offer.paper
    if documents.file_name(offer.document).endswith(".json"):
        json.loads(data)


def test_file_names_tell_nothing_of_anybody() -> None:
    assert documents.file_name(Document(DocumentKind.FAMILY, "de", "Berta")) == "family-de.pdf"
    assert documents.file_name(Document(DocumentKind.CLINICIAN), 2) == "clinician-v2.pdf"
    assert documents.file_name(Document(DocumentKind.CLINICIAN, "de"), 2) == "clinician-de-v2.pdf"
    assert "Berta" not in Document(DocumentKind.FAMILY, "de", "Berta").audit_words


def test_wording_survives_a_new_analysis_and_waits_where_the_text_changed() -> None:
    changed = worded(base(), pgx="Bring this to your pharmacist.", privacy="Keep it safe.")
    again = replace(changed, created="2027-01-01T00:00:00+00:00")
    assert "Keep it safe." in words_of(documents.make(again, LETTER))
    assert base().pgx is not None
    other = replace(again, pgx=replace(base().pgx, advice=base().pgx.advice[:1]))  # type: ignore[union-attr,type-var]
    found = {one.id: one for one in wording(other, LETTER).sections}
    assert found["pgx"].state is State.STALE
    assert found["privacy"].state is State.EDITED
    assert gate(other, LETTER).undecided == (found["pgx"].title,)
    with pytest.raises(UserError, match="changed since"):
        sign(other, LETTER, NO_CLINIC, replace(WHO, reason="x"), None, Silent())
    kept = worded(other, pgx="Bring this to your pharmacist.")
    assert {one.id: one for one in wording(kept, LETTER).sections}["pgx"].state is State.EDITED
    taken = worded(other, pgx=found["pgx"].generated)
    assert [edit.section for edit in taken.case.letter_edits] == ["privacy"]


def test_undecided_wording_is_left_alone_and_what_was_not_touched_makes_no_edit() -> None:
    changed = worded(base(), privacy="Keep it safe.")
    same = worded(changed, privacy="Keep it safe.")
    assert same.case == changed.case
    assert worded(base(), privacy=wording(base(), LETTER).sections[-1].generated).case.letter_edits == ()


def test_the_gate_asks_for_a_reason_that_is_recorded_and_not_printed() -> None:
    assert not gate(base(), LETTER).asks
    hard = "Notwithstanding considerable methodological reservations regarding interpretability. " * 12
    changed = worded(base(), relatives=hard, limits="")
    found = gate(changed, LETTER)
    assert found.asks
    assert found.emptied
    assert any("was taken out" in word for word in found.words)
    with pytest.raises(UserError, match="taken out"):
        sign(changed, LETTER, NO_CLINIC, WHO, None, Silent())
    reason = "The family asked for the wording of the journal."
    signed = sign(changed, LETTER, NO_CLINIC, replace(WHO, reason=reason), None, Silent())
    assert signed.record.reason == reason
    assert reason not in words_of(signed.data)
    assert reason.encode() not in signed.data
    assert gate(base(), Document(DocumentKind.CLINICIAN)) == Gate()


@pytest.mark.parametrize("part", [{"name": " "}, {"role": ""}])
def test_a_signature_names_who_and_in_which_role(part: dict[str, str]) -> None:
    with pytest.raises(UserError, match="name and a role"):
        sign(base(), LETTER, NO_CLINIC, replace(WHO, **part), None, Silent())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "document",
    [
        Document(DocumentKind.CLINICIAN),
        Document(DocumentKind.LETTER, "de"),
        Document(DocumentKind.FAMILY, "fr", "P4", share=True),
        Document(DocumentKind.CARD),
    ],
    ids=lambda document: document.key,
)
def test_a_signed_document_is_amended_by_a_version_that_names_it(document: Document) -> None:
    first = sign(base(), document, NO_CLINIC, WHO, None, Silent())
    assert verify(first.data).is_about(first.record.sha256)
    result = replace(base(), case=recorded(base().case, first, "a1"))
    assert standing(result, document).current
    assert standing(result, document).record == history(result.case, document)[0]
    assert history(result.case, document)[0].attachment == "a1"
    with pytest.raises(UserError, match="has to say"):
        sign(result, document, NO_CLINIC, WHO, first.data, Silent())
    again = replace(WHO, amendment="A name was wrong.")
    for earlier in (first.data, None):
        second = sign(result, document, NO_CLINIC, again, earlier, Silent())
        assert second.record.version == 2
        assert second.record.amends == first.record.sha256
        assert "A name was wrong." in words_of(second.data)
    with pytest.raises(UserError, match="not the version"):
        sign(result, document, NO_CLINIC, again, second.data, Silent())


def test_a_signature_stands_until_the_words_change_not_the_time() -> None:
    signed = sign(base(), LETTER, NO_CLINIC, WHO, None, Silent())
    result = replace(base(), case=recorded(base().case, signed))
    later = replace(result, created="2027-05-05T00:00:00+00:00")
    assert standing(later, LETTER).current
    assert not standing(worded(later, privacy="Other words."), LETTER).current
    assert standing(later, Document(DocumentKind.LETTER, "de")).record is None
    report = Document(DocumentKind.CLINICIAN)
    assert substance(later, report) == substance(result, report) == substance(base(), report)


def test_with_a_certificate_a_change_shows(tmp_path: Path) -> None:
    path = tmp_path / "eva.p12"
    path.write_bytes(mine()[0])
    signing = replace(WHO, certificate=path, passphrase=PASSPHRASE)
    assert PASSPHRASE not in repr(signing)
    signed = sign(base(), LETTER, NO_CLINIC, signing, None, Silent())
    assert verify(signed.data).seal is Seal.INTACT
    assert signed.record.certificate == "Eva Sign (test)"
    with pytest.raises(UserError, match="does not open"):
        sign(base(), LETTER, NO_CLINIC, replace(signing, passphrase="wrong"), None, Silent())


def test_signed_versions_are_not_shown_under_narrower_consent() -> None:
    signed = sign(base(), LETTER, NO_CLINIC, WHO, None, Silent())
    case = recorded(base().case, signed)
    assert history(case, LETTER)
    assert history(declined(Scope.CARRIER, result=replace(base(), case=case)).case, LETTER) == ()


def test_data_is_not_signed() -> None:
    with pytest.raises(UserError, match="papers"):
        sign(base(), Document(DocumentKind.JSON), NO_CLINIC, WHO, None, Silent())
    with pytest.raises(UserError, match="cannot be edited"):
        letters.wording(base(), Document(DocumentKind.CLINICIAN))


def test_a_case_with_wording_and_signatures_is_kept_as_it_is() -> None:
    changed = worded(base(), privacy="Keep it safe.")
    signed = sign(changed, LETTER, NO_CLINIC, WHO, None, Silent())
    case = recorded(changed.case, signed)
    assert serial.decode(Case, json.loads(json.dumps(serial.encode(case)))) == (case, ())


def test_a_signature_is_never_taken_back() -> None:
    one, two = (
        SignedDocument("letter", "en", "a", 1, "", "", ""),
        SignedDocument("card", "en", "b", 1, "", "", ""),
    )
    assert with_signatures((), (one,)) == (one,)
    assert with_signatures((one, two), (one,)) == (one, two)


def test_the_clinics_texts_and_letterhead_are_kept_as_settings() -> None:
    sections = {one.id: one for one in wording(base(), LETTER).sections}
    clinic = clinic_texts(NO_CLINIC, LETTER, sections["limits"], "Our test has limits.", "ada", "2026")
    clinic = replace(clinic, letterhead=Letterhead("A", "B", "C", "D", logo()))
    settings = json.loads(json.dumps([letterhead_setting(clinic.letterhead), texts_setting(clinic)]))
    assert read_clinic(*settings) == clinic
    assert read_clinic(None, None) == NO_CLINIC
    assert read_clinic({"logo": "%%"}, ["x", {}]) == read_clinic({"logo": "iVBORw=="}, 1) == NO_CLINIC
    assert "Our test has limits." in words_of(documents.make(base(), LETTER, clinic))
    back = clinic_texts(clinic, LETTER, sections["limits"], sections["limits"].program, "ada", "2026")
    assert back.texts == ()


def test_a_clinics_text_of_several_paragraphs_holds_paragraph_by_paragraph() -> None:
    sections = {one.id: one for one in wording(base(), LETTER).sections}
    paragraphs = sections["pgx"].program.split("\n")
    text = "\n".join([*paragraphs[:-1], "Ask us first."])
    clinic = clinic_texts(NO_CLINIC, LETTER, sections["pgx"], text, "ada", "2026")
    assert len(clinic.texts) == 1
    assert base().pgx is not None
    other = replace(base(), pgx=replace(base().pgx, advice=()))  # type: ignore[type-var]
    assert "Ask us first." in words_of(documents.make(other, LETTER, clinic))
    fewer = clinic_texts(NO_CLINIC, LETTER, sections["pgx"], "One for all.", "ada", "2026")
    told = {one.id: one for one in wording(base(), LETTER, fewer).sections}["pgx"]
    assert told.text == "One for all."


def test_a_bundle_is_final_where_the_report_is_signed_over_its_content() -> None:
    report = Document(DocumentKind.CLINICIAN)
    signed = sign(base(), report, NO_CLINIC, WHO, None, Silent())
    result = replace(base(), case=recorded(base().case, signed))
    bundle = Document(DocumentKind.FHIR)
    assert b'"preliminary"' in documents.make(base(), bundle)
    assert b'"final"' in documents.make(result, bundle)
    assert b'"preliminary"' in documents.make(replace(result, created="2027-05-05T00:00:00+00:00"), bundle)


def test_a_phenopacket_is_written_without_names(tmp_path: Path) -> None:
    wanted = Document(DocumentKind.PHENOPACKET)
    path = documents.save(base(), tmp_path / "p.json", wanted, NO_CLINIC, bundled_knowledge(), Silent())
    written = json.loads(path.read_text())
    assert len(written["phenotypicFeatures"]) == len(base().case.terms)
    assert "Ana" not in path.read_text()
    data = Document(DocumentKind.VARIANTS)
    path = documents.save(base(), tmp_path / "v.csv", data, NO_CLINIC, bundled_knowledge(), Silent())
    assert path.read_bytes() == documents.make(base(), data)


def test_sections_are_named_in_the_language_of_who_works_on_the_letter() -> None:
    english = wording(base(), LETTER, language="de").sections
    german = wording(base(), replace(LETTER, language="de")).sections
    assert [one.name for one in english] == [one.title for one in german]
    assert [one.title for one in english] == [one.title for one in wording(base(), LETTER).sections]
    assert {"Datenschutz und Versicherung", "Was der Test nicht sieht"} <= {one.name for one in english}
    assert [one.id for one in english] == [one.id for one in wording(base(), LETTER).sections]


def test_a_language_that_letters_do_not_speak_leaves_the_letters_own_names() -> None:
    assert all(one.name == one.title for one in wording(base(), LETTER, language="ja").sections)
