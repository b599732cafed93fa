"""What guests may not read shows nowhere: not as a title, not as a number."""

import xml.etree.ElementTree as ET

import pytest
from sqlalchemy import select

from forum.core.actor import GUEST
from forum.entries.policy import visible_to
from forum.practices.counts import counts, municipalities
from forum.practices.lists import P, listed
from forum.practices.models import Practice
from tests.lists.conftest import STATES

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_listed_is_the_rule_of_guests(session, every_state):
    by_table = set(session.scalars(select(P.id).where(listed())))
    by_rule = set(session.scalars(select(Practice.id).where(visible_to(GUEST))))
    assert by_table == by_rule == {every_state["published"].id}


def test_listed_follows_every_step(session, make, every_state):
    practice, moderator = every_state["published"], make.actor(make.moderator())
    for step in (
        lambda: practice.hide(by=moderator, reason="Реклама"),
        lambda: practice.restore(by=moderator),
        lambda: practice.unpublish(by=moderator),
        lambda: practice.publish(by=moderator),
        lambda: practice.withdraw(by=moderator),
    ):
        step()
        session.commit()
        seen = set(session.scalars(select(Practice.id).where(visible_to(GUEST))))
        assert set(session.scalars(select(P.id).where(listed()))) == seen == ({practice.id} if practice.is_published else set())


ADDRESSES = (
    "/",
    "/practices",
    "/practices?sort=votes",
    "/practices?sort=discussed",
    "/practices?status=failed&region=40&nomination=1&year=2023&tag=osveshchenie&population=50-250&category=1&district=central",
    "/regions/40",
    "/municipalities/{place}",
    "/tags/osveshchenie",
    "/people/{handle}",
    "/feed.atom",
    "/regions/40/feed.atom",
    "/municipalities/{place}/feed.atom",
    "/sitemap.xml",
)


@pytest.mark.parametrize("reader", ["guest", "author", "moderator"])
def test_lists_show_everybody_only_what_is_published(visit, sign_in, make, session, every_state, reader):
    author = session.merge(every_state["published"].author)
    if reader != "guest":
        sign_in(author if reader == "author" else make.moderator())
    for address in ADDRESSES:
        page = visit(address.format(place=every_state["published"].municipality_id, handle=author.handle))
        for state in STATES:
            shown = f"Заголовок {state}" in page.text or f"/practices/{every_state[state].id}/" in page.text
            assert shown == (state == "published"), f"{address} for {reader}: {state}"


def test_counts_know_only_what_is_published(session, visit, every_state):
    numbers = counts(session)
    assert (numbers.total, numbers.regions, numbers.nominations) == (1, {"40": 1}, {"1": 1})
    assert [row.number for row in session.execute(municipalities("40"))] == [1]
    assert "1 практик" in visit("/practices").words
    assert "Калужская область: 1 практик" in visit("/regions").text


def test_a_hidden_practice_is_gone_at_once(visit, session, make, every_state):
    practice, moderator = every_state["published"], make.actor(make.moderator())
    for address in ("/", "/practices", "/regions/40", "/feed.atom", "/sitemap.xml"):
        assert f"/{practice.id}/" in visit(address).text
    practice.hide(by=moderator, reason="Реклама")
    session.commit()
    for address in ("/", "/practices", "/regions/40", "/feed.atom", "/sitemap.xml"):
        assert f"/{practice.id}/" not in visit(address).text


def test_a_profile_shows_comments_only_where_guests_can_read_them(visit, session, make, every_state):
    writer, moderator = make.person("Анна Ветрова"), make.actor(make.moderator())
    make.comment(every_state["published"], "Виден всем", author=writer)
    make.comment(every_state["published"], "Скрыт модератором", author=writer, state="hidden")
    other = make.practice("Чужая практика")
    make.comment(other, "Под скрытой практикой", author=writer)
    other.hide(by=moderator, reason="Реклама")
    session.commit()
    words = visit(f"/people/{writer.handle}?tab=comments").words
    assert "Виден всем" in words
    assert "Комментарии1" in words
    assert "Скрыт" not in words and "Под скрытой" not in words and "Чужая" not in words


