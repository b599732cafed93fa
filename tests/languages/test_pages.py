"""In English nothing of the interface is left in Russian: pages, their attributes, errors and letters.

All that people write is in Latin letters here, and the reference data is the real one; so any Cyrillic letter is ours.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from forum import worker
from forum.accounts import loading as domains
from forum.attachments.views import filesize
from forum.notifications import post
from forum.places import loading as places
from forum.places.models import Municipality
from forum.practices.models import Indicator, Resource, Step
from forum.taxonomy import loading as taxonomy
from forum.web.forms import Form, NumberField, WholeField
from forum.web.templating import change, percent, residents, roubles, roubles_short
from tests.mailbox import sent

SITE_NAME = "Municipal practices of a test"
CYRILLIC = re.compile("[А-Яа-яЁё«»№][^<>\"']*")
RUSSIAN_BY_RIGHT = (
    re.compile("Рекламный текст"),  # the reason a moderator of the factory gives
    re.compile(r'<button class="link" name="lang" value="ru" lang="ru">Русский</button>'),
    re.compile(r'<code lang="ru">.*?</code>|<dt lang="ru">.*?</dt>'),  # examples of questions: practices are written in Russian
    re.compile(r'<option[^>]*value="ru"[^>]*>Русский</option>'),
    # Templates of reasons are written in the language of the forum's people.
    re.compile(r'<option[^>]*\blang="ru"[^>]*>[^<]*</option>'),
    re.compile(r'<a lang="ru"[^>]*><b>[^<]*</b></a>|<p class="small" lang="ru">.*?</p>'),
    re.compile(r'<input[^>]*\blang="ru"[^>]*>|<textarea[^>]*\blang="ru"[^>]*>[^<]*</textarea>'),
)
FAR = {"assets", "practices.sitemap", "practices.robots", "practices.security", "accounts.export", "attachments.file", "attachments.thumb"}
MOST_OF_A_KIND = 2

GUEST = {
    "practices.home", "practices.index", "practices.regions", "practices.region", "practices.municipality", "practices.show",
    "practices.history", "practices.person", "practices.tag", "practices.about", "search.index", "moderation.log",
    "accounts.login", "accounts.register", "accounts.reset", "accounts.privacy", "practices.feed", "trust.about",
    "help.index", "help.page",
}  # fmt: skip
MEMBER = {
    "practices.new", "practices.edit", "practices.drafts", "practices.following", "follows.index",
    "bookmarks.index", "notifications.index", "accounts.account",
    "accounts.tokens", "comments.show", "comments.new", "moderation.new_report",
}  # fmt: skip
MODERATOR = {
    "moderation.queue", "moderation.suspension", "moderation.warning", "moderation.silencing", "moderation.waiting", "moderation.templates",
    "moderation.template", "moderation.overview", "moderation.undo_form",
}  # fmt: skip
ADMIN = {"admin.index", "admin.domains", "admin.person", "admin.synonyms", "trust.words"}


def left(html: str) -> list[str]:
    """Russian words of a page, attributes and all."""
    for known in RUSSIAN_BY_RIGHT:
        html = known.sub("", html)
    return CYRILLIC.findall(html)


def test_the_search_for_words_finds_them():
    assert left('<p title="Путь">No</p>') == ["Путь"] and left("<p>Да</p>") == ["Да"] and left("<p>«Yes»</p>") == ["«Yes»"]
    assert not left('<button class="link" name="lang" value="ru" lang="ru">Русский</button>')


@pytest.fixture
def town(app, session) -> Municipality:
    """Obninsk of the reference data, in an application whose name is in Latin letters."""
    app.config["SITE_NAME"] = SITE_NAME
    places.load(session)
    taxonomy.load(session)
    domains.load(session)
    session.commit()
    return session.scalar(select(Municipality).where(Municipality.name_en == "Obninsk"))


@pytest.fixture
def people(make, town, indexed):
    """Everyone who has something to see, and something for them to see."""
    who = {"municipality": town, "position": "Engineer", "lang": "en"}
    people = {
        "author": make.person("Mary Falcon", **who),
        "colleague": make.person("Ann Breeze", **who),
        "newcomer": make.person("New Comer", trusted=False, **who),
        "moderator": make.moderator("Gill Peaceful", **who),
        "admin": make.admin("Tony Clear", **who),
    }
    words = dict.fromkeys(("problem", "goals", "solution", "results", "participation", "lessons", "replication"), "Plain *words*.")
    card = {"municipality": town, "summary": "Lamps replaced.", "participants": 21, "upkeep": 120_000, "contact": "Call Mary", **words}
    rows = {
        "steps": [Step("Looked around", "May", "Mary")],
        "resources": [Resource("staff", "Two people"), Resource("act", "Order 5")],
        "indicators": [Indicator("Energy", "kWh", 410, 197, "2023-12", "meters"), Indicator("Lamps", "%", 34, 98)],
    }
    author = people["author"]
    shown = make.practice("Bright courtyards", author=author, tags=["light"], **rows, **card)
    for state in ("draft", "hidden", "withdrawn"):
        make.practice(f"One more, {state}", author=author, state=state, status="failed", **card)
    first = make.practice("A first one", author=people["newcomer"], state="waiting", **card)
    top = make.comment(shown, "Who counted?", author=people["colleague"])
    make.comment(shown, "We did.", author=author, parent=top)
    make.comment(shown, "Spam", author=people["newcomer"], state="hidden")
    make.report(top, author, "false", "Not so")
    indexed()
    return people | {"practice": shown, "first": first, "comment": top}


@pytest.fixture
def english(visitor):
    """The visitor after a press on the language link."""
    answer = visitor.client.post("/language", data={"lang": "en", "next": "/"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert "lang=en" in answer.headers["Set-Cookie"]
    return visitor


def crawl(app, visitor, starts: list[str]) -> Iterator[tuple[str, str, str]]:
    """Endpoint, address and text of pages that links lead to: some of each kind."""
    rules = app.url_map.bind("localhost")
    waiting, seen = list(starts), {}
    while waiting:
        address = waiting.pop(0)
        try:
            endpoint = rules.match(urlsplit(address).path)[0]
        except HTTPException:
            continue
        if "/search?q=%" in address:  # an example of a Russian question: the page repeats it
            continue
        those = seen.setdefault(endpoint, set())
        if endpoint in FAR or endpoint.startswith("api") or len(those) >= MOST_OF_A_KIND or address in those:
            continue
        those.add(address)
        response = visitor.client.get(address, follow_redirects=True)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        if not response.mimetype.endswith(("html", "xml", "plain")):
            continue  # files of data say what people wrote
        text = response.get_data(as_text=True)
        yield endpoint, address, text
        waiting += [link.replace("&amp;", "&").partition("#")[0] for link in re.findall(r'href="(/[^"]*)"', text)]


def assert_all_english(app, visitor, starts: list[str], wanted: set[str]) -> None:
    pages = list(crawl(app, visitor, ["/", *starts]))
    assert {address: left(text) for _endpoint, address, text in pages if left(text)} == {}
    assert not [address for _endpoint, address, text in pages if "<html" in text and '<html lang="en"' not in text]
    assert wanted - {endpoint for endpoint, *_more in pages} == set()


def test_a_guest_reads_english(app, english, people):
    narrow = "/practices?region=40&status=failed&year=2023&district=central&category=1&population=50-250"
    starts = ["/search", "/search?q=courtyards", narrow, "/practices?sort=votes", "/reset", "/feed.atom", "/reset/sent", "/register/sent"]
    assert_all_english(app, english, starts, GUEST)


def test_a_guest_reads_english_where_there_is_nothing_yet(app, english, town):
    assert_all_english(app, english, ["/search", "/search?q=nothing", "/regions/40"], {"practices.home", "search.index", "moderation.log"})


def test_an_author_reads_english(app, english, people):
    number, comment = people["practice"].id, people["comment"].id
    starts = [f"/practices/{number}/edit", f"/entries/{number}/comments/new", f"/entries/{comment}/reports/new", f"/comments/{comment}"]
    assert_all_english(app, english.sign_in(people["author"]), [*starts, "/account/tokens"], MEMBER)


ROLES = [("moderator", MODERATOR), ("admin", MODERATOR | ADMIN), ("newcomer", MEMBER - {"moderation.new_report"})]


@pytest.mark.parametrize(("role", "wanted"), ROLES)
def test_whoever_signs_in_reads_english(app, english, people, role, wanted):
    number, author = people["practice"].id, people["author"].handle
    first = people["first"].id
    starts = [f"/people/{author}", "/moderation/log", f"/practices/{first}", f"/entries/{number}/comments/new"]
    starts += [f"/people/{author}/suspension", "/moderation"] if role != "newcomer" else ["/drafts", f"/practices/{first}/edit"]
    starts += [f"/admin/people/{author}"] if role == "admin" else []
    assert_all_english(app, english.sign_in(people[role]), starts, wanted)


def test_answers_to_forms_are_english(english, people):
    """What is refused, and what is done, is said in English too."""
    number, comment = people["practice"].id, people["comment"].id
    english.post("/login", 422, email="nobody@example.org", password="wrong")
    english.post("/register", 422, name="x", email="not one", password="short")
    english.sign_in(people["author"])
    answers = [
        english.post(
            "/practices/new", 422, data={"action": "publish", "costs__local": "much", "started": "soon", "municipality": "Nowhere"}
        ),
        english.post("/account", 422, name="", municipality="Nowhere at all", lang="en"),
        english.post("/account/password", 422, password_old="wrong", password="short"),
        english.post("/account/tokens", 422, name="", scope="read"),
        english.post(f"/entries/{number}/comments", 422, body=""),
        english.post(f"/entries/{comment}/reports", 422, reason="", note=""),
        english.open("/no/such/page", 404),
        english.open("/moderation", 403),
        english.post("/", 405),
    ]
    english.post("/account", name="Mary Falcon", municipality="Obninsk, Kaluga Oblast", lang="en", position="Engineer")
    answers.append(english.open("/account"))
    for answer in answers:
        assert left(answer.text) == [], answer.response.request.path
        assert '<html lang="en"' in answer.text


def test_a_place_is_known_by_its_english_name(session, english, people):
    english.sign_in(people["colleague"])
    assert 'value="Obninsk, Kaluga Oblast"' in english.open("/account").text
    english.post("/account", name="Ann Breeze", municipality="Borovsky District, Kaluga Oblast", lang="en")
    session.rollback()
    person = session.get(type(people["colleague"]), people["colleague"].id, populate_existing=True)
    assert session.get(Municipality, person.municipality_id).name_en == "Borovsky District"


def test_letters_are_english(app, tmp_path, english, people):
    """Of accounts and of notices; the queue is worked off as the worker does."""
    english.post("/register", 303, name="Some One", email="some.one@example.org", password="a good long phrase", consent="y")
    english.post("/register", 303, name="Ann Breeze", email=people["colleague"].email, password="a good long phrase", consent="y")
    english.post("/reset", 303, email=people["author"].email)
    english.sign_in(people["moderator"])
    english.post(f"/entries/{people['comment'].id}/hiding", reason="Rude")
    english.post(f"/people/{people['newcomer'].handle}/suspension", days="2", reason="Rude")
    with app.app_context():
        worker.drain()
        post.send_due()
    letters = sent(tmp_path / "mail")
    assert len(letters) >= 5
    assert [text for letter in letters for text in (letter["Subject"], letter.get_body(("plain",)).get_content()) if left(text)] == []


def test_figures_follow_the_language(app):
    def figures() -> list[str]:
        shown = [roubles(18_600_000), roubles_short(18_600_000), percent(52.4), change(-52), change(64, "%")]
        return [text.replace("\N{NO-BREAK SPACE}", "_") for text in (*shown, residents(124_000), residents(21), filesize(340 * 1024))]

    with app.test_request_context(headers={"Cookie": "lang=en"}):
        assert figures() == ["₽18,600,000", "₽18.6_million", "52%", "−52%", "+64_pp", "124_thousand_residents", "21_residents", "340_KB"]
    with app.test_request_context():
        assert figures() == ["18_600_000_₽", "18,6_млн_₽", "52_%", "−52_%", "+64_п. п.", "124_тыс._жителей", "21_житель", "340_КБ"]


def test_numbers_are_read_as_the_language_writes_them(app):
    class Figures(Form):
        whole, exact = WholeField(), NumberField()

    def read(lang: str, whole: str, exact: str) -> tuple[object, object, str]:
        with app.test_request_context(headers={"Cookie": f"lang={lang}"}):
            form = Figures(MultiDict({"whole": whole, "exact": exact}), meta={"csrf": False})
            assert form.validate(), form.errors
            return form.whole.data, form.exact.data, form.exact.show()

    assert read("en", "1,200,000", "1,200.5") == (1_200_000, 1200.5, "1200.5")
    assert read("ru", "1 200 000", "1,2") == (1_200_000, 1.2, "1,2")
    assert read("en", "12,000", "12.5") == (12_000, 12.5, "12.5")
