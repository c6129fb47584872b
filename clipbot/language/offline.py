"""A prompt writer that needs no model: words out, words in.

Every operation brings its template's words and takes out those of its rivals, or
brings a few words of its own; what has no words of ours is told in the person's.
Writing the same edit twice changes nothing the second time.
"""

from collections.abc import Iterator

from clipbot.domain.plan import Edit, Kind, Operation
from clipbot.domain.temperature import band, offline_temperature
from clipbot.domain.templates import Template, matching, rivals
from clipbot.language.base import PromptRequest, Rewrite
from clipbot.language.wording import having, swapped, without

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
        prompt = request.prompt.strip()
        for op in edit.ops:
            prompt = _applied(prompt, op, edit)
        prompt = having(prompt, (f"keep {words}" for words in edit.keep))
        temperature = offline_temperature(edit)
        return Rewrite(prompt, temperature, _reasoning(edit, temperature))


def _applied(prompt: str, op: Operation, edit: Edit) -> str:
    template = matching((op,))
    if template is None:
        return having(prompt, _words_of(op, edit))
    out = [phrase for phrase in _contradicting(template) if phrase not in template.words_in]
    # A slight change is said with the most telling phrase alone.
    words = template.words_in[:1] if op.strength == "slight" else template.words_in
    return having(without(swapped(prompt, template.words_swapped), out), words)


def _contradicting(template: Template) -> Iterator[str]:
    yield from template.words_out
    for rival in rivals(template):
        yield from rival.words_in


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
