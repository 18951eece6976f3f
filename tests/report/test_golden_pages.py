"""Pages look as they did. After a wanted change run this file as a script, and look at the new images."""

from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from letter_calls import couple_letter_pdf, letter_pdf
from PIL import Image
from report_cases import case, coupled, rich_result

from genoai_desktop.domain.case import Person
from genoai_desktop.report import clinician, clinician_pdf
from genoai_desktop.report.card import pgx_card_pdf

NAME = "李小明 山田 たろう 김민준 محمد بن عبد الله שלום כהן"
GOLDEN = Path(__file__).parent / "golden"
MAKERS = {
    "report": lambda: clinician_pdf(rich_result()),
    "letter-en": lambda: letter_pdf(rich_result(), "en"),
    "letter-de": lambda: letter_pdf(rich_result(), "de"),
    "card": lambda: pgx_card_pdf(rich_result()),
    "couple": lambda: couple_letter_pdf(coupled()),
    "scripts": lambda: letter_pdf(rich_result(case=case(persons=(Person("P1", "NA1", NAME),)))),
}


@pytest.fixture(autouse=True)
def _one_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new field of a case changes the digest that the report prints, and nothing else that is seen."""
    monkeypatch.setattr(clinician, "content_sha256", lambda _result: "0" * 64)


def rendered(data: bytes) -> list[Image.Image]:
    """Every page in 16 greys, 0.75 pixels a point."""
    document = pypdfium2.PdfDocument(data)
    images = [page.render(scale=0.75).to_pil().convert("L") for page in document]
    document.close()
    return images


@pytest.mark.parametrize("name", MAKERS)
def test_pages_look_as_they_did(name: str) -> None:
    images = rendered(MAKERS[name]())
    assert len(list(GOLDEN.glob(f"{name}-*.png"))) == len(images)
    for number, image in enumerate(images, start=1):
        with Image.open(GOLDEN / f"{name}-{number}.png") as kept:
            then = np.asarray(kept.convert("L"), dtype=np.int16)
        now = np.asarray(image, dtype=np.int16)
        assert then.shape == now.shape
        difference = np.abs(then - now) > 40
        assert difference.mean() < 0.002, f"page {number} of {name} looks different"


def _renew() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for old in GOLDEN.glob("*.png"):
        old.unlink()
    for name, make in MAKERS.items():
        for number, image in enumerate(rendered(make()), start=1):
            image.quantize(16).save(GOLDEN / f"{name}-{number}.png", optimize=True)


if __name__ == "__main__":
    clinician.content_sha256 = lambda _result: "0" * 64
    _renew()
