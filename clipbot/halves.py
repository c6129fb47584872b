"""Settings that mean nothing without others: a clipbot that is set up half does not start."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from clipbot.addresses import is_public

if TYPE_CHECKING:
    from clipbot.settings import Settings

LOCAL_RENDERER: Final = "local"
COG_RENDERER: Final = "cog"
_SECRET_LENGTH: Final = 32


def halves(settings: "Settings") -> Iterator[str]:
    """Yield a sentence, without its full stop, for everything that lacks its other half."""
    yield from _models(settings)
    yield from _sign_in(settings)
    if settings.supabase_service_key and not settings.supabase_url:
        yield "SUPABASE_SERVICE_KEY needs SUPABASE_URL"
    if settings.openai_base_url and not settings.openai_api_key:
        yield "OPENAI_BASE_URL needs OPENAI_API_KEY (any word, if that server asks for none)"
    if settings.plan_with_model and not settings.openai_api_key:
        yield "CLIPBOT_PLAN_WITH_MODEL needs OPENAI_API_KEY"
    if (settings.language_input_usd is None) != (settings.language_output_usd is None):
        yield "CLIPBOT_LANGUAGE_INPUT_USD and CLIPBOT_LANGUAGE_OUTPUT_USD go together"


def _sign_in(settings: "Settings") -> Iterator[str]:
    for name, secret in (
        ("CLIPBOT_SECRET", settings.secret),
        ("SUPABASE_JWT_SECRET", settings.supabase_jwt_secret),
    ):
        if secret and len(secret.get_secret_value()) < _SECRET_LENGTH:
            yield f"{name} needs at least {_SECRET_LENGTH} characters"
    if settings.auth == "supabase":
        if not settings.supabase_url or not settings.supabase_anon_key:
            yield "CLIPBOT_AUTH=supabase needs SUPABASE_URL and SUPABASE_ANON_KEY"
        elif is_public(settings.supabase_url) and not settings.supabase_url.startswith("https://"):
            yield "SUPABASE_URL must begin with https://, for passwords travel there"
    if settings.auth == "huggingface":
        if not settings.is_space:
            yield "CLIPBOT_AUTH=huggingface works on Hugging Face Spaces only"
        elif not settings.oauth_client_id or not settings.oauth_client_secret:
            yield (
                "CLIPBOT_AUTH=huggingface needs OAUTH_CLIENT_ID and OAUTH_CLIENT_SECRET "
                "(hf_oauth: true in the Space's card)"
            )
    is_plain = settings.public_url and settings.public_url.startswith("http://")
    if settings.auth != "none" and is_plain and is_public(settings.public_url or ""):
        yield "CLIPBOT_PUBLIC_URL must begin with https:// where people sign in"


def _models(settings: "Settings") -> Iterator[str]:
    if settings.renderer == COG_RENDERER and not settings.cog_url:
        yield f"CLIPBOT_RENDERER={COG_RENDERER} needs CLIPBOT_COG_URL"
    is_hosted = settings.renderer not in {LOCAL_RENDERER, COG_RENDERER}
    if is_hosted and not settings.replicate_api_token:
        yield f"CLIPBOT_RENDERER={settings.renderer} needs REPLICATE_API_TOKEN"
    if settings.models and not settings.replicate_api_token:
        yield "CLIPBOT_MODELS needs REPLICATE_API_TOKEN"
    if settings.replicate_webhook_secret and not settings.replicate_api_token:
        yield "REPLICATE_WEBHOOK_SECRET needs REPLICATE_API_TOKEN"
    if settings.replicate_base_url and not settings.replicate_api_token:
        yield "REPLICATE_BASE_URL needs REPLICATE_API_TOKEN"
