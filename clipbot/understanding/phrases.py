"""Looking up phrases of a closed vocabulary in a row of tokens, longest first."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from clipbot.understanding.tokens import Token

Meaning = TypeVar("Meaning")


class PhraseBook(Generic[Meaning]):
    """Phrases of one or more whole words, each with a meaning."""

    def __init__(self, meanings: Mapping[str, Meaning]) -> None:
        self._meanings = {
            tuple(phrase.replace("'s", " 's").split()): meaning
            for phrase, meaning in meanings.items()
        }
        self.words = frozenset(word for phrase in self._meanings for word in phrase)
        self.phrases = tuple(self._meanings)
        """All of them, cut into words."""
        lengths: dict[str, set[int]] = {}
        for phrase in self._meanings:
            lengths.setdefault(phrase[0], set()).add(len(phrase))
        self._lengths = {word: sorted(found, reverse=True) for word, found in lengths.items()}

    def at(self, tokens: Sequence[Token], index: int) -> tuple[Meaning, int] | None:
        """Return the meaning of the longest phrase at `index` and where it ends."""
        for length in self._lengths.get(tokens[index].word, ()):
            phrase = tuple([token.word for token in tokens[index : index + length]])
            if phrase in self._meanings:
                return self._meanings[phrase], index + len(phrase)
        return None

    def first(self, tokens: Sequence[Token]) -> tuple[int, Meaning, int] | None:
        """Return `(start, meaning, stop)` of the first phrase in `tokens`."""
        for index, token in enumerate(tokens):
            if token.word in self._lengths and (found := self.at(tokens, index)):
                return index, *found
        return None


def phrase_set(phrases: str | Iterable[str]) -> PhraseBook[str]:
    """Return a book of phrases that mean themselves.

    Args:
        phrases: The phrases, or one text of them with commas between.
    """
    listed = phrases.split(",") if isinstance(phrases, str) else phrases
    return PhraseBook({" ".join(each.split()): " ".join(each.split()) for each in listed})
