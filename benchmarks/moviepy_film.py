"""The same film by MoviePy 2; run by an interpreter that has it (requirements-bench.txt).

python benchmarks/moviepy_film.py '{"clips": [...], "song": "...", "target": "...", ...}'
"""

import json
import sys
from typing import Any

from moviepy import AudioFileClip, CompositeVideoClip, VideoFileClip, concatenate_videoclips, vfx


def main(job: dict[str, Any]) -> None:
    """Put the clips behind each other, blended where the job says so, and encode the film."""
    slot, blend = job["slot_seconds"], job["crossfade_seconds"]
    last = len(job["clips"]) - 1
    clips = [
        VideoFileClip(path, audio=False).subclipped(0, slot + (blend if at < last else 0))
        for at, path in enumerate(job["clips"])
    ]
    if blend:
        placed = [
            clip.with_start(at * slot).with_effects([vfx.CrossFadeIn(blend)] if at else [])
            for at, clip in enumerate(clips)
        ]
        film = CompositeVideoClip(placed, size=clips[0].size)
    else:
        film = concatenate_videoclips(clips, method="chain")
    film.with_audio(AudioFileClip(job["song"]).subclipped(0, film.duration)).write_videofile(
        job["target"],
        fps=job["rate"],
        codec="libx264",
        audio_codec="aac",
        preset=job["preset"],
        threads=job["threads"],
        ffmpeg_params=["-crf", str(job["crf"]), "-pix_fmt", "yuv420p"],
        temp_audiofile_path=job["folder"],
        logger=None,
    )


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
