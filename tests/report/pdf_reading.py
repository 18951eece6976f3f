"""Read PDFs back in tests."""

import pypdfium2


def pages_of(data: bytes) -> list[str]:
    """The text of every page."""
    document = pypdfium2.PdfDocument(data)
    texts = []
    for page in document:
        text_page = page.get_textpage()
        texts.append(text_page.get_text_bounded())
        text_page.close()
        page.close()
    document.close()
    return texts


def words_of(data: bytes) -> str:
    """All text with line breaks folded."""
    return " ".join(" ".join(pages_of(data)).split())
