"""What is no edit but acts on clips: the look of another clip, a version, undo and redo."""

from collections.abc import Sequence

from clipbot.domain.plan import Act, Edit, Kind, Plan
from clipbot.understanding import acts, asking, words
from clipbot.understanding.aims import Target, resolved, sorted_out, target_of
from clipbot.understanding.context import Context
from clipbot.understanding.folding import fold
from clipbot.understanding.found import skipped, word_set
from clipbot.understanding.mention import Mention
from clipbot.understanding.numbered import numbered
from clipbot.understanding.phrasing import instruction_of
from clipbot.understanding.pieces import Piece, cut
from clipbot.understanding.sections import section_at
from clipbot.understanding.targets import mentions
from clipbot.understanding.tokens import Token
from clipbot.understanding.wishes import read_wish

_SHORT = 3
"""Tokens of a plain clip name: "the clip 2"."""
_STYLE_NOUNS = frozenset(
    {"look", "style", "reference", "grade", "feel", "palette", "template", "vibe", "colours"}
    | {"colors", "mood", "treatment", "grading", "lighting", "tones", "model", "basis", "example"}
)


_SAYING = word_set(
    "is are was were 's needs need should must could looks look feels feel seems seem has have gets"
    " get wants isn't aren't doesn't don't"
)
_GIVING = word_set(
    "copy use apply give take put match borrow steal transfer want in with same bring carry lend"
    " have grab pull mirror reuse try similar get mimic repeat need adopt"
)
_REFUSALS = word_set("not don't dont never shouldn't mustn't won't")
_REACH = 6
"""Tokens in front of a look in which somebody asks for it."""


def style(tokens: Sequence[Token], context: Context) -> Plan | None:
    """Read "make shot 4 look like shot 1": the source stands behind the words."""
    found = _likened(tokens, context) or _owned_style(tokens, context)
    if found is None or len(found[1].clips) != 1 or found[1].missing:
        return None
    if _is_told(tokens, found, context):
        return None
    start, source, stop = found
    before, after = tokens[:start], tokens[stop:]
    pieces = (*cut(before, context), *cut(after, context))
    left = [piece for piece in pieces if _leaves(piece)]
    meant = [piece for piece in pieces if piece not in left]
    others = target_of([each for piece in meant for each in sorted_out(piece)[0]])
    spared = {n for piece in left for each in piece.mentions for n in each.clips}
    spared |= {n for piece in meant for each in sorted_out(piece)[1] for n in each.clips}
    clips = tuple(number for number in resolved(others, context) if number not in spared)
    if others and others.missing:
        return asking.unknown_clip(context, others.missing, "")
    if not clips:
        return asking.which_clip(context, f"same look as clip {source.clips[0]}")
    edit = Edit(clips, instruction=f"the look of clip {source.clips[0]}")
    return Plan(Act.STYLE, (edit,), source_clip=source.clips[0])


def _is_told(tokens: Sequence[Token], found: tuple[int, Mention, int], context: Context) -> bool:
    """Whether something is said of the look rather than asked: "the look of 2 is too cold"."""
    start, _, stop = found
    if stop < len(tokens) and tokens[stop].word in _SAYING:
        return True
    before = {token.word for token in tokens[max(0, start - _REACH) : start]}
    is_owned = any(token.word in {"of", "'s"} for token in tokens[start:stop])
    if not is_owned or not before.isdisjoint(_GIVING):
        return False
    others = (*mentions(tokens[:start], context), *mentions(tokens[stop:], context))
    return not any(each.clips or each.is_anaphor for each in others)


def _leaves(piece: Piece) -> bool:
    """Whether a piece says what is to be left alone: "leave the look of 2"."""
    wish = read_wish(piece.tokens, "")
    return wish.spares or bool(wish.keep)


def _likened(tokens: Sequence[Token], context: Context) -> tuple[int, Mention, int] | None:
    """Read "look like shot 1": where it starts, the source, where it ends."""
    cue = acts.style_cue(tokens)
    source = cue and _source_of_style(tokens, cue[1], context)
    if cue is None or source is None:
        return None
    if tokens[cue[0]].word == "match" and (other := _matched(tokens, source, context)):
        return other
    is_bare = cue[1] == cue[0] + 1 and tokens[cue[0]].word in {"like", "as"}
    if is_bare and not (source.stop - cue[1] <= _SHORT and tokens[source.stop - 1].number):
        return None
    return cue[0], source, source.stop


