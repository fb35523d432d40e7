"""dev2cto restore: take a backup's answers in again; later ones are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dev2cto.bootstrap import open_study
from dev2cto.cli.output import emit
from dev2cto.paths import expanded

if TYPE_CHECKING:
    from argparse import Namespace

    from dev2cto.record.backup.backup import RestorePlan


def run(options: Namespace) -> int:
    """Say what would be done; with --yes, do it."""
    study = open_study(options)
    with study.record:
        plan = study.restore(expanded(options.archive), dry_run=not options.yes)
    emit([f"Record of {study.course.title}: {study.record.directory}", *described(plan)])
    emit(["Done." if options.yes else "Nothing was changed. Add --yes to do it."])
    return 0


def described(plan: RestorePlan) -> list[str]:
    """The plan in words."""
    lines = [f"Backup {plan.source}: {plan.documents} entries to bring back."]
    for change in plan.tables:
        lines.append(f"  {change.table:<12} {change.back} back, {change.changed} changed, {change.kept} kept")
    if plan.texts:
        lines.append(f"  {plan.texts} large texts")
    if plan.later_resets:
        lines.append(f"  {len(plan.later_resets)} later resets stay in force; dev2cto reset --list shows them.")
    return [*lines, f"Could not be read: {plan.broken}"] if plan.broken else lines
