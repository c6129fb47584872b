"""What a migration will do, in sentences, from the statements that it will run."""

import re
from collections.abc import Iterable, Sequence

_CREATED = re.compile(r'CREATE TABLE (?:(\w+)\.)?"?(\w+)"?', re.IGNORECASE)
_ADDED = re.compile(r"ALTER TABLE (\w+) ADD COLUMN (\w+)", re.IGNORECASE)
_INDEXED = re.compile(r"CREATE (?:UNIQUE )?INDEX (\w+) ON (\w+)", re.IGNORECASE)
_LOST = re.compile(
    r"\b(DROP (TABLE|COLUMN|INDEX|CONSTRAINT)|DELETE FROM|TRUNCATE)\b", re.IGNORECASE
)
_UNINDEXED = re.compile(r"DROP INDEX (\w+)", re.IGNORECASE)
_FREED = re.compile(r"ALTER TABLE (\w+) DROP CONSTRAINT (\w+)", re.IGNORECASE)


def told(statements: Sequence[str]) -> list[str]:
    """Return what these statements of our own migrations do; empty for no statements."""
    if not statements:
        return []
    created = [match[2] for match in _found(_CREATED, statements)]
    new = set(created)
    columns: dict[str, list[str]] = {}
    for match in _found(_ADDED, statements):
        if match[1] not in new:
            columns.setdefault(match[1], []).append(match[2])
    indexes = [
        f"{match[1]} on {match[2]}" for match in _found(_INDEXED, statements) if match[2] not in new
    ]
    lines = []
    if created:
        lines.append(f"Creates {_counted(len(created), 'table')}: {', '.join(created)}.")
    lines += [
        f"Adds columns to {table}: {', '.join(names)}; they stay empty in its rows."
        for table, names in columns.items()
    ]
    if indexes:
        lines.append(f"Adds {_counted(len(indexes), 'index', 'indexes')}: {', '.join(indexes)}.")
    lines += [
        f"Takes the constraint {match[2]} off {match[1]}; its rows stay as they are."
        for match in _found(_FREED, statements)
        if match[1] not in new
    ]
    if not any(_LOST.search(each) and not _is_remade(each, statements) for each in statements):
        lines.append("Drops nothing, and changes no column and no row of the pipeline.")
    return lines


def _is_remade(statement: str, statements: Sequence[str]) -> bool:
    """Return whether it drops what others make: an index anew, a constraint of a new table."""
    if gone := _UNINDEXED.match(statement):
        return gone[1] in {match[1] for match in _found(_INDEXED, statements)}
    freed = _FREED.match(statement)
    return freed is not None and freed[1] in {match[2] for match in _found(_CREATED, statements)}


def _found(pattern: re.Pattern[str], statements: Iterable[str]) -> Iterable[re.Match[str]]:
    return filter(None, map(pattern.match, statements))


def _counted(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or f'{one}s'}"
