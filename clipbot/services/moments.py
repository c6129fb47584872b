"""Moments of a clip that reviewers' notes are about."""

import math

from clipbot.errors import RequestError
from clipbot.services.project import Project
from clipbot.services.review_views import ReviewRow


def within(moment_seconds: float, length_seconds: float) -> float:
    """Return a moment to the millisecond, if the clip has it.

    Raises:
        RequestError: It has not.
    """
    # Players round the length of what they play, and stand at its end.
    moment, most = round(moment_seconds, 3), math.ceil(length_seconds * 1_000) / 1_000
    if not 0 <= moment <= most:
        raise RequestError(f"A moment lies within its clip, from 0 to {most:g} seconds.")
    return moment


def clip_seconds(project: Project, row: ReviewRow) -> float:
    """Return how long a clip is: its place in the film, or the longer version of an edit.

    Versions may be longer than the place that they fill, and a reviewer sees all of them.
    """
    index, lengths = row.edit.clip_index, [0.0]
    if index < len(project.clips):
        clip = project.clips[index]
        lengths += [clip.end_seconds - clip.start_seconds, clip.footage_seconds or 0]
    shown = {side.number for side in (row.before, row.after) if side}
    lengths += [
        version.duration_seconds or 0
        for version in project.versions.get(index, ())
        if version.number in shown
    ]
    return max(lengths)
