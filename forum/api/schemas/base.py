"""What all answers of the API are made of."""

from marshmallow import EXCLUDE, Schema, fields


class Answer(Schema):
    """What may grow: readers should pass over fields they don't know."""

    class Meta:
        unknown = EXCLUDE


def page_of(item: type[Schema], name: str) -> type[Schema]:
    """The schema of one page of a list."""
    more = {"next": fields.String(required=True, allow_none=True, metadata={"description": "`cursor` of the next page"})}
    return Answer.from_dict({**all_of(item), **more}, name=name)


def all_of(item: type[Schema]) -> dict[str, fields.Field]:
    """The field of a list that is told whole."""
    return {"items": fields.List(fields.Nested(item), required=True)}
