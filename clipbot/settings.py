"""Every knob of a running clipbot, read once at start from the environment.

Only the composition roots (`app.py`, `python -m clipbot`) build a `Settings`; everything
else receives the values it needs as arguments. Secrets are `SecretStr` and cannot be
printed. With nothing set, the whole product runs on this machine, for nobody else.

`.env.example` lists every name with its unit and default; a test keeps it true.
"""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
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

from clipbot.addresses import is_loopback, is_public, is_web_address, origin
from clipbot.domain.money import micros
from clipbot.domain.retention import RetentionRules
from clipbot.errors import ConfigurationError
from clipbot.halves import LOCAL_RENDERER, halves

PREFIX = "CLIPBOT_"
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
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
    """Its secret for tokens signed with HS256 (older projects); at least 32 characters."""
    cache_limit: int = Field(default=20_000_000_000, ge=0)
    """Most bytes that encoded pieces of films take on this machine. What a current film or an
    edit under way needs stays in any case."""
    keep_versions: int = Field(default=3, ge=0)
    """Newest versions of each clip whose footage stays whole, besides the original and the
    current one."""
    archive_days: int = Field(default=7, ge=0, le=36_500)
    """Age at which footage that clipbot made and that nobody needs is archived, as a smaller
    encode; 0: never."""
    delete_days: int = Field(default=30, ge=0, le=36_500)
    """Age at which it is deleted; 0: never. What is known of the versions stays."""
    job_footage_bytes: int = Field(default=0, ge=0)
    """Most that the footage of one job may take; 0: as much as there is room for."""
    user_footage_bytes: int = Field(default=0, ge=0)
    """Most that the footage of all jobs of one person may take; 0: the same."""
    footage_cache_bytes: int = Field(default=10_000_000_000, ge=0)
    """Most that copies of files from Supabase's storage take on this machine."""
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
        if value is not None and not is_web_address(value):
            raise ValueError("must be an address that begins with http:// or https://")
        return value.rstrip("/") if value else value

    @model_validator(mode="after")
    def _no_door_stands_open(self) -> Self:
        if self.is_space:
            if self.has_visitors and (self.replicate_api_token or self.openai_api_key):
                raise ValueError(
                    "REPLICATE_API_TOKEN and OPENAI_API_KEY on a Space need "
                    "CLIPBOT_AUTH=huggingface or supabase, or every visitor would spend your money"
                )
            return self
        listens_to_others = not is_loopback(self.host) and not self.container
        if self.auth != "none":
            if listens_to_others and not self.public_url:
                raise ValueError(f"CLIPBOT_HOST={self.host} needs CLIPBOT_PUBLIC_URL")
            return self
        if listens_to_others:
            raise ValueError(
                f"CLIPBOT_AUTH=none lets everybody in, so CLIPBOT_HOST must be 127.0.0.1, "
                f"not {self.host}"
            )
        if self.public_url and is_public(self.public_url):
            raise ValueError(
                "CLIPBOT_AUTH=none lets everybody in, so CLIPBOT_PUBLIC_URL must be an address "
                "of this machine"
            )
        return self

    @model_validator(mode="after")
    def _nothing_is_half_configured(self) -> Self:
        for problem in halves(self):
            raise ValueError(problem)
        return self

    @property
    def blobs(self) -> Path:
        """Folder of the media files."""
        return (self.shared or self.home) / "blobs"

    @property
    def retention(self) -> RetentionRules:
        """How long the footage of versions is kept."""
        return RetentionRules(
            newest=self.keep_versions,
            archive_after=timedelta(days=self.archive_days) or None,
            delete_after=timedelta(days=self.delete_days) or None,
            job_bytes=self.job_footage_bytes or None,
            user_bytes=self.user_footage_bytes or None,
        )

    @property
    def is_shared(self) -> bool:
        """Whether other hosts see the media files, too."""
        return bool(self.shared or (self.supabase_url and self.supabase_service_key))

    @property
    def is_space(self) -> bool:
        """Whether this runs on Hugging Face Spaces."""
        return self.space_id is not None

    @property
    def has_visitors(self) -> bool:
        """Whether strangers come in without signing in."""
        return self.is_space and self.auth == "none"

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
        return self.address.startswith("https://") and is_public(self.address)

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
        return (*spaces, *((origin(self.public_url),) if self.public_url else ()))

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
