"""``knowledge install | rollback | trust``: the update packs on this machine."""

import argparse
import sys
from typing import TYPE_CHECKING

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.text import tr

if TYPE_CHECKING:
    from genoai_desktop.knowledge.packs import Change


def install(options: argparse.Namespace, context: Context) -> bool:
    """Verify a pack, print what is new, and put it in use."""
    from genoai_desktop.knowledge.bundle import Bundle
    from genoai_desktop.knowledge.installed import Installed, open_bundle
    from genoai_desktop.knowledge.packs import PackFile, changes, check_fits

    installed = Installed()
    context.report(tr("Verifying the update pack"), None)
    with PackFile(options.pack, installed.trusted) as pack:
        check_fits(pack.info, installed.newest)
        _show(changes(pack.info, open_bundle()))
    if not options.dry_run:
        info = installed.install(options.pack)
        Bundle(installed.folders())
        sys.stdout.write(tr("Installed: {name} ({serial}).", name=info.name, serial=info.serial) + "\n")
    return False


def rollback(_options: argparse.Namespace, _context: Context) -> bool:
    """Take the newest pack out of use."""
    from genoai_desktop.knowledge.installed import Installed

    info = Installed().roll_back()
    sys.stdout.write(tr("Taken out of use: {name} ({serial}).", name=info.name, serial=info.serial) + "\n")
    return False


def trust(options: argparse.Namespace, _context: Context) -> bool:
    """Accept a publisher's key."""
    from genoai_desktop.knowledge.installed import Installed

    key = Installed().trust(options.key)
    sys.stdout.write(tr("Trusted from now on: publisher {key}.", key=key) + "\n")
    return False


def _show(found: "tuple[Change, ...]") -> None:
    sys.stdout.write("\t".join(("table", "release", "new_release", "rows", "new_rows")) + "\n")
    for change in found:
        row = (change.table, change.old_release, change.new_release, change.old_rows, change.new_rows)
        sys.stdout.write("\t".join(map(str, row)) + "\n")
