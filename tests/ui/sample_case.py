"""A case made by hand, rich enough to fill every page. Nobody's genome."""

from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import polars as pl

from genoai_desktop.domain.case import Affected, Case, Consent, Medicine, ObservedTerm, Person, Scope, Sex
from genoai_desktop.domain.findings import Finding, Severity, Where
from genoai_desktop.domain.genome import Build, VariantKey
from genoai_desktop.domain.pgx import CallStatus, Concern, DrugAdvice, GeneCall, MissingPosition, PgxResult
from genoai_desktop.domain.provenance import Citation, Coverage
from genoai_desktop.domain.quality import Kinship, MendelianCheck, QualityResult, SampleQuality
from genoai_desktop.domain.rare import Candidate, Contribution, FilterStep, RareDiseaseResult
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.risk import AncestryEstimate, PolygenicScore, RiskFigure, RiskFinding, RiskResult
from genoai_desktop.domain.variant import ClinVarEntry, Frequency, FrequencyKind, ReportedVariant, Zygosity
from genoai_desktop.vcf.table import BuildGuess, VariantTable


@dataclass(frozen=True)
class Opened:
    """The same fields as ``app.OpenCase``, without what it imports."""

    request: Any
    case: Case
    table: VariantTable
    annotated: Any
    result: CaseResult
    partner: Any = None


def table(rows: int = 400, seed: int = 1) -> VariantTable:
    """Random heterozygous substitutions of one sample, most on chromosome 8."""
    rng = np.random.default_rng(seed)
    chrom = np.sort(rng.integers(8, 11, rows)).astype(np.uint8)
    pos = np.sort(rng.integers(60_678_000, 60_870_000, rows)).astype(np.uint32)
    letters = np.array(list("ACGT"))
    ref = rng.integers(0, 4, rows)
    alt = (ref + rng.integers(1, 4, rows)) % 4
    frame = pl.DataFrame(
        {
            "record": np.arange(rows, dtype=np.uint32),
            "chrom": chrom,
            "contig": np.zeros(rows, dtype=np.uint16),
            "pos": pos,
            "end": pos,
            "ref": letters[ref],
            "alt": letters[alt],
            "kind": np.ones(rows, dtype=np.uint8),
            "rsid": pl.Series([f"rs{i}" if i % 3 else None for i in range(rows)], dtype=pl.String),
            "qual": np.full(rows, 50, dtype=np.float32),
            "filter": pl.Series(["PASS" if i % 10 else "q10" for i in range(rows)]).cast(pl.Categorical),
            "s0_dosage": pl.Series(rng.integers(0, 3, rows).astype(np.int8)),
            "s0_called": np.full(rows, 2, dtype=np.uint8),
            "s0_dp": rng.integers(8, 90, rows).astype(np.int32),
            "s0_gq": rng.integers(10, 99, rows).astype(np.int16),
            "s0_ad_ref": rng.integers(0, 40, rows).astype(np.int32),
            "s0_ad_alt": rng.integers(0, 40, rows).astype(np.int32),
        }
    )
    guess = BuildGuess(Build.GRCH38, 1.0, "contig lengths")
    return VariantTable(
        "family.vcf", Build.GRCH38, guess, ("CHILD",), ("chr8", "chr9", "chr10"), frame, rows + 2, rows, 2
    )


def annotated(source: VariantTable, seed: int = 2) -> Any:
    """Frequencies, ClinVar and consequences in the columns of ``Annotated``."""
    rng = np.random.default_rng(seed)
    rows = source.height
    kind = rng.choice([0, 1, 2], rows, p=[0.3, 0.1, 0.6]).astype(np.uint8)
    measured = 10 ** rng.uniform(-5, -0.1, rows)
    frequency = pl.Series("freq_max", np.where(kind == 2, measured, np.nan), dtype=pl.Float32).fill_nan(None)
    impact = rng.choice([0, 1, 2, 3], rows, p=[0.5, 0.25, 0.2, 0.05]).astype(np.uint8)
    names = np.array(["intron_variant", "synonymous_variant", "missense_variant", "stop_gained"])
    variants = pl.DataFrame(
        {
            "freq_kind": kind,
            "freq_max": frequency,
            "freq_all": frequency.alias("freq_all"),
            "freq_source": ["1000 Genomes"] * rows,
            "clinvar_class": rng.choice(
                [0, 1, 2, 3, 4, 5, 6], rows, p=[0.7, 0.06, 0.06, 0.1, 0.03, 0.03, 0.02]
            ).astype(np.uint8),
            "clinvar_stars": rng.integers(0, 4, rows).astype(np.uint8),
            "clinvar_index": np.full(rows, -1, dtype=np.int32),
            "clinvar_dated": np.zeros(rows, dtype=bool),
            "gene": ["CHD7"] * rows,
            "consequence": names[impact],
            "impact": impact,
        }
    )
    effects = pl.DataFrame(
        {
            "row": pl.Series([3], dtype=pl.UInt32),
            "gene": ["CHD7"],
            "transcript": ["NM_017780.4"],
            "hgvs_c": ["c.1480C>T"],
            "hgvs_p": ["p.(Arg494Ter)"],
        }
    )
    return SimpleNamespace(table=source, effects=effects, variants=variants, findings=())


