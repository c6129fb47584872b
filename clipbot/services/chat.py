"""One turn of the chat: understand, price, answer; undo and restore at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from clipbot.domain.money import Quote
from clipbot.domain.plan import Act, Edit, Plan, Topic, to_json
from clipbot.domain.user import User
from clipbot.domain.wording import clip_names, enumeration, graded, named_changes, waiting
from clipbot.errors import ConflictError, NeedsAnswer, RequestError
from clipbot.services.access import owned
from clipbot.services.answers import AnswerService
from clipbot.services.base import Clock
from clipbot.services.conversation import Conversations, view
from clipbot.services.history import HistoryService
from clipbot.services.plans import PlanService, checked
from clipbot.services.quotes import QuoteService
from clipbot.services.slots import SlotService
from clipbot.services.telling import how
from clipbot.services.templates import TemplateService
from clipbot.services.views import (
    ChatTurn,
    MessageView,
    Quoted,
    RegenerationRecord,
    RegenerationStatus,
)
from clipbot.store.store import Store

_LAST_CHANGE = "undo the last change"


@dataclass(frozen=True, slots=True)
class ChatService:
    """Talks; every line is written down, per job."""

    store: Store
    plans: PlanService
    quotes: QuoteService
    versions: HistoryService
    slots: SlotService
    templates: TemplateService
    conversations: Conversations
    answers: AnswerService
    clock: Clock

    def say(
        self,
        user: User,
        job_id: UUID,
        text: str,
        selected: Sequence[int] = (),
        *,
        renderer: str | None = None,
        template_id: str | None = None,
    ) -> ChatTurn:
        """Answer one message. An edit is priced, not started.

        Args:
            user: Who speaks.
            job_id: The job it is about.
            text: 1 to 2,000 characters.
            selected: Numbers of the selected clips, from 1.
            renderer: Key of the renderer, or None for the preferred one.
            template_id: Public id of the template whose words these are, if they are one's.

        Raises:
            EmptyInstruction: There is nothing in it.
            InstructionTooLong: There is too much in it.
            TemplateNotFound: The user has no such template.
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
            JobNotReady: The job cannot be edited now.
        """
        instruction = checked(text)
        wish, named = self.templates.spelled_out(user, instruction)
        plan = self.plans.plan(user, job_id, wish, selected)
        if named:  # The readings are of words that nobody typed.
            plan = replace(plan, readings=(), unread=())
        plan = self.templates.stamped(user, plan, template_id or named)
        turn = self._answer(user, job_id, plan, instruction, renderer)
        messages = self._written(user, job_id, instruction, turn, selected)
        return ChatTurn(
            plan=turn.plan,
            reply=turn.reply,
            choices=turn.choices,
            quoted=turn.quoted,
            changed=turn.changed,
            messages=messages,
        )

    def history(
        self, user: User, job_id: UUID, *, clip_index: int | None = None, limit: int = 200
    ) -> list[MessageView]:
        """Return the job's chat, or only what is about one clip, oldest line first."""
        owned(self.store.jobs, user, job_id)
        return self.conversations.of_job(job_id, clip_index=clip_index, limit=limit)

    def greeting(self, user: User, job_id: UUID, selected: Sequence[int]) -> str:
        """Return what the chat says before anything was said."""
        owned(self.store.jobs, user, job_id)
        if not selected:
            return "Pick a clip, then tell me what should change."
        return f"What should change in {clip_names(sorted(selected))}?"

    def _answer(
        self, user: User, job_id: UUID, plan: Plan, instruction: str, renderer: str | None
    ) -> ChatTurn:
        try:
            return self._done(user, job_id, plan, instruction, renderer)
        except NeedsAnswer as question:
            return ChatTurn(plan, str(question), question.choices)
        except (RequestError, ConflictError) as refusal:
            return ChatTurn(plan, str(refusal))

    def _done(
        self, user: User, job_id: UUID, plan: Plan, instruction: str, renderer: str | None
    ) -> ChatTurn:
        """Price, look up or move; an edit of footage alone waits for a yes."""
        match plan.act:
            case Act.EDIT if not plan.slots:
                quoted = self.quotes.quote(
                    user, job_id, plan=plan, text=instruction, renderer=renderer
                )
                return ChatTurn(quoted.plan, _offer(quoted), quoted=quoted)
            case Act.ANSWER:
                answered = self.answers.answer(user, job_id, plan, instruction)
                return ChatTurn(answered, answered.reply or "")
            case Act.CHAT if plan.topic is Topic.HELP:
                return ChatTurn(plan, how(instruction))
            case Act.EDIT | Act.UNDO | Act.REDO | Act.RESTORE:
                return self._step(user, job_id, plan, instruction)
            case Act.STYLE:
                return ChatTurn(plan, "I cannot carry a look from one clip to another yet.")
            case _:
                return ChatTurn(plan, plan.question or plan.reply or "", plan.choices)

    def _step(self, user: User, job_id: UUID, plan: Plan, instruction: str) -> ChatTurn:
        named = [number for edit in plan.edits for number in edit.clips]
        if running := self.store.regenerations.of_job(job_id, open_only=True):
            return ChatTurn(plan, _wait_for(running))
        if plan.slots:
            changed = self.slots.change(user, job_id, plan.slots)
            return ChatTurn(plan, changed.reply, changed=bool(changed.plan.rows))
        if plan.act is Act.RESTORE:
            for number in named:
                self.versions.use(user, job_id, number - 1, plan.version or 1)
            said = f"{clip_names(named).capitalize()}: back to version {plan.version or 1}."
            return ChatTurn(plan, said, changed=True)
        if plan.act is Act.UNDO and named:
            return self._take_back(user, job_id, plan, named)
        is_open = plan.act is Act.UNDO and not _means_the_film(instruction)
        if is_open and self.conversations.unconfirmed(job_id):
            return self._nothing_done(user, job_id, plan)
        return self._move(user, job_id, plan)

    def _move(self, user: User, job_id: UUID, plan: Plan) -> ChatTurn:
        """Take back the last change of the film, or put it back, and say which it was."""
        if plan.act is Act.UNDO:
            label = self.versions.undo(user, job_id).redo_label
        else:
            label = self.versions.redo(user, job_id).undo_label
        verb = "Taken back" if plan.act is Act.UNDO else "Put back"
        return ChatTurn(plan, f"{verb}: {label}.", changed=True)

    def _nothing_done(self, user: User, job_id: UUID, plan: Plan) -> ChatTurn:
        """Say that the last wish was never carried out, and offer what could be taken back."""
        label = self.versions.jobs.get(user, job_id).undo_label
        reply = "That was not confirmed, so the film is as it was."
        if label is None:
            return ChatTurn(plan, reply)
        return ChatTurn(plan, f"{reply} The last change was: {label}.", (_LAST_CHANGE,))

    def _take_back(self, user: User, job_id: UUID, plan: Plan, named: Sequence[int]) -> ChatTurn:
        """Take back named clips: a restore each, so that other clips' changes stay."""
        cursor = self.store.history.cursor(job_id)
        done = [entry for entry in cursor.entries if entry.position <= cursor.position]
        if done and not {change.clip_index + 1 for change in done[-1].slots}.isdisjoint(named):
            return self._move(user, job_id, plan)
        back = {c.clip_index: c.before for entry in done for c in entry.changes}
        missing = [number for number in named if number - 1 not in back]
        if missing:
            return ChatTurn(plan, f"Nothing was changed in {clip_names(missing)}.")
        for number in named:
            self.versions.use(user, job_id, number - 1, back[number - 1])
        said = f"{clip_names(named).capitalize()}: the last change is taken back."
        return ChatTurn(plan, said, changed=True)

    def _written(
        self,
        user: User,
        job_id: UUID,
        instruction: str,
        turn: ChatTurn,
        selected: Sequence[int],
    ) -> tuple[MessageView, ...]:
        messages = self.store.messages
        now = self.clock()
        named = [number for edit in turn.plan.edits for number in edit.clips]
        asked = messages.add(
            job_id,
            role="user",
            content=instruction,
            now=now,
            user_id=user.id,
            clips=named or selected,
        )
        answered = messages.add(
            job_id,
            role="assistant",
            content=turn.reply,
            now=now,
            user_id=user.id,
            plan=to_json(turn.plan),
            choices=turn.choices,
            clips=named or selected,
        )
        return view(asked), view(answered)


