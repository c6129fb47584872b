"""A prompt writer that needs no model: words out, words in.

Every operation brings its template's words and takes out those of its rivals, or
brings a few words of its own; what has no words of ours is said as it will be seen
(`described.py`). What was asked to be kept is left alone. Writing the same edit twice
changes nothing the second time.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from clipbot.domain.plan import Edit, Kind, Operation
from clipbot.domain.temperature import band, offline_temperature
from clipbot.domain.templates import matching, rivals
from clipbot.language import scenes
from clipbot.language.base import FREE, Fee, PromptRequest, Rewrite, never
from clipbot.language.described import Description, described
from clipbot.language.said import frames_anew, moves_camera, stand_ins_of, words_of, words_out_of
from clipbot.language.wording import having, holds, swapped, without, without_parts

_SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        "the a an her his their its my all and or of in on at with else rest as is same everything "
        "almost exactly nearly just thing things",
    )
)
_ALL_ELSE = frozenset({"else", "rest", "everything", "all"})


class OfflineWriter:
    """A `PromptWriter` that composes prompts by rule, at once and for nothing."""

    @property
    def fee(self) -> Fee:
        """Nothing."""
        return FREE

    def rewrite(
        self,
        request: PromptRequest,
        *,
        cancelled: Callable[[], bool] = never,  # noqa: ARG002 - it is done at once
    ) -> Rewrite:
        """Return the new prompt for an edit."""
        edit = request.edit
        told = [_told(op, edit) for op in edit.ops]
        words = (*request.words_in, *(word for each in told for word in each.phrases))
        prompt = _beginning(request)
        left_alone = _Kept(words, edit.keep)
        prompt = without(prompt, left_alone.but(request.words_out))
        for op, each in zip(edit.ops, told, strict=True):
            prompt = _changed(prompt, op, each, left_alone)
        prompt = having(prompt, (*words, *_as_before(prompt, edit)))
        temperature = offline_temperature(edit)
        return Rewrite(prompt, temperature, _reasoning(edit, temperature))


class _Kept:
    """What may not be taken out: what the edit puts in, and what was asked to be kept."""

    def __init__(self, words: Sequence[str], keep: Sequence[str]) -> None:
        self._words = words
        self._keep = {word for each in keep for word in re.findall(r"[\w'-]+", each.lower())}
        self._keep -= _SMALL_WORDS

    def but(self, phrases: Iterable[str]) -> Iterator[str]:
        """Yield the phrases that may go."""
        for phrase in phrases:
            is_put_in = any(holds(each, phrase) for each in self._words)
            if not is_put_in and not self._keep.intersection(phrase.lower().split()):
                yield phrase


def _beginning(request: PromptRequest) -> str:
    """Return the prompt to start from; starting over means the first one."""
    over = Operation(Kind.REGENERATE, strength="strong") in request.edit.ops
    return (request.original_prompt if over else "") or request.prompt.strip()


def _told(op: Operation, edit: Edit) -> Description:
    template = matching((op,))
    if template is not None:
        # Slightly: the most telling phrase alone.
        return Description(template.words_in[:1] if op.strength == "slight" else template.words_in)
    if op.kind is Kind.REGENERATE or op.is_match:  # Which colours those are, no word says.
        return Description()
    return Description(words_of(op)) if words_of(op) else _described(op, edit)


def _described(op: Operation, edit: Edit) -> Description:
    return described(op.kind, edit.instruction, is_alone=len(edit.ops) == 1)


def _changed(prompt: str, op: Operation, told: Description, kept: _Kept) -> str:
    """Take out of a prompt, and put in place, what an operation changes in its midst."""
    prompt = _cleared(prompt, op, kept)
    if told.phrases and moves_camera(op):
        prompt = scenes.moved(prompt, told.phrases[0])
    if told.phrases and frames_anew(op):
        prompt = scenes.framed(prompt, told.phrases[0])
    for thing in told.gone:
        prompt = scenes.without_thing(prompt, thing)
    return scenes.coloured(scenes.replaced(prompt, told.replaced), told.coloured)


def _cleared(prompt: str, op: Operation, kept: _Kept) -> str:
    """Take out what contradicts an operation."""
    template = matching((op,))
    out = template.words_out if template else words_out_of(op)
    swaps = dict(template.words_swapped if template else stand_ins_of(op))
    other = (word for each in rivals(template) for word in each.words_in) if template else ()
    prompt = without_parts(prompt, kept.but(other))
    prompt = swapped(prompt, ((old, swaps[old]) for old in kept.but(swaps)))
    return without(prompt, kept.but(out))


def _as_before(prompt: str, edit: Edit) -> Iterator[str]:
    """Yield what is to be kept and is not in the prompt, so that nobody would know of it."""
    for words in edit.keep:
        every = words.lower().split()
        telling = [word for word in every if word not in _SMALL_WORDS]
        if not telling and _ALL_ELSE.intersection(every):
            yield "everything else as before"
        elif telling and not all(holds(prompt, word) for word in telling):
            yield f"{words} as before"


def _reasoning(edit: Edit, temperature: float) -> str:
    template = matching(edit.ops)
    how = f'The "{template.title}" template' if template else "The wish in words"
    return f"{how}; {band(temperature)}."
