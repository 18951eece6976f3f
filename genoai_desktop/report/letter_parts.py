"""What a patient letter says, as words without layout: one block a topic."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.failed import Part
from genoai_desktop.domain.numerals import localised
from genoai_desktop.domain.pgx import Concern, PgxResult
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.risk import RiskFigure, RiskFinding
from genoai_desktop.domain.variant import ReportedVariant, Zygosity
from genoai_desktop.knowledge.medicine_names import listed_as, unknown_medicines
from genoai_desktop.report.drawings.words import rare
from genoai_desktop.report.icons import in_hundred
from genoai_desktop.report.names import (
    alphabetical,
    condition_said,
    figure_said,
    figure_title,
    medicine_said,
    named_medicine,
    plain_words,
)
from genoai_desktop.report.outcome import (
    Mode,
    Outcome,
    OutcomeKind,
    besides,
    both_copies,
    inherited_from,
    mode_of,
    outcome,
    shown_new,
)
from genoai_desktop.report.phrases import Phrases

_FOUND = (OutcomeKind.POSITIVE, OutcomeKind.LIKELY_POSITIVE)
_DRUGS = 8
_DRAWN = {"rel_dominant": 0.5, "rel_dominant_new": 0.5, "rel_recessive": 0.25}


_CARRIED: dict[str, tuple[float | None, str]] = {
    "carrier_both": (None, ""),
    "carrier_x": (0.5, "sons"),
    "carrier": (0.25, ""),
}
"""Kinds of carrier findings with the chance (0..1) that is drawn, and of whom."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with its sentences; the chances in numbers stand after the one that says so."""

    title: str
    lines: tuple[str, ...]
    chances_follow: bool = False
    drawn: float | None = None
    """A chance (0..1) of the sentences that is drawn as X in 100."""
    id: str = ""
    """Names the section whose wording can be edited."""
    of: str = ""
    """Who is drawn: ``sons``, else people."""

    @property
    def glance(self) -> tuple[str, str, str]:
        """Result, meaning and next step."""
        result, means, following = self.lines
        return result, means, following


@dataclass(frozen=True, slots=True)
class Chance:
    """One chance (0..1) in words: percentage, both framings, baseline."""

    value: float
    lines: tuple[str, ...]
    title: str = ""


def letter_blocks(result: CaseResult, words: Phrases, answer: Outcome, most: int) -> list[Block]:
    """At a glance (three lines), then the other results, then relatives. At most ``most`` of each kind."""
    blocks = [_glance(words, answer, result), *_failed(result, words, answer)]
    waiting = answer.kind is OutcomeKind.FAILED  # a carrier finding may be the cause after all
    blocks += [_block(words, kind, found, most) for kind, found in _by_kind(result, answer, waiting=waiting)]
    if result.pgx is not None:
        blocks.append(Block(words("pgx_head"), _medicines(result, result.pgx, words), id="pgx"))
    told = _relatives(result, answer, words)
    drawn = next((_DRAWN[key] for key, _ in told if key in _DRAWN), None)
    blocks.append(Block(words("relatives"), tuple(line for _, line in told), drawn=drawn, id="relatives"))
    place = next(
        (n for n, block in enumerate(blocks) if n and block.title == words("pgx_head")), len(blocks) - 1
    )
    before = max(place - 1, 1)
    chosen = blocks[before]
    blocks[before] = replace(chosen, chances_follow=True)
    return blocks


def chance_blocks(result: CaseResult, words: Phrases, most: int) -> list[Chance]:
    """The first chances in words: those of findings before the general ones."""
    if result.risk is None:
        return []
    waiting = outcome(result).kind is OutcomeKind.FAILED
    told = [one for one in result.risk.findings if not (waiting and one.scope == Scope.CARRIER.value)]
    figures = [figure for finding in told for figure in finding.figures]
    return [_chance(figure, words) for figure in (*figures, *result.risk.figures)[:most]]


def _chance(figure: RiskFigure, words: Phrases) -> Chance:
    count, title = in_hundred(figure.value), figure_title(figure, words.language)
    lines = [
        words(
            _by_size("chance_have", figure.value),
            title=title,
            horizon=figure_said(figure.horizon, words.language),
            percent=percent(figure.value, words.language),
            n=count,
        ),
        words(_by_size("chance_not", figure.value), rest=100 - count),
    ]
    if figure.baseline is None:
        lines.append(words("chance_nobase"))
    else:
        label = figure_said(figure.baseline_label or "people in general", words.language)
        lines.append(
            words(
                _by_size("chance_base", figure.baseline),
                label=label,
                n=in_hundred(figure.baseline),
                percent=percent(figure.baseline, words.language),
            )
        )
    if figure.low is not None and figure.high is not None:
        key = _by_size("chance_range", figure.high)
        key += "_rare_low" if rare(figure.low) and not rare(figure.high) else ""
        lines.append(words(key, low=in_hundred(figure.low), high=in_hundred(figure.high)))
    return Chance(figure.value, tuple(lines), title)


