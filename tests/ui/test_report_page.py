"""Reports: preview with its words, wording, gate, signature, amendment, languages, letterhead, check."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import QuickServices, small_pdf
from looking_keys import nameless
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from genoai_desktop.app import documents
from genoai_desktop.domain.case import Case, CasePartner, Consent, Scope, Sex
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.letters import Document, DocumentKind
from genoai_desktop.domain.text import speaking
from genoai_desktop.knowledge.locations import resources
from genoai_desktop.report.signing import Seal, verify
from genoai_desktop.ui.dialogs.edit_letter import EditLetterDialog
from genoai_desktop.ui.dialogs.letterhead import LetterheadDialog, drawn
from genoai_desktop.ui.dialogs.sign import CheckDialog, SignDialog
from genoai_desktop.ui.pages.report import ReportPage
from genoai_desktop.ui.viewmodels.pdf import render
from genoai_desktop.ui.widgets.sheets import Picture, Shelf
from genoai_desktop.ui.window import MainWindow

LETTER = Document(DocumentKind.LETTER)
PATIENCE = 30_000


@pytest.fixture
def page(opened: MainWindow, qtbot: QtBot) -> ReportPage:
    """The report page with the clinician's report in view."""
    opened.show_page("report")
    found = opened.report
    ready(found, qtbot, Document(DocumentKind.CLINICIAN))
    return found


def ready(page: ReportPage, qtbot: QtBot, document: Document) -> None:
    """Wait until this document is in view."""
    qtbot.waitUntil(
        lambda: page.shown is not None and page.shown.document == document and not page.runner.busy,
        timeout=PATIENCE,
    )


def turn(page: ReportPage, qtbot: QtBot, document: Document) -> None:
    page.choose(document)
    ready(page, qtbot, page.document)


def editing(page: ReportPage, qtbot: QtBot) -> EditLetterDialog:
    page.edit()
    window = page.window()
    qtbot.waitUntil(lambda: window.findChild(EditLetterDialog) is not None, timeout=PATIENCE)
    found = window.findChild(EditLetterDialog)
    assert isinstance(found, EditLetterDialog)
    qtbot.waitUntil(lambda: bool(found.grade.text()), timeout=PATIENCE)
    return found


def choose_section(dialog: EditLetterDialog, name: str) -> None:
    dialog.list.setCurrentRow(list(dialog.sections).index(name))


def word(page: ReportPage, qtbot: QtBot, **texts: str) -> None:
    """Change the wording of sections through the dialog."""
    dialog = editing(page, qtbot)
    for name, text in texts.items():
        choose_section(dialog, name)
        dialog.type(text)
    dialog.accept()
    qtbot.waitUntil(lambda: bool(page.desk.current.case.letter_edits), timeout=PATIENCE)  # type: ignore[union-attr]
    ready(page, qtbot, page.document)


def signing(page: ReportPage, qtbot: QtBot) -> SignDialog:
    page.sign()
    qtbot.waitUntil(lambda: page.findChild(SignDialog) is not None, timeout=PATIENCE)
    found = page.findChild(SignDialog)
    assert isinstance(found, SignDialog)
    return found


def sign(page: ReportPage, qtbot: QtBot, **texts: str) -> None:
    """Sign the document in view through the dialog."""
    dialog = signing(page, qtbot)
    dialog.name.setText("Eva Sign")
    dialog.role.setText("Clinical geneticist")
    for field, text in texts.items():
        getattr(dialog, field).setPlainText(text)
    assert not dialog.sign_button.isEnabled()
    dialog.read.setChecked(True)
    assert dialog.sign_button.isEnabled()
    before = len(case_of(page).signatures)
    dialog.sign()
    qtbot.waitUntil(lambda: len(case_of(page).signatures) > before, timeout=PATIENCE)
    qtbot.waitUntil(lambda: page.shown is not None and page.shown.final, timeout=PATIENCE)


def case_of(page: ReportPage) -> Case:
    assert page.desk.session is not None
    return page.desk.session.case


def test_pages_are_rendered_with_their_words() -> None:
    pages = render(small_pdf(), 400, Silent())
    assert [page.text.strip() for page in pages] == ["First page", "Second page"]
    assert all(page.width == 400 and len(page.pixels) == page.width * page.height * 4 for page in pages)


