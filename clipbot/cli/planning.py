"""`plan`: what an instruction means (contracts/understanding.md).

It opens no store and imports nothing of one: a thousand rows take seconds.
"""

import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from clipbot.errors import RequestError
from clipbot.understanding import plan_document


def plan(args: Namespace, out: TextIO) -> int:
    """Print a plan, or one per row as they are read; nothing but plans.

    Raises:
        RequestError: A file cannot be read, or is not what it should be.
    """
    if args.rows is None:
        row = {"context": _document(args.context), "text": args.text}
        _print(_planned(row, f"{args.context} is not the context of a video."), out)
        return 0
    with _lines(args.rows) as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                _print(_row(line, number), out)
    return 0


def _row(line: str, number: int) -> dict[str, Any]:
    problem = f"Line {number} is not a row with a context and a text."
    try:
        row = json.loads(line)
    except ValueError as error:
        raise RequestError(problem) from error
    return _planned(row, problem)


def _planned(row: Any, problem: str) -> dict[str, Any]:
    if not isinstance(row, Mapping):
        raise RequestError(problem)
    try:
        return plan_document(row)
    except ValueError as error:
        raise RequestError(problem) from error


def _document(path: str) -> Any:
    with _lines(path) as lines:
        try:
            return json.loads("".join(lines))
        except ValueError as error:
            raise RequestError(f"{path} is not JSON.") from error


@contextmanager
def _lines(path: str) -> Iterator[Iterable[str]]:
    if path == "-":
        yield sys.stdin
        return
    try:
        with Path(path).open(encoding="utf-8") as file:
            yield file
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(f"{path} cannot be read.") from error


def _print(document: dict[str, Any], out: TextIO) -> None:
    out.write(json.dumps(document, ensure_ascii=False) + "\n")
