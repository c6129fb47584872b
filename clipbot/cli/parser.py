"""The commands and their arguments."""

import argparse
from collections.abc import Callable
from pathlib import Path

from clipbot import __version__
from clipbot.domain.takes import MOST

_JOB = "a job: its id, the beginning of its id, or `sample`"
_SIZES = ("480p", "720p", "1080p", "1440p", "2160p")
_RATES = (24, 25, 30)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    root = argparse.ArgumentParser(
        prog="clipbot",
        description="Edit a music video clip by clip, by telling it what should change.",
        epilog="Clips and versions are counted from 1. Exit status: 0 done, 1 refused, 2 usage.",
    )
    root.add_argument("--version", action="version", version=f"clipbot {__version__}")
    commands = root.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name: str, help_: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help_, description=help_)
        added.add_argument(
            "--json", action="store_true", help="print one JSON document on standard output"
        )
        return added

    _running(command)
    _seeing(command)
    _editing(command)
    _moving(command)
    return root


Command = Callable[[str, str], argparse.ArgumentParser]


def _running(command: Command) -> None:
    serve = command("serve", "run the page, as app.py does")
    serve.add_argument("--host", help="address to listen on")
    serve.add_argument("--port", type=_port, help="port to listen on; 0: any free one")
    command("worker", "execute edits, without the page")
    migrate = command("migrate", "bring the database's schema up to date")
    migrate.add_argument("--dry-run", action="store_true", help="only list the statements")
    doctor = command("doctor", "look at what is configured, and whether each part answers")
    doctor.add_argument(
        "--worker", action="store_true", help="only whether edits are run from this home; quick"
    )
    doctor.add_argument(
        "--fix", action="store_true", help="mend damaged version rows; nothing is deleted"
    )
    retention = command("retention", "look through old footage: archive and delete by the rules")
    retention.add_argument("--dry-run", action="store_true", help="only say what would go")
    sample = command("sample", "the sample project")
    sample.add_argument("--install", action="store_true", help="put it into the store")


def _seeing(command: Command) -> None:
    command("jobs", "list the jobs of the configured store")
    command("clips", "list the clips of a job").add_argument("job", metavar="JOB", help=_JOB)
    versions = command("versions", "list the versions of a clip")
    versions.add_argument("job", metavar="JOB", help=_JOB)
    versions.add_argument("clip", metavar="CLIP", type=_counted, help="number of the clip")
    compare = command("compare", "say how two versions of a clip differ, where and when")
    compare.add_argument("job", metavar="JOB", help=_JOB)
    compare.add_argument("clip", metavar="CLIP", type=_counted, help="number of the clip")
    compare.add_argument(
        "a", metavar="A", type=_counted, nargs="?", help="a version; else what B was made from"
    )
    compare.add_argument("b", metavar="B", type=_counted, nargs="?", help="else the current one")
    even = command("consistency", "say how evenly the clips go together, and which stand out")
    even.add_argument("job", metavar="JOB", help=_JOB)
    command("templates", "list the named edits, with one's own")
    review = command("review", "list the edits of a job, with what was before and after")
    review.add_argument("job", metavar="JOB", help=_JOB)
    review.add_argument("--csv", action="store_true", help="print CSV (RFC 4180)")
    share = command("share", "make a link by which a review can be looked at, or take one back")
    share.add_argument("job", metavar="JOB", nargs="?", help=_JOB)
    share.add_argument("--days", type=_counted, default=7, help="for how long it holds; at most 90")
    share.add_argument("--label", default="", help="for whom it is")
    share.add_argument("--list", action="store_true", help="list the links of the job")
    share.add_argument("--revoke", metavar="ID", help="take this link back, at once")