def variant(gene: str = "CHD7", row: int = 3) -> ReportedVariant:
    """A stop-gained variant with everything filled in."""
    return ReportedVariant(
        key=VariantKey("8", 60_741_400, "C", "T", Build.GRCH38),
        row=row,
        gene=gene,
        transcript="NM_017780.4",
        hgvs_c="c.1480C>T",
        hgvs_p="p.(Arg494Ter)",
        hgvs_g="NC_000008.11:g.60741400C>T",
        consequence="stop_gained",
        consequence_source="proteins",
        region="exon 2 of 38",
        zygosity=Zygosity.HETEROZYGOUS,
        frequency=Frequency(FrequencyKind.ABSENT),
        clinvar=ClinVarEntry("95774", "Pathogenic", 2, "CHARGE syndrome", "2024-12-15"),
        depth=48,
        genotype_quality=99,
        alt_fraction=0.46,
        classification="Pathogenic",
        acmg_codes=("PVS1", "PM2_Supporting", "PS2"),
        inheritance="de novo",
    )


def _candidate(rank: int, gene: str, name: str, score: float, probability: float) -> Candidate:
    contributions = (
        Contribution("prior", "Before any evidence", -7.2, "one of the diseases of the bundle"),
        Contribution("phenotype", "Coloboma", 4.1, "listed for this disease, seen in 75 to 90 %"),
        Contribution("phenotype", "Choanal atresia", 3.7, "listed for this disease"),
        Contribution("phenotype", "Cleft palate (not seen)", -0.4, "seen in a third of patients"),
        Contribution(
            "variant", "CHD7 c.1480C>T", score - 1.4, "stop gained, loss of function is the mechanism"
        ),
        Contribution("inheritance", "De novo, dominant", 1.2, "absent from both parents"),
    )
    return Candidate(
        rank,
        f"OMIM:{214800 + rank}",
        name,
        gene,
        sum(c.log_odds for c in contributions),
        probability,
        ("autosomal dominant",),
        contributions,
        (variant(gene),) if rank < 3 else (),
        ("No seizures, which a third of patients have.",),
        ("ORPHA:138", "MONDO:0008965"),
    )


def rare() -> RareDiseaseResult:
    """Three candidates and a waterfall."""
    candidates = (
        _candidate(1, "CHD7", "CHARGE syndrome", 8.0, 0.93),
        _candidate(2, "EFTUD2", "Mandibulofacial dysostosis with microcephaly", 3.0, 0.04),
        _candidate(3, "SALL1", "Townes-Brocks syndrome 1", 1.0, 0.01),
    )
    waterfall = (
        FilterStep("frequency", "too common", 400, 300),
        FilterStep("impact", "no consequence", 100, 80),
    )
    return RareDiseaseResult(candidates, waterfall, ())


def pgx() -> PgxResult:
    """A poor metaboliser, one usual drug and one gene that was not covered."""
    citation = Citation("CPIC", "PMID:35034351", "2022")
    calls = (
        GeneCall("CYP2C19", "*2/*2", (), "Poor metabolizer", "", CallStatus.CALLED, 34, ()),
        GeneCall(
            "SLCO1B1",
            "*1/*5",
            ("*1/*15",),
            "Decreased function",
            "",
            CallStatus.AMBIGUOUS,
            28,
            (MissingPosition("rs2306283", 21176804, ("*15",)),),
        ),
        GeneCall(
            "CYP2D6",
            "",
            (),
            "",
            "",
            CallStatus.NOT_COVERED,
            0,
            (),
            ("Copy number cannot be seen in this file.",),
        ),
    )
    advice = (
        DrugAdvice(
            "clopidogrel",
            ("CYP2C19",),
            ("Poor metabolizer",),
            "The drug is hardly activated.",
            "Choose another antiplatelet drug.",
            Concern.AVOID,
            "",
            "Strong",
            "acute coronary syndrome",
            citation,
        ),
        DrugAdvice(
            "simvastatin",
            ("SLCO1B1",),
            ("Decreased function",),
            "More muscle side effects.",
            "Use a lower dose or another statin.",
            Concern.ADJUST,
            "0.5",
            "Strong",
            "",
            citation,
        ),
        DrugAdvice("codeine", ("CYP2D6",), ("",), "", "", Concern.UNKNOWN, "", "", "", citation),
        DrugAdvice(
            "voriconazole",
            ("CYP2C19",),
            ("Poor metabolizer",),
            "Higher levels.",
            "Choose another drug.",
            Concern.CAUTION,
            "",
            "moderate",
            "",
            citation,
        ),
        DrugAdvice(
            "fluvastatin",
            ("SLCO1B1",),
            ("Decreased function",),
            "",
            "Usual dose.",
            Concern.USUAL,
            "",
            "",
            "",
            citation,
        ),
    )
    return PgxResult("CHILD", calls, advice, ())


