"""Results from another laboratory (typed HLA, CYP2D6 copy number): they lead over the file's own.

File: tab-separated, ``gene diplotype phenotype activity_score``, and where a header line names the columns
also ``sample copies source``; without a header the first four columns in that order (PharmCAT's form).
Lines that start with ``#`` are comments.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from genoai_desktop.analysis.pharmacogenomics.copy_calls import copies_phenotype
from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.outside import OutsideCall
from genoai_desktop.domain.pgx import CallStatus, CopyNumber, GeneCall
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.pgx import UNKNOWN, PgxDefinitions, Phenotype

HLA = ("HLA-A", "HLA-B")
MOST_COPIES = 13
"""The most copies of CYP2D6 that were ever described."""
_COLUMNS = ("gene", "diplotype", "phenotype", "activity_score", "sample")
_SEVERAL = re.compile(r"(.+?)x(?:≥)?(\d+)$")
_HLA_NAME = re.compile(r"\*\d{2,3}(:\d{2,3}[A-Z]?){1,3}$")


def outside_genes(definitions: PgxDefinitions) -> tuple[str, ...]:
    """Genes for which a result from elsewhere can be stated."""
    return tuple(sorted({*definitions.genes, *HLA}))


def read_outside(path: Path, definitions: PgxDefinitions) -> tuple[OutsideCall, ...]:
    """Read a file of outside calls.

    Raises:
        UserError: the file cannot be read, a gene is not known, or a line gives no result.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            tr("The file of outside calls cannot be read."), where=file_where(path),
            remedy=tr("Give a tab-separated text file."), code="pgx.outside",
        ) from error  # fmt: skip
    columns: Sequence[str] = _COLUMNS
    found = []
    for number, line in enumerate(lines, start=1):
        fields = [field.strip() for field in line.split("\t")]
        if not line.strip() or line.startswith("#"):
            continue
        if "gene" in (lowered := [field.lower() for field in fields]):
            columns = lowered
            continue
        row = dict(zip(columns, fields, strict=False))
        gene, diplotype, phenotype, score, sample = (row.get(name, "") for name in _COLUMNS)
        copies = _count(row.get("copies", ""), path, number)
        call = OutsideCall(gene, diplotype, phenotype, score, sample, copies, row.get("source", ""))
        _known(call, definitions, path, number)
        found.append(call)
    return tuple(found)


def _count(text: str, path: Path, number: int) -> int | None:
    if text and not (text.isdigit() and int(text) <= MOST_COPIES):
        raise UserError(
            tr("The copies must be a whole number from 0 to {most}.", most=MOST_COPIES),
            where=file_where(path, number, "copies"), remedy=tr("Correct it, or leave it empty."),
            code="pgx.outside",
        )  # fmt: skip
    return int(text) if text else None


def _known(call: OutsideCall, definitions: PgxDefinitions, path: Path, number: int) -> None:
    if call.gene not in outside_genes(definitions):
        raise UserError(
            tr("The gene “{gene}” is not one that this program knows.", gene=call.gene),
            where=file_where(path, number, "gene"), remedy=tr("Use the gene's HGNC symbol."),
            code="pgx.outside",
        )  # fmt: skip
    if not (call.diplotype or call.phenotype or call.copies is not None):
        raise UserError(
            tr("Neither a diplotype nor a phenotype is given."), where=file_where(path, number, "diplotype"),
            remedy=tr("Fill in one of the two, or remove the line."), code="pgx.outside",
        )  # fmt: skip


def check_stated(call: OutsideCall, definitions: PgxDefinitions) -> OutsideCall:
    """What a person typed, tidied, once every name in it is one that the tables know.

    Raises:
        UserError: ``where`` is the field of ``OutsideCall`` that cannot be used.
    """
    names = [name.strip() for name in call.diplotype.split("/")] if call.diplotype.strip() else []
    if call.gene in HLA:
        names = [f"*{name.removeprefix(call.gene).lstrip('*')}" for name in names]
        if bad := [name for name in names if not _HLA_NAME.match(name)]:
            raise _refused("diplotype", tr("“{name}” is not an HLA allele name.", name=bad[0]),
                           tr("Write two fields at least, such as *57:01/*08:01."))  # fmt: skip
    elif call.gene in definitions.genes:
        known = set(definitions.genes[call.gene].alleles)
        if bad := [name for name in names if name not in known and _one(name)[0] not in known]:
            raise _refused("diplotype", tr("{gene} has no allele “{name}” in the bundled definitions.",
                                           gene=call.gene, name=bad[0]),
                           tr("Correct it, or leave it empty and choose the phenotype."))  # fmt: skip
    else:
        raise _refused("gene", tr("The gene is not one that this program knows."), tr("Choose one."))
    if len(names) > 2:
        raise _refused("diplotype", tr("A diplotype has at most two alleles."), tr("Write it as *1/*2."))
    if not (names or call.phenotype or call.copies is not None):
        raise _refused(
            "diplotype", tr("Nothing is stated yet."), tr("Give a diplotype, phenotype or copies.")
        )
    if call.copies is not None:
        _check_copies(call, names, definitions)
    return replace(call, diplotype="/".join(names), source=call.source.strip())


