"""A text and its context understood: the way from words to a plan.

First what is no edit is sorted out (small talk, questions, undo, going back to a
version, the look of another clip); the rest is cut into pieces, folded into edits, and
checked. Whatever cannot be acted on safely becomes a question.
"""

from collections.abc import Sequence
from dataclasses import replace

from clipbot.domain.plan import Act, Edit, Kind, Operation, Plan
from clipbot.domain.templates import matching
from clipbot.understanding import acts, asking, replies, words
from clipbot.understanding.context import Context
from clipbot.understanding.folding import Fold, Group, Target, fold, target_of
from clipbot.understanding.followups import followed_up
from clipbot.understanding.found import skipped
from clipbot.understanding.mention import Mention
from clipbot.understanding.numbered import numbered
from clipbot.understanding.phrasing import instruction_of
from clipbot.understanding.pieces import Piece, cut, sentences
from clipbot.understanding.spelling import corrected
from clipbot.understanding.targets import mentions
from clipbot.understanding.tokens import Token, tokenize
from clipbot.understanding.vocabulary import EXCLUSIVE

_FEWEST_CHOICES = 2
_MOST_CHOICES = 5


def understand(text: str, context: Context) -> Plan:
    """Return what a person wants, as a plan; nothing is changed, spent or asked elsewhere.

    The plan names only clips that exist. Targets are never guessed: no clip named and
    none selected becomes a question, unless the talk so far says which clips are meant.
    """
    plan = _read(text, context)
    return _with_sound_choices(plan, context) if plan.act is Act.ASK else plan


def _with_sound_choices(plan: Plan, context: Context) -> Plan:
    """Keep the choices that need no further question; fill up with examples."""
    sound = [choice for choice in plan.choices if _read(choice, context).act is not Act.ASK]
    if context.clips and len(sound) < _FEWEST_CHOICES:
        sound += asking.examples(context)
    return replace(plan, choices=tuple(dict.fromkeys(sound))[:_MOST_CHOICES])


def _read(text: str, context: Context) -> Plan:
    tokens = corrected(tokenize(text))
    if acts.gives_orders(tokens):
        return Plan(Act.CHAT, reply=replies.ONLY_CLIPS)
    if acts.is_small_talk(tokens):
        return Plan(Act.CHAT, reply=replies.small_talk(tokens))
    if not context.clips:
        return Plan(Act.ASK, question="This video has no clips yet.")
    pieces = cut(tokens, context)
    questions = [acts.is_question(sentence) for sentence in sentences(tokens)]
    asked = tuple(piece for piece in pieces if not questions[piece.sentence])
    if pieces and not asked:
        return _answer(tokens, context)
    return (
        _style(tokens, context)
        or _restore(tokens, context)
        or _step(tokens, asked, text, context)
        or _edit(fold(asked, text, _talked(pieces, asked)), asked, text, context)
    )


def _talked(pieces: Sequence[Piece], asked: Sequence[Piece]) -> Target | None:
    """Return the clips that a question before a wish was about."""
    return target_of([each for piece in pieces if piece not in asked for each in piece.mentions])


def _answer(tokens: Sequence[Token], context: Context) -> Plan:
    named = target_of(tuple(mentions(tokens, context)))
    if named is None and not acts.is_on_topic(tokens):
        return Plan(Act.CHAT, reply=replies.ONLY_CLIPS)
    clips = tuple(sorted(named.clips)) if named else ()
    edits = (Edit(clips),) if clips else ()
    return Plan(Act.ANSWER, edits, reply=replies.about(context, clips))


def _style(tokens: Sequence[Token], context: Context) -> Plan | None:
    """Read "make shot 4 look like shot 1": the source stands behind the words."""
    cue = acts.style_cue(tokens)
    source = cue and _source_of_style(tokens, cue[1], context)
    if cue is None or source is None or len(source.clips) != 1 or source.missing:
        return None
    before, after = tokens[: cue[0]], tokens[source.stop :]
    others = target_of([*mentions(before, context), *mentions(after, context)])
    clips = _resolved(others, context)
    if others and others.missing:
        return asking.unknown_clip(context, others.missing, "")
    if not clips:
        return asking.which_clip(context, f"same look as clip {source.clips[0]}")
    edit = Edit(clips, instruction=f"the look of clip {source.clips[0]}")
    return Plan(Act.STYLE, (edit,), source_clip=source.clips[0])


