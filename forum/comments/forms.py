"""The one field of a comment."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from forum.web.forms import Form, TextField
from forum.web.trap import TrappedForm


class CommentForm(TrappedForm):
    """A new comment; `parent` is the id of the one answered."""

    body = TextField(_l("Ваш комментарий"))
    parent = HiddenField()


class EditForm(Form):
    """Other words for a comment; `version` is the one they were made from."""

    body = TextField(_l("Комментарий"))
    version = HiddenField()