def risk() -> RiskResult:
    """A secondary finding with a figure, a carrier finding, a score and an ancestry."""
    figure = RiskFigure(
        "Chance of breast cancer",
        0.69,
        0.61,
        0.77,
        0.12,
        "Women in general",
        "by age 80",
        Citation("Kuchenbaecker", "PMID:28632866", "2017"),
        ("From families seen in clinics.",),
    )
    finding = RiskFinding(
        "secondary",
        "BRCA2",
        "Hereditary breast and ovarian cancer",
        "autosomal dominant",
        (variant("BRCA2"),),
        "A single changed copy raises the chance of these cancers.",
        (figure,),
    )
    carrier = RiskFinding(
        "carrier",
        "CFTR",
        "Cystic fibrosis",
        "autosomal recessive",
        (),
        "One changed copy; a carrier is healthy.",
    )
    score = PolygenicScore("BCAC 313", 0.412, 280, 313, 0.7, 76.0, "1000 Genomes EUR")
    ancestry = AncestryEstimate((("EUR", 0.93), ("AMR", 0.05), ("SAS", 0.02)), 18_200, 23_770)
    coverage = (Coverage("Secondary-finding genes", "genes", 80, 4, "", ("PMS2", "RYR1", "TTN", "APOB")),)
    return RiskResult((finding, carrier), (), (score,), ancestry, coverage, ())


def quality() -> QualityResult:
    """One sample with histograms, a trio check and a pair."""
    depth = tuple((d, int(200 * np.exp(-(((d - 45) / 18) ** 2)))) for d in range(0, 100, 5))
    sample = SampleQuality(
        "CHILD",
        400,
        2.9,
        1.6,
        0.998,
        46.0,
        88.0,
        depth,
        ((20, 5), (40, 20), (60, 60), (80, 120), (99, 195)),
        0.31,
        Sex.FEMALE,
        Sex.FEMALE,
    )
    coverage = (
        Coverage("Genes of the phenotype", "genes", 118, 6, "From reference blocks.", ("SHOX", "STRC")),
    )
    return QualityResult(
        402,
        360,
        (sample,),
        (Kinship("CHILD", "MOTHER", 0.248, "parent-child", "parent-child", 9000),),
        (MendelianCheck("CHILD", "FATHER", "MOTHER", 9000, 12),),
        coverage,
    )


def sample_case(
    rows: int = 400, scopes: frozenset[Scope] = frozenset(Scope), result_parts: bool = True
) -> Opened:
    """An opened case; a part without consent is None, as ``app.analyse`` leaves it."""
    source = table(rows)
    case = Case(
        "Sample family",
        "CHILD",
        (
            Person("CHILD", "CHILD", sex=Sex.FEMALE, affected=Affected.YES, age_years=24),
            Person("MOTHER"),
            Person("FATHER"),
        ),
        Build.GRCH38,
        (ObservedTerm("HP:0000589"), ObservedTerm("HP:0000453"), ObservedTerm("HP:0000175", True)),
        Consent(scopes),
        (Medicine("clopidogrel", True), Medicine("simvastatin")),
        "Coloboma and choanal atresia",
        "family.vcf",
        synthetic=True,
    )
    findings = (
        Finding(
            Severity.WARNING,
            "vcf.mixed",
            Where("family.vcf", 12, "FORMAT"),
            "Two records have no genotype.",
            2,
        ),
        Finding(Severity.INFO, "vcf.lifted", Where("family.vcf"), "Plain gzip was read without an index."),
    )
    result = CaseResult(
        case,
        "2026-01-01T00:00:00+00:00",
        "0.1.0",
        findings,
        quality(),
        rare() if Scope.PRIMARY in scopes else None,
        pgx() if Scope.PGX in scopes else None,
        risk() if scopes & {Scope.SECONDARY, Scope.CARRIER, Scope.POLYGENIC} else None,
        quality().coverage,
    )
    request = SimpleNamespace(vcf=Path("family.vcf"), ped=None, reads=None, synthetic=True)
    return Opened(request, case, source, annotated(source), result)
