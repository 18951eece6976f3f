"""Enter a trained artefact into ``models/manifest.json`` (training scripts call this)."""

import hashlib
import json
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def register(name: str, file: Path, release: str, card: Path) -> None:
    """Record the artefact's SHA-256; entries are sorted by name so that the file is deterministic."""
    path = FOLDER / "manifest.json"
    rows = json.loads(path.read_text(encoding="utf-8"))["models"] if path.exists() else []
    kept = [row for row in rows if row["name"] != name]
    row = {
        "name": name,
        "file": str(file.relative_to(FOLDER)),
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "release": release,
        "card": str(card.relative_to(FOLDER)),
    }
    text = json.dumps({"models": sorted([*kept, row], key=lambda item: item["name"])}, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
