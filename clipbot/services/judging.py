"""The gate: whether new footage may enter the film, by what was asked and what must stay.

Everything that is compared was measured before; nothing is decoded here, except footage that
an earlier edition measured less of.
"""

from dataclasses import dataclass, replace

from clipbot.domain.claims import another_clip, claims_for, cut_short, judge
from clipbot.domain.matching import judge_match, match_alone
from clipbot.domain.measures import Measures
from clipbot.domain.staying import staying_for
from clipbot.domain.verdicts import Finding, Verdict
from clipbot.domain.versions import ORIGINAL
from clipbot.media.signature import Signature, likeness, shown_instead
from clipbot.renderers.base import named
from clipbot.services.footage import FootageLibrary
from clipbot.services.project import Project
from clipbot.services.toning import ToneLibrary
from clipbot.services.work import Renderers
from clipbot.store.records import RegenerationRecord


@dataclass(frozen=True, slots=True)
class Judging:
    """Judges new footage."""

    library: FootageLibrary
    renderers: Renderers
    tones: ToneLibrary

    def moments(self, project: Project, row: RegenerationRecord) -> tuple[float, ...]:
        """Return the seconds at which new footage is to be looked at, as the old one was.

        Empty where nobody looked at the old one: it will be, in moments of its own.
        """
        base = _base(project, row)
        known = self.library.signatures([base] if base else []).get(base or "")
        return tuple(float(time) for time in known.times) if known else ()

    def verdict(
        self,
        project: Project,
        row: RegenerationRecord,
        footage_key: str,
        asked_seconds: float | None = None,
    ) -> Verdict:
        """Judge new footage of a clip.

        Args:
            project: As it is now.
            row: The edit.
            footage_key: The new footage.
            asked_seconds: Length that a model was asked for; None: nobody wrote it down.

        Raises:
            BlobNotFound: A file is gone.
            FootageRejected: A file is not usable.
        """
        base = _base(project, row)
        if base is None:
            nothing = Measures(0.0, 0.0, 0.0, 0.0)
            return judge((), nothing, nothing)
        before, after = self.library.survey(base), self.library.survey(footage_key)
        found = likeness(before.signature, after.signature)
        renderer = named(self.renderers.all, row.renderer)
        is_made_anew = renderer is not None and renderer.reads_prompt
        match = match_alone(row.edit.ops)
        staying = staying_for(row.edit, is_made_anew=is_made_anew)
        judged = judge(
            claims_for(row.edit.ops),
            before.measures,
            after.measures,
            # A clip that is like its neighbours already may stay as it is.
            replace(staying, must_change=match is None),
            found,
            self._other_clips(project, row.clip_index, after.signature, found.composition)
            + self._short(asked_seconds if is_made_anew else self._seconds(base), footage_key),
        )
        if match is None or match.match is None or judged.outcome == "failed":
            return judged
        was, became = self.tones.of(base), self.tones.of(footage_key)
        return judge_match(match, match.match, was.whole, became.whole)

    def _seconds(self, key: str) -> float:
        record = self.library.record(key)
        return float(record.frames / record.rate)

    def _short(self, asked_seconds: float | None, key: str) -> list[Finding]:
        """Return that footage is too short, if it is; looks are as long as what they are of."""
        found = cut_short(asked_seconds, self._seconds(key)) if asked_seconds else None
        return [found] if found else []

    def _other_clips(
        self, project: Project, own: int, shown: Signature, composition: float
    ) -> list[Finding]:
        """Return that the footage is another clip's, if it is."""
        keys = {
            index: key
            for index, number in project.numbers().items()
            if index != own and (key := project.footage_key(index, number))
        }
        known = self.library.signatures(keys.values())
        others = {index: known[key] for index, key in keys.items() if key in known}
        other = shown_instead(shown, composition, others)
        return [] if other is None else [another_clip(other)]


def _base(project: Project, row: RegenerationRecord) -> str | None:
    """Return the footage that an edit started from."""
    return project.footage_key(row.clip_index, row.base_number or ORIGINAL)
