"""The ``evaluate`` commands: accuracy on a file of cases."""

import argparse

from genoai_desktop.app import acmg_files, pgx_commands, risk_files
from genoai_desktop.app.evaluate_rare import evaluate_rare
from genoai_desktop.domain.context import Context
from genoai_desktop.knowledge import Knowledge


def rare(options: argparse.Namespace, context: Context) -> bool:
    """Rank published cases by phenotype (and variants where a case names a VCF)."""
    evaluate_rare(
        options.cases,
        options.out,
        Knowledge(),
        context,
        leave_out_publication=options.leave_out_publication,
        top=options.top,
    )
    return False


def acmg(options: argparse.Namespace, context: Context) -> bool:
    """Classify expert-panel variants, or combine the panel's own codes."""
    acmg_files.evaluate_acmg(
        options.variants, options.out, Knowledge(), context, given_codes=options.given_codes
    )
    return False


def pgx(options: argparse.Namespace, context: Context) -> bool:
    """Agreement with a consensus, per gene, with each difference."""
    pgx_commands.compare_with_truth(options.vcf, options.truth, Knowledge(), context)
    return False


def warfarin(options: argparse.Namespace, _context: Context) -> bool:
    """Predicted doses and the error of each model by ancestry."""
    pgx_commands.predict_warfarin(options.patients, options.out, Knowledge())
    return False


def risk(options: argparse.Namespace, context: Context) -> bool:
    """Agreement with every reference file."""
    return bool(risk_files.evaluate_risk(options.reference, Knowledge(), context))
