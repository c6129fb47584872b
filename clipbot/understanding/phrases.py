"""Looking up phrases of a closed vocabulary in a row of tokens, longest first."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from clipbot.understanding.tokens import Token

Meaning = TypeVar("Meaning")


class PhraseBook(Generic[Meaning]):
    """Phrases of one or more whole words, each with a meaning."""

    def __init__(self, meanings: Mapping[str, Meaning]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
        self.words = frozenset(word for phrase in meanings for word in phrase.split())
        for phrase, meaning in meanings.items():
            words = tuple(phrase.split())
            self._by_first.setdefault(words[0], []).append((words, meaning))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, tokens: Sequence[Token], index: int) -> tuple[Meaning, int] | None:
        """Return the meaning of the longest phrase at `index` and where it ends."""
        for words, meaning in self._by_first.get(tokens[index].word, ()):
            stop = index + len(words)
            if stop <= len(tokens) and all(
                token.word == word for token, word in zip(tokens[index:stop], words, strict=True)
            ):
                return meaning, stop
        return None

    def first(self, tokens: Sequence[Token]) -> tuple[int, Meaning, int] | None:
        """Return `(start, meaning, stop)` of the first phrase in `tokens`."""
        for index in range(len(tokens)):
            if found := self.at(tokens, index):
                return index, *found
        return None


def phrase_set(phrases: str | Iterable[str]) -> PhraseBook[str]:
    """Return a book of phrases that mean themselves.

    Args:
        phrases: The phrases, or one text of them with commas between.
    """
    listed = phrases.split(",") if isinstance(phrases, str) else phrases
    return PhraseBook({" ".join(each.split()): " ".join(each.split()) for each in listed})
