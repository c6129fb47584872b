"""The models of an account at Replicate, as renderers."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from clipbot.errors import ConfigurationError
from clipbot.renderers.catalogue import Model
from clipbot.renderers.download import Downloads
from clipbot.renderers.models import catalogue
from clipbot.renderers.replicate import ReplicateRenderer
from clipbot.renderers.replicate_wire import Wire
from clipbot.renderers.schemas import Schemas


@dataclass(frozen=True, slots=True)
class Hosted:
    """What an account offers."""

    models: tuple[Model, ...]
    renderers: tuple[ReplicateRenderer, ...]
    schemas: Schemas
    close: Callable[[], None]
    """Closes all connections."""

    def refresh(self, stopped: Callable[[], bool]) -> None:
        """Ask what the models' inputs are by now, where that is not known since a day."""
        self.schemas.refresh(self.models, stopped)


def hosted(
    token: str,
    *,
    home: Path,
    base_url: str | None = None,
    keys: Collection[str] = (),
    trusted: Collection[str] = (),
    public_url: str | None = None,
) -> Hosted:
    """Return the renderers of an account; nothing is asked of it yet.

    Args:
        token: Of the account.
        home: Folder for what is remembered of it.
        base_url: Its address, where it is not Replicate's own.
        keys: Of the models that are offered; empty: all.
        trusted: `host:port` of servers that footage may come from besides Replicate's own.
        public_url: Where Replicate reaches this server, if it does.

    Raises:
        ConfigurationError: The catalogue has no such model.
    """
    known = {model.key for model in catalogue()}
    for key in keys:
        if key not in known:
            names = ", ".join(sorted(known))
            raise ConfigurationError(f"There is no model {key}; known are {names}.")
    models = tuple(model for model in catalogue() if not keys or model.key in keys)
    wire = Wire(token, base_url)
    schemas = Schemas(wire.described, home / "models.json")
    downloads = Downloads(trusted)
    return Hosted(
        models,
        tuple(
            ReplicateRenderer(model, wire, downloads, schemas=schemas, public_url=public_url)
            for model in models
        ),
        schemas,
        wire.close,
    )
