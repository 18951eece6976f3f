"""What two ledgers of one case say differently, in plain words."""

from collections.abc import Iterable, Iterator

from genoai_desktop.app.casebook.news import Difference
from genoai_desktop.domain.acmg import AcmgClass
from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.ledger import Ledger, LedgerAdvice, LedgerEntry
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge

FOLD = 2.0
"""A frequency that changed by less than this factor is not worth a line."""
LEADING = 3
"""Rank up to which a candidate that came or went is said where its variant is among others too."""
_PGX = (Scope.PGX.value,)
_ORDER = ("class", "clinvar", "result", "medicine", "disease", "frequency")


def differences(old: Ledger, new: Ledger, knowledge: Knowledge) -> tuple[Difference, ...]:
    """One line per thing that is said otherwise, the gravest kind first; each once."""
    was, now = {entry.key: entry for entry in old.entries}, {entry.key: entry for entry in new.entries}
    found: list[Difference] = []
    for key, entry in now.items():
        if key in was:
            found += _entry(was[key], entry, knowledge)
        elif _worth_a_line(entry, was):
            found.append(_appeared(entry))
    found += [_vanished(e) for key, e in was.items() if key not in now and _worth_a_line(e, now)]
    found += _calls(old, new)
    found += _advice(old, new)
    unique: dict[str, Difference] = {}
    for item in found:
        unique.setdefault(item.text, item)
    return tuple(sorted(unique.values(), key=lambda item: _ORDER.index(item.kind)))


def _worth_a_line(entry: LedgerEntry, others: Iterable[tuple[str, str, str, str]]) -> bool:
    """The variant is nowhere else, or it is for a leading candidate or a finding: the tail always moves."""
    leading = entry.rank is None or entry.rank <= LEADING
    return leading or str(entry.variant) not in {variant for *_, variant in others}


def _entry(old: LedgerEntry, new: LedgerEntry, knowledge: Knowledge) -> Iterator[Difference]:
    needs = tuple(dict.fromkeys((*old.needs, *new.needs)))
    if old.classification != new.classification:
        yield Difference(
            "class",
            needs,
            tr(
                "{name}: class {old} → {new}{points}",
                name=new.name,
                old=class_word(old.classification),
                new=class_word(new.classification),
                points=_points(old, new),
            ),
        )
    if (old.clinvar, old.clinvar_stars) != (new.clinvar, new.clinvar_stars):
        text = tr("{name}: ClinVar {old} → {new}", name=new.name, old=_clinvar(old), new=_clinvar(new))
        yield Difference("clinvar", needs, text)
    if _moved(old, new):
        text = tr("{name}: population frequency {old} → {new}", name=new.name, old=_seen(old), new=_seen(new))
        yield Difference("frequency", needs, text)
    if old.gene_diseases is not None and new.gene_diseases is not None:
        yield from _diseases(new.gene, set(old.gene_diseases), set(new.gene_diseases), needs, knowledge)


def _diseases(
    gene: str, old: set[str], new: set[str], needs: tuple[str, ...], knowledge: Knowledge
) -> Iterator[Difference]:
    known = knowledge.phenotypes

    def named(identifier: str) -> str:
        index = known.disease_index(identifier)
        return identifier if index is None else f"{known.disease(index).name} ({identifier})"

    for identifier in sorted(new - old):
        text = tr("{gene}: now known for {disease}", gene=gene, disease=named(identifier))
        yield Difference("disease", needs, text)
    for identifier in sorted(old - new):
        text = tr("{gene}: no longer listed for {disease}", gene=gene, disease=named(identifier))
        yield Difference("disease", needs, text)


def _appeared(entry: LedgerEntry) -> Difference:
    text = tr(
        "New: {name} for {disease} ({found})",
        name=entry.name,
        disease=entry.disease,
        found=class_word(entry.classification),
    )
    return Difference("result", entry.needs, text)


def _vanished(entry: LedgerEntry) -> Difference:
    text = tr("No longer among the results: {name} for {disease}", name=entry.name, disease=entry.disease)
    return Difference("result", entry.needs, text)


def _calls(old: Ledger, new: Ledger) -> Iterator[Difference]:
    was = {call.gene: call for call in old.calls}
    for call in new.calls:
        before = was.get(call.gene)
        if before is None or (before.diplotype, before.phenotype) == (call.diplotype, call.phenotype):
            continue
        text = tr(
            "{gene}: {old} → {new}",
            gene=call.gene,
            old=f"{before.diplotype} {before.phenotype}".strip() or tr("no result"),
            new=f"{call.diplotype} {call.phenotype}".strip() or tr("no result"),
        )
        yield Difference("medicine", _PGX, text)


def _advice(old: Ledger, new: Ledger) -> Iterator[Difference]:
    skipped = {*old.own_drugs, *new.own_drugs}
    was, now = _by_drug(old.advice, skipped), _by_drug(new.advice, skipped)
    for drug in sorted({*was, *now}):
        gone, come = was.get(drug, set()) - now.get(drug, set()), now.get(drug, set()) - was.get(drug, set())
        if not gone and not come:
            continue
        text = tr("{drug}: recommendation {old} → {new}", drug=drug, old=_said(gone), new=_said(come))
        yield Difference("medicine", _PGX, text)


def _by_drug(advice: Iterable[LedgerAdvice], skipped: set[str]) -> dict[str, set[LedgerAdvice]]:
    found: dict[str, set[LedgerAdvice]] = {}
    for one in advice:
        if one.drug.lower() not in skipped:
            found.setdefault(one.drug, set()).add(one)
    return found


def _said(advice: set[LedgerAdvice]) -> str:
    words = sorted({f"“{one.action or one.concern}” ({one.source})" for one in advice})
    return ", ".join(words) or tr("none")


def class_word(classification: str) -> str:
    """The class as it is said in a line; the common abbreviation for uncertain significance."""
    if classification == AcmgClass.UNCERTAIN:
        return tr("uncertain significance (VUS)")
    return classification.lower() or tr("not classified")


def _points(old: LedgerEntry, new: LedgerEntry) -> str:
    if old.points is None or new.points is None:
        return ""
    return tr(" ({old} → {new} points)", old=old.points, new=new.points)


def _clinvar(entry: LedgerEntry) -> str:
    if not entry.clinvar:
        return tr("no record")
    return tr("{said} ({stars} stars)", said=entry.clinvar, stars=entry.clinvar_stars)


def _seen(entry: LedgerEntry) -> str:
    if entry.frequency is None:
        return {"listed": tr("listed without a number")}.get(entry.frequency_kind, tr("never seen"))
    return f"{entry.frequency * 100:.3g} %"


def _moved(old: LedgerEntry, new: LedgerEntry) -> bool:
    if old.frequency is None or new.frequency is None:
        return old.frequency_kind != new.frequency_kind
    low, high = sorted((old.frequency, new.frequency))
    return high > 0 and (low == 0 or high / low >= FOLD)