def _by_size(key: str, chance: float) -> str:
    """The sentence for fewer than 1 in 100 where the figure says so too."""
    return f"{key}_rare" if rare(chance) else key


def percent(value: float, language: str = "en") -> str:
    """0..1 as the number before a percent sign; under 1 % with one digit that counts, in that language."""
    shown = value * 100
    said = f"{shown:.0f}" if shown >= 1 or shown == 0 else f"{shown:.1g}" if shown >= 0.001 else "<0.001"
    return localised(said, language)


def _glance(words: Phrases, answer: Outcome, result: CaseResult) -> Block:
    values = {}
    if answer.candidate is not None:
        genes = [answer.candidate.gene, *(variant.gene for variant in answer.candidate.variants)]
        values = {
            "gene": plain_words(next((name for name in genes if name), words("no_gene"))),
            "condition": condition_said(answer.candidate.disease_name, words.language),
        }
    kind = answer.kind.value
    if answer.kind is OutcomeKind.CARRIER and any(map(carried_otherwise, besides(result, answer))):
        kind = f"{kind}_other"
    if answer.kind is OutcomeKind.PGX and result.pgx is not None and not result.pgx.says_something:
        kind = f"{kind}_unread"
    lines = tuple(words(f"{kind}_{part}", **values) for part in ("result", "means", "next"))
    if answer.kind is OutcomeKind.NEGATIVE and result.quality is not None and result.quality.absent:
        lines = (words("negative_part_result"), words("negative_part_means"), lines[2])
    return Block(words("found"), lines)


def _failed(result: CaseResult, words: Phrases, answer: Outcome) -> list[Block]:
    """What failed in the program besides the search for a cause: never left out, as if nothing were there."""
    allows = result.case.consent.allows
    lines = []
    if result.failure(Part.PGX):
        lines.append(words("failed_pgx"))
    if result.failure(Part.RISK):
        asked = any(map(allows, (Scope.SECONDARY, Scope.CARRIER, Scope.POLYGENIC)))
        lines.append(words("failed_risk" if asked else "failed_chances"))
    elif result.failure(Part.ANCESTRY) and allows(Scope.POLYGENIC):
        lines.append(words("failed_chances"))
    if answer.kind is OutcomeKind.FAILED and _carried(result):
        lines.append(words("failed_carrier"))
    if not lines:
        return []
    return [Block(words("failed_head"), (*lines, words("failed_again")), id="failed")]


def _carried(result: CaseResult) -> bool:
    findings = result.risk.findings if result.risk else ()
    return any(one.scope == Scope.CARRIER.value for one in findings)


def carried_otherwise(one: RiskFinding) -> str:
    """How a carrier finding differs from one changed copy of two: ``both``, ``x`` or empty where it does not.

    ``both`` copies may be changed; ``x``: on the X chromosome, about sons whoever the partner is.
    """
    if one.scope != Scope.CARRIER.value:
        return ""
    alike = any(variant.zygosity is Zygosity.HOMOZYGOUS for variant in one.variants)
    on_one_copy = len(set(map(inherited_from, one.variants)) - {""}) == 1 and all(
        map(inherited_from, one.variants)
    )
    if alike or (len(one.variants) > 1 and not on_one_copy):
        return "both"
    return "x" if mode_of(one.inheritance) is Mode.X_LINKED else ""


def _by_kind(result: CaseResult, answer: Outcome, *, waiting: bool) -> list[tuple[str, list[RiskFinding]]]:
    """Findings by what a letter says of them, those that matter most to the reader first."""
    kinds: dict[str, list[RiskFinding]] = {key: [] for key in ("secondary", *_CARRIED)}
    for one in besides(result, answer):
        other = carried_otherwise(one)
        key = f"{one.scope}_{other}" if other else one.scope
        if key in kinds and not (waiting and key in _CARRIED):
            kinds[key].append(one)
    return [(key, found) for key, found in kinds.items() if found]


def _block(words: Phrases, kind: str, found: list[RiskFinding], most: int) -> Block:
    lines = [_found(one, words, kind) for one in found[:most]]
    if len(found) > most:
        lines.append(words.count("more", len(found) - most))
    lines.append(words(f"{kind}_means"))
    if kind == "secondary":
        lines.append(words("secondary_next"))
    drawn, of = _CARRIED.get(kind, (None, ""))
    return Block(words(f"{kind}_head"), tuple(lines), drawn=drawn, id=kind, of=of)


def _found(one: RiskFinding, words: Phrases, kind: str) -> str:
    condition = condition_said(one.condition, words.language)
    return words(f"{kind}_result", gene=plain_words(one.gene), condition=condition)


