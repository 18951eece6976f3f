"""The list of sources is the manifest's, and the bundle keeps its promises of size and integrity."""

import importlib.util
import json
from pathlib import Path

from genoai_desktop.knowledge import Bundle

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1_000_000


def test_the_list_of_sources_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location(
        "list_sources", ROOT / "packaging" / "knowledge" / "list_sources.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "resources" / "SOURCES.md").read_text(encoding="utf-8") == module.text()


def test_every_table_is_as_its_manifest_says() -> None:
    assert Bundle().verify() == []


def test_every_table_names_source_release_and_licence() -> None:
    for info in Bundle().tables.values():
        assert info.source, info.name
        assert info.release, info.name
        assert info.licence, info.name


def test_every_file_of_the_bundle_is_in_the_manifest() -> None:
    folder = ROOT / "resources" / "knowledge"
    named = {row["file"] for row in json.loads((folder / "manifest.json").read_text())["tables"]}
    assert {path.name for path in folder.iterdir()} == named | {"manifest.json"}


def test_the_bundle_stays_under_sixty_megabytes() -> None:
    folder = ROOT / "resources" / "knowledge"
    assert sum(path.stat().st_size for path in folder.iterdir()) < 60 * MEGABYTE
