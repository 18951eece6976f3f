"""The clinic's letterhead and wording, and how the store keeps them."""

import base64
from dataclasses import replace
from typing import Any

from genoai_desktop.domain import serial
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.letters import (
    Clinic,
    Document,
    LetterEdit,
    Letterhead,
    text_sha256,
    with_edit,
    without_edit,
)
from genoai_desktop.report.edits import Section, tidy
from genoai_desktop.report.letterhead import checked_logo


def clinic_texts(
    clinic: Clinic, document: Document, section: Section, text: str, author: str, time: str
) -> Clinic:
    """The clinic with this wording for every case in which the program writes the same paragraphs.

    Paragraph by paragraph where there are as many as before, so that a sentence without names in it holds
    whatever stands beside it; else the first paragraph takes all of it and the others go.
    """
    program, wanted = section.program.split("\n"), tidy(text).split("\n")
    if len(program) != len(wanted):
        wanted = ["\n".join(wanted), *[""] * (len(program) - 1)]
    texts = clinic.texts
    for before, after in zip(program, wanted, strict=True):
        if not before:
            continue
        place = f"{section.id}: {text_sha256(before)[:12]}"
        made = LetterEdit(
            document.kind.value,
            document.language,
            place,
            text_sha256(before),
            before,
            after,
            author,
            time,
        )
        texts = without_edit(texts, made.place) if before == after else with_edit(texts, made)
    return replace(clinic, texts=texts)


def letterhead_setting(head: Letterhead) -> dict[str, str]:
    """A letterhead as a setting of the store."""
    return {
        "clinic": head.name,
        "address": head.address,
        "phone": head.phone,
        "footer": head.footer,
        "logo": base64.b64encode(head.logo).decode("ascii"),
    }


def texts_setting(clinic: Clinic) -> list[Any]:
    """The clinic's wording as a setting of the store."""
    return [serial.encode(text) for text in clinic.texts]


def read_clinic(head: Any, texts: Any) -> Clinic:
    """The clinic from its two settings; what cannot be read is left out."""
    found = head if isinstance(head, dict) else {}

    def word(name: str) -> str:
        return str(found.get(name) or "")

    try:
        logo = base64.b64decode(word("logo"), validate=True)
        if logo:
            checked_logo(logo)
    except (ValueError, UserError):
        logo = b""
    kept = []
    for entry in texts if isinstance(texts, list) else []:
        try:
            kept.append(serial.decode(LetterEdit, entry)[0])
        except serial.NotReadable:
            continue
    made = Letterhead(word("clinic"), word("address"), word("phone"), word("footer"), logo)
    return Clinic(made, tuple(kept))
