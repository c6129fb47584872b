"""Which access tokens count."""

import time
from uuid import UUID

import pytest

from clipbot.errors import NotSignedIn, SignInUnavailable
from clipbot.identity.keys import Keys, fetched_from
from clipbot.identity.tokens import AccessTokens
from tests.contract.forged import FORGED, GOOD_SIGNS
from tests.contract.gotrue_keys import Algorithm, SigningKey, claims, pieced
from tests.contract.gotrue_server import Double, Person

LEGACY = "a legacy secret of thirty-two characters"


def tokens(double: Double, legacy: str | None = None) -> AccessTokens:
    keys = Keys(fetched_from(f"{double.issuer}/.well-known/jwks.json"), time.monotonic)
    return AccessTokens(double.issuer, keys, legacy)


@pytest.mark.parametrize("sign", GOOD_SIGNS)
def test_a_token_says_who_somebody_is(double: Double, ada: Person, sign: Algorithm) -> None:
    double.rotate(SigningKey.new(sign))

    found = tokens(double).read(double.token(ada, session_id="one"))

    assert (found.user_id, found.email, found.session_id) == (UUID(ada.id), ada.email, "one")
    assert abs(found.expires_at - time.time() - 3600) < 60


@pytest.mark.parametrize("legacy", [None, LEGACY])
@pytest.mark.parametrize("wrong", FORGED)
def test_a_token_that_is_not_right_counts_for_nothing(
    quiet: Double, wrong: str, legacy: str | None
) -> None:
    reading, eve = tokens(quiet, legacy), Person("eve@example.com", "")
    reading.read(quiet.token(eve))
    token = FORGED[wrong](quiet, eve)

    with pytest.raises(NotSignedIn) as caught:
        reading.read(token)

    assert caught.value.is_refused
    assert str(caught.value).count(".") == 1
    assert not token or token not in str(caught.value)


def test_clocks_may_differ_by_half_a_minute(double: Double, ada: Person) -> None:
    reading, now = tokens(double), int(time.time())
    reading.read(double.token(ada, exp=now - 20))
    reading.read(double.token(ada, nbf=now + 20, iat=now + 20))


def test_an_audience_may_be_one_of_several(double: Double, ada: Person) -> None:
    found = tokens(double).read(double.token(ada, aud=["authenticated", "more"]))
    assert found.user_id == UUID(ada.id)


def test_what_a_person_writes_about_themselves_changes_nothing(double: Double, ada: Person) -> None:
    said = {"user_metadata": {"role": "admin", "sub": "x", "is_admin": True}}
    found = tokens(double).read(double.token(ada, **said))
    assert found.user_id == UUID(ada.id)


@pytest.mark.parametrize("email", [None, "", 7, "x" * 400])
def test_an_address_that_is_none_is_left_out(double: Double, ada: Person, email: object) -> None:
    said = claims(double.issuer, ada.id, email=email)
    assert tokens(double).read(double.key.signed(said)).email is None


def test_the_legacy_secret_counts_only_where_it_is_set(double: Double, ada: Person) -> None:
    import jwt  # noqa: PLC0415 - only here a token is made without the double's keys

    token = jwt.encode(claims(double.issuer, ada.id), LEGACY, "HS256")

    assert tokens(double, LEGACY).read(token).user_id == UUID(ada.id)
    with pytest.raises(NotSignedIn):
        tokens(double).read(token)


def test_the_legacy_secret_opens_its_own_way_only(double: Double, ada: Person) -> None:
    """With it, a header that names a key does not make that key a secret."""
    said = claims(double.issuer, ada.id)
    for header in ({"alg": "HS512"}, {"alg": "HS384"}, {"alg": "none"}):
        with pytest.raises(NotSignedIn):
            tokens(double, LEGACY).read(pieced(header, said, b"x"))


def test_a_project_that_publishes_no_keys_lets_only_its_secret_in(
    double: Double, ada: Person
) -> None:
    double.published = []
    with pytest.raises(NotSignedIn):
        tokens(double, LEGACY).read(double.token(ada))


def test_where_keys_cannot_be_had_nobody_is_called_a_forger(double: Double, ada: Person) -> None:
    double.is_away = True
    with pytest.raises(SignInUnavailable):
        tokens(double).read(double.token(ada))
