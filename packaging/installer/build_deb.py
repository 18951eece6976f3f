#!/usr/bin/env python3
"""Make the Debian package from a built bundle: ``python packaging/installer/build_deb.py [--out dist]``.

Run ``build_bundle.py`` first. The package holds the program under ``/usr/lib/genoai-desktop``, the desktop
entry, icon, file types and manual page; its dependencies are the system libraries that Qt opens.
"""

import argparse
import gzip
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))

from build_bundle import source_date  # noqa: E402

DEPENDS = (
    "libc6, libdbus-1-3, libegl1, libfontconfig1, libgl1, libglib2.0-0 | libglib2.0-0t64, libxcb-cursor0, "
    "libxcb-icccm4, libxcb-keysyms1, libxcb-shape0, libxkbcommon-x11-0, libxkbcommon0, shared-mime-info, "
    "desktop-file-utils"
)
CONTROL = """Package: genoai-desktop
Version: {version}
Section: science
Priority: optional
Architecture: {architecture}
Maintainer: GenoAI Desktop <packages@genoai.invalid>
Installed-Size: {size}
Depends: {depends}
Description: offline decision support for genetic counselors
 Opens a patient's VCF and gives, on this machine alone, a ranked and explained
 list of rare-disease candidates, pharmacogenomic advice and risk estimates, with
 reports for clinicians and letters for patients. Never opens a connection.
"""
REFRESH = """#!/bin/sh
set -e
if [ -x /usr/bin/update-mime-database ]; then update-mime-database /usr/share/mime || true; fi
if [ -x /usr/bin/update-desktop-database ]; then update-desktop-database -q || true; fi
"""


def tree(bundle: Path, root: Path) -> None:
    """Lay the files out as they will lie on the machine."""
    program = root / "usr/lib/genoai-desktop"
    shutil.copytree(bundle, program, symlinks=True)
    links = root / "usr/bin"
    links.mkdir(parents=True)
    for name in ("genoai-desktop", "genoai-desktop-window"):
        (links / name).symlink_to(f"../lib/genoai-desktop/{name}")
    place = {
        HERE / "linux/genoai-desktop.desktop": "usr/share/applications/genoai-desktop.desktop",
        HERE / "linux/genoai-desktop.xml": "usr/share/mime/packages/genoai-desktop.xml",
        ROOT
        / "resources/icons/genoai-desktop.svg": "usr/share/icons/hicolor/scalable/apps/genoai-desktop.svg",
        ROOT
        / "resources/icons/genoai-desktop.png": "usr/share/icons/hicolor/256x256/apps/genoai-desktop.png",
        ROOT / "LICENSE": "usr/share/doc/genoai-desktop/copyright",
    }
    for source, target in place.items():
        (root / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, root / target)
    manual = root / "usr/share/man/man1/genoai-desktop.1.gz"
    manual.parent.mkdir(parents=True)
    manual.write_bytes(gzip.compress((HERE / "linux/genoai-desktop.1").read_bytes(), 9, mtime=0))


def control(root: Path, version: str) -> None:
    """Name, dependencies and the refreshing of the desktop's databases."""
    size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()
    folder = root / "DEBIAN"
    folder.mkdir()
    text = CONTROL.format(version=version, architecture=architecture, size=size // 1024, depends=DEPENDS)
    (folder / "control").write_text(text)
    for script in ("postinst", "postrm"):
        (folder / script).write_text(REFRESH)
        (folder / script).chmod(0o755)


def main() -> None:
    """Lay out, describe, and let dpkg-deb pack."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    options = parser.parse_args()
    bundle = options.out / "genoai-desktop"
    if not (bundle / "genoai-desktop").exists():
        raise SystemExit(f"{bundle} is not there: run packaging/installer/build_bundle.py first.")
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    version = next(line.split('"')[1] for line in text.splitlines() if line.startswith("version = "))
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "root"
        root.mkdir(mode=0o755)
        tree(bundle.resolve(), root)
        control(root, version)
        when = source_date()
        for path in [root, *root.rglob("*")]:
            os.utime(path, (when, when), follow_symlinks=False)
        command = ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z9", "--build", str(root), str(options.out)]
        subprocess.run(command, check=True, env=os.environ | {"SOURCE_DATE_EPOCH": str(when)})


if __name__ == "__main__":
    main()
