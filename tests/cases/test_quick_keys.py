"""Quick keys stay quick for as long as they are said to: else every store of the tests costs its 0.1 s."""

from quick_keys import COST, quicken, quickened

from genoai_desktop.cases import keys


def cost_of_a_new_key() -> tuple[int, ...]:
    made = keys.Wrapped("ada", "administrator", "", "", "")
    return made.time_cost, made.memory_kib, made.lanes


def test_for_a_block_and_for_a_process() -> None:
    real = cost_of_a_new_key()
    assert real[1] >= 19 * 1024  # OWASP's least for Argon2id
    with quickened():
        assert cost_of_a_new_key() == COST
    assert cost_of_a_new_key() == real
    quicken(before := quicken())
    assert cost_of_a_new_key() == before == real
    quicken()
    try:
        assert cost_of_a_new_key() == COST
    finally:
        quicken(before)
