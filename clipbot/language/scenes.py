"""Changing what a prompt shows: things that go, things that become others, the camera.

Sentences are cut at the joints that prose in prompts has. Nothing is parsed: where a cut
could tear a sentence, it is left as it is, and what follows it says the change.
"""

import re
from collections.abc import Iterable
from typing import Final

from clipbot.language.wording import as_in, cased, holds, swapped, tidied

_CARRIED: Final = (
    r"\s+(?:with|holding|carrying|wearing|under)\s+(?:(?:a|an|the|his|her)\s+)?(?:[\w'-]+\s+){0,2}?"
)
_JOINT: Final = re.compile(
    r"(,\s+(?:and\s+|while\s+)?|\s+while\s+|;\s+|:\s+|(?<=\w)\s+and\s+(?=\S+\s+\S+\s+\S+))"
)
_SENTENCES: Final = re.compile(r"(?<=[.!?])\s+")
_SHORTEST: Final = 3
"""Words that a piece must have to stand alone."""
_COLOURS: Final = (
    "red|orange|amber|yellow|gold|golden|green|turquoise|teal|cyan|blue|indigo|violet|purple|magenta|"
    "pink|brown|black|white|grey|gray|silver|cream|crimson|scarlet"
)
_MOVE: Final = re.compile(
    r"(?P<before>^|[.!?,]\s+)(?:(?:an?|very|almost|slow|steady|gentle|smooth|quick|fast|slight|dynamic|"
    r"static|locked|handheld|shaky)\s+)*"
    r"(?:glide|push|drift|tracking|pan|zoom|crane|pull back|dolly|orbit|tilt|camera)\b"
    r"(?:(?!\s+while\b)[^,.;:!?])*",
    re.IGNORECASE,
)
_FRAME: Final = re.compile(
    r"(?P<before>^|[.!?,]\s+)(?:(?:[\w-]+\s+){0,2}(?:shot|close-up)|low angle|high angle|eye-level|"
    r"looking (?:up|down)|point of view[^,.;:!?]*)(?=\s*(?:$|[,.;:!?]))",
    re.IGNORECASE,
)


def without_thing(prompt: str, thing: str) -> str:
    """Take a thing out: from whoever carries it, else with the clause that it is in.

    The subject of the prompt, what its first clause is about, is never taken out.
    """
    whole = rf"{_CARRIED}{re.escape(thing)}\b"
    prompt = re.sub(whole, "", prompt, flags=re.IGNORECASE)
    sentences = _SENTENCES.split(prompt)
    for place, sentence in enumerate(sentences):
        if holds(sentence, thing):
            sentences[place] = _shortened(sentence, thing, is_first=place == 0)
    return " ".join(filter(None, sentences))


def replaced(prompt: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Let things become others, unless they have already."""
    for old, new in pairs:
        if not holds(prompt, new):
            article = rf"(?:(?:the|a|an|his|her|their)\s+)?(?:[\w-]+\s+)?{re.escape(old)}"
            found = re.search(rf"(?<![\w-]){article}(?![\w-])", prompt, re.IGNORECASE)
            if found:
                prompt = prompt[: found.start()] + as_in(found[0], new) + prompt[found.end() :]
    return prompt


def coloured(prompt: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Give things another colour where the prompt says theirs; other qualities are left out."""
    for thing, colour in pairs:
        if re.fullmatch(_COLOURS, colour, re.IGNORECASE):
            words = re.findall(rf"\b(?:{_COLOURS})\s+{re.escape(thing)}\b", prompt, re.IGNORECASE)
            prompt = swapped(prompt, ((each, f"{colour} {thing}") for each in words))
    return prompt


def moved(prompt: str, move: str) -> str:
    """Put a camera's move in the place of the one that was there, if one was."""
    return _put(prompt, _MOVE, move)


def framed(prompt: str, frame: str) -> str:
    """Put a shot in the place of the one that was there, if one was."""
    return _put(prompt, _FRAME, frame)


def _put(prompt: str, pattern: re.Pattern[str], phrase: str) -> str:
    found = None if holds(prompt, phrase) else pattern.search(prompt)
    if found is None:
        return prompt
    old = found[0][len(found["before"]) :]
    rest = pattern.sub(lambda other: other["before"], prompt[found.end() :])
    head = prompt[: found.start()] + found["before"] + as_in(old, phrase)
    return cased(tidied(head + rest), prompt)


def _shortened(sentence: str, thing: str, *, is_first: bool) -> str:
    pieces = _JOINT.split(sentence)
    end = sentence[-1] if sentence[-1:] in {".", "!", "?"} else ""
    kept: list[str] = []
    for place in range(0, len(pieces), 2):
        piece = pieces[place]
        goes = holds(piece, thing) and not (is_first and place == 0)
        if goes and len(piece.split()) >= _SHORTEST:
            continue
        kept += [pieces[place - 1] if kept and place else "", piece]
    text = tidied("".join(kept)).rstrip(".!?")
    return (
        f"{text[:1].upper() if sentence[:1].isupper() else text[:1]}{text[1:]}{end}" if text else ""
    )
