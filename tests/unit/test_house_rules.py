"""Rules of the house that no linter knows. A rule is a test, or it decays."""

import ast
import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from clipbot import errors
from clipbot.api.errors import status_of

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "clipbot"
TESTS = ROOT / "tests"
MAX_LINES = 400
MAX_FUNCTION_LINES = 60

LONG_FILES = {
    "clipbot/errors.py": "one tree, drawn in one place",
}
"""Longer than the limit, each with its reason."""

HOSTS = {
    "www.w3.org": "the name of SVG's namespace; nothing is fetched",
    "clipbot.invalid": "a name for ids; nothing answers there (RFC 2606)",
    "huggingface.co": "may show a Space's page in a frame, and is where people of one sign in",
    "localhost": "this machine",
    "127.0.0.1": "this machine",
}
"""What addresses in the source may point to. The page loads nothing from elsewhere."""

CATCHES_EVERYTHING = {
    "clipbot/api/errors.py": "the edge of every request",
    "clipbot/api/hub.py": "the edge of the task that reads events",
    "clipbot/data_loader.py": "the seeds' contract: whatever fails, None",
    "clipbot/language/wire.py": "the edge of a thread; it goes on where the result is read",
    "clipbot/renderers/cog.py": "the edge of a thread that holds a request",
    "clipbot/renderers/local.py": "the edge of a rendering thread",
    "clipbot/services/early.py": "the edge of the thread that encodes early",
    "clipbot/services/exporting.py": "the edge of the thread that makes exports",
    "clipbot/services/first_films.py": "the edge of the thread that makes first films",
    "clipbot/workflows/": "the edges of workflows, threads and processes",
}
"""Outermost edges, where a bug is logged once instead of killing what it must not."""


@cache
def sources(folder: Path) -> tuple[Path, ...]:
    files = [folder] if folder.is_file() else folder.rglob("*.py")
    return tuple(sorted(path for path in files if "__pycache__" not in path.parts))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path, node: ast.AST | None = None) -> str:
    line = getattr(node, "lineno", None)
    return f"{path.relative_to(ROOT)}:{line}" if line else str(path.relative_to(ROOT))


def everything_python() -> tuple[Path, ...]:
    folders = (PACKAGE, TESTS, ROOT / "scripts", ROOT / "benchmarks", ROOT / "app.py")
    return tuple(path for folder in folders for path in sources(folder))


def comments(path: Path, pattern: str) -> Iterator[int]:
    """Find the lines of a module whose comment matches, past what only looks like one."""
    text = path.read_text(encoding="utf-8")
    if not re.search(pattern, text):
        return
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and re.search(pattern, token.string):
            yield token.start[0]


def imported(path: Path) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node, node.module
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def every_error(root: type[errors.ClipbotError]) -> Iterator[type[errors.ClipbotError]]:
    for error in root.__subclasses__():
        yield error
        yield from every_error(error)


def error_modules() -> Iterator[str]:
    """Find who defines errors, without importing everything."""
    known = {"ClipbotError", *(each.__name__ for each in every_error(errors.ClipbotError))}
    for path in sources(PACKAGE):
        bases = [
            base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")
            for node in ast.walk(tree(path))
            if isinstance(node, ast.ClassDef)
            for base in node.bases
        ]
        if known.intersection(bases):
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts)


for _module in error_modules():
    import_module(_module)
ERRORS = sorted(
    (each for each in every_error(errors.ClipbotError) if each.__module__.startswith("clipbot.")),
    key=lambda each: each.__name__,
)


@pytest.mark.parametrize("error", ERRORS)
def test_every_error_has_its_own_code_and_a_status(error: type[errors.ClipbotError]) -> None:
    """Clients branch on the code; two errors with one code cannot be told apart."""
    assert "code" in vars(error)
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", error.code)
    assert 400 <= status_of(error) < 600
    assert [each.code for each in ERRORS].count(error.code) == 1


def test_every_error_is_drawn_in_the_tree() -> None:
    """The picture on top of the file is where people look first."""
    drawn = errors.__doc__ or ""
    here = [each for each in ERRORS if each.__module__ == errors.__name__]
    assert [each.__name__ for each in here if f" {each.__name__}" not in drawn] == []


def test_no_function_is_async_without_awaiting() -> None:
    """It would run blocking work on the event loop and freeze every other request."""
    waits = (ast.Await, ast.AsyncWith, ast.AsyncFor, ast.Yield)
    offenders = [
        name(path, node)
        for path in everything_python()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.AsyncFunctionDef)
        and not any(isinstance(child, waits) for child in own_nodes(node))
    ]
    assert offenders == []


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """Walk a function without the functions inside it."""
    for child in ast.iter_child_nodes(function):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        yield child
        yield from own_nodes(child)


def test_nothing_is_mocked() -> None:
    """A fake behaves; a mock repeats what the test already believes."""
    mocks = {"mock", "unittest.mock", "pytest_mock", "mocker"}
    offenders = [
        name(path, node)
        for path in everything_python()
        for node, module in imported(path)
        if module in mocks or module.startswith("unittest.mock.")
    ]
    fixtures = [
        name(path, node)
        for path in sources(TESTS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.arg) and node.arg == "mocker"
    ]
    assert offenders + fixtures == []


