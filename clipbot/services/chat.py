"""One turn of the chat: understand, price, answer; undo and restore at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from clipbot.domain.plan import Act, Plan, to_json
from clipbot.domain.user import User
from clipbot.domain.wording import clip_names, enumeration, phrases
from clipbot.errors import ConflictError, NeedsAnswer, RequestError
from clipbot.services.access import owned
from clipbot.services.base import Clock
from clipbot.services.history import HistoryService
from clipbot.services.plans import PlanService, checked
from clipbot.services.quotes import QuoteService
from clipbot.services.views import ChatTurn, MessageRecord, Quoted
from clipbot.store.store import Store


@dataclass(frozen=True, slots=True)
class ChatService:
    """Talks; every line is written down, per job."""

    store: Store
    plans: PlanService
    quotes: QuoteService
    versions: HistoryService
    clock: Clock

    def say(
        self,
        user: User,
        job_id: UUID,
        text: str,
        selected: Sequence[int] = (),
        *,
        renderer: str | None = None,
    ) -> ChatTurn:
        """Answer one message. An edit is priced, not started.

        Args:
            user: Who speaks.
            job_id: The job it is about.
            text: 1 to 2,000 characters.
            selected: Numbers of the selected clips, from 1.
            renderer: Key of the renderer, or None for the preferred one.

        Raises:
            EmptyInstruction: There is nothing in it.
            InstructionTooLong: There is too much in it.
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
            JobNotReady: The job cannot be edited now.
        """
        instruction = checked(text)
        plan = self.plans.plan(user, job_id, instruction, selected)
        turn = self._answer(user, job_id, plan, instruction, renderer)
        messages = self._written(user, job_id, instruction, turn)
        return ChatTurn(
            plan=turn.plan,
            reply=turn.reply,
            choices=turn.choices,
            quoted=turn.quoted,
            changed=turn.changed,
            messages=messages,
        )

    def history(self, user: User, job_id: UUID, *, limit: int = 200) -> list[MessageRecord]:
        """Return the job's chat, oldest line first."""
        owned(self.store.jobs, user, job_id)
        return self.store.messages.of_job(job_id, limit=limit)

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
            match plan.act:
                case Act.EDIT:
                    quoted = self.quotes.quote(
                        user, job_id, plan=plan, text=instruction, renderer=renderer
                    )
                    return ChatTurn(plan, _offer(quoted), quoted=quoted)
                case Act.UNDO | Act.REDO | Act.RESTORE:
                    return self._step(user, job_id, plan)
                case Act.STYLE:
                    reply = "I cannot carry a look from one clip to another yet."
                    return ChatTurn(plan, reply)
                case _:
                    return ChatTurn(plan, plan.question or plan.reply or "", plan.choices)
        except NeedsAnswer as question:
            return ChatTurn(plan, str(question), question.choices)
        except (RequestError, ConflictError) as refusal:
            return ChatTurn(plan, str(refusal))

    def _step(self, user: User, job_id: UUID, plan: Plan) -> ChatTurn:
        named = [number for edit in plan.edits for number in edit.clips]
        if plan.act is Act.RESTORE:
            for number in named:
                self.versions.use(user, job_id, number - 1, plan.version or 1)
            said = f"{clip_names(named).capitalize()}: back to version {plan.version or 1}."
            return ChatTurn(plan, said, changed=True)
        if plan.act is Act.UNDO and named:
            return self._take_back(user, job_id, plan, named)
        move = self.versions.undo if plan.act is Act.UNDO else self.versions.redo
        move(user, job_id)
        said = "Taken back." if plan.act is Act.UNDO else "Put back."
        return ChatTurn(plan, said, changed=True)

    def _take_back(self, user: User, job_id: UUID, plan: Plan, named: Sequence[int]) -> ChatTurn:
        """Take back named clips: a restore each, so that other clips' changes stay."""
        cursor = self.store.history.cursor(job_id)
        done = [entry for entry in cursor.entries if entry.position <= cursor.position]
        back = {c.clip_index: c.before for entry in done for c in entry.changes}
        missing = [number for number in named if number - 1 not in back]
        if missing:
            return ChatTurn(plan, f"Nothing was changed in {clip_names(missing)}.")
        for number in named:
            self.versions.use(user, job_id, number - 1, back[number - 1])
        said = f"{clip_names(named).capitalize()}: the last change is taken back."
        return ChatTurn(plan, said, changed=True)

    def _written(
        self, user: User, job_id: UUID, instruction: str, turn: ChatTurn
    ) -> tuple[MessageRecord, ...]:
        messages = self.store.messages
        now = self.clock()
        asked = messages.add(job_id, role="user", content=instruction, now=now, user_id=user.id)
        answered = messages.add(
            job_id,
            role="assistant",
            content=turn.reply,
            now=now,
            user_id=user.id,
            plan=to_json(turn.plan),
            choices=turn.choices,
        )
        return (asked, answered)


def _offer(quoted: Quoted) -> str:
    """Return what would change, what stays, and the price."""
    parts = []
    for edit in quoted.plan.edits:
        names = clip_names(edit.clips)
        kept = f", keeping {enumeration(edit.keep)}" if edit.keep else ""
        parts.append(f"{names[0].upper()}{names[1:]}: {phrases(edit.ops) or 'a change'}{kept}.")
    price = quoted.quote.ceiling_micros / 1e6
    seconds = max(1, round(quoted.quote.estimated_seconds))
    chosen = next((r for r in quoted.renderers if r.key == quoted.quote.renderer), None)
    by = f"{chosen.label}, " if chosen else ""
    return f"{' '.join(parts)} {by}${price:.2f}, about {seconds} s."
