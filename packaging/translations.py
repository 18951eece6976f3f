"""Gather every text of the program for translation, and compile the catalogues. Standard library only.

``python packaging/translations.py`` reads each ``tr("...")`` below ``genoai_desktop/``, writes
``resources/translations/genoai.pot``, adds the window's new texts to every
``resources/translations/*.po`` (an empty translation; what is no longer used is dropped) and compiles each to
``resources/translations/<language>/LC_MESSAGES/genoai.mo``, and names texts of the window that are not
translated. The catalogues below ``documents/`` hold what a person entered there, for documents alone.
``--check`` writes nothing and ends with 1 when there is one, something is out of date or a
placeholder disagrees.
Same input, same bytes.
"""

import argparse
import ast
import gzip
import json
import string
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "genoai_desktop"
FOLDER = ROOT / "resources" / "translations"
TABLES = ROOT / "resources" / "knowledge"
DOCUMENTS = FOLDER / "documents"
"""Catalogues of documents alone, for languages that the window does not speak; filled in by hand."""
DOMAIN = "genoai"
CALLS = ("tr", "later")
WINDOW = ("genoai_desktop/ui/", "genoai_desktop/domain/")
"""Here every ``tr`` must be given a literal."""
OUTSIDE = (
    "genoai_desktop/cli/",
    *(
        f"genoai_desktop/app/{name}"
        for name in ("evaluate", "rare_score", "pgx_commands", "risk_evaluation", "acmg_score")
    ),
)
"""The command line: not shown by the window."""


@dataclass(frozen=True, slots=True)
class Found:
    """Texts with the files that use them, and calls whose text is no literal."""

    texts: dict[str, list[str]]
    not_literal: list[str]

    def of_the_window(self) -> dict[str, list[str]]:
        """Texts of the window: its own, what workers say, and those of documents."""
        return {
            text: names
            for text, names in self.texts.items()
            if not all(name.startswith(OUTSIDE) for name in names)
        }


def gather(folder: Path = SOURCES) -> Found:
    """Every ``tr("...")`` below ``folder``, by the syntax tree: strings over several lines count as one."""
    texts: dict[str, list[str]] = {}
    strange: list[str] = []
    for path in sorted(folder.rglob("*.py")):
        name = path.relative_to(folder.parent).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS):
                continue
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                if name not in texts.setdefault(first.value, []):
                    texts[first.value].append(name)
            elif isinstance(first, ast.JoinedStr) or name.startswith(WINDOW):
                strange.append(f"{name}:{node.lineno}")
    for text, name in of_tables():
        texts.setdefault(text, []).append(name)
    return Found({text: texts[text] for text in sorted(texts)}, strange)


def of_tables(folder: Path = TABLES) -> list[tuple[str, str]]:
    """Sentences in knowledge tables, with the file: why a gene cannot be assessed, and what to offer."""
    models = json.loads(gzip.decompress((folder / "risk_models.json.gz").read_bytes()))
    options = json.loads(gzip.decompress((folder / "screening_options.json.gz").read_bytes()))
    rows = [*options["breast_bands"], *(row for rows in options["genes"].values() for row in rows)]
    found = {(text, "risk_models.json.gz") for text in models["not_assessable"].values()}
    return sorted(found | {(row["option"], "screening_options.json.gz") for row in rows})


def placeholders(text: str) -> set[str]:
    """Names in braces, with their conversions and formats left out."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def write_po(texts: dict[str, list[str]], translated: dict[str, str], language: str) -> str:
    """A catalogue in gettext's text form."""
    lines = ['msgid ""', 'msgstr ""', '"Project-Id-Version: GenoAI Desktop\\n"', f'"Language: {language}\\n"']
    lines += ['"Content-Type: text/plain; charset=UTF-8\\n"', '"Content-Transfer-Encoding: 8bit\\n"', ""]
    for text, files in texts.items():
        lines += [f"#: {name}" for name in files]
        lines += [f"msgid {_quoted(text)}", f"msgstr {_quoted(translated.get(text, ''))}", ""]
    return "\n".join(lines)


