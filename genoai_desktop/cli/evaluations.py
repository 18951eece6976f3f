"""The ``evaluate`` commands: accuracy on a file of cases. What a command needs is imported when it runs."""

import argparse

from genoai_desktop import knowledge as tables
from genoai_desktop.domain.context import Context


def rare(options: argparse.Namespace, context: Context) -> bool:
    """Rank published cases by phenotype (and variants where a case names a VCF)."""
    from genoai_desktop.app.evaluate_rare import evaluate_rare
    from genoai_desktop.app.rare_score import print_agreement

    evaluate_rare(
        options.cases,
        options.out,
        tables.Knowledge(),
        context,
        leave_out_publication=options.leave_out_publication,
        top=options.top,
    )
    print_agreement(options.cases, options.out, options.top)
    return False


def acmg(options: argparse.Namespace, context: Context) -> bool:
    """Classify expert-panel variants, or combine the panel's own codes."""
    from genoai_desktop.app import acmg_files

    acmg_files.evaluate_acmg(
        options.variants, options.out, tables.Knowledge(), context, given_codes=options.given_codes
    )
    return False


def pgx(options: argparse.Namespace, context: Context) -> bool:
    """Agreement with a consensus, per gene, with each difference."""
    from genoai_desktop.app import pgx_commands

    pgx_commands.compare_with_truth(options.vcf, options.truth, tables.Knowledge(), context)
    return False


def warfarin(options: argparse.Namespace, _context: Context) -> bool:
    """Predicted doses and the error of each model by ancestry."""
    from genoai_desktop.app import pgx_commands

    pgx_commands.predict_warfarin(options.patients, options.out, tables.Knowledge())
    return False


def risk(options: argparse.Namespace, context: Context) -> bool:
    """Agreement with every reference file."""
    from genoai_desktop.app.risk_evaluation import evaluate

    return not evaluate(options.reference, tables.Knowledge(), context)["agrees"].all()
