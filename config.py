"""Settings: one class per environment. The only module that reads the process's environment.

Every setting comes from a variable `FORUM_<NAME>` or from a `.env` file beside this one; the attributes below are the
defaults and say what each is for.
"""

import json
import os
import secrets
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dotenv import load_dotenv

ROOT = Path(__file__).parent
load_dotenv(ROOT / ".env")

WEAK_KEYS = {"", "dev", "secret", "change-me", "changeme"}


class Settings:
    """Development: everything under `instance/`, mail into a folder."""

    ENV = "development"
    DEBUG = False
    TESTING = False

    # Where data lives: database, search index, files, mail, generated key. FORUM_INSTANCE
    INSTANCE = str(ROOT / "instance")
    # Signs cookies and links. FORUM_SECRET_KEY; made once under INSTANCE where it is not set.
    SECRET_KEY = ""
    # FORUM_DATABASE_URL: sqlite:///… (default) or postgresql+psycopg://…
    DATABASE_URL = ""
    # FORUM_REDIS_URL: shared counters of the coarse rate limiter; empty = each process counts for itself.
    REDIS_URL = ""
    # FORUM_SEARCH_URL: whoosh://<folder> (default), or postgresql: the index lies in the site's own PostgreSQL, for several machines.
    SEARCH_URL = ""
    # FORUM_FILES_URL: file://<folder> (default), memory://, s3://…
    FILES_URL = ""
    # FORUM_MAIL_URL: folder://<folder> (default), smtp://user:password@host:25, smtps://…
    MAIL_URL = ""
    # FORUM_MAIL_FROM: the sender of letters.
    MAIL_FROM = "Муниципальные практики <noreply@localhost>"
    # FORUM_SITE_NAME: what the site is called, on pages, in feeds and letters.
    SITE_NAME = "Муниципальные практики"
    # FORUM_PUBLIC_URL: how the site is reached from outside; links in letters and feeds begin with it. Default: where it is served.
    PUBLIC_URL = ""
    # FORUM_RATE_LIMITS: on, or off for benchmarks.
    RATE_LIMITS = "on"
    # FORUM_PAGE_CACHE: on, or off so that benchmarks see what a guest's page costs when nothing is kept.
    PAGE_CACHE = "on"
    # FORUM_PROXIES: how many trusted proxies stand before the application (their X-Forwarded-* are believed).
    PROXIES = 0
    # FORUM_METRICS_TOKEN: who shows it as a bearer token may read /metrics; empty = nobody.
    METRICS_TOKEN = ""
    # FORUM_OIDC_ISSUER: a provider by which people may sign in (OpenID Connect), as it names itself; empty = none. It must be told
    # where to return to: FORUM_PUBLIC_URL + /login/outside/return.
    OIDC_ISSUER = ""
    # FORUM_OIDC_CLIENT_ID, FORUM_OIDC_CLIENT_SECRET: what this site is to the provider.
    OIDC_CLIENT_ID = ""
    OIDC_CLIENT_SECRET = ""
    # FORUM_OIDC_NAME: what people call the provider.
    OIDC_NAME = ""
    # FORUM_LOG: lines to read, or json, one object a line, for a collector of logs.
    LOG = "lines"
    # FORUM_LOG_REQUESTS: on = a line for every request (method, rule, status, milliseconds); off = for slow and failed ones only.
    LOG_REQUESTS = "off"
    # FORUM_HOSTS: in production, names (with commas) under which the site may be asked for beside that of FORUM_PUBLIC_URL.
    HOSTS = ""
    SITE_HOSTS: Sequence[str] = ()  # all of them; empty = any
    # FORUM_TIMEZONE: in which times are shown.
    TIMEZONE = "Europe/Moscow"
    # FORUM_CONTACT: whom to write to about the site (security.txt, footer).
    CONTACT = "mailto:admin@localhost"

    # FORUM_SESSION_IDLE_HOURS: a session ends after so long without a page being asked for.
    SESSION_IDLE_HOURS = 14 * 24
    # FORUM_SESSION_HOURS: and after so long whatever happens.
    SESSION_HOURS = 60 * 24
    # FORUM_SESSION_SHORT_HOURS: both, for who did not ask to be remembered on the computer.
    SESSION_SHORT_HOURS = 12
    # FORUM_SECOND_FACTOR_REQUIRED: off, or moderators: they and admins moderate only once signing in asks them for a code as well.
    SECOND_FACTOR_REQUIRED = "off"

    # Cost of a password's hash (argon2id): passes, KiB of memory, lanes. The least that OWASP names; raising it is enough,
    # hashes are made anew when their people sign in.
    PASSWORD_COST = (2, 19_456, 1)

    LANGUAGES = ("ru", "en")
    MAX_CONTENT_LENGTH = 64 * 1024 * 1024
    MAX_FORM_MEMORY_SIZE = 8 * 1024 * 1024
    MAX_FORM_PARTS = 1000
    SESSION_COOKIE_NAME = "session"
    SESSION_COOKIE_SECURE = False
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    SESSION_REFRESH_EACH_REQUEST = False
    WTF_CSRF_TIME_LIMIT = 12 * 3600
    WTF_CSRF_CHECK_DEFAULT = False  # the guard of forum.web.access decides when
    SQLALCHEMY_TRACK_MODIFICATIONS = False
    BABEL_DEFAULT_LOCALE = "ru"
    TEMPLATES_AUTO_RELOAD = False

    def __init__(self, **overrides: Any) -> None:
        for name in (
            "INSTANCE",
            "SECRET_KEY",
            "DATABASE_URL",
            "REDIS_URL",
            "SEARCH_URL",
            "FILES_URL",
            "MAIL_URL",
            "MAIL_FROM",
            "SITE_NAME",
            "PUBLIC_URL",
            "RATE_LIMITS",
            "PAGE_CACHE",
            "METRICS_TOKEN",
            "OIDC_ISSUER",
            "OIDC_CLIENT_ID",
            "OIDC_CLIENT_SECRET",
            "OIDC_NAME",
            "LOG",
            "LOG_REQUESTS",
            "HOSTS",
            "TIMEZONE",
            "CONTACT",
            "SECOND_FACTOR_REQUIRED",
        ):
            setattr(self, name, os.environ.get(f"FORUM_{name}") or getattr(self, name))
        for name in ("PROXIES", "SESSION_IDLE_HOURS", "SESSION_HOURS", "SESSION_SHORT_HOURS"):
            setattr(self, name, int(os.environ.get(f"FORUM_{name}") or getattr(self, name)))
        self.HOST = os.environ.get("HOST", "127.0.0.1")
        self.PUBLIC_URL = self.PUBLIC_URL or self.own_url()
        for name, value in overrides.items():
            setattr(self, name, value)
        instance = Path(self.INSTANCE).resolve()
        self.INSTANCE = str(instance)
        self.SECRET_KEY = self.SECRET_KEY or self.own_key(instance)
        self.SQLALCHEMY_DATABASE_URI = self.DATABASE_URL = self.DATABASE_URL or f"sqlite:///{instance}/forum.sqlite3"
        self.SQLALCHEMY_ENGINE_OPTIONS = self.engine_options()
        self.SEARCH_URL = self.SEARCH_URL or f"whoosh://{instance}/search"
        self.FILES_URL = self.FILES_URL or f"file://{instance}/files"
        self.MAIL_URL = self.MAIL_URL or f"folder://{instance}/mail"
        self.RATELIMIT_ENABLED = self.RATE_LIMITS != "off"
        self.RATELIMIT_STORAGE_URI = self.REDIS_URL or "memory://"
        # Redis away: each process counts for itself until it is back.
        self.RATELIMIT_IN_MEMORY_FALLBACK_ENABLED = True
        if self.REDIS_URL:
            self.RATELIMIT_STORAGE_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 1}
        self.BABEL_DEFAULT_TIMEZONE = self.TIMEZONE
        self.OIDC_NAME = self.OIDC_NAME or urlsplit(self.OIDC_ISSUER).hostname or ""
        if self.LOG not in ("lines", "json"):
            raise SystemExit(f"FORUM_LOG={self.LOG}: lines or json.")
        if self.SECOND_FACTOR_REQUIRED not in ("off", "moderators"):
            raise SystemExit(f"FORUM_SECOND_FACTOR_REQUIRED={self.SECOND_FACTOR_REQUIRED}: off or moderators.")
        # The cookie lasts as long as a session may; how long it is good for says its row in the database.
        self.PERMANENT_SESSION_LIFETIME = timedelta(hours=self.SESSION_HOURS)

    def engine_options(self) -> dict[str, Any]:
        """What the database driver needs beyond the address."""
        # Cyrillic as it is: escaped, it takes three times the space and longer to read.
        as_json = {"json_serializer": partial(json.dumps, ensure_ascii=False)}
        if self.DATABASE_URL.startswith("sqlite"):
            return {"connect_args": {"timeout": 10}, **as_json}
        return {"pool_pre_ping": True, "pool_size": 5, "max_overflow": 5, **as_json}

    def own_url(self) -> str:
        """Where `make serve` listens: HOST and PORT, or this machine's loopback where it listens on every address."""
        host = "127.0.0.1" if self.HOST in ("", "0.0.0.0", "::") else self.HOST
        return f"http://{f'[{host}]' if ':' in host else host}:{os.environ.get('PORT') or 8000}"

    def own_key(self, instance: Path) -> str:
        """The key kept under the instance folder, made at the first start."""
        path = instance / "secret-key"
        if not path.exists():
            instance.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
            path.write_text(secrets.token_hex(32))
        return path.read_text().strip()


