"""What is derived from tables is made once for them, and goes with them."""

import gc
import weakref

from genoai_desktop import app
from genoai_desktop.analysis.rare_disease.free_text import recognise
from genoai_desktop.app.similar import similar
from genoai_desktop.domain.context import Silent
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.derived import kept_with_tables


class Tables:
    """Something that holds tables."""

    def __init__(self) -> None:
        self.asked: list[int] = []


@kept_with_tables(2)
def derived(tables: Tables, number: int) -> tuple[Tables, int]:
    tables.asked.append(number)
    return tables, number


def test_it_is_made_once_for_the_last_arguments() -> None:
    tables = Tables()
    assert [derived(tables, number)[1] for number in (1, 2, 1, 3, 2)] == [1, 2, 1, 3, 2]
    assert tables.asked == [1, 2, 3, 2]


def test_other_tables_have_their_own() -> None:
    one, other = Tables(), Tables()
    assert derived(one, 1)[0] is one
    assert derived(other, 1)[0] is other
    assert derived(one, 1)[0] is one
    assert one.asked == other.asked == [1]


def test_tables_that_were_replaced_go_with_the_last_case_that_was_analysed_with_them() -> None:
    knowledge = Knowledge()
    held = weakref.ref(knowledge), weakref.ref(knowledge.phenotypes), weakref.ref(knowledge.bundle)
    opened = app.analyse(app.demo_request(), knowledge, Silent())
    assert similar(opened.result, knowledge, Silent()) is not None
    assert recognise("hearing loss", knowledge.phenotypes)
    del knowledge, opened
    gc.collect()
    assert [one() for one in held] == [None, None, None]
