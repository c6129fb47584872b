"""Short replies that need nothing but the context."""

from collections.abc import Sequence

from clipbot.understanding.context import Context
from clipbot.understanding.tokens import Token

ONLY_CLIPS = "I edit the clips of this video; tell me what should change in which clip."
LEFT = "All right, nothing was changed."
HELP = (
    "Tell me what should change and in which clips: \u201cmake clip 2 nighttime, keep the "
    "lanterns\u201d, \u201call choruses warmer\u201d, \u201ca bit more\u201d, \u201cundo\u201d. "
    "You see the price before anything is done. Questions are free: which clips are dark, "
    "what a clip cost, what changed in it, how long it is."
)

_GREETINGS = frozenset({"hi", "hello", "hey", "hiya", "howdy", "greetings", "morning"})


def small_talk(tokens: Sequence[Token]) -> str:
    """Return a polite answer to a greeting, to thanks, or to a call for help."""
    if any(token.word == "help" for token in tokens):
        return HELP
    if any(token.word.startswith(("thank", "thx", "cheers")) for token in tokens):
        return "You are welcome."
    if not any(token.word in _GREETINGS for token in tokens):
        return "All right."
    return "Hello! Tell me what should change, for example \u201cmake clip 1 nighttime\u201d."


def about(context: Context, clips: Sequence[int]) -> str:
    """Return what the context knows about clips, else about the video."""
    facts = [clip for clip in context.clips if clip.number in clips]
    if len(facts) == 1:
        clip = facts[0]
        part = f", in the {clip.section}" if clip.section else ""
        return (
            f"Clip {clip.number} runs from {_clock(clip.start)} to {_clock(clip.end)}{part}; "
            f"it uses version {clip.current_version} of {clip.versions}."
        )
    if facts:
        return f"That is about clips {', '.join(str(clip.number) for clip in facts)}."
    length = _clock(max((clip.end for clip in context.clips), default=0.0))
    return f"The video has {len(context.clips)} clips and runs {length}."


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
