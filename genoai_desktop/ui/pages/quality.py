"""Quality: whether the file and its samples can be trusted, as figures and plots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from genoai_desktop.domain.case import Sex
from genoai_desktop.domain.findings import Finding, Severity
from genoai_desktop.domain.numbers import written
from genoai_desktop.domain.quality import QualityResult, SampleQuality
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.widgets.basics import badge, box, card, column, label, row
from genoai_desktop.ui.widgets.columns import columns
from genoai_desktop.ui.widgets.coverage import coverage_rows
from genoai_desktop.ui.widgets.figures import Bar, Histogram
from genoai_desktop.ui.widgets.terms import term

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase

_SEVERITY = {Severity.INFO: "accent", Severity.WARNING: "warning", Severity.ERROR: "danger"}


class QualityPage(Page):
    """Records, samples, family, coverage and everything odd that was found."""

    id = "quality"
    icon = "quality"

    def name(self) -> str:
        """The title."""
        return tr("Quality")

    def fill(self, opened: OpenCase) -> None:
        """Plots and figures of the file."""
        table = opened.table
        guess = table.build_guess
        self.subtitle.setText(
            tr(
                "{name}: {records} records, {build} ({confidence} sure: {reason})",
                name=opened.case.vcf_name,
                records=f"{table.records_read:,}",
                build=table.build,
                confidence=f"{guess.confidence:.0%}",
                reason=guess.reason,
            )
        )
        quality = opened.result.quality
        if quality is None:
            self.show_empty(tr("No quality figures"), tr("They could not be measured for this file."))
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

    def _tiles(self, tiles: list[tuple[str, str, str]]) -> QWidget:
        return columns(*(_tile(*tile) for tile in tiles))

    def _records(self, opened: OpenCase, quality: QualityResult) -> QFrame:
        table = opened.table
        share = quality.passing / quality.records if quality.records else 0.0
        tiles = [
            (tr("Records read"), written(table.records_read), tr("every line of the file")),
            (tr("Loaded"), written(table.records_loaded), tr("in the variant table")),
            (tr("Reported"), written(table.records_reported), tr("set aside, each with a reason")),
            (tr("Passed filters"), written(share, ".1%"), tr("FILTER is PASS")),
        ]
        balance = table.records_loaded + table.records_reported == table.records_read
        words = (
            tr("Read = loaded + reported: nothing was dropped.")
            if balance
            else tr("Read and loaded + reported differ.")
        )
        return card(
            self._tiles(tiles),
            row(
                badge(tr("Complete") if balance else tr("Incomplete"), "success" if balance else "danger"),
                label(words, "muted"),
                None,
            ),
            title=tr("The file"),
        )

    def _sample(self, sample: SampleQuality) -> QFrame:
        def figure(value: float | None, form: str) -> str:
            return "–" if value is None else format(value, form)

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
            Histogram(
                self.desk.theme, sample.depth_histogram, tr("Read depth"), tr("Histogram of read depth")
            ),
            Histogram(
                self.desk.theme,
                sample.quality_histogram,
                tr("Genotype quality"),
                tr("Histogram of genotype quality"),
            ),
        )
        return card(
            self._tiles(tiles), plots, self._sex(sample), title=tr("Sample {name}", name=sample.sample)
        )

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
        line = row(mark, label(words, "muted", wrap=True))
        line.setStretch(1, 1)
        return box(line)

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
            rows.append(
                box(
                    row(
                        badge(tr("As expected") if share < 0.02 else tr("Too many"), tone),
                        label(words, wrap=True),
                        space="m",
                    )
                )
            )
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
            rows.append(box(column(row(mark, label(words, wrap=True), space="m"), bar)))
        return card(*rows, title=tr("Family"))

    def _findings(self, findings: tuple[Finding, ...]) -> QFrame:
        rows = []
        for finding in findings[:100]:
            place = str(finding.where)
            words = finding.text + (
                tr(" ({count} records)", count=f"{finding.count:,}") if finding.count > 1 else ""
            )
            inner = column(
                label(words, wrap=True),
                label(joined(" · ", (p for p in (place, finding.code) if p)), "caption", wrap=True),
                space="xs",
            )
            entry = row(badge(finding.severity.value, _SEVERITY[finding.severity]), inner, space="m")
            entry.setStretch(1, 1)
            rows.append(box(entry))
        if not rows:
            rows.append(label(tr("Nothing odd was found."), "muted"))
        return card(*rows, title=tr("Findings ({count})", count=len(findings)))


def _tile(name: str, value: str, hint: str) -> QWidget:
    figure = label(value, "title")
    figure.setAccessibleName(f"{name}: {value}")
    return box(
        column(label(name, "caption", wrap=True), figure, label(hint, "caption", wrap=True), None, space="xs")
    )
