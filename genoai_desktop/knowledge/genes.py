"""Genes: names, transcripts, proteins, domains, constraint, gene-disease facts and cytobands."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Final

import numpy as np
import polars as pl

from genoai_desktop.domain.genome import CHROMOSOMES, Build, Locus, chromosome_code, chromosome_name
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.transcripts import Models, build_models

TABLES: Final = (
    "genes",
    "transcripts",
    "transcript_models",
    "proteins",
    "protein_domains",
    "gene_constraint",
    "gene_variability",
    "gene2phenotype",
    "clingen_validity",
    "cytobands",
    "mitochondrial_genes",
)
_MT_LENGTH: Final = 16569
_KINDS_OF_NAMES: Final = ("symbol", "previous", "aliases", "identifier")
"""In the order in which a name is looked up."""
_IDENTIFIERS: Final = ("HGNC:", "ENSG")
Rows = dict[str, tuple[int, ...]]
"""What the last kind begins with: its index is the largest and is not made for a name that cannot be one."""


@dataclass(frozen=True, slots=True)
class Gene:
    """A gene as HGNC names it. ``hgnc``, ``entrez``, ``omim`` are numbers without prefix."""

    symbol: str
    name: str
    hgnc: int
    kind: str
    location: str
    aliases: tuple[str, ...]
    previous: tuple[str, ...]
    entrez: int | None
    ensembl: str
    omim: int | None
    uniprot: str


@dataclass(frozen=True, slots=True)
class Domain:
    """Part of a protein, residues 1-based inclusive."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """A MANE transcript on one build. Positions 1-based inclusive; exons in genomic order.

    ``cds`` spans the coding sequence with its stop codon, None for RNA genes. ``native`` is False for
    a model lifted to GRCh37 whose coding sequence equals none that was annotated there.
    ``protein`` is empty where no sequence of the right length is bundled.
    """

    name: str
    gene: str
    refseq: str
    refseq_protein: str
    plus_clinical: bool
    locus: Locus
    reverse: bool
    exons: tuple[tuple[int, int], ...]
    cds: tuple[int, int] | None
    native: bool
    protein: str
    domains: tuple[Domain, ...]


@dataclass(frozen=True, slots=True)
class Constraint:
    """gnomAD v2.1.1 constraint and Collins 2022 dosage sensitivity; None where not estimated."""

    pli: float | None = None
    loeuf: float | None = None
    mis_z: float | None = None
    oe_lof: float | None = None
    moeuf: float | None = None
    phaplo: float | None = None
    ptriplo: float | None = None


@dataclass(frozen=True, slots=True)
class Variability:
    """What varies in a gene among the 125,748 exomes of gnomAD v2.1.1.

    ``missense``: rare missense variants seen (each below 0.1 %); ``residues``: coding length;
    ``loss_frequency``: the highest allele frequency (0..1) of any predicted loss of function.
    """

    missense: int | None = None
    residues: int | None = None
    loss_frequency: float | None = None


@dataclass(frozen=True, slots=True)
class GeneDisease:
    """A Gene2Phenotype record: how a gene must be hit (``requirement``) and how it harms (``mechanism``)."""

    disease: str
    omim: int | None
    confidence: str
    requirement: str
    mechanism: str
    panel: str


@dataclass(frozen=True, slots=True)
class Validity:
    """A dated ClinGen gene-disease curation. ``date`` is ISO 8601."""

    disease: str
    mondo: str
    inheritance: str
    classification: str
    date: str


@dataclass(frozen=True, slots=True)
class Cytoband:
    """A band; ``name`` with its chromosome (``7q31.2``)."""

    locus: Locus
    name: str
    stain: str


class Genes:
    """Typed look-ups over the gene tables, and ``models`` for vectorised work."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._models: dict[Build, Models] = {}

    def find(self, name: str) -> Gene | None:
        """By approved symbol, else previous symbol, else alias (any case); also ``HGNC:n``, ``ENSG…``.

        An alias shared by several genes gives None: see ``candidates``.
        """
        found = self.candidates(name)
        return found[0] if len(found) == 1 else None

    def candidates(self, name: str) -> tuple[Gene, ...]:
        """Every gene that the best matching kind of name points at."""
        return tuple(self._gene(row) for row in self._named(name))

    def _named(self, name: str) -> tuple[int, ...]:
        """Rows of the genes that the best matching kind of name points at."""
        wanted = name.strip().upper()
        kinds = range(len(_KINDS_OF_NAMES) - (not wanted.startswith(_IDENTIFIERS)))
        return next((index[wanted] for index in map(self._index_of, kinds) if wanted in index), ())

    def symbol(self, name: str) -> str:
        """The approved symbol for a name, or the name itself when it is not known or ambiguous."""
        gene = self.find(name)
        return gene.symbol if gene else name

    def models(self, build: Build) -> Models:
        """All transcripts of a build in arrays."""
        if build not in self._models:
            number = 38 if build is Build.GRCH38 else 37
            self._models[build] = build_models(
                self._bundle.table("transcript_models").filter(pl.col("build") == number),
                self._bundle.table("transcripts"),
                self._bundle.table("proteins"),
                self._bundle.table("mitochondrial_genes"),
            )
        return self._models[build]

    def transcript(self, gene: str, build: Build) -> Transcript | None:
        """The MANE Select transcript of a symbol on a build; None when there is none (or not lifted)."""
        known = self.transcripts(gene, build)
        return min(known, key=lambda item: item.plus_clinical, default=None)

    def transcripts(self, gene: str, build: Build) -> tuple[Transcript, ...]:
        """MANE Select and Plus Clinical transcripts of a gene."""
        index = self._by_gene(build)
        rows = index.get(gene.upper()) or index.get(self.symbol(gene).upper(), ())
        return tuple(self._transcript(index, build) for index in rows)

    def at(self, chromosome: str, start: int, end: int, build: Build) -> tuple[str, ...]:
        """Symbols of genes whose MANE transcripts share a base with an inclusive interval, sorted."""
        models = self.models(build)
        arrays = (np.array([value], dtype=np.int64) for value in (chromosome_code(chromosome), start, end))
        _, members = models.overlaps(*arrays)
        return tuple(sorted({str(models.genes[int(index)]) for index in members}))

    def constraint(self, gene: str) -> Constraint | None:
        """Constraint and dosage sensitivity, None when neither is known."""
        row = self._constraint.get(self._number(gene))
        if row is None:
            return None
        return Constraint(**self._constraint_rows.row(row, named=True))

    def variability(self, gene: str) -> Variability:
        """What varies in the gene in the population; empty where gnomAD does not say."""
        return self._variability.get(self._number(gene), Variability())

    def diseases(self, gene: str) -> tuple[GeneDisease, ...]:
        """Gene2Phenotype records."""
        rows = self._rows("gene2phenotype", gene)
        return tuple(GeneDisease(**row) for row in rows)

    def validity(self, gene: str) -> tuple[Validity, ...]:
        """ClinGen curations (2023-10-18)."""
        rows = self._rows("clingen_validity", gene)
        return tuple(Validity(**(row | {"mondo": f"MONDO:{row['mondo']:07d}"})) for row in rows)

    def cytobands(self, build: Build) -> tuple[Cytoband, ...]:
        """All bands of a build in genome order."""
        number = 38 if build is Build.GRCH38 else 37
        rows = self._bundle.table("cytobands").filter(pl.col("build") == number).iter_rows(named=True)
        return tuple(_band(row, build) for row in rows)

    def chromosome_lengths(self, build: Build) -> dict[str, int]:
        """Length in bases by canonical name."""
        lengths = dict.fromkeys(CHROMOSOMES, _MT_LENGTH)
        for band in self.cytobands(build):
            lengths[band.locus.chromosome] = band.locus.end
        return lengths

    @cached_property
    def secondary_findings(self) -> tuple[str, ...]:
        """Genes of ACMG SF v3.3, sorted."""
        return tuple(sorted(self._bundle.table("secondary_finding_genes")["gene"].unique().to_list()))

    @cached_property
    def symbols(self) -> tuple[str, ...]:
        """Every approved symbol, sorted."""
        return tuple(self._bundle.table("genes")["symbol"].sort().to_list())

    def constraint_frame(self) -> pl.DataFrame:
        """``gene pli loeuf mis_z oe_lof moeuf phaplo ptriplo`` for joins by symbol."""
        names = self._bundle.table("genes").select("hgnc", pl.col("symbol").alias("gene"))
        return names.join(self._bundle.table("gene_constraint"), on="hgnc").drop("hgnc")

    def disease_frame(self) -> pl.DataFrame:
        """Gene2Phenotype with ``gene`` for joins by symbol."""
        names = self._bundle.table("genes").select("hgnc", pl.col("symbol").alias("gene"))
        return names.join(self._bundle.table("gene2phenotype"), on="hgnc").drop("hgnc")

    @cached_property
    def domain_frame(self) -> pl.DataFrame:
        """``transcript start end domain``: residues 1-based inclusive."""
        text = pl.col("transcript", "domain").cast(pl.String)
        return self._bundle.table("protein_domains").with_columns(text)

    @cached_property
    def refseq_names(self) -> dict[str, str]:
        """Ensembl transcript of a RefSeq one, both without version."""
        bare = pl.col("refseq", "transcript").str.split(".").list.first()
        return dict(self._bundle.table("transcripts").select(bare).iter_rows())

    def _index_of(self, kind: int) -> Rows:
        """Rows by one kind of name. Each is made when a name was not found in those before it."""
        if kind not in self._indexes:
            frame = self._bundle.table("genes").with_row_index("at")
            column = _KINDS_OF_NAMES[kind]
            if column == "identifier":
                both = pl.concat([pl.format("HGNC:{}", "hgnc"), pl.format("ENSG{}", _padded("ensembl"))])
                names = frame.select(both.alias("name"))["name"].to_list()
                pairs = zip(names, [*range(frame.height)] * 2, strict=True)
                self._indexes[kind] = _index(pairs)
            else:
                chosen = frame.select(pl.col(column).alias("name"), "at")
                chosen = chosen.explode("name") if chosen.schema["name"] == pl.List(pl.String) else chosen
                self._indexes[kind] = _index(chosen.drop_nulls().iter_rows())
        return self._indexes[kind]

    @cached_property
    def _indexes(self) -> dict[int, Rows]:
        return {}

    def approved(self, names: Iterable[str]) -> dict[str, str]:
        """The approved symbol of each name that is one, or was the symbol of one gene, in any case."""
        wanted = list({name.upper() for name in names})
        frame = self._bundle.table("genes").select("symbol", "previous")
        own = frame.select(pl.col("symbol").str.to_uppercase().alias("name"), "symbol")
        older = frame.explode("previous").drop_nulls()
        older = older.select(pl.col("previous").str.to_uppercase().alias("name"), "symbol")
        found: dict[str, str] = {}
        for part in (own, older):
            single = part.filter(pl.col("name").is_in(wanted)).unique("name", keep="none")
            found = dict(single.iter_rows()) | found
        return {name: found[name.upper()] for name in names if name.upper() in found}

    def _gene(self, row: int) -> Gene:
        value = self._bundle.table("genes").row(row, named=True)
        return Gene(
            symbol=value["symbol"],
            name=value["name"] or "",
            hgnc=value["hgnc"],
            kind=value["locus_group"],
            location=value["location"] or "",
            aliases=tuple(value["aliases"]),
            previous=tuple(value["previous"]),
            entrez=value["entrez"],
            ensembl=f"ENSG{value['ensembl']:011d}" if value["ensembl"] else "",
            omim=value["omim"],
            uniprot=value["uniprot"] or "",
        )

    def _number(self, gene: str) -> int:
        rows = self._named(gene)
        return self._numbers[rows[0]] if len(rows) == 1 else 0

    @cached_property
    def _numbers(self) -> list[int]:
        """HGNC's number of each row of the genes."""
        return self._bundle.table("genes")["hgnc"].to_list()

    @cached_property
    def _constraint_rows(self) -> pl.DataFrame:
        return self._bundle.table("gene_constraint").drop("hgnc")

    @cached_property
    def _constraint(self) -> dict[int, int]:
        """Row of ``gene_constraint`` by HGNC's number."""
        return _places(self._bundle.table("gene_constraint")["hgnc"])

    @cached_property
    def _variability(self) -> dict[int, Variability]:
        table = self._bundle.table("gene_variability")
        names = [field.name for field in fields(Variability)]
        rows = table.select(names).iter_rows()
        return {number: Variability(*row) for number, row in zip(table["hgnc"].to_list(), rows, strict=True)}

    def _rows(self, table: str, gene: str) -> list[dict[str, Any]]:
        return self._bundle.table(table).filter(pl.col("hgnc") == self._number(gene)).drop("hgnc").to_dicts()

    def _by_gene(self, build: Build) -> Rows:
        if build not in self._gene_rows:
            genes = self.models(build).genes.to_list()
            self._gene_rows[build] = _index((gene, row) for row, gene in enumerate(genes))
        return self._gene_rows[build]

    @cached_property
    def _gene_rows(self) -> dict[Build, Rows]:
        return {}

    @cached_property
    def _details(self) -> dict[str, int]:
        """Row of ``transcripts`` by transcript: a dictionary of each row would take 10 MB."""
        return _places(self._bundle.table("transcripts")["transcript"])

    def _transcript(self, index: int, build: Build) -> Transcript:
        models = self.models(build)
        name = str(models.names[index])
        place = self._details.get(name)
        detail = {} if place is None else self._bundle.table("transcripts").row(place, named=True)
        first, count = int(models.first_exon[index]), int(models.exon_count[index])
        span = slice(first, first + count)
        exons = zip(models.exon_start[span].tolist(), models.exon_end[span].tolist(), strict=True)
        locus = Locus(
            chromosome_name(int(models.chrom[index])), int(models.start[index]), int(models.end[index]), build
        )
        domains = self.domain_frame.filter(pl.col("transcript") == name).drop("transcript").iter_rows()
        return Transcript(
            name=name,
            gene=str(models.genes[index]),
            refseq=detail.get("refseq", name),
            refseq_protein=detail.get("refseq_protein", ""),
            plus_clinical=detail.get("clinical", False),
            locus=locus,
            reverse=bool(models.reverse[index]),
            exons=tuple(exons),
            cds=_cds(models, index),
            native=bool(models.native[index]),
            protein=_protein(models, index),
            domains=tuple(Domain(*row) for row in domains),
        )


def _padded(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.String).str.zfill(11)


def _places(names: pl.Series) -> dict[Any, int]:
    """The row of each value."""
    return {name: row for row, name in enumerate(names.to_list())}


def _index(pairs: Iterable[tuple[str | None, int]]) -> Rows:
    """Rows of each name in capitals. In tuples: most names have one row, and a list takes twice the room."""
    index: Rows = {}
    for name, row in pairs:
        if name:
            key = name.upper()
            index[key] = (*index.get(key, ()), row)
    return index


def _cds(models: Models, index: int) -> tuple[int, int] | None:
    size = int(models.cds_length[index])
    if not size:
        return None
    first = int(models.cds_offset[index])
    ends = models.genomic(index, first), models.genomic(index, first + size - 1)
    return min(ends), max(ends)


def _protein(models: Models, index: int) -> str:
    start = int(models.protein[index])
    size = int(models.cds_length[index]) // 3 - 1
    return models.residues[start : start + size].tobytes().decode() if start >= 0 else ""


def _band(row: dict[str, Any], build: Build) -> Cytoband:
    chromosome = chromosome_name(row["chrom"])
    locus = Locus(chromosome, row["start"], row["end"], build)
    return Cytoband(locus, f"{chromosome}{row['band']}", row["stain"])
