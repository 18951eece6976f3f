"""Names in Hebrew and Arabic script inside left-to-right text, for a PDF writer that does no shaping.

Arabic letters take their contextual presentation forms (Unicode block U+FB50 to U+FEFF, found through the
decompositions in ``unicodedata``), and runs of right-to-left letters are put in visual order. This
covers names and short phrases, not the whole Unicode bidirectional algorithm (UAX 9).
"""

import unicodedata
from functools import cache

_RTL = frozenset({"R", "AL"})
_LAM, _ALEFS = "\u0644", "\u0622\u0623\u0625\u0627"


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


def visual(text: str) -> str:
    """The text with right-to-left runs shaped and in visual order; other text unchanged."""
    if not any(unicodedata.bidirectional(letter) in _RTL for letter in text):
        return text
    return "".join(_turned(run) if right else run for right, run in _runs(text))


def _runs(text: str) -> list[tuple[bool, str]]:
    runs: list[tuple[bool, str]] = []
    pending = ""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        right = kind in _RTL or (kind == "NSM" and bool(runs) and runs[-1][0])
        if not right and kind != "L" and runs and runs[-1][0]:
            pending += letter
        elif right and runs and runs[-1][0]:
            runs[-1] = (True, runs[-1][1] + pending + letter)
            pending = ""
        elif not right and runs and not runs[-1][0]:
            runs[-1] = (False, runs[-1][1] + letter)
        else:
            runs.append((right, pending + letter if not right else letter))
            pending = ""
    if pending:
        runs.append((False, pending))
    return runs


def _turned(run: str) -> str:
    return _shaped(run)[::-1]


def _shaped(run: str) -> str:
    forms, out, index = _forms(), "", 0
    while index < len(run):
        lam_alef = run[index] == _LAM and run[index + 1 : index + 2] in tuple(_ALEFS)
        letters = run[index : index + 2] if lam_alef else run[index]
        before = index > 0 and (run[index - 1], "initial") in forms
        after = run[index + len(letters) : index + len(letters) + 1]
        joins_next = (letters, "initial") in forms and (after, "final") in forms
        joined_back = before and (letters, "final") in forms
        name = (
            ("medial" if joins_next else "final") if joined_back else "initial" if joins_next else "isolated"
        )
        out += forms.get((letters, name), letters)
        index += len(letters)
    return out
