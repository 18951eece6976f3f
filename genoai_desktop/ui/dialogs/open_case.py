"""The open dialog: file, patient, phenotype, family, consent, medicines. Also edits an open case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from genoai_desktop.domain.case import Case, Consent, Medicine, ObservedTerm, Scope, Sex
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.arrivals import VCF_ENDINGS
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.consent import scope_choices
from genoai_desktop.ui.dialogs.fields import (
    FASTA,
    age_of,
    build_box,
    build_of,
    existing,
    form_layout,
    path_of,
    text_field,
    with_button,
)
from genoai_desktop.ui.dialogs.typing_dialog import TypingDialog
from genoai_desktop.ui.widgets.banner import Banner
from genoai_desktop.ui.widgets.basics import box, button, card, checkbox, column, label, row
from genoai_desktop.ui.widgets.file_list import FileList, dropped
from genoai_desktop.ui.widgets.scroll import ScrollBody
from genoai_desktop.ui.widgets.term_picker import TermPicker
from genoai_desktop.ui.widgets.vacancy import Vacancy

if TYPE_CHECKING:
    from genoai_desktop.app.request import CaseRequest, OpenCase

_VCF = "VCF (*.vcf *.vcf.gz *.vcf.bgz *.bcf *.gvcf *.g.vcf.gz)"
_BED = "BED (*.bed *.bed.gz)"


class OpenCaseDialog(TypingDialog):
    """Asks what the analyses need to know. ``request`` or ``edited_case`` gives the answer.

    Once it is accepted for a new case whoever opened it deletes it: the file may turn out to be unreadable,
    and what was typed is asked for only once.
    """

    def __init__(
        self, desk: Desk, parent: QWidget | None, vcf: Path | None = None, opened: OpenCase | None = None
    ) -> None:
        super().__init__(parent)
        self.desk, self._opened = desk, opened
        self.runner = Runner(desk.pool, self)
        self.setWindowTitle(tr("Edit this case") if opened else tr("Open a case"))
        self.setAccessibleName(self.windowTitle())
        self.resize(760, 680)
        self.setAcceptDrops(opened is None)
        self.banner = Banner(desk.theme)
        self.vcf = text_field(tr("VCF file"))
        self.sample = QComboBox()
        self.name = text_field(
            tr("Name of the case (no personal data)"), tr("for example the clinic's case number")
        )
        self.indication = text_field(tr("Indication"), tr("why the test was ordered"))
        self.sex = QComboBox()
        for sex, title in (
            (Sex.UNKNOWN, tr("not stated")),
            (Sex.FEMALE, tr("female")),
            (Sex.MALE, tr("male")),
        ):
            self.sex.addItem(title, sex.value)
        self.age = text_field(tr("Age in years"), tr("optional: 0 to 120"))
        self.ped = text_field(tr("PED file"), tr("optional: the family"))
        self.phenopacket = text_field(
            tr("Phenopacket"), tr("optional: GA4GH phenotype file; its terms are added")
        )
        self.callable = text_field(
            tr("Callable regions (BED)"), tr("optional: no record inside them means reference (medicines)")
        )
        self.reads = text_field(tr("Reads (BAM or CRAM)"), tr("optional: shown in the locus view"))
        hint = tr("optional: structural variants or repeats of the same samples; drop files here")
        self.more = FileList(tr("Further VCF files"), hint, _VCF, VCF_ENDINGS)
        self.build = build_box()
        self.reference = text_field(
            tr("Reference genome (FASTA)"), tr("optional: the clinic's own, of the file's build")
        )
        self.medicines = text_field(tr("Medicines"), tr("separated by commas; * marks a planned one"))
        self.scopes = {scope: checkbox(title) for scope, title in scope_choices()}
        self.terms = QListWidget()
        Vacancy(self.terms, tr("No term yet. Search for one above."))
        self.accept_button = button(
            tr("Analyse again") if opened else tr("Open and analyse"), self.accept, kind="primary"
        )
        self._assemble()
        self._build: Build | None = None  # what the header of the file says
        self._offered = ""
        self._prefill(vcf)
        self._listed = self._lists()

    def lay_beside(self, more: Sequence[Path], ped: Path | None, phenopacket: Path | None) -> None:
        """Fill in the files that came together with the VCF."""
        self.more.add(more)
        for field, path in ((self.ped, ped), (self.phenopacket, phenopacket)):
            if path is not None:
                field.setText(str(path))
        self._listed = self._lists()

    def request(self) -> CaseRequest:
        """What was asked for. ``accept`` has shown that it can be read."""
        from genoai_desktop.app.request import CaseRequest

        terms = self._term_list()
        return CaseRequest(
            vcf=Path(self.vcf.text().strip()),
            more=tuple(path for path in self.more.paths if path != Path(self.vcf.text().strip())),
            sample=self.sample.currentText() or None,
            ped=path_of(self.ped),
            phenopacket=path_of(self.phenopacket),
            reads=path_of(self.reads),
            callable_regions=path_of(self.callable),
            reference=path_of(self.reference),
            build=build_of(self.build),
            age=age_of(self.age),
            observed=tuple(term.id for term in terms if not term.excluded),
            excluded=tuple(term.id for term in terms if term.excluded),
            sex=self._sex(),
            consent=self._consent(),
            medicines=self._medicines(),
            name=self.name.text().strip(),
            indication=self.indication.text().strip(),
        )

    def edited_case(self, case: Case) -> Case:
        """``case`` with what the person changed."""
        sex = self._sex() or Sex.UNKNOWN
        age = case.index.age_years if self.age.text() == _age_words(case) else age_of(self.age)
        persons = tuple(
            replace(p, sex=sex, age_years=age) if p.id == case.proband else p for p in case.persons
        )
        return replace(
            case,
            id=self.name.text().strip() or case.id,
            persons=persons,
            terms=self._term_list(),
            consent=self._consent(),
            medicines=self._medicines(),
            indication=self.indication.text().strip(),
            reads=self.reads.text().strip() or None,
            callable_regions=self.callable.text().strip() or None,
        )

    def add_term(self, term: str, excluded: bool = False) -> None:
        """Put a term on the list, replacing the same term; said again as it was, it keeps what is known."""
        same = ObservedTerm(term, excluded)
        for index in reversed(range(self.terms.count())):
            known = self._term_at(index)
            if known.id == term:
                self.terms.takeItem(index)
                same = known if known.excluded == excluded else same
        self._list_term(same)

    def _list_term(self, term: ObservedTerm) -> None:
        words = tr("not seen") if term.excluded else tr("observed")
        item = QListWidgetItem(f"{self.desk.services.term_label(term.id)}   {term.id}   ({words})")
        item.setData(Qt.ItemDataRole.UserRole, term)
        self.terms.addItem(item)

    def _term_at(self, index: int) -> ObservedTerm:
        found: ObservedTerm = self.terms.item(index).data(Qt.ItemDataRole.UserRole)
        return found

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """VCF files may be dropped anywhere in the dialog."""
        if self._opened is None and any(self.more.fits(path) for path in dropped(event)):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The first VCF dropped is the case's own where none is named yet; the others are further files."""
        paths = [path for path in dropped(event) if self.more.fits(path)]
        if paths and not self.vcf.text().strip():
            self.vcf.setText(str(paths.pop(0)))
        self.more.add(paths)
        event.acceptProposedAction()

    def accept(self) -> None:
        """Close when everything typed can be used; say what cannot otherwise."""
        try:
            age_of(self.age)
            for field in (self.ped, self.phenopacket, self.reads, self.callable, self.reference):
                if field.isEnabled():
                    existing(field)
            if self.more.isEnabled():
                _all_there(self.more.paths)
        except UserError as error:
            self.banner.explain(error)
            return
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, self._opened is not None)
        super().accept()

    def more_entered(self) -> bool:
        """Terms and further files."""
        return self._lists() != self._listed

    def done(self, result: int) -> None:
        """Stop what is under way before closing."""
        self.runner.cancel_all()
        super().done(result)

    def load_samples(self) -> None:
        """Read the sample names of the chosen file."""
        path = Path(self.vcf.text().strip())
        if path.is_file():
            self.runner.run(
                self.desk.services.samples,
                path,
                done=self._show_samples,
                failed=self._no_samples,
                key="samples",
            )
            self._show_build(None)
            self.runner.run(
                self.desk.services.header_build,
                path,
                done=self._show_build,
                failed=lambda _error: None,
                key="build",
            )
        self.accept_button.setEnabled(path.is_file())

    def _show_samples(self, names: tuple[str, ...]) -> None:
        self.banner.hide()
        self.sample.clear()
        self.sample.addItems(names)
        wanted = self._opened.case.index.sample if self._opened else None
        if wanted in names:
            self.sample.setCurrentText(wanted)

    def _show_build(self, build: Build | None) -> None:
        self._build = build
        says = tr("as the file says ({build})", build=build) if build else tr("as the file says")
        self.build.setItemText(0, says)
        self._offer_reference()

    def _offer_reference(self) -> None:
        """Fill in the remembered reference genome of the build, unless a person chose another."""
        if self._opened is None and self.reference.text().strip() == self._offered:
            found = self.desk.reference_for(build_of(self.build) or self._build)
            self._offered = str(found or "")
            self.reference.setText(self._offered)

    def _no_samples(self, _error: Exception) -> None:
        self.sample.clear()
        self.banner.say(
            "warning", tr("The samples of this file could not be listed. Opening it will say why.")
        )

    def _lists(self) -> tuple[tuple[ObservedTerm, ...], tuple[Path, ...]]:
        return self._term_list(), self.more.paths

    def _term_list(self) -> tuple[ObservedTerm, ...]:
        return tuple(map(self._term_at, range(self.terms.count())))

    def _sex(self) -> Sex | None:
        value = Sex(self.sex.currentData())
        return None if value is Sex.UNKNOWN else value

    def _consent(self) -> Consent:
        return Consent(frozenset(scope for scope, check in self.scopes.items() if check.isChecked()))

    def _medicines(self) -> tuple[Medicine, ...]:
        names = [part.strip() for part in self.medicines.text().split(",") if part.strip()]
        return tuple(Medicine(name.strip("* "), planned="*" in name) for name in names)

    def _assemble(self) -> None:
        form = form_layout()
        self.sample.setAccessibleName(tr("Sample"))
        self.sex.setAccessibleName(tr("Sex"))
        for title, field in self._rows():
            form.addRow(title, field)
        picker = TermPicker(self.desk, self.runner)
        picker.picked.connect(self.add_term)
        self.terms.setAccessibleName(tr("Phenotype terms of the patient"))
        self.terms.setFixedHeight(120)
        remove = button(tr("Remove the chosen term"), self._remove_term, kind="quiet")
        consent = column(*self.scopes.values(), space="xs")
        hint = label(tr("What is not ticked is not computed, shown or printed."), "caption", wrap=True)
        content = box(
            column(
                card(box(form), title=tr("Patient and files")),
                card(picker, self.terms, row(remove, None), title=tr("Phenotype (HPO)")),
                card(hint, consent, title=tr("Consent")),
                space="l",
            )
        )
        area = ScrollBody(self.windowTitle(), content)
        buttons = row(None, button(tr("Cancel"), self.reject), self.accept_button)
        self.setLayout(column(self.banner, area, buttons, space="l", margins=True))
        self.build.currentIndexChanged.connect(lambda _index: self._offer_reference())
        self.vcf.textChanged.connect(lambda _text: self.load_samples())

    def _rows(self) -> tuple[tuple[str, QWidget], ...]:
        """The fields of the first card: caption and widget, in the order of the keyboard."""
        ped, packet = "PED (*.ped *.fam)", "Phenopacket (*.json)"
        reads = "BAM, CRAM (*.bam *.cram)"
        return (
            (tr("VCF file"), box(with_button(self.vcf, tr("Choose VCF file"), _VCF))),
            (tr("Further VCF files"), self.more),
            (tr("Patient's sample"), self.sample),
            (tr("Reference build"), self.build),
            (tr("Case name"), self.name),
            (tr("Indication"), self.indication),
            (tr("Sex"), self.sex),
            (tr("Age (years)"), self.age),
            (tr("Family (PED)"), box(with_button(self.ped, tr("Choose PED file"), ped))),
            (tr("Phenopacket"), box(with_button(self.phenopacket, tr("Choose a phenopacket"), packet))),
            (tr("Reads"), box(with_button(self.reads, tr("Choose reads"), reads))),
            (tr("Callable regions"), box(with_button(self.callable, tr("Choose callable regions"), _BED))),
            (
                tr("Reference genome"),
                box(with_button(self.reference, tr("Choose a reference genome"), FASTA)),
            ),
            (tr("Medicines"), self.medicines),
        )

    def _prefill(self, vcf: Path | None) -> None:
        self.scopes[Scope.PRIMARY].setChecked(True)
        self.accept_button.setEnabled(False)
        if self._opened is not None:
            self._prefill_case(self._opened)
        elif vcf is not None:
            self.vcf.setText(str(vcf))

    def _prefill_case(self, opened: OpenCase) -> None:
        case = opened.case
        self.vcf.setText(str(opened.request.vcf))
        for field in (self.vcf, self.ped, self.phenopacket, self.reference):
            field.setEnabled(False)  # the file is not read again
            field.property("chooser").setEnabled(False)
        self.more.add(getattr(opened.request, "more", ()))
        for choice in (self.sample, self.build, self.more):
            choice.setEnabled(False)
        self.build.setCurrentIndex(self.build.findData(case.build.value))
        self.reference.setText(case.reference or "")
        self.phenopacket.setText(str(getattr(opened.request, "phenopacket", None) or ""))
        self.age.setText(_age_words(case))
        self.name.setText(case.id)
        self.indication.setText(case.indication)
        self.sex.setCurrentIndex(self.sex.findData(case.index.sex.value))
        self.ped.setText(str(opened.request.ped or ""))
        self.reads.setText(case.reads or "")
        self.callable.setText(case.callable_regions or "")
        self.medicines.setText(", ".join(m.name + (" *" if m.planned else "") for m in case.medicines))
        for scope, check in self.scopes.items():
            check.setChecked(case.consent.allows(scope))
            check.setEnabled(not any(event.person == case.proband for event in case.consent_events))
            if not check.isEnabled():
                check.setToolTip(tr("Decisions with dates are recorded: change them on the Consent page."))
        for term in case.terms:
            self._list_term(term)
        self.accept_button.setEnabled(True)

    def _remove_term(self) -> None:
        self.terms.takeItem(self.terms.currentRow())


def _age_words(case: Case) -> str:
    age = case.index.age_years
    return "" if age is None else f"{age:g}"


def _all_there(paths: tuple[Path, ...]) -> None:
    """UserError when one of the further files is not there any more."""
    for path in paths:
        if not path.is_file():
            raise UserError(
                tr("There is no such file: {name}.", name=path.name),
                remedy=tr("Remove it from the list, or add it again."),
                code="dialog.no-file",
            )
