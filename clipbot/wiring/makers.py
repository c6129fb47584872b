"""Who makes footage: the looks of this machine, models at Replicate, a model of one's own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from clipbot.errors import ConfigurationError, HookRejected, NotAllowed
from clipbot.renderers.base import Renderer
from clipbot.renderers.cog import CogRenderer
from clipbot.renderers.hosted import Hosted, hosted
from clipbot.renderers.local import LocalRenderer
from clipbot.renderers.models import known_model, model_key
from clipbot.renderers.previews import LocalPreviews
from clipbot.renderers.replicate_hooks import verified
from clipbot.services.hooks import Seal
from clipbot.services.work import Maker
from clipbot.settings import Settings


@dataclass(frozen=True, slots=True)
class Makers:
    """All renderers that are set up, in the order in which they are offered."""

    local: LocalRenderer
    previews: LocalPreviews
    hosted: Hosted | None
    """None: there is no account at Replicate."""
    own: CogRenderer | None
    """None: no model of one's own is set up."""
    seal: Seal | None
    """None: no hooks are asked for."""

    @classmethod
    def of(cls, settings: Settings) -> "Makers":
        """Return what the settings name; nothing is asked of anybody yet.

        Raises:
            ConfigurationError: A model that is named is not known, or is not offered.
        """
        looks = settings.home / "renders"
        secret = settings.replicate_webhook_secret
        made = cls(
            LocalRenderer(looks),
            LocalPreviews(looks / "looks"),
            _hosted(settings),
            _own(settings),
            ReplicateSeal(secret.get_secret_value()) if secret else None,
        )
        keys = [each.key for each in made.renderers]
        if settings.renderer not in keys:
            made.close()
            raise ConfigurationError(
                f"CLIPBOT_RENDERER={settings.renderer} is not set up; there are {', '.join(keys)}."
            )
        return made

    @property
    def renderers(self) -> tuple[Renderer, ...]:
        own = (self.own,) if self.own else ()
        return (self.local, *own, *(self.hosted.renderers if self.hosted else ()))

    @staticmethod
    def key_of(stored: str) -> str | None:
        """Return the key that a job's stored model means, whether it is set up or not."""
        return model_key(stored)

    @staticmethod
    def model_of(key: str) -> Maker | None:
        """Return the model with a key, whether it is set up or not."""
        model = known_model(key)
        return Maker(model.label, model.slug) if model else None

    def warm(self, stopped: Callable[[], bool]) -> None:
        """Do what makes the first previews and quotes quick and true.

        Args:
            stopped: Asked between the pieces; may take its time to answer.
        """
        if self.hosted:
            self.hosted.refresh(stopped)
        self.previews.warm(stopped)

    def close(self) -> None:
        """Stop what runs on this machine, and close connections."""
        self.local.close()
        if self.own:
            self.own.close()
        if self.hosted:
            self.hosted.close()


@dataclass(frozen=True, slots=True)
class ReplicateSeal:
    """A `Seal` of Replicate's messages."""

    secret: str

    def prediction_id(self, headers: Mapping[str, str], body: bytes) -> str:
        """Return the prediction that a message is about.

        Raises:
            NotAllowed: It is not signed by Replicate, or too old.
        """
        try:
            return verified(body, headers, self.secret).prediction_id
        except HookRejected as error:
            raise NotAllowed("That message is not from a provider of ours.") from error


def _own(settings: Settings) -> CogRenderer | None:
    if settings.cog_url is None:
        return None
    return CogRenderer(
        settings.cog_url, settings.home / "cog", trusted_hosts=settings.trusted_hosts
    )


def _hosted(settings: Settings) -> Hosted | None:
    if settings.replicate_api_token is None:
        return None
    return hosted(
        settings.replicate_api_token.get_secret_value(),
        home=settings.home,
        base_url=settings.replicate_base_url,
        keys=settings.models,
        trusted=settings.trusted_hosts,
        public_url=settings.webhook_base,
    )
