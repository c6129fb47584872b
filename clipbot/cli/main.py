"""From arguments to an exit status: the edge where errors become sentences."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from clipbot.cli import (
    choosing,
    editing,
    evenness,
    moving,
    operating,
    output,
    reviewing,
    seeing,
)
from clipbot.cli.doors import Doors
from clipbot.cli.output import Answer
from clipbot.cli.parser import parser
from clipbot.errors import ClipbotError

_COMMANDS: Final[Mapping[str, Callable[[Namespace, Doors], Answer]]] = {
    "serve": operating.serve,
    "worker": operating.worker,
    "migrate": operating.migrate,
    "doctor": operating.doctor,
    "retention": operating.retention,
    "sample": operating.sample,
    "jobs": seeing.jobs,
    "clips": seeing.clips,
    "versions": seeing.versions,
    "compare": seeing.compare,
    "consistency": evenness.consistency,
    "templates": seeing.templates,
    "review": reviewing.review,
    "share": reviewing.share,
    "quote": editing.quote,
    "edit": editing.edit,
    "preview": editing.preview,
    "restore": moving.restore,
    "delete-version": moving.delete_version,
    "takes": choosing.takes,
    "offers": moving.offers,
    "undo": moving.undo,
    "redo": moving.redo,
    "history": moving.history,
    "export": moving.export,
}
_INTERRUPTED: Final = 130


def main(arguments: Sequence[str], doors: Doors) -> int:
    """Run one command.

    Args:
        arguments: Without the program's name.
        doors: Ways to the rest of the program.

    Returns:
        The exit status: 0 done, 1 refused, 130 interrupted. Wrong usage exits with 2.
    """
    usage = parser()
    args = usage.parse_args(arguments)
    _check(usage, args)
    try:
        return _run(args, doors)
    except ClipbotError as error:
        if args.json or args.command == "plan":
            refused = Answer({"error": output.refusal(error)}, "", status=1)
            output.write(refused, sys.stdout, as_json=True)
        print(output.words(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("clipbot: stopped; an edit that was started goes on later.", file=sys.stderr)
        return _INTERRUPTED


def _run(args: Namespace, doors: Doors) -> int:
    if args.command == "plan":
        # Imported here: nothing else needs it, and it needs nothing else.
        from clipbot.cli.planning import plan  # noqa: PLC0415

        return plan(args, sys.stdout)
    answer = _COMMANDS[args.command](args, doors)
    output.write(answer, sys.stdout, as_json=args.json)
    return answer.status


def _check(usage: ArgumentParser, args: Namespace) -> None:
    """Refuse arguments that do not fit each other."""
    if args.command == "plan" and (args.text is None) == (args.rows is None):
        usage.error("plan: give --context FILE with TEXT, or --rows FILE without")
    if args.command == "share" and (args.job is None) == (args.revoke is None):
        usage.error("share: give a JOB, or --revoke ID")
    if args.command == "review" and args.csv and args.json:
        usage.error("review: give --csv or --json")
    if args.command == "edit" and not args.yes and (args.json or not sys.stdin.isatty()):
        usage.error("edit: --yes is needed where nobody can be asked")
