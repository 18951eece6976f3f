"""Words of fixed vocabularies (Sequence Ontology, classes, zygosity, sex) in the language of this thread."""

from functools import lru_cache

from genoai_desktop.domain.text import joined, language_in_use, tr


def term(word: str) -> str:
    """``missense_variant`` or ``Likely pathogenic`` as it is read; a word of no vocabulary as it is."""
    plain = str(word).replace("_", " ")
    known = _words(language_in_use())
    key = plain.lower().removesuffix(" variant")
    if key in known:
        return known[key]
    for between, said in ((" or ", tr(" or ")), ("&", " & "), ("/", "/")):
        if between in plain:
            return joined(said, (term(part.strip()) for part in plain.split(between)))
    return plain


@lru_cache(maxsize=4)
def _words(_language: str) -> dict[str, str]:
    return _consequences() | _classes() | _persons()


def _consequences() -> dict[str, str]:
    return {
        "missense": tr("missense"),
        "synonymous": tr("synonymous"),
        "stop gained": tr("stop gained"),
        "stop lost": tr("stop lost"),
        "stop retained": tr("stop retained"),
        "start lost": tr("start lost"),
        "start retained": tr("start retained"),
        "initiator codon": tr("initiator codon"),
        "frameshift": tr("frameshift"),
        "inframe deletion": tr("in-frame deletion"),
        "inframe insertion": tr("in-frame insertion"),
        "conservative inframe deletion": tr("in-frame deletion"),
        "disruptive inframe deletion": tr("in-frame deletion"),
        "conservative inframe insertion": tr("in-frame insertion"),
        "disruptive inframe insertion": tr("in-frame insertion"),
        "protein altering": tr("protein altering"),
        "coding sequence": tr("coding sequence"),
        "splice acceptor": tr("splice acceptor"),
        "splice donor": tr("splice donor"),
        "splice donor 5th base": tr("splice donor, fifth base"),
        "splice region": tr("splice region"),
        "splice polypyrimidine tract": tr("polypyrimidine tract"),
        "intron": tr("intron"),
        "intergenic": tr("intergenic"),
        "3 prime utr": tr("3' UTR"),
        "5 prime utr": tr("5' UTR"),
        "upstream gene": tr("upstream of the gene"),
        "downstream gene": tr("downstream of the gene"),
        "non coding transcript exon": tr("non-coding exon"),
    }


def _classes() -> dict[str, str]:
    return {
        "pathogenic": tr("pathogenic"),
        "likely pathogenic": tr("likely pathogenic"),
        "uncertain significance": tr("uncertain significance"),
        "likely benign": tr("likely benign"),
        "benign": tr("benign"),
        "conflicting": tr("conflicting"),
    }


def status_words(status: str) -> str:
    """How far a case is."""
    words = {"open": tr("open"), "in review": tr("in review"), "signed": tr("signed"), "closed": tr("closed")}
    return words.get(str(status), str(status))


def unit_words(unit: str) -> str:
    """What a line of coverage counts."""
    words = {"genes": tr("genes"), "relatives": tr("relatives"), "sites": tr("sites")}
    return words.get(str(unit), str(unit))


def _persons() -> dict[str, str]:
    return {
        "heterozygous": tr("heterozygous"),
        "homozygous": tr("homozygous"),
        "hemizygous": tr("hemizygous"),
        "female": tr("female"),
        "male": tr("male"),
        "unknown": tr("unknown"),
    }
