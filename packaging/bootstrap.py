#!/usr/bin/env python3
"""Set everything up and run: ``python3 packaging/bootstrap.py run [--headless] | test [pytest arguments]``.

Standard library only. A virtual environment is made in ``.venv`` beside this project, and exactly the
packages of ``requirements.lock`` are installed into it, checked by their hashes. On Debian and Ubuntu the
system libraries that Qt needs are checked as well, and installed when this runs as root.
"""

import argparse
import ctypes.util
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
OLDEST = (3, 11)

# Shared libraries that PySide6-Essentials opens on Linux, and the Debian packages that hold them.
QT_LIBRARIES = {
    "EGL": "libegl1",
    "GL": "libgl1",
    "fontconfig": "libfontconfig1",
    "xkbcommon": "libxkbcommon0",
    "dbus-1": "libdbus-1-3",
    "glib-2.0": "libglib2.0-0",
}
SCREEN_LIBRARIES = {
    "xkbcommon-x11": "libxkbcommon-x11-0",
    "xcb-cursor": "libxcb-cursor0",
    "xcb-icccm": "libxcb-icccm4",
    "xcb-keysyms": "libxcb-keysyms1",
    "xcb-shape": "libxcb-shape0",
}


def say(text: str) -> None:
    """One line to the person, ahead of what the started programs print."""
    print(f"[bootstrap] {text}", file=sys.stderr, flush=True)


def give_up(text: str) -> "None":
    """Say what is missing and what to do, then stop with status 2."""
    say(text)
    raise SystemExit(2)


def has_screen() -> bool:
    """Whether a window can be shown."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def check_system() -> None:
    """See that Python and Qt's system libraries are there; install the latter where that is possible."""
    if sys.version_info < OLDEST:
        give_up(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {platform.python_version()}.")
    if sys.platform == "win32":
        give_up(
            "pysam, which reads VCF and BAM files, is not published for Windows. "
            "Use Linux, macOS, or the Windows Subsystem for Linux (wsl --install)."
        )
    if not sys.platform.startswith("linux"):
        return
    wanted = QT_LIBRARIES | (SCREEN_LIBRARIES if has_screen() else {})
    missing = [package for library, package in wanted.items() if not ctypes.util.find_library(library)]
    if importlib_missing():
        missing.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    if missing:
        install_packages(missing)


def importlib_missing() -> bool:
    """Debian's Python without its venv package cannot make a virtual environment."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return True
    return False


def install_packages(packages: list[str]) -> None:
    """With apt as root; otherwise the exact command for the person."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        give_up(f"These system libraries are missing (Debian's names): {' '.join(packages)}.")
    if os.geteuid() != 0:
        give_up(f"System libraries are missing. Run:  sudo {' '.join(command)}")
    say(f"installing system libraries: {' '.join(packages)}")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], check=True, env=environment, stdout=sys.stderr)
    # Some releases renamed libraries (libglib2.0-0t64): try each by itself before giving up.
    if subprocess.run(command, env=environment, stdout=sys.stderr, check=False).returncode != 0:
        for package in packages:
            names = (package, f"{package}t64")
            if not any(
                subprocess.run(
                    [*command[:4], name], env=environment, stdout=sys.stderr, check=False
                ).returncode
                == 0
                for name in names
            ):
                give_up(f"apt-get could not install {package}.")


def venv_python() -> Path:
    """The interpreter of the virtual environment."""
    return VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def prepare() -> Path:
    """Make or refresh the virtual environment; returns its Python. A second call changes nothing."""
    check_system()
    stamp = VENV / "lock.sha256"
    project = (ROOT / "pyproject.toml").read_bytes()
    wanted = hashlib.sha256(LOCK.read_bytes() + project + sys.version.encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted and venv_python().exists():
        return venv_python()
    kept = venv_python().exists() and made_by() == sys.version
    if not kept:
        say(f"making the virtual environment {VENV}")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    pip = [str(venv_python()), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    say("installing the locked packages (once; some minutes)")
    run_or_explain([*pip, "--require-hashes", "-r", str(LOCK)], "The packages could not be installed.")
    if kept:
        remove_strays()
    run_or_explain(
        [*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], "The program could not be installed."
    )
    stamp.write_text(wanted)
    return venv_python()


def made_by() -> str:
    """``sys.version`` of the virtual environment: one of the same Python is brought up to date in place."""
    command = [str(venv_python()), "-c", "import sys; print(sys.version, end='')"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def remove_strays() -> None:
    """Take out of the virtual environment what the lock no longer names."""
    pip = [str(venv_python()), "-m", "pip", "--disable-pip-version-check"]
    listed = subprocess.run([*pip, "list", "--format=json"], capture_output=True, text=True, check=True)
    wanted = set(re.findall(r"^([a-z0-9-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE))
    there = {re.sub(r"[-_.]+", "-", row["name"]).lower() for row in json.loads(listed.stdout)}
    strays = sorted(there - wanted - {"pip", "setuptools", "genoai-desktop"})
    if strays:
        subprocess.run([*pip, "uninstall", "--yes", "--quiet", *strays], check=True)


def run_or_explain(command: list[str], explanation: str) -> None:
    """Run a step of the set-up; its own output shows why it failed."""
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        give_up(
            f"{explanation} The lines above say why (no connection to the package index, or no disk space)."
        )


def run(headless: bool, out: Path) -> int:
    """The main job on the demo case: the window where there is a screen, else its PDFs."""
    python = prepare()
    if not headless and has_screen():
        return subprocess.run([str(python), "-m", "genoai_desktop", "--demo"], check=False).returncode
    say(f"no window: writing result.json, report.pdf and letter.pdf of the demo case to {out}")
    command = [str(python), "-m", "genoai_desktop", "demo", "--out", str(out)]
    status = subprocess.run(command, check=False).returncode
    return 0 if status == 1 else status  # 1 says that the demo has Findings, as it is meant to


def test(arguments: list[str]) -> int:
    """The test suite, offscreen."""
    python = prepare()
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [str(python), "-m", "pytest", *(arguments or ["-n", "2", "--dist", "loadfile"])]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def main() -> int:
    """Choose between ``run`` and ``test``."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    runner = commands.add_parser("run", help="set up, then open the demo case")
    runner.add_argument("--headless", action="store_true", help="write the PDFs, show no window")
    runner.add_argument("--out", type=Path, default=Path("demo-report"), help="folder for the PDFs")
    tester = commands.add_parser("test", help="set up, then run the tests")
    tester.add_argument("arguments", nargs=argparse.REMAINDER, help="passed on to pytest")
    commands.add_parser("prepare", help="set up only")
    args = parser.parse_args()
    if args.command == "prepare":
        prepare()
        return 0
    return run(args.headless, args.out) if args.command == "run" else test(args.arguments)


if __name__ == "__main__":
    raise SystemExit(main())
