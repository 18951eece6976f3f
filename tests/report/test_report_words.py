"""Times, signs and counts as the clinician's pages write them."""

import pytest

from genoai_desktop.domain.quality import MendelianCheck
from genoai_desktop.report.sections.common import moment, signed
from genoai_desktop.report.sections.quality import _trio


@pytest.mark.parametrize(
    ("stamp", "said"),
    [
        ("2026-11-30T03:49:38+00:00", "2026-11-30 03:49 UTC"),
        ("2026-11-30T03:49:38+05:30", "2026-11-30 03:49 UTC+05:30"),
        ("2026-11-30T03:49:38", "2026-11-30 03:49"),
        ("2026-11-30", "2026-11-30"),
        ("yesterday", "yesterday"),
    ],
)
def test_a_time_to_the_minute_with_its_offset(stamp: str, said: str) -> None:
    assert moment(stamp) == said


def test_a_minus_is_as_long_as_a_plus() -> None:
    assert (signed(-0.694), signed(1.5), signed(0)) == ("−0.69", "+1.50", "+0.00")


def test_one_error_is_one_error() -> None:
    assert "1 Mendelian error at 37,380 sites" in _trio(MendelianCheck("C", "F", "M", 37380, 1))
    assert "1,204 Mendelian errors at" in _trio(MendelianCheck("C", "F", "M", 37380, 1204))
