"""Making sense of what a model wrote. Nothing in it is trusted, run or shown as it came.

Models wrap JSON in code fences and small talk, think aloud before it, write control
characters into strings, and put the whole answer into one of its own fields. What can be
read without guessing is read; anything else is a `ValueError` that says, to the model,
what was wrong.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

LONGEST_PROMPT: Final = 2_000
"""Characters. The models' own limits begin at 2,500."""
_LONGEST_REASON: Final = 300
_SHORTEST_PROMPT: Final = 12
_FEWEST_WORDS: Final = 5
"""Of plain words that are to be a prompt; scripts without spaces have no such limit."""
_FORMAT: Final = frozenset("\u200b\u200e\u200f\u2028\u2029\ufeff") | {
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
"""Invisible characters that turn text around, hide in it or break its lines."""

_THOUGHT: Final = re.compile(
    r"<(think|thinking|reasoning)>.*?(</\1>|\Z)", re.DOTALL | re.IGNORECASE
)
_FENCED: Final = re.compile(r"```[\w+-]*[ \t]*\n?(.*?)(?:```|\Z)", re.DOTALL)
_LABEL: Final = re.compile(
    r"(?:here(?:'s| is) (?:the|your) )?"
    r"(?:(?:new|modified|revised|updated|rewritten|video|final) )*prompt\s*:\s*",
    re.IGNORECASE,
)
_REFUSAL: Final = re.compile(
    r"(?:i'?m |i am )?(?:very |so )?sorry\b|i (?:cannot|can't|won't|am (?:not able|unable))\b"
    r"|i'm (?:not able|unable)\b|as an ai\b|unfortunately, i (?:can|am)",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"[.!?\u3002\uff01\uff1f](?=\s|$)")
_QUOTES: Final = {'"': '"', "'": "'", "\u201c": "\u201d", "`": "`"}


def document(text: str) -> Mapping[str, Any]:
    """Return the JSON object in an answer.

    Raises:
        ValueError: There is none.
    """
    plain = _THOUGHT.sub("", text)
    fenced = _FENCED.search(plain)
    for candidate in ([fenced[1]] if fenced else []) + [plain]:
        found = _object(candidate)
        if found is not None:
            return found
    raise ValueError("it holds no JSON object")


def prose(text: str) -> str:
    """Return an answer that was to be JSON as the plain words that it is.

    Raises:
        ValueError: They are no prompt.
    """
    plain = _THOUGHT.sub("", text).strip()
    if set("{}").intersection(plain) or '"prompt"' in plain:
        raise ValueError("it is broken JSON")
    if plain.isascii() and len(plain.split()) < _FEWEST_WORDS:
        raise ValueError("it is too short")
    return prompt(plain)


def prompt(value: object) -> str:
    """Return a prompt as one clean paragraph of at most `LONGEST_PROMPT` characters.

    Raises:
        ValueError: It is none.
    """
    if not isinstance(value, str):
        raise ValueError("`prompt` is not a text")  # noqa: TRY004 - one error for all bad answers
    inner = _object(value) if value.lstrip().startswith("{") else None
    if inner and isinstance(inner.get("prompt"), str):
        return prompt(inner["prompt"])
    fenced = _FENCED.search(value)
    words = cleaned(fenced[1] if fenced and fenced[1].strip() else value)
    if label := _LABEL.match(words):
        words = words[label.end() :]
    words = _unquoted(words)
    if len(words) < _SHORTEST_PROMPT or not any(letter.isalpha() for letter in words):
        raise ValueError("`prompt` is empty or much too short")
    return shortened(words, LONGEST_PROMPT)


def refuses(text: str) -> bool:
    """Whether an answer is a polite no instead of what was asked for."""
    plain = _THOUGHT.sub("", text).replace("\u2019", "'").strip()
    return _REFUSAL.match(plain.lstrip("\"'\u201c")) is not None


def reason(value: object) -> str:
    """Return why a model wrote what it wrote, in one line; empty where it does not say."""
    return shortened(cleaned(value), _LONGEST_REASON) if isinstance(value, str) else ""


def cleaned(text: str) -> str:
    """Return text on one line, without control, invisible and broken characters."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    kept = "".join(
        " " if unicodedata.category(each) in {"Cc", "Zl", "Zp"} else each
        for each in whole
        if each not in _FORMAT
    )
    return " ".join(kept.split())


def shortened(text: str, limit: int) -> str:
    """Return text cut to a limit, after a sentence where one ends late enough, else a word."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    ends = [end.end() for end in _SENTENCE_END.finditer(head)]
    if ends and ends[-1] > limit // 2:
        return head[: ends[-1]]
    return head.rsplit(" ", 1)[0].rstrip(",;: ")


def _object(text: str) -> dict[str, Any] | None:
    decoder = json.JSONDecoder(strict=False)
    for start in (brace.start() for brace in re.finditer(r"\{", text)):
        try:
            found, _ = decoder.raw_decode(text[start:])
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and found:
            return found
    return None


def _unquoted(words: str) -> str:
    closing = _QUOTES.get(words[:1])
    if closing and len(words) > 1 and words.endswith(closing) and closing not in words[1:-1]:
        return words[1:-1].strip()
    return words
