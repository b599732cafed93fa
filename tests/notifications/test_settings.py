"""How people choose to be told, and what the migration made of the old choice."""

import sqlalchemy as sa
from flask_migrate import downgrade, upgrade
from sqlalchemy import select

from config import Testing
from forum import create_app
from forum.accounts.models import Person
from forum.extensions import db
from forum.notifications import preferences
from forum.notifications.kinds import KINDS, Way
from tests.client import put_away

ADDRESS = "/notifications/settings"


def test_what_is_chosen_holds_and_is_shown(make, session, sign_in):
    person = make.person()
    me = sign_in(person)
    form = me.open(ADDRESS).form(ADDRESS)
    assert {name: form[name] for name in KINDS} == {name: kind.default for name, kind in KINDS.items()} and form["rhythm"] == "daily"
    me.post(ADDRESS, 303, data=form | {"reply": "digest", "comment": "nowhere", "moderation": "site", "rhythm": "weekly"})
    form = me.open(ADDRESS).form(ADDRESS)
    assert [form[name] for name in ("reply", "comment", "moderation", "rhythm")] == ["digest", "nowhere", "site", "weekly"]
    assert preferences.ways_of(session, person.id)["comment"] == Way.NOWHERE
    assert ADDRESS in me.open("/account").links() and ADDRESS in me.open("/notifications").links()


def test_what_was_not_offered_is_refused_and_nothing_typed_lost(make, session, sign_in):
    person = make.person()
    me = sign_in(person)
    form = me.open(ADDRESS).form(ADDRESS)
    for wrong in ({"moderation": "nowhere"}, {"moderation": "digest"}, {"reply": "pigeon"}, {"rhythm": "hourly"}):
        page = me.post(ADDRESS, 422, data=form | {"search": "digest"} | wrong)
        assert "Выберите один из вариантов" in page.words and page.form(ADDRESS)["search"] == "digest"
    assert preferences.ways_of(session, person.id) == {name: kind.default for name, kind in KINDS.items()}


def test_who_wanted_no_letters_before_keeps_it_so(tmp_path):
    app = create_app(Testing(INSTANCE=str(tmp_path)))
    with app.app_context():
        upgrade(revision="0013")
        columns = {"email": "'a@b.ru'", "password_hash": "''", "name": "'А'", "position": "''", "about": "''", "about_html": "''"}
        more = {"role": "'employee'", "lang": "'ru'", "created_at": "'2026-01-01'", "approved_posts": "0", "unread": "0", "handle": "'a'"}
        row = {**columns, **more, "mail_replies": "0", "follows_discussions": "1"}
        with db.engine.begin() as connection:
            connection.execute(sa.text(f"INSERT INTO people ({', '.join(row)}) VALUES ({', '.join(row.values())})"))
            event = "INSERT INTO events (id, kind, at, actor_role, data) VALUES (1, 'trust.raised', '2026-01-01', 'x', '{}')"
            notice = "INSERT INTO notices (person_id, event_id, kind, at) VALUES (1, 1, 'trust.raised', '2026-01-01')"
            for statement in (event, notice):
                connection.execute(sa.text(statement))
        upgrade(revision="0014")
        with db.engine.begin() as connection:
            chosen = connection.execute(sa.text("SELECT kind, way FROM telling_preferences ORDER BY kind"))
            assert chosen.all() == [("comment", "site"), ("mention", "site"), ("reply", "site")]
            told = "SELECT n.told_as, g.size, g.read_at FROM notices n JOIN notice_groups g ON g.id = n.group_id"
            assert connection.execute(sa.text(told)).all() == [("moderation", 1, None)]
        downgrade(revision="0013")
        with db.engine.begin() as connection:
            assert connection.execute(sa.text("SELECT mail_replies, unread FROM people")).all() == [(0, 1)]
    put_away(app)


def test_guests_and_others_settings(make, session, browser, sign_in):
    other = make.person()
    browser().open(ADDRESS, expect=302)
    me = sign_in(make.person())
    me.post(ADDRESS, 303, data=me.open(ADDRESS).form(ADDRESS) | {"reply": "nowhere", "person_id": str(other.id)})
    assert preferences.way_of(session, other.id, "reply") == Way.AT_ONCE
    assert session.scalar(select(Person.rhythm).where(Person.id == other.id)) == "daily"
