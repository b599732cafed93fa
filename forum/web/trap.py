"""A field that people leave empty and programs fill in, for the forms that anybody may send."""

from typing import Any

import structlog
from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from forum.core.errors import Refused
from forum.web import refusals
from forum.web.forms import Form

log = structlog.get_logger()


class TrappedForm(Form):
    """Is not taken while something stands in the field, which comes back empty: a person presses once more."""

    website = StringField(_l("Сайт – оставьте пустым"))

    def validate(self, *args: Any, **more: Any) -> bool:
        valid = super().validate(*args, **more)
        try:
            self.check_trap()
        except Refused as refusal:
            self.form_errors.append(refusals.words(refusal))
            return False
        return bool(valid)

    def check_trap(self) -> None:
        """Raises Refused `form.trap`, the field emptied."""
        if (self.website.data or "").strip():
            log.warning("trap_filled", endpoint=request.endpoint, address=request.remote_addr)
            self.website.data = ""
            raise Refused("form.trap")
