"""Commands and their options, as ``--help`` documents them."""

import argparse
from pathlib import Path
from typing import TypeAlias

from genoai_desktop import __version__
from genoai_desktop.cli import commands, evaluations, packs, risks
from genoai_desktop.domain.text import tr

Adder: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def build_parser() -> argparse.ArgumentParser:
    """The parser of every command; ``commands`` among its defaults names them all."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--quiet", action="store_true", help=tr("show no progress"))
    parser = argparse.ArgumentParser(
        prog="genoai-desktop",
        description=tr(
            "Decision support for genetic counselors, offline. Without a command, or with a file alone, "
            "the window opens. The commands below run without a screen on the same code."
        ),
        epilog=tr(
            "Exit status: 0 done; 1 done, with findings to read; 2 input refused; 3 fault of the program; "
            "130 interrupted. Tables are TSV (.gz allowed) unless the name ends in .csv or .json; - is "
            "standard input or output."
        ),
    )
    parser.add_argument("--version", action="version", version=f"genoai-desktop {__version__}")
    adder = parser.add_subparsers(title=tr("commands"), dest="command", metavar="COMMAND")
    for add in (_demo, _check, _analyse, _pgx, _classify, _risk, _evaluate, _knowledge):
        add(adder, common)
    parser.set_defaults(commands=tuple(adder.choices))
    return parser


def _demo(adder: Adder, common: argparse.ArgumentParser) -> None:
    parser = adder.add_parser("demo", parents=[common], help=tr("analyse the bundled demo family"))
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=tr("folder for the results"))
    parser.set_defaults(run=commands.demo, out_is_folder=True)


def _check(adder: Adder, common: argparse.ArgumentParser) -> None:
    parser = adder.add_parser("check-vcf", parents=[common], help=tr("say what is odd about a VCF or BCF"))
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help=tr("print JSON instead of lines"))
    parser.set_defaults(run=commands.check_vcf)


def _analyse(adder: Adder, common: argparse.ArgumentParser) -> None:
    parser = adder.add_parser(
        "analyse", parents=[common], help=tr("analyse one case: result.json, report.pdf, letter.pdf")
    )
    parser.add_argument(
        "--vcf",
        type=Path,
        required=True,
        action="append",
        help=tr("VCF or BCF with the patient; again for structural variants or repeats of the same case"),
    )
    parser.add_argument("--sample", help=tr("the patient's sample name"))
    parser.add_argument("--ped", type=Path, help=tr("PED file of the family"))
    parser.add_argument("--hpo", default="", metavar="LIST", help=tr("observed HPO terms, comma-separated"))
    parser.add_argument("--exclude", default="", metavar="LIST", help=tr("HPO terms looked for and absent"))
    parser.add_argument("--phenopacket", type=Path, help=tr("GA4GH Phenopacket (JSON) with the phenotype"))
    parser.add_argument("--sex", choices=["female", "male", "unknown"])
    parser.add_argument("--age", type=float, help=tr("age in years"))
    parser.add_argument("--reads", type=Path, metavar="BAM", help=tr("reads of the patient"))
    parser.add_argument(
        "--callable", type=Path, metavar="BED", help=tr("regions without a record are reference (medicines)")
    )
    parser.add_argument("--reference", type=Path, metavar="FASTA", help=tr("indexed reference genome"))
    parser.add_argument("--build", choices=["GRCh37", "GRCh38"], help=tr("overrides what the file says"))
    parser.add_argument(
        "--consent",
        metavar="LIST",
        help=tr("scopes consented to, comma-separated: {scopes}", scopes=", ".join(commands.SCOPES)),
    )
    parser.add_argument("--medicines", default="", metavar="LIST", help=tr("current medicines"))
    _partner(parser)
    parser.add_argument(
        "--language", default="en", choices=["en", "de", "es", "fr"], help=tr("of the letter")
    )
    parser.add_argument(
        "--report-language", default="en", choices=["en", "de"], help=tr("of the clinician's report")
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.set_defaults(run=commands.analyse_case, out_is_folder=True)


def _partner(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(tr("couple mode"))
    group.add_argument(
        "--partner", type=Path, metavar="VCF", help=tr("the partner's file, on the same build")
    )
    group.add_argument("--partner-sample", metavar="NAME", help=tr("the partner's sample name"))
    group.add_argument("--partner-sex", choices=["female", "male", "unknown"])
    group.add_argument(
        "--partner-consent",
        metavar="LIST",
        help=tr("scopes that the partner consented to; carrier is needed"),
    )


def _pgx(adder: Adder, common: argparse.ArgumentParser) -> None:
    parser = adder.add_parser("pgx", parents=[common], help=tr("diplotypes and advice for every sample"))
    parser.add_argument("--vcf", type=Path, required=True)
    parser.add_argument("--outside", type=Path, help=tr("calls made elsewhere (HLA, CYP2D6 copy number)"))
    parser.add_argument(
        "--callable", type=Path, metavar="BED", help=tr("regions without a record are reference")
    )
    parser.add_argument("--advise", default="", metavar="DRUG[,DRUG]", help=tr("also write ADVICE.tsv"))
    parser.add_argument("--out", type=Path, required=True, metavar="CALLS.tsv")
    parser.set_defaults(run=commands.pgx)


def _classify(adder: Adder, common: argparse.ArgumentParser) -> None:
    parser = adder.add_parser("classify", parents=[common], help=tr("ACMG/AMP classes of variants"))
    parser.add_argument("--variants", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.set_defaults(run=commands.classify)


def _risk(adder: Adder, common: argparse.ArgumentParser) -> None:
    parser = adder.add_parser("risk", parents=[common], help=tr("chances of disease and of being a carrier"))
    models = parser.add_subparsers(dest="model", required=True, metavar="MODEL")
    for name, (run, text) in risks.TABLE_MODELS.items():
        model = models.add_parser(name, parents=[common], help=text)
        model.add_argument("--input", type=Path, required=True)
        model.add_argument("--out", type=Path, required=True)
        model.set_defaults(run=run)
    prs = models.add_parser("prs", parents=[common], help=tr("polygenic score"))
    prs.add_argument("--vcf", type=Path, required=True)
    prs.add_argument("--score", type=Path, required=True)
    prs.add_argument("--build", choices=["GRCh37", "GRCh38"])
    prs.add_argument("--out", type=Path, default=Path("-"))
    prs.set_defaults(run=risks.prs)
    ancestry = models.add_parser("ancestry", parents=[common], help=tr("superpopulation of every sample"))
    ancestry.add_argument("--vcf", type=Path, required=True)
    ancestry.add_argument("--out", type=Path, default=Path("-"))
    ancestry.set_defaults(run=risks.ancestry)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(tr("a whole number from 1 is needed"))
    return int(text)


def _evaluate(adder: Adder, common: argparse.ArgumentParser) -> None:
    parser = adder.add_parser("evaluate", parents=[common], help=tr("measure accuracy on a file of cases"))
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    rare = what.add_parser("rare", parents=[common], help=tr("rank published rare-disease cases"))
    rare.add_argument("--cases", type=Path, required=True)
    rare.add_argument("--out", type=Path, required=True, metavar="RANKS.tsv")
    rare.add_argument("--leave-out-publication", action="store_true")
    rare.add_argument("--top", type=_count, default=100, help=tr("how many of each level"))
    rare.set_defaults(run=evaluations.rare)
    acmg = what.add_parser("acmg", parents=[common], help=tr("classify expert-panel variants"))
    acmg.add_argument("--variants", type=Path, required=True)
    acmg.add_argument("--out", type=Path, required=True)
    acmg.add_argument("--given-codes", action="store_true", help=tr("combine the panel's own codes"))
    acmg.set_defaults(run=evaluations.acmg)
    pgx = what.add_parser("pgx", parents=[common], help=tr("compare diplotypes with a truth set"))
    pgx.add_argument("--vcf", type=Path, required=True)
    pgx.add_argument("--truth", type=Path, required=True)
    pgx.set_defaults(run=evaluations.pgx)
    warfarin = what.add_parser("warfarin", parents=[common], help=tr("predict stable warfarin doses"))
    warfarin.add_argument("--patients", type=Path, required=True)
    warfarin.add_argument("--out", type=Path, default=Path("-"))
    warfarin.set_defaults(run=evaluations.warfarin)
    risk = what.add_parser("risk", parents=[common], help=tr("agreement with the reference answers"))
    risk.add_argument(
        "--reference", type=Path, default=Path(), help=tr("folder of the reference files; else this folder")
    )
    risk.set_defaults(run=evaluations.risk)


def _knowledge(adder: Adder, common: argparse.ArgumentParser) -> None:
    parser = adder.add_parser("knowledge", parents=[common], help=tr("the bundled tables"))
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    listing = what.add_parser("list", parents=[common], help=tr("versions, licences, hashes"))
    listing.set_defaults(run=commands.knowledge_list)
    verify = what.add_parser("verify", parents=[common], help=tr("check every table against its hash"))
    verify.set_defaults(run=commands.knowledge_verify)
    install = what.add_parser("install", parents=[common], help=tr("verify an update pack and put it in use"))
    install.add_argument("pack", type=Path, metavar="PACK")
    install.add_argument("--dry-run", action="store_true", help=tr("verify and show what is new, no more"))
    install.set_defaults(run=packs.install)
    back = what.add_parser("rollback", parents=[common], help=tr("take the newest update pack out of use"))
    back.set_defaults(run=packs.rollback)
    trust = what.add_parser("trust", parents=[common], help=tr("accept the packs of a publisher"))
    trust.add_argument("key", type=Path, metavar="KEY.pem", help=tr("the publisher's public key"))
    trust.set_defaults(run=packs.trust)
