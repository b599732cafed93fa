"""The town that a request names to be near to."""

from typing import Any

from flask_babel import gettext as _

from forum.api.body import Invalid
from forum.places import reader
from forum.places.towns import Town


def town(asked: dict[str, Any]) -> Town | None:
    """That of `near`; raises `Invalid` where there is none such, or the order needs one."""
    if asked["near"] is None:
        if asked["sort"] == "near":
            raise Invalid({"near": [_("Для этого порядка назовите муниципалитет: near=номер.")]})
        return None
    found = reader.town_of(asked["near"])
    if found is None:
        raise Invalid({"near": [_("Такого муниципалитета нет.")]})
    return found
