"""Readers of the raw files that build_phenotypes.py joins: HPO, HPOA, Orphanet, MONDO, G2P, UniProt."""

import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

csv.field_size_limit(10_000_000)

SYNONYM = re.compile(r'^synonym: "(?P<text>.*)" (?P<scope>EXACT|BROAD|NARROW|RELATED) ?(?P<kind>[\w:]*) ?\[')
INHERITANCE = {
    6: "AD", 7: "AR", 1417: "XL", 1419: "XR", 1423: "XD", 1427: "MT", 1450: "YL", 12275: "AD",
    12274: "AD", 34344: "AD", 1470: "AD", 10984: "DIGENIC", 10983: "OLIGOGENIC", 10982: "POLYGENIC",
    1426: "MULTIFACTORIAL", 3743: "ANTICIPATION", 1428: "SOMATIC", 3745: "SPORADIC", 12270: "AR",
}  # fmt: skip
ORPHANET_INHERITANCE = {
    "Autosomal dominant": "AD",
    "Autosomal recessive": "AR",
    "X-linked recessive": "XR",
    "X-linked dominant": "XD",
    "Mitochondrial inheritance": "MT",
    "Y-linked": "YL",
    "Oligogenic": "OLIGOGENIC",
    "Multigenic/multifactorial": "MULTIFACTORIAL",
}
G2P_INHERITANCE = {
    "biallelic": "AR",
    "monoallelic": "AD",
    "hemizygous": "XR",
    "x-linked dominant": "XD",
    "mitochondrial": "MT",
    "imprinted": "AD",
    "mosaic": "SOMATIC",
}
CLASSES = {
    "HP:0040280": 1, "HP:0040281": 2, "HP:0040282": 3, "HP:0040283": 4, "HP:0040284": 5, "HP:0040285": 6,
    "Obligate (100%)": 1, "Very frequent (99-80%)": 2, "Frequent (79-30%)": 3, "Occasional (29-5%)": 4,
    "Very rare (<4-1%)": 5, "Excluded (0%)": 6,
}  # fmt: skip


def number(hpo: str) -> int:
    """HP:0001250 -> 1250."""
    return int(hpo.removeprefix("HP:"))


