"""Couple mode: the partner's file, sample, sex, population and consent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QWidget

from genoai_desktop.domain.case import Case, CasePartner, Consent, Scope, Sex
from genoai_desktop.domain.consent import ConsentEvent, Decision, standing
from genoai_desktop.domain.consent_case import partner_person, with_partner
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.fields import existing, form_layout, text_field, with_button
from genoai_desktop.ui.dialogs.typing_dialog import TypingDialog
from genoai_desktop.ui.widgets.banner import Banner
from genoai_desktop.ui.widgets.basics import box, button, checkbox, column, label, row

_VCF = "VCF (*.vcf *.vcf.gz *.vcf.bgz *.bcf *.gvcf *.g.vcf.gz)"
_OTHER = {Sex.FEMALE: Sex.MALE, Sex.MALE: Sex.FEMALE, Sex.UNKNOWN: Sex.UNKNOWN}


class CoupleDialog(TypingDialog):
    """Attaches the partner to the case in view. Nothing of the file is read without both consents."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.runner = Runner(desk.pool, self)
        self.setWindowTitle(tr("Partner"))
        self.setAccessibleName(self.windowTitle())
        self.setMinimumSize(600, 620)
        self.banner = Banner(desk.theme)
        self.vcf = text_field(tr("Partner's VCF file"))
        self.sample, self.sex = (
            _named(QComboBox(), tr("Partner's sample")),
            _named(QComboBox(), tr("Partner's sex")),
        )
        for sex, words in (
            (Sex.FEMALE, tr("female")),
            (Sex.MALE, tr("male")),
            (Sex.UNKNOWN, tr("not stated")),
        ):
            self.sex.addItem(words, sex.value)
        self.population = _named(QComboBox(), tr("Partner's population"))
        self.own_population = _named(QComboBox(), tr("Patient's population"))
        for made in (self.population, self.own_population):
            for code, words in populations():
                made.addItem(words, code)
        self.consent = checkbox(tr("The partner consents to carrier findings"))
        self.day = text_field(tr("Date of the consent"), tr("year-month-day"))
        self.day.setText(date.today().isoformat())
        self.document = text_field(tr("Consent document"), tr("name or number of the signed form"))
        self.by = text_field(tr("Consent recorded by"))
        self._held: ConsentEvent | None = None
        self.accept_button = button(tr("Analyse the couple"), self.accept, kind="primary")
        self.remove_button = button(tr("Remove the partner"), self.remove, kind="quiet")
        self._build: Build | None = None
        self._assemble()
        self._prefill()
        self.vcf.textChanged.connect(lambda _text: self.load())
        self.consent.toggled.connect(lambda _on: self._enable())

    def load(self) -> None:
        """Read samples and build from the header of the chosen file."""
        path = Path(self.vcf.text().strip())
        self._build = None
        self.sample.clear()
        if path.is_file():
            services = self.desk.services
            self.runner.run(
                services.samples, path, done=self._samples, failed=self.banner.explain, key="samples"
            )
            self.runner.run(
                services.header_build, path, done=self._built, failed=lambda _error: None, key="build"
            )
        self._enable()

    def partner(self, case: Case) -> CasePartner:
        """What was entered.

        Raises:
            UserError: no such file, no sample, another build, no consent, or the patient's own sample.
        """
        path = existing(self.vcf)
        if path is None:
            raise _refuse(self.vcf, tr("Choose the partner's file."))
        sample = self.sample.currentText()
        if not sample:
            raise _refuse(self.sample, tr("Choose the partner's sample."))
        if self._build is not None and self._build is not case.build:
            raise UserError(
                tr(
                    "The partner's file is on {theirs}, the case on {ours}.",
                    theirs=self._build,
                    ours=case.build,
                ),
                where=self.vcf.accessibleName(),
                remedy=tr("Ask the laboratory for both files on one build."),
                code="couple.build",
            )
        if self._own_file(path) and sample == case.index.sample:
            raise _refuse(self.sample, tr("This is the patient's own sample."))
        if not self.consent.isChecked():
            raise _refuse(self.consent, tr("Without the partner's consent the file is not opened."))
        return CasePartner(
            sample=sample,
            sex=Sex(self.sex.currentData()),
            consent=Consent(frozenset({Scope.CARRIER})),
            vcf_name=path.name,
            population=str(self.population.currentData()),
            index_population=str(self.own_population.currentData()),
        )

    def accept(self) -> None:
        """Attach the partner and analyse again, when everything can be used."""
        session = self.desk.session
        if session is None:
            return
        try:
            partner = self.partner(session.case)
            case = with_partner(session.case, partner, self._decision(), date.today())
        except UserError as error:
            self.banner.explain(error)
            return
        request = replace(
            session.opened.request,
            partner=Path(self.vcf.text().strip()),
            partner_sample=partner.sample,
            partner_sex=partner.sex,
            partner_consent=partner.consent,
        )
        session.opened = replace(session.opened, request=request, partner=None)
        session.stored = replace(session.stored, request=request)
        super().accept()
        self.desk.change(case)

    def _decision(self) -> ConsentEvent | None:
        """What the partner decided, as it is kept; None where that is on record already."""
        stated = (self.day.text().strip(), self.document.text().strip(), self.by.text().strip())
        held = self._held
        if held is not None and stated == (held.date, held.document, held.recorded_by):
            return None
        return ConsentEvent("", Scope.CARRIER, Decision.GIVEN, *stated)

    def remove(self) -> None:
        """Take the partner off the case."""
        session = self.desk.session
        super().accept()
        if session is not None:
            self.desk.change(replace(session.case, partner=None))

    def done(self, result: int) -> None:
        """Stop what is under way before closing."""
        self.runner.cancel_all()
        super().done(result)

    def _own_file(self, path: Path) -> bool:
        opened = self.desk.current
        return opened is not None and Path(opened.request.vcf) == path

    def _samples(self, names: tuple[str, ...]) -> None:
        self.sample.clear()
        self.sample.addItems(names)
        known = self.desk.current.case.partner if self.desk.current else None
        if known is not None and known.sample in names:
            self.sample.setCurrentText(known.sample)
        self._enable()

    def _built(self, build: Build | None) -> None:
        self._build = build

    def _enable(self) -> None:
        self.accept_button.setEnabled(self.consent.isChecked() and bool(self.sample.currentText()))

    def _assemble(self) -> None:
        form = form_layout()
        form.addRow(tr("VCF file"), box(with_button(self.vcf, tr("Choose the partner's VCF file"), _VCF)))
        for field in (self.sample, self.sex, self.population, self.own_population):
            form.addRow(field.accessibleName(), field)
        hint = tr(
            "Genes in which both carry a disease-causing variant are shown with the chance for a child. The "
            "populations choose the figures behind what remains after a negative test. The file must be on "
            "the same build as the patient's."
        )
        form.addRow(self.consent)
        for line in (self.day, self.document, self.by):
            form.addRow(line.accessibleName(), line)
        buttons = row(self.remove_button, None, button(tr("Cancel"), self.reject), self.accept_button)
        heading = label(tr("Couple: the partner's file"), "heading")
        told = label(hint, "muted", wrap=True)
        self.setLayout(column(heading, self.banner, told, box(form), None, buttons, space="l", margins=True))

    def _prefill_consent(self, case: Case) -> None:
        """The decision that holds; a new one is recorded only where something else is entered."""
        person = partner_person(case)
        held = standing(case.consent_events, person.id).get(Scope.CARRIER) if person is not None else None
        if held is not None and held.decision is Decision.GIVEN:
            self._held = held
            self.day.setText(held.date)
            self.document.setText(held.document)
            self.by.setText(held.recorded_by)

    def _prefill(self) -> None:
        opened = self.desk.current
        case = opened.case if opened is not None else None
        known = case.partner if case is not None else None
        self.remove_button.setVisible(known is not None)
        if case is not None:
            sex = known.sex if known is not None else _OTHER[case.index.sex]
            self.sex.setCurrentIndex(self.sex.findData(sex.value))
        if case is not None and known is not None:
            self.population.setCurrentIndex(self.population.findData(known.population))
            self.own_population.setCurrentIndex(self.own_population.findData(known.index_population))
            self.consent.setChecked(known.consent.allows(Scope.CARRIER))
            self._prefill_consent(case)
            path = getattr(opened.request, "partner", None) if opened is not None else None
            if path is not None:
                self.vcf.setText(str(path))
                self.load()
        self._enable()


def _named(made: QComboBox, name: str) -> QComboBox:
    made.setAccessibleName(name)
    return made


def _refuse(field: QWidget, what: str) -> UserError:
    return UserError(what, where=field.accessibleName(), code="couple.field")


def populations() -> tuple[tuple[str, str], ...]:
    """Codes of the prevalence table with their meaning."""
    return (
        ("global", tr("Not stated (worldwide figures)")),
        ("EUR", tr("European")),
        ("FIN", tr("Finnish")),
        ("AJ", tr("Ashkenazi Jewish")),
        ("LAT", tr("Latino or admixed American")),
        ("SAS", tr("South Asian")),
        ("EAS", tr("East Asian")),
        ("AFR", tr("African or African American")),
    )
