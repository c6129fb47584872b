"""Which versions an edit of the pipeline started from and made, as far as that can be told.

The pipeline wrote down an edit and its version apart, without a word in either about the
other (facts/upstream.md §3.2). Of one clip it made one after the other: the version first,
the edit's row when the film was composed. Both hold the same instruction and prompt. Each
edit started from the highest version that there was, mostly by writing on behind its prompt;
what it calls its original prompt is often that of the original, however far it has gone on.

Nothing here is guessed: where two could be meant, or times contradict, it is neither.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clipbot.domain.versions import ORIGINAL


@dataclass(frozen=True, slots=True)
class PipelineEdit:
    """One edit, as the pipeline wrote it down when it was over."""

    id: UUID
    instruction: str
    original_prompt: str
    prompt: str
    made_at: datetime | None
    is_completed: bool
    is_failed: bool


@dataclass(frozen=True, slots=True)
class KnownVersion:
    """One version of the same clip, whoever made it."""

    number: int
    instruction: str
    prompt: str
    made_at: datetime | None
    is_by_pipeline: bool


@dataclass(frozen=True, slots=True)
class Sides:
    """Numbers of the versions before and after an edit; None: nobody can tell."""

    before: int | None
    after: int | None


def sides(edits: Sequence[PipelineEdit], versions: Sequence[KnownVersion]) -> dict[UUID, Sides]:
    """Tell before and after of all edits that the pipeline made of one clip.

    Args:
        edits: All of them: one that is left out could make another's version look certain.
        versions: All of the clip, the original as well.

    Returns:
        By edit; each has a place in it, and each version is after one edit at most.
    """
    made = _made(edits, versions)
    by_number = {version.number: version for version in versions}
    return {
        edit.id: Sides(_before(edit, made.get(edit.id), by_number), made.get(edit.id))
        for edit in edits
    }


def _made(edits: Iterable[PipelineEdit], versions: Iterable[KnownVersion]) -> dict[UUID, int]:
    """Return the version that each edit made, where its words and the times tell it."""
    asked: dict[tuple[str, str], list[PipelineEdit]] = {}
    for edit in edits:
        if edit.is_completed and edit.prompt:
            asked.setdefault((edit.instruction, edit.prompt), []).append(edit)
    answers: dict[tuple[str, str], list[KnownVersion]] = {}
    for version in versions:
        if version.is_by_pipeline and version.number != ORIGINAL:
            answers.setdefault((version.instruction, version.prompt), []).append(version)
    return {
        edit_id: number
        for words, same in asked.items()
        for edit_id, number in _paired(same, answers.get(words, [])).items()
    }


def _paired(edits: Sequence[PipelineEdit], versions: Sequence[KnownVersion]) -> dict[UUID, int]:
    """Pair edits and versions of the same words: each version came before its edit's row."""
    ends = sorted(edit.made_at for edit in edits if edit.made_at)
    begun = [version.made_at for version in versions if version.made_at]
    if len(ends) < len(edits) or len(begun) < len(versions):
        # Without times, words alone tell where there is only one of each.
        is_plain = len(edits) == len(versions) == 1
        return {edits[0].id: versions[0].number} if is_plain else {}
    often = Counter(ends)
    found: dict[UUID, int] = {}
    for edit in edits:
        end = edit.made_at
        if end is None or often[end] > 1:
            continue
        last = max((other for other in ends if other < end), default=None)
        between = [
            version.number
            for version in versions
            if version.made_at
            and version.made_at <= end
            and (last is None or last < version.made_at)
        ]
        if len(between) == 1:
            found[edit.id] = between[0]
    return found


def _before(
    edit: PipelineEdit, after: int | None, versions: Mapping[int, KnownVersion]
) -> int | None:
    """Return the highest version of the moment, if the edit's prompts say that it was that."""
    if after is not None:
        there = [number for number in versions if number < after]
    elif edit.is_failed:
        there = [number for number in versions if number == ORIGINAL]
        for number in versions.keys() - {ORIGINAL}:
            made_at = versions[number].made_at
            if edit.made_at is None or made_at is None:
                return None
            there += [number] if made_at <= edit.made_at else []
    else:
        return None
    highest = max(there, default=None)
    prompt = "" if highest is None else versions[highest].prompt
    is_said = prompt == edit.original_prompt or edit.prompt.startswith(prompt)
    return highest if prompt and is_said else None