def _source_of_style(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Return the one clip named at `index`; "clip 1 to clip 3" is no range here."""
    at = skipped(tokens, index, words.CLIP_NOUNS | {"the", "#", "number", "from", "of", "in"})
    return numbered(tokens, at, context) or next(
        (each for each in mentions(tokens, context) if each.start in (index, index + 1)), None
    )


def _restore(tokens: Sequence[Token], context: Context) -> Plan | None:
    wish = acts.version_in(tokens)
    if wish is None:
        return None
    rest = (*tokens[: wish.start], *tokens[wish.stop :])
    named = target_of(tuple(mentions(rest, context)))
    if named and named.missing:
        return asking.unknown_clip(context, named.missing, "")
    clips = _resolved(named, context)
    if not clips:
        return asking.which_restore(context, wish.number)
    facts = {clip.number: clip for clip in context.clips}
    short = [number for number in clips if not 0 < wish.number <= facts[number].versions]
    if short:
        return asking.unknown_version(facts[short[0]], wish.number)
    edit = Edit(clips, instruction=f"back to version {wish.number}")
    return Plan(Act.RESTORE, (edit,), version=wish.number)


def _step(
    tokens: Sequence[Token], pieces: Sequence[Piece], text: str, context: Context
) -> Plan | None:
    """Read undo and redo, of the last change or of the last change of named clips."""
    act = acts.step_of(tokens)
    if act is None:
        return None
    named = target_of([each for piece in pieces for each in piece.mentions])
    if named and named.missing:
        return asking.unknown_clip(context, named.missing, "")
    folded = fold(pieces, text)
    if any(group.ops for group in folded.groups):
        wish = instruction_of(text, [row for group in folded.groups for row in group.rows])
        return asking.one_at_a_time(context, act, wish)
    clips = tuple(sorted(named.clips)) if named and not named.is_pointed else ()
    return Plan(act, (Edit(clips),) if clips else ())


def _edit(folded: Fold, pieces: Sequence[Piece], text: str, context: Context) -> Plan:
    """Return the plan of an edit, or the question that it raises."""
    groups = folded.groups or followed_up(folded, pieces, context)
    rows = [row for group in groups for row in group.rows]
    wish = instruction_of(text, rows)
    missing = [*folded.spared.missing, *(folded.waiting.missing if folded.waiting else [])]
    missing += [name for group in groups if group.target for name in group.target.missing]
    if missing:
        return asking.unknown_clip(context, missing, wish)
    if not groups:
        return _nothing(folded, context)
    if any(_has_loose_clip(piece) for piece in pieces):
        return asking.unknown_clip(context, ["such clip"], "")
    edits: list[Edit] = []
    for group in groups:
        clips = _clips_of(group, groups, folded.spared, context)
        if clash := _clash(group.ops):
            return asking.contradiction(context, clips, clash)
        if not clips:
            return asking.which_clip(context, wish)
        edits = [_without_special_case(edit, clips, group.ops) for edit in edits]
        edits.append(_edit_of(group, clips, text))
    return _planned([edit for edit in edits if edit.clips])


def _has_loose_clip(piece: Piece) -> bool:
    """Whether a piece speaks of clips in a way that no reader of mentions understood."""
    return not piece.mentions and any(t.word in {"clip", "clips"} for t in piece.tokens)


def _without_special_case(edit: Edit, clips: tuple[int, ...], ops: Sequence[Operation]) -> Edit:
    """Leave some clips of an edit to a later one: "1 to 7 sunny but 4 rainy"."""
    is_special = set(clips) < set(edit.clips) and {op.kind for op in ops} & {
        op.kind for op in edit.ops
    }
    left = tuple(number for number in edit.clips if number not in clips)
    return replace(edit, clips=left) if is_special else edit


def _nothing(folded: Fold, context: Context) -> Plan:
    """Return the plan for a text without a wish that can be carried out."""
    if folded.has_wish:
        return Plan(
            Act.ASK, question="What should change instead?", choices=asking.examples(context)
        )
    return asking.unreadable(context)


def _edit_of(group: Group, clips: tuple[int, ...], text: str) -> Edit:
    ops = tuple(dict.fromkeys(_without_clear_sky(group.ops)))
    instruction = instruction_of(text, group.rows) or " and ".join(
        filter(None, map(asking.saying, ops))
    )
    return Edit(clips, ops, instruction, tuple(dict.fromkeys(group.keep)))


def _without_clear_sky(ops: Sequence[Operation]) -> Sequence[Operation]:
    """Drop the end of one weather where another follows: "no rain, snow"."""
    clear = [op for op in ops if (op.kind, op.direction) == (Kind.WEATHER, "clear")]
    others = [op for op in ops if op.kind is Kind.WEATHER and op not in clear]
    return [op for op in ops if op not in clear] if others else ops


def _clips_of(
    group: Group, groups: Sequence[Group], spared: Target, context: Context
) -> tuple[int, ...]:
    """Return the clips that a group is for, without those to be left alone."""
    others = {
        number
        for each in groups
        if each.target and each is not group
        for number in each.target.clips
    }
    if group.target and group.target.is_rest and others | spared.clips:
        clips = set(context.numbers) - others
    else:
        clips = set(_resolved(group.target, context))
    return tuple(sorted(clips - spared.clips))


def _resolved(target: Target | None, context: Context) -> tuple[int, ...]:
    """Return named clips, else the selected ones, else those that the talk is about."""
    if target and (target.clips or not (target.is_pointed or target.is_rest)):
        return tuple(sorted(target.clips))
    if context.selected:
        return context.selected
    if len(context.clips) == 1:
        return context.numbers
    return context.talked_about


def _clash(ops: Sequence[Operation]) -> tuple[Operation, ...]:
    """Return two operations that exclude each other, if there are two."""
    for index, op in enumerate(ops):
        for other in ops[index + 1 :]:
            if op.kind is other.kind and op.kind in EXCLUSIVE and op.direction != other.direction:
                return op, other
    return ()


def _planned(edits: Sequence[Edit]) -> Plan:
    """Return the plan of edits, those with the same change joined."""
    joined: dict[tuple[object, ...], Edit] = {}
    for edit in edits:
        key = (edit.ops, edit.keep, edit.instruction)
        clips = set(edit.clips).union(joined[key].clips if key in joined else ())
        joined[key] = Edit(tuple(sorted(clips)), edit.ops, edit.instruction, edit.keep)
    templates = {matching(edit.ops) for edit in joined.values()}
    one = templates.pop() if len(templates) == 1 else None
    return Plan(Act.EDIT, tuple(joined.values()), template_id=one.id if one else None)
