"""Who knows the people, for given settings, and how they sign in."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from clipbot.identity import secret
from clipbot.identity.base import Identity
from clipbot.identity.cookies import Jar
from clipbot.identity.gotrue import GoTrue
from clipbot.identity.keys import Keys, fetched_from
from clipbot.identity.links import Links
from clipbot.identity.members import Members
from clipbot.identity.none import NoIdentity
from clipbot.identity.openid import OpenId
from clipbot.identity.passes import Passes
from clipbot.identity.passwords import Passwords
from clipbot.identity.renewals import Renewals
from clipbot.identity.roles import Roles
from clipbot.identity.sessions import Ended, Sessions
from clipbot.identity.supabase import SupabaseDoor
from clipbot.identity.throttle import Throttle
from clipbot.identity.tokens import AccessTokens
from clipbot.identity.visitors import VisitorDoor
from clipbot.settings import Settings

_HUGGING_FACE: Final = "https://huggingface.co"
_VISIT_SECONDS: Final = 2 * 86_400
_MEMBER_SECONDS: Final = 8 * 3_600
"""As long as Hugging Face lets its own tokens live."""
_ATTEMPT_SECONDS: Final = 900

IsAdmin = Callable[[UUID], bool | None]


@dataclass(frozen=True, slots=True)
class People:
    """Who knows the people, and how they sign in, if they do."""

    identity: Identity
    passwords: Passwords | None = None
    members: Members | None = None
    are_visitors: bool = False


def people(settings: Settings, is_admin: IsAdmin) -> People:
    """Return who knows the people; nothing is asked of anybody yet.

    Args:
        settings: Say how people sign in.
        is_admin: Looks up who may see everybody's jobs.

    Raises:
        ConfigurationError: The secret cannot be kept.
    """
    roles = Roles(is_admin, time.monotonic)
    if settings.auth == "supabase":
        return _supabase(settings, roles)
    if settings.auth == "huggingface":
        return _members(settings, roles)
    if settings.has_visitors:
        visits = Passes(secret.key(_secret(settings), "visitors"), _VISIT_SECONDS)
        door = VisitorDoor(visits, _jar(settings), _links(settings))
        return People(door, are_visitors=True)
    return People(NoIdentity())


def _members(settings: Settings, roles: Roles) -> People:
    ours, given = _secret(settings), settings.oauth_client_secret
    provider = OpenId(
        url=settings.openid_provider_url or _HUGGING_FACE,
        client_id=settings.oauth_client_id or "",
        client_secret=given.get_secret_value() if given else "",
        redirect_url=f"{settings.address}/login/callback",
    )
    members = Members(
        provider=provider,
        sessions=Passes(secret.key(ours, "members"), _MEMBER_SECONDS),
        attempts=Passes(secret.key(ours, "attempts"), _ATTEMPT_SECONDS),
        jar=_jar(settings),
        roles=roles,
        ended=Ended(time.time),
    )
    return People(members, members=members)


def _supabase(settings: Settings, roles: Roles) -> People:
    url, anon_key = settings.supabase_url or "", settings.supabase_anon_key
    legacy = settings.supabase_jwt_secret
    issuer = f"{url}/auth/v1"
    sign_in = GoTrue(url, anon_key.get_secret_value() if anon_key else "")
    sessions = Sessions(
        tokens=AccessTokens(
            issuer,
            Keys(fetched_from(f"{issuer}/.well-known/jwks.json"), time.monotonic),
            legacy.get_secret_value() if legacy else None,
        ),
        sign_in=sign_in,
        renewals=Renewals(sign_in.refresh, time.monotonic),
        jar=_jar(settings),
        ended=Ended(time.time),
        now=time.time,
    )
    door = SupabaseDoor(sessions, _links(settings), roles)
    return People(door, Passwords(sessions, Throttle(time.monotonic)))


def _links(settings: Settings) -> Links:
    return Links(secret.key(_secret(settings), "links"), time.time)


def _secret(settings: Settings) -> bytes:
    configured = settings.secret
    return secret.house_secret(settings.home, configured.get_secret_value() if configured else None)


def _jar(settings: Settings) -> Jar:
    return Jar(is_secure=settings.is_public, is_framed=settings.is_space)