def test_who_never_confirmed_has_no_public_face(visit, visitor, make):
    person, moderator = make.person("Купите слона", confirmed=False), make.moderator()
    visit(f"/people/{person.handle}", expect=404)
    visit("/people/nobody", expect=404)
    visitor.sign_in(moderator)
    assert visit(f"/people/{person.handle}").heading == "Купите слона"


def test_feeds_are_atom(visit, make):
    author = make.person('Анна <b>"Ветрова"</b> & Ко')
    title, summary = "Где <script>alert(1)</script> & «ёлочки»", "Стало < 5 & > 3\x0b <img src=x>"
    make.practice(title, author=author, summary=summary, municipality=make.place(region="69"))
    make.practice("Вторая", author=author)
    for address, number in (("/feed.atom", 2), ("/regions/69/feed.atom", 1)):
        page = visit(address)
        assert page.response.content_type == "application/atom+xml; charset=utf-8"
        feed = ET.fromstring(page.response.data)
        assert feed.tag == f"{ATOM}feed"
        assert {child.tag for child in feed} >= {f"{ATOM}{name}" for name in ("id", "title", "updated", "link", "entry")}
        entries = feed.findall(f"{ATOM}entry")
        assert len(entries) == number
        for entry in entries:
            assert {child.tag for child in entry} >= {f"{ATOM}{name}" for name in ("id", "title", "updated", "author", "link", "summary")}
            assert entry.find(f"{ATOM}link").get("href").startswith("http://127.0.0.1:8000/practices/")
        first = entries[-1]
        assert first.findtext(f"{ATOM}title") == title
        assert "<p>Стало &lt; 5 &amp; &gt; 3 &lt;img src=x&gt;</p>" in first.findtext(f"{ATOM}summary")
        assert first.findtext(f"{ATOM}author/{ATOM}name") == author.name


def test_an_empty_feed_is_a_feed_and_a_strange_region_is_not(visit, make):
    make.region()
    feed = ET.fromstring(visit("/regions/40/feed.atom").response.data)
    assert feed.findtext(f"{ATOM}updated") and feed.findall(f"{ATOM}entry") == []
    visit("/regions/99/feed.atom", expect=404)
    visit("/regions/99", expect=404)


def test_a_feed_read_before_is_not_sent_again(visit, visitor, session, make):
    practice = make.practice("Первая")
    tag = visit("/feed.atom").response.headers["ETag"]
    visit("/feed.atom", expect=304, headers={"If-None-Match": tag})
    practice.title = "Первая, уточнённая"
    session.commit()
    assert "уточнённая" in visit("/feed.atom", headers={"If-None-Match": tag}).text


def test_the_site_map_has_all_pages_and_falls_into_parts(visit, make, monkeypatch):
    first, second = make.practice("Первая"), make.practice("Вторая")
    addresses = [loc.text for loc in ET.fromstring(visit("/sitemap.xml").response.data).iter(f"{SITEMAP}loc")]
    practices = [f"http://127.0.0.1:8000/practices/{p.id}/{p.slug}" for p in (first, second)]
    assert addresses[-2:] == practices and "http://127.0.0.1:8000/regions/40" in addresses
    monkeypatch.setattr("forum.practices.feeds.PART", 1)
    make.practice("Третья")  # the page kept is stale now
    index = ET.fromstring(visit("/sitemap.xml").response.data)
    assert index.tag == f"{SITEMAP}sitemapindex"
    parts = [loc.text.removeprefix("http://127.0.0.1:8000") for loc in index.iter(f"{SITEMAP}loc")]
    found = [loc.text for part in parts for loc in ET.fromstring(visit(part).response.data).iter(f"{SITEMAP}loc")]
    assert set(addresses) <= set(found) and len(found) == len(set(found)) == len(addresses) + 2  # the practice, and its municipality
    visit("/sitemap-999.xml", expect=404)


def test_robots_and_security(visit):
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in visit("/robots.txt").text
    text = visit("/.well-known/security.txt").text
    assert "Contact: mailto:" in text and "Expires: " in text
