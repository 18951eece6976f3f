"""Hebrew and Arabic script for a PDF writer that does no shaping and knows no writing direction.

Two steps, because lines are broken between them: ``shaped`` gives Arabic letters their contextual
presentation forms (Unicode block U+FB50 to U+FEFF, found through the decompositions in ``unicodedata``)
and keeps reading order; ``display_order`` puts one finished line in the order in which it is drawn, after
the Unicode bidirectional algorithm (UAX 9: rules W1 to W7, N0 to N2, I1, I2, L1 to L4). Explicit
embedding and isolate characters are not acted upon: names and sentences need none.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby

_RTL = frozenset({"R", "AL"})
_SEPARATORS = frozenset(",;:·–—(|/")
_STRONG = frozenset({"L", "R"})
_NUMBERS = frozenset({"EN", "AN"})
_LAM, _ALEFS = "\u0644", "\u0622\u0623\u0625\u0627"
_OPEN, _CLOSE = "([{<«‹「『【《〈", ")]}>»›」』】》〉"
_MIRRORED = dict(zip(_OPEN + _CLOSE + "≤≥", _CLOSE + _OPEN + "≥≤", strict=True))
RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur", "yi", "ps", "dv"})
"""Languages (ISO 639-1) whose paragraphs begin at the right."""


@cache
def _forms() -> dict[tuple[str, str], str]:
    forms: dict[tuple[str, str], str] = {}
    for code in (*range(0xFB50, 0xFDFE), *range(0xFE70, 0xFEFD)):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) < 2 or not parts[0].startswith("<"):
            continue
        letters = "".join(chr(int(part, 16)) for part in parts[1:])
        forms.setdefault((letters, parts[0].strip("<>")), chr(code))
    return forms


def is_right_to_left(text: str) -> bool:
    """Whether any letter of the text is written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(letter) in _RTL for letter in text)


