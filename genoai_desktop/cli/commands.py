"""The commands that concern one case or the bundle. Each returns whether Findings need reading."""

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict

from genoai_desktop import app
from genoai_desktop import knowledge as tables
from genoai_desktop.domain.case import Consent, Medicine, Scope, Sex
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.failed import FailedAnalysis
from genoai_desktop.domain.findings import Finding, Severity
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.text import tr

SCOPES = tuple(scope.value for scope in Scope)


def listed(text: str) -> tuple[str, ...]:
    """The items of a comma- or semicolon-separated option."""
    return tuple(part.strip() for part in text.replace(";", ",").split(",") if part.strip())


def needs_reading(findings: Iterable[Finding]) -> bool:
    """Whether any Finding is more than information."""
    return any(finding.severity is not Severity.INFO for finding in findings)


def demo(options: argparse.Namespace, context: Context) -> bool:
    """Analyse the demo family and write its result and PDFs."""
    from genoai_desktop.app.outputs import write_case

    opened = app.analyse(app.demo_request(), tables.Knowledge(), context)
    write_case(opened, options.out, context)
    _say_failed(opened.result.failed)
    return needs_reading(opened.result.findings)


def analyse_case(options: argparse.Namespace, context: Context) -> bool:
    """Analyse one case and write its result and PDFs."""
    from genoai_desktop.app.outputs import write_case
    from genoai_desktop.app.reference import prove_reference

    request = app.CaseRequest(
        vcf=options.vcf[0],
        more=tuple(options.vcf[1:]),
        sample=options.sample,
        ped=options.ped,
        observed=listed(options.hpo),
        excluded=listed(options.exclude),
        phenopacket=options.phenopacket,
        sex=Sex(options.sex) if options.sex else None,
        age=_age(options.age),
        reads=options.reads,
        callable_regions=options.callable,
        reference=options.reference,
        consent=_consent(options.consent),
        build=Build(options.build) if options.build else None,
        medicines=tuple(Medicine(name) for name in listed(options.medicines)),
        partner=options.partner,
        partner_sample=options.partner_sample,
        partner_sex=Sex(options.partner_sex) if options.partner_sex else None,
        partner_consent=_consent(options.partner_consent, "--partner-consent"),
    )
    _check_couple(request)
    knowledge = tables.Knowledge()
    if request.reference:
        prove_reference(request, knowledge, context)
    opened = app.analyse(request, knowledge, context)
    languages = {"language": options.language, "report_language": options.report_language}
    write_case(opened, options.out, context, **languages)
    _say_failed(opened.result.failed)
    count = sum(finding.severity is not Severity.INFO for finding in opened.result.findings)
    if count:
        context.report(tr("{count} findings to read in result.json", count=count), None)
    return count > 0


def _say_failed(failed: Iterable[FailedAnalysis]) -> None:
    """On standard error, quiet or not: a part that failed must not pass for one without findings."""
    for one in failed:
        sys.stderr.write(f"{one.words}\n")


def _age(age: float | None) -> float | None:
    if age is not None and not 0 <= age <= 120:
        raise UserError(tr("The age must lie between 0 and 120 years."), where="--age")
    return age


def _check_couple(request: "app.CaseRequest") -> None:
    """Couple mode without both consents would leave the partner's file unopened without a word."""
    if request.partner is None:
        return
    for where, consent in (("--consent", request.consent), ("--partner-consent", request.partner_consent)):
        if consent is None or not consent.allows(Scope.CARRIER):
            raise UserError(
                tr("Couple mode needs the consent of both partners to carrier findings."),
                where=where,
                remedy=tr("Name the scope “carrier” there, if that person has consented to it."),
            )


def _consent(text: str | None, where: str = "--consent") -> Consent | None:
    if text is None:
        return None
    try:
        return Consent(frozenset(Scope(scope) for scope in listed(text)))
    except ValueError:
        raise UserError(
            tr("A scope of consent is not known."),
            where=where,
            remedy=tr("Known scopes: {scopes}.", scopes=", ".join(SCOPES)),
        ) from None


def check_vcf(options: argparse.Namespace, context: Context) -> bool:
    """Print the Findings about one file; a refused file is one Finding more.

    Information counts here, other than in ``analyse``: to read the Findings is what this command is for.
    """
    from genoai_desktop.vcf import check

    report = check(options.file, context)
    if options.json:
        document = {
            "findings": [_flat(finding) for finding in report.findings],
            "records_read": report.records_read,
            "records_loaded": report.records_loaded,
            "records_reported": report.records_reported,
            "build": report.build,
            "samples": list(report.samples),
        }
        sys.stdout.write(json.dumps(document, indent=1, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("\t".join(("severity", "code", "file", "line", "field", "text")) + "\n")
        for finding in report.findings:
            sys.stdout.write("\t".join(str(value) for value in _flat(finding).values()) + "\n")
    return bool(report.findings)


def _flat(finding: Finding) -> dict[str, object]:
    where = asdict(finding.where)
    line = where["line"] if where["line"] is not None else ""
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "file": where["file"],
        "line": line,
        "field": where["field"],
        "text": finding.text,
    }


def pgx(options: argparse.Namespace, context: Context) -> bool:
    """Diplotypes of every sample of a file."""
    from genoai_desktop.app import pgx_commands

    return pgx_commands.run_pgx(
        options.vcf,
        options.out,
        tables.Knowledge(),
        context,
        outside=options.outside,
        drugs=listed(options.advise),
        regions=options.callable,
    )


def classify(options: argparse.Namespace, context: Context) -> bool:
    """ACMG/AMP classes of a table of variants."""
    from genoai_desktop.app import acmg_files

    return acmg_files.classify_file(options.variants, options.out, tables.Knowledge(), context)


def knowledge_list(_options: argparse.Namespace, _context: Context) -> bool:
    """Print every table of the bundle."""
    columns = ("name", "release", "rows", "licence", "source", "sha256")
    sys.stdout.write("\t".join(columns) + "\n")
    for info in tables.Knowledge().bundle.tables.values():
        sys.stdout.write("\t".join(str(getattr(info, column)) for column in columns) + "\n")
    return False


def knowledge_verify(_options: argparse.Namespace, _context: Context) -> bool:
    """Check every table; refuse, naming each damaged one."""
    bundle = tables.Knowledge().bundle
    problems = bundle.verify()
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    if problems:
        raise UserError(
            tr("{count} knowledge tables cannot be used.", count=len(problems)),
            remedy=tr("Install the program or the update pack again."),
        )
    sys.stdout.write(tr("{count} tables, all as their manifest says.", count=len(bundle.tables)) + "\n")
    return False
