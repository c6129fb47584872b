"""Putting phrases into a prompt and taking them out, by whole words.

Prompts are lists of phrases or prose. A phrase that goes takes along what would be
left hanging: "a beach at golden hour, wide shot" without "golden hour" is
"a beach, wide shot", "an overcast beach" without "overcast" is "a beach", and of
"Bright golden light, long shadows" without "golden light" nothing bright is left.
"""

import re
from collections.abc import Iterable

_LINK = r"(?:\b(?:at|in|during|under|on|with|by|into|of)\s+)?(?:\b(?:a|an|the)\s+)?"
_END = r"(?=\s*(?:$|[,.;:!?]|\b(?:at|in|during|under|on|with|by|and|while|as|of)\b))"
_HANGING = re.compile(r"\s*\b(?:a|an|the)(?=\s*(?:$|[,.;:!?]))", re.IGNORECASE)
_VOWEL_SOUND = re.compile(r"(?!eu|on[ce]|uni|us[eu])[aeiou]|hour|honest", re.IGNORECASE)
_MARKS = re.compile(r"([,.;:!?]+(?:\s+|$))")
_BEGINS = re.compile(r"(?:^|(?<=[.!?]\s))[a-z]")
_QUALITIES = frozenset(
    re.findall(
        r"\w+",
        "a an the bright hot cold warm cool soft late early pale deep strong gentle natural harsh "
        "dim fresh very low high long clear rich light dark wide small big in at on with and",
    )
)
"""Words that say nothing by themselves."""


def holds(prompt: str, phrase: str) -> bool:
    """Whether a prompt holds a phrase, as whole words, in any case."""
    return re.search(_whole(phrase), prompt, re.IGNORECASE) is not None


def without(prompt: str, phrases: Iterable[str]) -> str:
    """Take phrases out of a prompt; longer ones first, so that none leaves a stump."""
    for phrase in _longest_first(phrases):
        if holds(prompt, phrase):
            prompt = _by_parts(prompt, phrase)
    return prompt


def without_parts(prompt: str, phrases: Iterable[str]) -> str:
    """Take out phrases that stand alone between marks; a part of a longer one stays.

    What an earlier edit put in stands so: "film grain" goes, "fine film grain" is style.
    """
    for phrase in _longest_first(phrases):
        alone = rf"(?:^|(?<=[,.;:!?]\s)){_whole(phrase)}(?=\s*(?:$|[,.;:!?]))"
        gone = re.sub(alone, "", prompt, flags=re.IGNORECASE)
        if gone != prompt:
            prompt = cased(tidied(gone), prompt)
    return prompt


def swapped(prompt: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Put a stand-in where a word was that a sentence needs: "a wet afternoon", "a wet night"."""
    for old, new in pairs:
        parts = re.split(f"({_whole(old)})", prompt, flags=re.IGNORECASE)
        parts[1::2] = [as_in(found, new) for found in parts[1::2]]
        prompt = "".join(parts)
    return prompt


def having(prompt: str, phrases: Iterable[str]) -> str:
    """Put phrases at the end of a prompt; those that it holds already are not repeated.

    A list of phrases grows by phrases, prose by one sentence.
    """
    missing = [phrase for phrase in dict.fromkeys(phrases) if phrase and not holds(prompt, phrase)]
    if not missing:
        return prompt
    prompt, addition = prompt.rstrip().rstrip(",;"), ", ".join(missing)
    if not prompt:
        return addition
    if prompt.endswith((".", "!", "?")):
        return f"{prompt} {addition[:1].upper()}{addition[1:]}."
    return f"{prompt}, {addition}"


def _longest_first(phrases: Iterable[str]) -> list[str]:
    return sorted(set(phrases), key=lambda each: (-len(each), each))


def _whole(phrase: str) -> str:
    words = r"\s+".join(re.escape(word) for word in phrase.split())
    return rf"(?<![\w-]){words}(?![\w-])"


def _by_parts(prompt: str, phrase: str) -> str:
    """Take a phrase out; a part of which only qualities are left goes with it."""
    parts = _MARKS.split(prompt)
    for place in range(0, len(parts), 2):
        left = _taken_out(parts[place], _whole(phrase))
        if left != parts[place]:
            parts[place] = "" if _QUALITIES.issuperset(left.lower().split()) else left
    return cased(tidied("".join(parts)), prompt)


def _taken_out(part: str, whole: str) -> str:
    part = re.sub(_LINK + whole + _END, "", part, flags=re.IGNORECASE)
    between = rf"(?:\b(an?)\s+)?{whole}(?:\s+(\w+))?"
    return re.sub(between, _closed, part, flags=re.IGNORECASE)


def _closed(gap: re.Match[str]) -> str:
    """Return what is left around a phrase, its article fitted to the word that follows."""
    article, follows = gap[1], gap[2] or ""
    if not article:
        return follows
    fitting = article[0] + ("n" if _VOWEL_SOUND.match(follows) else "")
    return f"{fitting} {follows}".rstrip()


def as_in(old: str, new: str) -> str:
    """Return `new` with a capital where the words in whose place it goes had one."""
    return f"{new[:1].upper()}{new[1:]}" if old[:1].isupper() else new


def cased(prompt: str, before: str) -> str:
    """Let sentences begin as they did: with a capital, where the prompt did so before."""
    if not before[:1].isupper():
        return prompt
    return _BEGINS.sub(lambda found: found[0].upper(), prompt)


def tidied(prompt: str) -> str:
    """Return a prompt without the marks, spaces and articles that a cut leaves hanging."""
    prompt = _HANGING.sub("", prompt)
    prompt = re.sub(r"[ \t]+", " ", prompt)
    prompt = re.sub(r"\s+([,.;:!?])", r"\1", prompt)
    prompt = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", prompt)
    prompt = re.sub(r"[,;:]+\s*([.!?])", r"\1", prompt)
    prompt = re.sub(r"([.!?])\s*[,;:.!?]+", r"\1", prompt)
    return prompt.strip().lstrip(",;:.!? ").rstrip(",;: ")