def base_of(text: str) -> int:
    """1 where the first letter with a direction goes to the left (rules P2 and P3), else 0."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return int(next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L") != "L")


def visual(text: str, *, base: int = 0) -> str:
    """One line shaped and in the order in which it is drawn; text without such letters unchanged."""
    if not is_right_to_left(text):
        return text
    letters = shaped(text)
    return "".join(glyph for _, glyph in display_order(letters, base=base))


def shaped(text: str) -> str:
    """Arabic letters in their contextual forms, in reading order; vowel marks do not part them."""
    if not is_right_to_left(text):
        return text
    forms, out, index = _forms(), "", 0
    while index < len(text):
        lam_alef = text[index] == _LAM and text[index + 1 : index + 2] in tuple(_ALEFS)
        letters = text[index : index + 2] if lam_alef else text[index]
        joins_next = (letters, "initial") in forms and (
            _beyond(text, index + len(letters), 1),
            "final",
        ) in forms
        joined_back = (_beyond(text, index - 1, -1), "initial") in forms and (letters, "final") in forms
        name = (
            ("medial" if joins_next else "final") if joined_back else "initial" if joins_next else "isolated"
        )
        out += forms.get((letters, name), letters)
        index += len(letters)
    return out


def _beyond(text: str, index: int, step: int) -> str:
    while 0 <= index < len(text):
        if unicodedata.bidirectional(text[index]) != "NSM":
            return text[index]
        index += step
    return ""


def display_order(line: str, *, base: int = 0) -> list[tuple[int, str]]:
    """Index in ``line`` and glyph of every letter, left to right; ``base`` is 1 for a right-to-left line."""
    levels = _levels(line, base)
    clusters: list[tuple[int, list[int]]] = []
    for index, level in enumerate(levels):
        if clusters and unicodedata.bidirectional(line[index]) == "NSM":
            clusters[-1][1].append(index)  # rule L3: a mark is drawn after its letter
        else:
            clusters.append((level, [index]))
    for height in range(max(levels, default=0), 0, -1):
        turned: list[tuple[int, list[int]]] = []
        for run in _stretches(clusters, height):
            turned += run[::-1] if run[0][0] >= height else run
        clusters = turned
    return [
        (index, _MIRRORED.get(line[index], line[index]) if level % 2 else line[index])
        for level, indices in clusters
        for index in indices
    ]


def _stretches(clusters: list[tuple[int, list[int]]], height: int) -> Iterator[list[tuple[int, list[int]]]]:
    for _, run in groupby(clusters, key=lambda one: one[0] >= height):
        yield list(run)


def _levels(line: str, base: int) -> list[int]:
    around = "R" if base else "L"
    read = [unicodedata.bidirectional(letter) or "L" for letter in line]
    kinds = _weak(read if base else _own_numbers(line, read), around)
    _brackets(line, kinds, around)
    kinds = _neutral(kinds, around)
    levels = [_implicit(kind, base) for kind in kinds]
    for index in range(len(line) - 1, -1, -1):  # rule L1
        if unicodedata.bidirectional(line[index]) not in {"WS", "S", "B", "BN"}:
            break
        levels[index] = base
    return levels


def _own_numbers(line: str, kinds: list[str]) -> list[str]:
    """In a left-to-right line a number behind a name and a separator is the line's, not the name's.

    By the rules alone the date in ``name · 2026-03-05`` would be turned to 05-03-2026 where the name is
    Arabic. As if the name were isolated, which UAX 9 leaves to higher protocols (HL3).
    """
    own = list(kinds)
    in_name = parted = False
    for index, kind in enumerate(kinds):
        if kind in {"R", "AL"}:
            in_name, parted = True, False
        elif kind == "L":
            in_name = False
        elif line[index] in _SEPARATORS:
            parted = True
        elif kind == "EN" and in_name and parted:
            own[index] = "L"
    return own


def _implicit(kind: str, base: int) -> int:
    if base % 2:
        return base if kind == "R" else base + 1
    return base + (1 if kind == "R" else 2 if kind in _NUMBERS else 0)


def _weak(kinds: list[str], around: str) -> list[str]:
    """Rules W1 to W7."""
    strong, before = around, around
    for index, kind in enumerate(kinds):
        if kind == "NSM":
            kind = before
        if kind in {"L", "R", "AL"}:
            strong = kind
        elif kind == "EN" and strong == "AL":
            kind = "AN"
        kinds[index] = before = kind
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for index in range(1, len(kinds) - 1):
        left, right = kinds[index - 1], kinds[index + 1]
        if left == right and (kinds[index], left) in {("ES", "EN"), ("CS", "EN"), ("CS", "AN")}:
            kinds[index] = left
    kinds = _terminators(kinds)
    strong = around
    for index, kind in enumerate(kinds):
        strong = kind if kind in _STRONG else strong
        if kind == "EN" and strong == "L":
            kinds[index] = "L"
    return kinds


def _terminators(kinds: list[str]) -> list[str]:
    """Rules W5 and W6: a percent or currency sign beside a number belongs to it."""
    out: list[str] = []
    for kind, group in groupby(kinds):
        run = list(group)
        if kind == "ET":
            after = kinds[len(out) + len(run) : len(out) + len(run) + 1]
            run = ["EN" if "EN" in (*out[-1:], *after) else "ON"] * len(run)
        out += run
    return ["ON" if kind in {"ES", "ET", "CS", "WS", "S", "B", "BN", "NSM"} else kind for kind in out]


def _side(kind: str) -> str:
    return "R" if kind in _NUMBERS else kind


def _brackets(line: str, kinds: list[str], around: str) -> None:
    """Rule N0: both brackets of a pair take one direction."""
    waiting: list[tuple[str, int]] = []
    pairs = []
    for index, letter in enumerate(line):
        if kinds[index] == "ON" and letter in _OPEN:
            waiting.append((_MIRRORED[letter], index))
        elif kinds[index] == "ON" and letter in _CLOSE:
            found = next((n for n in range(len(waiting) - 1, -1, -1) if waiting[n][0] == letter), None)
            if found is not None:
                pairs.append((waiting[found][1], index))
                del waiting[found:]
    for first, last in sorted(pairs):
        inside = {_side(kind) for kind in kinds[first + 1 : last]} & _STRONG
        if not inside:
            continue
        before = next((_side(k) for k in reversed(kinds[:first]) if _side(k) in _STRONG), around)
        kinds[first] = kinds[last] = around if around in inside else before


def _neutral(kinds: list[str], around: str) -> list[str]:
    """Rules N1 and N2: what stands between two letters of one direction takes it."""
    out: list[str] = []
    for is_open, group in groupby(kinds, key=lambda kind: kind not in _STRONG | _NUMBERS):
        run = list(group)
        if is_open:
            before = _side(out[-1]) if out else around
            rest = kinds[len(out) + len(run) : len(out) + len(run) + 1]
            after = _side(rest[0]) if rest else around
            run = [before if before == after else around] * len(run)
        out += run
    return out
