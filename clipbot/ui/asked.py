"""What the page sends with a call.

It comes from a browser, so nothing in it is trusted: every field is checked when it is
read, and what does not fit is refused in a sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from clipbot.domain.money import micros
from clipbot.domain.plan import Plan, from_json
from clipbot.errors import MalformedId, RequestError

_MOST_CLIPS = 1_000
_MOST_EDITS = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """One call's data."""

    data: Mapping[str, object]

    @classmethod
    def of(cls, data: object) -> Self:
        """Return what was sent.

        Raises:
            RequestError: It is not an object.
        """
        if not isinstance(data, Mapping):
            raise RequestError("That call was not understood.")
        return cls(data)

    @property
    def job_id(self) -> UUID:
        """The job that the page shows."""
        return self._id("job", "job")

    @property
    def quote_id(self) -> UUID:
        """The quote to spend."""
        return self._id("quote", "quote")

    @property
    def regeneration_id(self) -> UUID:
        """The edit that is meant."""
        return self._id("regeneration", "edit")

    @property
    def names_regeneration(self) -> bool:
        """Whether an edit is named at all."""
        return self.data.get("regeneration") is not None

    @property
    def regeneration_ids(self) -> tuple[UUID, ...]:
        """The edits that are meant."""
        listed = self.data.get("regenerations")
        if not isinstance(listed, list) or not 0 < len(listed) <= _MOST_EDITS:
            raise RequestError("That call names no edits.")
        return tuple(_uuid(each, "edit") for each in listed)

    @property
    def export_id(self) -> UUID:
        """The export that is meant."""
        return self._id("export", "export")

    @property
    def position(self) -> int:
        """Where in its history the film is to stand."""
        return _whole(self.data.get("position"), "change")

    @property
    def size(self) -> str | None:
        """In which size the film is wanted; None: in its own. The services check it."""
        size = self.data.get("size")
        return size if isinstance(size, str) else None

    @property
    def rate(self) -> int | None:
        """In how many pictures a second the film is wanted; None: in its own."""
        rate = self.data.get("rate")
        return None if rate is None else _whole(rate, "rate")

    @property
    def batch_id(self) -> UUID:
        """The batch that is meant."""
        return self._id("batch", "batch")

    @property
    def rows(self) -> tuple[tuple[int, str | None], ...]:
        """What stays of a plan: clip numbers from 1, each with what was typed for it, if anything.

        Raises:
            RequestError: It is not such a list.
        """
        listed = self.data.get("rows")
        if not isinstance(listed, list) or len(listed) > _MOST_EDITS:
            raise RequestError("The rows of the plan were not understood.")
        return tuple(_row(each) for each in listed)

    @property
    def text(self) -> str:
        """What the person wrote; may be empty or too long, which the services refuse."""
        text = self.data.get("text")
        return text if isinstance(text, str) else ""

    @property
    def selected(self) -> tuple[int, ...]:
        """Numbers of the selected clips, from 1, rising."""
        listed = self.data.get("selected") or []
        if not isinstance(listed, list) or len(listed) > _MOST_CLIPS:
            raise RequestError("The selection was not understood.")
        return tuple(sorted({_whole(each, "selection") for each in listed}))

    @property
    def clip_index(self) -> int:
        """The clip that is meant, from 0."""
        return _whole(self.data.get("clip"), "clip")

    @property
    def only_clip(self) -> int | None:
        """The clip that alone is meant, from 0; None: the whole film."""
        return None if self.data.get("clip") is None else self.clip_index

    @property
    def name(self) -> str:
        """What a template shall be called; the services check it."""
        name = self.data.get("name")
        return name if isinstance(name, str) else ""

    @property
    def is_shared(self) -> bool:
        """Whether everybody here may use it."""
        shared = self.data.get("shared")
        if not isinstance(shared, bool):
            raise RequestError("That call was not understood.")
        return shared

    @property
    def template_id(self) -> str:
        """Public id of the template that is meant."""
        template = self.template
        if template is None:
            raise MalformedId("template")
        return template

    @property
    def template(self) -> str | None:
        """Public id of the template whose words these are; None: they are no template's."""
        template = self.data.get("template")
        return template if isinstance(template, str) and template else None

    @property
    def version(self) -> int:
        """The version that is meant, from 1."""
        return _whole(self.data.get("version"), "version")

    @property
    def any_version(self) -> int | None:
        """The version that is meant, from 1; None: none of them."""
        return None if self.data.get("version") is None else self.version

    @property
    def takes(self) -> int:
        """How many versions are wanted at once; the services check it."""
        return _whole(self.data.get("takes"), "number of takes")

    @property
    def offers_first(self) -> bool:
        """Whether every new version is to wait for a yes."""
        value = self.data.get("first")
        if not isinstance(value, bool):
            raise RequestError("That call does not say whether to ask first.")
        return value

    @property
    def after(self) -> int:
        """Id of the last event that the page has seen."""
        return _whole(self.data.get("after", 0), "event")

    @property
    def renderer(self) -> str | None:
        """Key of the chosen renderer; None: the preferred one."""
        key = self.data.get("renderer")
        return key if isinstance(key, str) and key else None

    @property
    def with_retries(self) -> bool:
        """Whether a yes is also for what is tried after a refusal."""
        return self.data.get("retries") is True

    @property
    def charged_micros(self) -> int:
        """What the provider's bill says, typed in dollars.

        Raises:
            RequestError: It is no amount.
        """
        try:
            return micros(str(self.data.get("charged", "")).strip().removeprefix("$"))
        except (ArithmeticError, ValueError) as error:
            raise RequestError("Please give the amount in dollars, like 0.35.") from error

    @property
    def plan(self) -> Plan | None:
        """The plan that was quoted before, if the price is asked for again."""
        document = self.data.get("plan")
        if document is None:
            return None
        if not isinstance(document, Mapping):
            raise RequestError("The plan was not understood.")
        try:
            return from_json(document)
        except ValueError as error:
            raise RequestError("The plan was not understood.") from error

    def _id(self, name: str, kind: str) -> UUID:
        return _uuid(self.data.get(name), kind)


def _row(value: object) -> tuple[int, str | None]:
    if not isinstance(value, Mapping):
        raise RequestError("The rows of the plan were not understood.")
    text = value.get("text")
    if text is not None and not isinstance(text, str):
        raise RequestError("The rows of the plan were not understood.")
    return _whole(value.get("clip"), "row"), text


def _uuid(value: object, kind: str) -> UUID:
    try:
        return UUID(str(value))
    except ValueError as error:
        raise MalformedId(kind) from error


def _whole(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise RequestError(f"The {name} was not understood.")
    return value
