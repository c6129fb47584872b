"""Films that are kept open."""

import threading
from dataclasses import dataclass, field

from clipbot.services.open_films import OpenFilms
from clipbot.services.turns import Turns

READERS = 8


@dataclass(slots=True)
class FakeFilm:
    """A film whose files can be lost."""

    is_there: bool = True

    def is_intact(self) -> bool:
        return self.is_there


@dataclass(slots=True)
class Opener:
    """Opens films, slowly enough that all readers are there."""

    readers: threading.Barrier = field(default_factory=lambda: threading.Barrier(READERS))
    opened: list[FakeFilm] = field(default_factory=list)

    def __call__(self) -> FakeFilm:
        film = FakeFilm()
        self.opened.append(film)
        return film


def test_a_film_that_many_ask_for_at_once_is_opened_once() -> None:
    films: OpenFilms[FakeFilm] = OpenFilms()
    opener, seen = Opener(), list[FakeFilm]()

    def read() -> None:
        opener.readers.wait()
        seen.append(films.get("a", opener))

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(opener.opened) == 1
    assert [film is opener.opened[0] for film in seen] == [True] * READERS


def test_a_film_whose_files_are_gone_is_opened_again() -> None:
    films: OpenFilms[FakeFilm] = OpenFilms()
    opener = Opener()
    films.get("a", opener).is_there = False
    assert films.get("a", opener).is_there
    assert len(opener.opened) == 2


def test_films_that_were_not_read_for_long_are_closed() -> None:
    films: OpenFilms[FakeFilm] = OpenFilms(kept=2)
    opener = Opener()
    for etag in "abac":
        films.get(etag, opener)
    assert len(opener.opened) == 3
    films.get("a", opener)
    assert len(opener.opened) == 3
    films.get("b", opener)
    assert len(opener.opened) == 4


def test_different_things_have_locks_of_their_own_and_the_same_one_has_one() -> None:
    turns = Turns()
    with turns.of("a"):
        assert turns.of("a").locked()
        with turns.of("b"):
            assert turns.of("b").locked()
    assert not turns.of("a").locked()