def _matched(
    tokens: Sequence[Token], first: Mention, context: Context
) -> tuple[int, Mention, int] | None:
    """Read "match clip 4 to clip 5": the source is behind "to"."""
    if first.stop >= len(tokens) or tokens[first.stop].word not in {"to", "with"}:
        return None
    source = _source_of_style(tokens, first.stop + 1, context)
    return None if source is None else (first.stop, source, source.stop)


def _owned_style(tokens: Sequence[Token], context: Context) -> tuple[int, Mention, int] | None:
    """Read "clip 2's look on clip 4", "use clip 3 as a reference for 5"."""
    if not any(token.word in _STYLE_NOUNS for token in tokens):
        return None
    for source in mentions(tokens, context):
        at = skipped(tokens, source.stop, {"'s", "as", "the", "a", "your"})
        is_owned = at > source.stop and at < len(tokens) and tokens[at].word in _STYLE_NOUNS
        if is_owned and len(source.clips) == 1:
            return source.start, source, at + 1
    return None


def _source_of_style(tokens: Sequence[Token], index: int, context: Context) -> Mention | None:
    """Return the one clip named at `index`; "clip 1 to clip 3" is no range here."""
    at = skipped(tokens, index, words.CLIP_NOUNS | {"the", "#", "number", "from", "of", "in"})
    if number := numbered(tokens, at, context):
        return number
    part = section_at(tokens, index, context) if index < len(tokens) else None
    if part and len(part.clips) == 1:
        return Mention(index, part.stop, part.clips)
    return next(
        (each for each in mentions(tokens, context) if each.start in (index, index + 1)), None
    )


def restore(tokens: Sequence[Token], context: Context) -> Plan | None:
    """Read a wish for a version that was there before."""
    wish = acts.version_in(tokens)
    if wish is None or _is_refused(tokens, wish.start):
        return None
    rest = (*tokens[: wish.start], *tokens[wish.stop :])
    named = target_of(tuple(mentions(rest, context)))
    if named and named.missing:
        return asking.unknown_clip(context, named.missing, "")
    clips = resolved(named, context)
    if not clips:
        return asking.which_restore(context, wish.number)
    facts = {clip.number: clip for clip in context.clips}
    wish = acts.resolved(wish, facts[clips[0]])
    short = [number for number in clips if not 0 < wish.number <= facts[number].versions]
    if short:
        return asking.unknown_version(facts[short[0]], wish.number)
    edit = Edit(clips, instruction=f"back to version {wish.number}")
    return Plan(Act.RESTORE, (edit,), version=wish.number)


def _is_refused(tokens: Sequence[Token], index: int) -> bool:
    """Whether a step or a version is not wanted: "don't go back to the original"."""
    after: Token | None = None
    for token in reversed(tokens[:index]):
        if token.is_mark:
            return False
        if token.word in _REFUSALS:
            return after is None or after.word not in {"like", "love", "fit", "work"}
        after = token
    return False


def step(
    tokens: Sequence[Token], pieces: Sequence[Piece], text: str, context: Context
) -> Plan | None:
    """Read undo and redo, of the last change or of the last change of named clips."""
    act = acts.step_of(tokens)
    cue = acts.step_cue(tokens)
    if act is None or (cue and _is_refused(tokens, cue[0])):
        return None
    named = target_of([each for piece in pieces for each in piece.mentions])
    if named and named.missing:
        return asking.unknown_clip(context, named.missing, "")
    folded = fold(pieces, text)
    others = [op for group in folded.groups for op in group.ops if op.kind is not Kind.REGENERATE]
    if act is Act.REDO and _is_made_anew(tokens, named, context):
        return None
    if any(op.kind not in {Kind.OTHER, Kind.SUBJECT} for op in others):
        wish = instruction_of(text, [row for group in folded.groups for row in group.rows])
        return asking.one_at_a_time(context, act, wish)
    clips = tuple(sorted(named.clips)) if named and not named.is_pointed else ()
    return Plan(act, (Edit(clips),) if clips else ())


def _is_made_anew(tokens: Sequence[Token], named: Target | None, context: Context) -> bool:
    """Whether "redo" wants new footage rather than the change that was taken back."""
    row = {token.word for token in tokens}
    is_anew = not row.isdisjoint({"scratch", "different", "new", "differently"})
    return is_anew or (named is not None and _last_act(context) is not Act.UNDO)


def _last_act(context: Context) -> Act | None:
    """Return what was done last, questions aside."""
    done = (turn.plan.act for turn in reversed(context.history) if turn.plan)
    return next((act for act in done if act not in {Act.ASK, Act.ANSWER, Act.CHAT}), None)
