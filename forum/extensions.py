"""The Flask extensions, unbound."""

from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from forum.core.model import Base

db = SQLAlchemy(metadata=Base.metadata, disable_autonaming=True, session_options={"expire_on_commit": False})
csrf = CSRFProtect()
migrate = Migrate(render_as_batch=True, compare_type=True)
babel = Babel()
login = LoginManager()
limiter = Limiter(key_func=get_remote_address, headers_enabled=False)
