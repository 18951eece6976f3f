"""The ``risk`` commands. Each returns whether Findings need reading."""

import argparse
from collections.abc import Callable

from genoai_desktop import knowledge as tables
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.text import tr

Command = Callable[[argparse.Namespace, Context], bool]


def _table(model: str) -> Command:
    """The command of a function in ``app.risk_files``, imported when it runs."""

    def run(options: argparse.Namespace, context: Context) -> bool:
        from genoai_desktop.app import risk_files

        return bool(getattr(risk_files, model)(options.input, options.out, tables.Knowledge(), context))

    return run


TABLE_MODELS: dict[str, tuple[Command, str]] = {
    "gail": (_table("risk_gail"), tr("breast cancer, Gail model (BCRA 2.1.2)")),
    "claus": (_table("risk_claus"), tr("breast cancer, Claus tables")),
    "pedigree": (_table("risk_pedigree"), tr("carrier chances of a family")),
    "carrier": (_table("risk_carrier"), tr("residual carrier chance after a negative test")),
}


def prs(options: argparse.Namespace, context: Context) -> bool:
    """A polygenic score of every sample."""
    from genoai_desktop.app.risk_files import risk_prs

    build = Build(options.build) if options.build else None
    return bool(risk_prs(options.vcf, options.score, options.out, tables.Knowledge(), context, build=build))


def ancestry(options: argparse.Namespace, context: Context) -> bool:
    """Superpopulations of every sample."""
    from genoai_desktop.app.ancestry_files import write_ancestry

    write_ancestry(options.vcf, options.out, tables.Knowledge(), context)
    return False


__all__ = ["TABLE_MODELS", "ancestry", "prs"]
