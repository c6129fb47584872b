"""What the pipeline hears in the song: beats, sections, words, clip boundaries; from the score."""

from itertools import pairwise
from typing import Any

from . import score

Row = dict[str, Any]


def slots() -> list[tuple[float, float]]:
    """Return the start and end of every clip in seconds."""
    bounds = score.clip_bounds()
    return list(pairwise(bounds))


def section_of(second: float) -> score.Section:
    """Return the section that sounds at a second."""
    starts = score.section_starts()
    return next(s for s, end in zip(score.SECTIONS, starts[1:], strict=True) if second < end)


def lyrics_of(start: float, end: float) -> str | None:
    """Return the words sung between two seconds, None when nobody sings."""
    return " ".join(text for text, at in score.words() if start <= at < end) or None


def beats() -> list[float]:
    """Return the time of every beat in seconds."""
    return [
        round(i * score.BEAT_SECONDS, 6)
        for i in range(round(score.SONG_SECONDS / score.BEAT_SECONDS))
    ]


def audio(job_id: str) -> Row:
    """Return the stored audio analysis of the song."""
    at_beats, words, starts = beats(), score.words(), score.section_starts()
    spans = list(zip(score.SECTIONS, starts, starts[1:], strict=False))
    return {
        "job_id": job_id,
        "bpm": score.BPM,
        "duration": score.SONG_SECONDS,
        "beat_timestamps": at_beats,
        "beat_count": len(at_beats),
        "beat_subdivisions": {
            "eighth_notes": [round(at + score.BEAT_SECONDS / 2, 6) for at in at_beats],
            "sixteenth_notes": [round(at + score.BEAT_SECONDS / 4, 6) for at in at_beats],
        },
        "beat_strength": [
            "upbeat" if i % score.BEATS_PER_BAR else "downbeat" for i in range(len(at_beats))
        ],
        "song_structure": [
            {"type": s.kind, "start": a, "end": b, "energy": s.energy, "beat_intensity": s.energy}
            for s, a, b in spans
        ],
        "mood": {
            "primary": "bright",
            "secondary": "calm",
            "energy_level": "medium",
            "confidence": 0.82,
        },
        "lyrics": [{"text": text, "timestamp": at} for text, at in words],
        "lyrics_count": len(words),
        "clip_boundaries": [{"start": a, "end": b, "duration": b - a} for a, b in slots()],
        "clip_boundaries_count": len(slots()),
        "metadata": _confidence(len(at_beats), len(words)),
    }


def _confidence(beat_count: int, word_count: int) -> Row:
    energies = [section.energy for section in score.SECTIONS]
    return {
        "beat_detection_confidence": 0.97,
        "structure_confidence": 0.8,
        "mood_confidence": 0.82,
        "lyrics_count": word_count,
        "lyrics_confidence": 0.9,
        "fallbacks_used": [],
        "subdivision_count": 2 * beat_count,
        "downbeat_count": beat_count // score.BEATS_PER_BAR,
        "intensity_distribution": {
            level: energies.count(level) for level in ("high", "medium", "low")
        },
        "breakpoint_stats": {},
        "segment_appropriateness": {},
        "processing_time": 9.8,
        "cache_hit": False,
    }