def rows(path: Path, delimiter: str = "\t") -> Iterator[dict[str, str]]:
    """Rows of a gzipped table with a header; comment lines before it are skipped."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as handle:
        lines = (line for line in handle if not line.startswith("#"))
        quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
        for row in csv.DictReader(lines, delimiter=delimiter, quoting=quoting):
            yield {key: value or "" for key, value in row.items() if key is not None}


def terms(source: Path) -> tuple[dict[int, dict[str, object]], list[tuple[int, str, int]]]:
    """HPO terms by number (name, parents, alternatives) and synonyms (number, text, kind).

    The newer term list (2025-11) wins over the older ontology, which alone carries the synonyms.
    Kind: 0 exact, 1 layperson, 2 any other.
    """
    known: dict[int, dict[str, object]] = {}
    synonyms: list[tuple[int, str, int]] = []
    moved: dict[int, int] = {}
    text = gzip.decompress((source / "hpo" / "hp.obo.gz").read_bytes()).decode()
    for stanza in text.split("\n[Term]\n")[1:]:
        _stanza(stanza.split("\n[Typedef]")[0], known, synonyms, moved)
    for row in rows(source / "hpo" / "hpo3_2025-11-24" / "terms.tsv.gz"):
        one = number(row["id"])
        if row["obsolete"] == "True":
            known.pop(one, None)
            if row["replaced_by"]:
                moved[one] = number(row["replaced_by"])
            continue
        parents = sorted(number(p) for p in row["parents"].split(",") if p)
        known[one] = {"name": row["name"], "parents": parents}
    for old, new in moved.items():
        while new in moved and new not in known:
            new = moved[new]
        if old not in known and new in known:
            known[new].setdefault("alt", []).append(old)  # type: ignore[attr-defined]
    for term in known.values():
        term["parents"] = [p for p in term["parents"] if p in known]  # type: ignore[attr-defined]
    return known, [row for row in synonyms if row[0] in known]


def _stanza(
    stanza: str,
    known: dict[int, dict[str, object]],
    synonyms: list[tuple[int, str, int]],
    moved: dict[int, int],
) -> None:
    fields: dict[str, list[str]] = defaultdict(list)
    for line in stanza.splitlines():
        key, _, value = line.partition(": ")
        fields[key].append(value)
        match = SYNONYM.match(line)
        if match and "obsolete" not in match["kind"] and "allelic" not in match["kind"]:
            kind = 1 if match["kind"] == "layperson" else 0 if match["scope"] == "EXACT" else 2
            synonyms.append((number(fields["id"][0]), match["text"].replace('\\"', '"'), kind))
    one = number(fields["id"][0])
    for other in fields["alt_id"]:
        moved[number(other)] = one
    if fields["is_obsolete"]:
        for other in fields["replaced_by"]:
            moved[one] = number(other)
        return
    known[one] = {
        "name": fields["name"][0],
        "parents": sorted(number(value.split()[0]) for value in fields["is_a"]),
    }


def mondo(source: Path) -> tuple[dict[str, str], dict[str, str]]:
    """OMIM/ORPHA identifier to MONDO (exact matches alone), and MONDO labels."""
    found: dict[str, str] = {}
    labels: dict[str, str] = {}
    for row in rows(source / "mondo" / "mondo.sssom.tsv.gz"):
        prefix, _, value = row["object_id"].partition(":")
        if row["predicate_id"] == "skos:exactMatch" and prefix in ("OMIM", "Orphanet"):
            found[("ORPHA:" if prefix == "Orphanet" else "OMIM:") + value] = row["subject_id"]
            labels[row["subject_id"]] = row["subject_label"]
    return found, labels


def disease_causing_variants(source: Path) -> tuple[dict[str, int], dict[str, int]]:
    """How many variants ClinVar (two stars and more) calls pathogenic or likely so, by gene and by MONDO."""
    by_gene: dict[str, int] = defaultdict(int)
    by_mondo: dict[str, int] = defaultdict(int)
    for row in rows(source / "clinvar" / "clinvar_20241215_PLP_2star_plus.tsv.gz"):
        for gene in set(re.split(r"[|;,]", row["gene"])):
            by_gene[gene] += 1
        for mondo_id in set(re.split(r"[|;,]", row["mondo"])):
            by_mondo[mondo_id] += 1
    return by_gene, by_mondo


def uniprot(source: Path) -> tuple[dict[str, dict[str, str]], list[tuple[str, str]]]:
    """UniProt diseases by OMIM identifier, and (OMIM identifier, gene) pairs from its variants."""
    folder = source / "uniprot_variants"
    diseases: dict[str, dict[str, str]] = {}
    by_entry: dict[str, str] = {}
    for record in _records(folder / "protein_diseases.xml.gz"):
        match = re.search(r"MIM:(\d+)", record.get("mim_reference", "") + " " + record.get("xrefs", ""))
        if match:
            by_entry[record["name"]] = f"OMIM:{match[1]}"
            diseases[f"OMIM:{match[1]}"] = record
    gene_of = {}
    for record in _records(folder / "gene_variants.xml.gz"):
        gene = re.search(r"'=', '([^']+)'", record.get("gene", ""))
        if gene:
            gene_of[record["variant"]] = gene[1]
    pairs = set()
    for record in _records(folder / "variant_phenotypes.xml.gz"):
        gene_name, omim = gene_of.get(record["variant"]), by_entry.get(record["phenotype"])
        if gene_name and omim:
            pairs.add((omim, gene_name))
    return diseases, sorted(pairs)


def _records(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rb") as handle:
        for _, element in ElementTree.iterparse(handle):
            if element.tag == "record":
                yield {
                    str(f.get("name")): f.get("ref") or f.get("search") or f.text or ""
                    for f in element.iter("field")
                }
                element.clear()


def current_symbols(source: Path) -> dict[str, str]:
    """Approved, previous and (where not ambiguous) alias symbols to the approved HGNC symbol."""
    approved: dict[str, str] = {}
    others: dict[str, set[str]] = defaultdict(set)
    for row in rows(source / "genes" / "hgnc_complete_set.txt.gz"):
        approved[row["symbol"]] = row["symbol"]
        for field in ("prev_symbol", "alias_symbol"):
            for name in row.get(field, "").strip('"').split("|"):
                others[name].add(row["symbol"])
    single = {name: next(iter(found)) for name, found in others.items() if len(found) == 1}
    return {**single, **approved}
