"""What all stage models share."""

from pydantic import BaseModel, ConfigDict


class Stored(BaseModel):
    """Something that the pipeline stored; unknown keys are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")
