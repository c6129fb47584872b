"""What the handlers answer: views as JSON for the page.

Money goes out as decimal strings in dollars, as everywhere. Text goes out as it is;
the page shows it as text and nothing else.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from clipbot.domain.money import decimal_string
from clipbot.domain.plan import Act, Edit, Reading, from_json, to_json
from clipbot.domain.slot_words import wished
from clipbot.errors import ClipbotError
from clipbot.services.views import (
    ChatTurn,
    EventRecord,
    MessageView,
    PromptChange,
    Quoted,
    QuotedRow,
    RegenerationRecord,
    RendererView,
    TemplateView,
)

Json = dict[str, Any]


def answered(act: Callable[[], Mapping[str, Any]]) -> Json:
    """Return what `act` answers, or what the page shows where it is refused."""
    try:
        return {"ok": True, **act()}
    except ClipbotError as error:
        return refusal(error)


def refusal(error: ClipbotError) -> Json:
    """Return an error in the shape that REST uses, too."""
    return {
        "ok": False,
        "code": error.code,
        "detail": str(error),
        "retryable": error.retryable,
        "choices": list(getattr(error, "choices", ())),
    }


def turn(answer: ChatTurn) -> Json:
    """Return one turn of the chat."""
    return {
        "act": answer.plan.act.value,
        "changed": answer.changed,
        "quoted": quoted(answer.quoted) if answer.quoted else None,
        "messages": [message(each) for each in answer.messages],
    }


def message(record: MessageView) -> Json:
    """Return one line of the chat's history.

    An answer says by itself how the question was read; its readings stay out.
    """
    is_answer = record.plan is not None and record.plan.get("act") == Act.ANSWER
    return {
        "id": record.id,
        "role": record.role,
        "content": record.content,
        "choices": list(record.choices),
        "plan": _proposed(record.plan),
        "clips": list(record.clips),
        "answer_clips": _answer_clips(record.plan),
        "slots": _slots(record.plan),
        "readings": [_reading(each) for each in record.readings if not is_answer],
        "unread": list(record.unread),
        "change": _change(record.change) if record.change else None,
        "regeneration": str(record.regeneration_id) if record.regeneration_id else None,
        "status": record.edit_status.value if record.edit_status else None,
        "created_at": record.created_at.isoformat(),
    }


def quoted(price: Quoted) -> Json:
    """Return a price to be confirmed."""
    quote = price.quote
    return {
        "quote_id": str(quote.id),
        "plan": to_json(price.plan),
        "instruction": price.instruction,
        "edits": [_edit(each) for each in price.plan.edits],
        "rows": [_row(each) for each in price.rows],
        "lines": [
            {
                "label": line.label,
                "estimate": decimal_string(line.estimate_micros),
                "ceiling": decimal_string(line.ceiling_micros),
            }
            for line in quote.lines
        ],
        "estimate": decimal_string(quote.estimate_micros),
        "ceiling": decimal_string(quote.ceiling_micros),
        "seconds": quote.estimated_seconds,
        "left": decimal_string(price.left_micros),
        "budget": decimal_string(price.budget_micros),
        "warnings": list(quote.warnings),
        "renderer": quote.renderer,
        "renderers": [_renderer(each, price.plan.readings) for each in price.renderers],
        "with_retries": price.with_retries,
        "can_retry": price.can_retry,
        "expires_at": quote.expires_at.isoformat(),
    }


def template(view: TemplateView) -> Json:
    """Return a template of somebody's own, as a chip shows it."""
    return {
        "id": view.id,
        "title": view.title,
        "instruction": view.instruction,
        "is_own": view.is_own,
        "is_shared": view.is_shared,
        "uses": view.usage_count,
    }


def run(record: RegenerationRecord) -> Json:
    """Return an edit that was queued."""
    return {
        "regeneration_id": str(record.id),
        "batch_id": str(record.batch_id) if record.batch_id else None,
        "clip_index": record.clip_index,
        "take": record.take.number if record.take else None,
        "instruction": record.instruction,
        "status": record.status.value,
        "progress": record.progress,
        "message": record.message,
        "estimated_time": record.estimated_seconds,
        "is_cancel_requested": record.is_cancel_requested,
        "created_at": record.created_at.isoformat(),
        "started_at": record.started_at.isoformat() if record.started_at else None,
    }


def event(record: EventRecord) -> Json:
    """Return an event as the stream would."""
    told = ("error", "code", "version_number", "status")
    return {name: record.fields[name] for name in told if name in record.fields} | {
        "id": record.id,
        "event": record.name,
        "job_id": str(record.job_id),
        "regeneration_id": str(record.regeneration_id) if record.regeneration_id else None,
        "clip_index": record.clip_index,
        "progress": record.progress,
        "message": record.message,
    }


def _proposed(plan: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Return the plan of a line that proposes edits: the page can make a card of it again."""
    is_edit = plan is not None and plan.get("act") == Act.EDIT and not plan.get("slots")
    return plan if is_edit else None


def _slots(plan: Mapping[str, Any] | None) -> list[Json]:
    """Return what a line wants of slots, in words; a stored plan may be anything."""
    try:
        wishes = from_json(plan).slots if plan and plan.get("slots") else ()
    except ValueError:
        return []
    return [{"clip": wish.clip, "what": wished(wish)} for wish in wishes]


def _answer_clips(plan: Mapping[str, Any] | None) -> list[int]:
    """Return the clips that an answer is made of; a selection alone is none."""
    if plan is None or plan.get("act") != Act.ANSWER:
        return []
    return sorted({clip for edit in plan.get("edits") or () for clip in edit.get("clips") or ()})


def _reading(reading: Reading) -> Json:
    return {
        "words": reading.words,
        "start": reading.start,
        "stop": reading.stop,
        "means": reading.means,
    }


def _change(change: PromptChange) -> Json:
    return {
        "removed": list(change.removed),
        "added": list(change.added),
        "prompt": change.prompt,
        "temperature": change.temperature,
        "band": change.band,
        "seed": change.seed,
        "is_seed_kept": change.is_seed_kept,
        "model": change.model,
    }


def _edit(edit: Edit) -> Json:
    return {
        "clips": list(edit.clips),
        "instruction": edit.instruction,
        "keep": list(edit.keep),
    }


def _row(row: QuotedRow) -> Json:
    return {
        "clip": row.clip_index + 1,
        "instruction": row.edit.instruction,
        "changes": row.changes,
        "keeps": list(row.keeps),
        "estimate": decimal_string(row.estimate_micros),
        "ceiling": decimal_string(row.ceiling_micros),
        "seconds": row.seconds,
        "reason": row.reason,
        "maker": row.renderer_label,
        "notes": list(row.notes),
        "hint": row.hint,
        "preview": row.preview.value,
        "is_free": not row.ceiling_micros,
        "take": row.take.number if row.take else None,
    }


def _renderer(renderer: RendererView, readings: Sequence[Reading]) -> Json:
    typed = {each.means: f"“{each.words}”" for each in reversed(readings)}
    return {
        "key": renderer.key,
        "label": renderer.label,
        "extent": renderer.extent,
        "estimate": decimal_string(renderer.estimate_micros),
        "ceiling": decimal_string(renderer.ceiling_micros),
        "seconds": renderer.seconds,
        "keeps": list(renderer.keeps),
        "leftover": [typed.get(words, words) for words in renderer.leftover],
        "refusal": renderer.refusal,
        "notes": list(renderer.notes),
        "accuracy": renderer.accuracy,
        "past": renderer.past,
        "made_film": renderer.made_film,
    }
