"""Asking instead of guessing: questions, and choices that are complete instructions."""

from collections.abc import Sequence

from clipbot.domain.plan import Act, Operation, Plan
from clipbot.domain.templates import TEMPLATES, matching
from clipbot.understanding.context import ClipFacts, Context

_MOST_CLIPS = 4
_OFFERED = ("nighttime", "brighter", "warmer_colors", "dramatic")
NO_SOUND = "The sound is the song, whole; a clip has none of its own that could change."
NO_LENGTH = (
    "Each clip keeps its place in the song, so none becomes longer or shorter; it can move slower"
    " or faster."
)
NO_ORDER = (
    "Clips keep their places in the song, and do not trade them; one can get the look of another."
)
_SAYING = {"up": "more", "down": "less"}


def which_clip(context: Context, wish: str) -> Plan:
    """Ask for which clip a wish is."""
    numbers = context.numbers[:_MOST_CLIPS]
    choices = tuple(for_clip(wish, number) for number in numbers)
    if len(context.numbers) > 1:
        choices += (f"all clips: {wish}",)
    return Plan(Act.ASK, question="Which clip is that for?", choices=choices)


def unknown_clip(context: Context, missing: Sequence[str], wish: str) -> Plan:
    """Say that the video does not have what was named; offer what it has."""
    named = [each for each in dict.fromkeys(missing) if not each.startswith("such ")]
    lack = f"This video has no {' or '.join(named)}" if named else "No clip fits that"
    question = f"{lack}; {_extent(context)}."
    if not wish:
        return Plan(Act.ASK, question=question, choices=examples(context))
    numbers = dict.fromkeys([*context.selected[:2], *context.numbers[:1], *context.numbers[-1:]])
    choices = tuple(for_clip(wish, number) for number in numbers)
    if len(choices) == 1:
        choices += examples(context)[:1]
    return Plan(Act.ASK, question=question, choices=choices[:_MOST_CLIPS])


def contradiction(context: Context, clips: Sequence[int], ops: Sequence[Operation]) -> Plan:
    """Ask which of two wishes that exclude each other is meant."""
    number = (clips or context.numbers)[0]
    choices = tuple(for_clip(said, number) for op in ops if (said := saying(op)))
    question = "These wishes contradict each other. Which one is it?"
    return Plan(Act.ASK, question=question, choices=choices)


def which_restore(context: Context, number: int) -> Plan:
    """Ask which clip is to go back to a version; offer those that have it."""
    having = [clip.number for clip in context.clips if 0 < number <= clip.versions]
    choices = tuple(for_clip(f"back to version {number}", each) for each in having[:_MOST_CLIPS])
    return Plan(Act.ASK, question="Which clip is to go back?", choices=choices)


def unknown_version(clip: ClipFacts, number: int) -> Plan:
    """Say that a clip has no such version; offer those that it has."""
    versions = range(1, clip.versions + 1)[-_MOST_CLIPS:]
    return Plan(
        Act.ASK,
        question=f"Clip {clip.number} has no version {number}; it has {clip.versions}.",
        choices=tuple(f"clip {clip.number} back to version {each}" for each in versions),
    )


def one_at_a_time(context: Context, act: Act, wish: str) -> Plan:
    """Ask whether to take back, or to change: a plan does one of them."""
    number = (context.selected or context.numbers)[0]
    choices = (str(act), for_clip(wish, number))
    return Plan(Act.ASK, question="One thing at a time: which first?", choices=choices)


def unreadable(context: Context) -> Plan:
    """Say that nothing was understood, with examples."""
    question = "What should change? Say it in a few words, for example one of these."
    return Plan(Act.ASK, question=question, choices=examples(context))


def impossible(context: Context, reason: str) -> Plan:
    """Say why something cannot be done; offer what can."""
    return Plan(Act.ASK, question=reason, choices=examples(context))


def examples(context: Context) -> tuple[str, ...]:
    """Return complete instructions for the selected clip, else for the first one."""
    number = (context.selected or context.numbers)[0]
    return tuple(for_clip(TEMPLATES[id_].instruction, number) for id_ in _OFFERED)


def for_clip(wish: str, number: int) -> str:
    """Return a wish as a complete instruction for one clip: "make clip 1 nighttime"."""
    head, _, tail = wish.partition(" ")
    pronoun, _, rest = tail.partition(" ")
    if head.lower() in {"make", "turn"} and pronoun.lower() in {"it", "this", "them"} and rest:
        return f"{head} clip {number} {rest}"
    return f"clip {number}: {wish}"


def saying(op: Operation) -> str:
    """Return an operation in words that are understood as that operation, or nothing."""
    template = matching((op,))
    if template:
        return template.instruction
    if op.direction in _SAYING:
        return f"{_SAYING[op.direction]} {op.kind.value}"
    return f"make it {op.direction.replace('_', ' ')}" if op.direction else ""


def _extent(context: Context) -> str:
    first, last = context.numbers[0], context.numbers[-1]
    return f"it has clip {first} only" if first == last else f"its clips are {first} to {last}"
