"""Markup in every field people can fill: on every page, feed and export it stays text."""

import json
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest

from forum.attachments.models import Attachment
from forum.core.actor import GUEST
from forum.practices import exporting
from forum.practices.models import Indicator, Resource, Step

EVIL = """"><script src=//x>canary()</script><img src=x onerror=canary()>'--{{7*191}}{% x %}"""
MARKDOWN = f"""{EVIL}

[a](javascript:canary()) [b](JaVaScRiPt&colon;canary()) [c](data:text/html,<script>canary()</script>) ![d](x" onerror="canary())
<svg/onload=canary()><a href="javascript:canary()">e</a> <javascript:canary()> [f](vbscript:canary) {{{{7*191}}}}

| <b onclick=canary()>x</b> | [y](//evil.example "onclick=canary()") |
|---|---|
| `</code><script>canary()</script>` | &lt;script&gt;canary()&lt;/script&gt; |"""


def faults(text: str) -> list[str]:
    """What a browser would run, or follow as a program, on a page of ours."""
    found = ["a template was run"] if "1337" in text else []
    for element in html5lib.parse(text, namespaceHTMLElements=False).iter():
        if element.tag in ("iframe", "object", "embed", "base", "svg:script", "foreignObject"):
            found.append(str(element.tag))
        is_data = element.attrib == {"type": "application/ld+json"} and "<" not in (element.text or "")  # no browser runs it
        if element.tag == "script" and not is_data and not (element.get("src") or "").startswith("/assets/"):
            found.append(f"script {element.attrib}")
        found += [f"{element.tag} {name}={value[:80]}" for name, value in element.attrib.items() if _active(str(name), str(value))]
    return found


def _active(name: str, value: str) -> bool:
    address = "".join(value.split()).lower()
    scheme, colon, _ = address.partition(":")
    foreign = name in ("href", "src", "action", "formaction") and colon and scheme.isalpha() and scheme not in ("http", "https", "mailto")
    return name.startswith("on") or name == "style" or bool(foreign)


@pytest.fixture
def world(make, session, browser) -> dict[str, Any]:
    """Things made of nothing but hostile words, and readers of every role."""
    place = make.place(f"Город {EVIL}"[:160])
    author = make.person(EVIL, position=EVIL, municipality=place)
    author.introduce(EVIL, EVIL, MARKDOWN, place.id)
    rows = {"steps": [Step(EVIL, EVIL[:80], EVIL)], "resources": [Resource("act", EVIL)],
            "indicators": [Indicator(name=EVIL, unit=EVIL[:60], before=1, after=2, source=EVIL)]}  # fmt: skip
    practice = make.practice(
        EVIL, summary=EVIL, author=author, municipality=place, tags=[EVIL, f"{{{{7*191}}}} {EVIL}"], contact=EVIL,
        external_id=EVIL[:100], **rows, **dict.fromkeys(("problem", "goals", "solution", "results", "lessons", "replication"), MARKDOWN),
    )  # fmt: skip
    donee = make.practice("Внедрили у себя", author=make.person())
    donee.donor_id = practice.id
    other = make.person(EVIL)
    comment = make.comment(practice, MARKDOWN, author=other)
    answer = make.comment(practice, MARKDOWN, author=author, parent=comment)
    last = make.comment(practice, EVIL, author=other, parent=answer)
    session.add(Attachment(entry_id=practice.id, name=EVIL, is_photo=True, key="ab/cd/" + "0" * 64, thumb_key="ab/cd/" + "1" * 64, size=9,
                           media_type="image/png", uploaded_by_id=author.id, alt=EVIL, width=9, height=9))  # fmt: skip
    session.commit()
    make.report(practice, other, "other", EVIL)
    make.report(comment, author, "other", EVIL)
    hidden = make.practice(EVIL, author=author, municipality=place)
    hidden.hide(by=make.actor(make.moderator()), reason=EVIL)
    waiting = make.practice(EVIL, author=author, municipality=place, state="waiting", problem=MARKDOWN)
    session.commit()
    visitors = {"guest": browser(), "author": browser().sign_in(author), "admin": browser().sign_in(make.admin(EVIL))}
    return {"practice": practice, "comment": comment, "last": last, "author": author, "donee": donee, "hidden": hidden, "waiting": waiting,
            "place": place, "visitors": visitors}  # fmt: skip


