"""Reads `models.toml`, strictly: a slip in a price list is found at the start, not on a bill."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from clipbot.domain.money import micros
from clipbot.errors import ConfigurationError
from clipbot.renderers.catalogue import INPUTS, Inputs, Model, References, Scalar, Tier

FILE: Final = Path(__file__).with_name("models.toml")
_KEY: Final = re.compile(r"[a-z][a-z0-9_]*")
_SLUG: Final = re.compile(r"[a-z0-9-]+/[a-z0-9.-]+")
_RATIO: Final = re.compile(r"[1-9]\d*:[1-9]\d*")


@cache
def catalogue() -> tuple[Model, ...]:
    """Return all models that are known, those first that are tried first."""
    return read(FILE.read_text(encoding="utf-8"))


def known_model(key: str) -> Model | None:
    """Return the model with this key."""
    return next((model for model in catalogue() if model.key == key), None)


def model_key(stored: str) -> str | None:
    """Return the key of the model that a stored name means: a key, an old one, or a slug."""
    slug = stored.strip().lower().partition(":")[0]
    name = re.sub(r"[^a-z0-9]+", "_", slug.rpartition("/")[2]).strip("_")
    for model in catalogue():
        if slug == model.slug or name in {model.key, *model.aliases}:
            return model.key
    return None


def read(text: str) -> tuple[Model, ...]:
    """Read a catalogue.

    Raises:
        ConfigurationError: It is not one; the message names the place.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"The catalogue of models cannot be read: {error}.") from error
    models = [_model(_Table(key, body)) for key, body in tables.items()]
    names = [name for model in models for name in (model.key, *model.aliases)]
    for taken in (names, [model.slug for model in models], [model.rank for model in models]):
        if len(set(taken)) != len(taken):
            raise ConfigurationError("The catalogue of models names or ranks two models alike.")
    return tuple(sorted(models, key=lambda model: model.rank))


class _Table:
    """A TOML table from which each value is taken once, by type."""

    def __init__(self, place: str, body: object) -> None:
        self.place = place
        if not isinstance(body, dict):
            raise self.wrong("it is no table")
        self._left: dict[str, Any] = dict(body)

    def wrong(self, reason: str) -> ConfigurationError:
        return ConfigurationError(f"The catalogue of models is wrong at {self.place}: {reason}.")

    def take(self, name: str, kind: type, default: Any = ...) -> Any:
        if name not in self._left and default is not ...:
            return default
        value = self._left.pop(name, None)
        # A boolean is an integer to Python, not to a price list.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.wrong(f"{name} must be {kind.__name__}")
        return value

    def words(self, name: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
        found = self.take(name, list, [])
        if not all(isinstance(each, str) and pattern.fullmatch(each) for each in found):
            raise self.wrong(f"{name} holds what it must not")
        return tuple(found)

    def scalars(self, name: str) -> Mapping[str, Scalar]:
        found = self.take(name, dict, {})
        if not all(isinstance(each, str | int) for each in found.values()):
            raise self.wrong(f"{name} holds what is no word, number or truth")
        return MappingProxyType(dict(found))

    def end(self) -> None:
        if self._left:
            raise self.wrong(f"nobody knows {', '.join(sorted(self._left))}")


def _model(table: _Table) -> Model:
    if not _KEY.fullmatch(table.place):
        raise table.wrong("a key is lower case letters, digits and _")
    slug = table.take("slug", str)
    if not _SLUG.fullmatch(slug):
        raise table.wrong("slug must be owner/name")
    inputs = _inputs(_Table(f"{table.place}.inputs", table.take("inputs", dict)))
    references = table.take("references", dict, None)
    tiers = [
        _tier(_Table(f"{table.place}.tiers[{place}]", body))
        for place, body in enumerate(table.take("tiers", list))
    ]
    model = Model(
        key=table.place,
        label=table.take("label", str),
        slug=slug,
        rank=table.take("rank", int),
        typical_seconds=float(table.take("typical_seconds", int)),
        inputs=inputs,
        fixed=table.scalars("fixed"),
        ratios=table.words("ratios", _RATIO),
        follows_first_frame=table.take("follows_first_frame", bool),
        needs_first_frame=table.take("needs_first_frame", bool),
        tiers=tuple(tiers),
        read_on=table.take("read_on", date),
        source=table.take("source", str),
        references=_references(_Table(f"{table.place}.references", references))
        if references is not None
        else None,
        last_frame_from_height=table.take("last_frame_from_height", int, None),
        aliases=table.words("aliases", _KEY),
    )
    table.end()
    _check(table, model)
    return model


def _check(table: _Table, model: Model) -> None:
    """Raise where fields contradict one another."""
    heights = [tier.height for tier in model.tiers]
    if not heights or any(low >= high for low, high in pairwise(heights)):
        raise table.wrong("tiers must rise in height, and be there")
    if (model.follows_first_frame or model.needs_first_frame) and not model.inputs.first_frame:
        raise table.wrong("there is no input for the first frame that it follows or needs")
    if not model.ratios and not model.follows_first_frame:
        raise table.wrong("it has no ratio")
    if (model.references is None) != (model.inputs.references is None):
        raise table.wrong("references need an input and terms, or neither")
    if model.typical_seconds <= 0:
        raise table.wrong("typical_seconds must be above 0")
    names = [*model.fixed, *_named(model.inputs)]
    for tier in model.tiers:
        if len({*names, *tier.inputs}) != len(names) + len(tier.inputs):
            raise table.wrong("an input is named twice")


def _named(inputs: Inputs) -> tuple[str, ...]:
    found = (getattr(inputs, name) for name in INPUTS)
    return tuple(name for name in found if name)


def _inputs(table: _Table) -> Inputs:
    optional = (name for name in INPUTS if name not in {"prompt", "duration"})
    found = Inputs(
        prompt=table.take("prompt", str),
        duration=table.take("duration", str),
        **{name: table.take(name, str, None) for name in optional},
    )
    table.end()
    return found


def _references(table: _Table) -> References:
    found = References(
        most=table.take("most", int),
        ratio=table.take("ratio", str, None),
        duration=table.take("duration", int, None),
    )
    table.end()
    return found


def _tier(table: _Table) -> Tier:
    durations = table.take("durations", list)
    whole = all(type(each) is int and each > 0 for each in durations)
    if not whole or not durations or durations != sorted(set(durations)):
        raise table.wrong("durations must be whole seconds, rising")
    per_second, per_run = table.take("per_second", str, None), table.take("per_run", dict, None)
    if (per_second is None) == (per_run is None):
        raise table.wrong("it needs per_second or per_run, and not both")
    tier = Tier(
        height=table.take("height", int),
        inputs=table.scalars("inputs"),
        durations=tuple(durations),
        per_second_micros=_amount(table, per_second) if per_second is not None else None,
        per_run_micros=_amounts(table, per_run, durations) if per_run is not None else None,
    )
    table.end()
    return tier


def _amounts(
    table: _Table, per_run: Mapping[str, object], durations: list[int]
) -> Mapping[int, int]:
    if [*per_run] != [str(each) for each in durations]:
        raise table.wrong("per_run must price each duration, in order")
    amounts = {int(each): _amount(table, price) for each, price in per_run.items()}
    return MappingProxyType(amounts)


def _amount(table: _Table, price: object) -> int:
    """Read dollars; written as text, because a float is no price."""
    try:
        dollars = Decimal(price) if isinstance(price, str) else Decimal(0)
    except InvalidOperation:
        dollars = Decimal(0)
    if not dollars.is_finite() or dollars <= 0:
        raise table.wrong("a price is dollars above 0, as text")
    return micros(dollars)
