"""The use cases that the window calls, in one place that tests can replace. No Qt."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genoai_desktop.domain.case import Case
from genoai_desktop.domain.context import Context, shares
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.letters import NO_CLINIC, Clinic, Document, DocumentKind
from genoai_desktop.domain.outside import OutsideCall
from genoai_desktop.domain.rare import RareDiseaseResult
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.ui.ledger_services import LedgerServices

if TYPE_CHECKING:
    from genoai_desktop.analysis.rare_disease.free_text import Recognised
    from genoai_desktop.analysis.rare_disease.suggestions import Suggestion
    from genoai_desktop.app import CaseRequest, OpenCase
    from genoai_desktop.app.casebook import Casebook, StoredCase
    from genoai_desktop.app.documents import Offer
    from genoai_desktop.app.letters import Gate
    from genoai_desktop.app.medicines import OutsideOptions, WhatIf
    from genoai_desktop.app.phenopackets import Packet
    from genoai_desktop.app.phenotype import Qualifiers, TermDetails
    from genoai_desktop.app.reference import ReferenceGenome
    from genoai_desktop.app.signing import Signed, Signing, Standing
    from genoai_desktop.domain.pgx import GeneCall
    from genoai_desktop.domain.profiles import ProfileResult
    from genoai_desktop.knowledge import Knowledge
    from genoai_desktop.report.edits import Wording
    from genoai_desktop.report.signing import Verification


class Services(LedgerServices):
    """Everything slow; each method's last argument is the job's context."""

    def __init__(self, knowledge: "Callable[[], Knowledge] | None" = None) -> None:
        self._make = knowledge or _bundled
        self._knowledge: Knowledge | None = None

    @property
    def knowledge(self) -> "Knowledge":
        """Opened at the first use."""
        if self._knowledge is None:
            self._knowledge = self._make()
        return self._knowledge

    def drop_knowledge(self) -> None:
        """Open the tables anew at their next use: packs were put in or taken out."""
        self._knowledge = None

    def analyse(self, request: "CaseRequest", context: Context) -> "OpenCase":
        """Load, annotate and analyse a case; a reference genome is proved to fit first."""
        from genoai_desktop import app
        from genoai_desktop.app.reference import prove_reference

        proving, analysing = shares(context, 20 if request.reference else 0, 80)
        prove_reference(request, self.knowledge, proving)
        opened = app.analyse(request, self.knowledge, analysing, earlier=self.earlier())
        return self.with_ledger(opened)

    def reanalyse(self, opened: "OpenCase", case: Case, context: Context) -> "OpenCase":
        """Analyse again after phenotype, consent or medicines changed."""
        from genoai_desktop import app

        if self.outdated(opened):
            return self.from_files(opened, case, context)
        return self.with_ledger(app.reanalyse(opened, case, self.knowledge, context))

    def narrowed(self, opened: "OpenCase", case: Case, context: Context) -> "OpenCase":
        """What consent still allows of an analysed case, at once."""
        from genoai_desktop.app.consent import narrowed

        context.report("", None)
        known = self.knowledge
        return narrowed(opened, case, known.genes.secondary_findings, known.dominant_genes)

    def open_stored(self, stored: "StoredCase", context: Context) -> "OpenCase":
        """A case of the store, analysed again from its files as it was edited."""
        from genoai_desktop.app.casebook.reopen import reopen

        return self.with_ledger(reopen(stored, self.knowledge, context, self.earlier(stored.uid)))

    def demo_request(self) -> "CaseRequest":
        """The bundled synthetic case."""
        from genoai_desktop import app

        return app.demo_request()

    def samples(self, vcf: Path, context: Context) -> tuple[str, ...]:
        """Sample names of a VCF, from its header."""
        from genoai_desktop.app.reference import header_samples

        return header_samples(vcf, context)

    def header_build(self, vcf: Path, context: Context) -> Build | None:
        """The build a VCF's header tells, None when it leaves that open."""
        from genoai_desktop.app.reference import header_build

        return header_build(vcf, context)

    def set_up_reference(self, fasta: Path, context: Context) -> "ReferenceGenome":
        """Check and index a reference genome, and find out which build it is."""
        from genoai_desktop.app.reference import set_up_reference

        return set_up_reference(fasta, self.knowledge, context)

    def find_terms(self, text: str, context: Context) -> list[tuple[str, str]]:
        """HPO terms for what was typed: (identifier, label), best first."""
        context.check()
        return [_pair(hit) for hit in self.knowledge.phenotypes.search(text)]

    def term_label(self, term: str) -> str:
        """The label of an HPO term, the identifier when it is not known."""
        try:
            return str(self.knowledge.phenotypes.label(term))
        except (KeyError, AttributeError):
            return term

    def term_details(self, term: str, context: Context) -> "TermDetails | None":
        """An HPO term with the words for it and its neighbours."""
        from genoai_desktop.app import phenotype

        return phenotype.term_details(term, self.knowledge, context)

    def qualifiers(self, context: Context) -> "Qualifiers":
        """HPO's terms of onset and severity."""
        from genoai_desktop.app import phenotype

        return phenotype.qualifiers(self.knowledge, context)

    def recognised(self, text: str, context: Context) -> "tuple[Recognised, ...]":
        """The terms that a letter names."""
        from genoai_desktop.app import phenotype

        return phenotype.recognised(text, self.knowledge, context)

    def suggestions(self, opened: "OpenCase", context: Context) -> "tuple[Suggestion, ...]":
        """Terms to ask about next."""
        from genoai_desktop.app import phenotype

        return phenotype.suggestions(opened, self.knowledge, context)

    def ranked_by(self, opened: "OpenCase", evidence: str, context: Context) -> RareDiseaseResult | None:
        """The candidates by ``both`` kinds of evidence, by ``phenotype`` or by ``variants`` alone."""
        from genoai_desktop.app.ranking_view import Evidence, ranked_by

        return ranked_by(opened, Evidence(evidence), self.knowledge, context)

    def read_phenopacket(self, path: Path, context: Context) -> "Packet":
        """A phenopacket's phenotype."""
        from genoai_desktop.app import phenotype

        return phenotype.imported(path, self.knowledge, context)

    def write_phenopacket(self, case: Case, path: Path, context: Context) -> Path:
        """The proband's phenotype as a phenopacket."""
        from genoai_desktop.app import phenotype

        return phenotype.exported(case, path, self.knowledge, context)

    def medicine_names(self, context: Context) -> tuple[str, ...]:
        """Every medicine that the tables know."""
        context.check()
        return tuple(self.knowledge.pgx.drug_names)

    def try_medicine(self, opened: "OpenCase", text: str, context: Context) -> "WhatIf":
        """What a new prescription would mean, without adding it."""
        from genoai_desktop.app import medicines

        pgx = opened.result.pgx
        if pgx is None:
            return medicines.WhatIf(text)
        return medicines.try_medicine(pgx, opened.case, text, self.knowledge, context)

    def outside_options(self, context: Context) -> "OutsideOptions":
        """What results of another laboratory can be about."""
        from genoai_desktop.app import medicines

        return medicines.outside_options(self.knowledge, context)

    def stated_result(self, call: OutsideCall, context: Context) -> "tuple[OutsideCall, GeneCall]":
        """A result from another laboratory, checked, and what it stands for."""
        from genoai_desktop.app import medicines

        return medicines.stated_result(call, self.knowledge, context)

    def read_stated(self, path: Path, sample: str, context: Context) -> tuple[OutsideCall, ...]:
        """The proband's results in a file from another laboratory."""
        from genoai_desktop.app import medicines

        return medicines.read_stated(path, sample, self.knowledge, context)

    def save_medicines(self, result: CaseResult, path: Path, document: Document, context: Context) -> Path:
        """Write the wallet card or the alert list."""
        from genoai_desktop.app import documents

        return documents.save(result, path, document, NO_CLINIC, self.knowledge, context)

    def print_medicines(self, result: CaseResult, document: Document, context: Context) -> bytes:
        """The bytes of ``save_medicines``, to be printed; never on the disk."""
        from genoai_desktop.app import documents

        return documents.make(result, document, context=context)

    def similar_cases(
        self, result: CaseResult, book: "Casebook | None", uid: str, context: Context
    ) -> "ProfileResult | None":
        """Published cases, and the store's that consented to research, most alike first."""
        from genoai_desktop.app.similar import similar

        return similar(result, self.knowledge, context, book=book, uid=uid)

    def screening_rows(self, context: Context) -> "tuple[tuple[str, ...], ...]":
        """The screening options in force, as rows to edit."""
        from genoai_desktop.app.screening import rows

        return rows(self.knowledge, context)

    def keep_screening(self, rows: "tuple[tuple[str, ...], ...]", context: Context) -> int:
        """Put edited screening options into force; how many rows are the clinic's own."""
        from genoai_desktop.app.screening import keep

        return keep(rows, self.knowledge, context, self.casebook())

    def write_couple_letter(self, result: CaseResult, path: Path, context: Context) -> Path:
        """The letter to the couple, a draft until signed."""
        from genoai_desktop.app import documents

        document = Document(DocumentKind.COUPLE)
        return documents.save(result, path, document, NO_CLINIC, self.knowledge, context)

    def offers(self, result: CaseResult, context: Context) -> "tuple[Offer, ...]":
        """Every document that the result and its consent allow."""
        from genoai_desktop.app import documents

        context.report("", None)
        return documents.offers(result)

    def save_report(
        self, result: CaseResult, path: Path, document: Document, clinic: Clinic, context: Context
    ) -> Path:
        """Write a document as it is now; a PDF as the draft that it is."""
        from genoai_desktop.app import documents

        return documents.save(result, path, document, clinic, self.knowledge, context)

    def preview_report(
        self, result: CaseResult, document: Document, clinic: Clinic, context: Context
    ) -> bytes:
        """The PDF as bytes, made in memory: a preview never touches the disk."""
        from genoai_desktop.app import documents

        return documents.make(result, document, clinic, context=context)

    def standing(
        self, result: CaseResult, document: Document, clinic: Clinic, context: Context
    ) -> "Standing":
        """What is signed of a document."""
        from genoai_desktop.app import signing

        context.check()
        return signing.standing(result, document, clinic)

    def gate(self, result: CaseResult, document: Document, clinic: Clinic, context: Context) -> "Gate":
        """What stands between a document and a signature."""
        from genoai_desktop.app import letters

        context.check()
        return letters.gate(result, document, clinic)

    def wording(
        self, result: CaseResult, document: Document, clinic: Clinic, language: str, context: Context
    ) -> "Wording":
        """The sections of a letter, named in this language."""
        from genoai_desktop.app import letters

        context.check()
        return letters.wording(result, document, clinic, language)

    def sign_report(
        self,
        result: CaseResult,
        document: Document,
        clinic: Clinic,
        signing: "Signing",
        earlier: bytes | None,
        context: Context,
    ) -> "Signed":
        """A final PDF with its record, in the name of who unlocked the store."""
        from genoai_desktop.app.signing import sign

        book = self.casebook()
        if book is not None:
            book.require_signer(signing.role)
        signed = sign(result, document, clinic, signing, earlier, context)
        return signed if book is None else replace(signed, record=book.vouched(signed.record))

    def write_signed(self, data: bytes, path: Path, _document: Document, context: Context) -> Path:
        """Write a final PDF; never over another signed one."""
        from genoai_desktop.report.signing import write_signed

        context.check()
        write_signed(data, path)
        return path

    def verify_pdf(self, path: Path, context: Context) -> "Verification":
        """Is a signed file what was signed, and by whom?"""
        from genoai_desktop.report.signing import verify

        context.check()
        return verify(path)


def _bundled() -> "Knowledge":
    """The bundled tables. Imported here: their libraries cost the window a second of its start."""
    from genoai_desktop.knowledge import Knowledge

    return Knowledge()


def _pair(hit: Any) -> tuple[str, str]:
    if isinstance(hit, tuple):
        return str(hit[0]), str(hit[1])
    return str(hit.id), str(getattr(hit, "label", None) or getattr(hit, "name", ""))
