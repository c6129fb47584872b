"""How our cookies are written and read.

No script can read them (`HttpOnly`). Over https they are bound to this host (`__Host-`,
`Secure`) and come along only from our own pages (`SameSite=Lax`); on a Space the page is
shown inside a frame of another site, so there they are `None` and `Partitioned`, and
`api.security.Guard` alone keeps other sites from changing anything. A browser takes 4,096
bytes for one, so that a long token lies in several.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_PART: Final = 3_600
_PARTS: Final = 3
_COUNTS: Final = {str(count) for count in range(1, _PARTS + 1)}
_SAFE: Final = re.compile(r"[A-Za-z0-9._~-]*")


@dataclass(frozen=True, slots=True)
class Jar:
    """Writes cookies as this installation needs them."""

    is_secure: bool
    is_framed: bool = False

    def written(self, name: str, value: str, seconds: int, *, path: str = "/") -> tuple[str, ...]:
        """Return the values of `Set-Cookie` that keep something.

        Args:
            name: Ours, without a prefix.
            value: Letters, digits, `.`, `_`, `~` and `-` only.
            seconds: How long the browser keeps it.
            path: It comes along with what is below that alone.

        Raises:
            ValueError: It does not fit into cookies.
        """
        if not _SAFE.fullmatch(value) or len(value) > _PART * _PARTS:
            raise ValueError(f"the cookie {name} cannot hold this")
        first, *others = [value[at : at + _PART] for at in range(0, len(value), _PART)] or [""]
        # The first part says how many there are: what an earlier value left is not read.
        parts = [f"{1 + len(others)}~{first}", *others]
        return tuple(
            self._line(name, index, part, seconds, path) for index, part in enumerate(parts)
        )

    def dropped(self, name: str) -> tuple[str, ...]:
        """Return the values of `Set-Cookie` that take something away."""
        return tuple(self._line(name, index, "", 0, "/") for index in range(_PARTS))

    def read(self, cookies: Mapping[str, str], name: str, *, path: str = "/") -> str | None:
        """Return what is kept under a name and a path, if anything."""
        count, mark, first = cookies.get(self._name(name, 0, path), "").partition("~")
        if not mark or count not in _COUNTS:
            return None
        others = [cookies.get(self._name(name, index, path), "") for index in range(1, int(count))]
        return first + "".join(others) or None

    def _name(self, name: str, index: int, path: str) -> str:
        # Browsers take `__Host-` for cookies of the whole host alone.
        bound = "__Host-" if path == "/" else "__Secure-"
        prefix = bound if self.is_secure else ""
        return f"{prefix}clipbot-{name}{f'-{index}' if index else ''}"

    def _line(self, name: str, index: int, value: str, seconds: int, path: str) -> str:
        named = f"{self._name(name, index, path)}={value}"
        line = f"{named}; Path={path}; HttpOnly; Max-Age={seconds}"
        line += "; SameSite=None" if self.is_framed else "; SameSite=Lax"
        line += "; Secure" if self.is_secure else ""
        return line + ("; Partitioned" if self.is_framed else "")
