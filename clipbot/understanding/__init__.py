"""A sentence and its context understood as a plan; pure (contracts/understanding.md).

    text ── tokens ── spelling ── targets ── pieces ── wishes ── folding ── reading ──▶ Plan

`tokens` cuts words, `spelling` puts slips right, `targets` finds which clips are named,
`pieces` cuts the sentence into parts that say one thing, `wishes` reads each part,
`folding` gives every wish its clips, and `reading` decides the act and asks where
anything is unclear; `readings` then says which words gave what. `merging` lets a
language model's proposal fill what went unread, and nothing else.
"""

from clipbot.understanding.context import ClipFacts, Context, Turn
from clipbot.understanding.merging import merged, needs_model
from clipbot.understanding.reading import understand
from clipbot.understanding.rows import plan_document

__all__ = ["ClipFacts", "Context", "Turn", "merged", "needs_model", "plan_document", "understand"]
