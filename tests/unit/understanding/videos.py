"""Two videos to understand instructions against, and plans in one line."""

from clipbot.domain.plan import Act, Edit, Kind, Operation, Plan
from clipbot.understanding import ClipFacts, Context, Turn, understand

MEASURED = Context(
    (
        ClipFacts(1, 0, 10, "intro", 1, None, 0.1, 0.1, -0.3, 0.05),
        ClipFacts(2, 10, 20, "verse", 1, "Paper lanterns over the street", 0.4, 0.4, 0.0, 0.01),
        ClipFacts(3, 20, 30, "chorus", 1, "Carry me home tonight", 0.8, 0.7, 0.3, 0.3, 3, 3),
        ClipFacts(4, 30, 40, "verse", 2, "Rain on the awning", 0.2, 0.5, 0.1, 0.1, 2),
        ClipFacts(5, 40, 50, "pre-chorus", 1, "Hold the tide", 0.5, 0.5, 0.0, 0.1),
        ClipFacts(6, 50, 60, "chorus", 2, "Carry me home again", 0.7, 0.3, -0.1, 0.2),
    )
)
"""Six clips of ten seconds; clips 1 and 4 are dark, 3 and 6 bright, 2 is slow."""
PLAIN = Context(tuple(ClipFacts(number) for number in range(1, 5)))
"""Four clips of which nothing is known."""
SHOWN = Context(
    (
        ClipFacts(1, 0, 5, prompt="a woman in a boat on a lake"),
        ClipFacts(2, 5, 10, prompt="paper lanterns over a street"),
        ClipFacts(3, 10, 15, prompt="a woman runs through a dark arcade"),
    )
)
"""Three clips of which only the prompts are known."""
SINGLE = Context((ClipFacts(1),))
EMPTY = Context(())


def line(
    text: str, selected: tuple[int, ...] = (), video: Context = MEASURED, after: Plan | None = None
) -> str:
    """Return the plan of a text in one line: "edit 2,4 brightness:up; 5 weather:rain"."""
    history = (Turn("user", "..."), Turn("assistant", "Done.", after)) if after else ()
    return told(understand(text, Context(video.clips, selected, history)))


def told(plan: Plan) -> str:
    """Return a plan in one line."""
    edits = "; ".join(map(_edit, plan.edits))
    number = "" if plan.version is None else f" v{plan.version}"
    source = "" if plan.source_clip is None else f" like {plan.source_clip}"
    return f"{plan.act} {edits}{number}{source}".replace("  ", " ").strip()


def done(clips: tuple[int, ...], kind: Kind, direction: str | None = None) -> Plan:
    """Return the plan of an edit that was made before."""
    return Plan(Act.EDIT, (Edit(clips, (Operation(kind, direction),), "as said"),))


def _edit(edit: Edit) -> str:
    marks = {"slight": "-", "medium": "", "strong": "+"}
    ops = " ".join(f"{op.kind}:{op.direction}{marks[op.strength]}" for op in edit.ops)
    keep = f" keeping {', '.join(edit.keep)}" if edit.keep else ""
    return f"{','.join(map(str, edit.clips))} {ops}{keep}".strip()