def _check_copies(call: OutsideCall, names: Sequence[str], definitions: PgxDefinitions) -> None:
    if call.gene not in definitions.genes or not definitions.genes[call.gene].deletion:
        raise _refused("copies", tr("Copies of {gene} change nothing here.", gene=call.gene),
                       tr("Leave the copies empty."))  # fmt: skip
    if not 0 <= (call.copies or 0) <= MOST_COPIES:
        raise _refused("copies", tr("The copies must lie between 0 and {most}.", most=MOST_COPIES),
                       tr("Check the entry."))  # fmt: skip
    if names or call.phenotype:
        raise _refused("copies", tr("Copies are stated beside a diplotype or phenotype."),
                       tr("Write them into the diplotype, such as *1x2/*4, not here."))  # fmt: skip


def _refused(field: str, what: str, remedy: str) -> UserError:
    return UserError(what, where=field, remedy=remedy, code="pgx.stated")


def stated_copies(
    outside: Sequence[OutsideCall],
    names: Sequence[str],
    samples: Sequence[int],
    copies: Mapping[int, Sequence[CopyNumber]],
    definitions: PgxDefinitions,
) -> dict[int, tuple[CopyNumber, ...]]:
    """Copies by index of the sample: those a laboratory states in place of those by read depth."""
    found = {}
    for index in samples:
        own = {one.gene: one for one in copies.get(index, ())}
        for call in outside:
            counted = call.copies is not None and not (call.diplotype or call.phenotype)
            if counted and call.gene in definitions.genes and call.sample in ("", names[index]):
                method = call.source or tr("given from outside")
                own[call.gene] = CopyNumber(call.gene, call.copies, method=method)
        found[index] = tuple(own.values())
    return found


def apply_outside(
    calls: Sequence[GeneCall], outside: Sequence[OutsideCall], sample: str, definitions: PgxDefinitions
) -> tuple[GeneCall, ...]:
    """The calls with outside results in place of the file's own, sorted by gene."""
    merged: dict[str, GeneCall] = {call.gene: call for call in calls}
    for call in outside:
        if call.sample in ("", sample) and (call.diplotype or call.phenotype):
            merged[call.gene] = _result(call, merged, definitions)
    return tuple(merged[gene] for gene in sorted(merged))


def _result(call: OutsideCall, own: Mapping[str, GeneCall], definitions: PgxDefinitions) -> GeneCall:
    phenotype, activity = call.phenotype, call.activity_score
    if call.gene in HLA and not phenotype:
        phenotype = _hla_phenotype(call)
    elif not phenotype:
        result = _phenotype(call, definitions)
        phenotype, activity = result.name, activity or result.activity
    notes = [tr("Given from outside; it leads over what this file shows.")]
    if call.source:
        notes = [tr("Given from outside ({source}); it leads over what this file shows.", source=call.source)]
    mine = own.get(call.gene)
    if mine and mine.diplotype and call.diplotype and mine.diplotype != call.diplotype:
        notes.append(tr("This file by itself shows {diplotype}.", diplotype=mine.diplotype))
    tested = mine.positions_tested if mine else 0
    return GeneCall(
        call.gene, call.diplotype, (), phenotype, activity, CallStatus.CALLED, tested, (), tuple(notes)
    )


def _phenotype(call: OutsideCall, definitions: PgxDefinitions) -> Phenotype:
    """By CPIC's table; alleles in several copies that it lacks by their summed activity."""
    first, _, second = call.diplotype.partition("/")
    known = definitions.phenotype(call.gene, first, second or None)
    parts = [_one(name) for name in (first, second) if name]
    if known != UNKNOWN or not any(count > 1 for _, count in parts):
        return known
    dosage: dict[str, int] = {}
    for name, count in parts:
        dosage[name] = dosage.get(name, 0) + count
    return copies_phenotype(call.gene, dosage, definitions)


def _one(name: str) -> tuple[str, int]:
    """``*2x3`` as its allele and count."""
    found = _SEVERAL.match(name)
    return (found[1], int(found[2])) if found else (name, 1)


def _hla_phenotype(call: OutsideCall) -> str:
    alleles = {"*" + ":".join(name.lstrip("*").split(":")[:2]) for name in call.diplotype.split("/")}
    asked = ("*31:01",) if call.gene == "HLA-A" else ("*15:02", "*15:11", "*57:01", "*58:01")
    return "; ".join(f"{name} {'positive' if name in alleles else 'negative'}" for name in asked)