def _editing(command: Command) -> None:
    plan = command("plan", "say what an instruction means; nothing is opened or written")
    given = plan.add_mutually_exclusive_group(required=True)
    given.add_argument("--context", metavar="FILE", help="JSON of the video it is about")
    given.add_argument(
        "--rows", metavar="FILE", help='lines {"context", "text"}; - reads standard input'
    )
    plan.add_argument("text", metavar="TEXT", nargs="?", help="the instruction, with --context")
    quote = command("quote", "say what an edit may cost; nothing is written")
    edit = command("edit", "edit clips: plan, price, confirm, run, wait")
    for each in (quote, edit):
        each.add_argument("job", metavar="JOB", help=_JOB)
        each.add_argument("text", metavar="TEXT", help="what should change")
        each.add_argument("--clips", type=_clips, default=(), help="selected clips: 2,4")
        each.add_argument(
            "--renderer", metavar="KEY", help="what makes the footage; else whatever is best"
        )
        each.add_argument(
            "--retries",
            action="store_true",
            help="where a paid model refuses the words: agree to others, then to another model",
        )
        each.add_argument(
            "--takes",
            type=_takes,
            metavar="N",
            help="versions to make at once, 1 to 4; the film keeps what it has until you choose",
        )
    edit.add_argument("--yes", action="store_true", help="confirm the price without asking")
    preview = command("preview", "draw a free preview of an edit")
    preview.add_argument("job", metavar="JOB", help=_JOB)
    preview.add_argument("text", metavar="TEXT", help="what should change")
    preview.add_argument("--clip", type=_counted, required=True, help="number of the clip")
    preview.add_argument(
        "--out", type=_preview_file, required=True, help="a .jpg (one frame) or .mp4 (4 seconds)"
    )


def _moving(command: Command) -> None:
    restore = command("restore", "let the film use a version again")
    restore.add_argument("job", metavar="JOB", help=_JOB)
    restore.add_argument("clip", metavar="CLIP", type=_counted, help="number of the clip")
    restore.add_argument("version", metavar="VERSION", help="its number, id, or `original`")
    gone = command("delete-version", "delete the footage of a version; its row stays")
    gone.add_argument("job", metavar="JOB", help=_JOB)
    gone.add_argument("clip", metavar="CLIP", type=_counted, help="number of the clip")
    gone.add_argument("version", metavar="VERSION", help="its number or id")
    takes = command("takes", "list the takes of a clip, or choose among the newest")
    takes.add_argument("job", metavar="JOB", help=_JOB)
    takes.add_argument("clip", metavar="CLIP", type=_counted, help="number of the clip")
    choice = takes.add_mutually_exclusive_group()
    choice.add_argument("--keep", metavar="VERSION", type=_counted, help="number of a version")
    choice.add_argument("--none", action="store_true", help="keep what is in the film")
    offers = command("offers", "say or decide whether new versions wait for a yes")
    offers.add_argument("job", metavar="JOB", help=_JOB)
    offers.add_argument("--first", choices=("on", "off"), help="offer every new version first")
    offers.add_argument(
        *("--drop",), nargs=2, type=_counted, metavar=("CLIP", "VERSION"), help="drop an offer"
    )
    for name, help_ in (
        ("undo", "take back the last change"),
        ("redo", "put back what was taken back"),
    ):
        command(name, help_).add_argument("job", metavar="JOB", help=_JOB)
    history = command("history", "list what was changed in the film, or go along that")
    history.add_argument("job", metavar="JOB", help=_JOB)
    history.add_argument("--to", metavar="CHANGE", type=int, help="go there; 0: as the film came")
    export = command("export", "write the film to a file")
    export.add_argument("job", metavar="JOB", help=_JOB)
    export.add_argument("file", metavar="FILE.mp4", type=Path)
    export.add_argument("--size", choices=_SIZES, help="short side of the picture")
    export.add_argument("--rate", choices=_RATES, type=int, help="frames per second")


def _counted(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) >= 1):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1")
    return int(text)


def _takes(text: str) -> int:
    number = _counted(text)
    if number > MOST:
        raise argparse.ArgumentTypeError(f"{text!r} is more than {MOST}")
    return number


def _clips(text: str) -> tuple[int, ...]:
    return tuple(_counted(part.strip()) for part in text.split(","))


def _port(text: str) -> int:
    most = 2**16
    if not (text.isascii() and text.isdigit() and int(text) < most):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port")
    return int(text)


def _preview_file(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in {".jpg", ".jpeg", ".mp4"}:
        raise argparse.ArgumentTypeError("the file's name must end in .jpg or .mp4")
    return path
