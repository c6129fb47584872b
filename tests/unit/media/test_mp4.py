"""The index of an MP4, read in plain Python."""

import random
import struct
from pathlib import Path

import av
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clipbot.media import mp4
from clipbot.media.mp4 import NotMp4, box, full_box, load_track, load_tracks
from tests import media


def _packets(path: Path) -> list[tuple[int, int, int, bool]]:
    """Return (offset, size, pts, key) of every picture packet, as libavformat reads them."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        return [
            (packet.pos or 0, packet.size, packet.pts or 0, packet.is_keyframe)
            for packet in container.demux(stream)
            if packet.size
        ]


@pytest.mark.parametrize(
    "options",
    [
        ("-g", "16"),
        ("-g", "16", "-bf", "2", "-preset", "veryfast"),
        ("-movflags", "+faststart", "-bf", "2", "-preset", "veryfast"),
        ("-c:v", "mpeg4", "-bf", "2"),
    ],
)
def test_the_index_agrees_with_libavformat(options: tuple[str, ...]) -> None:
    path = media.clip(0, options=options)
    track = load_track(path)

    ours = [
        (offset, size, shown - track.first_tick, sample in track.sync)
        for sample, (offset, size, shown) in enumerate(
            zip(track.offsets, track.sizes, track.shown_at(), strict=True)
        )
    ]
    assert ours == _packets(path)
    assert (track.width, track.height) == (320, 180)
    assert track.ticks == 2 * track.timescale


def test_sound_is_a_track_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "both.mp4"
    media.make("-i", str(media.clip(0)), "-i", str(media.song(2.0)), "-c:v", "copy", str(path))
    assert [track.handler for track in load_tracks(path)] == ["vide", "soun"]
    sound = load_track(path, "soun")
    assert (sound.codec, sound.timescale) == ("mp4a", 44100)
    assert sound.sync == frozenset(range(len(sound.sizes)))


def test_a_track_that_is_not_there_is_said_so() -> None:
    with pytest.raises(NotMp4, match="has no sound"):
        load_track(media.clip(0), "soun")


def test_wide_offsets_and_lengths_are_read(tmp_path: Path) -> None:
    """Files beyond 4 GB have 64-bit boxes; a small one may have them too."""
    original = media.clip(0)
    content = original.read_bytes()
    at = content.index(b"stco") - 4
    length = struct.unpack_from(">I", content, at)[0]
    count = struct.unpack_from(">I", content, at + 12)[0]
    chunks = struct.unpack_from(f">{count}I", content, at + 16)
    co64 = full_box(b"co64", 0, struct.pack(f">I{count}Q", count, *chunks))
    grown = len(co64) - length
    moov = bytearray(content[content.index(b"moov") - 4 : at] + co64 + content[at + length :])
    for kind in (b"moov", b"trak", b"mdia", b"minf", b"stbl"):
        place = moov.index(kind) - 4
        struct.pack_into(">I", moov, place, struct.unpack_from(">I", moov, place)[0] + grown)
    wide = struct.pack(">I4sQ", 1, b"moov", len(moov) + 8) + bytes(moov[8:])
    path = tmp_path / "wide.mp4"
    path.write_bytes(content[: content.index(b"moov") - 4] + wide)

    assert load_track(path).offsets == load_track(original).offsets


def test_samples_of_one_size_are_read(tmp_path: Path) -> None:
    path = tmp_path / "raw.mov"
    media.make("-i", str(media.song(1.0)), "-c:a", "pcm_s16le", str(path))
    track = load_track(path, "soun")
    assert set(track.sizes) == {4}
    assert track.ticks == 44100


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"<html><body>403</body></html>", "is not a video file"),
        (box(b"ftyp", b"isom"), "cut off: its index is missing"),
        (box(b"ftyp", b"isom") + struct.pack(">I4s", 4, b"mdat"), "damaged index"),
        (box(b"ftyp", b"isom") + struct.pack(">I4s", 4000, b"moov"), "is cut off"),
        (box(b"moov", struct.pack(">I4s", 4, b"trak")), "damaged index"),
        (box(b"moov", box(b"trak")), "damaged index"),
    ],
)
def test_a_file_that_is_no_mp4_is_said_so(content: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(content)
    with pytest.raises(NotMp4, match=reason):
        load_track(path)


@pytest.mark.parametrize("table", [b"stsz", b"stts", b"ctts", b"stco", b"stsc"])
def test_a_count_of_four_billion_costs_no_memory(table: bytes, tmp_path: Path) -> None:
    content = bytearray(media.clip(0, options=("-g", "16", "-bf", "2")).read_bytes())
    place = content.rindex(table) + (12 if table == b"stsz" else 8)
    struct.pack_into(">I", content, place, 0xFFFFFFFF)
    path = tmp_path / "bomb.mp4"
    path.write_bytes(content)
    with pytest.raises(NotMp4):
        load_track(path)


@pytest.mark.parametrize("same", [1, 100])
def test_a_bomb_of_equal_sizes_costs_no_memory(same: int, tmp_path: Path) -> None:
    content = bytearray(media.clip(0).read_bytes())
    struct.pack_into(">II", content, content.rindex(b"stsz") + 8, same, 0xFFFFFFFF)
    path = tmp_path / "bomb.mp4"
    path.write_bytes(content)
    with pytest.raises(NotMp4):
        load_track(path)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32), st.integers(1, 40))
def test_a_damaged_index_is_read_or_refused_and_nothing_else(
    tmp_path: Path, seed: int, flips: int
) -> None:
    content = bytearray(media.clip(0, options=("-g", "16", "-bf", "2")).read_bytes())
    index, chance = content.index(b"moov") - 4, random.Random(seed)  # noqa: S311
    for _ in range(flips):
        content[chance.randrange(index, len(content))] = chance.randrange(256)
    path = tmp_path / f"{seed}-{flips}.mp4"
    path.write_bytes(content)
    try:
        tracks = load_tracks(path)
    except NotMp4:
        return
    assert all(len(track.offsets) == len(track.sizes) for track in tracks)
    assert all(len(track.shown_at()) <= len(track.sizes) for track in tracks)


def test_an_index_is_read_once() -> None:
    path = media.clip(0)
    first = load_track(path)
    assert load_track(path) is first
    mp4.forget()
    assert load_track(path) is not first
    assert load_track(path) == first
