"""What a wish in the imperative looks like on screen.

A prompt describes; "add a deer on the path" does not. The wish is cut into clauses, the
clause of an operation is found by its verb, and what it is about is said as it will be
seen: "a deer on the path", "no smoke", "the traveller with a red coat". Words that fit no
pattern are left as the person said them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from clipbot.domain.plan import Kind

_VERBS: Final = (
    "add|put|include|insert|place|bring|throw|show|remove|delete|erase|get rid of|take|cut|drop|"
    "lose|hide|make|turn|transform|change|replace|swap|exchange|give|dress|set|keep|leave|let|"
    "have|use|move"
)
_CLAUSES: Final = re.compile(
    rf"\s*(?:[,;.!?]+\s*(?:and\b|but\b)?|\bbut\b|\b(?:and|then)\b(?=\s+(?:then\s+|also\s+)?(?:{_VERBS})\b))\s*",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(
    r"(?:(?:please|pls|can you|could you|would you|i want(?: you)? to|i want|i would like to|"
    r"i'd like to|let's|just|also|then|maybe|now|and|so)\s+)+",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    r"(?:[\s,]+(?:please|pls|thanks|thank you|too|as well|instead|"
    r"(?:to|from|in) (?:it|this|(?:the|this) (?:clip|scene|picture|shot|frame))))+$",
    re.IGNORECASE,
)
_ARTICLE: Final = re.compile(
    r"(?:(?:all|any|every|some)(?: of)?\s+)?"
    r"(?:(?:the|a|an|that|those|this|these|his|her|their|its)\s+)?",
    re.IGNORECASE,
)
_ADDING: Final = re.compile(
    r"(?:add(?:ing)?|put(?: in)?|include|insert|place|bring in|throw in|show|have|give it|with)\s+"
    r"(?P<what>.+)",
    re.IGNORECASE,
)
_REMOVING: Final = re.compile(
    r"(?:.*\b)?(?:remove|delete|erase|get rid of|take away|take out|take|cut out|cut|drop|lose|"
    r"hide|leave out|without|no more|no)\s+(?P<what>.+?)(?:\s+(?:out|away|off))?$",
    re.IGNORECASE,
)
_GIVING: Final = re.compile(
    r"give\s+(?P<whom>him|her|them|it|(?:the|his|her|their)\s+[\w'-]+(?:\s+[\w'-]+)??)\s+"
    r"(?P<what>(?:a|an|some|the|two|three|more|longer|shorter)\b.+|[\w'-]+\s+[\w'-]+)$",
    re.IGNORECASE,
)
_DRESSING: Final = re.compile(
    r"(?:dress|put)\s+(?P<whom>him|her|them|(?:the|his|her|their)\s+[\w'-]+(?:\s+[\w'-]+)?)\s+in(?:to)?\s+"
    r"(?P<what>.+)",
    re.IGNORECASE,
)
_REPLACING: Final = re.compile(
    r"(?:replace|swap|exchange)\s+(?P<old>.+?)\s+(?:with|by|for)\s+(?P<new>.+)"
    r"|(?:turn|transform)\s+(?P<before>(?!it\b|this\b).+?)\s+into\s+(?P<after>.+)",
    re.IGNORECASE,
)
_CHANGING: Final = re.compile(
    r"(?:change|turn|set)\s+(?P<what>(?:the|his|her|their|its)\s+.+?)\s+(?:in)?to\s+(?:be\s+)?(?P<how>.+)"
    r"|make\s+(?P<thing>(?:the|all the|his|her|their|its)\s+[\w' -]+?)\s+"
    r"(?P<quality>(?:(?:look|more|much|very|bright|dark|light|pale|deep)\s+)*[\w'-]+)$",
    re.IGNORECASE,
)
_BACKGROUND: Final = re.compile(
    r"(?:.*\b)?background\s+(?:in)?(?:to|with|by|as|should be|be|is)\s+(?P<what>.+)"
    r"|(?:put|place|set|move)\s+\S+(?:\s+\S+)?\s+(?P<where>(?:in|on|at|into|onto|under|inside)\s+.+)",
    re.IGNORECASE,
)
_LIKENESS: Final = re.compile(
    r"(?:make it|make this|turn it|turn this|it should|have it)\s+(?P<like>into|look like|like)?\s*"
    r"(?P<what>.+)",
    re.IGNORECASE,
)
_KEEPING: Final = re.compile(r"(?:keep|leave|do not|don't|without (?:chang|touch))", re.IGNORECASE)
_ITSELF: Final = re.compile(r"(?:make|turn|set)\s+(?:it|this)\b", re.IGNORECASE)
_PRONOUNS: Final = frozenset({"him", "her", "them", "it"})


@dataclass(frozen=True, slots=True)
class Description:
    """What a wish does to a prompt."""

    phrases: tuple[str, ...] = ()
    """What will be seen."""
    gone: tuple[str, ...] = ()
    """Things that will not, without their articles."""
    replaced: tuple[tuple[str, str], ...] = ()
    """Things that become others: `(old, new)`."""
    coloured: tuple[tuple[str, str], ...] = ()
    """Things and their new quality: `("lanterns", "blue")`."""


def described(kind: Kind, instruction: str, *, is_alone: bool) -> Description:
    """Return what an operation without a word of ours means for a prompt.

    Args:
        kind: Of the operation.
        instruction: The wish in the person's words.
        is_alone: Whether it is the only operation of the wish.
    """
    clauses = [_tidy(each) for each in _CLAUSES.split(instruction)]
    clauses = [each for each in clauses if each and not _KEEPING.match(each)]
    readers = {
        Kind.ADD: _added,
        Kind.REMOVE: _removed,
        Kind.SUBJECT: _changed,
        Kind.BACKGROUND: _placed,
    }
    reader = readers.get(kind)
    found = [each for clause in clauses if reader and (each := reader(clause))]
    if found:
        return _joined(found)
    left = clauses if is_alone else [each for each in clauses if not _ITSELF.match(each)]
    return Description(tuple(_likened(each) for each in left or clauses))


def _added(clause: str) -> Description | None:
    if match := _ADDING.match(clause):
        return Description((_tidy(match["what"]),))
    return None


def _removed(clause: str) -> Description | None:
    if match := _REMOVING.match(clause):
        things = _things(match["what"])
        return Description(tuple(f"no {each}" for each in things), gone=things)
    return None


def _changed(clause: str) -> Description | None:
    for pattern, said in ((_GIVING, "with"), (_DRESSING, "in")):
        if match := pattern.match(clause):
            whom = "" if match["whom"].lower() in _PRONOUNS else f"{match['whom']} "
            return Description((f"{whom}{said} {match['what']}",))
    if match := _REPLACING.match(clause):
        old, new = match["old"] or match["before"], match["new"] or match["after"]
        return Description((new,), replaced=((_bare(old), new),))
    if match := _CHANGING.match(clause):
        what, how = match["what"] or match["thing"], match["how"] or match["quality"]
        how = how.removeprefix("look ")
        verb = "are" if _is_plural(what) else "is"
        return Description((f"{what} {verb} {how}",), coloured=((_bare(what), how),))
    return None


def _placed(clause: str) -> Description | None:
    if match := _BACKGROUND.match(clause):
        said = f"{match['what']} in the background" if match["what"] else f"set {match['where']}"
        return Description((said,))
    return None


def _likened(clause: str) -> str:
    if match := _LIKENESS.fullmatch(clause):
        like = "looking like " if match["like"] in {"look like", "like"} else ""
        return f"{like}{match['what']}"
    return clause


def _joined(found: Sequence[Description]) -> Description:
    return Description(
        tuple(phrase for each in found for phrase in each.phrases),
        tuple(thing for each in found for thing in each.gone),
        tuple(pair for each in found for pair in each.replaced),
        tuple(pair for each in found for pair in each.coloured),
    )


def _things(words: str) -> tuple[str, ...]:
    return tuple(_split(words))


def _split(words: str) -> Iterator[str]:
    for each in re.split(r"\s*,\s*|\s+and\s+", words):
        if thing := _bare(_tidy(each)):
            yield thing


def _bare(words: str) -> str:
    match = _ARTICLE.match(words)
    return words[match.end() :] if match else words


def _is_plural(words: str) -> bool:
    last = words.lower().split()[-1]
    return last.endswith("s") and not last.endswith("ss")


def _tidy(clause: str) -> str:
    text = clause.strip().rstrip(".!?,;: ")
    match = _BEFORE.match(text)
    text = text[match.end() :] if match else text
    return _AFTER.sub("", text).strip()
