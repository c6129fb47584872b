"""Named edits: those that come with clipbot, a person's own, and those that others share.

An own template is an instruction that is for any clip, and the phrases that it puts into
a prompt and takes out of one. It is used like a built-in one: the plan, and the edit that
comes of it, carry its public id.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from clipbot.domain.own_templates import (
    LONGEST_NAME,
    MOST,
    called,
    calls_by_name,
    is_name,
    is_own_id,
    own_id,
    row_id,
    tidy_name,
)
from clipbot.domain.plan import Act, Plan
from clipbot.domain.templates import TEMPLATES, Template
from clipbot.domain.user import User
from clipbot.domain.wording import enumeration, phrases
from clipbot.errors import (
    MalformedId,
    NeedsAnswer,
    NotAllowed,
    QuoteRequired,
    TemplateNotFound,
    TemplateRejected,
)
from clipbot.language.phrases import phrases_between
from clipbot.services.access import owned
from clipbot.services.base import Clock
from clipbot.services.edits import EditService
from clipbot.services.plans import PlanService, checked
from clipbot.services.quotes import QuoteService
from clipbot.services.views import RegenerationRecord, TemplateView
from clipbot.store.records import NewTemplate, RegenerationStatus, TemplateRecord
from clipbot.store.store import Store
from clipbot.understanding.general import edits_of, is_general

MINE = "Mine"
SHARED = "Shared"


@dataclass(frozen=True, slots=True)
class TemplateService:
    """Lists, keeps and uses templates."""

    store: Store
    plans: PlanService
    quotes: QuoteService
    edits: EditService
    clock: Clock

    def list(self, user: User) -> list[TemplateView]:
        """Return the built-in templates, the user's own, and those that others share."""
        uses = self.store.templates.uses()
        own = self.store.templates.visible_to(user.id)
        return [
            *(_built_in(each, uses) for each in TEMPLATES.values()),
            *(_own(each, user) for each in own),
        ]

    def get(self, user: User, template_id: str) -> TemplateView:
        """Return one template.

        Raises:
            TemplateNotFound: There is none, or it is somebody else's and not shared.
            MalformedId: It cannot be the id of a template.
        """
        if template_id in TEMPLATES:
            return _built_in(TEMPLATES[template_id], self.store.templates.uses())
        return _own(self._visible(user, template_id), user)

    def save(
        self, user: User, name: str, instruction: str, *, shared: bool = False
    ) -> TemplateView:
        """Keep an instruction as a template.

        Args:
            user: Whose template it will be.
            name: 1 to 60 characters, one of its kind among the user's.
            instruction: One change, in words that name no clip.
            shared: Whether every user of this installation may use it.

        Raises:
            TemplateRejected: The name does not fit, or the words are no change.
            NeedsAnswer: The words name clips; the choice is the same without them.
            TemplateNameTaken: The user has one of this name.
            TooManyTemplates: The user has as many as one may have.
        """
        return self._add(NewTemplate(user.id, _named(name), _general(instruction), shared), user)

    def save_edit(
        self, user: User, name: str, regeneration_id: UUID, *, shared: bool = False
    ) -> TemplateView:
        """Keep a past edit as a template: its wish, and what it did to the prompt.

        The clips that the edit was for are left out.

        Raises:
            RegenerationNotFound: There is no such edit.
            NotAllowed: It belongs to somebody else.
            TemplateRejected: The name does not fit, or the wish makes sense for that clip only.
            TemplateNameTaken: The user has one of this name.
            TooManyTemplates: The user has as many as one may have.
        """
        edit = self.store.regenerations.get(regeneration_id)
        owned(self.store.jobs, user, edit.job_id)
        words_in, words_out = _words_of(edit)
        new = NewTemplate(user.id, _named(name), _wish_of(edit), shared, words_in, words_out)
        return self._add(new, user)

    def change(
        self,
        user: User,
        template_id: str,
        *,
        name: str | None = None,
        instruction: str | None = None,
        shared: bool | None = None,
    ) -> TemplateView:
        """Rename an own template, give it another instruction, share it or stop sharing it.

        With another instruction the phrases go that belonged to the old one.

        Raises:
            TemplateNotFound: There is none that the user may see.
            NotAllowed: It is not the user's own.
            TemplateRejected: The name does not fit, or the words are no change.
            NeedsAnswer: The words name clips.
            TemplateNameTaken: The user has another one of this name.
        """
        record = self._mine(user, template_id)
        if name is not None:
            record = replace(record, name=_named(name))
        if instruction is not None and instruction.strip() != record.instruction:
            record = replace(record, instruction=_general(instruction), words_in=(), words_out=())
        if shared is not None:
            record = replace(record, is_public=shared)
        return _own(self.store.templates.change(record), user)

    def delete(self, user: User, template_id: str) -> TemplateView:
        """Forget an own template, and return what it was; what was made with it stays.

        Raises:
            TemplateNotFound: There is none that the user may see.
            NotAllowed: It is not the user's own.
        """
        record = self._mine(user, template_id)
        self.store.templates.remove(record.id)
        return _own(record, user)

    def stamped(self, user: User, plan: Plan, template_id: str | None) -> Plan:
        """Return a plan that says which template it comes from, if it is one edit.

        Raises:
            TemplateNotFound: There is no such template for this user.
        """
        if template_id is None:
            return plan
        self.get(user, template_id)
        is_one = plan.act is Act.EDIT and len(plan.edits) == 1
        return replace(plan, template_id=template_id) if is_one else plan

    def spelled_out(self, user: User, text: str) -> tuple[str, str | None]:
        """Return a text with a template's wish in place of its name, and the template's id.

        "apply Neon rain to clip 2" becomes "clip 2: make it rainy"; any other text stays as
        it is, without an id.
        """
        if not calls_by_name(text):
            return text, None
        known = {each.name: each for each in reversed(self.store.templates.visible_to(user.id))}
        found = called(text, known)
        if found is None:
            return text, None
        record, clips = known[found[0]], found[1]
        wish = f"{clips}: {record.instruction}" if clips else record.instruction
        return wish, own_id(record.id)

    def apply(
        self,
        user: User,
        job_id: UUID,
        clip_index: int,
        template_id: str,
        customizations: str = "",
        *,
        quote_id: UUID | None = None,
    ) -> RegenerationRecord:
        """Queue a template's edit of one clip; without a quote only if it costs nothing.

        Args:
            user: Who asks.
            job_id: The job.
            clip_index: The clip, from 0.
            template_id: Public id of the template.
            customizations: What is wanted besides, in words that name no clip.
            quote_id: The confirmed price.

        Raises:
            TemplateNotFound: There is no such template for this user.
            ClipNotFound: No such clip.
            QuoteRequired: It costs money; the error carries a fresh quote.
            NeedsAnswer: What is wanted besides is unclear, or is about other clips.
        """
        template = self.get(user, template_id)
        text = _customized(template, customizations)
        self.quotes.projects.editable(user, job_id).clip(clip_index)
        if quote_id is not None:
            self._require_of(quote_id, template_id)
            return self.edits.regenerate(user, job_id, clip_index, text, quote_id=quote_id)
        plan = self.plans.plan(user, job_id, text, [clip_index + 1])
        if plan.act is Act.EDIT and [edit.clips for edit in plan.edits] != [(clip_index + 1,)]:
            raise NeedsAnswer(
                f"This is about clip {clip_index + 1}; please leave other clips out of the words."
            )
        plan = self.stamped(user, plan, template_id)
        quoted = self.quotes.quote(user, job_id, plan=plan, text=text)
        if quoted.quote.ceiling_micros:
            raise QuoteRequired(quoted.quote.id)
        return self.edits.confirm(user, job_id, quoted.quote.id)[0]

    def _require_of(self, quote_id: UUID, template_id: str) -> None:
        _, plan, _, _ = self.store.quotes.get(quote_id)
        if plan.template_id != template_id:
            raise NeedsAnswer("That price is not for this template.")

    def _add(self, new: NewTemplate, user: User) -> TemplateView:
        return _own(self.store.templates.add(new, most=MOST, now=self.clock()), user)

    def _visible(self, user: User, template_id: str) -> TemplateRecord:
        id_ = row_id(template_id)
        if id_ is None:
            raise MalformedId("template") if is_own_id(template_id) else TemplateNotFound
        record = self.store.templates.get(id_)
        if record.user_id != user.id and not record.is_public:
            raise TemplateNotFound
        return record

    def _mine(self, user: User, template_id: str) -> TemplateRecord:
        if template_id in TEMPLATES:
            raise NotAllowed("This template comes with clipbot; save one of your own instead.")
        record = self._visible(user, template_id)
        if record.user_id != user.id:
            raise NotAllowed("This template belongs to somebody else.")
        return record


