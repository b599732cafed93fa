"""Search from the browser's own box."""

from xml.etree import ElementTree

import pytest
from werkzeug.test import Client

from config import Testing
from forum import create_app
from forum.search import indexing
from forum.search.views.opensearch import cut

SPACE = "{http://a9.com/-/spec/opensearch/1.1/}"


def described(answer):
    assert (answer.status_code, answer.mimetype) == (200, "application/opensearchdescription+xml")
    tree = ElementTree.fromstring(answer.data)
    assert tree.tag == f"{SPACE}OpenSearchDescription"
    return tree


def templates(tree):
    return {url.get("type"): url.get("template") for url in tree.iter(f"{SPACE}Url")}


def test_every_page_leads_to_the_description(visit, make, sign_in):
    for address in ("/", "/practices", "/search", "/login"):
        links = [link for link in visit(address).tree.iter("link") if link.get("rel") == "search"]
        assert [(link.get("type"), link.get("href"), link.get("title")) for link in links] == [
            ("application/opensearchdescription+xml", "/opensearch.xml", "Муниципальные практики")
        ], address


def test_the_description_says_what_the_specification_asks(visitor):
    tree = described(visitor.client.get("/opensearch.xml", headers={"Host": "evil.example"}))
    words = {child.tag.removeprefix(SPACE): child.text for child in tree}
    assert 0 < len(words["ShortName"]) <= 16 and words["LongName"] == "Муниципальные практики"
    assert words["Description"] == "Поиск по практикам городов и сёл"
    assert templates(tree) == {
        "text/html": "http://127.0.0.1:8000/search?q={searchTerms}",
        "application/x-suggestions+json": "http://127.0.0.1:8000/search/suggestions?q={searchTerms}",
        "application/opensearchdescription+xml": "http://127.0.0.1:8000/opensearch.xml",
    }
    host, slash, picture = words["Image"].partition("/assets/")
    assert host == "http://127.0.0.1:8000" and visitor.client.get(slash + picture).status_code == 200


def test_its_addresses_and_names_are_those_of_the_settings(tmp_path, migrated):
    settings = Testing(INSTANCE=str(tmp_path), SECRET_KEY="x" * 20, PUBLIC_URL="https://forum.example/", SITE_NAME='Опыт <"&> города')
    tmp_path.joinpath("forum.sqlite3").write_bytes(migrated.read_bytes())
    client: Client = create_app(settings).test_client()
    tree = described(client.get("/opensearch.xml"))
    assert templates(tree)["text/html"] == "https://forum.example/search?q={searchTerms}"
    assert tree.find(f"{SPACE}ShortName").text == 'Опыт <"&> города'


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Муниципальные практики", "Муниципальные"),
        ("Опыт городов и сёл", "Опыт городов и"),
        ("Шестнадцать знак", "Шестнадцать знак"),
        ("А" * 40, "А" * 16),
    ],
)
def test_a_name_too_long_is_cut_at_a_word(name, short):
    assert cut(name, 16) == short


def test_suggestions_are_titles_in_the_form_browsers_take(app, visitor, make, session):
    practice = make.practice("Светлые дворы", municipality=make.place("Обнинск"))
    make.practice("Светлые подъезды", state="draft")
    indexing.drain(session, app.extensions["search"])
    answer = visitor.client.get("/search/suggestions", query_string={"q": "дворы св"})
    assert answer.mimetype == "application/x-suggestions+json"
    address = f"http://127.0.0.1:8000/practices/{practice.id}/{practice.slug}"
    assert answer.get_json(force=True) == ["дворы св", ["Светлые дворы"], ["Обнинск"], [address]]
    assert visitor.client.get("/search/suggestions").get_json(force=True) == ["", [], [], []]
    app.extensions["search"].close()
