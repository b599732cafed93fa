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
        if not (self.website.data or "").strip():
            return bool(valid)
        log.warning("trap_filled", endpoint=request.endpoint, address=request.remote_addr)
        self.website.data = ""
        self.form_errors.append(refusals.words(Refused("form.trap")))
        return False
