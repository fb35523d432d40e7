"""dev2cto search: search the course and the learner's notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dev2cto.bootstrap import open_study
from dev2cto.cli.output import emit
from dev2cto.study.queries.search import search_all
from dev2cto.text import pluralize

if TYPE_CHECKING:
    from argparse import Namespace

    from dev2cto.cli.arguments import Arguments

HELP = "search the course and your notes"
ARGUMENTS: Arguments = {
    "words": {"nargs": "+", "metavar": "WORD"},
    "--limit": {"type": int, "default": 20, "metavar": "N", "help": "show at most N results (default 20)"},
}


def run(options: Namespace) -> int:
    """Print results, best first; the exit code is 1 if there are none, as for grep."""
    words = " ".join(f'"{word}"' if " " in word else word for word in options.words)
    study = open_study(options, readonly=True)
    limit = max(0, options.limit)
    result = search_all(study, words, limit)
    lines: list[str] = []
    if result.instead or result.partly:
        from dev2cto.presenters.search_text import result_line  # what is found at once needs none of it

        lines.append(result_line(result, words))
    for hit in result.hits:
        lines += [f"{hit.title}  ({hit.target.replace('#', '.')})", f"    {hit.excerpt}"]
    if result.total > limit:
        lines.append(f"{pluralize(result.total - limit, 'more result')}; use --limit to show more.")
    emit(lines or [f"No results for '{words}'."])
    return 0 if result.total else 1
