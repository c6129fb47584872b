"""What can be said of a job: answers to questions, from what the store holds.

What is not known is not said. One or two sentences each, with the clips that they are
about; what was done to the job is in `recounting.py`.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from clipbot.domain.measures import Measures
from clipbot.domain.plan import Topic
from clipbot.domain.wording import clip_names, enumeration
from clipbot.services import recounting
from clipbot.services.facts import (
    MOST_CLIPS,
    Facts,
    Question,
    Told,
    and_more,
    capital,
    cut,
    in_seconds,
    name_of,
    numbers_of,
    part_of,
    range_of,
    run_of,
    runs,
    section_of,
)
from clipbot.services.views import ClipStatus, ClipView
from clipbot.understanding import questions, replies

_MOST_VERSIONS = 3
_MOST_PROMPTS = 2
_PAIR = 2
_UNITS: Mapping[str, str] = {
    "luma": "brightness",
    "saturation": "colour",
    "warmth": "warmth",
    "motion": "motion",
}
CANNOT_TELL = (
    "That I cannot tell. I can say which clips are dark, bright, fast, dull or warm, what a clip "
    "or the video cost, how long something is, what changed, and a clip's prompt and lyrics."
)


def told(facts: Facts, topic: Topic, question: Question) -> Told:
    """Return the answer to a question about a topic."""
    return _TELLERS[topic](facts, question)


def _of_clips(facts: Facts, question: Question) -> Told:
    """Answer which clips are such."""
    quality = questions.quality_of(question.text)
    if quality is None:
        if not question.clips:
            return Told(CANNOT_TELL)
        chosen = facts.named(question.clips)
        if len(chosen) == 1 and questions.asks_what(question.text):
            return Told(_about(chosen[0]), question.clips)
        names = enumeration([f"{name_of(clip)} ({range_of(clip)})" for clip in chosen[:MOST_CLIPS]])
        return Told(f"{capital(names)}{and_more(chosen)}.", question.clips)
    measured = [clip for clip in facts.named(question.clips) if clip.measures]
    if measured:
        names = enumeration([f"{name_of(c)} ({_measure(c, quality)})" for c in measured])
        return Told(f"{capital(names)}.", tuple(clip.number for clip in measured))
    ranked = _ranked(facts.clips, quality)
    if not ranked:
        return Told("The clips were not measured yet; ask again in a moment.")
    first = ranked[0]
    return Told(
        f"No clip stands out as {quality.word}; the {quality.most} is {name_of(first)} "
        f"({_measure(first, quality)}).",
        (first.number,),
    )


def _of_measures(facts: Facts, question: Question) -> Told:
    """Answer how dark, colourful, warm or fast something is."""
    quality = questions.quality_of(question.text)
    if quality is None:
        return Told(CANNOT_TELL)
    chosen = facts.named(question.clips) or facts.clips
    ranked = _ranked(chosen, quality)
    if not ranked:
        return Told(f"{capital(clip_names(numbers_of(chosen)))}: not measured yet.")
    first, last = ranked[0], ranked[-1]
    numbers = tuple(sorted(numbers_of(ranked)))
    if len(ranked) == 1:
        before = [each.number for each in _ranked(facts.clips, quality)].index(first.number)
        others = f"{before} of the {len(facts.clips)} clips" if before else "no clip"
        verb = "is" if before <= 1 else "are"
        said = f"{capital(name_of(first))} has {_measure(first, quality)}"
        return Told(f"{said}; {others} {verb} {quality.more}.", numbers)
    if len(ranked) == len(question.clips) == _PAIR:
        said = f"{capital(name_of(first))} is {quality.more} ({_measure(first, quality)})"
        return Told(f"{said} than {name_of(last)} ({_measure(last, quality)}).", numbers)
    return Told(
        f"{capital(name_of(first))} is the {quality.most} of them ({_measure(first, quality)}), "
        f"{name_of(last)} the least so ({_measure(last, quality)}).",
        numbers if question.clips else (first.number,),
    )


def _of_count(facts: Facts, question: Question) -> Told:
    if question.clips:
        count = len(question.clips)
        return Told(f"{count}: {clip_names(question.clips)}.", question.clips)
    return Told(f"The video has {len(facts.clips)} clips.")


def _of_length(facts: Facts, question: Question) -> Told:
    """Answer how long something is, and when it is on."""
    longest = questions.is_longest_asked(question.text)
    if longest is not None:
        clip = min(facts.clips, key=lambda c: (-c.duration if longest else c.duration, c.number))
        word = "longest" if longest else "shortest"
        return Told(f"The {word} is {name_of(clip)}: {in_seconds(clip.duration)}.", (clip.number,))
    chosen = facts.named(question.clips)
    if not chosen or len(chosen) == len(facts.clips):
        return Told(_whole_length(facts))
    when = enumeration([run_of(run) for run in runs(chosen)])
    total = sum(clip.duration for clip in chosen)
    names = capital(clip_names(numbers_of(chosen)))
    verb = "lasts" if len(chosen) == 1 else "last"
    together = " in all" if len(chosen) > 1 else ""
    return Told(
        f"{names} {verb} {in_seconds(total)}{together}: {when}.",
        tuple(numbers_of(chosen)),
    )


def _whole_length(facts: Facts) -> str:
    film = facts.job.film.seconds if facts.job.film else facts.clips[-1].timestamp_end
    said = f"The video lasts {in_seconds(film)}, in {len(facts.clips)} clips"
    if facts.song_seconds is not None:
        said += f"; the song lasts {in_seconds(facts.song_seconds)}"
    return f"{said}."


def _of_prompt(facts: Facts, question: Question) -> Told:
    chosen = facts.named(question.clips)
    if not chosen:
        return Told("Which clip's prompt? Say its number, or select it.")
    parts = [
        f"{capital(name_of(clip))}, version {clip.current_version}: “{cut(clip.prompt)}”"
        if clip.prompt
        else f"{capital(name_of(clip))} has no prompt."
        for clip in chosen[:_MOST_PROMPTS]
    ]
    more = " Ask for the others by number." if len(chosen) > _MOST_PROMPTS else ""
    return Told(" ".join(parts) + more, tuple(numbers_of(chosen)))


def _of_lyrics(facts: Facts, question: Question) -> Told:
    """Answer what is sung in a clip, or where something is sung."""
    if word := questions.looked_for(question.text):
        found = [clip for clip in facts.clips if _is_sung(word, clip.lyrics_preview)]
        if not found:
            return Told(f"“{word}” is not sung in any clip.")
        names = capital(clip_names(numbers_of(found)))
        return Told(f"{names}: “{cut(found[0].lyrics_preview)}”.", tuple(numbers_of(found)))
    chosen = facts.named(question.clips)
    if chosen:
        parts = [
            f"{capital(name_of(clip))}: “{cut(clip.lyrics_preview)}”."
            if clip.lyrics_preview
            else f"Nothing is sung in {name_of(clip)}."
            for clip in chosen[:MOST_CLIPS]
        ]
        return Told(" ".join(parts), tuple(numbers_of(chosen)))
    sung = [clip.number for clip in facts.clips if clip.lyrics_preview]
    if not sung:
        return Told("Nothing is sung in this video, as far as I know.")
    return Told(f"There are lyrics in {clip_names(sung)}.", tuple(sung))


def _is_sung(word: str, lyrics: str) -> bool:
    """Whether words begin somewhere in the lyrics: "lantern" is in "paper lanterns"."""
    kept = "".join(mark if mark.isalnum() or mark == "'" else " " for mark in lyrics.lower())
    return f" {word}" in f" {' '.join(kept.split())}"


def _of_sections(facts: Facts, question: Question) -> Told:
    chosen = facts.named(question.clips)
    if chosen and len(chosen) < len(facts.clips):
        parts = [f"{name_of(clip)} is in {section_of(clip)}" for clip in chosen[:MOST_CLIPS]]
        return Told(f"{capital(enumeration(parts))}.", tuple(numbers_of(chosen)))
    parts = [
        f"{name}: {clip_names([clip.number for clip in clips])}"
        for name, clips in groupby(facts.clips, key=part_of)
        if name
    ]
    if not parts:
        return Told("The parts of the song are not known.")
    return Told(f"{capital('; '.join(parts))}.")


def _of_missing(facts: Facts, _: Question) -> Told:
    missing = [clip.number for clip in facts.clips if clip.status is ClipStatus.MISSING]
    if not missing:
        return Told(f"No, all {len(facts.clips)} clips have footage.")
    verb = "has" if len(missing) == 1 else "have"
    said = f"{capital(clip_names(missing))} {verb} no footage"
    return Told(f"{said}; the film shows a neighbour's frame there.", tuple(missing))


def _of_help(_: Facts, question: Question) -> Told:
    return Told(how(question.text))


def _of_video(facts: Facts, question: Question) -> Told:
    """Say in short what a clip, or the video, is; anything else about it is not known."""
    chosen = facts.named(question.clips)
    if not questions.asks_about(question.text):
        return Told(CANNOT_TELL)
    if not chosen or len(chosen) == len(facts.clips):
        return Told(_whole_length(facts))
    parts = [_about(clip) for clip in chosen[:_MOST_VERSIONS]]
    return Told(" ".join(parts), tuple(numbers_of(chosen)))


def _about(clip: ClipView) -> str:
    """Return what a clip is: when it plays, where in the song, and what it shows."""
    said = f"{capital(name_of(clip))} runs from {range_of(clip)}, in {section_of(clip)}"
    said += f"; it uses version {clip.current_version} of {clip.version_count}."
    shown = cut(clip.prompt).partition(". ")[0].rstrip(".")
    return f"{said} It shows: “{shown}.”" if shown else said


def how(text: str) -> str:
    """Return how something is done here."""
    words = text.lower()
    return next((said for word, said in _HOW.items() if word in words), replies.HELP)


_HOW: Mapping[str, str] = {
    "undo": "Say “undo” for the last change, “undo clip 2” for one clip, and “redo” to put it "
    "back; nothing is ever lost.",
    "redo": "Say “redo” to put back what was taken back last.",
    "export": "Use the export button in the bar on top; it writes the film as an MP4 file.",
    "download": "Use the export button in the bar on top; it writes the film as an MP4 file.",
    "cancel": "Press cancel beside the edit while it runs; the film stays as it is.",
    "restore": "Say “clip 2 back to version 1”, or pick the version on the stage.",
    "template": "The chips above the text box are ready-made wishes in four groups; after an edit "
    "you can save your own there.",
    "select": "Click a clip; with Ctrl or Shift you select several. Or name them: “clips 2 and 4”.",
    "cost": "You see the price before anything is done, and nothing is charged without a yes.",
}
_TELLERS: Mapping[Topic, Callable[[Facts, Question], Told]] = {
    Topic.CLIPS: _of_clips,
    Topic.COUNT: _of_count,
    Topic.LENGTH: _of_length,
    Topic.COST: recounting.of_cost,
    Topic.BUDGET: recounting.of_budget,
    Topic.CHANGES: recounting.of_changes,
    Topic.VERSIONS: recounting.of_versions,
    Topic.PROMPT: _of_prompt,
    Topic.LYRICS: _of_lyrics,
    Topic.SECTIONS: _of_sections,
    Topic.MEASURES: _of_measures,
    Topic.MISSING: _of_missing,
    Topic.RUNNING: recounting.of_running,
    Topic.HELP: _of_help,
    Topic.VIDEO: _of_video,
}


def _ranked(clips: Sequence[ClipView], quality: questions.Quality) -> list[ClipView]:
    """Return the measured clips, the one of which the quality is truest first."""
    measured = [clip for clip in clips if clip.measures]
    return sorted(
        measured,
        key=lambda clip: (_value(clip.measures, quality), clip.number),
        reverse=quality.is_high,
    )


def _value(measures: Measures | None, quality: questions.Quality) -> float:
    return float(getattr(measures, quality.measure))


def _measure(clip: ClipView, quality: questions.Quality) -> str:
    digits = 1 if quality.measure == "motion" else 0
    return f"{_UNITS[quality.measure]} {_value(clip.measures, quality) * 100:.{digits}f} %"
