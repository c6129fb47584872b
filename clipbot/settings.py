"""Every knob of a running clipbot, read once at start from the environment.

Only the composition roots (`app.py`, `python -m clipbot`) build a `Settings`; everything
else receives the values it needs as arguments. Secrets are `SecretStr` and cannot be
printed. With nothing set, the whole product runs on this machine, for nobody else.

`.env.example` lists every name with its unit and default; a test keeps it true.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AliasChoices,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from clipbot.domain.money import micros
from clipbot.errors import ConfigurationError

PREFIX = "CLIPBOT_"
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
LOCAL_RENDERER = "local"
COG_RENDERER = "cog"
_EVERY_INTERFACE = "0.0.0.0"  # noqa: S104 - only inside a container; a Space is one
LANGUAGE_MODEL = "gpt-6-luna"
_LANGUAGE_USD = {LANGUAGE_MODEL: (Decimal("0.10"), Decimal("0.50"))}
"""OpenAI's prices for a million tokens, in and out (facts/services.md §4.1)."""
_BUDGET_USD = {"production": Decimal(2000), "development": Decimal(50)}


class Settings(BaseSettings):
    """What can be set, by names of the environment; a file `.env` is read too."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    env: Literal["production", "development"] = "production"
    """Only chooses the default budget."""
    space_id: str | None = Field(default=None, validation_alias="SPACE_ID")
    """Set by Hugging Face Spaces: `owner/name`. Never set it by hand."""
    space_host: str | None = Field(default=None, validation_alias="SPACE_HOST")
    """Set by Hugging Face Spaces: the host name people see."""

    container: bool = False
    """Set by our image: what listens on every address inside it is reached from outside only
    as far as whoever runs it publishes the port."""

    home: Path = Path(".clipbot")
    """Folder of the embedded database, the media files and the caches."""
    shared: Path | None = None
    """Folder that all hosts see, for the media files and the encoded pieces of films; not set:
    `home`, and there is one host."""
    database_url: SecretStr = Field(
        default_factory=lambda known: SecretStr(f"sqlite:///{known['home'] / 'clipbot.db'}"),
        validation_alias=AliasChoices("DATABASE_URL", "CLIPBOT_DATABASE_URL"),
    )
    """Where jobs are kept: `sqlite:///...` or `postgresql://...`."""

    host: str = Field(
        default_factory=lambda known: (
            _EVERY_INTERFACE if known["space_id"] or known["container"] else "127.0.0.1"
        )
    )
    """Address to listen on."""
    port: int = Field(
        default=7860, ge=0, le=65535, validation_alias=AliasChoices("PORT", "CLIPBOT_PORT")
    )
    """Port to listen on; 0 takes any free one."""
    public_url: str | None = None
    """Address under which people reach the page, where it is not that of host and port."""
    auth: Literal["none", "supabase", "huggingface"] = "none"
    """Who may come in. `none`: everybody who reaches the page, as one user (on a Space: each
    visitor as a user of their own). The others: people who sign in there."""
    secret: SecretStr | None = None
    """Signs cookies and links; at least 32 characters. Not set: one is made in `home`."""
    trusted_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    """`host:port` pairs, with commas between, that media may be fetched from, and webhooks sent to,
    besides public https addresses: test doubles and self-hosted models."""

    renderer: str = LOCAL_RENDERER
    """Renderer that is used when nobody chooses one."""
    budget_usd: Decimal = Field(
        default_factory=lambda known: _BUDGET_USD[known["env"]], ge=0, allow_inf_nan=False
    )
    """Most that one job may spend, in US dollars."""
    regenerations_per_hour: int = Field(default=5, ge=0)
    """Paid edits of one job within an hour."""
    edit_ceiling_usd: Decimal | None = Field(default=None, ge=0, allow_inf_nan=False)
    """Most that may be confirmed at once, in US dollars; not set: no such limit."""
    day_ceiling_usd: Decimal | None = Field(default=None, ge=0, allow_inf_nan=False)
    """Most that one user may spend within a day (UTC), in US dollars; not set: no such limit."""
    concurrency: int = Field(default=2, ge=0, le=64)
    """Edits that this process runs at once, of different jobs; 0: none, workers do."""
    provider_places: int = Field(default=4, ge=1)
    """Predictions that may run at one provider at once, over all workers."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """Least severe message that is logged; prompts appear at `debug` only."""

    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    """Key of an OpenAI-compatible language model."""
    openai_base_url: str | None = Field(default=None, validation_alias="OPENAI_BASE_URL")
    """Its address, where it is not OpenAI's own."""
    language_model: str = Field(default=LANGUAGE_MODEL, min_length=1)
    """Name of the language model that writes prompts."""
    language_input_usd: Decimal | None = Field(default=None, ge=0, allow_inf_nan=False)
    """What it charges for a million tokens that it reads, in US dollars."""
    language_output_usd: Decimal | None = Field(default=None, ge=0, allow_inf_nan=False)
    """What it charges for a million tokens that it writes, in US dollars."""
    plan_with_model: bool = False
    """Whether it also reads sentences that the grammar cannot; each reading is booked."""
    replicate_api_token: SecretStr | None = Field(
        default=None, validation_alias="REPLICATE_API_TOKEN"
    )
    """Token for video models on Replicate."""
    replicate_base_url: str | None = Field(default=None, validation_alias="REPLICATE_BASE_URL")
    """Its address, where it is not Replicate's own."""
    replicate_webhook_secret: SecretStr | None = Field(
        default=None, validation_alias="REPLICATE_WEBHOOK_SECRET"
    )
    """Secret with which Replicate signs its webhooks (`whsec_...`); they are asked for where the
    page has a public https address, too."""
    models: Annotated[tuple[str, ...], NoDecode] = ()
    """Keys of the models on Replicate that are offered, with commas between; not set: all."""
    cog_url: str | None = None
    """Address of a model of your own, behind the HTTP API of cog."""
    supabase_url: str | None = Field(default=None, validation_alias="SUPABASE_URL")
    """Address of a Supabase project."""
    supabase_service_key: SecretStr | None = Field(
        default=None, validation_alias="SUPABASE_SERVICE_KEY"
    )
    """Its service key, for storage."""
    supabase_anon_key: SecretStr | None = Field(default=None, validation_alias="SUPABASE_ANON_KEY")
    """Its public key, for signing in."""
    supabase_jwt_secret: SecretStr | None = Field(
        default=None, validation_alias="SUPABASE_JWT_SECRET"
    )
    """Its secret for tokens signed with HS256 (older projects)."""
    footage_cache_bytes: int = Field(default=10_000_000_000, ge=0)
    """Most that copies of files from Supabase's storage take on this machine."""
    """Its secret for tokens signed with HS256 (older projects); at least 32 characters."""
    oauth_client_id: str | None = Field(default=None, validation_alias="OAUTH_CLIENT_ID")
    """Set by Hugging Face Spaces where people sign in there: who the Space is to them."""
    oauth_client_secret: SecretStr | None = Field(
        default=None, validation_alias="OAUTH_CLIENT_SECRET"
    )
    """Set by Hugging Face Spaces, too."""
    openid_provider_url: str | None = Field(default=None, validation_alias="OPENID_PROVIDER_URL")
    """Set by Hugging Face Spaces: whom to ask who somebody is."""

    @field_validator("home", "shared", mode="after")
    @classmethod
    def _folders_are_absolute(cls, folder: Path | None) -> Path | None:
        return folder.expanduser().absolute() if folder else None

    @field_validator("trusted_hosts", "models", mode="before")
    @classmethod
    def _lists_are_split_at_commas(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator(
        "public_url",
        "openai_base_url",
        "replicate_base_url",
        "supabase_url",
        "openid_provider_url",
        "cog_url",
    )
    @classmethod
    def _is_a_web_address(cls, value: str | None) -> str | None:
        if value is not None and not _is_web_address(value):
            raise ValueError("must be an address that begins with http:// or https://")
        return value.rstrip("/") if value else value

    @model_validator(mode="after")
    def _no_door_stands_open(self) -> Self:
        if self.is_space:
            return self
        is_elsewhere = not is_loopback(self.host) and not self.container
        if self.auth != "none":
            if is_elsewhere and not self.public_url:
                raise ValueError(f"CLIPBOT_HOST={self.host} needs CLIPBOT_PUBLIC_URL")
            return self
        if is_elsewhere:
            raise ValueError(
                f"CLIPBOT_AUTH=none lets everybody in, so CLIPBOT_HOST must be 127.0.0.1, "
                f"not {self.host}"
            )
        if self.public_url and _is_public(self.public_url):
            raise ValueError(
                "CLIPBOT_AUTH=none lets everybody in, so CLIPBOT_PUBLIC_URL must be an address "
                "of this machine"
            )
        return self

    @model_validator(mode="after")
    def _nothing_is_half_configured(self) -> Self:
        for problem in self._halves():
            raise ValueError(problem)
        return self

    def _halves(self) -> Iterator[str]:
        yield from self._half_models()
        yield from self._half_sign_in()
        if self.supabase_service_key and not self.supabase_url:
            yield "SUPABASE_SERVICE_KEY needs SUPABASE_URL"
        if self.openai_base_url and not self.openai_api_key:
            yield "OPENAI_BASE_URL needs OPENAI_API_KEY (any word, if that server asks for none)"
        if self.plan_with_model and not self.openai_api_key:
            yield "CLIPBOT_PLAN_WITH_MODEL needs OPENAI_API_KEY"
        if (self.language_input_usd is None) != (self.language_output_usd is None):
            yield "CLIPBOT_LANGUAGE_INPUT_USD and CLIPBOT_LANGUAGE_OUTPUT_USD go together"

    def _half_sign_in(self) -> Iterator[str]:
        for name, secret in (
            ("CLIPBOT_SECRET", self.secret),
            ("SUPABASE_JWT_SECRET", self.supabase_jwt_secret),
        ):
            if secret and len(secret.get_secret_value()) < _SECRET_LENGTH:
                yield f"{name} needs at least {_SECRET_LENGTH} characters"
        if self.auth == "supabase":
            if not self.supabase_url or not self.supabase_anon_key:
                yield "CLIPBOT_AUTH=supabase needs SUPABASE_URL and SUPABASE_ANON_KEY"
            elif _is_public(self.supabase_url) and not self.supabase_url.startswith("https://"):
                yield "SUPABASE_URL must begin with https://, for passwords travel there"
        if self.auth == "huggingface":
            if not self.is_space:
                yield "CLIPBOT_AUTH=huggingface works on Hugging Face Spaces only"
            elif not self.oauth_client_id or not self.oauth_client_secret:
                yield (
                    "CLIPBOT_AUTH=huggingface needs OAUTH_CLIENT_ID and OAUTH_CLIENT_SECRET "
                    "(hf_oauth: true in the Space's card)"
                )
        is_plain = self.public_url and self.public_url.startswith("http://")
        if self.auth != "none" and is_plain and _is_public(self.public_url or ""):
            yield "CLIPBOT_PUBLIC_URL must begin with https:// where people sign in"

    def _half_models(self) -> Iterator[str]:
        if self.renderer == COG_RENDERER and not self.cog_url:
            yield f"CLIPBOT_RENDERER={COG_RENDERER} needs CLIPBOT_COG_URL"
        is_hosted = self.renderer not in {LOCAL_RENDERER, COG_RENDERER}
        if is_hosted and not self.replicate_api_token:
            yield f"CLIPBOT_RENDERER={self.renderer} needs REPLICATE_API_TOKEN"
        if self.models and not self.replicate_api_token:
            yield "CLIPBOT_MODELS needs REPLICATE_API_TOKEN"
        if self.replicate_webhook_secret and not self.replicate_api_token:
            yield "REPLICATE_WEBHOOK_SECRET needs REPLICATE_API_TOKEN"
        if self.replicate_base_url and not self.replicate_api_token:
            yield "REPLICATE_BASE_URL needs REPLICATE_API_TOKEN"

    @property
    def blobs(self) -> Path:
        """Folder of the media files."""
        return (self.shared or self.home) / "blobs"

    @property
    def is_shared(self) -> bool:
        """Whether other hosts see the media files, too."""
        return bool(self.shared or (self.supabase_url and self.supabase_service_key))

    @property
    def is_space(self) -> bool:
        """Whether this runs on Hugging Face Spaces."""
        return self.space_id is not None

    @property
    def budget_micros(self) -> int:
        """Most that one job may spend, in millionths of a US dollar."""
        return micros(self.budget_usd)

    @property
    def edit_ceiling_micros(self) -> int | None:
        """Most that may be confirmed at once, in micros."""
        return None if self.edit_ceiling_usd is None else micros(self.edit_ceiling_usd)

    @property
    def day_ceiling_micros(self) -> int | None:
        """Most that one user may spend within a day, in micros."""
        return None if self.day_ceiling_usd is None else micros(self.day_ceiling_usd)

    @property
    def webhook_base(self) -> str | None:
        """Public https address under which providers can call us, if there is one."""
        if self.replicate_webhook_secret is None:
            return None
        return self.address if self.is_public else None

    @property
    def address(self) -> str:
        """Under which people reach the page, without a slash at its end."""
        space = f"https://{self.space_host}" if self.space_host else None
        return self.public_url or space or f"http://{self.host}:{self.port}"

    @property
    def is_public(self) -> bool:
        """Whether the page is reached by https from other machines."""
        return self.address.startswith("https://") and _is_public(self.address)

    @property
    def language_usd(self) -> tuple[Decimal, Decimal] | None:
        """Prices of the language model for a million tokens, in and out; None: not known."""
        if self.language_input_usd is not None and self.language_output_usd is not None:
            return self.language_input_usd, self.language_output_usd
        # Another server may serve a model of the same name, at a price of its own.
        return None if self.openai_base_url else _LANGUAGE_USD.get(self.language_model)

    @property
    def origins(self) -> tuple[str, ...]:
        """Origins, besides the page's own, that may call with a person's cookies."""
        spaces = (f"https://{self.space_host}",) if self.space_host else ()
        return (*spaces, *((_origin(self.public_url),) if self.public_url else ()))

    @property
    def host_names(self) -> frozenset[str]:
        """Names by which the server may be called; empty: by any.

        A page elsewhere can make its own name lead to 127.0.0.1 and so speak to a server
        that believes to be among friends; only the `Host` header gives it away. A Space
        is public anyway, and stands behind a proxy whose names are not ours to know.
        """
        if self.is_space:
            return frozenset()
        names = {urlsplit(self.public_url).hostname or ""} if self.public_url else set()
        return LOOPBACK_NAMES | names | {self.host.lower()}


_SECRET_LENGTH = 32


def load(**given: Any) -> Settings:
    """Read the settings.

    Args:
        given: Values that win over the environment, by field name.

    Raises:
        ConfigurationError: Something is set wrongly, or half; says what in one sentence.
    """
    names = {field: _names(field)[0] for field in given}
    try:
        return Settings(**{_key(field): value for field, value in given.items()})
    except ValidationError as error:
        # Not chained: the cause would show what was typed, and that may be a secret.
        raise ConfigurationError(_sentence(error, names)) from None


def names() -> Mapping[str, tuple[str, ...]]:
    """Return the environment's names of every field, the preferred one first."""
    return {field: _names(field) for field in Settings.model_fields}


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens on `host`."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _names(field: str) -> tuple[str, ...]:
    match Settings.model_fields[field].validation_alias:
        case str(name):
            return (name,)
        case AliasChoices(choices=choices):
            return tuple(str(choice) for choice in choices)
        case _:
            return (f"{PREFIX}{field.upper()}",)


def _key(field: str) -> str:
    """Return the name by which a field is given to the constructor."""
    return _names(field)[0] if Settings.model_fields[field].validation_alias else field


def _sentence(error: ValidationError, given: Mapping[str, str]) -> str:
    """Say what is wrong, without repeating what was typed."""
    first = next(each for each in error.errors() if each["type"] != "default_factory_not_called")
    problem = first["msg"].removeprefix("Value error, ").removesuffix(".")
    if not first["loc"]:
        return f"{problem}."
    field = str(first["loc"][0])
    name = given.get(field) or (_names(field)[0] if field in Settings.model_fields else field)
    return f"{name}: {problem[:1].lower()}{problem[1:]}."


def _is_web_address(value: str) -> bool:
    parts = urlsplit(value)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _is_public(url: str) -> bool:
    return not is_loopback(urlsplit(url).hostname or "")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
