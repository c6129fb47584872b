"""A finished film in another size, for export."""

from pathlib import Path

from clipbot.media import ffmpeg
from clipbot.media.film import VirtualFilm

_LONGEST_SECONDS = 4 * 3600.0


def resized(film: VirtualFilm, dest: Path, *, short_side: int) -> None:
    """Write a film with its pictures scaled; the sound is copied.

    Args:
        film: The film as it is.
        dest: The file to write; beside it a temporary copy of the film needs room.
        short_side: Of the new picture, in pixels, even.

    Raises:
        EncodingFailed: The film could not be encoded.
        StorageFull: There is no room.
    """
    whole = dest.with_name(f"{dest.name}.whole.mp4")
    scale = f"scale=w='if(gte(iw,ih),-2,{short_side})':h='if(gte(iw,ih),{short_side},-2)'"
    try:
        film.write(whole)
        ffmpeg.run(
            [
                *(
                    *ffmpeg.SAFE_INPUT,
                    "-i",
                    str(whole),
                    "-map",
                    "0",
                    "-vf",
                    f"{scale}:flags=lanczos",
                ),
                *("-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-pix_fmt", "yuv420p"),
                *("-c:a", "copy", "-movflags", "+faststart", "-f", "mp4", str(dest)),
            ],
            timeout_seconds=_LONGEST_SECONDS,
        )
    finally:
        whole.unlink(missing_ok=True)