def _built_in(template: Template, uses: Mapping[str, int]) -> TemplateView:
    return TemplateView(
        id=template.id,
        title=template.title,
        group=template.group.value,
        instruction=template.instruction,
        preserves=template.preserves,
        words_in=template.words_in,
        words_out=template.words_out,
        usage_count=uses.get(template.id, 0),
    )


def _own(record: TemplateRecord, user: User) -> TemplateView:
    is_own = record.user_id == user.id
    return TemplateView(
        id=own_id(record.id),
        title=record.name,
        group=MINE if is_own else SHARED,
        instruction=record.instruction,
        preserves=tuple(keep for edit in edits_of(record.instruction) for keep in edit.keep),
        words_in=record.words_in,
        words_out=record.words_out,
        usage_count=record.usage_count,
        is_built_in=False,
        is_own=is_own,
        is_shared=record.is_public,
        created_at=record.created_at,
    )


def _named(name: str) -> str:
    tidy = tidy_name(name)
    if not is_name(tidy):
        raise TemplateRejected(f"A template's name has 1 to {LONGEST_NAME} characters.")
    return tidy


def _general(text: str) -> str:
    """Return an instruction that would do for any clip.

    Raises:
        TemplateRejected: It is no change that can be understood, or several.
        NeedsAnswer: It names clips; the choice is the same wish without them.
    """
    instruction = checked(text)
    if is_general(instruction):
        return instruction
    edits = edits_of(instruction)
    if len(edits) > 1:
        raise TemplateRejected("A template is one change; these are several, for different clips.")
    if not edits:
        raise TemplateRejected(
            "I cannot read that as a change of any one clip; say it like “make it nighttime”."
        )
    without = _saying(edits[0].instruction, edits[0].keep)
    raise NeedsAnswer(
        "A template is for any clip, so please leave the clips out of the words.",
        [without] if is_general(without) else [],
    )


def _wish_of(edit: RegenerationRecord) -> str:
    """Return what an edit was to do, in words that name no clip."""
    for words in (edit.edit.instruction, phrases(edit.edit.ops)):
        wish = _saying(words, edit.edit.keep)
        if words and is_general(wish):
            return wish
    raise TemplateRejected(
        f"That edit makes sense for clip {edit.clip_index + 1} only; "
        "please save the wish in words of your own."
    )


def _saying(instruction: str, keep: Sequence[str]) -> str:
    words = instruction.strip().rstrip(".!")
    return f"{words}, keep {enumeration(keep)}" if keep else words


def _words_of(edit: RegenerationRecord) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if edit.status is not RegenerationStatus.COMPLETED or edit.prompt is None:
        return (), ()
    return phrases_between(edit.original_prompt or "", edit.prompt)


def _customized(template: TemplateView, customizations: str) -> str:
    more = customizations.strip()
    return checked(f"{template.instruction.rstrip('.!')}, {more}" if more else template.instruction)