def test_no_test_waits_for_a_fixed_time() -> None:
    """It would be too short on a busy machine, and too long on every other.

    A pause inside a `while` looks again for what it waits for; that is no fixed time.
    """
    offenders = [
        name(path, node)
        for path in sources(TESTS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and pauses(node) and node not in looks_again(path)
    ]
    assert offenders == []


def pauses(call: ast.Call) -> bool:
    """Whether a call sleeps; `asyncio.sleep(0)` only lets others run."""
    is_sleep = ast.unparse(call.func) in {"time.sleep", "sleep", "asyncio.sleep"}
    return is_sleep and [ast.unparse(each) for each in call.args] != ["0"]


@cache
def looks_again(path: Path) -> frozenset[ast.AST]:
    loops = [node for node in ast.walk(tree(path)) if isinstance(node, ast.While)]
    return frozenset(child for loop in loops for child in ast.walk(loop))


def test_every_ignored_type_says_which() -> None:
    offenders = [
        f"{name(path)}:{line}"
        for path in everything_python()
        for line in comments(path, r"#\s*type:\s*ignore(?!\[)")
    ]
    assert offenders == []


def test_nothing_is_left_for_later_in_a_comment() -> None:
    """It would be left for good. What is missing is an issue, or a sentence in the docs."""
    later = r"\b(TODO|FIXME|XXX|HACK)\b"
    written = [
        f"{name(path)}:{line}" for path in everything_python() for line in comments(path, later)
    ]
    page = [
        name(path)
        for suffix in ("js", "css", "html")
        for path in PACKAGE.rglob(f"*.{suffix}")
        if re.search(later, path.read_text(encoding="utf-8"))
    ]
    assert written + page == []


def test_files_stay_short_enough_to_be_read() -> None:
    found = {
        name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources(PACKAGE)
    }
    long = {path: lines for path, lines in found.items() if lines > MAX_LINES}
    assert {path: lines for path, lines in long.items() if path not in LONG_FILES} == {}
    assert [path for path in LONG_FILES if path not in long] == []


def test_functions_stay_short_enough_to_be_read() -> None:
    found = {
        f"{name(path, node)} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in sources(PACKAGE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {place: lines for place, lines in found.items() if lines > MAX_FUNCTION_LINES} == {}


@pytest.mark.parametrize("layer", ["domain", "understanding", "errors.py"])
def test_what_thinks_is_pure(layer: str) -> None:
    """No clock, no random, no file: what it needs comes in as arguments."""
    ours = ("clipbot.domain", "clipbot.errors", "clipbot.understanding")
    worldly = {"random", "time", "os", "pathlib", "socket", "subprocess", "secrets", "threading"}
    offenders = [
        f"{name(path, node)} {module}"
        for path in sources(PACKAGE / layer)
        for node, module in imported(path)
        if not module.startswith(ours)
        and (
            module.split(".")[0] not in sys.stdlib_module_names | {"clipbot"}
            or module.split(".")[0] in worldly
            or module.startswith("clipbot.")
        )
    ]
    assert offenders == []


def test_every_module_says_what_lives_in_it() -> None:
    assert [name(path) for path in sources(PACKAGE) if not ast.get_docstring(tree(path))] == []


def test_no_source_points_to_another_host() -> None:
    """People's prompts stay here: nothing is loaded from elsewhere, or sent there unasked."""
    address = re.compile(
        r"(?:https?:)?//([A-Za-z0-9][A-Za-z0-9.-]*\.[A-Za-z]{2,}|[0-9.]{7,})[/:'\"`\s]"
    )
    offenders = [
        f"{name(path)}: {host}"
        for suffix in ("py", "js", "css", "html", "svg")
        for path in PACKAGE.rglob(f"*.{suffix}")
        for host in address.findall(path.read_text(encoding="utf-8"))
        if host not in HOSTS
    ]
    assert offenders == []


def test_only_the_outermost_edges_catch_everything() -> None:
    """Elsewhere it would swallow bugs, and answers to questions nobody asked."""
    catching = {
        name(path)
        for path in sources(PACKAGE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and catches_everything(node)
    }
    known = tuple(CATCHES_EVERYTHING)
    assert [path for path in sorted(catching) if not path.startswith(known)] == []
    assert [each for each in known if not any(p.startswith(each) for p in catching)] == []


def catches_everything(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(c, ast.Name) and c.id in {"Exception", "BaseException"} for c in caught)


def test_the_hosts_that_may_be_named_are_hosts() -> None:
    assert [host for host in HOSTS if urlsplit(f"//{host}").hostname != host] == []


@pytest.mark.parametrize("command", [["--help"], ["plan", "--help"]])
def test_the_command_line_answers_before_anything_heavy_is_loaded(command: list[str]) -> None:
    """A thousand plans in a loop should not each wait seconds for Gradio."""
    heavy = {
        "gradio",
        "sqlalchemy",
        "sqlmodel",
        "av",
        "cv2",
        "numpy",
        "fastapi",
        "pydantic",
        "dbos",
    }
    program = (
        "import sys, runpy\n"
        f"sys.argv = ['clipbot', *{command!r}]\n"
        "try:\n    runpy.run_module('clipbot', run_name='__main__')\n"
        "except SystemExit:\n    pass\n"
        "import clipbot.cli.planning\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert heavy.intersection(done.stderr.split()) == set()
