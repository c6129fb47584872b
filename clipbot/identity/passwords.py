"""Signing in with an e-mail address and a password, not too often."""

from dataclasses import dataclass
from typing import Final

from clipbot.errors import WrongCredentials
from clipbot.identity.sessions import Sessions
from clipbot.identity.throttle import Throttle

_LONGEST_EMAIL: Final = 320
_LONGEST_PASSWORD: Final = 1_000


@dataclass(frozen=True, slots=True)
class Passwords:
    """Signs people in and out. Safe to share between threads; may block."""

    sessions: Sessions
    throttle: Throttle

    def sign_in(self, address: str, email: str, password: str) -> tuple[str, ...]:
        """Sign somebody in; return the cookies that keep them signed in.

        Args:
            address: Of the network, from where they ask.
            email: As typed.
            password: As typed.

        Raises:
            WrongCredentials: They do not fit, or the person may not come in.
            NotSignedIn: The account is not one that may come in.
            TooManyAttempts: It was tried too often.
            SignInUnavailable: Supabase cannot be asked.
        """
        email = email.strip()
        if not email or not password:
            raise WrongCredentials("Please give your e-mail address and your password.")
        if len(email) > _LONGEST_EMAIL or len(password) > _LONGEST_PASSWORD:
            raise WrongCredentials
        self.throttle.take(address, email)
        cookies = self.sessions.begin(self.sessions.sign_in.sign_in(email, password)).cookies
        self.throttle.forgive(address, email)
        return cookies
