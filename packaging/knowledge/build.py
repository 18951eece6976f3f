#!/usr/bin/env python3
"""Build the knowledge bundle: ``python packaging/knowledge/build.py [--source DIR] [--only NAME ...]``.

Each module ``build_<subject>.py`` beside this file has ``build(source: Path, out: Path) -> None``.
"""

import argparse
import importlib
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from common import OUT, ROOT  # noqa: E402


def main() -> None:
    """Run the builders in alphabetical order."""
    subjects = sorted(path.stem.removeprefix("build_") for path in HERE.glob("build_*.py"))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, default=ROOT.parent / "shared" / "data" / "knowledge")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--only", nargs="*", choices=subjects)
    args = parser.parse_args()
    for subject in args.only or subjects:
        importlib.import_module(f"build_{subject}").build(args.source, args.out)


if __name__ == "__main__":
    main()
