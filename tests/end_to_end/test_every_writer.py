"""Every function that writes a file or the clipboard is known, and how consent holds for what it writes.

A new one fails here until it has its line: a way of ``test_consent_everywhere``, or why it needs none.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from test_consent_everywhere import WAYS

PROGRAM = Path(__file__).resolve().parents[2] / "genoai_desktop"
CALLS = {
    "write_bytes", "write_atomic", "write_table", "write_text", "write_together", "replace_file",
    "write_csv", "write_parquet", "write_ipc", "setImage", "setMimeData", "setPixmap",
}  # fmt: skip
"""Names of what puts bytes somewhere; ``open`` counts with a mode that writes, ``setText`` on a clipboard."""

ENCRYPTED = "encrypted, or checksums and keys of what is"
NO_CASE = "reads files of its own, no case and no consent is there"
KNOWLEDGE = "of the program's data, no patient's"
SHOWN = "what a page shows: test_consent_pages reads the same"
TOOL = "called by the others here"
SIGNED = "bytes of a document that was made by a way and signed; not given out once declined"

WRITERS = {
    "app/acmg_files.py classify_file": NO_CASE,
    "app/acmg_files.py evaluate_acmg": NO_CASE,
    "app/ancestry_files.py write_ancestry": NO_CASE,
    "app/canrisk.py write_canrisk": "pedigree canrisk",
    "app/casebook/backup.py _pack": ENCRYPTED,
    "app/casebook/backup.py _unpack": ENCRYPTED,
    "app/casebook/ledger.py export_ledger": "store",
    "app/casebook/papers.py export_attachment": SIGNED,
    "app/casebook/papers.py export_audit": "store",
    "app/casebook/witness.py _write": ENCRYPTED,
    "app/documents.py save": "document clinician",
    "app/evaluate_rare.py evaluate_rare": NO_CASE,
    "app/outputs.py write_case": "command line",
    "app/outputs.py write_together": TOOL,
    "app/pedigrees/exchange.py _drawn": "pedigree svg",
    "app/pedigrees/exchange.py write": "pedigree svg",
    "app/pedigrees/exchange.py write_view": "pedigree pdf",
    "app/pedigrees/gedcom_writer.py write_gedcom": "pedigree gedcom",
    "app/pedigrees/packets.py write_family_packet": "pedigree phenopackets",
    "app/pedigrees/ped.py write_ped": "pedigree ped",
    "app/pedigrees/questionnaire.py write_questionnaire": "pedigree questionnaire",
    "app/pgx_commands.py compare_with_truth": NO_CASE,
    "app/pgx_commands.py predict_warfarin": NO_CASE,
    "app/pgx_files.py write_rows": NO_CASE,
    "app/phenopackets.py write_phenopacket": "document phenopacket",
    "app/rare_score.py print_agreement": NO_CASE,
    "app/risk_evaluation.py evaluate": NO_CASE,
    "app/risk_files.py _apply": NO_CASE,
    "app/risk_files.py risk_pedigree": NO_CASE,
    "app/risk_files.py risk_prs": NO_CASE,
    "app/screening.py _put": KNOWLEDGE,
    "app/tables.py _tsv_bytes": TOOL,
    "app/tables.py table_bytes": TOOL,
    "app/tables.py write_bytes": TOOL,
    "app/tables.py write_table": TOOL,
    "analysis/annotation/fasta_index.py make_index": KNOWLEDGE,
    "cases/durable.py replace_file": TOOL,
    "cases/keyfile.py write": ENCRYPTED,
    "cli/files.py standard_input_as_file": TOOL,
    "domain/crash_dumps.py forbid_crash_dumps": TOOL,
    "domain/durable.py _put": TOOL,
    "knowledge/installed.py _copy": KNOWLEDGE,
    "knowledge/installed.py _use": KNOWLEDGE,
    "knowledge/installed.py trust": KNOWLEDGE,
    "report/atomic.py write_atomic": TOOL,
    "report/card.py write_alert_list": "report.write_alert_list",
    "report/card.py write_pgx_card": "report.write_pgx_card",
    "report/cascade.py write_cascade_csv": "report.write_cascade_csv",
    "report/clinician.py write_clinician_pdf": "report.write_clinician_pdf",
    "report/document.py write_json": "report.write_json",
    "report/fhir.py write_fhir": "report.write_fhir",
    "report/pedigree/pdf.py write_pdf": "pedigree pdf",
    "report/pedigree/pdf.py write_png": "pedigree png",
    "report/pedigree/svg.py write_svg": "pedigree svg",
    "report/schema.py main": KNOWLEDGE,
    "report/signing/final.py write_signed": SIGNED,
    "report/tables.py write_variants_csv": "report.write_variants_csv",
    "ui/pages/locus.py copy": SHOWN,
    "ui/traces.py conceal": TOOL,
    "ui/widgets/table_tools.py _copy": SHOWN,
    "ui/widgets/table_tools.py copy": SHOWN,
    "ui/widgets/table_tools.py copying": SHOWN,
}
REASONS = {ENCRYPTED, NO_CASE, KNOWLEDGE, SHOWN, TOOL, SIGNED}


def writes(call: ast.Call) -> bool:
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if name == "setText":
        return "clipboard" in ast.unparse(function).lower()
    if name == "open":
        given = [one.value for one in call.args if isinstance(one, ast.Constant)]
        return any(
            isinstance(one, str) and set(one) <= set("rwxabt+") and set(one) & set("wxa+") for one in given
        )
    return name in CALLS and not (
        name in ("setImage", "setPixmap") and "clipboard" not in ast.unparse(function)
    )


def writers() -> Iterator[str]:
    for path in sorted(PROGRAM.rglob("*.py")):
        for part in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(part, ast.FunctionDef):
                continue
            if any(isinstance(one, ast.Call) and writes(one) for one in ast.walk(part)):
                yield f"{path.relative_to(PROGRAM).as_posix()} {part.name}"


def test_every_writer_of_the_program_is_in_the_consent_matrix() -> None:
    assert set(writers()) == set(WRITERS)


def test_every_way_that_is_named_is_tried_with_each_scope_declined() -> None:
    assert {way for way in WRITERS.values() if way not in REASONS} <= set(WAYS)