class Production(Settings):
    """Behind TLS, with a key of the administrator's own."""

    ENV = "production"
    SESSION_COOKIE_NAME = "__Host-session"
    SESSION_COOKIE_SECURE = True
    PREFERRED_URL_SCHEME = "https"

    def own_key(self, instance: Path) -> str:
        raise SystemExit("FORUM_SECRET_KEY is not set: production needs a secret key of its own.")

    def __init__(self, **overrides: Any) -> None:
        super().__init__(**overrides)
        if len(self.SECRET_KEY) < 16 or self.SECRET_KEY.lower() in WEAK_KEYS:
            raise SystemExit("FORUM_SECRET_KEY is too weak: production needs at least 16 random characters.")
        # Whoever balances load asks for /healthz by a local name.
        named = [name.strip() for name in self.HOSTS.split(",") if name.strip()]
        self.SITE_HOSTS = [urlsplit(self.PUBLIC_URL).hostname or "localhost", *named, "localhost", "127.0.0.1"]


class Testing(Settings):
    """Tests: an instance folder is always given."""

    __test__ = False  # not a class of tests, whatever its name

    ENV = "testing"
    TESTING = True
    PUBLIC_URL = "http://127.0.0.1:8000"
    RATE_LIMITS = "off"
    PASSWORD_COST = (1, 8, 1)


def settings(**overrides: Any) -> Settings:
    """The settings of the environment named by FORUM_ENV."""
    kinds = {"development": Settings, "production": Production, "testing": Testing}
    name = os.environ.get("FORUM_ENV", "development")
    if name not in kinds:
        raise SystemExit(f"FORUM_ENV={name}: one of {', '.join(kinds)}.")
    return kinds[name](**overrides)
