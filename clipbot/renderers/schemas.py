"""What the models' services say of their own inputs, asked at most once a day.

Services change their inputs without notice, and a request that does not fit any more is
refused, or worse: accepted with something else than was agreed. So the catalogue is
narrowed to what a service says that it knows. What was said is kept in a file; whoever
cannot be reached changes nothing.
"""

import json
import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from time import time
from typing import Any, Final

from clipbot.errors import ProviderError, StorageFull
from clipbot.media.files import appearing
from clipbot.renderers.catalogue import Known, Model, Scalar, narrowed

logger = logging.getLogger(__name__)

GOOD_FOR_SECONDS: Final = 24 * 3600
_DEEPEST: Final = 4


class Schemas:
    """What services said of their models' inputs. Safe to share between threads.

    Args:
        read: Asks a service for a model's document, by slug.
        cache: File that keeps what was said.
        clock: Seconds since the epoch.
    """

    def __init__(
        self,
        read: Callable[[str], Mapping[str, Any]],
        cache: Path,
        clock: Callable[[], float] = time,
    ) -> None:
        self._read = read
        self._cache = cache
        self._clock = clock
        self._lock = threading.Lock()
        self._said = _loaded(cache)

    def narrowed(self, model: Model) -> Model:
        """Return the model as its service knows it, without asking; unasked: as it is."""
        with self._lock:
            said = self._said.get(model.slug)
        return narrowed(model, said[1]) if said else model

    def refresh(self, models: Sequence[Model], stopped: Callable[[], bool] = lambda: False) -> None:
        """Ask about models that nothing was heard of for a day.

        Who does not answer, or in another form, is asked again next time. Takes up to some
        seconds a model.

        Args:
            models: Those that are set up.
            stopped: Asked between models.
        """
        heard = False
        for model in models:
            with self._lock:
                said = self._said.get(model.slug)
            if stopped() or (said and 0 <= self._clock() - said[0] < GOOD_FOR_SECONDS):
                continue
            try:
                known = inputs_of(self._read(model.slug))
            except ProviderError:
                known = None
            if known is None:
                logger.info("model schema not read", extra={"model": model.key})
                continue
            with self._lock:
                self._said[model.slug] = (self._clock(), known)
            heard = True
        if heard:
            self._keep()

    def _keep(self) -> None:
        with self._lock:
            document = {
                slug: {"read_at": read_at, "inputs": dict(known)}
                for slug, (read_at, known) in self._said.items()
            }
        try:
            with appearing(self._cache) as part:
                part.write_text(json.dumps(document), encoding="utf-8")
        except (StorageFull, OSError):
            logger.warning("model schemas were not kept")


def inputs_of(document: Mapping[str, Any]) -> Known | None:
    """Return the inputs in a model's document; None: it has none in a form that we know.

    The service speaks OpenAPI: a list of allowed values is there, or where a `$ref` points.
    """
    try:
        parts = document["latest_version"]["openapi_schema"]["components"]["schemas"]
        properties = parts["Input"]["properties"]
        return {str(name): _values(body, parts) for name, body in properties.items()} or None
    except (KeyError, TypeError, AttributeError):
        return None


def _values(body: Mapping[str, Any], parts: Mapping[str, Any]) -> tuple[Scalar, ...] | None:
    for place in _places(body, parts, _DEEPEST):
        values = place.get("enum")
        if isinstance(values, list):
            return tuple(each for each in values if isinstance(each, str | int))
    return None


def _places(
    body: Mapping[str, Any], parts: Mapping[str, Any], deep: int
) -> Iterator[Mapping[str, Any]]:
    yield body
    inner = [*body.get("allOf", ()), *body.get("anyOf", ())]
    if "$ref" in body:
        inner.append(parts.get(str(body["$ref"]).rpartition("/")[2], {}))
    for each in inner if deep else ():
        yield from _places(each, parts, deep - 1)


def _loaded(cache: Path) -> dict[str, tuple[float, Known]]:
    """Return what was kept; a file that cannot be read is as good as none."""
    try:
        document = json.loads(cache.read_text(encoding="utf-8"))
        return {
            slug: (
                float(said["read_at"]),
                {
                    name: None if values is None else tuple(values)
                    for name, values in said["inputs"].items()
                },
            )
            for slug, said in document.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
