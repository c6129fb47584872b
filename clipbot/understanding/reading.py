"""A text and its context understood: the way from words to a plan.

First what is no edit is sorted out (small talk, questions, undo, going back to a
version, the look of another clip); the rest is cut into pieces, folded into edits, and
checked. Whatever cannot be acted on safely becomes a question.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from clipbot.domain.plan import Act, Edit, Kind, Operation, Plan, Topic
from clipbot.domain.templates import matching
from clipbot.understanding import (
    acts,
    asking,
    occasions,
    questions,
    remarks,
    replies,
    returning,
    words,
)
from clipbot.understanding.aims import Target, is_left_over, resolved, target_of
from clipbot.understanding.arranging import arranged
from clipbot.understanding.choices import chosen
from clipbot.understanding.context import Context
from clipbot.understanding.evening import evened
from clipbot.understanding.folding import fold
from clipbot.understanding.followups import followed_up, of_same_thing
from clipbot.understanding.groups import Fold, Group
from clipbot.understanding.measures import ADJECTIVES, REMEDIES
from clipbot.understanding.names import set_apart
from clipbot.understanding.phrasing import instruction_of
from clipbot.understanding.pieces import Piece, cut, sentences
from clipbot.understanding.readings import explained
from clipbot.understanding.rewording import reworded
from clipbot.understanding.spelling import corrected
from clipbot.understanding.taking import takes
from clipbot.understanding.targets import mentions
from clipbot.understanding.tokens import CLIP_MARK, Token, tokenize
from clipbot.understanding.vocabulary import EXCLUSIVE, OPERATIONS, SCALARS
from clipbot.understanding.words import is_foreign

_ECHOES: dict[tuple[Kind, str | None], set[tuple[Kind, str | None]]] = {
    (Kind.LOOK, "film"): {
        (Kind.LOOK, look) for look in ("vintage", "vhs", "noir", "teal_orange", "bleach_bypass")
    },
    (Kind.LOOK, "vintage"): {(Kind.LOOK, "vhs")},
    (Kind.LOOK, "monochrome"): {(Kind.LOOK, "noir")},
    (Kind.MOTION, "down"): {(Kind.CAMERA, "static"), (Kind.MOOD, "calm")},
    (Kind.MOTION, "up"): {(Kind.MOOD, "energetic")},
}
"""Wishes that others hold: a camera on a tripod moves less."""
_ENDS = {Kind.WEATHER: "clear", Kind.CAMERA: "static"}
"""What is left of a kind that is refused."""
_GREY = {(Kind.LOOK, "monochrome"), (Kind.LOOK, "noir")}
_FADING = (Kind.SATURATION, "down")
_OWN = words.POSSESSIVES | {"the", "my", "off", "out"}
_FEWEST_CHOICES = 2
_MOST_CHOICES = 5
_LONGEST_CHOICE = 240
"""Characters of a choice; a longer one is no button."""


def understand(text: str, context: Context) -> Plan:
    """Return what a person wants, as a plan; nothing is changed, spent or asked elsewhere.

    The plan names only clips that exist. Targets are never guessed: no clip named and
    none selected becomes a question, unless the talk so far says which clips are meant.
    """
    tokens = reworded(corrected(set_apart(tokenize(text), text), context), context)
    pieces = cut(tokens, context) if context.clips else ()
    plan = _planned_for(text, tokens, pieces, context)
    if plan.act is Act.ASK:
        plan = _with_sound_choices(plan, context)
    if plan.slots or plan.readings:  # What says nothing else has been read to the end.
        return plan
    return explained(plan, text, tokens, pieces, context)


def _with_sound_choices(plan: Plan, context: Context) -> Plan:
    """Keep the choices that need no further question; fill up with examples."""
    short = [choice for choice in plan.choices if len(choice) < _LONGEST_CHOICE]
    sound = [choice for choice in short if _read(choice, context).act is not Act.ASK]
    if context.clips and len(sound) < _FEWEST_CHOICES:
        sound += asking.examples(context)
    return replace(plan, choices=tuple(dict.fromkeys(sound))[:_MOST_CHOICES])


def _read(text: str, context: Context) -> Plan:
    tokens = reworded(corrected(set_apart(tokenize(text), text), context), context)
    return _planned_for(text, tokens, cut(tokens, context), context)


def _planned_for(
    text: str, tokens: Sequence[Token], pieces: Sequence[Piece], context: Context
) -> Plan:
    if acts.gives_orders(tokens):
        return Plan(Act.CHAT, reply=replies.ONLY_CLIPS)
    if context.clips and (several := takes(tokens, text, context)):
        return several
    if acts.is_small_talk(tokens):
        return Plan(Act.CHAT, reply=replies.small_talk(tokens))
    if not context.clips:
        return Plan(Act.ASK, question="This video has no clips yet.")
    return _answered(tokens, context) or _read_anew(text, tokens, pieces, context)


def _answered(tokens: Sequence[Token], context: Context) -> Plan | None:
    """Return what a question was answered with: one of its choices, or that it is called off."""
    if _is_asked(context) and acts.is_called_off(tokens):
        return Plan(Act.CHAT, reply=replies.LEFT)
    if picked := chosen(tokens, context):
        alone = replace(context, history=())
        return _both([_read(choice, alone) for choice in picked])
    return None


def _read_anew(
    text: str, tokens: Sequence[Token], pieces: Sequence[Piece], context: Context
) -> Plan:
    questions = [acts.is_question(sentence) for sentence in sentences(tokens)]
    asked = tuple(piece for piece in pieces if not questions[piece.sentence])
    if any(questions) and all(_is_idle(piece) for piece in asked):
        asked = ()
    if pieces and not asked:
        return _answer(tokens, text, context)
    if told := arranged(tokens, text, context):
        return told
    if occasions.is_of_length(tokens):
        return asking.impossible(context, asking.NO_LENGTH)
    if occasions.is_of_sound(tokens):
        return asking.impossible(context, asking.NO_SOUND)
    if occasions.is_of_order(asked):
        return asking.impossible(context, asking.NO_ORDER)
    return (
        _waved_off(tokens, context)
        or evened(tokens, text, context)
        or returning.style(tokens, context)
        or returning.restore(tokens, context)
        or returning.step(tokens, asked, text, context)
        or _edit(fold(asked, text, _talked(pieces, asked)), asked, text, context)
    )


def _waved_off(tokens: Sequence[Token], context: Context) -> Plan | None:
    """Return that nothing was changed for "never mind" where nothing was talked about."""
    is_off = not context.history and acts.is_called_off(tokens) and acts.step_of(tokens)
    return Plan(Act.CHAT, reply=replies.LEFT) if is_off else None


def _is_idle(piece: Piece) -> bool:
    """Whether a piece beside a question asks for nothing: "thanks!", "please"."""
    is_polite = words.POLITE.issuperset(token.word for token in piece.tokens)
    return is_polite or acts.is_small_talk(piece.tokens)


def _is_asked(context: Context) -> bool:
    """Whether the last turn asked something back, so that nothing was changed by it."""
    last = next((turn.plan for turn in reversed(context.history) if turn.role != "user"), None)
    return last is not None and last.act is Act.ASK


def _both(plans: Sequence[Plan]) -> Plan:
    """Return the plans of all choices that were picked as one."""
    edits = [edit for plan in plans if plan.act is plans[0].act for edit in plan.edits]
    return _planned(edits) if plans[0].act is Act.EDIT else plans[0]


def _talked(pieces: Sequence[Piece], asked: Sequence[Piece]) -> Target | None:
    """Return the clips that a question before a wish was about, and what would mend them."""
    told = [piece for piece in pieces if piece not in asked]
    target = target_of([each for piece in told for each in piece.mentions])
    named = next((found for piece in told if (found := ADJECTIVES.first(piece.tokens))), None)
    kind = REMEDIES.get(named[1].value) if named else None
    if target and named and kind and target.remedy is None:
        target.remedy = Operation(kind, "down" if named[1].is_high else "up")
    return target


def _answer(tokens: Sequence[Token], text: str, context: Context) -> Plan:
    named = target_of(tuple(mentions(tokens, context)))
    topic = questions.topic_of(tokenize(text))
    if topic is None and (named or acts.is_on_topic(tokens)):
        topic = questions.topic_of(tokens)
    if named is None and acts.is_personal(tokens):
        return Plan(Act.CHAT, reply=replies.ONLY_CLIPS)
    if named is None and topic in {None, Topic.HELP} and not acts.is_on_topic(tokens):
        reply = replies.ONLY_CLIPS if topic is None else replies.HELP
        return Plan(Act.CHAT, reply=reply, topic=topic)
    if named and (lacking := [each for each in named.missing if not each.startswith("such ")]):
        return asking.unknown_clip(context, lacking, "")
    clips = tuple(sorted(named.clips)) if named else ()
    is_pointed = named is not None and named.is_pointed
    if not clips and questions.is_of_selected(topic, tokens, is_pointed=is_pointed):
        clips = context.selected
    edits = (Edit(clips),) if clips else ()
    return Plan(Act.ANSWER, edits, reply=replies.about(context, clips), topic=topic or Topic.VIDEO)


def _edit(folded: Fold, pieces: Sequence[Piece], text: str, context: Context) -> Plan:
    """Return the plan of an edit, or the question that it raises."""
    tokens = [token for piece in pieces for token in piece.tokens]
    groups = of_same_thing(folded.groups, tokens, context)
    groups = groups or followed_up(folded, pieces, context)
    rows = [row for group in groups for row in group.rows]
    wish = instruction_of(text, rows)
    missing = [*folded.spared.missing, *(folded.waiting.missing if folded.waiting else [])]
    missing += [name for group in groups if group.target for name in group.target.missing]
    if missing:
        return asking.unknown_clip(context, missing, wish)
    if not groups:
        return _nothing(folded, pieces, context)
    if any(
        (_has_loose_clip(piece) and not _lists(after)) or is_left_over(piece)
        for piece, after in zip_longest(pieces, pieces[1:])
    ):
        return asking.unknown_clip(context, ["such clip"], "")
    edits: list[Edit] = []
    for group in groups:
        clips = _clips_of(group, groups, folded, context)
        if clash := _clash(group.ops) or _denied(group) or _offered(group):
            return asking.contradiction(context, clips, clash)
        if not clips or (len(clips) > 1 and _is_either(group)):
            return asking.which_clip(context, wish)
        edits = [_without_special_case(edit, clips, group.ops) for edit in edits]
        edits.append(_edit_of(group, clips, text))
    return _planned([edit for edit in edits if edit.clips])


def _has_loose_clip(piece: Piece) -> bool:
    """Whether a piece speaks of clips in a way that no reader of mentions understood."""
    row = [token.word for token in piece.tokens]
    is_done = any(one in words.CLIP_NOUNS and two in _OWN for one, two in pairwise(row))
    return not piece.mentions and not {"clip", "clips"}.isdisjoint(row) and not is_done


def _lists(piece: Piece | None) -> bool:
    """Whether a piece says which clips are meant by the words before it: "(10, 21, 28)"."""
    is_told = piece is not None and piece.link in {"(", ":", "-", "\u2013", "\u2014"}
    return is_told and piece is not None and all(t.word == CLIP_MARK for t in piece.tokens)


def _without_special_case(edit: Edit, clips: tuple[int, ...], ops: Sequence[Operation]) -> Edit:
    """Leave some clips of an edit to a later one: "1 to 7 sunny but 4 rainy"."""
    is_special = set(clips) < set(edit.clips) and {op.kind for op in ops} & {
        op.kind for op in edit.ops
    }
    left = tuple(number for number in edit.clips if number not in clips)
    return replace(edit, clips=left) if is_special else edit


def _nothing(folded: Fold, pieces: Sequence[Piece], context: Context) -> Plan:
    """Return the plan for a text without a wish that can be carried out.

    It keeps the clips that were named, for whoever can say what is to happen to them.
    """
    tokens = [token for piece in pieces for token in piece.tokens]
    if not folded.waiting and acts.is_elsewhere(tokens):
        return Plan(Act.CHAT, reply=replies.ONLY_CLIPS)
    rows = [piece.tokens for piece in pieces if not remarks.is_exclaimed(piece)]
    if occasions.is_content(rows):
        return Plan(Act.CHAT, reply=replies.LEFT)
    if folded.has_wish:
        return Plan(
            Act.ASK, question="What should change instead?", choices=asking.examples(context)
        )
    named = tuple(sorted(folded.waiting.clips)) if folded.waiting else ()
    unread = tuple(token.word for piece in pieces for token in piece.tokens if is_foreign(token))
    return replace(asking.unreadable(context), edits=(Edit(named),) if named else (), unread=unread)


def _edit_of(group: Group, clips: tuple[int, ...], text: str) -> Edit:
    ops = tuple(_once(_without_fading(_without_denied(group))))
    instruction = instruction_of(text, group.rows) or " and ".join(
        filter(None, map(asking.saying, ops))
    )
    return Edit(clips, ops, instruction, tuple(dict.fromkeys(group.keep)))


def _once(ops: Sequence[Operation]) -> Iterator[Operation]:
    """Yield every wish once: "too jumpy, much less movement" says the same twice."""
    told = {(op.kind, op.direction) for op in ops}
    seen: set[tuple[Kind, str | None]] = set()
    for op in ops:
        wish = (op.kind, op.direction)
        is_ended = (
            wish == (Kind.MOOD, "neutral") and len({k for k in told if k[0] is Kind.MOOD}) > 1
        )
        if wish not in seen and not is_ended and not (_ECHOES.get(wish, set()) & told):
            yield op
        seen.add(wish)


def _without_fading(ops: Sequence[Operation]) -> Sequence[Operation]:
    """Drop the loss of colour where black and white follows: it says the same."""
    is_grey = any((op.kind, op.direction) in _GREY for op in ops)
    return [op for op in ops if not is_grey or (op.kind, op.direction) != _FADING]


def _without_denied(group: Group) -> Sequence[Operation]:
    """Drop what a refusal leaves where another follows: "no rain, snow", "no zoom, a pan"."""
    left = list(group.ops)
    is_refused = any(token.word in words.NEGATIONS for row in group.rows for token in row)
    for kind, end in _ENDS.items():
        others = [op for op in left if op.kind is kind and op.direction != end]
        if others and (is_refused or kind is Kind.WEATHER):
            left = [op for op in left if (op.kind, op.direction) != (kind, end)]
    return left


def _clips_of(
    group: Group, groups: Sequence[Group], folded: Fold, context: Context
) -> tuple[int, ...]:
    """Return the clips that a group is for, without those to be left alone."""
    others = {
        number
        for each in groups
        if each.target and each is not group
        for number in each.target.clips
    }
    is_of_thing = group.target is not None and group.target.is_rest and bool(group.keep)
    if is_of_thing and not (others or folded.spared.clips):
        return tuple(context.selected)
    if group.target and group.target.is_rest:
        scope = group.target.clips or set(context.numbers)
        left = others or folded.spared.clips or set(context.talked_about or context.selected)
        clips = scope - left if left else set()
    else:
        clips = set(resolved(group.target, context))
    return tuple(sorted(clips if group.is_named_again else clips - folded.spared.clips))


def _offered(group: Group) -> tuple[Operation, ...]:
    """Return wishes of which only one is meant: "either brighter or warmer"."""
    words_said = [token.word for row in group.rows for token in row]
    is_choice = "either" in words_said and "or" in words_said[words_said.index("either") :]
    return tuple(group.ops) if is_choice and len(group.ops) > 1 else ()


def _is_either(group: Group) -> bool:
    """Whether one of several clips is meant: "either 2 or 3"."""
    return any(
        one.word == "either" and two.word == CLIP_MARK
        for row in group.rows
        for one, two in pairwise(row)
    )


def _clash(ops: Sequence[Operation]) -> tuple[Operation, ...]:
    """Return two operations that exclude each other, if there are two."""
    for index, op in enumerate(ops):
        for other in ops[index + 1 :]:
            if op.kind is other.kind and op.kind in EXCLUSIVE and op.direction != other.direction:
                return op, other
    return ()


def _denied(group: Group) -> tuple[Operation, ...]:
    """Return a wish that its own sentence denies: "in the snow with no snow"."""
    for row in group.rows:
        found = [(at, each[0]) for at in range(len(row)) if (each := OPERATIONS.at(row, at))]
        denied = {op for at, op in found if at and row[at - 1].word in {"no", "without"}}
        asked = {op for at, op in found if not at or row[at - 1].word not in words.NEGATIONS}
        if clash := [op for op in denied & asked if op.kind not in SCALARS]:
            return clash[0], clash[0]
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