def _medicines(result: CaseResult, pgx: PgxResult, words: Phrases) -> tuple[str, ...]:
    if not pgx.says_something:
        return words("pgx_unread"), words("pgx_own")
    by_concern = {
        concern: sorted({advice.drug for advice in pgx.advice if advice.concern is concern})
        for concern in Concern
    }
    avoid = by_concern[Concern.AVOID]
    adjust = [drug for drug in by_concern[Concern.ADJUST] if drug not in avoid]
    typed = [medicine.name for medicine in result.case.medicines]
    grave = {drug.lower() for drug in (*avoid, *adjust, *by_concern[Concern.CAUTION])}
    mine = [name for name in typed if listed_as(name) & grave]
    seen = pgx.seen_in_part
    lines = [words("pgx_result" if avoid or adjust or mine or seen else "pgx_none")]
    if mine:
        lines.append(words("pgx_mine", drugs=_listed(_own(mine, words), words)))
    if unknown := unknown_medicines(typed):
        lines.append(words("pgx_unknown", drugs=_listed(_own(unknown, words), words)))
    if avoid:
        lines.append(words("pgx_avoid", drugs=_listed(_drugs(avoid, words), words)))
    if adjust:
        lines.append(words("pgx_adjust", drugs=_listed(_drugs(adjust, words), words)))
    if seen:
        lines.append(words("pgx_seen", genes=", ".join(seen)))
    if acting := {name for one in pgx.conversions for name in one.medicines}:
        lines.append(words("pgx_counted", drugs=_listed(_drugs(acting, words), words)))
    unclear = sorted(pgx.unread)
    if unclear:
        lines.append(words.count("pgx_unclear", len(unclear), genes=_listed(unclear, words)))
    return (*lines, words("pgx_own"))


def _drugs(full: Iterable[str], words: Phrases) -> list[str]:
    """By their names in the letter's language, in its order."""
    return sorted({medicine_said(name, words.language) for name in full}, key=alphabetical)


def _own(typed: Iterable[str], words: Phrases) -> list[str]:
    """The patient's own medicines as they were typed, with what they stand for."""
    return sorted({named_medicine(name, words.language) for name in typed}, key=alphabetical)


def _listed(names: list[str], words: Phrases) -> str:
    if len(names) <= _DRUGS:
        return ", ".join(names)
    return words("and_more", names=", ".join(names[:_DRUGS]), n=len(names) - _DRUGS)


def _relatives(result: CaseResult, answer: Outcome, words: Phrases) -> list[tuple[str, str]]:
    """Key and sentence. Where more than one thing was found, each sentence says which it is about."""
    findings = besides(result, answer)
    told: list[tuple[str, str]] = []
    if answer.kind in (OutcomeKind.VUS, OutcomeKind.NEGATIVE):
        told.append((key := f"rel_{answer.kind.value}", words(key)))
    genes: dict[str, list[str]] = {}
    if answer.kind in _FOUND and answer.candidate is not None:
        key = _relatives_key(answer.mode, answer.candidate.variants)
        genes.setdefault(key, []).append(plain_words(answer.candidate.gene))
    for one in findings:
        if one.scope == Scope.SECONDARY.value:
            key = _relatives_key(mode_of(one.inheritance), one.variants)
            genes.setdefault(key, []).append(plain_words(one.gene))
    several = bool(told) or sum(map(len, genes.values())) > 1
    for key, told_of in genes.items():
        names = list(dict.fromkeys(name for name in told_of if name))
        about = words.count("rel_about", len(names), genes=", ".join(names)) if several and names else ""
        told.append((key, f"{about} {words(key)}".strip()))
    if answer.kind is OutcomeKind.FAILED or (result.failure(Part.RISK) and not told):
        told.append(("rel_failed", words("rel_failed")))
    else:
        told += [(key, words(key)) for key in _carrier_keys(result)]
    if result.pgx is not None and result.pgx.says_something:
        told.append(("rel_pgx", words("rel_pgx")))
    return told or [("rel_none", words("rel_none"))]


def _carrier_keys(result: CaseResult) -> list[str]:
    """What relatives are told of carrier findings: on the X chromosome the partner does not matter."""
    found = [one for one in result.risk.findings if one.scope == Scope.CARRIER.value] if result.risk else []
    on_x = [mode_of(one.inheritance) is Mode.X_LINKED for one in found]
    return [key for key, there in (("rel_carrier", not all(on_x)), ("rel_carrier_x", any(on_x))) if there]


def _relatives_key(mode: Mode, variants: Iterable[ReportedVariant]) -> str:
    """The sentence on relatives: parents who were shown not to have it are not told that they may.

    Where both copies have the one change of a dominant condition, every child gets it.
    """
    variants = tuple(variants)
    if mode is Mode.DOMINANT and both_copies(variants):
        return "rel_dominant_both"
    new = mode is Mode.DOMINANT and shown_new(variants)
    return f"rel_{mode.value}_new" if new else f"rel_{mode.value}"
