# ruff: noqa: E501 - data
"""A rich synthetic result, built by hand from domain objects; no real person."""

from dataclasses import replace

from genoai_desktop.domain.case import (
    Affected,
    Case,
    CasePartner,
    Consent,
    Medicine,
    ObservedTerm,
    Person,
    Scope,
    Sex,
)
from genoai_desktop.domain.findings import Finding, Severity, Where
from genoai_desktop.domain.genome import Build, VariantKey
from genoai_desktop.domain.pgx import CallStatus, Concern, DrugAdvice, GeneCall, MissingPosition, PgxResult
from genoai_desktop.domain.provenance import Citation, Coverage, Version
from genoai_desktop.domain.quality import Kinship, MendelianCheck, QualityResult, SampleQuality
from genoai_desktop.domain.rare import Candidate, Contribution, FilterStep, RareDiseaseResult
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.risk import (
    AncestryEstimate,
    ChildRisk,
    CoupleGene,
    CoupleResult,
    PolygenicScore,
    RiskFigure,
    RiskFinding,
    RiskResult,
)
from genoai_desktop.domain.variant import (
    ClinVarEntry,
    Frequency,
    FrequencyKind,
    ReportedVariant,
    Zygosity,
)

ALL = frozenset(Scope)


def variant(gene: str = "FGFR2", position: int = 121520163, **changes: object) -> ReportedVariant:
    """A heterozygous pathogenic missense variant."""
    base = ReportedVariant(
        key=VariantKey("10", position, "G", "A", Build.GRCH38),
        row=12,
        gene=gene,
        transcript="NM_000141.5",
        hgvs_c="c.755C>G",
        hgvs_p="p.(Ser252Trp)",
        hgvs_g=f"NC_000010.11:g.{position}G>A",
        consequence="missense_variant",
        consequence_source="proteins",
        region="exon 7 of 18",
        zygosity=Zygosity.HETEROZYGOUS,
        frequency=Frequency(FrequencyKind.ABSENT),
        clinvar=ClinVarEntry("13272", "Pathogenic", 2, "Apert syndrome", "2026-01"),
        depth=88,
        genotype_quality=99,
        alt_fraction=0.48,
        classification="Pathogenic",
        acmg_codes=("PS2", "PM1", "PM2_Supporting", "PP3"),
        inheritance="new in the child (both parents reference)",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def case(**changes: object) -> Case:
    """A trio with every consent given."""
    base = Case(
        id="DEMO-001",
        proband="P1",
        persons=(
            Person("P1", "NA1", "Ana Example", Sex.FEMALE, Affected.YES, "P2", "P3", 34),
            Person("P2", "NA2", "Berta Example", Sex.FEMALE, Affected.NO),
            Person("P3", "NA3", "Carl Example", Sex.MALE, Affected.NO),
            Person("P4", None, "Dora Example", Sex.FEMALE, Affected.UNKNOWN, "P1", None, 6),
        ),
        build=Build.GRCH38,
        terms=(
            ObservedTerm("HP:0001363"),
            ObservedTerm("HP:0000494"),
            ObservedTerm("HP:0001250", excluded=True),
        ),
        consent=Consent(ALL),
        medicines=(Medicine("clopidogrel"), Medicine("fluorouracil", planned=True)),
        indication="Craniosynostosis and broad thumbs",
        vcf_name="demo.vcf.gz",
        synthetic=True,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def candidate(
    rank: int = 1, variants: tuple[ReportedVariant, ...] | None = None, **changes: object
) -> Candidate:
    """A candidate with all kinds of contributions."""
    base = Candidate(
        rank=rank,
        disease_id="OMIM:101600",
        disease_name="Pfeiffer syndrome",
        gene="FGFR2",
        score=9.4,
        probability=0.93,
        inheritance=("Autosomal dominant",),
        contributions=(
            Contribution(
                "phenotype",
                "HP:0001363 Craniosynostosis",
                3.1,
                "exact match",
                Citation("HPO", "PMID:1", "2025-11"),
            ),
            Contribution(
                "phenotype", "HP:0001250 Seizure (excluded)", 0.2, "absent as expected", Citation("HPO")
            ),
            Contribution("variant", "FGFR2 c.755C>G", 5.0, "pathogenic, new in the child"),
            Contribution("prior", "disease", -4.2, "rare"),
        ),
        variants=variants if variants is not None else (variant(),),
        against=("hearing was normal",),
        cross_references=("ORPHA:710", "MONDO:0007043"),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def rare(candidates: tuple[Candidate, ...] | None = None) -> RareDiseaseResult:
    """Two candidates and a waterfall."""
    second = candidate(
        2,
        (),
        disease_id="OMIM:101400",
        disease_name="Saethre-Chotzen syndrome",
        gene="TWIST1",
        score=1.2,
        probability=0.02,
    )
    return RareDiseaseResult(
        candidates=candidates if candidates is not None else (candidate(), second),
        waterfall=(
            FilterStep("quality", "Failed the file's filters", 41200, 1200),
            FilterStep("frequency", "Common in a population", 40000, 39100),
            FilterStep("impact", "No effect on a protein expected", 900, 780),
        ),
        versions=(Version("hpo", "2025-11-24", "ab" * 32, "HPO licence"),),
    )


def pgx() -> PgxResult:
    """Three genes, one not callable."""
    cpic = Citation("CPIC", "PMID:34216116", "2022")
    return PgxResult(
        sample="NA1",
        calls=(
            GeneCall("CYP2C19", "*2/*2", (), "Poor Metabolizer", "", CallStatus.CALLED, 38, ()),
            GeneCall(
                "DPYD",
                "Reference/c.1905+1G>A (*2A)",
                ("c.85T>C (*9A)/c.1905+1G>A (*2A)",),
                "Intermediate Metabolizer",
                "1.0",
                CallStatus.AMBIGUOUS,
                81,
                (MissingPosition("rs67376798", 97082391, ("c.2846A>T",)),),
            ),
            GeneCall(
                "CYP2D6",
                "",
                (),
                "",
                "",
                CallStatus.NOT_COVERED,
                0,
                tuple(MissingPosition(f"rs{n}", 42126000 + n, (f"*{n}",)) for n in range(4, 12)),
                ("copy number is not in the file",),
            ),
        ),
        advice=(
            DrugAdvice(
                "clopidogrel",
                ("CYP2C19",),
                ("Poor Metabolizer",),
                "Little of the active form is made.",
                "Use another antiplatelet medicine where nothing speaks against it.",
                Concern.AVOID,
                "",
                "Strong",
                "acute coronary syndrome",
                cpic,
            ),
            DrugAdvice(
                "fluorouracil",
                ("DPYD",),
                ("Intermediate Metabolizer",),
                "The medicine is broken down more slowly.",
                "Start with half of the usual dose, then adjust.",
                Concern.ADJUST,
                "0.5",
                "Strong",
                "",
                cpic,
            ),
            DrugAdvice(
                "omeprazole",
                ("CYP2C19",),
                ("Poor Metabolizer",),
                "Higher levels.",
                "Usual start; watch long use.",
                Concern.CAUTION,
                "",
                "Moderate",
                "",
                cpic,
            ),
        ),
        versions=(Version("pgx_definitions", "CPIC 2025-06", "cd" * 32, "CC0"),),
    )


def figure(**changes: object) -> RiskFigure:
    """A chance of 62 in 100 against 12."""
    base = RiskFigure(
        "Breast cancer risk",
        0.62,
        0.5,
        0.72,
        0.125,
        "women in general",
        "by age 80",
        Citation("Kuchenbaecker 2017", "JAMA 317:2402"),
        ("Family history is not in this figure.",),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def brca() -> ReportedVariant:
    """A secondary finding's variant."""
    return variant(
        "BRCA1", 43092919, key=VariantKey("17", 43092919, "G", "A", Build.GRCH38), transcript="NM_007294.4",
        hgvs_c="c.2612C>T", hgvs_p="p.(Arg871Ter)", hgvs_g="NC_000017.11:g.43092919G>A", consequence="stop_gained",
        frequency=Frequency(FrequencyKind.MEASURED, 0.00002, 0.00001, "gnomAD"),
    )  # fmt: skip


def risk() -> RiskResult:
    """A secondary and a carrier finding, a figure, a polygenic score."""
    cftr = variant(
        "CFTR", 117559590, key=VariantKey("7", 117559590, "ATCT", "A", Build.GRCH38), transcript="NM_000492.4",
        hgvs_c="c.1521_1523del", hgvs_p="p.(Phe508del)", hgvs_g="NC_000007.14:g.117559592_117559594del",
        consequence="inframe_deletion", frequency=Frequency(FrequencyKind.LISTED, source="dbSNP"),
    )  # fmt: skip
    return RiskResult(
        findings=(
            RiskFinding("secondary", "BRCA1", "Hereditary breast and ovarian cancer", "Autosomal dominant", (brca(),),
                        "A known cause of breast and ovarian cancer.", (figure(),)),
            RiskFinding("carrier", "CFTR", "Cystic fibrosis", "Autosomal recessive", (cftr,), "One copy; carriers are usually well."),
        ),
        figures=(figure(title="Coronary artery disease", value=0.18, low=None, high=None, baseline=0.1, baseline_label="people of the same age"),),
        polygenic=(PolygenicScore("PGS000018 coronary artery disease", 1.21, 5100, 6630, 0.8, 78.8, "1000 Genomes EUR", ("5100 matched",)),),
        ancestry=AncestryEstimate((("EUR", 0.97), ("AMR", 0.03)), 4800, 5000),
        coverage=(Coverage("secondary finding genes", "genes", 79, 2, "two genes have gaps", ("KCNQ1 exon 1", "SDHD exon 2")),),
        versions=(Version("secondary_finding_genes", "ACMG SF v3.3", "ef" * 32, "facts"),),
    )  # fmt: skip


def quality() -> QualityResult:
    """A trio with fair figures."""
    samples = tuple(
        SampleQuality(name, 41200, 2.71, 1.62, 0.998, 84.2, 96.1, ((10, 5),), ((20, 4),), 0.4, sex, sex)
        for name, sex in (("NA1", Sex.FEMALE), ("NA2", Sex.FEMALE), ("NA3", Sex.MALE))
    )
    return QualityResult(
        41200, 40000, samples,
        (Kinship("NA1", "NA2", 0.249, "parent and child", "parent and child", 21000),),
        (MendelianCheck("NA1", "NA3", "NA2", 30000, 41),),
        (Coverage("exons of disease genes", "exons", 190000, 4200, "no record and no reference block"),),
    )  # fmt: skip


def rich_result(**changes: object) -> CaseResult:
    """Everything at once."""
    base = CaseResult(
        case=case(),
        created="2026-03-05T10:15:00",
        program_version="0.1.0",
        findings=(
            Finding(Severity.WARNING, "vcf.no-index", Where("demo.vcf.gz", 12, "INFO"), "No index beside the file; one was built elsewhere."),
            Finding(Severity.INFO, "pgx.unphased", Where("demo.vcf.gz"), "DPYD is not phased."),
        ),
        quality=quality(),
        rare=rare(),
        pgx=pgx(),
        risk=risk(),
        coverage=(Coverage("CYP2C19 defining positions", "positions", 38, 0),),
        versions=(Version("clinvar", "2026-01", "12" * 32, "public domain"),),
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


def couple_gene(gene: str = "CFTR", condition: str = "Cystic fibrosis", **changes: object) -> CoupleGene:
    """A recessive gene that both carry."""
    base = CoupleGene(gene, condition, "AR", (1.0, 1.0), ChildRisk(0.25, 0.25, 0.25), (), (), "")
    return replace(base, **changes)  # type: ignore[arg-type]


def coupled(
    joint: tuple[CoupleGene, ...] | None = None,
    single: tuple[CoupleGene, ...] | None = None,
    consent: frozenset[Scope] = ALL,
) -> CaseResult:
    """A couple: both carry one gene, the woman one on the X; two genes of one partner."""
    both = (
        couple_gene(),
        couple_gene("DMD", "Duchenne muscular dystrophy", inheritance="XL", child=ChildRisk(0.25, 0.5, 0.0)),
    )
    one = (
        couple_gene(
            "GJB2",
            "Deafness, autosomal recessive 1A",
            carriers=(1.0, 0.017),
            child=ChildRisk(0.0042, 0.0042, 0.0042),
        ),
        couple_gene("HEXA", "Tay-Sachs disease", carriers=(None, 1.0), child=None),
    )
    hidden = ("CYP21A2: pseudogene", "FMR1: repeat", "HBA1: deletions", "HBA2: deletions", "SMN1: copies")
    found = CoupleResult(
        both if joint is None else joint,
        one if single is None else single,
        (Coverage("Carrier genes of the couple", "genes", 300, 5, "Not assessable", hidden),),
    )
    base = rich_result()
    partner = CasePartner("NA9", Sex.MALE, Consent(consent))
    return replace(base, case=replace(base.case, partner=partner), risk=replace(risk(), couple=found))


def many_variants(count: int = 200) -> RareDiseaseResult:
    """Twenty candidates that share ``count`` variants, some with very long names."""
    made = [
        variant(
            f"GENE{n}", 1000 + n, hgvs_c=f"c.{n}_{n + 40}del" + "ACGT" * (12 if n % 10 == 0 else 0) + "insA",
            hgvs_p=f"p.(Arg{n}ProfsTer{n})", key=VariantKey("2", 1000 + n, "A", "ACGT" * (20 if n % 25 == 0 else 1), Build.GRCH38),
        )
        for n in range(count)
    ]  # fmt: skip
    size = max(1, count // 20)
    return rare(
        tuple(candidate(n + 1, tuple(made[n * size : (n + 1) * size]), gene=f"GENE{n}") for n in range(20))
    )
