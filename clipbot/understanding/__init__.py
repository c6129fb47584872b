"""A sentence and its context understood as a plan; pure (contracts/understanding.md).

    text ── tokens ── targets ── pieces ── wishes ── folding ── reading ──▶ Plan

`tokens` cuts words, `targets` finds which clips are named, `pieces` cuts the sentence
into parts that say one thing, `wishes` reads each part, `folding` gives every wish its
clips, and `reading` decides the act and asks where anything is unclear.
"""

from clipbot.understanding.context import ClipFacts, Context, Turn
from clipbot.understanding.reading import understand
from clipbot.understanding.rows import plan_document

__all__ = ["ClipFacts", "Context", "Turn", "plan_document", "understand"]