def test_pages_are_kept_packed_and_few_are_drawn_out(qtbot: QtBot) -> None:
    pages = render(small_pdf(), 400, Silent()) * 4
    assert all(sum(map(len, one.packed)) * 10 < len(one.pixels) for one in pages)
    shelf = Shelf()
    widths = [shelf.picture(number, one).image.width() for number, one in enumerate(pages)]
    assert widths == [400] * 8
    assert len(shelf) == 3


def test_only_what_is_in_view_is_unpacked(qtbot: QtBot) -> None:
    page = render(small_pdf(), 400, Silent())[0]
    picture = Picture(page)
    picture.draw_out(40, 70)
    assert picture.missing == len(page.packed) - 2
    rows = bytes(picture.image.constBits())[32 * 1600 : 96 * 1600]
    assert rows == page.pixels[32 * 1600 : 96 * 1600]
    picture.draw_out(-5, page.height + 5)
    assert picture.missing == 0
    assert bytes(picture.image.constBits()) == page.pixels


def test_preview_save_and_print(page: ReportPage, qtbot: QtBot, tmp_path: Path) -> None:
    assert len(page.pages) == 2
    page.save_to(tmp_path / "report.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "report.pdf").exists() and page.banner.isVisible())
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.print_on(printer)
    qtbot.waitUntil(lambda: not page.runner.busy, timeout=PATIENCE)
    assert len(render((tmp_path / "printed.pdf").read_bytes(), 200, Silent())) == 2


def test_a_failure_is_explained(
    opened: MainWindow, services: QuickServices, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bytes:
        raise UserError("The typeface is missing.")

    monkeypatch.setattr(services, "preview_report", refuse)
    opened.show_page("report")
    qtbot.waitUntil(opened.report.banner.isVisible, timeout=PATIENCE)
    assert "typeface" in opened.report.banner.text.text()
    assert not opened.report.save_button.isEnabled()


def test_every_document_can_be_turned_to(page: ReportPage, qtbot: QtBot) -> None:
    for offer in page.offers:
        turn(page, qtbot, offer.document)
        assert page.shown is not None
        assert bool(page.pages) == offer.paper
        assert page.sign_button.isVisible() == offer.paper
        assert page.edit_button.isVisible() == (offer.document.kind in ("letter", "family", "couple"))


def test_what_consent_forbids_is_not_in_the_list(page: ReportPage, qtbot: QtBot) -> None:
    assert DocumentKind.CARD in {offer.document.kind for offer in page.offers}
    turn(page, qtbot, Document(DocumentKind.CARD))
    consent = Consent(case_of(page).consent.given - {Scope.PGX})
    page.desk.change(replace(case_of(page), consent=consent))
    qtbot.waitUntil(lambda: page.list.document.kind is DocumentKind.CLINICIAN, timeout=PATIENCE)
    ready(page, qtbot, Document(DocumentKind.CLINICIAN))
    assert DocumentKind.CARD not in {offer.document.kind for offer in page.offers}
    texts = [page.list.list.item(n).text() for n in range(page.list.list.count())]
    assert not any("PGx" in text or "Alert" in text for text in texts)


def test_the_list_says_why_there_is_no_couple_letter(page: ReportPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.list.list.count() > 0, timeout=PATIENCE)
    offers = documents.offers(page.opened.result) if page.opened else ()
    case = page.opened.case if page.opened else None
    assert case is not None
    partner = CasePartner("MOTHER", Sex.MALE, Consent(frozenset()), "partner.vcf")
    page.list.show_offers(offers, replace(case, partner=partner))
    said = [page.list.list.item(number) for number in range(page.list.list.count())]
    (told,) = [one for one in said if "both need to consent" in one.text()]
    assert not told.flags() & Qt.ItemFlag.ItemIsSelectable
    page.list.show_offers(offers, replace(case, partner=None))
    assert all("consent" not in page.list.list.item(n).text() for n in range(page.list.list.count()))


def test_letters_speak_another_language_than_the_window(page: ReportPage, qtbot: QtBot) -> None:
    turn(page, qtbot, LETTER)
    for language in ("de", "es", "fr", "en"):
        page.view.choose_language(language)
        ready(page, qtbot, replace(LETTER, language=language))
    turn(page, qtbot, Document(DocumentKind.JSON))
    assert not page.view.language.isVisible()
    assert page.name() == "Report"


def test_a_document_without_the_chosen_language_is_english_and_the_choice_is_kept(
    page: ReportPage, qtbot: QtBot
) -> None:
    turn(page, qtbot, LETTER)
    page.view.choose_language("fr")
    ready(page, qtbot, replace(LETTER, language="fr"))
    turn(page, qtbot, Document(DocumentKind.CLINICIAN))
    assert page.document.language == page.view.language.currentData() == "en"
    page.view.choose_language("de")
    ready(page, qtbot, Document(DocumentKind.CLINICIAN, "de"))
    turn(page, qtbot, Document(DocumentKind.CARD, "de"))
    assert page.view.language.currentData() == "de"


def test_wording_is_kept_in_the_case_and_can_be_undone(
    opened: MainWindow, page: ReportPage, qtbot: QtBot
) -> None:
    turn(page, qtbot, LETTER)
    word(page, qtbot, privacy="Keep this letter safe.", note="  Call us.  \n\n Any time.")
    edits = {edit.section: edit.text for edit in case_of(page).letter_edits}
    assert edits == {"privacy": "Keep this letter safe.", "note": "Call us.\nAny time."}
    assert page.desk.current is not None
    assert page.desk.current.result.created == opened.desk.cases[0].result.created
    opened.do_undo()
    qtbot.waitUntil(lambda: case_of(page).letter_edits == (), timeout=PATIENCE)


def test_the_gate_is_read_while_typing_and_asks_for_a_reason(page: ReportPage, qtbot: QtBot) -> None:
    turn(page, qtbot, LETTER)
    dialog = editing(page, qtbot)
    assert not dialog.held.text()
    choose_section(dialog, "relatives")
    dialog.type("Notwithstanding considerable methodological interpretability reservations. " * 30)
    qtbot.waitUntil(lambda: bool(dialog.held.text()), timeout=PATIENCE)
    assert "over 8" in dialog.held.text()
    assert nameless(dialog) == []
    dialog.accept()
    qtbot.waitUntil(lambda: page.shown is not None and page.shown.gate.asks, timeout=PATIENCE)
    assert "asks for a reason" in page.view.words.text()
    asked = signing(page, qtbot)
    asked.name.setText("Eva Sign")
    asked.role.setText("Clinical geneticist")
    asked.read.setChecked(True)
    assert not asked.sign_button.isEnabled()
    asked.reason.setPlainText("Explained in the session.")
    assert asked.sign_button.isEnabled()
    assert nameless(asked) == []
    asked.sign()
    qtbot.waitUntil(lambda: bool(case_of(page).signatures), timeout=PATIENCE)
    assert case_of(page).signatures[0].reason == "Explained in the session."


def test_where_the_text_changed_a_person_decides(page: ReportPage, qtbot: QtBot) -> None:
    turn(page, qtbot, LETTER)
    word(page, qtbot, pgx="Bring this to your pharmacist.", privacy="Keep it safe.")
    session = page.desk.session
    assert session is not None
    old = session.opened
    assert old.result.pgx is not None
    fewer = replace(old.result, pgx=replace(old.result.pgx, advice=(), calls=()))
    page.desk.replace(old, replace(old, result=fewer))
    qtbot.waitUntil(lambda: page.shown is not None and bool(page.shown.gate.undecided), timeout=PATIENCE)
    page.sign()
    assert "First decide" in page.banner.text.text()
    assert page.findChild(SignDialog) is None
    dialog = editing(page, qtbot)
    assert dialog.section.id == "pgx"
    assert dialog.keep_button.isVisible()
    assert "[gone:" in dialog.changes.accessibleDescription()
    dialog.keep_mine()
    assert not dialog.keep_button.isVisible()
    dialog.accept()
    qtbot.waitUntil(lambda: page.shown is not None and not page.shown.gate.undecided, timeout=PATIENCE)
    kept = {edit.section: edit for edit in case_of(page).letter_edits}
    assert kept["pgx"].text == "Bring this to your pharmacist."
    assert kept["pgx"].generated != ""
    assert kept["privacy"].text == "Keep it safe."


def test_taking_the_generated_text_takes_the_edit_back(page: ReportPage, qtbot: QtBot) -> None:
    turn(page, qtbot, LETTER)
    word(page, qtbot, privacy="Keep it safe.")
    dialog = editing(page, qtbot)
    choose_section(dialog, "privacy")
    dialog.take_generated()
    dialog.accept()
    qtbot.waitUntil(lambda: case_of(page).letter_edits == (), timeout=PATIENCE)


def test_a_signed_letter_is_final_and_amended_by_a_new_version(
    opened: MainWindow, page: ReportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    page.choose(LETTER)
    page.view.choose_language("de")
    ready(page, qtbot, replace(LETTER, language="de"))
    sign(page, qtbot)
    record = case_of(page).signatures[0]
    assert (record.version, record.language, record.signer) == (1, "de", "Eva Sign")
    assert "save it now" in page.banner.text.text()
    assert "signed, version 1" in page.view.state.text()
    page.save_to(tmp_path / "letter.pdf")
    qtbot.waitUntil((tmp_path / "letter.pdf").exists, timeout=PATIENCE)
    assert verify(tmp_path / "letter.pdf").seal is Seal.NAMED
    ready(page, qtbot, page.document)
    page.save_to(tmp_path / "letter.pdf")
    qtbot.waitUntil(lambda: "must not be changed" in page.banner.text.text(), timeout=PATIENCE)
    word(page, qtbot, privacy="Bewahren Sie den Brief gut auf.")
    assert page.shown is not None
    assert not page.shown.final
    assert page.view.state.text() == "changed since"
    assert page.sign_button.text() == "Amend…"
    sign(page, qtbot, amendment="Wording of the privacy note.")
    first, second = case_of(page).signatures
    assert (second.version, second.amends) == (2, first.sha256)
    opened.do_undo()
    opened.do_undo()
    assert case_of(page).signatures == (first, second)
    assert page.list.versions.count() == 2


def test_an_incomplete_certificate_is_explained_and_nothing_is_signed(
    page: ReportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    turn(page, qtbot, Document(DocumentKind.CLINICIAN))
    dialog = signing(page, qtbot)
    dialog.name.setText("Eva Sign")
    dialog.role.setText("Clinical geneticist")
    dialog.certificate.setText(str(tmp_path / "none.p12"))
    dialog.passphrase.setText("secret words")
    dialog.read.setChecked(True)
    dialog.sign()
    assert dialog.passphrase.text() == ""
    qtbot.waitUntil(dialog.banner.isVisible, timeout=PATIENCE)
    assert "certificate" in dialog.banner.text.text()
    assert case_of(page).signatures == ()
    dialog.reject()


def test_who_signs_is_remembered_but_no_passphrase(page: ReportPage, qtbot: QtBot, settings: object) -> None:
    sign(page, qtbot)
    again = signing(page, qtbot)
    assert (again.name.text(), again.role.text()) == ("Eva Sign", "Clinical geneticist")
    again.passphrase.setText("secret words")
    again.reject()
    assert page.desk.settings is not None
    page.desk.settings.sync()
    assert "secret" not in Path(page.desk.settings.fileName()).read_text()


def test_a_pdf_is_checked(opened: MainWindow, page: ReportPage, qtbot: QtBot, tmp_path: Path) -> None:
    sign(page, qtbot)
    assert page.shown is not None
    signed, draft, other = tmp_path / "a.pdf", tmp_path / "b.pdf", tmp_path / "c.pdf"
    signed.write_bytes(page.shown.data)
    draft.write_bytes(small_pdf())
    other.write_bytes(b"no pdf")
    for path, words in ((signed, "Names Eva Sign"), (draft, "nobody signed"), (other, "not a PDF")):
        dialog = CheckDialog(opened.desk, opened, path)
        opened.present(dialog)
        qtbot.waitUntil(dialog.banner.isVisible, timeout=PATIENCE)
        assert words in dialog.banner.text.text()
        assert ("An open case has the record" in dialog.details.text()) == (path == signed)
        assert nameless(dialog) == []
        dialog.accept()


def test_the_letterhead_is_kept_in_memory_without_a_store(
    opened: MainWindow, page: ReportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    out = io.BytesIO()
    Image.new("RGB", (400, 120), "navy").save(out, "PNG")
    (tmp_path / "logo.png").write_bytes(out.getvalue())
    (tmp_path / "bad.png").write_bytes(b"bad")
    opened.do_letterhead()
    dialog = opened.findChild(LetterheadDialog)
    assert isinstance(dialog, LetterheadDialog)
    dialog.name.setText("Institute of Genetics")
    dialog.address.setPlainText("Main Street 1\n12345 Town")
    dialog.phone.setText("+49 30 1234")
    dialog.footer.setText("x" * 400)
    dialog.use_logo(tmp_path / "bad.png")
    assert dialog.banner.isVisible()
    dialog.use_logo(tmp_path / "logo.png")
    assert not dialog.banner.isVisible()
    assert nameless(dialog) == []
    dialog.accept()
    head = opened.desk.house.clinic.letterhead
    assert (head.name, head.phone) == ("Institute of Genetics", "+49 30 1234")
    assert len(head.footer) == 150
    assert head.logo
    ready(page, qtbot, page.document)


def test_wording_for_the_whole_clinic(opened: MainWindow, page: ReportPage, qtbot: QtBot) -> None:
    turn(page, qtbot, LETTER)
    dialog = editing(page, qtbot)
    choose_section(dialog, "limits")
    dialog.type("Our test has limits.")
    assert dialog.clinic_box.isVisible()
    dialog.clinic_box.setChecked(True)
    dialog.accept()
    texts = opened.desk.house.clinic.texts
    assert [text.text for text in texts] == ["Our test has limits."]
    assert case_of(page).letter_edits == ()
    ready(page, qtbot, LETTER)
    again = editing(page, qtbot)
    assert any("the clinic's wording" in again.list.item(n).text() for n in range(again.list.count()))
    again.reject()
    opened.do_letterhead()
    house = opened.findChild(LetterheadDialog)
    assert isinstance(house, LetterheadDialog)
    assert house.list.count() == 1
    house.drop_text()
    house.accept()
    assert opened.desk.house.clinic.texts == ()


SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="10"><rect width="40" height="10" %s/></svg>'
)


def test_an_svg_logo_is_drawn_and_fetches_nothing() -> None:
    assert drawn(SVG % b'fill="teal"').startswith(b"\x89PNG")
    for outside in (
        b'xlink:href="file:///etc/passwd"',
        b"href='http://a.b/c'",
        b'style="fill:url(http://a)"',
    ):
        with pytest.raises(UserError, match="other files"):
            drawn(SVG % outside)
    with pytest.raises(UserError, match="not an SVG"):
        drawn(b"<html/>")


def test_the_wording_of_an_english_letter_names_its_sections_in_german(
    opened: MainWindow, page: ReportPage, qtbot: QtBot
) -> None:
    turn(page, qtbot, LETTER)
    with speaking("de", resources() / "translations"):
        dialog = editing(page, qtbot)
        choose_section(dialog, "privacy")
        listed = dialog.list.currentItem().text().split("\n")[0]
        assert (listed, dialog.title.text()) == ("Datenschutz und Versicherung",) * 2
        assert dialog.printed.text() == "Im Brief: „Privacy and insurance“"
        assert not dialog.printed.isHidden()
        dialog.reject()


def test_the_state_of_every_section_is_in_view_beside_its_name(page: ReportPage, qtbot: QtBot) -> None:
    turn(page, qtbot, LETTER)
    dialog = editing(page, qtbot)
    short = []
    for at in range(dialog.list.count()):
        item = dialog.list.item(at)
        given = item.sizeHint().height()
        item.setData(Qt.ItemDataRole.SizeHintRole, None)
        if given < dialog.list.sizeHintForRow(at):
            short.append((item.text(), given, dialog.list.sizeHintForRow(at)))
    assert short == []
    dialog.reject()
