"""``classify`` and ``evaluate acmg``: ACMG/AMP classes of a table of variants."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from genoai_desktop.analysis.annotation.annotated import annotate
from genoai_desktop.analysis.classification import classify
from genoai_desktop.analysis.classification.assess import assess
from genoai_desktop.analysis.classification.family import FamilyFacts
from genoai_desktop.analysis.classification.gather import Gatherer
from genoai_desktop.analysis.classification.stated import settled
from genoai_desktop.app.acmg_names import named_gene, place
from genoai_desktop.app.acmg_score import score_acmg
from genoai_desktop.app.exon_names import place_exons
from genoai_desktop.app.tables import read_table, write_bytes, write_table
from genoai_desktop.app.variant_list import Site, read_sites, variant_table
from genoai_desktop.domain.acmg import NEVER_COUNTED, Classification, Criterion, Verdict, parse_evidence
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge

Answers = dict[str, list[Any]]
_COORDINATES = ("chrom", "pos", "ref", "alt", "build")
_ALONE = ("hgvs_grch38", "hgvs_grch37", "variant")
"""Columns that name a variant without any other."""
_NAMES = ("variant", "hgvs_p")
"""Columns that may state the protein change; no column of answers is ever read."""


def classify_file(variants: Path, out: Path, knowledge: Knowledge, context: Context) -> bool:
    """Add ``class points codes_met codes_not_met codes_not_assessed`` and a ``note``.

    Returns whether a row could not be classified; such a row says why.
    """
    frame, incomplete = _classified(_variants(variants), Gatherer(knowledge), knowledge, context)
    write_table(frame, out)
    return incomplete


def _variants(path: Path) -> pl.DataFrame:
    """The table, once it has columns that can name a variant.

    Raises:
        UserError: the table cannot be read, or no form of naming a variant is complete.
    """
    frame = read_table(path)
    missing = [name for name in _COORDINATES if name not in frame.columns]
    if frame.columns and missing and not set(frame.columns) & set(_ALONE):
        raise UserError(
            tr("The column “{name}” is missing.", name=missing[0]),
            where=file_where(path, 1, missing[0]),
            remedy=tr(
                "A variant needs {coordinates}, or one of {names}.",
                coordinates=", ".join(_COORDINATES),
                names=", ".join(_ALONE),
            ),
        )
    return frame


def _classified(
    frame: pl.DataFrame, gatherer: Gatherer, knowledge: Knowledge, context: Context
) -> tuple[pl.DataFrame, bool]:
    """The table with the added columns, and whether a row could not be placed."""
    sites, notes = read_sites(frame)
    for index, row in enumerate(frame.iter_rows(named=True)):
        site = _named(row, knowledge) if notes[index] else None
        if site is not None:
            sites[index], notes[index] = site, ""
    found = _assess_all(frame, sites, gatherer, knowledge, context)
    columns = _columns([found.get(index) for index in range(frame.height)], notes)
    return _kept_apart(frame, columns).with_columns(**columns), any(notes)


def _named(row: Mapping[str, Any], knowledge: Knowledge) -> Site | None:
    """By the transcript, exons or interval that the column ``variant`` names."""
    name = row.get("variant") or ""
    gene = named_gene(name) or row.get("gene") or ""
    return place(name, gene, knowledge) or place_exons(name, gene, knowledge)


def evaluate_acmg(
    variants: Path, out: Path, knowledge: Knowledge, context: Context, *, given_codes: bool = False
) -> None:
    """As ``classify``; with ``given_codes`` the panel's ``codes_met`` alone are combined.

    A ClinVar record of the variant itself does nothing here, not even hold back BA1 and BS1.
    Where the table has the panel's ``assertion``, the agreement is printed, unless the table itself is.
    """
    if given_codes:
        frame = read_table(variants, ("codes_met",))
        answers = [_from_codes(codes or "") for codes in frame["codes_met"]]
        columns = _columns([answer for answer, _ in answers], [note for _, note in answers])
        frame = _kept_apart(frame, columns).with_columns(**columns)
    else:
        gatherer = Gatherer(knowledge, heed_clinvar=False)
        frame, _ = _classified(_variants(variants), gatherer, knowledge, context)
    write_table(frame, out)
    if "assertion" in frame.columns and str(out) != "-":
        # Given codes are the panel's own: comparing them with themselves would say nothing.
        judged = frame.drop("given_codes_met") if given_codes else frame
        write_bytes((score_acmg(judged).text + "\n").encode(), Path("-"))


def _kept_apart(frame: pl.DataFrame, columns: Mapping[str, pl.Series]) -> pl.DataFrame:
    """Input columns of the same name as an added one stay, as ``given_…``."""
    return frame.rename({name: f"given_{name}" for name in frame.columns if name in columns})


def _from_codes(text: str) -> tuple[Classification, str]:
    """The class of stated codes; what is not a code is named in the note."""
    criteria, unread = [], []
    for code in text.replace(";", ",").split(","):
        if not code.strip():
            continue
        try:
            evidence = parse_evidence(code)
        except ValueError:
            unread.append(code.strip())
            continue
        if evidence.code not in NEVER_COUNTED:
            criteria.append(Criterion(evidence.code, Verdict.MET, tr("Stated."), evidence))
    return classify(criteria), tr("not read: {codes}", codes=", ".join(unread)) if unread else ""


def _assess_all(
    frame: pl.DataFrame,
    sites: Mapping[int, Site],
    gatherer: Gatherer,
    knowledge: Knowledge,
    context: Context,
) -> dict[int, Classification]:
    found: dict[int, Classification] = {}
    for build in Build:
        chosen = {index: site for index, site in sites.items() if site.build is build}
        if chosen:
            found |= _assess_build(frame, chosen, build, gatherer, knowledge, context)
    return found


def _assess_build(
    frame: pl.DataFrame,
    sites: Mapping[int, Site],
    build: Build,
    gatherer: Gatherer,
    knowledge: Knowledge,
    context: Context,
) -> dict[int, Classification]:
    table, order = variant_table(sites, build)
    annotated = annotate(table, knowledge, context)
    effects: dict[int, list[dict[str, Any]]] = {}
    for effect in annotated.effects.iter_rows(named=True):
        effects.setdefault(effect["row"], []).append(effect)
    chosen_effects: dict[int, dict[str, Any]] = {}
    for row, index in enumerate(order):
        asked = frame.row(index, named=True)
        ordered = sorted(effects.get(row, []), key=lambda item: item["transcript"] in gatherer.clinical)
        best = _effect(ordered, _genes(asked, knowledge), table.frame["pos"][row])
        if best is not None:
            stated = " ".join(asked.get(name) or "" for name in _NAMES)
            chosen_effects[row] = settled(best, stated)
    gatherer.predict(chosen_effects.values())
    found = {}
    for row, index in enumerate(context.track(order, tr("Classifying"))):
        asked = frame.row(index, named=True)
        known = annotated.variants.row(row, named=True) | table.frame.row(row, named=True)
        recessive = _recessive(asked.get("inheritance") or "")
        disease = asked.get("disease") or ""
        if row in chosen_effects:
            family = _family(asked.get("zygosity") or "")
            facts = gatherer.facts(
                chosen_effects[row], known, build, recessive=recessive, family=family, disease=disease
            )
        else:
            facts = gatherer.bare(
                next(iter(_genes(asked, knowledge)), ""), known, recessive=recessive, disease=disease
            )
        found[index] = assess(facts, gatherer.rules)
    return found


def _genes(asked: Mapping[str, Any], knowledge: Knowledge) -> tuple[str, ...]:
    """The gene that the variant's own name states, then that of the column ``gene``; today's symbols."""
    stated = filter(None, (named_gene(asked.get("variant") or ""), asked.get("gene") or ""))
    return tuple(knowledge.genes.symbol(name) or name for name in stated)


def _effect(effects: list[dict[str, Any]], genes: tuple[str, ...], position: int) -> dict[str, Any] | None:
    """The asked gene's effect; without a gene the most severe one, of equals the first.

    None where a gene is asked that the variant does not touch: what it does to a neighbour says nothing.
    """
    ordered = sorted(effects, key=lambda effect: -effect["impact"])
    for gene in genes:
        own = [effect for effect in ordered if effect["gene"] == gene]
        if own:
            return own[0] | {"pos": position}
    return ordered[0] | {"pos": position} if ordered and not genes else None


def _family(zygosity: str) -> FamilyFacts | None:
    """What the column ``zygosity`` says of the patient; nothing unless homozygous."""
    return FamilyFacts(homozygous=True) if zygosity.strip().lower().startswith("hom") else None


def _recessive(text: str) -> bool | None:
    lowered = text.lower()
    if "recessive" in lowered:
        return True
    return False if "dominant" in lowered else None


def _columns(found: list[Classification | None], notes: list[str]) -> dict[str, pl.Series]:
    """The added columns; a row without a classification says so in its note."""

    def codes(verdict: Verdict) -> pl.Series:
        return pl.Series([";".join(item.codes(verdict)) if item else None for item in found], dtype=pl.String)

    said = [
        note or ("" if item else tr("outside every bundled transcript"))
        for item, note in zip(found, notes, strict=True)
    ]
    return {
        "class": pl.Series([str(item.reported) if item else None for item in found], dtype=pl.String),
        "points": pl.Series([item.points if item else None for item in found], dtype=pl.Int32),
        "codes_met": codes(Verdict.MET),
        "codes_not_met": codes(Verdict.NOT_MET),
        "codes_not_assessed": codes(Verdict.NOT_ASSESSED),
        "note": pl.Series(said, dtype=pl.String),
    }
