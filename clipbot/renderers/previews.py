"""What the local looks would do, shown on one frame or on the first seconds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from clipbot.domain.plan import Operation
from clipbot.domain.template_catalogue import CATALOGUE
from clipbot.domain.wording import phrases
from clipbot.errors import Unsupported
from clipbot.media import looked
from clipbot.media.looks import Looks, cubes
from clipbot.renderers.local import LABEL, looks_for


@dataclass(frozen=True, slots=True)
class LocalPreviews:
    """Draws previews; free, and quick enough to be drawn while somebody decides."""

    cache: Path
    """Folder for colour tables and particles."""

    def warm(self, stopped: Callable[[], bool]) -> None:
        """Make the colour tables of the templates, which are what is asked for first.

        About twenty of some hundred and thirty that there are; any other is made within a
        twentieth of a second when it is wanted.

        Args:
            stopped: Asked between tables; a second of work in all.
        """
        for look in dict.fromkeys(
            look for template in CATALOGUE for look in looks_for(template.ops)
        ):
            if stopped():
                return
            if cubes.has_colour([look]):
                cubes.cube([look], self.cache)

    def preview_frame(self, source: Path, ops: Sequence[Operation]) -> tuple[bytes, bytes]:
        """Return JPEGs of a frame before and after.

        Raises:
            Unsupported: No look does any of the operations.
            FootageRejected: The footage cannot be read.
        """
        return looked.preview_frame(source, _looks(ops), cache=self.cache)

    def preview_clip(self, source: Path, dest: Path, ops: Sequence[Operation]) -> None:
        """Write the first seconds, small, as an MP4.

        Raises:
            Unsupported: No look does any of the operations.
            FootageRejected: The footage cannot be read.
        """
        looked.preview_clip(source, dest, _looks(ops), cache=self.cache)


def _looks(ops: Sequence[Operation]) -> Looks:
    looks = looks_for(ops)
    if not looks:
        raise Unsupported(f"{LABEL}: nothing can be shown of {phrases(ops) or 'this'}.")
    return looks
