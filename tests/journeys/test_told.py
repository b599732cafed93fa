"""Somebody follows a discussion, is told of it once on the site and once by a digest, and ends digests by one click in the mail."""

import os
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from email.message import EmailMessage

import pytest
from playwright.sync_api import expect

from tests.browser import check_page, enhanced, reload_until
from tests.mailbox import sent
from tests.serving import ROOT

pytestmark = pytest.mark.xdist_group("site")

WORDS = "Кто у вас следит за смотровыми колодцами?"
MAKE_DIGESTS = """
from forum import create_app
from forum.notifications import digest
create_app().app_context().push()
digest.make_due()
digest.make_due()  # what was told is not told again
"""


def digests_to(address: str, words: str, site, seconds: float = 30) -> list[EmailMessage]:
    """The digests to somebody in the post of the demonstration that tell of something, once the worker has sent one."""
    deadline = time.monotonic() + seconds
    while True:
        theirs = [letter for letter in sent(site.instance / "mail") if letter["To"] == address and "Сводка" in letter["Subject"]]
        telling = [letter for letter in theirs if words in letter.get_body(("plain",)).get_content()]
        if telling or time.monotonic() > deadline:
            return telling
        time.sleep(0.2)


def make_digests(site) -> None:
    """As the worker does at eight o'clock: what waits is a day old."""
    with closing(sqlite3.connect(site.instance / "forum.sqlite3", timeout=30)) as database, database:
        database.execute("UPDATE digest_items SET at = datetime(at, '-1 day') WHERE letter_key IS NULL")
    settings = {"FORUM_INSTANCE": str(site.instance), "FORUM_PUBLIC_URL": site.url, "FORUM_RATE_LIMITS": "off"}
    subprocess.run([sys.executable, "-c", MAKE_DIGESTS], cwd=ROOT, env={**os.environ, **settings}, check=True, capture_output=True)


def unsubscribe(letter: EmailMessage) -> int:
    """What a mail program does when its reader presses «unsubscribe» (RFC 8058): no cookies, no token of a form."""
    address = str(letter["List-Unsubscribe"]).strip("<>")
    body = str(letter["List-Unsubscribe-Post"]).encode()
    with urllib.request.urlopen(urllib.request.Request(address, body, method="POST"), timeout=30) as answer:
        return answer.status


def test_followed_told_once_by_site_and_digest_and_ended_by_one_click(arrive, site, places, long_ago):
    reader, writer = arrive("colleague", width=360), arrive("moderator")
    reader.goto(places["PRACTICE"])
    enhanced(reader)
    follow = reader.locator("follow-toggle button")
    if follow.get_attribute("aria-pressed") != "true":
        follow.click()
    expect(follow).to_have_text("Вы следите")
    reader.goto("/notifications/settings")
    reader.locator("[name=followed_comment][value=digest]").check()
    reader.get_by_role("button", name="Сохранить").click()
    check_page(reader)

    writer.goto(places["PRACTICE"])
    enhanced(writer)
    writer.locator("#comment-form textarea").fill(WORDS)
    writer.locator("#comment-form").get_by_role("button", name="Отправить").click()
    expect(writer.locator(".comment.new")).to_contain_text(WORDS)

    reader.goto("/notifications")
    told = reader.locator(".notifications li", has_text=WORDS)
    reload_until(reader, told)
    expect(told).to_have_count(1)
    check_page(reader)

    make_digests(site)
    (letter,) = digests_to("colleague@demo.example", WORDS, site)
    reader.goto("/demo/mail")
    expect(reader.get_by_text("Сводка").first).to_be_visible()
    assert unsubscribe(letter) == 200
    reader.goto("/notifications/settings")
    expect(reader.locator("[name=followed_comment][value=digest]")).not_to_be_checked()
    expect(reader.locator("[name=followed_comment][value=site]")).to_be_checked()
