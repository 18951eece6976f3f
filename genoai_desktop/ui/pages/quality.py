"""Quality: whether the file and its samples can be trusted, as figures and plots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from genoai_desktop.domain.case import Sex
from genoai_desktop.domain.failed import CODE, FailedAnalysis, Part
from genoai_desktop.domain.findings import Finding
from genoai_desktop.domain.numbers import written
from genoai_desktop.domain.quality import QualityResult, SampleQuality
from genoai_desktop.domain.text import joined, shown, tr
from genoai_desktop.domain.vocabulary import term
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.widgets.banner import failure_told
from genoai_desktop.ui.widgets.basics import badge, box, button, card, column, label, row
from genoai_desktop.ui.widgets.columns import columns
from genoai_desktop.ui.widgets.coverage import coverage_rows
from genoai_desktop.ui.widgets.figures import Bar, Histogram
from genoai_desktop.ui.widgets.finding_words import TONES, finding_words, severity_words

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase


class QualityPage(Page):
    """Records, samples, family, coverage and everything odd that was found."""

    id = "quality"
    icon = "quality"

    def name(self) -> str:
        """The title."""
        return tr("Quality")

    def fill(self, opened: OpenCase) -> None:
        """Plots and figures of the file."""
        self.subtitle.setText(_file_words(opened))
        if not _build_known(opened):
            self.banner.say(
                "warning",
                tr("The build is not certain. Were it the other one, every position would be read wrongly."),
                tr("Edit this case…"),
                lambda: self.desk.edit_wanted.emit(opened, None),
            )
        quality = opened.result.quality
        if failed := opened.result.failure(Part.QUALITY):
            self._failed(opened, failed)
            return
        if quality is None:
            self.show_empty(
                tr("No quality figures"),
                tr("They could not be measured for this file. Other samples or another file may be chosen."),
                tr("Edit this case…"),
                lambda: self.desk.edit_wanted.emit(opened, None),
            )
            return
        self.body.addWidget(self._records(opened, quality))
        for sample in quality.samples:
            self.body.addWidget(self._sample(sample))
        if quality.mendelian or quality.kinship:
            self.body.addWidget(self._family(quality))
        if quality.coverage:
            self.body.addWidget(
                card(*coverage_rows(self.desk.theme, quality.coverage), title=tr("Callability"))
            )
        self.body.addWidget(self._findings(opened.result.findings))
        self.body.addStretch(1)

    def _failed(self, opened: OpenCase, failed: FailedAnalysis) -> None:
        """What was noticed of the file is still to be read."""
        again = button(*self.way_again(), kind="primary")
        told = _told(badge(tr("Failed"), "danger"), label(failure_told(failed), wrap=True))
        self.body.addWidget(card(told, title=tr("This analysis failed"), aside=again))
        self.body.addWidget(self._findings(opened.result.findings))
        self.body.addStretch(1)

    def _tiles(self, tiles: list[tuple[str, str, str]]) -> QWidget:
        return columns(*(_tile(*tile) for tile in tiles))

    def _records(self, opened: OpenCase, quality: QualityResult) -> QFrame:
        table = opened.table
        tiles = [
            (tr("Records read"), written(table.records_read), tr("every line of the file")),
            (tr("Loaded"), written(table.records_loaded), tr("in the variant table")),
            (tr("Reported"), written(table.records_reported), tr("set aside, each with a reason")),
            (tr("Passed filters"), written(quality.passing), tr("records with a variant, FILTER is PASS")),
        ]
        balance = table.records_loaded + table.records_reported == table.records_read
        words = (
            tr("Read = loaded + reported: nothing was dropped.")
            if balance
            else tr("Read and loaded + reported differ.")
        )
        return card(
            self._tiles(tiles),
            _told(
                badge(tr("Complete") if balance else tr("Incomplete"), "success" if balance else "danger"),
                label(words, "muted", wrap=True),
            ),
            *(label(note, wrap=True) for note in quality.notes),
            title=tr("The file"),
        )

    def _sample(self, sample: SampleQuality) -> QFrame:
        def figure(value: float | None, form: str) -> str:
            return "–" if value is None else written(value, form)

        tiles = [
            (tr("Variants"), written(sample.variants), ""),
            (
                tr("Ti/Tv"),
                figure(sample.transition_transversion, ".2f"),
                tr("exome about 3, genome about 2.1"),
            ),
            (tr("Het/hom"), figure(sample.het_hom, ".2f"), tr("usually 1.3 to 2.2")),
            (tr("Call rate"), figure(sample.call_rate, ".1%"), ""),
            (tr("Mean depth"), figure(sample.mean_depth, ".0f"), ""),
            (tr("Mean quality"), figure(sample.mean_genotype_quality, ".0f"), tr("genotype quality")),
        ]
        plots = columns(
            self._histogram(sample.depth_histogram, tr("Read depth"), tr("Histogram of read depth")),
            self._histogram(
                sample.quality_histogram, tr("Genotype quality"), tr("Histogram of genotype quality")
            ),
        )
        return card(
            self._tiles(tiles), plots, self._sex(sample), title=tr("Sample {name}", name=sample.sample)
        )

    def _histogram(self, bins: tuple[tuple[int, int], ...], axis: str, told: str) -> QWidget:
        if not bins:
            return label(tr("{field}: the file does not carry this field.", field=axis), "muted", wrap=True)
        return Histogram(self.desk.theme, bins, axis, told)

    def _sex(self, sample: SampleQuality) -> QWidget:
        stated, inferred = sample.stated_sex, sample.inferred_sex
        if Sex.UNKNOWN in (stated, inferred):
            mark = badge(tr("Sex not compared"))
        elif stated is inferred:
            mark = badge(tr("Sex agrees"), "success")
        else:
            mark = badge(tr("Sex differs"), "danger")
        share = (
            ""
            if sample.x_heterozygosity is None
            else tr(" ({value} of X genotypes heterozygous)", value=f"{sample.x_heterozygosity:.0%}")
        )
        words = (
            tr("Stated {stated}, inferred {inferred}", stated=term(stated), inferred=term(inferred)) + share
        )
        return _told(mark, label(words, "muted", wrap=True))

    def _family(self, quality: QualityResult) -> QFrame:
        rows: list[QWidget] = []
        for check in quality.mendelian:
            share = check.errors / check.sites if check.sites else 0.0
            words = tr(
                "{child}: {errors} Mendelian errors at {sites} sites ({share})",
                child=check.child,
                errors=f"{check.errors:,}",
                sites=f"{check.sites:,}",
                share=f"{share:.2%}",
            )
            tone = "success" if share < 0.02 else "danger"
            kind = badge(tr("As expected") if share < 0.02 else tr("Too many"), tone)
            rows.append(_told(kind, label(words, wrap=True)))
        for pair in quality.kinship:
            agrees = pair.stated == pair.inferred or not pair.stated
            words = tr(
                "{first} and {second}: kinship {value}, inferred {inferred}, stated {stated}",
                first=pair.first,
                second=pair.second,
                value=f"{pair.coefficient:.3f}",
                inferred=pair.inferred,
                stated=pair.stated or "–",
            )
            mark = badge(tr("Agrees") if agrees else tr("Differs"), "success" if agrees else "danger")
            bar = Bar(self.desk.theme, max(0.0, pair.coefficient) / 0.5, words)
            rows.append(box(column(_told(mark, label(words, wrap=True)), bar)))
        return card(*rows, title=tr("Family"))

    def _findings(self, findings: tuple[Finding, ...]) -> QFrame:
        rows = []
        for finding in findings[:100]:
            place = "" if finding.code == CODE else str(finding.where)
            inner = column(
                label(finding_words(finding), wrap=True),
                label(joined(" · ", (p for p in (place, finding.code) if p)), "caption", wrap=True),
                space="xs",
            )
            rows.append(_told(badge(severity_words(finding.severity), TONES[finding.severity]), box(inner)))
        if not rows:
            rows.append(label(tr("Nothing odd was found."), "muted"))
        return card(*rows, title=tr("Findings ({count})", count=len(findings)))


def _build_known(opened: OpenCase) -> bool:
    """By the file, or because a person stated it."""
    stated = getattr(opened.request, "build", None)
    return opened.table.build_guess.build is not None or stated is not None


def _file_words(opened: OpenCase) -> str:
    table, guess = opened.table, opened.table.build_guess
    name, records = opened.case.vcf_name, f"{table.records_read:,}"
    if guess.build is not table.build:
        return tr(
            "{name}: {records} records, taken as {build}. {reason}",
            name=name,
            records=records,
            build=table.build,
            reason=shown(guess.reason),
        )
    return tr(
        "{name}: {records} records, {build} ({confidence} sure: {reason})",
        name=name,
        records=records,
        build=table.build,
        confidence=f"{guess.confidence:.0%}",
        reason=shown(guess.reason),
    )


def _told(kind: QWidget, words: QWidget) -> QWidget:
    """A badge, and beside it what it is about."""
    line = row(kind, words, space="m")
    line.setStretch(1, 1)
    line.setAlignment(kind, Qt.AlignmentFlag.AlignTop)
    return box(line)


def _tile(name: str, value: str, hint: str) -> QWidget:
    figure = label(value, "title")
    figure.setAccessibleName(f"{name}: {value}")
    return box(
        column(label(name, "caption", wrap=True), figure, label(hint, "caption", wrap=True), None, space="xs")
    )
