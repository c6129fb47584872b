"""The words that belong to a clip, from its lyrics and its prompt, with and without endings."""

from functools import lru_cache

from clipbot.understanding.context import ClipFacts
from clipbot.understanding.tokens import tokenize

_ENDINGS = ("ing", "es", "s", "ed")


@lru_cache(maxsize=512)
def _words(lyrics: str | None, prompt: str) -> frozenset[str]:
    return frozenset(token.word for token in tokenize(f"{lyrics or ''} {prompt}"))


def words_of(clip: ClipFacts) -> frozenset[str]:
    """Return the words that are sung in a clip or that its prompt is made of."""
    return _words(clip.lyrics, clip.prompt)


@lru_cache(maxsize=512)
def _stems(words: frozenset[str]) -> frozenset[str]:
    return frozenset(map(stem, words))


def stems_of(clip: ClipFacts) -> frozenset[str]:
    """Return those words without their endings."""
    return _stems(words_of(clip))


def stem(word: str) -> str:
    """Return a word without its ending: lanterns, running."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2:  # noqa: PLR2004
            bare = word[: -len(ending)]
            return bare[:-1] if bare[-1:] == bare[-2:-1] and ending in {"ing", "ed"} else bare
    return word.removesuffix("e")
