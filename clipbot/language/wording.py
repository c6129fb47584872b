"""Putting phrases into a prompt and taking them out, by whole words.

Prompts are lists of phrases or prose. A phrase that goes takes along what would be
left hanging: "a beach at golden hour, wide shot" without "golden hour" is
"a beach, wide shot", and "an overcast beach" without "overcast" is "a beach".
"""

import re
from collections.abc import Iterable

_LINK = r"(?:\b(?:at|in|during|under|on|with|by|into|of)\s+)?(?:\b(?:a|an|the)\s+)?"
_END = r"(?=\s*(?:$|[,.;:!?]|\b(?:at|in|during|under|on|with|by|and|while|as|of)\b))"
_HANGING = re.compile(r"\s*\b(?:a|an|the)(?=\s*(?:$|[,.;:!?]))", re.IGNORECASE)
_VOWEL_SOUND = re.compile(r"(?!eu|on[ce]|uni|us[eu])[aeiou]|hour|honest", re.IGNORECASE)


def holds(prompt: str, phrase: str) -> bool:
    """Whether a prompt holds a phrase, as whole words, in any case."""
    return re.search(_whole(phrase), prompt, re.IGNORECASE) is not None


def without(prompt: str, phrases: Iterable[str]) -> str:
    """Take phrases out of a prompt; longer ones first, so that none leaves a stump."""
    for phrase in sorted(set(phrases), key=lambda each: (-len(each), each)):
        if holds(prompt, phrase):
            prompt = _tidied(_taken_out(prompt, _whole(phrase)))
    return prompt


def swapped(prompt: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Put a stand-in where a word was that a sentence needs: "a wet afternoon", "a wet night"."""
    for old, new in pairs:
        prompt = re.sub(_whole(old), new, prompt, flags=re.IGNORECASE)
    return prompt


def having(prompt: str, phrases: Iterable[str]) -> str:
    """Put phrases at the end of a prompt; those that it holds already are not repeated.

    A list of phrases grows by phrases, prose by one sentence.
    """
    missing = [phrase for phrase in dict.fromkeys(phrases) if not holds(prompt, phrase)]
    if not missing:
        return prompt
    prompt, addition = prompt.rstrip().rstrip(",;"), ", ".join(missing)
    if not prompt:
        return addition
    if prompt.endswith((".", "!", "?")):
        return f"{prompt} {addition[:1].upper()}{addition[1:]}."
    return f"{prompt}, {addition}"


def _whole(phrase: str) -> str:
    words = r"\s+".join(re.escape(word) for word in phrase.split())
    return rf"(?<![\w-]){words}(?![\w-])"


def _taken_out(prompt: str, whole: str) -> str:
    prompt = re.sub(_LINK + whole + _END, "", prompt, flags=re.IGNORECASE)
    between = rf"(?:\b(an?)\s+)?{whole}(?:\s+(\w+))?"
    return re.sub(between, _closed, prompt, flags=re.IGNORECASE)


def _closed(gap: re.Match[str]) -> str:
    """Return what is left around a phrase, its article fitted to the word that follows."""
    article, follows = gap[1], gap[2] or ""
    if not article:
        return follows
    fitting = article[0] + ("n" if _VOWEL_SOUND.match(follows) else "")
    return f"{fitting} {follows}".rstrip()


def _tidied(prompt: str) -> str:
    prompt = _HANGING.sub("", prompt)
    prompt = re.sub(r"[ \t]+", " ", prompt)
    prompt = re.sub(r"\s+([,.;:!?])", r"\1", prompt)
    prompt = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", prompt)
    prompt = re.sub(r"[,;:]+\s*([.!?])", r"\1", prompt)
    prompt = re.sub(r"([.!?])\s*[,;:]+", r"\1", prompt)
    return prompt.strip().lstrip(",;:.!? ").rstrip(",;: ")
