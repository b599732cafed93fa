"""Requests that no browser sends, a thousand to every address, by everybody: no answer of 500, no row more or less."""

import sys
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from config import Testing
from forum import create_app
from forum.core.model import Base
from forum.extensions import db
from soak.report import Line, bar
from tests.attacks.test_malformed import Sender
from tests.client import Browser
from tests.factories import Make

WHO = ("guest", "person", "moderator", "admin")
# What changes something by right when nothing is filled in, and why: no form they are sent is wrong.
APART = {
    "accounts.logout": "ends the session the others are sent with",
    "accounts.end_session": "ends a session by its number alone, one's own too",
    "accounts.end_sessions": "ends one's other sessions, and records it",
    "personal_data.ask_for_copy": "who may write nothing may have a copy of their data still",
}
# Anybody may keep what they read, and ask for the letter of confirmation; a form that was sent leaves its key.
MAY_CHANGE = {"bookmarks", "follows", "mutes", "letters", "attempts", "submissions"}
TOLD = 5_000


def run(folder: Path, each: int) -> list[Line]:
    """So many requests to every address in all, shared out among guest, person, moderator and admin who may write nothing."""
    app = create_app(Testing(INSTANCE=str(folder), SECRET_KEY="a key for the soak only", PROPAGATE_EXCEPTIONS=False))
    with app.app_context():
        upgrade()
        engine = db.engine
    with Session(engine, expire_on_commit=False) as session:
        make = Make(session)
        make.comment(make.practice())
        callers = {who: _caller(app, make, who) for who in WHO}
        session.commit()
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in APART]
    before, faults, sent = _counts(engine), list[str](), 0
    for turn in range(each):
        sender = callers[WHO[turn % len(WHO)]]
        for rule in rules:
            request, status = sender.send(rule)
            sent += 1
            if status >= 500 and status != 503:
                faults.append(f"{status} {request}")
            if sent % TOLD == 0:
                found = f"{len(faults)} answers of 500, changed: {', '.join(_changed(before, _counts(engine))) or 'nothing'}"
                print(f"{sent} of {each * len(rules)} malformed requests: {found}", file=sys.stderr, flush=True)
    ended = [who for who in WHO[1:] if callers[who].client.get("/account").status_code != 200]
    changed = _changed(before, _counts(engine))
    return [
        bar(f"{sent} malformed requests to {len(rules)} addresses", "0 answers of 500", "; ".join(faults[:3]) or 0, not faults),
        bar("people who were signed out by them", "none", ", ".join(ended) or "none", not ended),
        bar("tables that they changed", "none", ", ".join(changed) or "none", not changed),
    ]


def _caller(app: Flask, make: Make, who: str) -> Sender:
    reader = Browser(app)
    if who != "guest":
        reader.sign_in(getattr(make, who)(confirmed=False))  # nobody may write: whatever changes is a fault
    return Sender(reader.client, f"soak {who}", reader.token("/account" if who != "guest" else "/login"))


def _changed(before: dict[str, int], after: dict[str, int]) -> list[str]:
    return sorted({name for name in after if after[name] != before[name]} - MAY_CHANGE)


def _counts(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {name: connection.scalar(select(func.count()).select_from(table)) or 0 for name, table in Base.metadata.tables.items()}
