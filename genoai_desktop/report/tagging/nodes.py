"""The structure tree: what each part of a document is, in reading order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from dataclasses import field as made_by


@dataclass(slots=True, eq=False)
class Node:
    """One structure element with a standard role of PDF 1.7 (``P``, ``H1``, ``Table``, ``Figure`` ...).

    ``marks`` are the places where it is drawn, page (0-based) and marked-content identifier; layout fills
    them in. ``actual`` is the text in reading order where the drawn letters are not (right-to-left script).
    ``field``: name of the form field whose widget a ``Form`` holds.
    ``once``: a second drawing is decoration, as of a table's head that is repeated on the next page.
    """

    role: str
    children: list["Node"] = made_by(default_factory=list)
    alt: str = ""
    actual: str = ""
    scope: str = ""
    language: str = ""
    field: str = ""
    once: bool = False
    box: tuple[float, float, float, float] | None = None
    marks: list[tuple[int, int]] = made_by(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        """This node and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


def lists_joined(nodes: Iterable[Node]) -> list[Node]:
    """The nodes with neighbouring list items put into one list."""
    joined: list[Node] = []
    for node in nodes:
        if node.role != "LI":
            joined.append(node)
        elif joined and joined[-1].role == "L":
            joined[-1].children.append(node)
        else:
            joined.append(Node("L", [node]))
    return joined


def pruned(node: Node) -> Node | None:
    """The tree without elements that draw nothing; empty cells stay, or rows would lose their columns."""
    node.children = [kept for kept in map(pruned, node.children) if kept is not None]
    held = node.children or node.marks or node.field
    return node if held or node.role in {"TD", "TH", "Document"} else None
