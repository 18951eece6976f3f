"""The ``risk`` commands. Each returns whether Findings need reading."""

import argparse
from collections.abc import Callable

from genoai_desktop.app import risk_files
from genoai_desktop.app.ancestry_files import write_ancestry
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge

Command = Callable[[argparse.Namespace, Context], bool]


def _table(model: Callable[..., object]) -> Command:
    def run(options: argparse.Namespace, context: Context) -> bool:
        return bool(model(options.input, options.out, Knowledge(), context))

    return run


TABLE_MODELS: dict[str, tuple[Command, str]] = {
    "gail": (_table(risk_files.risk_gail), tr("breast cancer, Gail model (BCRA 2.1.2)")),
    "claus": (_table(risk_files.risk_claus), tr("breast cancer, Claus tables")),
    "pedigree": (_table(risk_files.risk_pedigree), tr("carrier chances of a family")),
    "carrier": (_table(risk_files.risk_carrier), tr("residual carrier chance after a negative test")),
}


def prs(options: argparse.Namespace, context: Context) -> bool:
    """A polygenic score of every sample."""
    build = Build(options.build) if options.build else None
    return bool(
        risk_files.risk_prs(options.vcf, options.score, options.out, Knowledge(), context, build=build)
    )


def ancestry(options: argparse.Namespace, context: Context) -> bool:
    """Superpopulations of every sample."""
    write_ancestry(options.vcf, options.out, Knowledge(), context)
    return False


__all__ = ["TABLE_MODELS", "ancestry", "prs"]
