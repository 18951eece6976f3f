"""The open dialog: file, patient, phenotype, family, consent, medicines. Also edits an open case."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from genoai_desktop.domain.case import Case, Consent, Medicine, ObservedTerm, Scope, Sex
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.widgets.banner import Banner
from genoai_desktop.ui.widgets.basics import box, button, card, checkbox, column, label, row
from genoai_desktop.ui.widgets.scroll import ScrollBody
from genoai_desktop.ui.widgets.term_picker import TermPicker

if TYPE_CHECKING:
    from genoai_desktop.app.request import CaseRequest, OpenCase

_FILES = "VCF (*.vcf *.vcf.gz *.vcf.bgz *.bcf *.gvcf *.g.vcf.gz)"


class OpenCaseDialog(QDialog):
    """Asks what the analyses need to know. ``request`` or ``edited_case`` gives the answer."""

    def __init__(
        self, desk: Desk, parent: QWidget | None, vcf: Path | None = None, opened: OpenCase | None = None
    ) -> None:
        super().__init__(parent)
        self.desk, self._opened = desk, opened
        self.runner = Runner(desk.pool, self)
        self.setWindowTitle(tr("Edit this case") if opened else tr("Open a case"))
        self.setAccessibleName(self.windowTitle())
        self.resize(760, 680)
        self.banner = Banner(desk.theme)
        self.vcf = _field(tr("VCF file"))
        self.sample = QComboBox()
        self.name = _field(
            tr("Name of the case (no personal data)"), tr("for example the clinic's case number")
        )
        self.indication = _field(tr("Indication"), tr("why the test was ordered"))
        self.sex = QComboBox()
        for sex, title in (
            (Sex.UNKNOWN, tr("not stated")),
            (Sex.FEMALE, tr("female")),
            (Sex.MALE, tr("male")),
        ):
            self.sex.addItem(title, sex.value)
        self.ped = _field(tr("PED file"), tr("optional: the family"))
        self.reads = _field(tr("Reads (BAM or CRAM)"), tr("optional: shown in the locus view"))
        self.medicines = _field(tr("Medicines"), tr("separated by commas; * marks a planned one"))
        self.scopes = {scope: checkbox(title) for scope, title in _scopes()}
        self.terms = QListWidget()
        self.accept_button = button(
            tr("Analyse again") if opened else tr("Open and analyse"), self.accept, kind="primary"
        )
        self._assemble()
        self._prefill(vcf)

    def request(self) -> CaseRequest:
        """What was asked for. The build is taken from the file."""
        from genoai_desktop.app.request import CaseRequest

        terms = self._term_list()
        return CaseRequest(
            vcf=Path(self.vcf.text().strip()),
            sample=self.sample.currentText() or None,
            ped=_path(self.ped),
            reads=_path(self.reads),
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
        persons = tuple(replace(p, sex=sex) if p.id == case.proband else p for p in case.persons)
        return replace(
            case,
            id=self.name.text().strip() or case.id,
            persons=persons,
            terms=self._term_list(),
            consent=self._consent(),
            medicines=self._medicines(),
            indication=self.indication.text().strip(),
            reads=self.reads.text().strip() or None,
        )

    def add_term(self, term: str, excluded: bool = False) -> None:
        """Put a term on the list, replacing the same term."""
        for index in reversed(range(self.terms.count())):
            if self.terms.item(index).data(Qt.ItemDataRole.UserRole).id == term:
                self.terms.takeItem(index)
        words = tr("not seen") if excluded else tr("observed")
        item = QListWidgetItem(f"{self.desk.services.term_label(term)}   {term}   ({words})")
        item.setData(Qt.ItemDataRole.UserRole, ObservedTerm(term, excluded))
        self.terms.addItem(item)

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
        self.accept_button.setEnabled(path.is_file())

    def _show_samples(self, names: tuple[str, ...]) -> None:
        self.banner.hide()
        self.sample.clear()
        self.sample.addItems(names)
        wanted = self._opened.case.index.sample if self._opened else None
        if wanted in names:
            self.sample.setCurrentText(wanted)

    def _no_samples(self, _error: Exception) -> None:
        self.sample.clear()
        self.banner.say(
            "warning", tr("The samples of this file could not be listed. Opening it will say why.")
        )

    def _term_list(self) -> tuple[ObservedTerm, ...]:
        return tuple(self.terms.item(i).data(Qt.ItemDataRole.UserRole) for i in range(self.terms.count()))

    def _sex(self) -> Sex | None:
        value = Sex(self.sex.currentData())
        return None if value is Sex.UNKNOWN else value

    def _consent(self) -> Consent:
        return Consent(frozenset(scope for scope, check in self.scopes.items() if check.isChecked()))

    def _medicines(self) -> tuple[Medicine, ...]:
        names = [part.strip() for part in self.medicines.text().split(",") if part.strip()]
        return tuple(Medicine(name.strip("* "), planned="*" in name) for name in names)

    def _assemble(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setVerticalSpacing(10)
        self.sample.setAccessibleName(tr("Sample"))
        self.sex.setAccessibleName(tr("Sex"))
        form.addRow(
            tr("VCF file"),
            box(row(self.vcf, button(tr("Choose…"), self._choose_vcf, name=tr("Choose VCF file")))),
        )
        form.addRow(tr("Patient's sample"), self.sample)
        form.addRow(tr("Case name"), self.name)
        form.addRow(tr("Indication"), self.indication)
        form.addRow(tr("Sex"), self.sex)
        form.addRow(
            tr("Family (PED)"),
            box(row(self.ped, button(tr("Choose…"), self._choose_ped, name=tr("Choose PED file")))),
        )
        form.addRow(
            tr("Reads"),
            box(row(self.reads, button(tr("Choose…"), self._choose_reads, name=tr("Choose reads")))),
        )
        form.addRow(tr("Medicines"), self.medicines)
        picker = TermPicker(self.desk, self.runner)
        picker.picked.connect(self.add_term)
        self.terms.setAccessibleName(tr("Phenotype terms of the patient"))
        self.terms.setFixedHeight(120)
        remove = button(tr("Remove the chosen term"), self._remove_term, kind="quiet")
        consent = column(*self.scopes.values(), space="xs")
        hint = label(tr("What is not ticked is not computed, shown or printed."), "caption", wrap=True)
        content = box(
            column(
                self.banner,
                card(box(form), title=tr("Patient and files")),
                card(picker, self.terms, row(remove, None), title=tr("Phenotype (HPO)")),
                card(hint, consent, title=tr("Consent")),
                space="l",
            )
        )
        area = ScrollBody(self.windowTitle(), content)
        buttons = row(None, button(tr("Cancel"), self.reject), self.accept_button)
        self.setLayout(column(area, buttons, space="l", margins=True))
        self.vcf.textChanged.connect(lambda _text: self.load_samples())

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
        for widget in (self.vcf, self.sample, self.ped):
            widget.setEnabled(False)
        self.name.setText(case.id)
        self.indication.setText(case.indication)
        self.sex.setCurrentIndex(self.sex.findData(case.index.sex.value))
        self.ped.setText(str(opened.request.ped or ""))
        self.reads.setText(case.reads or "")
        self.medicines.setText(", ".join(m.name + (" *" if m.planned else "") for m in case.medicines))
        for scope, check in self.scopes.items():
            check.setChecked(case.consent.allows(scope))
        for term in case.terms:
            self.add_term(term.id, term.excluded)
        self.accept_button.setEnabled(True)

    def _remove_term(self) -> None:
        self.terms.takeItem(self.terms.currentRow())

    def _choose_vcf(self) -> None:
        self._choose(self.vcf, tr("Choose a VCF file"), _FILES)

    def _choose_ped(self) -> None:
        self._choose(self.ped, tr("Choose a PED file"), "PED (*.ped *.fam)")

    def _choose_reads(self) -> None:
        self._choose(self.reads, tr("Choose reads"), "BAM, CRAM (*.bam *.cram)")

    def _choose(self, field: QLineEdit, title: str, kinds: str) -> None:
        name, _ = QFileDialog.getOpenFileName(self, title, "", kinds + ";;" + tr("All files (*)"))
        if name:
            field.setText(name)


def _field(name: str, hint: str = "") -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made


def _path(field: QLineEdit) -> Path | None:
    text = field.text().strip()
    return Path(text) if text else None


def _scopes() -> tuple[tuple[Scope, str], ...]:
    return (
        (Scope.PRIMARY, tr("Primary findings: the reason for the test")),
        (Scope.SECONDARY, tr("Secondary findings: medically actionable genes")),
        (Scope.CARRIER, tr("Carrier findings: chances for children")),
        (Scope.PGX, tr("Medicines: how genes change their effect")),
        (Scope.POLYGENIC, tr("Polygenic scores")),
        (Scope.RESEARCH, tr("Research sharing")),
        (Scope.RECONTACT, tr("Contact again when knowledge changes")),
    )
