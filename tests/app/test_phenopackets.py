"""Phenopackets in and out; what is not understood is reported."""

import json
import tarfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from known import bundled_knowledge

from genoai_desktop.app import analyse, demo_request
from genoai_desktop.app.phenopackets import onset_term, read_phenopacket, write_phenopacket
from genoai_desktop.app.phenotype import imported
from genoai_desktop.domain.case import Case, ObservedTerm, Person, Sex
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.variant import Zygosity

RARE = Path(__file__).resolve().parents[2] / "../shared/data/benchmarks/rare"

PACKET = {
    "id": "p1",
    "subject": {"id": "x", "sex": "FEMALE", "timeAtLastEncounter": {"age": {"iso8601duration": "P4Y6M"}}},
    "phenotypicFeatures": [
        {"type": {"id": "HP:0001250", "label": "Seizure"}, "onset": {"age": {"iso8601duration": "P3M"}}},
        {"type": {"id": "HP:0000175", "label": "Cleft palate"}, "excluded": True},
        {"type": {"id": "SNOMED:1", "label": "Other"}},
    ],
    "biosamples": [{"id": "b"}],
    "interpretations": [
        {
            "diagnosis": {
                "genomicInterpretations": [
                    {
                        "variantInterpretation": {
                            "variationDescriptor": {
                                "geneContext": {"symbol": "FGFR2"},
                                "vcfRecord": {
                                    "genomeAssembly": "hg38",
                                    "chrom": "chr10",
                                    "pos": "121517363",
                                    "ref": "G",
                                    "alt": "C",
                                },
                                "allelicState": {"id": "GENO:0000135"},
                            }
                        }
                    }
                ]
            }
        }
    ],
}


def write(folder: Path, value: object) -> Path:
    path = folder / "packet.json"
    path.write_text(json.dumps(value))
    return path


def test_terms_age_sex_and_variants_are_read(tmp_path: Path) -> None:
    packet = read_phenopacket(write(tmp_path, PACKET))
    assert packet.terms == (
        ObservedTerm("HP:0001250", onset="HP:0003593"),
        ObservedTerm("HP:0000175", excluded=True),
    )
    assert packet.sex is Sex.FEMALE
    assert packet.age_years == 4.5
    variant = packet.variants[0]
    assert (variant.key.chromosome, variant.key.position, variant.key.build) == (
        "10",
        121517363,
        Build.GRCH38,
    )
    assert variant.zygosity is Zygosity.HETEROZYGOUS


def test_what_is_not_understood_is_reported(tmp_path: Path) -> None:
    fields = {finding.where.field for finding in read_phenopacket(write(tmp_path, PACKET)).findings}
    assert fields == {"biosamples", "phenotypicFeatures.type.id"}


@pytest.mark.parametrize("text", ["", "[]", "{}", "not json", '{"subject": ', '{"a": 1}'])
def test_other_files_are_refused_in_plain_words(tmp_path: Path, text: str) -> None:
    path = tmp_path / "packet.json"
    path.write_text(text)
    with pytest.raises(UserError) as caught:
        read_phenopacket(path)
    assert caught.value.remedy


def test_wrong_types_are_reported_and_not_fatal(tmp_path: Path) -> None:
    packet = read_phenopacket(
        write(tmp_path, {"subject": [], "phenotypicFeatures": {"a": 1}, "interpretations": 3})
    )
    assert packet.terms == ()
    assert len(packet.findings) == 3


def test_written_packet_reads_back_the_same(tmp_path: Path) -> None:
    terms = (ObservedTerm("HP:0001250", onset="HP:0003593"), ObservedTerm("HP:0000175", excluded=True))
    case = Case("c", "x", (Person("x", sex=Sex.MALE, age_years=2.5),), Build.GRCH38, terms)
    path = tmp_path / "out.json"
    write_phenopacket(case, path, lambda term: term, "2025-11", created=datetime(2026, 1, 1, tzinfo=UTC))
    packet = read_phenopacket(path)
    assert (packet.terms, packet.sex, packet.age_years, packet.findings) == (terms, Sex.MALE, 2.5, ())


def test_an_import_names_terms_as_hpo_does_now_and_reports_those_it_has_not(tmp_path: Path) -> None:
    ids = ("HP:0001275", "HP:0001250", "HP:9999999")
    features = [{"type": {"id": one}} for one in ids]
    path = write(tmp_path, {"subject": {"id": "x"}, "phenotypicFeatures": features})
    packet = imported(path, bundled_knowledge(), Silent())
    assert [(term.id, term.label) for term in packet.terms] == [("HP:0001250", "Seizure")]
    assert ["HP:9999999" in finding.text for finding in packet.findings] == [True]


def test_a_case_opened_with_a_packet_keeps_onset_and_severity(tmp_path: Path) -> None:
    features = [
        {
            "type": {"id": "HP:0001250"},
            "onset": {"age": {"iso8601duration": "P3M"}},
            "severity": {"id": "HP:0012828"},
        },
        {"type": {"id": "HP:0000175"}, "excluded": True},
    ]
    packet = write(tmp_path, PACKET | {"phenotypicFeatures": features})
    request = replace(demo_request(), observed=("HP:0001250", "HP:0001252"), excluded=(), phenopacket=packet)
    terms = analyse(request, bundled_knowledge(), Silent()).case.terms
    assert [(term.id, term.excluded, term.onset, term.severity) for term in terms] == [
        ("HP:0001250", False, "HP:0003593", "HP:0012828"),
        ("HP:0001252", False, None, None),
        ("HP:0000175", True, None, None),
    ]


def test_onset_classes_follow_age() -> None:
    assert [onset_term(years) for years in (0.01, 0.5, 3, 10, 30, 50, 70)] == [
        "HP:0003623", "HP:0003593", "HP:0011463", "HP:0003621", "HP:0011462", "HP:0003596", "HP:0003584",
    ]  # fmt: skip


@pytest.mark.real_data
@pytest.mark.skipif(not RARE.exists(), reason="needs the shared data")
@pytest.mark.parametrize(
    ("name", "count"), [("phenopackets_dev_250.tar.gz", 250), ("lirical_phenopackets_dev.tar.gz", 205)]
)
def test_every_published_packet_loads(tmp_path: Path, name: str, count: int) -> None:
    with tarfile.open(RARE / name) as archive:
        archive.extractall(tmp_path, filter="data")
    packets = [read_phenopacket(path) for path in sorted(tmp_path.rglob("*.json"))]
    assert len(packets) == count
    assert all(packet.terms for packet in packets)


@pytest.mark.real_data
@pytest.mark.skipif(not RARE.exists(), reason="needs the shared data")
@pytest.mark.parametrize("name", ["phenopackets_dev_250.tar.gz", "lirical_phenopackets_dev.tar.gz"])
def test_every_feature_and_variant_of_a_published_packet_is_taken_or_reported(
    tmp_path: Path, name: str
) -> None:
    with tarfile.open(RARE / name) as archive:
        archive.extractall(tmp_path, filter="data")
    for path in sorted(tmp_path.rglob("*.json")):
        document = json.loads(path.read_text())
        packet = read_phenopacket(path)
        counts = {finding.where.field: finding.count for finding in packet.findings}
        features = {json.dumps(one, sort_keys=True) for one in document["phenotypicFeatures"]}
        assert len(packet.terms) + counts.get("phenotypicFeatures.type.id", 0) >= len(features), path.name
        described = [
            genomic
            for one in document.get("interpretations", [])
            for genomic in one["diagnosis"].get("genomicInterpretations", [])
        ]
        assert len(packet.variants) + counts.get("vcfRecord", 0) == len(described), path.name
