"""What can be chosen about a person of the pedigree, in words."""

from enum import StrEnum

from genoai_desktop.domain.text import tr


def choice_words(choice: StrEnum) -> str:
    """A choice as a person reads it; the same word stands for the same thing in every list."""
    words = {
        "not stated": tr("not stated"),
        "woman": tr("woman"),
        "man": tr("man"),
        "nonbinary": tr("nonbinary"),
        "female": tr("female"),
        "male": tr("male"),
        "unknown": tr("unknown"),
        "no": tr("no"),
        "adopted in": tr("adopted in"),
        "adopted out": tr("adopted out"),
        "pregnancy": tr("pregnancy"),
        "miscarriage": tr("miscarriage"),
        "stillbirth": tr("stillbirth"),
        "termination": tr("termination"),
        "ectopic": tr("ectopic"),
        "sperm donor": tr("sperm donor"),
        "egg donor": tr("egg donor"),
        "no children by choice or reason unknown": tr("no children by choice or reason unknown"),
        "infertility": tr("infertility"),
        "identical": tr("identical"),
        "fraternal": tr("fraternal"),
    }
    return words[choice.value]
