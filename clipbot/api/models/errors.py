"""How every error looks."""

from uuid import UUID

from pydantic import Field

from clipbot.api.models.common import Shape


class ErrorModel(Shape):
    """Something went wrong; nothing was changed unless `detail` says so."""

    code: str = Field(examples=["clip_not_found"], description="For programs; never changes.")
    detail: str = Field(
        examples=["There is no clip 7; this video has 6."], description="One sentence for people."
    )
    retryable: bool = Field(examples=[False], description="Whether the same request may succeed.")
    choices: list[str] = Field(
        default=[],
        examples=[["make clip 1 brighter", "make clip 2 brighter"]],
        description="Complete instructions to choose from (`needs_answer`).",
    )
    leftover: list[str] = Field(
        default=[], description="What nothing here can do (`unsupported`).", examples=[["add snow"]]
    )
    quote_id: UUID | None = Field(
        default=None, description="The price to confirm (`quote_required`)."
    )
    retry_after: int | None = Field(default=None, description="Seconds to wait (429, 503).")