def read_po(path: Path) -> dict[str, str]:
    """Translations that are not empty."""
    entries: dict[str, str] = {}
    parts: dict[str, str] = {}
    at = ""
    for line in [*path.read_text(encoding="utf-8").splitlines(), "msgid "]:
        if line.startswith("msgid "):
            if parts.get("msgid") and parts.get("msgstr"):
                entries[parts["msgid"]] = parts["msgstr"]
            parts = {}
        if line.startswith(("msgid ", "msgstr ")):
            at, _, line = line.partition(" ")
        if line.startswith('"'):
            parts[at] = parts.get(at, "") + json.loads(line)
    return entries


def compiled(translated: dict[str, str], language: str) -> bytes:
    """The binary form that :mod:`gettext` reads (GNU gettext manual, "The Format of GNU MO Files")."""
    header = f"Content-Type: text/plain; charset=UTF-8\nLanguage: {language}\n"
    pairs = sorted((a.encode(), b.encode()) for a, b in ({"": header} | translated).items())
    keys = b"".join(key + b"\0" for key, _ in pairs)
    start = 28 + 16 * len(pairs)
    table, at = b"", start
    for key, _ in pairs:
        table += struct.pack("<II", len(key), at)
        at += len(key) + 1
    for _, value in pairs:
        table += struct.pack("<II", len(value), at)
        at += len(value) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return head + table + keys + b"".join(value + b"\0" for _, value in pairs)


def wrong_placeholders(translated: dict[str, str]) -> list[str]:
    """Texts whose translation would show, or need, another value."""
    return [text for text, other in translated.items() if placeholders(text) != placeholders(other)]


def files(found: Found) -> dict[Path, bytes]:
    """What every generated file should hold."""
    wanted = {FOLDER / f"{DOMAIN}.pot": write_po(found.texts, {}, "").encode()}
    window = found.of_the_window()
    for path in sorted(FOLDER.glob("*.po")):
        kept = {text: other for text, other in read_po(path).items() if text in found.texts}
        asked = {text: names for text, names in found.texts.items() if text in kept or text in window}
        wanted[path] = write_po(asked, kept, path.stem).encode()
        wanted[FOLDER / path.stem / "LC_MESSAGES" / f"{DOMAIN}.mo"] = compiled(kept, path.stem)
    for path in sorted(DOCUMENTS.glob("*.po")):
        kept = {text: other for text, other in read_po(path).items() if text in found.texts}
        wanted[path] = write_po({text: [] for text in sorted(kept)}, kept, path.stem).encode()
        wanted[DOCUMENTS / path.stem / "LC_MESSAGES" / f"{DOMAIN}.mo"] = compiled(kept, path.stem)
    return wanted


def main() -> int:
    """Write or check every file; 1 when something needs a person."""
    parser = argparse.ArgumentParser(description="Gather texts for translation and compile the catalogues.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when something is stale")
    check: bool = parser.parse_args().check
    found = gather()
    untranslated: list[str] = []
    complaints = [f"text is not a literal: {place}" for place in found.not_literal]
    for path in sorted(FOLDER.glob("*.po")):
        entries = read_po(path)
        complaints += [f"{path.name}: placeholders differ: {text}" for text in wrong_placeholders(entries)]
        missing = [text for text in found.of_the_window() if text not in entries]
        print(f"{path.name}: {len(missing)} of {len(found.of_the_window())} texts of the window missing")
        untranslated += [f"{path.name}: not translated: {text}" for text in missing]
    for path in sorted(DOCUMENTS.glob("*.po")):
        wrong = wrong_placeholders(read_po(path))
        complaints += [f"documents/{path.name}: placeholders differ: {text}" for text in wrong]
    for path, content in files(found).items():
        if check:
            if not path.exists() or path.read_bytes() != content:
                complaints.append(f"out of date: {path.relative_to(ROOT)}")
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for complaint in (*complaints, *untranslated):
        print(complaint, file=sys.stderr)
    if check:
        complaints += untranslated
    return 1 if complaints else 0


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    raise SystemExit(main())
