"""What a family says in a questionnaire, into the pedigree of their case: added, never written over.

People are found by their place (the case's proband, parents, grandparents) and, among siblings, children and
partners, by name. Nobody is taken for somebody else by guess: who cannot be found is added. What a member has
already stays; where the form says something else, both are told.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from genoai_desktop.domain.family import (
    MOST_CONDITIONS,
    Condition,
    Diagnosis,
    Family,
    Member,
    Union,
    fresh_id,
)
from genoai_desktop.domain.family_check import checked
from genoai_desktop.domain.person import Sex
from genoai_desktop.domain.text import tr


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that differs. ``person``: identifier in the merged family; ``now``: what the case says.

    ``taken``: False where what the case says stays.
    """

    person: str
    field: str
    now: str
    said: str
    taken: bool


@dataclass(frozen=True, slots=True)
class Merged:
    """The family with the answers, and what differs from before."""

    family: Family
    changes: tuple[Change, ...]


def merged(current: Family, form: Family) -> Merged:
    """The answers of ``form`` added to ``current``.

    Raises:
        UserError: the family that results cannot be.
    """
    merger = _Merger(current, form)
    for person in merger.placed():
        merger.take(person)
    return Merged(checked(merger.family), tuple(merger.changes))


class _Merger:
    """The family so far, and who of the form is who in it."""

    def __init__(self, current: Family, form: Family) -> None:
        self.family, self.form = current, form
        self.who = {form.proband: current.proband}
        self.fresh: set[str] = set()
        self.changes: list[Change] = []

    def placed(self) -> list[str]:
        """Everybody of the form, in an order in which each hangs on somebody before; adds who is missing."""
        order = [self.form.proband]
        for person in order:
            for parent in self.form.member(person).parents:
                if parent not in self.who:
                    self._parent(person, parent)
                    order.append(parent)
        for person in (*order, *(one.id for one in self.form.members)):
            if person not in self.who:
                self._found(person)
                order.append(person)
        return order

    def take(self, person: str) -> None:
        """The answers about one person."""
        said, mine = self.form.member(person), self.family.member(self.who[person])
        if mine.id in self.fresh:
            words = said.name or tr("not named")
            self.changes.append(Change(mine.id, tr("New person"), "", words, taken=True))
            mine = replace(mine, name=said.name)
        made = mine
        for field, title in (
            ("name", tr("Name")),
            ("birth_year", tr("Year of birth")),
            ("age", tr("Age (years)")),
        ):
            made = self._answer(
                made, field, title, getattr(mine, field) or None, getattr(said, field) or None
            )
        if said.sex is not Sex.UNKNOWN and mine.id not in self.fresh:
            known = None if mine.sex is Sex.UNKNOWN else mine.sex
            made = self._answer(made, "sex", tr("Sex at birth"), known, said.sex)
        if said.deceased and not mine.deceased:
            made = self._answer(made, "deceased", tr("deceased"), None, True)
        self._put(made)
        for diagnosis in said.diagnoses:
            self._diagnosed(made.id, self.form.condition(diagnosis.condition), diagnosis.age)

    def _answer(self, member: Member, field: str, title: str, now: object, said: object) -> Member:
        same = str(now).casefold() == str(said).casefold()
        if said is None or same:
            return member
        taken = now is None
        self.changes.append(Change(member.id, title, _words(now), _words(said), taken))
        answer: dict[str, Any] = {field: said}
        return replace(member, **answer) if taken else member

    def _diagnosed(self, person: str, condition: Condition, age: float | None) -> None:
        member = self.family.member(person)
        known = self._condition(condition)
        before = member.onset(known.id)
        said = known.name if age is None else f"{known.name}, {age:g}"
        now = "" if before is None else known.name if before.age is None else f"{known.name}, {before.age:g}"
        if before is not None and age in (None, before.age):
            return
        full = before is None and len(member.diagnoses) >= MOST_CONDITIONS
        taken = not full and (before is None or before.age is None)
        self.changes.append(Change(person, tr("Condition"), now, said, taken))
        if taken:
            kept = tuple(one for one in member.diagnoses if one.condition != known.id)
            self._put(replace(member, diagnoses=(*kept, Diagnosis(known.id, age)), unaffected=False))

    def _condition(self, condition: Condition) -> Condition:
        """The one of the family that has this name; a new one where none has."""
        name = condition.name.casefold()
        for one in self.family.conditions:
            if name in (one.name.casefold(), one.id.casefold()):
                return one
        taken = {one.id for one in self.family.conditions}
        fresh = next(f"C{number}" for number in range(1, len(taken) + 2) if f"C{number}" not in taken)
        made = replace(condition, id=fresh)
        self.family = replace(self.family, conditions=(*self.family.conditions, made))
        return made

    def _parent(self, child: str, parent: str) -> None:
        """The same parent of the same person; added where that one is not known yet."""
        field = "mother" if self.form.member(child).mother == parent else "father"
        mine = self.family.member(self.who[child])
        known = getattr(mine, field)
        if known is None:
            both = self.family.twins_of(mine.id)
            siblings = (mine.id, *self.family.siblings(mine.id), *(both.members if both else ()))
            known = self._add(replace(self.form.member(parent), father=None, mother=None))
            parent_is: dict[str, Any] = {field: known}
            for one in dict.fromkeys(siblings):
                self._put(replace(self.family.member(one), **parent_is))
            self._together(self.family.member(mine.id).parents)
        self.who[parent] = known

    def _found(self, person: str) -> None:
        """A sibling, child or partner of somebody who is placed: the one of that name, else a new one."""
        said = self.form.member(person)
        parents = tuple(self.who[one] for one in said.parents if one in self.who)
        kin: Iterable[str] = () if said.parents else self.family.partners(self.who[self.form.proband])
        if parents:
            kin = self.family.common_children(parents[0], parents[1] if len(parents) == 2 else None)
        self.who[person] = self._named(said, kin) or self._add(
            replace(said, father=self.who.get(said.father or ""), mother=self.who.get(said.mother or ""))
        )
        if not said.parents:
            self._together((self.who[self.form.proband], self.who[person]))

    def _named(self, said: Member, kin: Iterable[str]) -> str | None:
        taken = set(self.who.values())
        free = [self.family.member(one) for one in kin if one not in taken]
        same = [one.id for one in free if said.name and one.name.casefold() == said.name.casefold()]
        if len(same) == 1:
            return same[0]
        partner = not said.parents and len(free) == 1 and not (said.name and free[0].name)
        return free[0].id if partner else None

    def _add(self, said: Member) -> str:
        made = fresh_id(self.family.by_id)
        member = Member(made, sex=said.sex, father=said.father, mother=said.mother)
        self.family = replace(self.family, members=(*self.family.members, member))
        self.fresh.add(made)
        return made

    def _together(self, pair: tuple[str, ...]) -> None:
        if len(pair) == 2 and self.family.union_of(*pair) is None:
            self.family = replace(self.family, unions=(*self.family.unions, Union((pair[0], pair[1]))))

    def _put(self, member: Member) -> None:
        members = tuple(member if one.id == member.id else one for one in self.family.members)
        self.family = replace(self.family, members=members)


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Sex):
        return {Sex.FEMALE: tr("female"), Sex.MALE: tr("male")}.get(value, tr("unknown"))
    if value is True:
        return tr("yes")
    return f"{value:g}" if isinstance(value, float) else str(value)
