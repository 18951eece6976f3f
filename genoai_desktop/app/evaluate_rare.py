"""``evaluate rare``: rank published cases; the answer columns are never read."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from genoai_desktop.analysis.annotation.annotated import annotate
from genoai_desktop.analysis.rare_disease import rank
from genoai_desktop.analysis.rare_disease.phenotype_score import UNANNOTATED, Floats, PhenotypeScorer
from genoai_desktop.analysis.rare_disease.scorers import gene_scores, scorer, scorer_without
from genoai_desktop.app.persons import choose_family, with_proband
from genoai_desktop.app.request import CaseRequest
from genoai_desktop.app.tables import read_table, write_table
from genoai_desktop.domain.case import Case, ObservedTerm, Sex
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.vcf import load, read_ped

SEXES = {"MALE": Sex.MALE, "FEMALE": Sex.FEMALE}
Row = tuple[str, str, int, str, str, float, float]
ROWS_AT_ONCE = 20_000
"""Rows kept as Python objects; more are packed away, for a million of them would take half a gigabyte."""
SCHEMA = {
    "id": pl.String,
    "level": pl.String,
    "rank": pl.Int32,
    "candidate": pl.String,
    "label": pl.String,
    "score": pl.Float64,
    "seconds": pl.Float64,
}


def evaluate_rare(
    cases: Path,
    out: Path,
    knowledge: Knowledge,
    context: Context,
    leave_out_publication: bool = False,
    top: int = 100,
) -> None:
    """Write the first ``top`` diseases and genes of every case, best first.

    Reads ``id obs exc`` (HPO identifiers joined by ``;``), with ``leave_out_publication`` also ``pmid``.
    A disease is named by its OMIM identifier where it has one, else ORPHA. ``seconds`` is the time the
    ranking took, without the preparation that all cases of one publication share. A case without a usable
    term is ranked by the prior (and what is excluded) alone. A case with a ``vcf``
    (and ``sample``, ``ped``, ``sex``) is ranked with its variants; its ``seconds`` include loading.

    Raises:
        UserError: the table cannot be read or lacks a column.
        Cancelled: the person stopped the job.
    """
    needs = ("id", "obs", "exc", "pmid") if leave_out_publication else ("id", "obs", "exc")
    frame = read_table(cases, needs)
    ranks: list[Row] = []
    frames = [pl.DataFrame(schema=SCHEMA)]
    scorer(knowledge).score(["HP:0001250"], [])
    rows = enumerate(frame.iter_rows(named=True), start=2)
    for line, case in context.track(rows, tr("Ranking cases"), frame.height):
        if case.get("vcf"):
            try:
                ranks += _rank_with_variants(
                    case, knowledge, context, top, cases.parent, leave_out_publication
                )
            except UserError as error:
                where = f"{file_where(cases, line, 'vcf')}: {error.where}"
                raise UserError(error.what, where=where, remedy=error.remedy, code=error.code) from error
        else:
            ranks += _rank_case(case, knowledge, leave_out_publication, top)
        if len(ranks) > ROWS_AT_ONCE:
            frames.append(pl.DataFrame(ranks, schema=SCHEMA, orient="row"))
            ranks.clear()
    frames.append(pl.DataFrame(ranks, schema=SCHEMA, orient="row"))
    write_table(pl.concat(frames), out)


def _rank_with_variants(
    row: Mapping[str, Any], knowledge: Knowledge, context: Context, top: int, folder: Path, leave_out: bool
) -> list[Row]:
    """Phenotype and the variants of the VCF that the case names.

    Genes whose variants fit come first, then genes by the phenotype alone: none is lost.
    """
    ped = _beside(folder, row["ped"]) if row.get("ped") else None
    request = CaseRequest(
        _beside(folder, row["vcf"]),
        sample=row.get("sample") or None,
        ped=ped,
        observed=tuple(_terms(row["obs"])),
        excluded=tuple(_terms(row["exc"])),
        sex=SEXES.get((row.get("sex") or "").upper()),
    )
    opened_at = time.perf_counter()
    table = load(request.vcf, context, samples=[request.sample] if request.sample and not ped else None)
    proband, persons = choose_family(table.samples, read_ped(ped) if ped else (), request.sample)
    terms = tuple(ObservedTerm(t) for t in request.observed)
    terms += tuple(ObservedTerm(t, excluded=True) for t in request.excluded)
    family = with_proband(persons, proband, request.sex, None)
    case = Case(row["id"], proband, family, table.build, terms)
    publication = (row.get("pmid") or "").replace("_", ":") if leave_out else ""
    annotated = annotate(table, knowledge, context)
    found = rank(case, annotated, knowledge, context, shown=top, publication_left_out=publication).candidates
    seconds = round(time.perf_counter() - opened_at, 5)
    genes: dict[str, float] = {}
    for candidate in found:
        if candidate.variants:
            genes.setdefault(candidate.gene, candidate.score)
    others = _rank_case(row, knowledge, leave_out, top)
    lowest = min(genes.values(), default=float("inf"))
    for _, level, _, gene, _, score, _ in others:
        if level == "gene" and len(genes) < top:
            genes.setdefault(gene, min(score, lowest))
    return [
        *(
            (row["id"], "disease", c.rank, c.disease_id, c.disease_name, round(c.score, 4), seconds)
            for c in found
        ),
        *(
            (row["id"], "gene", place, gene, gene, round(score, 4), seconds)
            for place, (gene, score) in enumerate(genes.items(), start=1)
        ),
    ]


def _beside(folder: Path, name: str) -> Path:
    """A relative path lies beside the table, else in the current folder."""
    path = folder / name
    return path if path.exists() or not Path(name).exists() else Path(name)


def _rank_case(case: Mapping[str, Any], knowledge: Knowledge, leave_out: bool, top: int) -> list[Row]:
    publication = (case.get("pmid") or "").replace("_", ":")
    chosen = scorer_without(knowledge, publication) if leave_out else scorer(knowledge)
    began = time.perf_counter()
    scores = chosen.score(_terms(case["obs"]), _terms(case["exc"]))
    genes = gene_scores(chosen.phenotypes, scores.total)
    diseases_first, genes_first = _first(scores.total, top), _first(genes, top)
    seconds = round(time.perf_counter() - began, 5)
    return [
        *_disease_rows(case["id"], chosen, scores.total, diseases_first, seconds),
        *_gene_rows(case["id"], chosen, genes, genes_first, seconds),
    ]


def _first(totals: Floats, top: int) -> list[int]:
    """Indices of the highest totals; equal ones keep their order in the tables."""
    order = np.argsort(-totals, kind="stable")[:top]
    return [int(i) for i in order if totals[i] > UNANNOTATED]


def _disease_rows(
    case: str, chosen: PhenotypeScorer, totals: Floats, order: list[int], seconds: float
) -> list[Row]:
    table = chosen.phenotypes.disease_table
    ids, names = table["id"], table["name"]
    return [
        (case, "disease", rank, ids[i], names[i], round(float(totals[i]), 4), seconds)
        for rank, i in enumerate(order, start=1)
    ]


def _gene_rows(
    case: str, chosen: PhenotypeScorer, totals: Floats, order: list[int], seconds: float
) -> list[Row]:
    genes = chosen.phenotypes.genes
    return [
        (case, "gene", rank, genes[i], genes[i], round(float(totals[i]), 4), seconds)
        for rank, i in enumerate(order, start=1)
    ]


def _terms(text: str | None) -> list[str]:
    return [term.strip() for term in (text or "").split(";") if term.strip()]
