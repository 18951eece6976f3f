"""The family of a case, from a PED file or from the samples of the VCF alone."""

from collections.abc import Sequence
from dataclasses import replace

from genoai_desktop.domain.case import Affected, Person, Sex
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr


def choose_family(
    samples: Sequence[str], ped: tuple[Person, ...], sample: str | None
) -> tuple[str, tuple[Person, ...]]:
    """The proband's identifier and the persons of the case.

    Without a PED the proband stands alone: other samples of the file are not taken for relatives.

    Raises:
        UserError: the named sample is not in the file, or several could be meant.
    """
    if sample is not None and sample not in samples:
        raise UserError(
            tr("The file has no sample of the name that was asked for."),
            remedy=tr("Its samples are: {names}.", names=_listed(samples)),
        )
    if not samples:
        raise UserError(
            tr("The file has no samples, only sites."),
            remedy=tr("Open a VCF with the patient's genotypes."),
        )
    if ped:
        return _from_ped(samples, ped, sample)
    if sample is None and len(samples) > 1:
        raise UserError(
            tr("The file has {count} samples and it is not said which is the patient.", count=len(samples)),
            remedy=tr(
                "Name one with --sample, or give a PED file. Samples: {names}.", names=_listed(samples)
            ),
            code="sample.ambiguous",
        )
    chosen = sample or samples[0]
    return chosen, (Person(id=chosen, sample=chosen, affected=Affected.YES),)


def _from_ped(
    samples: Sequence[str], ped: tuple[Person, ...], sample: str | None
) -> tuple[str, tuple[Person, ...]]:
    persons = tuple(
        replace(person, sample=person.id if person.id in samples else person.sample) for person in ped
    )
    sequenced = [person for person in persons if person.sample in samples]
    if not sequenced:
        raise UserError(
            tr("No person of the PED file is a sample of the VCF."),
            remedy=tr("Individual identifiers must equal the sample names: {names}.", names=_listed(samples)),
        )
    if sample is not None:
        for person in sequenced:
            if person.sample == sample:
                return person.id, persons
        raise UserError(
            tr("The sample is in the VCF but not in the PED file."),
            remedy=tr("Add a line for it to the PED file."),
        )
    affected = [person for person in sequenced if person.affected is Affected.YES]
    children = [person for person in affected if person.mother or person.father]
    index = (children or affected or sequenced)[0]
    return index.id, persons


def with_proband(
    persons: tuple[Person, ...], proband: str, sex: Sex | None, age: float | None
) -> tuple[Person, ...]:
    """The persons, with what was said about the proband filled in."""
    return tuple(
        replace(person, sex=sex or person.sex, age_years=age if age is not None else person.age_years)
        if person.id == proband
        else person
        for person in persons
    )


def _listed(samples: Sequence[str], most: int = 6) -> str:
    shown = ", ".join(samples[:most])
    return (
        shown
        if len(samples) <= most
        else tr("{shown} and {more} more", shown=shown, more=len(samples) - most)
    )
