"""The patient letter: at most two pages, plain words, one template an outcome."""

from dataclasses import replace

from genoai_desktop.report.edits import Wording
from genoai_desktop.report.letter_base import Letter
from genoai_desktop.report.letter_frame import Content, Density, Part
from genoai_desktop.report.letter_parts import chance_blocks, letter_blocks
from genoai_desktop.report.names import letter_english, letter_names
from genoai_desktop.report.outcome import outcome


class PatientLetter(Letter):
    """The result in the patient's words."""

    title = "title"
    densities = (
        Density(3, "letter", 76, 2),
        Density(2, "letter", 76, 1),
        Density(1, "small", 62, 1),
        Density(1, "tight", 50, 1),
    )

    @property
    def covers(self) -> str:
        """The patient's, in that language."""
        return f"patient {self.document.language}"

    def names(self) -> set[str]:
        """Person, genes, conditions and medicines."""
        return set(letter_names(self.allowed, self.document.language))

    def content(self, wording: Wording, density: Density) -> Content:
        """At a glance, then block by block."""
        words, answer = self.words, outcome(self.allowed)
        full = letter_blocks(self.allowed, words, answer, self.densities[0].most)
        glance = self.glance(wording, full[0].glance)
        note = self.note(wording)
        parts: list[Part] = []
        for block, whole in zip(
            letter_blocks(self.allowed, words, answer, density.most)[1:], full[1:], strict=True
        ):
            lines = wording.lines(block.id, block.title, whole.lines, block.lines)
            parts.append(Part(block.title, lines, block.drawn, id=block.id, of=block.of))
            if block.chances_follow:
                parts += self._chances(wording, density)
        parts.append(self.fixed(wording, "limits", "limits", "untested"))
        parts.append(self.fixed(wording, "privacy", "privacy", "privacy_text"))
        english = letter_english(self.allowed, words.language)
        addressed = self.addressed(self.allowed.case.index)
        return Content(words("title"), addressed, tuple(parts), glance, note, english=english)

    def _chances(self, wording: Wording, density: Density) -> list[Part]:
        """Every chance is a section of its own, so that an edit never goes to another one."""
        found: list[Part] = []
        names: set[str] = set()
        head = self.words("chances")
        for number, one in enumerate(chance_blocks(self.allowed, self.words, self.densities[0].figures)):
            name = f"chance {one.title}" if one.title not in names else f"chance {one.title} {number + 1}"
            names.add(one.title)
            lines = wording.lines(name, f"{head}: {one.title}", one.lines)
            if lines and (number < density.figures or wording.edited(name)):
                found.append(Part("", lines, one.value, id=name))
        return [replace(found[0], title=head), *found[1:]] if found else []
