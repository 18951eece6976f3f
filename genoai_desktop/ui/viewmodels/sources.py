"""What the program knows from where, in words: the tables of the knowledge, those of one kind together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.bundle import TableInfo


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of knowledge of one source. ``entries``: rows of all its tables."""

    name: str
    source: str
    release: str
    licence: str
    entries: int
    tables: tuple[str, ...]


def sources(tables: Iterable[TableInfo]) -> tuple[Source, ...]:
    """Tables with the same name, source, release and licence as one, in the order of their names."""
    found: dict[tuple[str, str, str, str], list[TableInfo]] = {}
    known = names()
    for info in tables:
        key = (human_name(info, known), info.source, info.release, info.licence)
        found.setdefault(key, []).append(info)
    made = (
        Source(*key, sum(info.rows for info in group), tuple(info.name for info in group))
        for key, group in found.items()
    )
    return tuple(sorted(made, key=lambda one: one.name.casefold()))


def names() -> dict[str, str]:
    """What each table holds that this program knows, in the language of the window, by the table's name."""
    return {**_variants(), **_genes(), **_people(), **_medicines(), **_phenotype()}


def human_name(info: TableInfo, known: Mapping[str, str]) -> str:
    """What a table holds; of a pack's own table, which this program does not know, its description."""
    return known.get(info.name) or info.description or info.name.replace("_", " ")


def _named(name: str, *tables: str) -> dict[str, str]:
    return dict.fromkeys(tables, name)


def _variants() -> dict[str, str]:
    return {
        **_named(tr("Rules of expert panels"), "acmg_hot_regions", "acmg_panels"),
        **_named(tr("Rules of classification"), "acmg_rules"),
        **_named(tr("Known pathogenic variants"), "clinvar"),
        **_named(tr("Classes of variants, older"), "clinvar_2016"),
        **_named(tr("Conservation of proteins"), "conservation", "conservation_profiles"),
        **_named(tr("Population frequencies"), "frequency_1000g"),
        **_named(tr("Common variants"), "frequency_common", "frequency_exac"),
        **_named(tr("Changes of related genes"), "paralog_labels"),
        **_named(tr("Changes of amino acids"), "protein_labels", "uniprot_variants"),
        **_named(tr("Splice sites"), "splice_positions"),
        **_named(tr("Repeat expansions"), "repeats"),
    }


def _genes() -> dict[str, str]:
    return {
        **_named(tr("Chromosome bands"), "cytobands"),
        **_named(tr("From one build to the other"), "liftover_37_38", "liftover_38_37"),
        **_named(tr("Names of genes"), "genes"),
        **_named(tr("Mitochondrial genes"), "mitochondrial_genes"),
        **_named(tr("Transcripts"), "transcripts", "transcript_models"),
        **_named(tr("Proteins"), "proteins"),
        **_named(tr("Protein domains"), "protein_domains"),
        **_named(tr("Constraint and dosage of genes"), "gene_constraint"),
        **_named(tr("Variability of genes"), "gene_variability"),
        **_named(tr("Inheritance by gene"), "gene_inheritance"),
        **_named(tr("Mechanisms of disease"), "gene2phenotype"),
        **_named(tr("Validity of genes for diseases"), "clingen_validity"),
        **_named(tr("Genes of secondary findings"), "secondary_finding_genes"),
    }


def _people() -> dict[str, str]:
    ancestry = ("ancestry_genotypes", "ancestry_loadings", "ancestry_people", "ancestry_sites")
    return {
        **_named(tr("Ancestry"), *ancestry),
        **_named(tr("Polygenic scores"), "polygenic_scores", "polygenic_weights"),
        **_named(tr("Risk models"), "risk_models"),
        **_named(tr("Screening options"), "screening_options"),
    }


def _medicines() -> dict[str, str]:
    return {
        **_named(tr("Cautions on medicines"), "pgx_cautions"),
        **_named(tr("Copies of CYP2D6"), "pgx_copy_number"),
        **_named(tr("Named alleles of pharmacogenes"), "pgx_definitions"),
        **_named(tr("Function of pharmacogenes"), "pgx_phenotypes"),
        **_named(tr("Dose equations"), "pgx_dosing"),
        **_named(tr("Guidelines on medicines"), "pgx_guidelines", "pgx_published"),
        **_named(tr("Genes with medicines"), "pgx_pairs"),
        **_named(tr("HLA by tag variants"), "pgx_hla_tags"),
        **_named(tr("Interactions of medicines"), "pgx_interactions"),
        **_named(tr("Names of medicines"), "pgx_medicine_names"),
        **_named(tr("Review of medicines"), "pgx_review"),
    }


def _phenotype() -> dict[str, str]:
    diseases = ("diseases", "disease_genes", "disease_references", "disease_terms", "hpo_ancestors")
    derived = ("phenotype_carried", "phenotype_counts", "phenotype_direct")
    profiles = ("published_profiles", "profile_clusters", "profile_terms")
    return {
        **_named(tr("Diseases, their genes and features"), *diseases, *derived),
        **_named(tr("Terms of signs and symptoms"), "hpo_terms", "hpo_synonyms"),
        **_named(tr("Published cases"), *profiles),
        **_named(tr("Names in other languages"), "name_translations"),
        **_named(tr("Capitals in names of diseases"), "condition_case"),
        **_named(tr("Weights of the ranking"), "rare_ranking_weights"),
    }
