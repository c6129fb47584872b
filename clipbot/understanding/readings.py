"""Which words gave what: a plan explained by the text that it came from.

Every reading is a stretch of the text as it was typed. They stand in the order of the
text and never overlap: clips come first, then wishes, then what colours them. A content
word that no reading covers was not understood, and is shown as such.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from clipbot.domain.plan import Act, Plan, Reading
from clipbot.domain.wording import clip_names, phrases
from clipbot.understanding import acts, words
from clipbot.understanding.aims import sorted_out
from clipbot.understanding.context import Context
from clipbot.understanding.followups import cues
from clipbot.understanding.marks import Mark
from clipbot.understanding.mention import Mention
from clipbot.understanding.pieces import Piece
from clipbot.understanding.tokens import CLIP_MARK, Token
from clipbot.understanding.vocabulary import IDIOM
from clipbot.understanding.wishes import read_wish

_SILENT = frozenset({Act.CHAT, Act.ANSWER})
_STEPS = {Act.UNDO: "takes the last change back", Act.REDO: "puts the change back in"}


def explained(
    plan: Plan, text: str, tokens: Sequence[Token], pieces: Sequence[Piece], context: Context
) -> Plan:
    """Return a plan with its readings, and with the words that gave nothing."""
    if plan.act in _SILENT:
        marks = [mark for piece in pieces for mark in _clips(piece, context)]
        return replace(plan, readings=_readings(marks, text))
    marks = list(_marks(plan, tokens, pieces, text, context))
    if not any(mark.is_wish for mark in marks):
        marks += _referring(plan, tokens)
    readings = _readings(marks, text)
    unread = tuple(_unread(pieces, marks, text)) if plan.act in {Act.EDIT, Act.ASK} else ()
    if plan.act is Act.ASK and not plan.unread:
        unread = ()
    return replace(plan, readings=readings, unread=unread)


def _marks(
    plan: Plan, tokens: Sequence[Token], pieces: Sequence[Piece], text: str, context: Context
) -> Iterator[Mark]:
    for piece in pieces:
        yield from _clips(piece, context)
    if plan.act in _STEPS:
        yield from _step(plan.act, tokens)
    elif plan.act is Act.RESTORE and (wish := acts.version_in(tokens)):
        span = tokens[wish.start : wish.stop]
        yield Mark(span[0].start, span[-1].stop, f"version {plan.version}", is_wish=True)
    elif plan.act is Act.STYLE and (cue := acts.style_cue(tokens)):
        means = f"the look of clip {plan.source_clip}"
        yield Mark(tokens[cue[0]].start, tokens[cue[1] - 1].stop, means, is_wish=True)
    else:
        for piece in pieces:
            yield from read_wish(piece.tokens, text).marks


def _clips(piece: Piece, context: Context) -> Iterator[Mark]:
    """Yield the mentions of clips in a piece."""
    places = [token for token in piece.tokens if token.word == CLIP_MARK]
    meant = sorted_out(piece)[0]
    for token, mention in zip(places, piece.mentions, strict=True):
        yield Mark(token.start, token.stop, _named(mention, context, is_meant=mention in meant))


def _named(mention: Mention, context: Context, *, is_meant: bool) -> str:
    if mention.missing:
        return f"no {' or '.join(mention.missing)}".replace("no such ", "no such ")
    clips = mention.clips
    if mention.is_anaphor and not clips:
        clips = context.selected or context.talked_about
        known = "the selected clip" if len(context.selected) == 1 else "the selected clips"
        return known if context.selected else (clip_names(clips) if clips else "some clips")
    if mention.is_rest:
        return "all other clips"
    is_all = len(clips) == len(context.clips) > 1
    named = f"all {len(clips)} clips" if is_all else clip_names(clips)
    return named if is_meant else f"not {named}"


def _step(act: Act, tokens: Sequence[Token]) -> Iterator[Mark]:
    found = acts.step_cue(tokens)
    if found:
        start, stop = tokens[found[0]].start, tokens[found[1] - 1].stop
        yield Mark(start, stop, _STEPS[act], is_wish=True)


def _referring(plan: Plan, tokens: Sequence[Token]) -> list[Mark]:
    """Return the words that ask for the last change again, more of it or less."""
    cue = cues(tokens)
    ops = [op for edit in plan.edits[:1] for op in edit.ops]
    if cue is None or not ops:
        return []
    start, stop = tokens[cue[0]].start, tokens[cue[1] - 1].stop
    return [Mark(start, stop, f"same as before: {phrases(ops)}", is_wish=True)]


def _readings(marks: Sequence[Mark], text: str) -> tuple[Reading, ...]:
    """Return marks as readings, in the order of the text, the earlier mark kept of two."""
    kept: list[Mark] = []
    for mark in marks:
        if mark.start < mark.stop and all(
            mark.stop <= each.start or each.stop <= mark.start for each in kept
        ):
            kept.append(mark)
    kept.sort(key=lambda mark: mark.start)
    return tuple(
        Reading(text[mark.start : mark.stop], mark.start, mark.stop, mark.means) for mark in kept
    )


def _unread(pieces: Sequence[Piece], marks: Sequence[Mark], text: str) -> Iterator[str]:
    """Yield the content words that no reading covers."""
    for piece in pieces:
        row = piece.tokens
        if all(token.word in words.CHATTER for token in row):
            continue
        idle = {i for at in range(len(row)) if (e := IDIOM.at(row, at)) for i in range(at, e[1])}
        for index, token in enumerate(row):
            is_covered = any(mark.start <= token.start < mark.stop for mark in marks)
            if index not in idle and not is_covered and words.is_foreign(token):
                yield text[token.start : token.stop]