def _means_the_film(instruction: str) -> bool:
    """Whether an undo is for what was done last, whatever was planned since."""
    return "last" in instruction.lower().split()


def _wait_for(running: Sequence[RegenerationRecord]) -> str:
    """Say why nothing can be taken back or put back now."""
    first = running[-1]
    name = f"Clip {first.clip_index + 1}"
    if first.status is RegenerationStatus.QUEUED:
        state = f"{name} is about to be edited"
    else:
        state = f"{name} is being edited right now ({first.progress} %)"
    return f"{state}. Cancel that edit, or wait until it is done; then I can do this."


def _changes(edit: Edit) -> str:
    return named_changes(edit, graded)


def _cost(quote: Quote) -> str:
    """Return the most that it can cost, and what it usually does where that is less."""
    most = f"${quote.ceiling_micros / 1e6:.2f}"
    if quote.estimate_micros == quote.ceiling_micros:
        return most
    return f"about ${quote.estimate_micros / 1e6:.2f}, at most {most}"


def _offer(quoted: Quoted) -> str:
    """Return what would change, what stays, and the price."""
    parts = []
    for edit in quoted.plan.edits:
        names = clip_names(edit.clips)
        changes = _changes(edit) or "a change"
        untold = [words for words in edit.keep if words not in changes]
        kept = f", keeping {enumeration(untold)}" if untold else ""
        parts.append(f"{names[0].upper()}{names[1:]}: {changes.rstrip('.')}{kept}.")
    cost = _cost(quoted.quote)
    time = waiting(max(1.0, quoted.quote.estimated_seconds))
    chosen = next((r for r in quoted.renderers if r.key == quoted.quote.renderer), None)
    by = f"{chosen.label}, " if chosen else ""
    note = f" {quoted.plan.reply}" if quoted.plan.reply else ""
    if takes := [row.take for row in quoted.rows if row.take]:
        like = f" like version {quoted.plan.version}" if quoted.plan.version else ""
        count = f"{len(takes)} takes" if len(takes) > 1 else "One take"
        parts = [f"{count}{like}, to choose from.", *parts]
    return f"{' '.join(parts)} {by}{cost}, {time}.{note}"
