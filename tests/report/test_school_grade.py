"""School grades are textstat's own, told without a network, a downloader or a second language's setting."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from genoai_desktop.report.school_grade import grade

SAMPLE = json.loads((Path(__file__).parent / "readability_sample.json").read_text(encoding="utf-8"))["texts"]
ALONE = """
import socket, sys

class Refusal:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "nltk":
            raise AssertionError("NLTK was imported")

def refuse(*_arguments, **_options):
    raise AssertionError("a connection was tried")

sys.meta_path.insert(0, Refusal())
socket.socket = socket.create_connection = socket.getaddrinfo = refuse
import genoai_desktop.app.letters
assert "textstat" not in sys.modules, "the start of the program waits for textstat"
from genoai_desktop.report.school_grade import grade
print([round(grade("The genetic counsellor is here. She has an appointment.", one), 2) for one in LANGUAGES])
assert "nltk" not in sys.modules
""".replace("LANGUAGES", '("en", "de", "es", "fr")')


@pytest.mark.parametrize("text", SAMPLE, ids=lambda text: f"{text['language']} {text['name']}")
def test_grades_are_those_of_textstat_with_its_own_dictionary(text: dict[str, str]) -> None:
    assert grade(text["text"], text["language"]) == pytest.approx(float(text["textstat"]), abs=0.06)


def test_no_connection_no_downloader_and_nothing_before_it_is_asked_for() -> None:
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert len(json.loads(done.stdout)) == 4


def test_languages_judged_at_once_do_not_mix() -> None:
    one_by_one = [grade(text["text"], text["language"]) for text in SAMPLE]
    again = [f"{text['text']}\nEnd." for text in SAMPLE]  # other texts: textstat remembers those that it saw
    languages = [text["language"] for text in SAMPLE]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(grade, again * 4, languages * 4))
    assert together == [grade(text, language) for text, language in zip(again, languages, strict=True)] * 4
    assert together[: len(SAMPLE)] == pytest.approx(one_by_one, abs=1.2)


def test_a_heading_is_not_read_on_into_the_next_line() -> None:
    assert grade("What was found here\nThe cat sat on the mat", "en") == grade(
        "What was found here. The cat sat on the mat.", "en"
    )


def test_a_decimal_point_ends_no_sentence() -> None:
    assert grade("The chance is 0.5 percent for everyone here.", "en") == grade(
        "The chance is 0,5 percent for everyone here.", "en"
    )


@pytest.mark.parametrize("nothing", ["", "  \n ", "12 %\n–"])
def test_a_text_without_words_has_no_grade(nothing: str) -> None:
    assert grade(nothing, "en") == 0
