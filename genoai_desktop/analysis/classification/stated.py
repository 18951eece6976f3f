"""Settle an open consequence with the protein change that a file states for the variant itself.

Without a reference genome the bases beside a substitution are not known, so the caller may leave
“stop gained or missense” open. A stated HGVS protein name says which; it is believed only where it
agrees with the bundled protein and is one of the open possibilities.
"""

import re
from collections.abc import Mapping
from typing import Any

_NAMES = "Ala Arg Asn Asp Cys Gln Glu Gly His Ile Leu Lys Met Phe Pro Ser Thr Trp Tyr Val Ter Sec"
_LETTERS = "ARNDCQEGHILKMFPSTWYV*U"
_ONE_LETTER = dict(zip(_NAMES.split(" "), _LETTERS, strict=True))
_CHANGE = re.compile(r"p\.\(?(?P<ref>[A-Z][a-z]{2})\d+(?P<alt>[A-Z][a-z]{2}|=|\*)(?![a-z0-9])")
_OPEN = " or "


def settled(effect: Mapping[str, Any], name: str) -> dict[str, Any]:
    """``effect`` (a row of ``effects``), an open consequence or new residue settled by the HGVS ``name``.

    The effect comes back as it was where nothing is open, nothing is stated, or the two disagree.
    The stated residue number is not compared: it may count on another isoform.
    """
    terms = (effect["consequence"] or "").split(_OPEN)
    match = _CHANGE.search(name)
    unknown = len(terms) > 1 or (terms == ["missense_variant"] and not effect["aa_alt"])
    if match is None or not unknown:
        return dict(effect)
    ref, alt = _ONE_LETTER.get(match["ref"]), _ONE_LETTER.get(match["alt"], match["alt"])
    if ref is None or (effect["aa_ref"] and effect["aa_ref"] != ref):
        return dict(effect)
    if alt in {"=", ref}:
        term, alt = "synonymous_variant", ref
    else:
        term = "stop_gained" if alt == "*" else "missense_variant"
    if term not in terms:
        return dict(effect)
    return dict(effect) | {"consequence": term, "aa_ref": ref, "aa_alt": alt}
