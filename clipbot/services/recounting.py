"""What was done to a job: its costs, its changes, its versions, what is under way."""

from collections.abc import Mapping, Sequence

from clipbot.domain.versions import ORIGINAL
from clipbot.domain.wording import clip_names
from clipbot.language.diff import diff_phrases
from clipbot.services.facts import (
    MOST_CLIPS,
    Facts,
    Question,
    Told,
    and_more,
    capital,
    edits_in_words,
    in_dollars,
    name_of,
    numbers_of,
)
from clipbot.services.views import ClipView
from clipbot.store.records import VersionRecord
from clipbot.understanding import questions

_MOST_VERSIONS = 3
_MOST_WORDS = 6


def of_cost(facts: Facts, question: Question) -> Told:
    """Answer what clips, the last edit, or the whole video cost."""
    chosen = facts.named(question.clips)
    if chosen and len(chosen) < len(facts.clips):
        parts = [
            f"{name_of(clip)}: {in_dollars(_spent_on(facts, clip))} for "
            f"{edits_in_words(_tries(facts, clip))}"
            for clip in chosen[:MOST_CLIPS]
        ]
        return Told(f"{capital('; '.join(parts))}{and_more(chosen)}.", tuple(numbers_of(chosen)))
    if not chosen and questions.points_back(question.text):
        if facts.offer:
            return Told(f"Not confirmed yet: {facts.offer}")
        if facts.edits:
            last = facts.edits[0]
            number = last.clip_index + 1
            said = f"The last edit, “{last.instruction}” (clip {number}), cost "
            return Told(f"{said}{in_dollars(last.cost_micros)}.", (number,))
    spent = sum(edit.cost_micros for edit in facts.edits)
    return Told(
        f"The video has cost {in_dollars(facts.job.spent_micros)} in all, "
        f"{in_dollars(spent)} of it for {edits_in_words(len(facts.edits))} here. {_left(facts)}"
    )


def of_budget(facts: Facts, _: Question) -> Told:
    """Answer what may still be spent."""
    return Told(_left(facts))


def _left(facts: Facts) -> str:
    job = facts.job
    left = job.budget_micros - job.spent_micros - job.reserved_micros
    aside = f"; {in_dollars(job.reserved_micros)} is set aside" if job.reserved_micros else ""
    return f"{in_dollars(left)} of the budget of {in_dollars(job.budget_micros)} is left{aside}."


def of_changes(facts: Facts, question: Question) -> Told:
    """Answer what was done, to clips or to the video."""
    chosen = facts.named(question.clips)
    if chosen and len(chosen) < len(facts.clips):
        parts = [_history(facts, clip) for clip in chosen[:_MOST_VERSIONS]]
        return Told(" ".join(parts), tuple(numbers_of(chosen)))
    changed = [clip for clip in facts.clips if clip.version_count > 1]
    if not changed:
        return Told("Nothing was changed yet: every clip is as it was made.")
    if questions.is_negated(question.text):
        left = [clip.number for clip in facts.clips if clip.current_version == ORIGINAL]
        if not left:
            return Told("Every clip was changed.")
        verb = "is" if len(left) == 1 else "are"
        return Told(f"{capital(clip_names(left))} {verb} as made.", tuple(left))
    used = [clip.number for clip in changed if clip.current_version != ORIGINAL]
    said = f"{capital(clip_names(used))} changed" if used else "Every clip is the original again"
    undo = f" Undo would take back: {facts.job.undo_label}." if facts.job.undo_label else ""
    return Told(
        f"{said}; {edits_in_words(sum(c.version_count - 1 for c in changed))} in all.{undo}",
        tuple(used),
    )


def _history(facts: Facts, clip: ClipView) -> str:
    rows = facts.versions.get(clip.clip_index, ())
    made = [row for row in rows if row.number != ORIGINAL]
    error = f" The last try failed: {clip.error}" if clip.error else ""
    if not made:
        return f"{capital(name_of(clip))} was never changed.{error}"
    prompts = {row.number: row.prompt for row in rows}
    lines = [_version_line(row, prompts, clip) for row in made[-_MOST_VERSIONS:]]
    uses = f"the film uses version {clip.current_version} of {clip.version_count}"
    return f"{capital(name_of(clip))}: {uses}. {' '.join(lines)}{error}"


def _version_line(row: VersionRecord, prompts: Mapping[int, str], clip: ClipView) -> str:
    before = prompts.get(row.parent_number or ORIGINAL, clip.original_prompt)
    removed, added = diff_phrases(before, row.prompt)
    words = [f"+ {_shortly(added)}"] if added else []
    words += [f"- {_shortly(removed)}"] if removed else []
    diff = f" ({'; '.join(words)})" if words else ""
    return f"Version {row.number}: “{row.instruction or 'made elsewhere'}”{diff}."


def of_versions(facts: Facts, question: Question) -> Told:
    """Answer which version is used, and how it was made."""
    chosen = facts.named(question.clips)
    if not chosen or len(chosen) == len(facts.clips):
        several = [clip for clip in facts.clips if clip.version_count > 1]
        if not several:
            return Told("Every clip has one version, the original.")
        parts = [f"{name_of(c)}: version {c.current_version} of {c.version_count}" for c in several]
        return Told(f"{capital('; '.join(parts))}.", tuple(numbers_of(several)))
    return Told(
        " ".join(_used(facts, clip) for clip in chosen[:MOST_CLIPS]), tuple(numbers_of(chosen))
    )


def _used(facts: Facts, clip: ClipView) -> str:
    rows = facts.versions.get(clip.clip_index, ())
    row = next((row for row in rows if row.number == clip.current_version), None)
    said = f"{capital(name_of(clip))} uses version {clip.current_version} of {clip.version_count}"
    if clip.current_version == ORIGINAL or row is None:
        return f"{said}, the original."
    how = [f"made by {row.renderer}"] if row.renderer else []
    how += [f"seed {row.seed}"] if row.seed is not None else []
    how += [f"temperature {row.temperature:.2f}"] if row.temperature is not None else []
    return f"{said}: {', '.join(how) or 'made elsewhere'}."


def of_running(facts: Facts, _: Question) -> Told:
    """Answer which edits are under way."""
    running = facts.job.running
    if not running:
        done = next((edit for edit in facts.edits if edit.finished_at), None)
        last = f" The last one was clip {done.clip_index + 1}: {done.status}." if done else ""
        return Told(f"Nothing is running.{last}")
    parts = [
        f"clip {edit.clip_index + 1}, “{edit.instruction}”: {edit.status}, {edit.progress} %"
        for edit in running[:MOST_CLIPS]
    ]
    numbers = tuple(sorted({edit.clip_index + 1 for edit in running}))
    return Told(f"{capital('; '.join(parts))}.", numbers)


def _spent_on(facts: Facts, clip: ClipView) -> int:
    """Return what the edits of a clip cost: here, and before it came here."""
    here = sum(edit.cost_micros for edit in facts.edits if edit.clip_index == clip.clip_index)
    ids = {edit.id for edit in facts.edits}
    rows = facts.versions.get(clip.clip_index, ())
    return here + sum(row.cost_micros for row in rows if row.regeneration_id not in ids)


def _tries(facts: Facts, clip: ClipView) -> int:
    here = sum(edit.clip_index == clip.clip_index for edit in facts.edits)
    return max(here, clip.version_count - 1)


def _shortly(words: Sequence[str]) -> str:
    more = ", …" if len(words) > _MOST_WORDS else ""
    return ", ".join(words[:_MOST_WORDS]) + more
