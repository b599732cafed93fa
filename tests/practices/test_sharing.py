"""What robots, messengers and home screens are told: canonical addresses, previews, pictures, the map, the manifest."""

import io
import json
import re
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from forum.core.actor import SYSTEM

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
OURS = "http://127.0.0.1:8000"


def told(page) -> dict[str, str]:
    """Names and contents of the head, each once."""
    pairs = [
        *((each.get("property") or each.get("name"), each.get("content")) for each in page.tree.iter("meta")),
        *((each.get("rel"), each.get("href")) for each in page.tree.iter("link") if each.get("rel") == "canonical"),
    ]
    found = dict(pairs)
    assert len([name for name, _ in pairs if name == "canonical"]) == 1
    return found


def test_a_practice_is_told_whole(visit, make):
    practice = make.practice("Светлые <дворы>", summary="Заменили </script> светильники.", tags=["дворы"])
    page = visit(practice)
    head = told(page)
    address = f"{OURS}/practices/{practice.id}/{practice.slug}"
    assert head["canonical"] == head["og:url"] == address
    assert (head["og:title"], head["og:type"], head["twitter:card"]) == ("Светлые <дворы>", "article", "summary_large_image")
    assert head["description"] == head["og:description"] == "Заменили </script> светильники."
    assert head["og:image"].startswith(f"{OURS}/practices/{practice.id}/poster.png?v=")
    block = re.search('<script type="application/ld\\+json">(.*?)</script>', page.text, re.DOTALL)[1]
    assert "<" not in block
    article, way = json.loads(block)["@graph"]
    assert article["headline"] == "Светлые <дворы>" and article["author"]["name"] == practice.author.name
    assert [step["name"] for step in way["itemListElement"]][0::3] == ["Практики", "Светлые <дворы>"]


def test_a_draft_tells_nothing_to_previews(visit, make, sign_in):
    draft = make.practice(state="draft")
    sign_in(draft.author)
    text = visit(draft).text
    assert "og:" not in text and "ld+json" not in text and "poster" not in text


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/", "/"),
        ("/practices?sort=votes&page=1", "/practices"),
        ("/practices?region=40&utm_source=x", "/practices?region=40"),
        ("/practices?region=40&status=pilot", "/practices"),
        ("/search?q=двор", "/search"),
        ("/login?next=/account", "/login"),
        ("/help/rules", "/help/rules"),
    ],
)
def test_a_public_page_has_one_address_and_words_about_it(visit, make, address, canonical):
    make.region()
    head = told(visit(address))
    assert head["canonical"] == head["og:url"] == OURS + canonical
    assert len(head["description"]) > 20 and head["og:title"] and head["og:image"].startswith(OURS)


def test_pages_of_secrets_and_of_members_have_no_address_to_share(visit, sign_in, make):
    assert "canonical" not in visit("/reset/a-secret", 410).text
    assert "canonical" not in visit("/no-such-page", 404).text
    sign_in(make.person())
    assert "canonical" not in visit("/notifications").text


def test_the_picture_is_drawn_once_and_asked_for_again_cheaply(visitor, make, app):
    practice = make.practice("Ж" * 150 + " очень длинное название, " * 5)
    first = visitor.client.get(f"/practices/{practice.id}/poster.png")
    assert first.mimetype == "image/png" and Image.open(io.BytesIO(first.data)).size == (1200, 630)
    assert len(first.data) < 60_000
    again = visitor.client.get(f"/practices/{practice.id}/poster.png", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert visitor.client.get(f"/practices/{practice.id}/poster.png?v=9").data == first.data


def test_another_title_is_another_picture(visitor, make, session):
    practice = make.practice("Первое название")
    first = visitor.client.get(f"/practices/{practice.id}/poster.png")
    practice.title = "Второе название"
    session.commit()
    second = visitor.client.get(f"/practices/{practice.id}/poster.png", headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200 and second.data != first.data


def test_what_guests_cannot_read_has_no_picture_for_anybody(visitor, make, session):
    practice = make.practice()
    visitor.open(f"/practices/{practice.id}/poster.png", check=False)
    practice.hide(SYSTEM, "Не по делу")
    session.commit()
    visitor.open(f"/practices/{practice.id}/poster.png", 404)
    draft = make.practice(state="draft")
    visitor.sign_in(draft.author).open(f"/practices/{draft.id}/poster.png", 404)


def test_the_map_has_places_themes_and_help(visit, make):
    town, empty = make.place("Обнинск"), make.place("Таруса")
    make.practice(municipality=town, tags=["дворы"])
    make.practice(state="draft", municipality=empty, tags=["тайное"])
    addresses = [loc.text.removeprefix(OURS) for loc in ET.fromstring(visit("/sitemap.xml").response.data).iter(LOC)]
    assert {f"/municipalities/{town.id}", "/tags/dvory", "/help", "/help/rules", "/regions/40"} <= set(addresses)
    assert f"/municipalities/{empty.id}" not in addresses and "/tags/taynoe" not in addresses
    assert len(addresses) == len(set(addresses))


def test_robots_may_go_where_readers_begin(visit):
    rules = visit("/robots.txt").text.splitlines()
    assert "Disallow: /search" not in rules and "Disallow: /login" not in rules and "Disallow: /display" in rules


def test_the_site_can_be_put_on_a_home_screen(visitor):
    page = visitor.open("/")
    (address,) = [link.get("href") for link in page.tree.iter("link") if link.get("rel") == "manifest"]
    manifest = json.loads(visitor.open(address).text)
    assert manifest["name"] == "Муниципальные практики" and manifest["start_url"] == "/"
    for icon in (each for each in manifest["icons"] if each["type"] == "image/png"):
        picture = Image.open(io.BytesIO(visitor.client.get(icon["src"]).data))
        assert "x".join(map(str, picture.size)) == icon["sizes"]
    assert {each["purpose"] for each in manifest["icons"]} == {"any", "maskable"}
