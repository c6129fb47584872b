"""A row of segments encoded by one ffmpeg process: what the engine is compared with.

Each footage is opened, decoded and scaled once, however many segments show it.
"""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from clipbot.domain.timeline import TransitionKind
from clipbot.media.encode import cut, input_of, seek_of
from clipbot.media.format import Format
from clipbot.media.segments import Segment, Shot


def one_process(
    segments: Sequence[Segment],
    picture: Format,
    target: Path,
    *,
    seek: bool,
    song: Path | None = None,
) -> list[str]:
    """Return ffmpeg's arguments.

    Args:
        segments: Touching, in order.
        picture: Format of the result.
        target: The file to make.
        seek: Whether decoding of a clip may begin late, as the engine's does.
        song: Encoded sound to copy, or None for silence.
    """
    shots = [shot for segment in segments for shot in segment.shots]
    by_footage: dict[str, list[Shot]] = {}
    for shot in shots:
        by_footage.setdefault(shot.footage.digest, []).append(shot)
    inputs: list[str] = []
    graph: list[str] = []
    names: dict[Shot, str] = {}
    for number, mine in enumerate(by_footage.values()):
        first, last = min(s.start for s in mine), max(s.stop for s in mine)
        whole = Shot(mine[0].footage, first, last, mine[0].slowdown)
        start = seek_of(whole, picture) if seek else Fraction(0)
        inputs += input_of(whole.footage.path, start)
        outputs = [f"s{number}_{at}" for at in range(len(mine))]
        split = f"split={len(mine)}" + "".join(f"[{name}]" for name in outputs)
        once = cut(whole, picture, is_sought=bool(start))
        graph.append(f"[{number}:v:0]{once},{picture.filters()},{split}")
        for name, shot in zip(outputs, mine, strict=True):
            frames = f"start_frame={shot.start - first}:end_frame={shot.stop - first}"
            graph.append(
                f"[{name}]trim={frames},setpts=PTS-STARTPTS,settb=1/{picture.rate}[{name}t]"
            )
            names[shot] = f"[{name}t]"
    graph += [_blended(segment, at, names, picture) for at, segment in enumerate(segments)]
    pieces = "".join(f"[p{at}]" for at in range(len(segments)))
    graph.append(f"{pieces}concat=n={len(segments)}:v=1[out]")
    sound = ["-map", f"{len(by_footage)}:a:0", "-c:a", "copy"] if song else []
    encoder = [option for option in picture.encoder() if not (song and option == "-an")]
    return [
        *("-copyts", *inputs, *(["-i", str(song)] if song else [])),
        *("-filter_complex_threads", str(picture.threads), "-filter_complex", ";".join(graph)),
        *("-map", "[out]", *sound, *encoder, str(target)),
    ]


def _blended(segment: Segment, at: int, names: dict[Shot, str], picture: Format) -> str:
    sources = [names[shot] for shot in segment.shots]
    if len(sources) == 1:
        return f"{sources[0]}null[p{at}]"
    if segment.transition is TransitionKind.FADE:
        half = segment.frames // 2
        out = f"{sources[0]}fade=t=out:start_frame=0:nb_frames={half}[o{at}]"
        back = f"{sources[1]}fade=t=in:start_frame=0:nb_frames={half}[i{at}]"
        return f"{out};{back};[o{at}][i{at}]concat=n=2:v=1[p{at}]"
    length, frame = float((segment.frames + 1) / picture.rate), float(1 / picture.rate)
    blend = f"xfade=transition=fade:duration={length:.9f}:offset={-frame:.9f}"
    return f"{sources[0]}{sources[1]}{blend}[p{at}]"
