"""Genes, MANE transcripts on both builds, proteins, domains, constraint, gene-disease facts, cytobands."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gene_models
import gene_sources as sources
import polars as pl
from common import Origin, write_table
from sites import opened

MT_REVERSE = {"MT-TQ", "MT-TA", "MT-TN", "MT-TC", "MT-TY", "MT-TS1", "MT-ND6", "MT-TE", "MT-TP"}
"""Genes on the light strand of NC_012920.1 (MITOMAP)."""
G2P = {"DDG2P": "DD", "EyeG2P": "Eye", "SkinG2P": "Skin", "CancerG2P": "Cancer"}
CARDIAC = "CardiacG2P_curated_20210723"


def _origin(source: str, release: str, licence: str, description: str) -> Origin:
    return Origin(source, release, licence, "build_genes", "1", description)


def build(source: Path, out: Path) -> None:
    """Write every table of the ``Genes`` reader."""
    folder = source / "genes"
    genes = _genes(folder)
    hgnc_of = _symbol_index(genes)
    write_table(
        "genes",
        genes,
        _origin("HGNC", "2025", "CC0", "Approved genes with aliases, previous symbols and identifiers"),
        out,
    )
    transcripts, models = gene_models.transcripts(folder, genes, hgnc_of, opened(source, out))
    _write_transcripts(transcripts, models, out)
    _write_proteins(folder, transcripts, out)
    _write_domains(folder, transcripts, genes, out)
    _write_measures(folder, hgnc_of, out)
    _write_diseases(source, hgnc_of, out)
    _write_bands(folder, out)


def _genes(folder: Path) -> pl.DataFrame:
    raw = sources.text_table(folder / "hgnc_complete_set.txt.gz").filter(pl.col("status") == "Approved")
    return raw.select(
        pl.col("hgnc_id").str.strip_prefix("HGNC:").cast(pl.UInt32).alias("hgnc"),
        "symbol",
        # Pseudogenes are found by symbol, but nobody reads their long names here.
        pl.when(pl.col("locus_group") != "pseudogene")
        .then(pl.col("name").str.strip_chars('"'))
        .alias("name"),
        pl.col("locus_group").cast(pl.Categorical),
        pl.col("location"),
        sources.listed("alias_symbol").alias("aliases"),
        sources.listed("prev_symbol").alias("previous"),
        pl.col("entrez_id").cast(pl.UInt32, strict=False).alias("entrez"),
        pl.col("ensembl_gene_id").str.slice(4).cast(pl.UInt32, strict=False).alias("ensembl"),
        sources.listed("omim_id").list.first().cast(pl.UInt32, strict=False).alias("omim"),
        sources.listed("uniprot_ids").list.first().alias("uniprot"),
    ).sort("hgnc")


def _symbol_index(genes: pl.DataFrame) -> dict[str, int]:
    index: dict[str, int] = {}
    for column in ("previous", "symbol"):
        frame = genes.select("hgnc", column)
        frame = frame.explode(column).drop_nulls() if column == "previous" else frame
        index |= dict(zip(frame[column].to_list(), frame["hgnc"].to_list(), strict=True))
    return index


def _write_transcripts(transcripts: pl.DataFrame, models: pl.DataFrame, out: Path) -> None:
    mane = _origin(
        "MANE (NCBI, EMBL-EBI)",
        "v1.5",
        "public",
        "MANE Select and Plus Clinical transcripts, primary chromosomes; RNA genes of one exon",
    )
    write_table("transcripts", transcripts, mane, out)
    sizes = [pl.col(name).cast(pl.List(pl.Int32)) for name in ("exons", "introns")]
    plain = [pl.col(name).cast(pl.Int32) for name in ("start", "cds_start", "cds_size")]
    small = [pl.col(name).cast(pl.UInt8) for name in ("build", "chrom")]
    text = "Exons and CDS; GRCh37 lifted (native: CDS equals one annotated there; exact: its length is kept)"
    text += "; genes that MANE places on patches with GENCODE's models of the chromosome"
    origin = _origin("MANE (NCBI, EMBL-EBI); lifted with UCSC hg38ToHg19", "v1.5", "public", text)
    write_table("transcript_models", models.with_columns(*sizes, *plain, *small), origin, out)


def _write_proteins(folder: Path, transcripts: pl.DataFrame, out: Path) -> None:
    proteins = sources.text_table(folder / "mane_protein.tsv.gz").select(
        pl.col("ensembl_transcript").alias("transcript"), pl.col("protein_sequence").alias("sequence")
    )
    kept = proteins.join(transcripts.select("transcript"), on="transcript", how="semi").sort("transcript")
    text = "Sequences of MANE proteins: reviewed UniProt entries of the same gene and length"
    write_table("proteins", kept, _origin("UniProt reviewed", "2025-10-20", "CC BY 4.0", text), out)


def _write_domains(folder: Path, transcripts: pl.DataFrame, genes: pl.DataFrame, out: Path) -> None:
    found, names = sources.domains(folder / "ideogram_protein_domains.tsv.gz")
    # The source is older than HGNC's release: some genes are there by their previous symbol.
    for symbol, previous in genes.select("symbol", "previous").iter_rows():
        if symbol not in found and (older := next((name for name in previous if name in found), None)):
            found[symbol] = found[older]
    lengths = dict(
        sources.text_table(folder / "mane_protein.tsv.gz")
        .with_columns(pl.col("aa_length").cast(pl.Int32))
        .select("ensembl_transcript", "aa_length")
        .iter_rows()
    )
    rows = []
    for transcript, gene, clinical in transcripts.select("transcript", "gene", "clinical").iter_rows():
        spans = [] if clinical else found.get(gene, [])
        length = lengths.get(transcript, 0)
        # The source names its transcripts otherwise; a domain beyond the end shows that it is another one.
        if spans and max(end for _, end, _ in spans) <= length:
            rows += [(transcript, start, end, _domain_name(key, names)) for start, end, key in spans]
    frame = pl.DataFrame(rows, schema=["transcript", "start", "end", "domain"], orient="row").with_columns(
        pl.col("start", "end").cast(pl.UInt16), pl.col("domain", "transcript").cast(pl.Categorical)
    )
    text = "InterPro and Pfam domains, signal peptides and transmembrane helices, by residue"
    origin = _origin("InterPro, Pfam, UniProt (Ensembl 110 by Ideogram)", "110", "CC0", text)
    write_table(
        "protein_domains", frame.sort(pl.col("transcript").cast(pl.String), "start", "end"), origin, out
    )


def _domain_name(key: str, names: dict[str, str]) -> str:
    if key in sources.KEPT_MARKS:
        return sources.KEPT_MARKS[key]
    accession = key if key.startswith("PF") else f"IPR{int(key):06d}"
    return f"{names[key]} ({accession})" if key in names else accession


def _write_measures(folder: Path, hgnc_of: dict[str, int], out: Path) -> None:
    def by_gene(frame: pl.DataFrame) -> pl.DataFrame:
        index = pl.DataFrame({"gene": list(hgnc_of), "hgnc": list(hgnc_of.values())}).with_columns(
            pl.col("hgnc").cast(pl.UInt32)
        )
        return frame.join(index, on="gene").drop("gene").unique("hgnc", keep="first", maintain_order=True)

    gnomad = sources.text_table(folder / "gnomad.v2.1.1.lof_metrics.by_gene.txt.gz").select(
        "gene",
        sources.number("pLI", "pli"),
        sources.number("oe_lof_upper", "loeuf"),
        sources.number("mis_z", "mis_z"),
        sources.number("oe_lof", "oe_lof"),
        sources.number("oe_mis_upper", "moeuf"),
    )
    dosage = sources.text_table(folder / "phaplo_ptriplo.tsv.gz").select(
        pl.col("Gene").str.strip_chars('"').alias("gene"),
        sources.number("pHaplo", "phaplo"),
        sources.number("pTriplo", "ptriplo"),
    )
    frame = by_gene(gnomad).join(by_gene(dosage), on="hgnc", how="full", coalesce=True).sort("hgnc")
    text = "Constraint (pLI, LOEUF, missense z and its upper bound) and dosage sensitivity (pHaplo, pTriplo)"
    origin = _origin("gnomAD v2.1.1; Collins 2022 (PMID 35917817)", "2.1.1; 2022", "CC0; CC BY 4.0", text)
    write_table("gene_constraint", frame, origin, out)
    _write_variability(by_gene, folder, out)


def _write_variability(by_gene: Callable[[pl.DataFrame], pl.DataFrame], folder: Path, out: Path) -> None:
    """How much of each gene varies among 125,748 people: what chance puts into it."""
    seen = sources.text_table(folder / "gnomad.v2.1.1.lof_metrics.by_gene.txt.gz").select(
        "gene",
        sources.number("obs_mis", "missense"),
        (sources.number("cds_length", "residues") / 3).alias("residues"),
        sources.number("max_af", "loss_frequency", 4),
    )
    whole = pl.col("missense", "residues").round().cast(pl.UInt16)
    frame = by_gene(seen.with_columns(whole)).sort("hgnc")
    text = (
        "Rare missense variants (below 0.1 %) seen in 125,748 exomes, coding length in residues, and the "
        "highest allele frequency of any predicted loss of function"
    )
    write_table("gene_variability", frame, _origin("gnomAD v2.1.1", "2.1.1", "CC0", text), out)


def _write_diseases(source: Path, hgnc_of: dict[str, int], out: Path) -> None:
    folder = source / "genes" / "g2p"
    rows: list[dict[str, Any]] = []
    for file, panel in (*G2P.items(), (CARDIAC, "Cardiac")):
        rows += [_g2p(row, panel) for row in sources.csv_rows(folder / f"{file}.csv.gz")]
    known = set(hgnc_of.values())
    g2p = pl.DataFrame([row for row in rows if row["hgnc"] in known]).with_columns(
        pl.col("hgnc", "omim").cast(pl.UInt32),
        pl.col("confidence", "requirement", "mechanism", "panel").cast(pl.Categorical),
    )
    order = [
        pl.col("hgnc"),
        pl.col("panel").cast(pl.String),
        pl.col("disease"),
        pl.col("mechanism").cast(pl.String),
    ]
    origin = _origin(
        "Gene2Phenotype", "2024 (cardiac 2021-07-23)", "EBI terms, free", "Requirement and mechanism"
    )
    write_table(
        "gene2phenotype",
        g2p.unique().sort(*order, "omim", pl.col("requirement").cast(pl.String)),
        origin,
        out,
    )
    raw = sources.csv_rows(source / "clingen" / "gene_disease_validity_2023-10-18.csv.gz", skip=4)
    validity = pl.DataFrame(
        [_validity(row) for row in raw if row["GENE ID (HGNC)"].startswith("HGNC:")]
    ).sort("hgnc", "disease", "inheritance", "date")
    clingen = Origin(
        "ClinGen gene-disease validity",
        "2023-10-18",
        "CC0",
        "build_genes",
        "1",
        "Curations with date",
        dated=True,
    )
    write_table("clingen_validity", validity.with_columns(pl.col("hgnc").cast(pl.UInt32)), clingen, out)


def _g2p(row: dict[str, str], panel: str) -> dict[str, Any]:
    mim = row["disease mim"].strip()
    disease = " ".join(row["disease name"].replace("_", " ").split())
    return {
        "hgnc": int(row["hgnc id"] or 0),
        "disease": disease.capitalize() if disease.isupper() else disease,
        "omim": int(mim) if mim.isdigit() else None,
        "confidence": row["DDD category"].strip(),
        "requirement": row["allelic requirement"].strip(),
        "mechanism": row["mutation consequence"].strip(),
        "panel": panel,
    }


def _validity(row: dict[str, str]) -> dict[str, Any]:
    return {
        "hgnc": int(row["GENE ID (HGNC)"].removeprefix("HGNC:")),
        "disease": row["DISEASE LABEL"],
        "mondo": int(re.sub(r"\D", "", row["DISEASE ID (MONDO)"]) or 0),
        "inheritance": row["MOI"],
        "classification": row["CLASSIFICATION"],
        "date": row["CLASSIFICATION DATE"][:10],
    }


def _write_bands(folder: Path, out: Path) -> None:
    frames = []
    for number, file in ((37, "hg19"), (38, "hg38")):
        bands = sources.text_table(folder / f"{file}.cytoband.tsv")
        codes = pl.Series([sources.canonical(name) for name in bands["chrom"]], dtype=pl.UInt8)
        frames.append(
            bands.select(
                pl.lit(number, dtype=pl.UInt8).alias("build"),
                codes.alias("chrom"),
                (pl.col("start").cast(pl.UInt32) + 1).alias("start"),
                pl.col("end").cast(pl.UInt32),
                "band",
                pl.col("stain").cast(pl.Categorical),
            ).filter(pl.col("chrom") > 0)
        )
    origin = _origin("UCSC cytoBand", "hg19, hg38", "free for all use", "Cytobands, 1-based inclusive")
    write_table("cytobands", pl.concat(frames).sort("build", "chrom", "start"), origin, out)
    _write_mitochondrial(folder, out)


def _write_mitochondrial(folder: Path, out: Path) -> None:
    rows = []
    for chrom, start, length, _, gene in sources.gene_places(folder / "ideogram_genes.tsv.gz"):
        if chrom == "MT":
            coding = not gene.startswith(("MT-T", "MT-R"))
            # The source gives end minus start.
            rows.append((gene, int(start), int(start) + int(length), gene in MT_REVERSE, coding))
    schema = {
        "gene": pl.String,
        "start": pl.UInt32,
        "end": pl.UInt32,
        "reverse": pl.Boolean,
        "coding": pl.Boolean,
    }
    frame = pl.DataFrame(rows, schema=schema, orient="row").sort("start")
    origin = _origin("Ensembl 110 (NC_012920.1)", "110", "free", "Mitochondrial genes, 1-based inclusive")
    write_table("mitochondrial_genes", frame, origin, out)