def _act(world) -> None:
    """Steps that leave the words in notices, letters, the log, revisions and flashes."""
    p, author, admin = world["practice"], world["visitors"]["author"], world["visitors"]["admin"]
    token, seen = admin.token(), []
    for path, data in (
        (f"/practices/{p.id}/history/1", {}), (f"/entries/{p.id}/lock", {"reason": EVIL, "next": "/moderation"}),
        (f"/entries/{world['waiting'].id}/rework", {"reason": EVIL}), (f"/entries/{world['last'].id}/hiding", {"reason": EVIL}),
        (f"/people/{world['author'].handle}/suspension", {"reason": EVIL, "days": "1"}), (f"/people/{world['author'].handle}/release", {}),
        ("/admin/domains", {"domain": EVIL}), (f"/entries/{p.id}/bookmark", {}), ("/admin/synonyms", {"words": f"canary, {EVIL[:70]}"}),
        ("/admin/words", {"words": f"канарейка {EVIL[:50]}", "action": EVIL}),
    ):  # fmt: skip
        seen.append(admin.client.post(path, data=data | {"csrf_token": token}, follow_redirects=True).text)
    token = author.token()
    for path, data in (
        ("/account/tokens", {"name": EVIL[:80], "scope": "read"}), (f"/comments/{world['comment'].id}/edit", {"body": MARKDOWN}),
        ("/practices/new", {"title": EVIL, "summary": EVIL, "problem": MARKDOWN, "preview": "problem", "tags": EVIL, "started": EVIL}),
        ("/practices/new", {"title": EVIL, "action": "preview", "problem": MARKDOWN, "steps-0-what": EVIL, "donor": EVIL, "contact": EVIL}),
        (f"/entries/{world['donee'].id}/comments", {"body": MARKDOWN, "preview": "1"}), ("/account", {"name": EVIL, "about": EVIL * 99}),
        (f"/entries/{world['donee'].id}/comments", {"body": MARKDOWN}), ("/account", {"name": EVIL}),
        (f"/practices/{p.id}/edit", {"title": EVIL + "!", "version": "1", "problem": MARKDOWN}),
    ):  # fmt: skip
        seen.append(author.client.post(path, data=data | {"csrf_token": token}, follow_redirects=True).text)
    seen.append(author.client.post("/account", data={"name": EVIL, "about": MARKDOWN}).text)  # no token: handed back
    seen.append(world["visitors"]["guest"].client.post(f"/entries/{p.id}/comments", data={"body": MARKDOWN, EVIL: EVIL}).text)
    for number, text in enumerate(seen):
        assert not (found := faults(text)), (number, found)


def test_hostile_words_stay_words(world, app, session, tmp_path):
    app.test_cli_runner().invoke(args=["search", "rebuild"])
    _act(world)
    app.test_cli_runner().invoke(args=["worker", "--once"])
    p, c, handle = world["practice"], world["comment"], world["author"].handle
    public = [
        "/", "/practices", "/practices?tag=script&q=%22%3E%3Cscript%3E&status=%3Cscript%3E", "/regions", "/regions/40", f"/people/{handle}",
        f"/practices/{p.id}/{p.slug}?order=%22onx=1&page=%3Cscript%3E", f"/practices/{p.id}/history", f"/practices/{p.id}/history/1",
        f"/municipalities/{world['place'].id}", f"/practices/{world['donee'].id}/{world['donee'].slug}", f"/comments/{c.id}/history",
        "/moderation/log?kind=%3Cscript%3E", "/search?q=canary", "/search?q=%22%3E%3Cscript%3E&kind=comment&tag=%3Cb%3E",
        f"/tags/{p.tags[0].slug}", "/no/%22%3E%3Cscript%3Ecanary()%3C/script%3E", "/login?next=javascript:canary()", "/register",
        f"/people/{handle}?tab=comments", f"/people/{handle}?tab=thanks", f"/municipalities/{world['place'].id}?tab=people",
        "/regions/40?tab=people", f"/municipalities/{world['place'].id}/feed.atom", "/practices/weekly",
        "/trust", "/help?q=%22%3E%3Cscript%3Ecanary()%3C/script%3E",
    ]  # fmt: skip
    own = ["/account", "/account/tokens", "/notifications", "/drafts", "/bookmarks", "/following", "/account/follows",
           f"/practices/{p.id}/edit", "/practices/new",
           f"/comments/{c.id}/edit", f"/entries/{world['donee'].id}/comments/new?parent={world['last'].id}&quote=1"]  # fmt: skip
    staff = ["/moderation", "/admin?q=%3Cscript%3E", f"/admin/people/{handle}", "/admin/domains", f"/people/{handle}/suspension",
             "/admin/synonyms?q=%22%3E%3Cscript%3Ecanary", "/admin/words?q=%22%3E%3Cscript%3Ecanary", f"/entries/{p.id}/reports/new",
             f"/practices/{world['hidden'].id}/{world['hidden'].slug}", "/bookmarks"]  # fmt: skip
    seen = ""
    for name, addresses in (("guest", public), ("author", [*public[:9], *own]), ("admin", [*public[:9], *staff])):
        for address in addresses:
            answer = world["visitors"][name].client.get(address, follow_redirects=True)
            assert answer.status_code < 500 and not (found := faults(answer.text)), (name, address, answer.status_code, found)
            seen += answer.text
    assert "{{7*191}}" in seen and "&lt;script" in seen
    _machines(world, session, tmp_path)


def _machines(world, session, folder) -> None:
    guest = world["visitors"]["guest"].client
    for address in ("/feed.atom", "/regions/40/feed.atom", "/sitemap.xml"):
        tree = ElementTree.fromstring(guest.get(address).data)
        for summary in tree.iter("{http://www.w3.org/2005/Atom}summary"):
            assert not faults(summary.text or "")
    card = f"/api/v1/practices/{world['practice'].id}"
    for address in (card, f"{card}/comments", "/api/v1/search?q=canary"):
        answer = guest.get(address)
        assert answer.mimetype == "application/json"
        for value in _texts(json.loads(answer.text)):
            assert not faults(value), (address, value[:300])
    session.rollback()
    exporting.write(folder / "all.csv", exporting.rows(session, GUEST))
    assert "canary" in (folder / "all.csv").read_text(encoding="utf-8-sig")


def _texts(value: Any, name: str = "") -> list[str]:
    """HTML of an answer: the fields that are HTML."""
    if isinstance(value, dict):
        return [text for key, inner in value.items() for text in _texts(inner, "html" if name == "html" else key)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner, name)]
    return [value] if isinstance(value, str) and name in ("html", "highlight") else []
