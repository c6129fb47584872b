"""A prompt writer that needs no model: words out, words in.

Every operation brings its template's words and takes out those of its rivals, or
brings a few words of its own; what has no words of ours is told in the person's.
Writing the same edit twice changes nothing the second time.
"""

from collections.abc import Iterator, Sequence

from clipbot.domain.plan import Edit, Kind, Operation
from clipbot.domain.temperature import band, offline_temperature
from clipbot.domain.templates import Template, matching, rivals
from clipbot.language.base import PromptRequest, Rewrite
from clipbot.language.wording import having, holds, swapped, without

_WORDS: dict[tuple[Kind, str | None], str] = {
    (Kind.CONTRAST, "down"): "low contrast",
    (Kind.SPEED, "up"): "fast pace",
    (Kind.SPEED, "down"): "slow motion",
    (Kind.SHARPNESS, "up"): "crisp focus",
    (Kind.SHARPNESS, "down"): "soft focus",
    (Kind.WEATHER, "clear"): "clear weather",
    (Kind.CAMERA, "static"): "locked camera",
}
_SPOKEN: dict[Kind, str] = {
    Kind.TIME_OF_DAY: "{} light",
    Kind.WEATHER: "{} weather",
    Kind.MOOD: "{} mood",
    Kind.LOOK: "{} look",
    Kind.CAMERA: "camera: {}",
    Kind.ADD: "with {}",
    Kind.REMOVE: "without {}",
}
"""How a direction without a template is said."""


class OfflineWriter:
    """A `PromptWriter` that composes prompts by rule, at once and for nothing."""

    def rewrite(self, request: PromptRequest) -> Rewrite:
        """Return the new prompt for an edit."""
        edit = request.edit
        words = tuple(_words_in(edit))
        prompt = request.prompt.strip()
        for op in edit.ops:
            if template := matching((op,)):
                prompt = _cleared(prompt, template, words)
        temperature = offline_temperature(edit)
        return Rewrite(having(prompt, words), temperature, _reasoning(edit, temperature))


def _words_in(edit: Edit) -> Iterator[str]:
    """Yield the phrases that an edit puts into a prompt."""
    for op in edit.ops:
        template = matching((op,))
        if template is None:
            yield from _words_of(op, edit)
        elif op.strength == "slight":
            yield template.words_in[0]  # The most telling phrase alone.
        else:
            yield from template.words_in
    yield from (f"keep {words}" for words in edit.keep)


def _cleared(prompt: str, template: Template, words: Sequence[str]) -> str:
    """Take out what contradicts a template, but nothing that the edit itself puts in."""
    out = [*template.words_out, *(word for each in rivals(template) for word in each.words_in)]
    swaps = [pair for pair in template.words_swapped if not _any_holds(words, pair[0])]
    return without(
        swapped(prompt, swaps), (phrase for phrase in out if not _any_holds(words, phrase))
    )


def _any_holds(words: Sequence[str], phrase: str) -> bool:
    return any(holds(each, phrase) for each in words)


def _words_of(op: Operation, edit: Edit) -> Iterator[str]:
    if op.kind is Kind.REGENERATE:
        return
    known = _WORDS.get((op.kind, op.direction))
    if known:
        yield known
    elif op.direction and op.kind in _SPOKEN:
        yield _SPOKEN[op.kind].format(op.direction.replace("_", " "))
    elif edit.instruction.strip():
        yield edit.instruction.strip().rstrip(".!?,;: ")


def _reasoning(edit: Edit, temperature: float) -> str:
    template = matching(edit.ops)
    how = f'The "{template.title}" template' if template else "The wish in words"
    return f"{how}; {band(temperature)}."
