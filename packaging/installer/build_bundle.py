#!/usr/bin/env python3
"""Build the installed program: ``python packaging/installer/build_bundle.py [--out dist]``.

Makes ``<out>/genoai-desktop/`` with PyInstaller in an environment of its own (``requirements-pack.lock``,
checked by hash), adds the software bill of materials (CycloneDX JSON) and every library's licence, and
packs ``genoai-desktop-VERSION-SYSTEM.tar.gz``. The same source gives the same bytes.
"""

import argparse
import gzip
import hashlib
import importlib.metadata
import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv-pack"
LOCK = ROOT / "requirements-pack.lock"
DEVELOPMENT_ONLY = {
    "fairlearn", "hypothesis", "import-linter", "mypy", "pandas", "pyinstaller", "pytest", "pytest-qt",
    "pytest-timeout", "pytest-xdist", "ruff", "cyclonedx-bom", "page-validation", "jsonschema",
    "hatchling", "editables",
    "click", "defusedxml", "nltk", "regex", "tqdm",  # textstat names NLTK; the program does without it
}  # fmt: skip


def say(text: str) -> None:
    """One line of progress."""
    print(f"[bundle] {text}", file=sys.stderr, flush=True)


def environment() -> Path:
    """The Python of the packing environment, made when the lock file changed."""
    python = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    stamp = VENV / "lock.sha256"
    wanted = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if not (python.exists() and stamp.exists() and stamp.read_text() == wanted):
        say(f"making {VENV.name}")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
        pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=True)
        subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], check=True)
        stamp.write_text(wanted)
    return python


def source_date() -> int:
    """Seconds of the last commit: every time stamp in the bundle."""
    done = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return int(done.stdout.strip() or "1767225600")


def freeze(python: Path, out: Path, version: str) -> Path:
    """Run PyInstaller; returns the folder of the program."""
    say("freezing")
    subprocess.run([str(python), str(ROOT / "packaging" / "installer" / "icons.py")], check=True)
    settings = os.environ | {
        "SOURCE_DATE_EPOCH": str(source_date()),
        "PYTHONHASHSEED": "1",
        "GENOAI_VERSION": version,
        "QT_QPA_PLATFORM": "offscreen",
    }
    command = [str(python), "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    command += ["--distpath", str(out), "--workpath", str(out / "work")]
    command += [str(ROOT / "packaging" / "installer" / "genoai.spec")]
    subprocess.run(command, check=True, env=settings, cwd=ROOT)
    shutil.rmtree(out / "work")
    _forget_the_place(out / "genoai-desktop")
    return out / "genoai-desktop"


def _forget_the_place(folder: Path) -> None:
    """Take out what names or depends on the folder of the build: no part of the program reads it."""
    for name in ("RECORD", "direct_url.json", "INSTALLER", "REQUESTED"):
        for file in folder.glob(f"_internal/*.dist-info/{name}"):
            file.unlink()


def add_papers(python: Path, folder: Path) -> None:
    """Software bill of materials, licences of everything inside, our own licence and sources."""
    say("bill of materials and licences")
    papers = folder / "licences"
    papers.mkdir(exist_ok=True)
    bill = folder / "sbom.cdx.json"
    subprocess.run(
        [str(python), "-m", "cyclonedx_py", "requirements", str(ROOT / "requirements.lock"),
         "--output-reproducible", "--of", "JSON", "-o", str(bill)], check=True, cwd=ROOT,
    )  # fmt: skip
    _runtime_only(bill)
    subprocess.run([str(python), __file__, "--licences", str(papers)], check=True)
    for name in ("LICENSE", "NOTICE", "resources/SOURCES.md"):
        shutil.copy(ROOT / name, papers / Path(name).name)


def _runtime_only(bill: Path) -> None:
    """Leave out what is used to develop the program and is not shipped."""
    value = json.loads(bill.read_text(encoding="utf-8"))
    value["components"] = [c for c in value["components"] if c["name"].lower() not in DEVELOPMENT_ONLY]
    refs = {component["bom-ref"] for component in value["components"]}
    value["dependencies"] = [d for d in value.get("dependencies", []) if d["ref"] in refs]
    bill.write_text(json.dumps(value, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def collect_licences(out: Path) -> None:
    """Copy the licence files of every distribution in this environment; name those that have none."""
    silent = []
    for distribution in importlib.metadata.distributions():
        name = distribution.metadata["Name"]
        if name.lower() in DEVELOPMENT_ONLY:
            continue
        files = [f for f in distribution.files or [] if _is_licence(f.name)]
        for file in files:
            target = out / f"{name}-{distribution.version}-{file.name}"
            target.write_bytes(Path(str(file.locate())).read_bytes())
        if not files:
            silent.append(f"{name} {distribution.version}: {_stated_licence(distribution)}")
    (out / "STATED.txt").write_text("\n".join(sorted(silent)) + "\n", encoding="utf-8")


def _is_licence(name: str) -> bool:
    code = name.endswith((".py", ".pyc", ".pyi"))
    return not code and name.upper().startswith(("LICENSE", "LICENCE", "COPYING", "NOTICE"))


def _stated_licence(distribution: importlib.metadata.Distribution) -> str:
    data = distribution.metadata
    classifiers = [c.rsplit("::", 1)[-1].strip() for c in data.get_all("Classifier") or [] if "License" in c]
    return data.get("License-Expression") or "; ".join(classifiers) or data.get("License") or "not stated"


def pack(folder: Path, version: str) -> Path:
    """A tar archive with sorted entries, one time stamp and no owner."""
    system = f"{platform.system().lower()}-{platform.machine()}"
    target = folder.parent / f"genoai-desktop-{version}-{system}.tar.gz"
    when = source_date()

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = when, 0, 0, "", ""
        return entry

    with (
        target.open("wb") as raw,
        gzip.GzipFile("", "wb", 6, raw, mtime=when) as zipped,
        tarfile.open(fileobj=zipped, mode="w") as archive,
    ):
        for path in sorted(folder.rglob("*")):
            archive.add(path, f"genoai-desktop/{path.relative_to(folder)}", recursive=False, filter=plain)
    say(f"{target.name}: {target.stat().st_size / 1e6:.0f} MB")
    return target


def main() -> None:
    """Freeze, add the papers, pack."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--no-archive", action="store_true", help="leave the folder unpacked")
    parser.add_argument("--licences", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.licences:
        collect_licences(options.licences)
        return
    python = environment()
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    version = next(line.split('"')[1] for line in text.splitlines() if line.startswith("version = "))
    folder = freeze(python, options.out.resolve(), version)
    add_papers(python, folder)
    if not options.no_archive:
        pack(folder, version)


if __name__ == "__main__":
    main()
