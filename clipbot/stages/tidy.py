"""What follows from a stage's own entries: totals, order, lengths left out."""

from decimal import Decimal

from clipbot.stages.models import AudioAnalysis, Clip, ClipPrompt, ClipPrompts, Clips


def tidied_audio(audio: AudioAnalysis) -> AudioAnalysis:
    """Return the song with a length, if anything in it tells one."""
    if audio.duration:
        return audio
    ends = [boundary.end for boundary in audio.clip_boundaries]
    ends += [section.end for section in audio.song_structure]
    return audio.model_copy(update={"duration": max(ends, default=0.0)})


def tidied_prompts(prompts: ClipPrompts) -> ClipPrompts:
    """Return one prompt per clip, the later entry where there are two."""
    by_index: dict[int, ClipPrompt] = {one.clip_index: one for one in prompts.clip_prompts}
    return prompts.model_copy(
        update={
            "clip_prompts": list(by_index.values()),
            "total_clips": max(prompts.total_clips, len(by_index)),
        }
    )


def tidied_clips(clips: Clips) -> Clips:
    """Return each clip once and by rising index, with totals that fit them."""
    by_index: dict[int, Clip] = {}
    for clip in clips.clips:
        known = by_index.get(clip.clip_index)
        # Stored in order of completion: a later entry is a later try, if it came to anything.
        if known is None or known.is_missing or not clip.is_missing:
            by_index[clip.clip_index] = clip
    kept = [by_index[index] for index in sorted(by_index)]
    successful = sum(clip.status == "success" for clip in kept)
    return clips.model_copy(
        update={
            "clips": kept,
            "total_clips": max(clips.total_clips, len(kept)),
            "successful_clips": successful,
            "failed_clips": len(kept) - successful,
            "total_cost": clips.total_cost or sum((clip.cost for clip in kept), Decimal(0)),
            "total_generation_time": clips.total_generation_time
            or sum(clip.generation_time for clip in kept),
        }
    )
