"""What is no longer public, or never was, is not shown, named or confirmed by any side address."""

from typing import Any

import pytest
from sqlalchemy import update

from forum.attachments.models import Attachment
from forum.entries.models import Entry
from forum.practices.models import Indicator, Practice, Resource, Step

SECRET = "Кракозябрин"
READERS = {
    "draft": ("guest", "talker"),
    "waiting": ("stranger", "foreign"),
    "hidden": ("guest", "stranger", "foreign", "talker"),
    "withdrawn": ("foreign", "talker"),
}

PRIVATE = ("/bookmarks", "/following", "/account/follows", "/notifications", "/drafts", "/account/export")


@pytest.fixture
def world(make, session, app, visitor, browser) -> dict[str, Any]:
    """A practice full of secret words, with all that can hang on it, made while it was public; and who looks for it."""
    author, talker = make.person("Автор Известный"), make.person("Анна Ветрова")
    donee = make.practice("Открытая практика", author=make.person())
    practice = make.practice(
        f"{SECRET} план", author=author, tags=[f"{SECRET} тема"], contact=f"{SECRET} контакт", problem=f"{SECRET} беда",
        municipality=make.place("Обнинск"), steps=[Step(f"{SECRET} шаг", "", "")], resources=[Resource("act", f"{SECRET} акт")],
        indicators=[Indicator(name=f"{SECRET} доля", unit="", before=1, after=2)], external_id=f"{SECRET}-1",
    )  # fmt: skip
    theirs = make.comment(practice, "Мой ответ о погоде", author=talker)
    other = make.comment(practice, f"{SECRET} реплика", author=author)
    donee.donor_id = practice.id
    file = Attachment(entry_id=practice.id, name=f"{SECRET}.pdf", is_photo=False, key="ab/cd/" + "0" * 64, media_type="application/pdf",
                      size=9, uploaded_by_id=author.id)  # fmt: skip
    session.add(file)
    session.commit()
    talking = browser().sign_in(talker)
    for address in (f"/entries/{practice.id}/bookmark", f"/entries/{theirs.id}/bookmark", f"/entries/{other.id}/bookmark"):
        talking.post(address, 303)
    talking.post(f"/entries/{practice.id}/vote", 303, value="1")
    talking.post("/follows", 303, kind="entry", key=str(practice.id))
    readers = {"guest": browser(), "talker": talking}
    readers["stranger"] = browser().sign_in(make.person("Чужой Человек"))
    readers["foreign"] = browser().sign_in(make.moderator("Чужой Модератор", regions=["69"]))
    return {"practice": practice, "comments": (theirs, other), "file": file, "donee": donee, "readers": readers, "author": author}


def _hide(session, world, state: str) -> None:
    practice = session.get(Practice, world["practice"].id)
    session.execute(update(Entry).where(Entry.id == practice.id).values(state=state), execution_options={"synchronize_session": "fetch"})
    practice.state, practice.listed_at, practice.list_score, practice.list_comments = state, None, None, None
    practice.note = f"{SECRET} причина"
    practice.touch()
    session.commit()


def _addresses(world) -> tuple[list[str], list[str]]:
    """Addresses that must be 404 for everybody but the author and their moderators, and such as must only say nothing."""
    p, (theirs, other), file = world["practice"], world["comments"], world["file"]
    gone = [
        f"/practices/{p.id}", f"/practices/{p.id}/{p.slug}", f"/practices/{p.id}/history", f"/practices/{p.id}/history/1",
        f"/comments/{other.id}", f"/comments/{other.id}/history", f"/comments/{theirs.id}", f"/comments/{theirs.id}/history",
        f"/files/{file.id}/a.pdf", f"/files/{file.id}/thumb/a.pdf", f"/api/v1/practices/{p.id}", f"/api/v1/practices/{p.id}/comments",
    ]  # fmt: skip
    silent = [
        "/", "/practices", "/practices?sort=discussed", "/practices?sort=votes", "/practices?status=implemented", "/regions", "/regions/40",
        f"/municipalities/{p.municipality_id}", f"/people/{world['author'].handle}", "/feed.atom", "/regions/40/feed.atom", "/sitemap.xml",
        f"/people/{world['author'].handle}?tab=comments", f"/people/{world['author'].handle}?tab=thanks",
        f"/municipalities/{p.municipality_id}/feed.atom",
        "/moderation/log", "/search?region=40", "/search?q=ответ+погода", "/api/v1/search?q=беда", "/api/v1/practices",
        f"/practices/{world['donee'].id}/{world['donee'].slug}", f"/api/v1/practices/{world['donee'].id}",
    ]  # fmt: skip
    return gone, silent


@pytest.mark.parametrize("state", READERS)
def test_nobody_else_learns_of_it(world, session, app, state):
    app.test_cli_runner().invoke(args=["search", "rebuild"])  # the index still knows it: nobody told it yet
    assert _found(world["readers"]["stranger"], "") == 2
    _hide(session, world, state)
    gone, silent = _addresses(world)
    p, (theirs, other) = world["practice"], world["comments"]
    for name in READERS[state]:
        reader = world["readers"][name]
        assert _found(reader, "") == _found(reader, "&region=40") == 0
        for address in gone:
            assert reader.client.get(address).status_code == 404, (name, address)
        private = [] if name == "guest" else [*PRIVATE, f"/people/completions?q=&entry={p.id}"]
        for address in silent + private + (["/moderation"] if name == "foreign" else []):
            answer = reader.client.get(address, follow_redirects=True)
            assert answer.status_code == 200, (name, address, answer.status_code)
            assert SECRET.lower() not in answer.text.lower(), (name, address)
            assert p.slug not in answer.text, (name, address)
        if name != "guest":
            _post_says_nothing(reader, p, other, name)
    answer = world["readers"]["talker"].post(f"/entries/{theirs.id}/withdrawal", 303)
    assert p.slug not in answer.response.headers["Location"]


def _found(reader, question: str) -> int:
    return reader.client.get(f"/api/v1/search?q={SECRET}&kind=practice&kind=comment{question}").json["total"]


def _post_says_nothing(reader, practice, comment, name: str) -> None:
    token = reader.token()
    for number in (practice.id, comment.id):
        for path, more in (
            ("vote", {"value": "1"}), ("bookmark", {}), ("reports", {"reason": "spam"}), ("comments", {"body": "Ау"}), ("withdrawal", {}),
            ("hiding", {"reason": "а"}), ("restoration", {}), ("approval", {}), ("rework", {"reason": "a"}), ("lock", {"reason": "а"}),
            ("dismissal", {}), ("mute", {}),
        ):  # fmt: skip
            moderators_only = path in ("hiding", "restoration", "approval", "rework", "lock", "dismissal")
            expected = 403 if moderators_only and name != "foreign" else 404
            address = f"/entries/{number}/{path}"
            answer = reader.client.post(address, data=more | {"csrf_token": token}, headers={"Accept": "application/json"})
            assert answer.status_code == expected, (name, address, answer.status_code)
    for path in ("edit", "publication", "working-copy", "pictures", "history/1"):
        answer = reader.client.post(f"/practices/{practice.id}/{path}", data={"csrf_token": token, "title": "Ха"})
        assert answer.status_code == 404, (name, path)
    for address in (f"/practices/{practice.id}/edit", f"/entries/{practice.id}/comments/new", f"/entries/{practice.id}/reports/new"):
        assert reader.client.get(address).status_code == 404, (name, address)
    answer = reader.client.post("/practices/new", data={"csrf_token": token, "title": "Моя", "donor": str(practice.id), "action": "draft"})
    assert answer.status_code == 422, (name, "donor")
