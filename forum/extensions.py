"""The Flask extensions, unbound."""

from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from forum.core.late import Late
from forum.core.model import Base

if TYPE_CHECKING:
    import flask_migrate
else:
    flask_migrate = Late("flask_migrate")

db = SQLAlchemy(metadata=Base.metadata, disable_autonaming=True, session_options={"expire_on_commit": False})
csrf = CSRFProtect()
babel = Babel()
login = LoginManager()
limiter = Limiter(key_func=get_remote_address, headers_enabled=False)


class Migrations:
    """Flask-Migrate, brought in when a command asks the application for it: Alembic takes 8 MB that no page needs."""

    def __init__(self, app: Flask, database: SQLAlchemy, directory: str) -> None:
        self._app, self._database, self._directory = app, database, directory
        app.extensions["migrate"] = self

    def __getattr__(self, name: str) -> Any:
        flask_migrate.Migrate(self._app, self._database, self._directory)  # takes this one's place, and adds `flask db`
        return getattr(self._app.extensions["migrate"], name)
