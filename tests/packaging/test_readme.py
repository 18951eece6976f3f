"""The README: every file it names is there, and every command it quotes is one that the program takes."""

import re
import shlex
from pathlib import Path

import pytest

from genoai_desktop.cli.parser import build_parser

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
LINKS = sorted(set(re.findall(r"\]\(([^)#]+)\)", TEXT)))
CODE = re.findall(r"`([^`\n]+)`", TEXT) + [
    line for block in re.findall(r"```\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()
]
SCRIPTS = sorted(
    {part for code in CODE for part in re.findall(r"(?:packaging|models|tests)/[\w/]+\.(?:py|sh|md)", code)}
)
WHOLE = [
    code for code in CODE if code.startswith("genoai-desktop ") and "PACK" not in code and "…" not in code
]
SHORTENED = sorted({tuple(code.split()[:2]) for code in CODE if code.startswith(("evaluate ", "knowledge "))})


@pytest.mark.parametrize("link", [link for link in LINKS if "://" not in link])
def test_every_link_leads_to_a_file(link: str) -> None:
    assert (ROOT / link).is_file()


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_is_there(script: str) -> None:
    assert (ROOT / script).is_file()


@pytest.mark.parametrize("command", [code for code in WHOLE if code != "genoai-desktop --help"])
def test_every_whole_command_is_taken(command: str) -> None:
    options = build_parser().parse_args(shlex.split(command)[1:])
    assert callable(options.run)


@pytest.mark.parametrize("words", SHORTENED)
def test_every_shortened_command_exists(words: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args([*words, "--help"])
    assert ended.value.code == 0
    assert words[1] in capsys.readouterr().out


def test_the_rows_above_are_not_empty() -> None:
    assert len(LINKS) > 8
    assert len(SCRIPTS) > 15
    assert len(WHOLE) > 4
    assert len(SHORTENED) > 3
