"""The gene of a newer disease is worked out from lists of terms, and only where one gene alone fits."""

import gzip
import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

from genoai_desktop.knowledge import Bundle
from genoai_desktop.knowledge.phenotypes import Phenotypes

ROOT = Path(__file__).resolve().parents[2]
GENES = {"AAA": "12345678", "OLD": "1236", "BBB": "7890"}
DISEASES = {"1": "123", "2": "45678", "3": "789", "4": "7890"}


@pytest.fixture
def links(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(sys, "path", [str(ROOT / "packaging" / "knowledge"), *sys.path])
    return importlib.import_module("phenotype_links")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "hpo" / "hpo3_2025-11-24"
    folder.mkdir(parents=True)
    for name, lists in (("genes", GENES), ("omim_diseases", DISEASES), ("orpha_diseases", {"9": "1236"})):
        rows = [f"{i if name == 'genes' else one}\t{one}\t{','.join(found)}\n"
                for i, (one, found) in enumerate(lists.items())]  # fmt: skip
        text = "#made up\nid\tname\thpo_ids\n" + "".join(rows)
        (folder / f"{name}.tsv.gz").write_bytes(gzip.compress(text.encode()))
    return tmp_path


def test_a_disease_gets_the_gene_whose_unexplained_terms_it_explains(links: Any, source: Path) -> None:
    found = links.derived_genes(source, [("OMIM:1", "AAA")], {}, {})
    assert found["OMIM:2"] == "AAA"


def test_what_a_longer_list_explains_is_no_evidence_for_a_shorter_one(links: Any, source: Path) -> None:
    found = links.derived_genes(source, [], {}, {})
    assert found["OMIM:4"] == "BBB"
    assert "OMIM:3" not in found


def test_two_genes_that_fit_alike_leave_the_disease_without_gene(links: Any, source: Path) -> None:
    assert "OMIM:1" not in links.derived_genes(source, [("OMIM:2", "AAA")], {}, {})


def test_orphanet_names_the_genes_of_its_own_diseases(links: Any, source: Path) -> None:
    assert not any(one.startswith("ORPHA:") for one in links.derived_genes(source, [], {}, {}))


def test_a_known_gene_under_the_disease_s_other_name_is_kept(links: Any, source: Path) -> None:
    joined = {"OMIM:2": "MONDO:1", "ORPHA:5": "MONDO:1"}
    assert "OMIM:2" not in links.derived_genes(source, [("ORPHA:5", "ZZZ")], joined, {})


def test_symbols_are_the_current_ones(links: Any, source: Path) -> None:
    found = links.derived_genes(source, [("OMIM:1", "AAA"), ("OMIM:2", "AAA")], {}, {"BBB": "NEW"})
    assert found["OMIM:4"] == "NEW"


def test_the_bundle_has_the_genes_of_diseases_of_2025() -> None:
    phenotypes = Phenotypes(Bundle())
    index = phenotypes.disease_index("OMIM:621016")
    assert index is not None
    assert phenotypes.disease(index).genes == ("WDR83OS",)
